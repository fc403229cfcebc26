"""Which numbers of a sentence are stated quantities: each as an `Amount`, tied to the tokens of the parse.

Left out are numbers that count nothing (parts of texts, spans of time, 'one'), that point back ('the two sides'), that
belong to a name, or that only bound what is counted ('loans of less than 10 million yuan').
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence
from shanxi_kg.quantities import Quantity

TIME_UNITS = frozenset({"years", "months", "weeks", "hours", "minutes"})
SHORT_UNITS = frozenset({"hours", "minutes"})
SPAN_PREPOSITIONS = frozenset({"in", "within", "for", "over", "after", "every", "during", "per"})
SPAN_ENDS = frozenset({"later", "earlier", "before", "after", "ago", "on"})
HOUR = re.compile(r"(?:o['’]clock|[ap]\.?m\b|in the (?:early )?(?:morning|afternoon|evening)\b|at night\b)")
PAST_HOUR = re.compile(r"\b(?:quarter|half) (?:past|to)$")
ODDS = frozenset({"in", "in every", "in each", "out of", "out of every", "out of each"})
LEVEL_LINKS = frozenset({"against", "from", "to"})
OLDEST = 120
LAST_HOUR = 24
LARGEST_ODDS = 10
MODIFIERS = frozenset({"nummod", "compound", "quantmod", "nmod", "amod"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in its sentence: its tokens `first` to `last`, the one of them that the rest hang on (`top`).

    `noun` is the token of what it counts, where it stands as a modifier ('28 related agencies').
    """

    quantity: Quantity
    first: int
    last: int
    top: int
    noun: int | None

    @property
    def tokens(self) -> range:
        """The positions of its tokens."""
        return range(self.first, self.last + 1)


def find_amounts(read: ReadSentence) -> list[Amount]:
    """Return the sentence's stated quantities, in order."""
    return [amount for amount in _all(read) if _counts(read, amount)]


def _all(read: ReadSentence) -> Iterator[Amount]:
    sentence = read.sentence
    for quantity in read.quantities:
        inside = [t.i for t in sentence.tokens if quantity.start <= t.start < quantity.end]
        if inside:
            yield _amount(sentence, quantity, inside[0], inside[-1])


def _amount(sentence: Sentence, quantity: Quantity, first: int, last: int) -> Amount:
    tokens = sentence.tokens
    tops = [i for i in range(first, last + 1) if not first <= tokens[i].head <= last or tokens[i].head == i]
    top = next((i for i in tops if tokens[i].pos == "NOUN" and i > first), tops[0])
    head = tokens[top].head
    if tokens[head].text.lower() in load_lexicon()["counter-noun"] and tokens[top].dep == "nummod":
        return Amount(quantity, first, max(last, head), head, None)
    counted = tokens[top].dep in MODIFIERS and head != top and tokens[head].pos in {"NOUN", "PROPN", "ADJ", "PRON"}
    return Amount(quantity, first, last, top, head if counted else None)


def _counts(read: ReadSentence, amount: Amount) -> bool:
    return not any(leaves_out(read, amount) for leaves_out in EXCLUSIONS)


def _is_one(read: ReadSentence, amount: Amount) -> bool:
    tokens, first = read.sentence.tokens, amount.first
    if first > 1 and tokens[first - 1].text.lower() == "in" and tokens[first - 2].text.lower() == "one":
        return True
    if _words(read, max(0, first - 2), first) == "for every":
        return True  # 'one for every 240 restaurants'
    return amount.quantity.value == 1 and tokens[first].text.lower() == "one" and first == amount.last


def _is_time(read: ReadSentence, amount: Amount) -> bool:
    unit, tokens = amount.quantity.unit, read.sentence.tokens
    if unit in TIME_UNITS or unit == "percentage points":
        return unit not in SHORT_UNITS or not _is_taken(read, amount)
    if unit is None or not unit.endswith("days"):
        return False
    behind = [token.text.lower() for token in tokens[amount.last + 1 : amount.last + 3]]
    in_span = tokens[amount.top].dep == "pobj" and tokens[tokens[amount.top].head].text.lower() in SPAN_PREPOSITIONS
    return in_span or (behind[:1] != [] and behind[0] in SPAN_ENDS and behind != ["on", "average"])


