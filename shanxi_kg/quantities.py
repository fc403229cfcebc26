"""The grammar of numbers: text in, quantities with value and unit out, each with its offsets.

'5.32 million' is 5320000, 'CNY 150 million' and '200,000 yuan' have the unit 'yuan', '14.85 per 10,000 people' has
'per 10,000 people'. Dates, ordinals, ranks, numbers inside names ('PM2.5', 'top 500', '20-day') and numbers in brackets
are none. What a number counts is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from shanxi_kg.lexicon import load_lexicon

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: i for i, word in enumerate(ONES)} | {word: 10 * (i + 2) for i, word in enumerate(TENS)}
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
NUMBER = re.compile(
    rf"(?<![\w.,/$€¥-])(?P<currency>(?:{CURRENCY})\s?)?"
    rf"(?P<number>{DIGITS}|\b{WORD}\b|\ban?(?= (?:million|billion|trillion)\b))"
    rf"(?P<scale>[ -](?:{'|'.join(SCALES)})(?: (?:million|billion|trillion))?\b)?(?P<unit>\s?%)?",
    re.IGNORECASE,
)
PER = re.compile(r"\s*per (?:10,000|1,000|100,000|100|million) (?:people|residents|persons|inhabitants|population)\b")
RANK = re.compile(
    r"(?:\b(?:No|no|nos|Nos|top|Top|Article|article|Chapter|chapter|Item|Phase|Class|Grade|aged|age|per)\.?\s|#)$"
)
BRACKET = re.compile(r"\([^()\n]{1,80}\)")
UNIT_END = re.compile(r"(?![\w])")


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
    """
    barred = [match.span() for match in BRACKET.finditer(text, start, end)]
    found = (
        _quantity(text, match, end) for match in NUMBER.finditer(text, start, end) if not _inside(match.start(), barred)
    )
    return [quantity for quantity in found if quantity is not None]


def number_value(words: str) -> Decimal:
    """Return the value of a number written in digits or words, without scale.

    >>> number_value("twenty-eight"), number_value("16,696")
    (Decimal('28'), Decimal('16696'))
    """
    if words[0].isdigit():
        return Decimal(words.replace(",", ""))
    parts = words.lower().split("-")
    return Decimal(1) if parts in (["a"], ["an"]) else Decimal(sum(WORDS[part] for part in parts))


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
    unit = _unit_pattern().match(text, match.end(), limit)
    return (_unit_names()[unit[1].lower()], unit.end()) if unit else (None, match.end())


@cache
def _unit_names() -> dict[str, str]:
    return {form.lower(): name for name, forms in load_lexicon().units.items() for form in forms}


@cache
def _unit_pattern() -> re.Pattern[str]:
    forms = sorted(_unit_names(), key=lambda form: (-len(form), form))
    return re.compile(rf"[\s-]?({'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)
