"""Arithmetic: quantities go in, and those that do not add up come out, with what the others make of them.

Each stated number stands for all numbers that would be printed so, and what is called 'about' or 'more than' is not
reckoned with at all; only what no rounding accounts for is reported.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from shanxi_kg.conflicts.claims import Graph, Quantity, name_of, place_of
from shanxi_kg.conflicts.model import Comparison, ordered
from shanxi_kg.conflicts.quantities import amount, indicators, slack, what
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.triples.identity import lemma

HUNDRED = Decimal(100)
NOT_ADDED = re.compile(r"percent|per |times|degree|day|hour|minute|week|month|year")
SAME_BASE = Decimal(5)
"""A growth that differs by fewer percentage points may be one in constant prices, or from a revised base."""

_WORD = re.compile(r"[a-z]+")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class _Range:
    """The numbers that a stated one may stand for."""

    low: Decimal
    high: Decimal

    def meets(self, other: _Range) -> bool:
        return self.low <= other.high and other.low <= self.high


def mismatches(claims: Iterable[Quantity], graph: Graph) -> Iterator[Comparison]:
    """Yield the quantities that do not add up: growth over documents, shares and sums within one document."""
    exact = [claim for claim in claims if claim.when and not claim.target and not _is_about(claim)]
    yield from _growths(exact, graph)
    documents: dict[str, list[Quantity]] = defaultdict(list)
    for claim in exact:
        documents[claim.told.document.value].append(claim)
    for _, told in sorted(documents.items()):
        yield from _shares(told, graph)
        yield from _sums_of_areas(told, graph)
        yield from _sums_of_kinds(told, graph)


def _is_about(claim: Quantity) -> bool:
    """Say whether the words make a number an estimate or a bound ('about', 'more than')."""
    words = set(_WORD.findall(claim.told.words.casefold()))
    return bool(words & load_lexicon()["estimate"])


def _range(value: Decimal) -> _Range:
    return _Range(value - slack(value), value + slack(value))


def _growths(claims: Sequence[Quantity], graph: Graph) -> Iterator[Comparison]:
    """Compare a value and its change with the value of a year before."""
    earlier: dict[tuple[object, ...], list[Quantity]] = defaultdict(list)
    for claim in claims:
        earlier[claim.indicator, claim.area, claim.unit, claim.when and claim.when.iso].append(claim)
    for claim in claims:
        if claim.change is None or claim.unit == "percent" or claim.area is None:
            continue
        for before in earlier[claim.indicator, claim.area, claim.unit, _year_before(claim)]:
            yield from _growth(before, claim, claim.change, graph)


def _year_before(claim: Quantity) -> str | None:
    return _YEAR.sub(lambda year: f"{int(year[0]) - 1:04}", claim.when.iso) if claim.when else None


def _growth(before: Quantity, claim: Quantity, change: Decimal, graph: Graph) -> Iterator[Comparison]:
    base, rate, reached = _range(before.value), _range(change), _range(claim.value)
    products = [one * (1 + by / HUNDRED) for one in (base.low, base.high) for by in (rate.low, rate.high)]
    if before.value <= 0 or _Range(min(products), max(products)).meets(reached):
        return
    expected = before.value * (1 + change / HUNDRED)
    stated = (claim.value / before.value - 1) * HUNDRED
    reason = "other-basis" if abs(stated - change) <= SAME_BASE else "one-is-wrong"
    earlier = f"{amount(before)} in {name_of(before.told.document)} and a change of {change:f} percent"
    says = f"{earlier} make {_short(expected)}, not {amount(claim)} as in {name_of(claim.told.document)}."
    yield _mismatch("growth", reason, claim, (before,), expected, says, graph)


def _shares(claims: Sequence[Quantity], graph: Graph) -> Iterator[Comparison]:
    """Compare a share with the part and the whole that it is of."""
    words = load_lexicon()["share-noun"] | load_lexicon()["share-verb"]
    for share in (claim for claim in claims if claim.unit == "percent" and 0 < claim.value <= HUNDRED):
        lemmas = frozenset(word for word in share.lemmas if word not in words)
        pairs = [
            (part, whole)
            for part in claims
            for whole in claims
            if _is_share(lemmas, part, whole) and _alongside(share, part) and _alongside(share, whole)
        ]
        if pairs and not any(_fits(share, part, whole) for part, whole in pairs):
            part, whole = pairs[0]
            expected = whole.value * share.value / HUNDRED
            says = f"{amount(share)} of {amount(whole)} is {_short(expected)}, not {amount(part)}."
            yield _mismatch("share", "one-is-wrong", part, (share, whole), expected, says, graph)


def _is_share(lemmas: frozenset[str], part: Quantity, whole: Quantity) -> bool:
    """Say whether a share so worded is one of that part in that whole."""
    if part.unit != whole.unit or not _adds(part) or not whole.lemmas < part.lemmas or part.value > whole.value:
        return False
    return lemmas in (part.lemmas, part.lemmas | whole.lemmas)


def _alongside(one: Quantity, other: Quantity) -> bool:
    return (one.area, one.when) == (other.area, other.when)


def _fits(share: Quantity, part: Quantity, whole: Quantity) -> bool:
    rate, total = _range(share.value), _range(whole.value)
    made = _Range(total.low * rate.low / HUNDRED, total.high * rate.high / HUNDRED)
    return made.meets(_range(part.value))


def _adds(claim: Quantity) -> bool:
    return not NOT_ADDED.search(claim.unit)


def _sums_of_areas(claims: Sequence[Quantity], graph: Graph) -> Iterator[Comparison]:
    """Compare the value of an area with the sum of those of its parts: equal where none is missing, else not above."""
    for whole in filter(_adds, claims):
        place = place_of(whole.area) if whole.area else None
        parts = {
            part.area.value: part
            for part in claims
            if place and part.area and _is_part(part, whole) and _parent(part.area) == place.key
        }
        if place and len(parts) > 1:
            complete = len(parts) == len(load_gazetteer().children(place.key))
            yield from _sum(whole, [parts[area] for area in sorted(parts)], graph, complete=complete)


def _is_part(part: Quantity, whole: Quantity) -> bool:
    return (part.indicator, part.unit, part.when) == (whole.indicator, whole.unit, whole.when)


def _parent(area: NamedNode) -> str | None:
    place = place_of(area)
    return place.parent if place else None


def _sums_of_kinds(claims: Sequence[Quantity], graph: Graph) -> Iterator[Comparison]:
    """Compare the value of 'A and B' with those of A and of B."""
    for whole in claims:
        names = whole.measure.casefold().split(" and ")
        if len(names) != 2 or not _adds(whole):
            continue
        beside = [claim for claim in claims if _alongside(claim, whole) and claim.unit == whole.unit]
        parts = [_named(own, other, whole, beside) for own, other in (names, reversed(names))]
        if parts[0] and parts[1] and parts[0] is not parts[1]:
            yield from _sum(whole, [part for part in parts if part], graph, complete=True)


def _named(own: str, other: str, whole: Quantity, claims: Sequence[Quantity]) -> Quantity | None:
    """Return the quantity of the one half of 'A and B': its measure is that of the whole without the other half."""
    last = {lemma(word) for word in _WORD.findall(other)} - {lemma(word) for word in _WORD.findall(own)}
    wanted = [claim for claim in claims if claim.lemmas < whole.lemmas and not claim.lemmas & last]
    return wanted[0] if len(wanted) == 1 else None


def _sum(whole: Quantity, parts: Sequence[Quantity], graph: Graph, *, complete: bool) -> Iterator[Comparison]:
    ranges = [_range(part.value) for part in parts]
    made, total = (sum(one.low for one in ranges), sum(one.high for one in ranges)), _range(whole.value)
    if made[0] > total.high or (complete and made[1] < total.low):
        expected = sum((part.value for part in parts), Decimal(0))
        made_of = " + ".join(amount(part) for part in parts)
        says = f"{made_of} = {f'{_short(expected)} {whole.unit}'.strip()}, not {amount(whole)}."
        yield _mismatch("sum", "one-is-wrong", whole, parts, expected, says, graph)


def _mismatch(
    dimension: str,
    reason: str,
    stated: Quantity,
    others: Sequence[Quantity],
    expected: Decimal,
    says: str,
    graph: Graph,
) -> Comparison:
    """Compare a stated value with what the others make of it."""
    claims = (stated, *others)
    told = ordered(tuple(claim.told for claim in claims))
    when = f", {stated.when.iso}" if stated.when else ""
    label = f"{what((stated,), graph)}{when}: {amount(stated)} stated, {_short(expected)} expected"
    key = tuple(sorted(one.fact.value for one in told))
    return Comparison(dimension, reason, key, indicators(claims), told, label, says, Decimal(_short(expected)))


def _short(number: Decimal) -> str:
    """Return a number as a reader writes it, with two digits behind the point at most.

    >>> _short(Decimal("106.315")), _short(Decimal("120.00"))
    ('106.32', '120')
    """
    text = f"{number.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
