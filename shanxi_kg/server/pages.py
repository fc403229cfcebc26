"""Routes of the pages: an address and what a browser accepts go in, HTML, Turtle or JSON-LD come out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from shanxi_kg.store import Store


def page_routes(graph: Path, store: Store) -> Sequence[BaseRoute]:  # noqa: ARG001 (pages will need both)
    """Return the routes of all pages of a graph folder and its loaded store."""
    return ()


def workbench_page(request: Request) -> Response:  # noqa: ARG001 (the page will need it)
    """Return the page for writing queries, at the endpoint's own address."""
    return Response("<!doctype html><title>SPARQL</title><p>Send a query to this address.", media_type="text/html")
