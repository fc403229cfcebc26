"""The grammar of numbers: text in, quantities with value and unit out, each with its offsets.

'5.32 million' is 5320000, 'CNY 150 million' and '200,000 yuan' have the unit 'yuan', '14.85 per 10,000 people' has
'per 10,000 people'. Dates, ordinals, ranks, numbers inside names ('PM2.5', 'top 500', '20-day') and numbers in brackets
are none. What a number counts is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from shanxi_kg.lexicon import load_lexicon

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: i for i, word in enumerate(ONES)} | {word: 10 * (i + 2) for i, word in enumerate(TENS)}
ARTICLES = {"a": Decimal(1), "an": Decimal(1), "half a": Decimal("0.5"), "half an": Decimal("0.5")}
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
WORD = rf"(?:(?:{'|'.join(TENS)})-(?:{'|'.join(ONES[1:10])})|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
CURRENCIES = {
    "CNY": "yuan",
    "RMB": "yuan",
    "¥": "yuan",
    "USD": "US dollars",
    "US$": "US dollars",
    "$": "US dollars",
    "HK$": "Hong Kong dollars",
    "€": "euros",
    "EUR": "euros",
}
CURRENCY = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
ROUND = "(?:dozen|million|billion|trillion)"
NUMBER = re.compile(
    rf"(?<![\w.,/$€¥-])(?P<currency>(?:{CURRENCY})\s?)?"
    rf"(?P<number>{DIGITS}|\b{WORD}\b|\bhalf an?(?= {ROUND}\b)|(?<!half )\ban?(?= {ROUND}\b))"
    rf"(?P<scale>[ -](?:{'|'.join(SCALES)})(?: (?:million|billion|trillion))?\b)?(?P<unit>\s?%)?",
    re.IGNORECASE,
)
METRIC = re.compile(
    r"[ -]((?:micro|milli|centi|kilo|mega|giga|tera)(?:gram|liter|litre|meter|metre|volt|watt|hertz)s)\b",
    re.IGNORECASE,
)
RATE = re.compile(r" per ((?:cubic |square )?(?:kilo)?(?:meter|metre)|liter|litre|hour|minute|second)\b")
PER = re.compile(
    r"\s*per (?:10,000|1,000|100,000|100|million) "
    r"(?:people|residents|persons|inhabitants|population|(?:live )?births)\b"
)
RANK = re.compile(
    r"(?:\b(?:No|no|nos|Nos|top|Top|Article|article|Chapter|chapter|Item|Phase|Class|Grade|aged|age|per)\.?\s|#)$"
)
BRACKET = re.compile(r"\([^()\n]{1,80}\)")
LAST_LINK = re.compile(r"(?:\s?\([^()\n]{1,80}\))?,? (?:and|or) (?:(?:about|around|nearly|over|some) )?")
RANGE_LINK = re.compile(r" to (?:about |around |nearly |over |some )?")
BACK_LINK = re.compile(r",? (?:(?:up|down) )?(?:from|to) (?:about |around |nearly |over |some )?")
BACK_END = re.compile(r"(?:[.,;]|$| (?:and|in|a year|the year|at|by)\b)", re.MULTILINE)
LIST_LINK = re.compile(r"(?:\s?\([^()\n]{1,80}\))?, ")
ENDING_SCALE = re.compile(r"\b(?:million|billion|trillion)$", re.IGNORECASE)
BELOW_SCALE = re.compile(r"\d{1,3}(?:\.\d+)?")
GAP_LINK = re.compile(r"(?: of [a-z]+)?(?:\s?\([^()\n]{1,80}\))?(?:,|;|,? and) (?:[A-Za-z-]+ ){1,3}")
GAP_END = re.compile(r"(?:\s?\([^()\n]{1,80}\))?(?:[.,;]|$| and\b)", re.MULTILINE)
LARGEST_PERCENT = 999
RATED = frozenset({"cubic meters", "grams", "kilograms", "kilometers", "liters", "meters", "tonnes", "tons"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of the text: `value` in plain units, `unit` None for a plain count; `number_end` is before the unit."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    number_end: int


def find_quantities(text: str, start: int, end: int) -> list[Quantity]:
    """Find the quantities of `text[start:end]`, in order; offsets count in `text`.

    >>> [(q.value, q.unit) for q in find_quantities("grants of CNY 1.5 million for 28 bodies", 0, 39)]
    [(Decimal('1500000'), 'yuan'), (Decimal('28'), None)]
    >>> [(q.value, q.unit) for q in find_quantities("13 and 11 percent", 0, 17)]
    [(Decimal('13'), 'percent'), (Decimal('11'), 'percent')]
    """
    barred = [match.span() for match in BRACKET.finditer(text, start, end)]
    found = (
        _quantity(text, match, end) for match in NUMBER.finditer(text, start, end) if not _inside(match.start(), barred)
    )
    return _with_shared_units(text, (quantity for quantity in found if quantity is not None))


def number_value(words: str) -> Decimal:
    """Return the value of a number written in digits or words, without scale.

    >>> number_value("twenty-eight"), number_value("16,696")
    (Decimal('28'), Decimal('16696'))
    """
    if words[0].isdigit():
        return Decimal(words.replace(",", ""))
    if words.lower() in ARTICLES:
        return ARTICLES[words.lower()]
    return Decimal(sum(WORDS[part] for part in words.lower().split("-")))


def _with_shared_units(text: str, found: Iterable[Quantity]) -> list[Quantity]:
    """Give numbers of a list the unit that stands once behind its last ('5, 7 and 12 tons')."""
    shared: list[Quantity] = []
    in_list = False
    for quantity in reversed(list(found)):
        link = text[quantity.end : shared[-1].start] if shared else ""
        ranges = RANGE_LINK.fullmatch(link) and text[: quantity.start].endswith("from ")
        in_list = bool(LAST_LINK.fullmatch(link) or ranges or (in_list and LIST_LINK.fullmatch(link)))
        in_list = in_list and _can_share(text, quantity, shared[-1])
        shared.append(_sharing(text, quantity, shared[-1]) if in_list else quantity)
    return _with_units_before(text, shared[::-1])


def _with_units_before(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give a number the unit of the one before where only a name links them ('17 million tons, wheat 9 million').

    Or where it is what the one before grew or fell from or to ('71 percent from 64', 'from 18 days to six').
    """
    told: list[Quantity] = []
    for quantity in found:
        before = told[-1] if told else quantity
        link = text[before.end : quantity.start]
        grown = before.unit == "percent" and link.endswith(" to ")  # 'fell by 4.1 percent to 8,300'
        back = quantity.unit is None and before.unit is not None and not grown and BACK_LINK.fullmatch(link)
        if back and BACK_END.match(text, quantity.end):
            told.append(replace(quantity, unit=before.unit))
            continue
        gapped = quantity.unit is None and GAP_LINK.fullmatch(text[before.end : quantity.start])
        scaled = all(ENDING_SCALE.search(text[q.start : q.number_end]) for q in (before, quantity))
        ends = GAP_END.match(text, quantity.end)
        told.append(replace(quantity, unit=before.unit) if gapped and scaled and ends else quantity)
    return told


