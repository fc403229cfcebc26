"""The SPARQL 1.1 Protocol's query operation (section 2.1), all three ways; its update operation is refused.

A request goes in, the response to it comes out. Where the request names a dataset, that one is taken and the query's
own is not. Without a query, programs get the service description and browsers the workbench.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from shanxi_kg.server.description import description
from shanxi_kg.server.errors import Problem
from shanxi_kg.server.jobs import Job
from shanxi_kg.server.negotiation import GRAPHS, RESULTS, choose, prefers_html
from shanxi_kg.server.outline import is_graph_name, outline
from shanxi_kg.server.pages import workbench_page
from shanxi_kg.server.responses import accepted, answer_of, limits_of, whole

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
REFUSED = "updates are refused; the graph is written by `shanxi-kg build` alone"
_GRAPH_FORMS = {"CONSTRUCT", "DESCRIBE"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request of the query operation asks: a query, and the dataset where it names one."""

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None


def protocol_routes() -> Sequence[BaseRoute]:
    """Return the routes of the SPARQL endpoint."""
    return [Route(path, sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")]


async def sparql(request: Request) -> Response:
    """Answer a request to the endpoint."""
    address = _pairs(request.url.query)
    if request.method != "POST" and not {name for name, _ in address} & {"query", "update"}:
        if prefers_html(accepted(request)):
            return workbench_page(request)
        return await run_in_threadpool(description, request)
    asked = _from_pairs(address, address) if request.method != "POST" else await _posted(request, address)
    form = outline(asked.query, limits_of(request)).form
    known = GRAPHS if form in _GRAPH_FORMS else RESULTS
    chosen, media_type = choose(accepted(request), list(known.values()))
    base = str(request.url.replace(query="", fragment=""))
    job = Job("query", asked.query, chosen.name, asked.default_graphs, asked.named_graphs, base)
    return whole(await answer_of(request, job), media_type, {"Vary": "Accept"})


def _pairs(encoded: str) -> list[tuple[str, str]]:
    """Read `application/x-www-form-urlencoded` pairs; Problem where they are not UTF-8."""
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise Problem("malformed-request", f"not UTF-8: {error.reason}; encode the parameters as UTF-8") from error
    except ValueError as error:
        raise Problem("malformed-request", f"{error}; send at most 1000 parameters") from error


def _from_pairs(pairs: list[tuple[str, str]], dataset: list[tuple[str, str]]) -> Asked:
    if any(name == "update" for name, _ in pairs):
        raise Problem("update-refused", REFUSED)
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise Problem("malformed-request", f"there are {len(queries)} parameters `query`; send one")
    return Asked(queries[0], _graphs(dataset, "default-graph-uri"), _graphs(dataset, "named-graph-uri"))


def _graphs(pairs: list[tuple[str, str]], parameter: str) -> tuple[str, ...] | None:
    iris = tuple(value for name, value in pairs if name == parameter)
    for iri in iris:
        if not is_graph_name(iri):
            raise Problem("malformed-request", f"{parameter}={iri}: graph names begin with http, https or urn; mend it")
    return iris or None


async def _posted(request: Request, address: list[tuple[str, str]]) -> Asked:
    """Read a query that was posted, as a form or as it is."""
    media_type, charset = _media_type(request)
    if media_type == UPDATE:
        raise Problem("update-refused", REFUSED)
    if media_type not in {FORM, QUERY} or charset != "utf-8":
        wanted = f"send {FORM} or {QUERY}, in UTF-8"
        raise Problem("unsupported-media-type", f"Content-Type: {media_type or 'none'} ({charset}): {wanted}")
    try:
        text = (await _body(request)).decode()
    except UnicodeDecodeError as error:
        raise Problem("malformed-request", f"not UTF-8 at byte {error.start}; send the query as UTF-8") from error
    if media_type == QUERY:
        return _from_pairs([("query", text), *(pair for pair in address if pair[0] == "update")], address)
    pairs = _pairs(text)
    return _from_pairs(pairs, [*pairs, *address])


def _media_type(request: Request) -> tuple[str, str]:
    """Return the media type and the character set of a request's body, both in small letters."""
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    charsets = [
        value.strip().strip("\"'")
        for name, _, value in (parameter.partition("=") for parameter in parameters)
        if name.strip() == "charset"
    ]
    return media_type.strip(), {"utf8": "utf-8"}.get(charsets[0], charsets[0]) if charsets else "utf-8"


async def _body(request: Request) -> bytes:
    """Read the body; Problem where it is too large or takes too long to come."""
    limits = limits_of(request)
    received = bytearray()
    try:
        async with asyncio.timeout(limits.patience):
            async for part in request.stream():
                received += part
                if len(received) > limits.body:
                    raise Problem("request-too-large", f"the body is longer than {limits.body} bytes; shorten it")
    except TimeoutError as error:
        raise Problem(
            "too-slow-a-request", f"the body came in more than {limits.patience:g} s; send it again"
        ) from error
    return bytes(received)
