"""Quantities that documents tell of differently: claims go in, comparisons of their values come out.

Two quantities are comparable where they count the same thing in the same unit and area: by the lemmas of the measure,
or nearly so, with the same head ('companies using' and 'companies approved to use'); the likely reason then is that
they are defined differently.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise, permutations

from pyoxigraph import NamedNode

from shanxi_kg.conflicts.claims import Graph, Quantity, name_of
from shanxi_kg.conflicts.model import Comparison, Copies, listed, ordered
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.triples.identity import canonical_name, lemma

ALIKE = 0.6
"""How much of their lemmas two measures with one head must share to be taken for the same thing."""
YEAR = 366
JUMP, JUMP_YEARS = 2, 3
SAME_LENGTH = 3
"""Two years, or two months, differ by no more days than this."""
NEAR = Decimal("0.01")
"""A rounded value differs from the exact one by less than this share of it."""

_OPENER = re.compile(r"(?:total |overall )?number of ")
_ENDS = frozenset("of in for with that which who to by on at under from as among across through after since".split())
_VERBAL = re.compile(r".{2,}(?:ing|ed)")

Group = tuple[Quantity, ...]


def differing(claims: Iterable[Quantity], copies: Copies, graph: Graph) -> Iterator[Comparison]:
    """Yield the comparisons of the quantities that several documents tell of in different ways."""
    for group in comparable(claims):
        yield from _values(group, copies, graph)
        yield from _periods(group, graph)
        yield from _courses(group, graph)
        yield from _jumps(group, graph)


def comparable(claims: Iterable[Quantity]) -> list[Group]:
    """Return the groups of quantities with an area and a period that count the same thing, or nearly the same."""
    alike: dict[tuple[str, ...], list[Quantity]] = defaultdict(list)
    for claim in claims:
        if claim.area is not None and claim.when is not None:
            alike[claim.area.value, claim.unit, *sorted(head(claim.measure, claim.lemmas))].append(claim)
    return [group for key in sorted(alike) for group in _linked(alike[key])]


def head(measure: str, lemmas: frozenset[str]) -> frozenset[str]:
    """Return the lemmas of a measure's head: what stands before 'of', 'in', 'using', 'granted' and the like.

    >>> companies = frozenset({"company", "use", "patent"})
    >>> head("number of Shanxi companies using patents", companies) == head("companies", companies)
    True
    """
    words: list[str] = []
    for word in _OPENER.sub("", canonical_name(measure).casefold()).split():
        if words and (word in _ENDS or (_VERBAL.fullmatch(word) and not _VERBAL.fullmatch(words[-1]))):
            break
        words.append(word)
    return frozenset(_plain(lemma(word)) for word in words) & frozenset(map(_plain, lemmas))


def _plain(word: str) -> str:
    return "company" if word in load_lexicon()["company-synonym"] else word


def _linked(claims: Sequence[Quantity]) -> list[Group]:
    """Split claims with one head into those whose measures are alike, directly or through others."""
    groups: list[list[Quantity]] = []
    for claim in claims:
        near = [group for group in groups if any(_alike(claim, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([claim, *(other for group in near for other in group)])
    return [tuple(sorted(group, key=_order)) for group in groups]


def _alike(one: Quantity, other: Quantity) -> bool:
    if one.indicator == other.indicator:
        return True
    mine, theirs = (frozenset(map(_plain, claim.lemmas)) for claim in (one, other))
    return len(mine & theirs) >= ALIKE * len(mine | theirs)


def _order(claim: Quantity) -> tuple[object, ...]:
    days = claim.when.days if claim.when else ()
    return (days, claim.told.issued or "9999", claim.told.document.value, claim.told.fact.value)


def _values(group: Group, copies: Copies, graph: Graph) -> Iterator[Comparison]:
    """Compare the values of one period."""
    for iso in sorted({claim.when.iso for claim in group if claim.when}):
        same = tuple(claim for claim in group if claim.when and claim.when.iso == iso)
        if len({claim.value for claim in same}) > 1 and len({claim.told.document for claim in same}) > 1:
            where = f"{what(same, graph)}, {iso}"
            yield _comparison("value", _reason(same, copies), same, where, (iso,), _listing(same))


def _differ(one: Quantity, other: Quantity) -> bool:
    return one.value != other.value and one.told.document != other.told.document


def _reason(claims: Group, copies: Copies) -> str:
    """Return the likely reason why values differ: the first that accounts for all the differences."""
    actual = tuple(claim for claim in claims if not claim.target)
    if len({claim.value for claim in actual}) <= 1 and len(actual) < len(claims):
        return "target-and-actual"
    if all(rounded(one, other) for one, other in combinations({claim.value for claim in claims}, 2)):
        return "rounding"
    if copies.same(tuple(claim.told for claim in claims)):
        return "copied-article"
    values = defaultdict(set)
    for claim in claims:
        values[claim.lemmas].add(claim.value)
    return "one-is-wrong" if max(map(len, values.values())) > 1 else "other-definition"


def rounded(one: Decimal, other: Decimal) -> bool:
    """Say whether two values are the same or one is the other, rounded.

    >>> rounded(Decimal("5320000"), Decimal("5318400")), rounded(Decimal(1200), Decimal(1150))
    (True, False)
    """
    if abs(one - other) > NEAR * max(abs(one), abs(other)):
        return False
    return abs(one - other) <= max(slack(one), slack(other))


def slack(value: Decimal) -> Decimal:
    """Return half a unit of the last digit that a number is sure of.

    Zeros before the point may stem from rounding, but for the second digit of all.

    >>> slack(Decimal("5320000")), slack(Decimal("44.7")), slack(Decimal(109)), slack(Decimal(100))
    (Decimal('5E+3'), Decimal('0.05'), Decimal('0.5'), Decimal('5'))
    """
    exponent = int(value.as_tuple().exponent)
    last = exponent if exponent < 0 else min(int(value.normalize().as_tuple().exponent), value.adjusted() - 1)
    return Decimal(5).scaleb(max(last, min(exponent, 0)) - 1)


def _periods(group: Group, graph: Graph) -> Iterator[Comparison]:
    """Compare the values of a period and of a shorter one at its end."""
    ending: dict[tuple[date, NamedNode], list[Quantity]] = defaultdict(list)
    for claim in group:
        if claim.when:
            ending[claim.when.days[1], claim.indicator].append(claim)
    for together in (found for found in ending.values() if len({_begins(claim) for claim in found}) > 1):
        for wide, narrow in permutations(together, 2):
            if _begins(wide) < _begins(narrow) and _differ(wide, narrow):
                yield _paired("value", "other-period", wide, narrow, graph)


def _begins(claim: Quantity) -> date:
    return claim.when.days[0] if claim.when else date.max


def _courses(group: Group, graph: Graph) -> Iterator[Comparison]:
    """Compare a value that was reached by a rise or a fall with the last one of the year before it."""
    for claim in (one for one in group if one.trend and one.change is None and not one.target):
        before = [one for one in group if _precedes(one, claim) and not one.target]
        last = max(before, key=_end, default=None)
        if last is not None and _against(claim, last):
            reason = "one-is-wrong" if last.lemmas == claim.lemmas else "other-definition"
            yield _paired("course", reason, last, claim, graph)


def _precedes(one: Quantity, claim: Quantity) -> bool:
    """Say whether a quantity holds for a time before another's, in the year before it."""
    if not (one.when and claim.when):
        return False
    gap = (claim.when.days[0] - one.when.days[0]).days
    return one.when.days[1] < claim.when.days[0] and gap <= YEAR