def _is_taken(read: ReadSentence, amount: Amount) -> bool:
    """Tell whether minutes or hours are what a thing takes ('clearance takes 35 minutes, against two hours')."""
    sentence, lexicon = read.sentence, load_lexicon()
    head = sentence.tokens[sentence.tokens[amount.top].head]
    above = (sentence.tokens[a] for a in (head.i, *sentence.ancestors(head.i)))
    verb = next((token for token in above if token.pos == "VERB"), head)
    levels = lexicon["duration-verb"] | (lexicon["change-verb"] if head.i != verb.i else frozenset())
    if verb.lemma not in levels or (head.i != verb.i and head.text.lower() not in LEVEL_LINKS):
        return False
    below = (sentence.tokens[c] for c in sentence.children[verb.i])
    subjects = (token for token in below if token.dep in {"nsubj", "nsubjpass"})
    return any(token.pos == "NOUN" and token.lemma.lower() not in lexicon["group-noun"] for token in subjects)


def _counts_nothing(read: ReadSentence, amount: Amount) -> bool:
    tokens, lexicon = read.sentence.tokens, load_lexicon()
    after = tokens[amount.last + 1].text.lower() if amount.last + 1 < len(tokens) else ""
    noun = tokens[amount.noun].text.lower() if amount.noun is not None and amount.noun > amount.last else after
    if amount.quantity.unit is not None:
        return False
    if {noun, after} & {"article", "articles", "sections"}:
        return any(token.text.lower().removesuffix("s") in lexicon["legal-text"] for token in tokens)
    if noun in {"days", "weeks", "months"} and amount.noun is not None and amount.noun > amount.last + 1:
        return tokens[amount.noun - 1].pos != "NOUN"  # 'nine dust days' are counted, nine days are not
    return noun in lexicon["not-counted"] or after in lexicon["not-counted"]


def _points_back(read: ReadSentence, amount: Amount) -> bool:
    tokens = read.sentence.tokens
    if amount.quantity.unit or amount.first == 0 or tokens[amount.first].text[0].isdigit():
        return False
    if tokens[amount.first - 1].text.lower() not in load_lexicon()["anaphor-pointer"]:
        return False
    return amount.noun is None or (_is_pointing_noun(tokens[amount.noun]) and amount.noun == amount.last + 1)


def _is_pointing_noun(token: Token) -> bool:
    lexicon = load_lexicon()
    return token.text.lower() in lexicon["anaphor-noun"] or token.lemma.lower() in lexicon["public-actor"]


def _in_name(read: ReadSentence, amount: Amount) -> bool:
    quantity, tokens = amount.quantity, read.sentence.tokens
    if any(body.start <= quantity.start < body.end for body in read.bodies):
        return True
    before = tokens[amount.first - 1] if amount.first else None
    if before is not None and any(place.start <= before.start < place.end for place in read.places):
        return False
    in_capitals = before is not None and before.pos == "PROPN" and tokens[amount.top].dep == "nummod"
    return bool(
        in_capitals
        and before
        and tokens[amount.top].head == before.i
        and quantity.unit is None
        and _is_code(before.text)
    )


def _is_code(word: str) -> bool:
    """Tell whether a word before a number makes one name with it ('Shenzhou 13', 'G 7')."""
    return word[:1].isupper() and word.lower() not in load_lexicon()["currency-word"]


def _bounds(read: ReadSentence, amount: Amount) -> bool:
    """Tell whether a quantity only bounds the subject of another ('Loans of less than 10 million yuan')."""
    tokens = read.sentence.tokens
    if amount.quantity.unit in {None, "percent"} or amount.first < 3:
        return False
    before = [token.text.lower() for token in tokens[max(0, amount.first - 3) : amount.first]]
    bounded = "of" in before and not load_lexicon()["bound"].isdisjoint(before)
    return bounded and any(tokens[a].dep in {"nsubj", "nsubjpass"} for a in read.sentence.ancestors(amount.top))


