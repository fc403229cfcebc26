"""Which numbers of a sentence are stated quantities: each as an `Amount`, tied to the tokens of the parse.

Left out are numbers that count nothing (parts of texts, spans of time, 'one'), that point back ('the two sides'), that
belong to a name, or that only bound what is counted ('loans of less than 10 million yuan').
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence
from shanxi_kg.quantities import Quantity

TIME_UNITS = frozenset({"years", "months", "weeks", "hours", "minutes"})
SHORT_UNITS = frozenset({"hours", "minutes"})
SPAN_PREPOSITIONS = frozenset({"in", "within", "for", "over", "after", "every", "during", "per"})
OLDEST = 120
LAST_HOUR = 24
DAY_PARTS = frozenset({"morning", "afternoon", "evening"})
CLOCK = frozenset({"o'clock", "am", "pm", "a.m.", "p.m.", "sharp"})
CLOCK_PREPOSITIONS = frozenset({"at", "until", "till", "from", "before", "after", "by", "to"})
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
    return amount.quantity.value == 1 and tokens[first].text.lower() == "one" and first == amount.last


def _is_time(read: ReadSentence, amount: Amount) -> bool:
    unit, tokens = amount.quantity.unit, read.sentence.tokens
    if unit in TIME_UNITS:
        return unit not in SHORT_UNITS or not _is_taken(read.sentence, amount)
    if unit == "percentage points" or _is_lapse(tokens, amount):
        return True
    return (
        unit is not None
        and unit.endswith("days")
        and tokens[amount.top].dep == "pobj"
        and (tokens[tokens[amount.top].head].text.lower() in SPAN_PREPOSITIONS)
    )


def _is_taken(sentence: Sentence, amount: Amount) -> bool:
    """Tell whether a span of time is what something takes ('a check takes 35 minutes', 'trucks wait 48 minutes')."""
    top = sentence.tokens[amount.top]
    takes = sentence.tokens[top.head].lemma in load_lexicon()["duration-verb"]
    return takes and top.dep in {"dobj", "attr", "npadvmod"} and not _is_lapse(sentence.tokens, amount)


def _is_lapse(tokens: tuple[Token, ...], amount: Amount) -> bool:
    """Tell whether a span of time only tells when ('eleven days later')."""
    after = tokens[amount.last + 1].text.lower() if amount.last + 1 < len(tokens) else ""
    unit = amount.quantity.unit or ""
    if [token.text.lower() for token in tokens[amount.last + 1 : amount.last + 3]] == ["on", "average"]:
        return False
    return (unit in TIME_UNITS or unit.endswith("days")) and after in {
        "later",
        "earlier",
        "ago",
        "before",
        "after",
        "on",
    }


def _is_clock(read: ReadSentence, amount: Amount) -> bool:
    """Tell whether a number is an hour of the day ('until nine in the evening', 'a quarter past six')."""
    if amount.quantity.unit is not None or amount.quantity.value > LAST_HOUR or amount.first == 0:
        return False
    tokens = read.sentence.tokens
    before = tokens[amount.first - 1].text.lower()
    behind = [token.text.lower() for token in tokens[amount.last + 1 : amount.last + 4]]
    of_day = behind[:2] == ["in", "the"] and behind[2:] and behind[2] in DAY_PARTS
    return bool(before == "past" or of_day or (behind and behind[0] in CLOCK and before in CLOCK_PREPOSITIONS))


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
    """Tell whether a number is a person's age, or bounds that of the people before it ('residents over 70')."""
    tokens, first = read.sentence.tokens, amount.first
    if _is_age_of_person(read, amount):
        return True
    if first < 2 or amount.quantity.unit is not None or amount.quantity.value > OLDEST:
        return False
    people = tokens[first - 2]
    if tokens[first - 1].text.lower() not in load_lexicon()["bound"] or people.tag not in {"NNS", "PRP"}:
        return False
    after = tokens[amount.last + 1] if amount.last + 1 < len(tokens) else None
    is_free = after is None or after.pos not in {"NOUN", "PROPN", "ADJ"}
    return is_free or (people.text.lower() in load_lexicon()["aged-noun"])


def _is_age_of_person(read: ReadSentence, amount: Amount) -> bool:
    """Tell whether a bare number stands between commas behind a person ('Ren Guifang, 81, has come')."""
    tokens, first = read.sentence.tokens, amount.first
    if first < 2 or amount.quantity.unit is not None or tokens[first - 1].text != ",":
        return False
    after = tokens[amount.last + 1].text if amount.last + 1 < len(tokens) else "."
    return after in {",", ".", ";"} and any(person.end == tokens[first - 2].end for person in read.persons)


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
    _is_negated,
    _is_clock,
)
