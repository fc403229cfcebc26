"""The SPARQL 1.1 Graph Store HTTP Protocol for reading: one graph of the dataset in any RDF syntax.

`/rdf-graphs/service?graph=IRI` and `?default` name it indirectly (section 4.2); below `/rdf-graphs/` stands each graph
of the project's own namespace by what follows `…/id/` in its IRI, as `/rdf-graphs/document/001`. Writing is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from shanxi_kg.pages.addresses import DOCUMENTS, resource_iri
from shanxi_kg.server.errors import Problem
from shanxi_kg.server.jobs import Job
from shanxi_kg.server.negotiation import GRAPHS, choose
from shanxi_kg.server.outline import is_graph_name
from shanxi_kg.server.responses import accepted, answer_of, whole

_METHODS = ["GET", "PUT", "POST", "DELETE", "PATCH"]


def graph_routes() -> Sequence[BaseRoute]:
    """Return the routes of the graph store."""
    return [
        Route("/rdf-graphs/service", indirect, methods=_METHODS),
        Route("/rdf-graphs/{path:path}", direct, methods=_METHODS),
    ]


async def indirect(request: Request) -> Response:
    """Answer with the graph that the address names in its query string."""
    given, default = request.query_params.getlist("graph"), "default" in request.query_params
    if len(given) + default != 1:
        raise Problem("malformed-request", "name one graph: ?graph=IRI or ?default")
    if given and not is_graph_name(given[0]):
        raise Problem("malformed-request", f"graph={given[0]}: graph names begin with http, https or urn; mend it")
    return await _graph(request, "" if default else given[0])


async def direct(request: Request) -> Response:
    """Answer with the graph that the address itself names."""
    return await _graph(request, resource_iri(DOCUMENTS + request.path_params["path"]))


async def _graph(request: Request, name: str) -> Response:
    if request.method not in {"GET", "HEAD"}:
        raise Problem("update-refused", "graphs are only read here; they are written by `shanxi-kg build` alone")
    chosen, media_type = choose(accepted(request), list(GRAPHS.values()))
    return whole(await answer_of(request, Job("graph", name, chosen.name)), media_type, {"Vary": "Accept"})
