"""Stored queries as an API: a name and its parameters go in, rows come out, in the form that is wanted.

The form is named by the address's ending, else by the Accept header; without `limit` all rows come. A page is found
without the rows after it, which then are not counted; `limit=0` counts them. Every query has an operation of its own in
the OpenAPI description, with its parameters and their types.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from urllib.parse import urlencode

from fastapi import FastAPI
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shanxi_kg.paging import narrower
from shanxi_kg.queries import StoredQuery, bind, stored_queries, stored_query
from shanxi_kg.server.backend import Answer
from shanxi_kg.server.errors import Problem
from shanxi_kg.server.jobs import Job
from shanxi_kg.server.negotiation import Format, choose
from shanxi_kg.server.openapi import describe, operation
from shanxi_kg.server.responses import accepted, answer_of, whole
from shanxi_kg.server.rows import to_xlsx
from shanxi_kg.solutions import Solutions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, Format] = {
    form.ending: form
    for form in (
        Format("rows", "json", ("application/json",)),
        Format("json", "srj", ("application/sparql-results+json",)),
        Format("csv", "csv", ("text/csv",)),
        Format("tsv", "tsv", ("text/tab-separated-values",)),
        Format("xml", "xml", ("application/sparql-results+xml", "application/xml", "text/xml")),
        Format("xlsx", "xlsx", (XLSX,)),
    )
}
"""The forms of rows by the ending of an address."""

_PAGING = ("limit", "offset")
_LARGEST = 1_000_000


def add_api(app: FastAPI) -> None:
    """Add the routes of the API to an application."""
    queries = stored_queries()
    listed = [_described(query) for query in queries]

    async def list_queries() -> JSONResponse:
        """List the stored queries: what each answers, its parameters, and the columns that read well."""
        return JSONResponse(listed)

    app.add_api_route("/api/queries", list_queries, response_class=JSONResponse, operation_id="list-queries")
    for query in queries:
        extra = operation(query, FORMATS)
        endpoint = _endpoint(query)
        for path in (f"/api/queries/{query.name}", f"/api/queries/{query.name}.{{ending}}"):
            app.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False)
            app.add_api_route(
                path,
                endpoint,
                response_class=Response,
                summary=query.summary,
                description=query.description or query.summary,
                tags=list(query.tags),
                operation_id=query.name + ("-in-a-form" if path.endswith("}") else ""),
                openapi_extra=extra | {"parameters": extra["parameters"][0 if path.endswith("}") else 1 :]},
            )
    app.add_api_route("/api/queries/{name}", _unknown, include_in_schema=False)
    app.openapi = partial(describe, app)  # type: ignore[method-assign] # the framework's own way


def _described(query: StoredQuery) -> dict[str, object]:
    parameters = [
        {
            "name": parameter.name,
            "type": parameter.type,
            "description": parameter.description,
            "default": parameter.default,
            "required": parameter.required,
        }
        for parameter in query.parameters
    ]
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": parameters,
        "columns": list(query.columns),
        "view": query.view,
        "url": f"/api/queries/{query.name}",
    }


async def _unknown(request: Request) -> Response:
    stored_query(request.path_params["name"].partition(".")[0])
    raise Problem("not-found", f"{request.url.path}: no such form; the endings are {', '.join(FORMATS)}")


def _endpoint(query: StoredQuery) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        chosen, media_type = _form(request)
        given, limit, offset = _given(request)
        text = await run_in_threadpool(bind, request.app.state.store, query, given)
        written = "json" if chosen.name == "xlsx" else chosen.name
        first = tuple(narrower(query, text, offset + limit + 1)) if limit else ()
        answer = await answer_of(request, Job("page", text, written, offset=offset, limit=limit, first=first))
        counted = {} if answer.total is None else {"X-Total-Count": str(answer.total)}
        headers = {"Vary": "Accept", **counted, **_links(request, answer, limit, offset)}
        return await _WRITTEN.get(chosen.name, _as_it_is)(query, answer, media_type, headers, (limit, offset))

    return endpoint


def _form(request: Request) -> tuple[Format, str]:
    ending = request.path_params.get("ending")
    if ending is None:
        return choose(accepted(request), list(FORMATS.values()))
    if ending not in FORMATS:
        raise Problem("not-found", f"{request.url.path}: no such form; the endings are {', '.join(FORMATS)}")
    return FORMATS[ending], FORMATS[ending].media_type


def _given(request: Request) -> tuple[dict[str, str], int | None, int]:
    """Return the parameters of the query, the limit where there is one, and the offset."""
    given = request.query_params.multi_items()
    names = [name for name, _ in given]
    for name in names:
        if names.count(name) > 1:
            raise Problem("invalid-parameter", f"{name} is given more than once; give it once", name)
    values = {name: value for name, value in given if name not in _PAGING}
    limit = _number(request, "limit")
    return values, limit, _number(request, "offset") or 0


def _number(request: Request, name: str) -> int | None:
    written = request.query_params.get(name)
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= 7 and int(written) <= _LARGEST):
        raise Problem("invalid-parameter", f"{name}={written}: expected is a number from 0 to {_LARGEST}", name)
    return int(written)


def _links(request: Request, answer: Answer, limit: int | None, offset: int) -> dict[str, str]:
    """Return the Link header (RFC 8288) of a page: the first, previous and next one, the last where it is known."""
    if not limit:
        return {}
    offsets = {"first": 0, "prev": max(offset - limit, 0), "next": offset + limit}
    if offset == 0:
        del offsets["prev"]
    if answer.total is not None:
        offsets["last"] = (max(answer.total - 1, 0) // limit) * limit
        if offset + limit >= answer.total:
            del offsets["next"]
    return {"Link": ", ".join(f'<{_address(request, start)}>; rel="{name}"' for name, start in offsets.items())}


def _address(request: Request, offset: int) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    return f"{request.url.path}?{urlencode([*kept, ('offset', offset)])}"


async def _as_it_is(
    query: StoredQuery, answer: Answer, media_type: str, headers: dict[str, str], _: tuple[int | None, int]
) -> Response:
    disposition = {"Content-Disposition": f'inline; filename="{query.name}"'}
    return whole(answer, media_type, headers | disposition)


async def _rows(
    query: StoredQuery, answer: Answer, media_type: str, headers: dict[str, str], page: tuple[int | None, int]
) -> Response:
    """Put the query's name and the page before the columns and rows that the child wrote."""
    about = {"query": query.name, "total": answer.total, "limit": page[0], "offset": page[1]}
    with answer.file as file:
        body = json.dumps(about).encode()[:-1] + b", " + file.read()[1:]
    return Response(body, headers=headers, media_type=media_type)


async def _workbook(
    query: StoredQuery, answer: Answer, media_type: str, headers: dict[str, str], _: tuple[int | None, int]
) -> Response:
    body = await run_in_threadpool(_read_workbook, query.name, answer)
    headers["Content-Disposition"] = f'attachment; filename="{query.name}.xlsx"'
    return Response(body, headers=headers, media_type=media_type)


def _read_workbook(name: str, answer: Answer) -> bytes:
    with answer.file as file:
        results = parse_query_results(file.read(), format=QueryResultsFormat.JSON)
        if not isinstance(results, QuerySolutions):
            raise Problem("not-acceptable", "only rows fit into a workbook; accept another media type")
        variables = tuple(variable.value for variable in results.variables)
        return to_xlsx(name, Solutions(variables, tuple(tuple(row) for row in results)))


_WRITTEN = {"rows": _rows, "xlsx": _workbook}
