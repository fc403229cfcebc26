"""The OpenAPI 3.1 operation of a stored query: its parameters with their types, its forms, and its problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from shanxi_kg.queries import TYPES, Parameter, StoredQuery
from shanxi_kg.server.errors import MEDIA_TYPE, schema
from shanxi_kg.server.negotiation import Format

_PERIOD = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "date": {"type": "string", "format": "date"},
    "decimal": {"type": "number"},
    "integer": {"type": "integer"},
    "iri": {"type": "string", "format": "iri"},
    "period": {"type": "string", "pattern": f"^{_PERIOD}(/{_PERIOD})?$"},
    "place": {"type": "string"},
    "string": {"type": "string"},
}
_PAGING = (
    ("limit", "How many rows at most; without it, all."),
    ("offset", "How many rows to pass over first."),
)
_PROBLEMS = {
    "400": "A parameter is unknown, missing, or its value is not of its type.",
    "404": "There is no such form.",
    "406": "None of the accepted media types can be served.",
    "421": "The server does not answer to this host name.",
    "422": "The query was stopped by a limit.",
    "429": "This client has too many queries waiting.",
    "503": "Too many queries are waiting.",
}


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description of an application's API, which is made once."""
    if app.openapi_schema is None:
        app.openapi_schema = get_openapi(
            title=app.title, summary=app.summary, version=app.version, openapi_version="3.1.0", routes=app.routes
        )
        responses = {
            name: {"description": said, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
            for name, said in _PROBLEMS.items()
        }
        app.openapi_schema["components"] = {"schemas": {"Problem": schema(), "Rows": _ROWS}, "responses": responses}
    return app.openapi_schema


def operation(query: StoredQuery, forms: Mapping[str, Format]) -> dict[str, Any]:
    """Return what the description says of a query; the first parameter is the ending of the address."""
    ending = {"name": "ending", "in": "path", "required": True, "schema": {"type": "string", "enum": list(forms)}}
    paging = [
        {
            "name": name,
            "in": "query",
            "description": said,
            "schema": {"type": "integer", "minimum": 0, "maximum": 10**6},
        }
        for name, said in _PAGING
    ]
    content = {form.media_type: {"schema": _answer(form)} for form in forms.values()}
    return {
        "parameters": [ending, *(_parameter(parameter) for parameter in query.parameters), *paging],
        "responses": {
            "200": {"description": "The rows.", "content": content, "headers": _HEADERS},
            **{status: {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS},
        },
    }


_NUMBER = {"type": "integer", "minimum": 0}
_ROWS = {
    "type": "object",
    "required": ["query", "total", "limit", "offset", "columns", "rows"],
    "properties": {
        "query": {"type": "string"},
        "total": _NUMBER,
        "limit": {"type": ["integer", "null"]},
        "offset": _NUMBER,
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {"type": "array", "items": {"type": "object"}},
    },
}
_HEADERS = {
    "Link": {"description": "The first, previous, next and last page (RFC 8288).", "schema": {"type": "string"}},
    "X-Total-Count": {"description": "How many rows there are in all.", "schema": {"type": "integer"}},
}


def _answer(form: Format) -> dict[str, Any]:
    if form.name == "rows":
        return {"$ref": "#/components/schemas/Rows"}
    return {"type": "string"} if form.name != "json" else {"type": "object", "required": ["head", "results"]}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMAS[parameter.type])
    if parameter.default is not None:
        schema["default"] = parameter.default
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.description} ({TYPES[parameter.type][0]})".strip(),
        "schema": schema,
    }
