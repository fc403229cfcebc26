"""What stands in brackets behind an amount: its change ('(up 8.3 percent)'), or its goal or level at another time.

The parser never sees brackets, so these are read from the text alone. A conversion ('($4.7 billion)') is none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from shanxi_kg.dates import DateExpression, find_dates
from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.quantities import BRACKET, find_quantities, number_value

SIGNED = re.compile(r"\((?P<sign>[+−–-])\s?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)\s?(?:%|percent|per cent|pct)")
BRACKET_BEHIND = re.compile(rf"\s?{BRACKET.pattern}")
PLAIN_WORDS = frozenset("a about against and as at by end for from in is of on set target the to was were with".split())


@dataclass(frozen=True, slots=True)
class Aside:
    """A bracket behind an amount, `start` to `end` in the document: a change, or another value of what is measured."""

    start: int
    end: int
    change: Decimal | None = None
    value: Decimal | None = None
    unit: str | None = None
    period: DateExpression | None = None
    is_goal: bool = False


def aside_of(phrases: Phrases, amount: Amount, limit: int) -> Aside | None:
    """Return what the first bracket between an amount and `limit` (an offset) says of it; None where nothing."""
    text = phrases.context.reading.document.text
    bracket = BRACKET.search(text, amount.quantity.end, limit)
    if bracket is None or re.search(r"[,;:\n]", text[amount.quantity.end : bracket.start()]):
        return None
    return _change(text, bracket) or _other_value(phrases, amount, bracket)


def _change(text: str, bracket: re.Match[str]) -> Aside | None:
    signed = SIGNED.match(bracket[0])
    if signed:
        value = number_value(signed["number"])
        return Aside(*bracket.span(), change=value if signed["sign"] == "+" else -value)
    found = find_quantities(text, bracket.start() + 1, bracket.end() - 1)
    words = re.findall(r"[a-z]+", bracket[0].lower())
    sign = next((sign for word in words if (sign := _sign(word))), 0)
    if sign and found and found[0].unit == "percent":
        return Aside(*bracket.span(), change=sign * found[0].value)
    return None


def _other_value(phrases: Phrases, amount: Amount, bracket: re.Match[str]) -> Aside | None:
    """Read '(target for 2025: 95 percent)' and '(38 percent in 2020)'; other words make it something else."""
    document, (start, end) = phrases.context.reading.document, bracket.span()
    text = document.text
    dates = find_dates(text, start + 1, end - 1, document.issued, load_lexicon()["target-cue"])
    found = [q for q in find_quantities(text, start + 1, end - 1) if not any(d.start <= q.start < d.end for d in dates)]
    if len(found) != 1:
        return None
    spans = [(found[0].start, found[0].end), *((date.start, date.end) for date in dates)]
    words = {m[0].lower() for m in re.finditer(r"\w+", text[start:end]) if not _inside(start + m.start(), spans)}
    goals = words & load_lexicon()["goal-noun"]
    unit = found[0].unit or amount.quantity.unit
    if words - PLAIN_WORDS - goals or not (goals or dates) or unit != amount.quantity.unit:
        return None
    period = dates[0] if dates else None
    return Aside(start, end, value=found[0].value, unit=unit, period=period, is_goal=bool(goals))


def _sign(word: str) -> int:
    return (word in load_lexicon()["rise"]) - (word in load_lexicon()["fall"])


def _inside(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= offset < b for a, b in spans)
