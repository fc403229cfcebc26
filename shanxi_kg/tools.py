"""The stored queries as tools that a program calls by name with JSON arguments, and facts and documents as resources.

Arguments go in, values that JSON can hold come out: the rows of an answer, a page at a time, and beside them the
evidence of each fact on the page, so that whoever asks can cite. No protocol is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from shanxi_kg import queries
from shanxi_kg.errors import GraphError, ParameterError
from shanxi_kg.folders import SOURCES, settled
from shanxi_kg.namespaces import ID
from shanxi_kg.paging import page
from shanxi_kg.queries import Parameter, StoredQuery
from shanxi_kg.solutions import Value
from shanxi_kg.store import Store

Json = dict[str, Any]

PAGE, LONGEST_PAGE = 50, 500
FACT, DOCUMENT = ID + "fact/", ID + "document/"

SCHEMAS: Mapping[str, Json] = {
    "date": {"type": "string", "format": "date"},
    "decimal": {"type": "number"},
    "integer": {"type": "integer"},
    "iri": {"type": "string", "format": "uri"},
    "period": {"type": "string"},
    "place": {"type": "string"},
    "string": {"type": "string"},
}
"""The JSON Schema of each type of parameter."""

PAGING: Mapping[str, Json] = {
    "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": LONGEST_PAGE,
        "default": PAGE,
        "description": "How many rows to return.",
    },
    "offset": {"type": "integer", "minimum": 0, "default": 0, "description": "How many rows to pass over before."},
}
ANSWER_SCHEMA: Json = {
    "type": "object",
    "properties": {
        "query": {"type": "string"},
        "total": {
            "type": ["integer", "null"],
            "description": "How many rows the whole answer has; null where more rows come after these.",
        },
        "offset": {"type": "integer"},
        "rows": {"type": "array", "items": {"type": "object"}, "description": "A value that is unbound is left out."},
        "evidence": {
            "type": "array",
            "items": {"type": "object", "required": ["fact", "quote", "document"]},
            "description": "For each fact of the rows, the words of the document that it stands on.",
        },
    },
    "required": ["query", "total", "offset", "rows", "evidence"],
}
"""The JSON Schema of every answer."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A stored query as a tool: its name, what it answers, and the JSON Schema of its arguments."""

    name: str
    title: str
    description: str
    input_schema: Json


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to read: its IRI, its media type and its text."""

    iri: str
    media_type: str
    text: str


def tools() -> tuple[Tool, ...]:
    """Return a tool for each stored query, sorted by name.

    >>> next(tool for tool in tools() if tool.name == "partners").input_schema["properties"]["area"]["type"]
    'string'
    """
    return tuple(
        Tool(query.name, query.summary, f"{query.summary}. {query.description}", _input_schema(query))
        for query in queries.stored_queries()
    )


def _input_schema(query: StoredQuery) -> Json:
    schema: Json = {
        "type": "object",
        "properties": {**{each.name: _schema(each) for each in query.parameters}, **PAGING},
        "additionalProperties": False,
    }
    required = [each.name for each in query.parameters if each.required]
    return {**schema, "required": required} if required else schema


def _schema(parameter: Parameter) -> Json:
    expected, _ = queries.TYPES[parameter.type]
    described = {**SCHEMAS[parameter.type], "description": f"{parameter.description} Expected is {expected}."}
    return described if parameter.default is None else {**described, "default": parameter.default}


def call(store: Store, name: str, arguments: Mapping[str, Any]) -> Json:
    """Answer a stored query: a page of its rows, and the evidence of the facts on it.

    Raises UsageError where there is no such query, ParameterError where an argument is not what it expects.
    """
    query = queries.stored_query(name)
    given = {key: _text(query, key, value) for key, value in arguments.items() if value is not None}
    limit = _whole(query, "limit", given.pop("limit", str(PAGE)), 1, LONGEST_PAGE)
    offset = _whole(query, "offset", given.pop("offset", "0"), 0)
    answer = page(store, query, given, limit, offset)
    rows = [_bound(row) for row in answer.solutions.values()]
    facts = dict.fromkeys(str(row["fact"]) for row in rows if "fact" in row)
    return {
        "query": name,
        "total": answer.total,
        "offset": offset,
        "rows": rows,
        "evidence": [found for fact in facts if (found := evidence(store, fact))],
    }


def evidence(store: Store, fact: str) -> Json | None:
    """Return what a fact stands on: its words, where they stand, how sure the reading is; None where it is unknown."""
    rows = [_bound(row) for row in _rows(store, "evidence", fact=fact)]
    if not rows:
        return None
    keys = {"kind": "kind", "evidence": "quote", "document": "document", "documentTitle": "title", "issued": "issued"}
    first = {new: rows[0][old] for old, new in keys.items() if old in rows[0]}
    judgements = [{key: row[key] for key in ("field", "rule", "reading") if key in row} for row in rows]
    place = {key: rows[0][key] for key in ("start", "end", "certainty")}
    return {"fact": fact, **first, **place, "judgements": [each for each in judgements if each]}


def resources(store: Store) -> Iterator[tuple[str, str]]:
    """Yield the IRI and the title of each document, in order."""
    for row in _rows(store, "documents"):
        yield str(row["document"]), str(row["title"] or row["document"])


def read(store: Store, folder: Path, iri: str) -> Resource:
    """Return the text of a document, or the evidence of a fact as JSON; GraphError where there is none."""
    if iri.startswith(DOCUMENT):
        return Resource(iri, "text/plain", _document_text(store, folder, iri))
    found = evidence(store, iri) if iri.startswith(FACT) else None
    if found is None:
        raise GraphError(f"{iri}: is neither a fact nor a document of this graph; take an IRI from an answer")
    return Resource(iri, "application/json", to_json(found))


def to_json(value: Json) -> str:
    """Write a value as JSON."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=1)


def _document_text(store: Store, folder: Path, iri: str) -> str:
    names = [str(row["textFile"]) for row in _rows(store, "documents") if row["document"] == iri]
    top = settled(folder).resolve()
    for path in ((top / name).resolve() for name in names):
        if path.is_relative_to(top / SOURCES) and path.is_file():
            return path.read_bytes().decode("utf-8", "replace")
    raise GraphError(f"{iri}: no text of such a document in {folder}; the query documents lists those that there are")


def _rows(store: Store, name: str, **given: str) -> list[dict[str, Value]]:
    query = queries.stored_query(name)
    return store.select(queries.bind(store, query, given), name).values()


def _bound(row: Mapping[str, Value]) -> Json:
    return {key: _json(value) for key, value in row.items() if value is not None}


def _json(value: Value) -> object:
    """Return a value as JSON has it: a decimal as a number, a date as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, str | int | float | bool) else str(value)


def _text(query: StoredQuery, name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ParameterError(query.name, name, f"{value!r} is neither a text nor a number; give one")
    return str(value)


def _whole(query: StoredQuery, name: str, value: str, least: int, most: int | None = None) -> int:
    if value.isascii() and value.isdigit() and least <= int(value) <= (most or int(value)):
        return int(value)
    up_to = f" and {most} at most" if most else ""
    raise ParameterError(query.name, name, f"{value!r} is no whole number of {least} at least{up_to}; give one")
