"""The OpenAPI 3.1 description: an operation a stored query with its typed parameters, the protocols, the problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from shanxi_kg.queries import TYPES, Parameter, StoredQuery
from shanxi_kg.server.errors import MEDIA_TYPE, schema
from shanxi_kg.server.negotiation import GRAPHS, RESULTS, Format

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
    ("limit", "How many rows at most; without it, all. The rows after them are not counted; 0 counts all."),
    ("offset", "How many rows to pass over first."),
)
_PROBLEMS = {
    "400": "A parameter is unknown, missing, or its value is not of its type.",
    "403": "It is an update, or would ask another server, or comes from a page that may not ask.",
    "404": "There is nothing of that name.",
    "406": "None of the accepted media types can be served.",
    "413": "The request is too large.",
    "415": "The media type of the request is not supported.",
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
        app.openapi_schema["paths"] |= _protocols()
        app.openapi_schema["components"] = {"schemas": {"Problem": schema(), "Rows": _ROWS}, "responses": responses}
    return app.openapi_schema


def _protocols() -> dict[str, Any]:
    """Describe the addresses whose requests are those of the W3C's protocols."""
    graphs = {media_type: _TEXT for form in GRAPHS.values() for media_type in form.media_types}
    answers = graphs | {media_type: _TEXT for form in RESULTS.values() for media_type in form.media_types}
    dataset = [_in_query(name, "A graph of the dataset.") for name in ("default-graph-uri", "named-graph-uri")]
    query = _in_query("query", "A SPARQL 1.1 query; without one comes the description of the service.")
    form = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
    posted = {"application/x-www-form-urlencoded": {"schema": form}, "application/sparql-query": _TEXT}
    read = "Read a graph (SPARQL 1.1 Graph Store HTTP Protocol)"
    graph = [_in_query("graph", "The IRI of a named graph."), _in_query("default", "Or: the default graph.")]
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "/sparql": {
            "get": _operation("query", "Query (SPARQL 1.1 Protocol)", answers | _PAGE, [query, *dataset]),
            "post": _operation("query-by-post", "Query (SPARQL 1.1 Protocol)", answers, dataset)
            | {"requestBody": {"required": True, "content": posted}},
        },
        "/rdf-graphs/service": {"get": _operation("graph", read, graphs, graph)},
        "/rdf-graphs/document/{name}": {"get": _operation("graph-of-a-document", read, graphs, [name])},
        "/health": {"get": _operation("health", "Say whether the server is well", {"application/json": {}}, [])},
    }


def _operation(name: str, summary: str, content: Mapping[str, Any], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": {"description": "The answer.", "content": dict(content)}, **_references()},
    }


def _in_query(name: str, said: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": said, "schema": {"type": "string"}}


def _references() -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS}


def operation(query: StoredQuery, forms: Mapping[str, Format]) -> dict[str, Any]:
    """Return what the description says of a query; the first parameter is the ending of the address."""
    ending = {"name": "ending", "in": "path", "required": True, "schema": {"type": "string", "enum": list(forms)}}
    number = {"type": "integer", "minimum": 0, "maximum": 10**6}
    paging = [_in_query(name, said) | {"schema": number} for name, said in _PAGING]
    content = {form.media_type: {"schema": _answer(form)} for form in forms.values()}
    return {
        "parameters": [ending, *(_parameter(parameter) for parameter in query.parameters), *paging],
        "responses": {
            "200": {"description": "The rows.", "content": content, "headers": _HEADERS},
            **_references(),
        },
    }


_TEXT = {"schema": {"type": "string"}}
_PAGE = {"text/html": _TEXT}
_NUMBER = {"type": "integer", "minimum": 0}
_ROWS = {
    "type": "object",
    "required": ["query", "total", "limit", "offset", "columns", "rows"],
    "properties": {
        "query": {"type": "string"},
        "total": {"type": ["integer", "null"], "minimum": 0},
        "limit": {"type": ["integer", "null"]},
        "offset": _NUMBER,
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {"type": "array", "items": {"type": "object"}},
    },
}
_HEADERS = {
    "Link": {"description": "The first, previous, next and last page (RFC 8288).", "schema": {"type": "string"}},
    "X-Total-Count": {
        "description": "How many rows there are in all, where they were counted.",
        "schema": {"type": "integer"},
    },
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