def _multiplies(read: ReadSentence, amount: Amount) -> bool:
    """Tell whether it only compares with another figure ('1.7 times the figure for 2020', '35 more than in 2020')."""
    tokens = read.sentence.tokens
    after = tokens[amount.last + 1].text.lower() if amount.last + 1 < len(tokens) else ""
    behind = tokens[amount.last + 2].pos if amount.last + 2 < len(tokens) else ""
    further = amount.quantity.unit != "percent" and after in {"more", "fewer", "less", "higher", "lower"}
    before = [token.text.lower() for token in tokens[max(0, amount.first - 2) : amount.first]]
    return (
        (further and behind not in {"NOUN", "PROPN", "ADJ"})
        or before == ["instead", "of"]
        or (amount.quantity.unit == "times" and after in {"the", "that", "as", "those", "more"})
    )


def _is_age(read: ReadSentence, amount: Amount) -> bool:
    """Tell whether a number is somebody's age ('Li Ming, 46,'), or bounds that of people ('residents over 70')."""
    tokens, first = read.sentence.tokens, amount.first
    if first < 2 or amount.quantity.unit is not None or amount.quantity.value > OLDEST:
        return False
    before, after = tokens[first - 2], tokens[amount.last + 1] if amount.last + 1 < len(tokens) else None
    if tokens[first - 1].text == ",":
        named = before.pos == "PROPN" and not any(place.end == before.end for place in read.places)
        return named and (after is None or after.text in {",", ".", ";"})
    if tokens[first - 1].text.lower() not in load_lexicon()["bound"]:
        return False
    is_free = after is None or after.pos not in {"NOUN", "PROPN", "ADJ"}
    if before.tag != "NNS":
        return is_free and _is_of_people(read, before)
    return is_free or (before.text.lower() in load_lexicon()["aged-noun"])


def _is_of_people(read: ReadSentence, before: Token) -> bool:
    """Tell whether what stands before 'under 35' is a pronoun for people, or the 'are' that is said of them."""
    if before.text.lower() in {"them", "those", "ones"}:
        return True
    sentence, group = read.sentence, load_lexicon()["group-noun"] | load_lexicon()["aged-noun"] | {"staff"}
    subjects = [c for c in sentence.children[before.i] if sentence.tokens[c].dep == "nsubj"]
    people = {sentence.tokens[i].lemma.lower() for c in subjects for i in sentence.subtree(c)}
    return before.lemma == "be" and not group.isdisjoint(people)


def _is_hour(read: ReadSentence, amount: Amount) -> bool:
    """Tell whether a number is the time of day ('until nine in the evening', 'a quarter past six')."""
    quantity = amount.quantity
    if quantity.unit is not None or quantity.value > LAST_HOUR:
        return False
    behind = _words(read, amount.last + 1, amount.last + 5)
    return bool(HOUR.match(behind) or PAST_HOUR.search(_words(read, max(0, amount.first - 2), amount.first)))


def _is_odds(read: ReadSentence, amount: Amount) -> bool:
    """Tell whether two small numbers in words are a share told as odds ('four in ten', 'nine out of every ten')."""
    quantity, at = amount.quantity, read.sentence.at
    if quantity.unit is not None or quantity.value > LARGEST_ODDS:
        return False
    beside = (q for q in read.quantities if q.unit is None and q.value <= LARGEST_ODDS and q != quantity)
    pairs = (sorted((quantity, q), key=lambda q: q.start) for q in beside)
    return any(a.value < b.value and _words(read, at(a.end) or 0, at(b.start) or 0) in ODDS for a, b in pairs)


def _words(read: ReadSentence, first: int, last: int) -> str:
    """Return the words of the tokens `first` up to `last`, in lower case, a space between them."""
    return " ".join(token.text.lower() for token in read.sentence.tokens[first:last])


def _is_negated(read: ReadSentence, amount: Amount) -> bool:
    """Tell whether the clause denies it ('have never exceeded 1 billion yuan'), unless it says 'not only'."""
    sentence = read.sentence
    verb = next((a for a in sentence.ancestors(amount.top) if sentence.tokens[a].pos in {"VERB", "AUX"}), None)
    below = sentence.children[verb] if verb is not None else ()
    denials = [c for c in below if sentence.tokens[c].dep == "neg" and c < amount.first]
    return any(sentence.tokens[c + 1].text.lower() not in {"only", "just"} for c in denials)


EXCLUSIONS = (
    _is_one,
    _is_time,
    _counts_nothing,
    _points_back,
    _in_name,
    _bounds,
    _multiplies,
    _is_age,
    _is_hour,
    _is_odds,
    _is_negated,
)
