"""Frozen values to JSON and back: a dataclass goes in, text comes out, and an equal value is made of it again.

An object says under the key '' what it is. What may be made of a text is what the caller lists, and nothing else, so a
damaged or foreign text is an error and never runs anything.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, DecimalException
from enum import Enum
from typing import Any

from pyoxigraph import Literal, NamedNode

Maker = Callable[..., object]

_FAILURES = (ValueError, TypeError, KeyError, AttributeError, RecursionError, DecimalException)


def to_json(value: object) -> str:
    """Write a value made of dataclasses, named tuples, enumerations, terms, tuples and plain values.

    >>> to_json((Decimal("1.50"), None, "x"))
    '[{"": "Decimal", "value": "1.50"}, null, "x"]'
    """
    return json.dumps(_encoded(value), ensure_ascii=False)


def from_json(text: str, makers: Mapping[str, Maker]) -> object:
    """Read a value again; ValueError where the text is none that `to_json` wrote with these makers.

    >>> from_json(to_json((Decimal("1.50"), NamedNode("http://example.org/x"))), {})
    (Decimal('1.50'), <NamedNode value=http://example.org/x>)
    """
    known = {**_TERMS, **makers}
    try:
        return _tupled(json.loads(text, object_hook=lambda fields: _made(fields, known)))
    except _FAILURES as error:
        raise ValueError(f"this is no record: {error}") from error


def makers(classes: Iterable[type]) -> dict[str, Maker]:
    """Return the classes by their names, as `from_json` wants them."""
    return {one.__name__: one for one in classes}


def _encoded(value: object) -> object:
    if isinstance(value, Enum):
        return {"": type(value).__name__, "value": value.value}
    if is_dataclass(value):
        return {"": type(value).__name__, **{one.name: _encoded(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, tuple):
        return _named(value) if hasattr(value, "_fields") else [_encoded(one) for one in value]
    write = _WRITERS.get(type(value))
    return write(value) if write else value


def _named(value: Any) -> object:
    return {"": type(value).__name__, **{name: _encoded(one) for name, one in value._asdict().items()}}


def _made(fields: dict[str, Any], known: Mapping[str, Maker]) -> object:
    make = known[fields.pop("")]
    return make(**{name: _tupled(value) for name, value in fields.items()})


def _tupled(value: object) -> object:
    return tuple(_tupled(one) for one in value) if isinstance(value, list) else value


def _literal_fields(literal: Literal) -> object:
    datatype = None if literal.language else _encoded(literal.datatype)
    return {"": "Literal", "value": literal.value, "language": literal.language, "datatype": datatype}


_WRITERS: Mapping[type, Callable[[Any], object]] = {
    bytes: lambda value: {"": "bytes", "value": b64encode(value).decode()},
    Decimal: lambda value: {"": "Decimal", "value": str(value)},
    NamedNode: lambda value: {"": "NamedNode", "value": value.value},
    Literal: _literal_fields,
}
_TERMS: Mapping[str, Maker] = {
    "bytes": lambda value: b64decode(value, validate=True),
    "Decimal": Decimal,
    "Literal": Literal,
    "NamedNode": NamedNode,
}
