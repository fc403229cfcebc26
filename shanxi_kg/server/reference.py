"""The reference of the interfaces as a page, made of the stored queries and the tables that the server works by."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from shanxi_kg.pages.addresses import LANGUAGES, Address
from shanxi_kg.pages.missing import missing_page
from shanxi_kg.pages.rendering import render
from shanxi_kg.queries import TYPES, stored_queries
from shanxi_kg.server.api import FORMATS
from shanxi_kg.server.errors import KINDS, Problem
from shanxi_kg.server.errors import render as render_problem
from shanxi_kg.server.negotiation import prefers_html
from shanxi_kg.server.responses import accepted

_PROGRAMS = ("/api/", "/sparql", "/rdf-graphs/", "/static/", "/.well-known/")


def reference_routes() -> Sequence[BaseRoute]:
    """Return the routes of the reference, one a language, and of the problems, which it explains."""
    pages = [Route(f"/{Address('api', language).file}", reference) for language in LANGUAGES]
    return [*pages, Route("/problem/{kind}", problem)]


def problem(request: Request) -> Response:
    """Lead from a kind of problem to where it is explained."""
    kind = request.path_params["kind"]
    if kind not in KINDS:
        raise Problem("not-found", f"{kind}: no such problem; /api lists them")
    return RedirectResponse(f"/api#{kind}", 303)


def reference(request: Request) -> Response:
    """Answer with the reference in the language of the address."""
    page = render(
        "api.html",
        _address(request),
        queries=stored_queries(),
        types={name: expected for name, (expected, _) in TYPES.items()},
        forms=FORMATS.values(),
        problems=KINDS,
    )
    return HTMLResponse(page)


async def not_found(request: Request, error: Exception) -> Response:
    """Say that there is nothing at an address: to people by a page, to programs as a problem."""
    if prefers_html(accepted(request)) and not request.url.path.startswith(_PROGRAMS):
        return HTMLResponse(missing_page(_address(request)), 404)
    return await render_problem(request, error)


def _address(request: Request) -> Address:
    path = request.url.path.removeprefix("/")
    chinese = path.startswith(f"{LANGUAGES[1]}/")
    return Address(path.removeprefix(f"{LANGUAGES[1]}/"), LANGUAGES[chinese])