def _sharing(text: str, quantity: Quantity, last: Quantity) -> Quantity:
    """Return a bare number with the unit of the number behind it, and with its scale ('40 and 60 billion yuan')."""
    scale = _scale_behind(text, quantity, last)
    return replace(quantity, unit=last.unit, value=_plain(quantity.value * _scale(scale)))


def _scale_behind(text: str, quantity: Quantity, last: Quantity) -> str | None:
    """Return the 'billion' of the number behind a small one that has none."""
    scale = ENDING_SCALE.search(text[last.start : last.number_end])
    return scale[0] if scale and BELOW_SCALE.fullmatch(text[quantity.start : quantity.number_end]) else None


def _can_share(text: str, quantity: Quantity, last: Quantity) -> bool:
    """Tell whether a bare number can have the unit of the number behind it."""
    if quantity.unit is not None or not (text[quantity.start].isdigit() and text[last.start].isdigit()):
        return False
    if last.unit is None:
        return _scale_behind(text, quantity, last) is not None
    return last.unit != "percent" or quantity.value <= LARGEST_PERCENT


def _inside(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= offset < b for a, b in spans)


def _quantity(text: str, match: re.Match[str], limit: int) -> Quantity | None:
    before = text[max(0, match.start() - 12) : match.start()]
    if RANK.search(before) or _glued(text, match):
        return None
    value = number_value(match["number"]) * _scale(match["scale"])
    unit, stop = _unit(text, match, limit)
    number_end = match.end("scale") if match["scale"] else match.end("number")
    return Quantity(match.start(), stop, _plain(value), unit, number_end)


def _glued(text: str, match: re.Match[str]) -> bool:
    """Tell whether the number is part of a longer word: '20-day', '5G', '13th', '3D'."""
    after = text[match.end() : match.end() + 2]
    if match["number"][0].isdigit() and after[:1].isalpha():
        return True
    return after[:1] in "-–" and after[1:2].isalnum()


def _scale(words: str | None) -> int:
    factor = 1
    for word in (words or "").lower().replace("-", " ").split():
        factor *= SCALES[word]
    return factor


def _plain(value: Decimal) -> Decimal:
    """Drop trailing zeros behind the point, and exponents: Decimal('5320000'), never '5.32E+6'."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _unit(text: str, match: re.Match[str], limit: int) -> tuple[str | None, int]:
    if match["unit"]:
        return "percent", match.end()
    if match["currency"]:
        return CURRENCIES[match["currency"].strip().upper()], match.end()
    per = PER.match(text, match.end(), limit)
    if per:
        return " ".join(per.group().split()), per.end()
    return _measured(text, match.end(), limit)


def _measured(text: str, offset: int, limit: int) -> tuple[str | None, int]:
    """Return the unit of measurement at an offset and where it ends: a known one or a metric one, or a rate of it."""
    known = _unit_pattern().match(text, offset, limit)
    found = known or METRIC.match(text, offset, limit)
    if found is None:
        return None, offset
    name = _unit_names()[known[1].lower()] if known else _american(found[1])
    rate = RATE.match(text, found.end(), limit)
    if rate is None or (known and name not in RATED):
        return name, found.end()
    return f"{name} per {_american(rate[1])}", rate.end()


def _american(unit: str) -> str:
    return unit.lower().replace("litre", "liter").replace("metre", "meter")


@cache
def _unit_names() -> dict[str, str]:
    return {form.lower(): name for name, forms in load_lexicon().units.items() for form in forms}


@cache
def _unit_pattern() -> re.Pattern[str]:
    forms = sorted(_unit_names(), key=lambda form: (-len(form), form))
    return re.compile(rf"[\s-]?({'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)
