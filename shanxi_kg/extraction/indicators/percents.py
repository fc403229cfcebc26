"""What a percentage is: the change of a value beside it, a growth of its own, a share of a whole, or a rate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.ends import from_before
from shanxi_kg.extraction.indicators.phrases import RELATIVE, Phrases
from shanxi_kg.lexicon import load_lexicon

RELATIVE_UNITS = frozenset({"percent", "times"})


@dataclass(frozen=True, slots=True)
class Change:
    """A change in percent (or times): its amount, and its signed value."""

    amount: Amount
    value: Decimal


def change_of(phrases: Phrases, amount: Amount) -> Change | None:
    """Return the change that a percentage states, None where it states a level or a share."""
    if amount.quantity.unit not in RELATIVE_UNITS:
        return None
    if _is_level(phrases, amount) or whole_of(phrases, amount) is not None:
        return None
    sign = _sign_before(phrases, amount) or _sign_after(phrases, amount) or _sign_of_verb(phrases, amount)
    return Change(amount, sign * amount.quantity.value) if sign else None


def _is_level(phrases: Phrases, amount: Amount) -> bool:
    """Tell whether the words before make it a level ('rose to 45 percent from 38 percent')."""
    own, soft = phrases.sentence.tokens, load_lexicon()["approximator"] - {"to", "at"}
    if from_before(own, amount) is not None:
        return True
    i = amount.first - 1
    while i >= 0 and own[i].text.lower() in soft:
        i -= 1
    return i >= 0 and own[i].text.lower() in {"to", "at", "from"}


def _sign_before(phrases: Phrases, amount: Amount) -> int:
    own, skip = phrases.sentence.tokens, load_lexicon()["approximator"]
    i = amount.first - 1
    while i >= 0 and own[i].text.lower() in skip:
        i -= 1
    if i < 0 or (own[i].dep == "prt" and own[own[i].head].lemma in load_lexicon()["share-verb"]):
        return 0
    if own[i].text.lower() in {"of", "by"} and i > 0:
        i -= 1
    if own[i].tag in {"JJR", "RBR"} and own[i + 1].text.lower() == "than":
        return 0  # 'no lower than 95 percent' bounds a level
    return _sign(own[i].lemma.lower(), own[i].text.lower())


def _sign_after(phrases: Phrases, amount: Amount) -> int:
    own, i = phrases.sentence.tokens, amount.last + 1
    while i < len(own) and own[i].text.lower() in {"year", "-", "on", "year-on-year", "annual", "yoy"}:
        i += 1
    if i >= len(own):
        return 0
    compared = own[i].text.lower()
    larger = (compared in load_lexicon()["larger"]) - (compared in load_lexicon()["smaller"])
    return larger or _sign(own[i].lemma.lower(), compared)


def _sign_of_verb(phrases: Phrases, amount: Amount) -> int:
    """Return the sign of the change verb that the percentage hangs on, over 'by' too, but not over 'to'."""
    own = phrases.sentence.tokens
    head = own[own[amount.top].head]
    if head.text.lower() == "by":
        head = own[head.head]
    is_change = head.pos == "VERB" and head.lemma in load_lexicon()["change-verb"]
    if not is_change:
        return 0
    particles = (own[c].text.lower() for c in phrases.sentence.children[head.i] if own[c].dep in {"prt", "advmod"})
    return _sign(head.lemma.lower(), head.text.lower()) or sum(_sign(word, word) for word in particles)


def _sign(lemma: str, word: str) -> int:
    for name, sign in (("rise", 1), ("fall", -1)):
        if lemma in load_lexicon()[name] or word in load_lexicon()[name]:
            return sign
    return 0


def changed_amount(phrases: Phrases, change: Change, amounts: list[Amount]) -> Amount | None:
    """Return the value that a change belongs to: the one after 'to', else the one before it in the same clause."""
    own, after = phrases.sentence.tokens, change.amount.last
    following = next((a for a in amounts if a.first > after), None)
    if following:
        between = [own[i].text.lower() for i in range(after + 1, following.first)]
        if "to" in between[:4] and len(between) <= 5:
            return following
    preceding = next((a for a in reversed(amounts) if a.last < change.amount.first), None)
    if (
        preceding is None
        or grown_beside(phrases, change.amount) is not None
        or _has_subject_between(phrases, preceding, change.amount)
    ):
        return None
    return preceding


def grown_beside(phrases: Phrases, percent: Amount) -> int | None:
    """Return the noun of 'with exports up 14.2 percent', which grew itself; None where there is none."""
    own, i = phrases.sentence.tokens, percent.first - 1
    while i > 0 and own[i].text.lower() in load_lexicon()["approximator"] | {"up", "down"}:
        i -= 1
    is_noun = i > 0 and own[i].pos == "NOUN" and i not in phrases.dates
    opened = is_noun and any(own[j].text.lower() == "with" for j in range(max(0, i - 4), i))
    return i if opened else None


def grown_behind(phrases: Phrases, percent: Amount) -> int | None:
    """Return the noun of 'growth of 20 percent in exports', which grew; None where a place or a date is behind it."""
    own, i = phrases.sentence.tokens, percent.first - 1
    while i > 0 and own[i].text.lower() in load_lexicon()["approximator"] | {"of"}:
        i -= 1
    if own[i].pos != "NOUN" or not _sign(own[i].lemma.lower(), own[i].text.lower()):
        return None
    heads = [percent.top, i, *phrases.sentence.ancestors(i)]
    links = [c for head in heads for c in phrases.sentence.children[head] if own[c].text.lower() == "in"]
    nouns = [n for c in links if c > percent.last for n in phrases.sentence.children[c] if own[n].dep == "pobj"]
    return next((n for n in nouns if n not in phrases.places | phrases.dates and own[n].pos == "NOUN"), None)


def _has_subject_between(phrases: Phrases, value: Amount, percent: Amount) -> bool:
    """Tell whether a clause with a subject of its own begins between a value and a percentage."""
    between = phrases.sentence.tokens[value.last + 1 : percent.first]
    subjects = [t for t in between if t.dep in {"nsubj", "nsubjpass"} and t.tag not in RELATIVE]
    return any(t.head >= value.last and t.i != value.noun for t in subjects)


def whole_of(phrases: Phrases, amount: Amount) -> list[int] | None:
    """Return the tokens of the whole that a percentage is a share of ('the provincial total'), else None."""
    own = phrases.sentence.tokens
    if amount.quantity.unit != "percent":
        return None
    follower = amount.last + 1
    if follower >= len(own) or own[follower].text.lower() != "of":
        return None
    heads = [c for c in phrases.sentence.children[follower] if own[c].dep in {"pobj", "pcomp"}]
    if not heads:
        return None
    cut = {c for c in phrases.sentence.children[heads[0]] if own[c].dep in {"relcl", "appos", "cc", "conj", "punct"}}
    return [i for i in phrases.sentence.subtree(heads[0], without=cut) if i not in phrases.numbers]


def is_share(phrases: Phrases, amount: Amount) -> bool:
    """Tell whether the words before call it a share ('a share of 36 percent')."""
    own = phrases.sentence.tokens
    before = [own[i].text.lower() for i in range(max(0, amount.first - 4), amount.first)]
    return amount.quantity.unit == "percent" and not load_lexicon()["share-noun"].isdisjoint(before)


def grown(phrases: Phrases, percent: Amount) -> list[int]:
    """Return the phrase of what a percentage is the growth of: of 'growth of 5 percent in exports', or its clause's."""
    own = phrases.sentence.tokens
    behind = grown_behind(phrases, percent)
    if behind is not None:
        return phrases.noun_phrase(behind)
    subject = grown_beside(phrases, percent)
    verb = next((a for a in phrases.sentence.ancestors(percent.top) if phrases.is_verb(a)), None)
    if subject is None and verb is not None:
        subject = phrases.subject(verb)
    if subject is None or subject in percent.tokens:
        return _growing(phrases, percent) if verb is None else []
    phrase = phrases.noun_phrase(subject)
    return [i for i in phrase if i < percent.first and own[i].text.lower() not in {"up", "down"}]


def _growing(phrases: Phrases, percent: Amount) -> list[int]:
    """Return 'GDP growth' of 'GDP growth of 5 percent', the item of a list without a verb."""
    own = phrases.sentence.tokens
    noun = own[own[percent.top].head].head
    named = any(own[c].dep in {"compound", "amod", "poss"} for c in phrases.sentence.children[noun])
    return phrases.noun_phrase(noun) if own[noun].pos == "NOUN" and noun < percent.first and named else []
