"""What stands right before or behind an amount, as words: for where the parse is no help."""

from __future__ import annotations

from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.ends import from_before, reached_before
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.lexicon import load_lexicon

SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass"})
NAMING = frozenset({"NOUN", "PROPN", "ADJ"})
GAP_LINKS = frozenset({",", ";", "and"})
GAP_ENDS = frozenset({".", ",", ";", "and"})
MONEY = ("yuan", "dollars", "euros")


def words_before(phrases: Phrases, amount: Amount) -> list[int]:
    """Return the tokens before an amount, nearest first, less words that only soften the number."""
    own, soft = phrases.sentence.tokens, load_lexicon()["approximator"] - {"to", "at", "by"}
    before = list(range(amount.first - 1, max(-1, amount.first - 7), -1))
    while before and own[before[0]].text.lower() in soft:
        before.pop(0)
    return before


def repeats_the_last(phrases: Phrases, amount: Amount) -> bool:
    """Tell whether an amount says the last one in other terms, or gives its goal or what it is compared with."""
    own = phrases.sentence.tokens
    first, second = [own[i].text.lower() for i in [*words_before(phrases, amount), -1, -1][:2]]
    if first in {"or", "against", "versus", "than"} or place_beside(phrases, amount) is not None:
        return True
    if gapped_setting(phrases, amount) is not None or (first == "from" and second in {"up", "down"}):
        return True
    if from_before(own, amount) is not None and first != "from":
        return reached_before(own, amount, phrases.amounts) is not None
    if first in {"with", "to"}:
        return second in {"compared", "comparing"}
    if first == "of" and second in {"average", "mean", "norm"}:
        return any(own[i].text.lower() in {"against", "versus"} for i in words_before(phrases, amount)[2:6])
    return first in {"of", "from"} and second in load_lexicon()["goal-noun"]


def is_compared(phrases: Phrases, amount: Amount) -> bool:
    """Tell whether an amount is only what another is compared with ('900 beds, against 365 now')."""
    own, before = phrases.sentence.tokens, [*words_before(phrases, amount), -1, -1]
    first, second = own[before[0]].text.lower(), own[before[1]].text.lower()
    if from_before(own, amount) is not None:
        return True
    return first in {"from", "against", "versus"} or (first in {"with", "to"} and second in {"compared", "comparing"})


def place_beside(phrases: Phrases, amount: Amount) -> int | None:
    """Return the token of the place that an amount stands beside ('behind Jiangsu with 31'), None where it does not."""
    own, before, behind = phrases.sentence.tokens, words_before(phrases, amount), amount.last + 1
    if amount.noun is None and behind + 1 < len(phrases.sentence.tokens):
        near = next((i for i in range(behind + 1, min(behind + 4, len(own))) if own[i].pos not in {"DET", "ADJ"}), 0)
        if own[behind].text.lower() in {"from", "in", "for"} and near in phrases.places:
            return near
    counts_something = amount.noun is not None and amount.noun not in phrases.places
    if before and before[0] in phrases.places and own[max(before[0] - 1, 0)].text.lower() in {"and", ",", ";"}:
        return None if counts_something else before[0]
    if len(before) < 2 or counts_something:
        return None
    setting = gapped_setting(phrases, amount)
    if setting is not None:
        return setting if setting in phrases.places else None
    links = phrases.sentence.tokens[before[0]].text.lower() in {"with", "for"}
    return before[1] if links and before[1] in phrases.places else None


def gapped_setting(phrases: Phrases, amount: Amount) -> int | None:
    """Return the place or date of '; in Yichang, 30' or '; Enshi, 30', behind a clause whose verb is left unsaid."""
    own, before = phrases.sentence.tokens, words_before(phrases, amount)
    before = before[1:] if before and own[before[0]].text == "," else before
    if len(before) < 3 or amount.noun not in {None, before[0]}:
        return None
    head, opener, link = before[:3]
    behind = own[amount.last + 1].text if amount.last + 1 < len(own) else "."
    bare = own[opener].text == ";" and head in phrases.places
    fronted = own[opener].text.lower() == "in" and own[link].text.lower() in GAP_LINKS
    if behind not in GAP_ENDS or not (bare or fronted):
        return None
    return head if head in phrases.places | phrases.dates else None


def place_acting(phrases: Phrases, amount: Amount, measure: tuple[int, ...]) -> int | None:
    """Return the place that is the subject of the amount's own verb, where the measure stands before both.

    'Trademarks rose to 1.2 million, of which Wuhan had 610,000', 'Wuhan has 640 firms; Xiangyang has 120'.
    """
    own = phrases.sentence.tokens
    verb = next((a for a in phrases.sentence.ancestors(amount.top) if own[a].pos in {"VERB", "AUX"}), None)
    if verb is None:
        return None
    subjects = (c for c in phrases.sentence.children[verb] if own[c].dep in SUBJECT_DEPS and c in phrases.places)
    return next((c for c in subjects if all(i < c or i == verb for i in measure)), None)


