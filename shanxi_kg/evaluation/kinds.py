"""When a found fact answers a gold fact, and when it does so in full: one line a kind of fact.

`core` says how well the two agree in what makes the fact, 0 for not at all; each check of `full` says whether one more
column agrees. What the gold leaves out is not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from shanxi_kg.evaluation.likeness import (
    NOTHING,
    WHOLE,
    area_name,
    containment,
    is_same_number,
    name_other_areas,
    overlap,
)
from shanxi_kg.evaluation.model import Told

Texts = tuple[str, ...]
Core = Callable[[Told, Told], Fraction]
Check = Callable[[Texts, Texts], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """How facts of one kind are compared.

    `query` is the stored query that gives them, `columns` those that it names; `required` are the ones that a gold fact
    must have; rows that share their entity are one fact with several texts in the column `many`.
    """

    query: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    core: Core
    full: Mapping[str, Check]
    many: str | None = None

    def differing(self, gold: Told, found: Told) -> tuple[str, ...]:
        """Return the columns in which a found fact does not give what the gold gives."""
        return tuple(
            column
            for column, agrees in self.full.items()
            if not agrees(gold.texts.get(column, ()), found.texts.get(column, ()))
        )


# core


def _at_least(least: str, likeness: Fraction) -> Fraction:
    return likeness if likeness >= Fraction(least) else NOTHING


def _by_words(column: str, least: str) -> Core:
    return lambda gold, found: _at_least(least, overlap(gold.text(column), found.text(column)))


def _by_name(column: str, least: str) -> Core:
    """Return the core of what has a proper name: one with another area in it is another name."""

    def core(gold: Told, found: Told) -> Fraction:
        one, other = gold.text(column), found.text(column)
        return NOTHING if name_other_areas(one, other) else _at_least(least, overlap(one, other))

    return core


def _by_parties(gold: Told, found: Told) -> Fraction:
    """Return which share of all parties the two have in common; half of them is not enough."""
    one, other = _areas(gold.texts.get("party", ())), _areas(found.texts.get("party", ()))
    share = Fraction(len(one & other), len(one | other)) if one | other else NOTHING
    return share if share > Fraction(1, 2) else NOTHING


def _by_value(gold: Told, found: Told) -> Fraction:
    """Return how alike the measures of two equal values are; one that holds the other counts a little less."""
    if not is_same_number(gold.text("value"), found.text("value")):
        return NOTHING
    one, other = gold.text("measure"), found.text("measure")
    return _at_least("0.5", max(overlap(one, other), Fraction("0.9") * containment(one, other)))


def _by_quote(gold: Told, found: Told) -> Fraction:
    is_speaker = containment(gold.text("speaker"), found.text("speaker")) == WHOLE
    return _at_least("0.8", overlap(gold.text("quote"), found.text("quote"))) if is_speaker else NOTHING


# full


def _first(texts: Texts) -> str:
    return next(iter(texts), "")


def _areas(texts: Texts) -> set[str]:
    return {area_name(text) for text in texts}


def _words(least: str) -> Check:
    return lambda gold, found: not gold or containment(gold[0], _first(found)) >= Fraction(least)


def _role(gold: Texts, found: Texts) -> bool:
    return overlap(_first(gold), _first(found)) >= Fraction("0.6")


def _area(gold: Texts, found: Texts) -> bool:
    return not gold or area_name(gold[0]) == area_name(_first(found))


def _date(gold: Texts, found: Texts) -> bool:
    return not gold or gold[0] == _first(found)


def _number(gold: Texts, found: Texts) -> bool:
    return not gold or is_same_number(gold[0], _first(found))


def _status(gold: Texts, found: Texts) -> bool:
    return (_first(gold) == "target") == (_first(found) == "target")


def _parties(gold: Texts, found: Texts) -> bool:
    return _areas(gold) == _areas(found)


def _members(gold: Texts, found: Texts) -> bool:
    return all(any(containment(member, other) >= Fraction("0.8") for other in found) for member in gold)


KINDS: Mapping[str, Kind] = {
    "regulation": Kind(
        query="regulations",
        columns=("title", "area", "issued", "inForce"),
        required=("title",),
        core=_by_name("title", "0.75"),
        full={"area": _area, "issued": _date, "inForce": _date},
    ),
    "agreement": Kind(
        query="agreements",
        columns=("party", "subject", "signed"),
        required=("party",),
        core=_by_parties,
        full={"party": _parties, "signed": _date},
        many="party",
    ),
    "agency": Kind(
        query="agencies",
        columns=("name", "parent", "area"),
        required=("name",),
        core=_by_name("name", "0.8"),
        full={"parent": _words("0.8"), "area": _area},
    ),
    "post": Kind(
        query="posts",
        columns=("person", "role", "organization"),
        required=("person", "role"),
        core=_by_words("person", "0.99"),
        full={"role": _role, "organization": _words("0.8")},
    ),
    "indicator": Kind(
        query="indicators",
        columns=("measure", "value", "unit", "area", "period", "status", "change"),
        required=("measure", "value"),
        core=_by_value,
        full={
            "unit": _words("0.5"),
            "area": _area,
            "period": _date,
            "status": _status,
            "change": _number,
        },
    ),
    "policy": Kind(
        query="policies",
        columns=("measure", "area", "target", "period"),
        required=("measure",),
        core=_by_words("measure", "0.5"),
        full={"area": _area, "target": _words("0.5"), "period": _date},
    ),
    "platform": Kind(
        query="platforms",
        columns=("name", "area", "member"),
        required=("name",),
        core=_by_name("name", "0.67"),
        full={"area": _area, "member": _members},
        many="member",
    ),
    "statement": Kind(
        query="statements",
        columns=("speaker", "quote"),
        required=("speaker", "quote"),
        core=_by_quote,
        full={},
    ),
}
"""By the name of the kind, in the order of the table."""
