"""What reading a fact's content gives, and the small values that several kinds share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from shanxi_kg.namespaces import SX, XSD
from shanxi_kg.triples import entities, periods

if TYPE_CHECKING:
    from decimal import Decimal

    from pyoxigraph import Triple

    from shanxi_kg.facts import Area
    from shanxi_kg.triples.context import Context, Entity

Value = tuple[NamedNode, NamedNode | Literal | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a fact says: the entity that it is about, its values, the entities that it tells of, and more of these.

    `core` tells apart two facts about one entity (two persons in one post).
    """

    about: Entity
    values: tuple[Value, ...]
    entities: tuple[Entity, ...] = ()
    triples: tuple[Triple, ...] = ()
    core: str = ""


def area_values(area: Area | None, place: Entity | None, context: Context) -> tuple[Value, ...]:
    """Return an area and its name as the document writes it."""
    if area is None or place is None:
        return ()
    return (SX["area"], place.iri), (SX["areaName"], words(area.name, context))


def period(iso: str | None) -> Entity | None:
    """Return the period that a content gives, if any."""
    return entities.period(iso) if iso else None


def present(*found: Entity | None) -> tuple[Entity, ...]:
    """Return the entities that there are."""
    return tuple(entity for entity in found if entity is not None)


def words(text: str | None, context: Context) -> Literal | None:
    """Return words of the document, in its language."""
    return Literal(text, language=context.document.language) if text else None


def decimal(number: Decimal) -> Literal:
    """Return a number as a literal, in plain digits."""
    return Literal(format(number, "f"), datatype=XSD["decimal"])


def day(iso: str | None) -> Literal | None:
    """Return a date where the day itself is known."""
    span = periods.days(iso) if iso else None
    return Literal(span[0].isoformat(), datatype=XSD["date"]) if span and span[0] == span[1] else None
