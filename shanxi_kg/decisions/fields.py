"""The fields of facts that a person may correct: by kind and column, where the value goes and how it is read.

A content and a text go in, a content with that field changed comes out. The names are the columns of the stored
queries. Several values of one field are separated by ';'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from shanxi_kg.codes import concepts
from shanxi_kg.facts import Area, Body, Content, Group
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.triples.periods import days

Value = str | Decimal | Area | Body | Group | tuple[Area | Body | Group | str, ...] | None
_COUNTED = re.compile(r"([0-9][0-9,]*) ")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: the content's attribute, how a text becomes its value, and whether it may be left without one."""

    attribute: str
    read: Callable[[str], Value]
    optional: bool = True


def correct(content: Content, field: str, text: str) -> Content:
    """Return the content with one field changed; ValueError says what is wrong with the field or the text.

    >>> from shanxi_kg.facts import Regulation
    >>> correct(Regulation("Data Rules", None, "2021-05-27"), "issued", "2021-05-28").issued
    '2021-05-28'
    """
    known = field_of(type(content).__name__.lower(), field)
    changed: dict[str, Any] = {known.attribute: _value(known, text)}
    return replace(content, **changed)


def written(content: Content, field: str) -> str:
    """Return a field's value as a text that `correct` reads; empty where it has none.

    >>> from shanxi_kg.facts import Agreement
    >>> written(Agreement((Area("Hunan"), Area("Hubei"))), "party")
    'Hunan; Hubei'
    """
    return _written(getattr(content, field_of(type(content).__name__.lower(), field).attribute))


def normal(kind: str, field: str, text: str) -> str:
    """Return a value in the form that `written` gives; ValueError where it is none of that field of that kind.

    >>> normal("indicator", "value", "1,200")
    '1200'
    """
    return _written(_value(field_of(kind, field), text))


def field_of(kind: str, field: str) -> Field:
    """Return a field of a kind of facts; ValueError names those that there are."""
    known = FIELDS[kind].get(field)
    if known is None:
        raise ValueError(f"a fact of kind {kind} has no field {field!r}; it has {', '.join(FIELDS[kind])}")
    return known


def _value(field: Field, text: str) -> Value:
    stripped = text.strip()
    if stripped:
        return field.read(stripped)
    if not field.optional:
        raise ValueError(f"{field.attribute} cannot be empty; give its value")
    return () if field.read in _LISTS else None


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(_written, value))
    if isinstance(value, Area | Body | Group):
        return value.name
    return format(value, "f") if isinstance(value, Decimal) else value or ""


def _number(text: str) -> Decimal:
    plain = text.replace(",", "")
    if _NUMBER.fullmatch(plain):
        return Decimal(plain)
    raise ValueError(f"{text!r} is no plain number such as 109 or 4.3")


def _period(text: str) -> str:
    if days(text) is None:
        raise ValueError(f"{text!r} is no year, month, day or interval such as 2021, 2021-07-01 or 2021-01/2021-06")
    return text


def _area(text: str) -> Area:
    return Area(text, load_gazetteer().resolve_area(text))


def _body(text: str) -> Body:
    whole = (known.key for known in load_gazetteer().bodies(text) if (known.start, known.end) == (0, len(text)))
    return Body(text, next(whole, None))


def _party(text: str) -> Area | Body:
    area = _area(text)
    return area if area.key else _body(text)


def _member(text: str) -> Body | Group:
    counted = _COUNTED.match(text)
    return Group(text, int(counted[1].replace(",", ""))) if counted else _body(text)


def _parties(text: str) -> tuple[Area | Body, ...]:
    return tuple(map(_party, _items(text)))


def _members(text: str) -> tuple[Body | Group, ...]:
    return tuple(map(_member, _items(text)))


def _levels(text: str) -> tuple[str, ...]:
    return tuple(_code("level")(item) for item in _items(text))


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]


def _code(scheme: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in concepts(scheme):
            raise ValueError(f"{text!r} is no {scheme}; use one of {', '.join(concepts(scheme))}")
        return text

    return read


_LISTS = frozenset({_parties, _members, _levels})
_AREA, _PERIOD, _TEXT = Field("area", _area), Field("period", _period), str

FIELDS: Mapping[str, Mapping[str, Field]] = {
    "regulation": {
        "title": Field("title", _TEXT, optional=False),
        "area": _AREA,
        "issued": Field("issued", _period),
        "inForce": Field("in_force", _period),
    },
    "agreement": {
        "party": Field("parties", _parties, optional=False),
        "subject": Field("subject", _TEXT),
        "signed": Field("signed", _period),
    },
    "agency": {"name": Field("body", _body, optional=False), "parent": Field("parent", _body), "area": _AREA},
    "platform": {
        "name": Field("name", _TEXT, optional=False),
        "area": _AREA,
        "member": Field("members", _members),
        "level": Field("levels", _levels),
        "coverage": Field("coverage", _TEXT),
    },
    "post": {
        "person": Field("person", _TEXT, optional=False),
        "role": Field("role", _TEXT, optional=False),
        "organization": Field("organization", _party),
    },
    "indicator": {
        "measure": Field("measure", _TEXT, optional=False),
        "value": Field("value", _number, optional=False),
        "unit": Field("unit", _TEXT),
        "area": _AREA,
        "period": _PERIOD,
        "status": Field("status", _code("status"), optional=False),
        "change": Field("change", _number),
        "trend": Field("trend", _code("trend")),
    },
    "policy": {
        "measure": Field("measure", _TEXT, optional=False),
        "area": _AREA,
        "target": Field("target", _TEXT),
        "period": _PERIOD,
    },
    "statement": {
        "speaker": Field("speaker", _TEXT, optional=False),
        "quote": Field("quote", _TEXT, optional=False),
    },
}
"""The fields by kind and column, in the order of the columns."""