def gapped_words(phrases: Phrases, amount: Amount) -> list[int]:
    """Return the words of 'wind' in 'solar power made up 17 million kilowatts, wind 9.6 million', where such stand."""
    own, first = phrases.sentence.tokens, amount.first - 1
    behind = own[amount.last + 1].text.lower() if amount.last + 1 < len(own) else "."
    while first > 0 and (own[first].pos in NAMING or _is_mistaken(phrases, first)):
        if own[first].text.lower() in GAP_LINKS or own[first].pos in {"ADP", "NUM", "DET"}:
            break
        first -= 1
    words = list(range(first + 1, amount.first))
    linked = own[first].text.lower() in GAP_LINKS and first > 0
    return words if linked and len(words) in {1, 2, 3} and behind in {*GAP_LINKS, "."} else []


def _is_mistaken(phrases: Phrases, i: int) -> bool:
    """Tell whether a verb in the present, without subject and auxiliary, is a noun that the parser mistook."""
    own = phrases.sentence.tokens
    bare = own[i].tag in {"VB", "VBP", "VBZ"}
    return bare and not any(own[c].dep in {"aux", "nsubj"} for c in phrases.sentence.children[i])


def level_verb_before(phrases: Phrases, amount: Amount) -> int | None:
    """Return the level verb right before an amount ('was 39', 'came to 13,448'), whatever the parse says."""
    own, before = phrases.sentence.tokens, words_before(phrases, amount)
    if before and own[before[0]].text.lower() in {"to", "at"}:
        before = before[1:]
    if not before or own[before[0]].pos not in {"VERB", "AUX"}:
        return None
    verb = own[before[0]]
    has_subject = any(own[c].dep in SUBJECT_DEPS for c in phrases.sentence.children[verb.i])
    return verb.i if has_subject and verb.lemma in load_lexicon()["level-verb"] else None


def noun_worth(phrases: Phrases, amount: Amount) -> int | None:
    """Return the noun before 'worth' or 'totaling' ('loans worth 2.1 billion yuan')."""
    own, before = phrases.sentence.tokens, words_before(phrases, amount)
    if len(before) < 2 or own[before[0]].text.lower() not in load_lexicon()["worth-word"]:
        return None
    noun = before[2] if own[before[1]].text == "," and len(before) > 2 else before[1]
    return noun if own[noun].pos == "NOUN" else None


def substance_of(phrases: Phrases, amount: Amount) -> int | None:
    """Return the noun that a quantity is one of: '9 billion cubic meters of gas', '40 million yuan in funding'."""
    own, children = phrases.sentence.tokens, phrases.sentence.children
    if amount.quantity.unit is None:
        return _part_of(phrases, amount)
    links = {"of", "in"} if is_money(amount) else {"of"}
    below = [noun for c in children[amount.top] if own[c].text.lower() in links for noun in children[c]]
    behind = amount.last + 1
    if behind < len(own) and own[behind].text.lower() in links:
        below += [c for c in children[behind] if own[c].dep == "pobj"]
    fits = (n for n in below if own[n].pos in {"NOUN", "PROPN"} and n not in phrases.dates | phrases.places)
    return next((n for n in fits if phrases.numbers.isdisjoint(children[n])), None)


def _part_of(phrases: Phrases, amount: Amount) -> int | None:
    """Return the noun that a plain number is a part or all of: 'at all 27 of its kilns', 'shut 14 of its 31 mills'."""
    own, behind = phrases.sentence.tokens, amount.last + 1
    is_part = amount.noun is None and own[amount.top].dep in {"pobj", "dobj"}
    if not is_part or behind >= len(own) or own[behind].text.lower() != "of":
        return None
    nouns = (c for c in phrases.sentence.children[behind] if own[c].tag == "NNS" and c not in phrases.dates)
    return next(nouns, None)


def is_money(amount: Amount) -> bool:
    """Tell whether an amount is one of money."""
    return (amount.quantity.unit or "").endswith(MONEY)


def nearest_noun(phrases: Phrases, amount: Amount) -> int | None:
    """Return the nearest noun before the amount that is no date, place or number; a percentage has none."""
    if amount.quantity.unit == "percent":
        return None
    own, barred = phrases.sentence.tokens, phrases.dates | phrases.numbers | phrases.places
    nouns = (i for i in range(amount.first - 1, -1, -1) if own[i].pos == "NOUN" and i not in barred)
    noun = next((i for i in nouns if own[i].text.lower() not in load_lexicon()["empty-measure"]), None)
    while noun is not None and own[noun].dep in {"compound", "nmod"}:
        head = own[noun].head
        if own[head].pos != "NOUN" or head >= amount.first:
            break
        noun = head
    return noun


def is_thing(phrases: Phrases, noun: int) -> bool:
    """Tell whether a noun is neither people nor a body nor an area, so that money is made or taken by what it names."""
    token, lexicon = phrases.sentence.tokens[noun], load_lexicon()
    actors = lexicon["group-noun"] | lexicon["public-actor"] | lexicon["empty-measure"]
    return token.pos == "NOUN" and token.lemma.lower() not in actors and noun not in phrases.places
