"""What machines ask a site first: the description of its data (VoID and DCAT), and whether it is well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Triple, serialize
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from shanxi_kg import __version__, turtle
from shanxi_kg.catalog import catalog_triples
from shanxi_kg.ontology import prefixes
from shanxi_kg.server.jobs import GRAPHS as SYNTAXES
from shanxi_kg.server.jobs import Job
from shanxi_kg.server.negotiation import GRAPHS, choose
from shanxi_kg.server.responses import accepted, answer_of


def description_routes() -> Sequence[BaseRoute]:
    """Return the route of the data's description, which is made of a graph folder."""
    return [Route("/.well-known/void", void)]


def state_routes() -> Sequence[BaseRoute]:
    """Return the route of the server's state."""
    return [Route("/health", health)]


def void(request: Request) -> Response:
    """Answer with the description of the dataset."""
    chosen, media_type = choose(accepted(request), list(GRAPHS.values()))
    triples = _catalog(request.app.state.graph)
    if chosen.name == "turtle":
        return Response(turtle.serialize(triples, prefixes()), headers={"Vary": "Accept"}, media_type=media_type)
    body = serialize(sorted(triples, key=str), format=SYNTAXES[chosen.name]) or b""
    return Response(body, headers={"Vary": "Accept"}, media_type=media_type)


@lru_cache(maxsize=1)
def _catalog(graph: Path) -> tuple[Triple, ...]:
    """Return the description of the graph, made once: what is served stays as it is."""
    return catalog_triples(graph)


async def health(request: Request) -> Response:
    """Say that the server is well: a query went the whole way. Otherwise the Problem says what is wrong."""
    answer = await answer_of(request, Job("query", "ASK {}", "json"))
    answer.file.close()
    return JSONResponse({"status": "ok", "version": __version__}, headers={"Cache-Control": "no-store"})
