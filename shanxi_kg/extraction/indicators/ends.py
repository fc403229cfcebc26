"""The two ends of a way: 'from 41 to 63 percent', 'to 92 percent from the current 85'.

The number that stands without a unit has that of the other end.
"""

from __future__ import annotations

from dataclasses import replace

from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.language import Token
from shanxi_kg.quantities import Quantity

PRESENT = frozenset("a the its current earlier existing former initial mere original present previous".split())
LINKS = frozenset({",", "up", "down", "compared", "increased", "decreased"})


def from_before(tokens: tuple[Token, ...], amount: Amount) -> int | None:
    """Return the 'from' before an amount, right before it or over 'the current'."""
    i = amount.first - 1
    while i > 0 and tokens[i].text.lower() in PRESENT:
        i -= 1
    return i if i >= 0 and tokens[i].text.lower() == "from" else None


def with_units(tokens: tuple[Token, ...], amounts: list[Amount]) -> list[Amount]:
    """Return the amounts, those at the bare end of a way with the unit of the other end."""
    return [_with_unit(tokens, amount, amounts) for amount in amounts]


def _with_unit(tokens: tuple[Token, ...], amount: Amount, amounts: list[Amount]) -> Amount:
    if amount.noun is not None and amount.noun > amount.last:
        return amount
    other = reached_before(tokens, amount, amounts)
    if other is None and from_before(tokens, amount) is not None:
        end = next((a for a in amounts if a.first == amount.last + 2 and _is_to(tokens, a)), None)
        if end is not None and end.quantity.unit is not None and amount.quantity.unit in {None, end.quantity.unit}:
            return replace(amount, quantity=_like(amount, end), top=end.top)
    if amount.quantity.unit is not None:
        return amount
    return replace(amount, quantity=_like(amount, other)) if other is not None and other.quantity.unit else amount


def reached_before(tokens: tuple[Token, ...], amount: Amount, amounts: list[Amount]) -> Amount | None:
    """Return the amount that stands right before 'from the current 85' or before 'to 14' of 'from 20 days to 14'."""
    opening = from_before(tokens, amount)
    if opening is not None:
        while opening > 0 and tokens[opening - 1].text.lower() in LINKS:
            opening -= 1
        return next((a for a in amounts if a.last == opening - 1), None)
    begun = next((a for a in amounts if a.last == amount.first - 2 and _is_to(tokens, amount)), None)
    return begun if begun is not None and from_before(tokens, begun) is not None else None


def _is_to(tokens: tuple[Token, ...], amount: Amount) -> bool:
    return amount.first > 0 and tokens[amount.first - 1].text.lower() == "to"


def _like(amount: Amount, other: Amount) -> Quantity:
    return replace(amount.quantity, unit=other.quantity.unit)