def _end(claim: Quantity) -> tuple[object, ...]:
    return (claim.when.days[1] if claim.when else (), *_order(claim))


def _against(claim: Quantity, before: Quantity) -> bool:
    """Say whether the earlier value forbids the trend; a sum over a longer time is no measure of one over a shorter."""
    longer = before.when.length - claim.when.length if before.when and claim.when else 0
    if claim.trend == "increase":
        return before.value > claim.value and longer <= SAME_LENGTH
    return before.value < claim.value and longer >= -SAME_LENGTH


def _jumps(group: Group, graph: Graph) -> Iterator[Comparison]:
    """Note where a value at least doubles or halves in three years from one document and wording to another."""
    actual = [claim for claim in group if not claim.target]
    for one, other in pairwise(actual):
        if one.lemmas == other.lemmas or not _differ(one, other) or not (one.when and other.when):
            continue
        longer = other.when.length - one.when.length
        rises = other.value >= JUMP * one.value and longer <= SAME_LENGTH
        falls = other.value * JUMP <= one.value and longer >= -SAME_LENGTH
        apart = (other.when.days[0] - one.when.days[1]).days
        if 0 < apart <= JUMP_YEARS * YEAR and (rises or falls):
            yield _paired("course", "other-definition", one, other, graph, note=True)


def _paired(dimension: str, reason: str, one: Quantity, other: Quantity, graph: Graph, **more: bool) -> Comparison:
    pair = (one, other)
    times = listed([claim.when.iso for claim in pair if claim.when])
    key = tuple(sorted(claim.told.fact.value for claim in pair))
    trend = f", told as {_article(other.trend)}" if dimension == "course" and other.trend else ""
    return _comparison(dimension, reason, pair, f"{what(pair, graph)}, {times}", key, _listing(pair) + trend, **more)


def _article(trend: str | None) -> str:
    return f"an {trend}" if trend == "increase" else f"a {trend}"


def _comparison(
    dimension: str, reason: str, claims: Group, where: str, key: tuple[str, ...], says: str, **more: bool
) -> Comparison:
    told, subjects = ordered(tuple(claim.told for claim in claims)), indicators(claims)
    first = claims[0]
    area = first.area.value if first.area else ""
    values = listed(list(dict.fromkeys(amount(claim) for claim in claims)), "or" if dimension == "value" else "then")
    return Comparison(
        dimension=dimension,
        reason=reason,
        key=(area, first.unit, *(subject.value for subject in subjects), *key),
        subjects=subjects,
        told=told,
        label=f"{where}: {values}",
        says=f"{says}.",
        note=more.get("note", False),
    )


def _listing(claims: Group) -> str:
    parts = [f"{amount(claim)}{_in(claim)} in {name_of(claim.told.document)}" for claim in claims]
    return listed(list(dict.fromkeys(parts)))


def _in(claim: Quantity) -> str:
    status = " as a target" if claim.target else ""
    return f"{status} for {claim.when.iso}" if claim.when else status


def amount(claim: Quantity) -> str:
    """Return a value with its unit."""
    return f"{claim.value:f} {claim.unit}".strip()


def what(claims: Sequence[Quantity], graph: Graph) -> str:
    """Return what is counted and where, in the words of the first of the claims."""
    first = min(claims, key=lambda claim: (claim.told.issued or "9999", claim.told.document.value, claim.measure))
    return first.measure[:1].upper() + first.measure[1:] + (f" ({graph.label(first.area)})" if first.area else "")


def indicators(claims: Sequence[Quantity]) -> tuple[NamedNode, ...]:
    """Return the indicators of claims, sorted."""
    return tuple(sorted({claim.indicator for claim in claims}, key=str))
