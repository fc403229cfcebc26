"""The ASGI application: a graph folder and settings go in, the table of routes comes out.

The routes of the protocols and the API come first, then the static files, then the pages. Every request passes the
access log and the guard; every error is rendered in one place.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from shanxi_kg import __version__
from shanxi_kg.errors import ShanxiKGError
from shanxi_kg.folders import DOCUMENTS, settled
from shanxi_kg.pages.rendering import STATIC
from shanxi_kg.server.access_log import AccessLog
from shanxi_kg.server.api import add_api
from shanxi_kg.server.backend import Backend, Broker
from shanxi_kg.server.configuration import ServerSettings
from shanxi_kg.server.errors import render
from shanxi_kg.server.graphs import graph_routes
from shanxi_kg.server.guard import Guard
from shanxi_kg.server.pages import page_routes
from shanxi_kg.server.protocol import protocol_routes
from shanxi_kg.server.reference import not_found, reference_routes
from shanxi_kg.server.remote import Remote
from shanxi_kg.server.responses import ClientGone, gone
from shanxi_kg.server.wellknown import description_routes, state_routes
from shanxi_kg.store import Store, open_graph

if TYPE_CHECKING:
    from pyoxigraph import Store as Engine


LOGGER = logging.getLogger("shanxi_kg.server")


def create_app(graph: Path, settings: ServerSettings | None = None) -> FastAPI:
    """Make the application that serves a graph folder, and start its broker; GraphError where it is none."""
    chosen = settings or ServerSettings()
    backend, store = _opened(graph, chosen)
    app = FastAPI(
        title="Shanxi governance knowledge graph",
        summary="Stored queries over facts, each with the words that it stands on.",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_closing(backend),
        middleware=[Middleware(AccessLog), Middleware(Guard, settings=chosen)],
        exception_handlers={ClientGone: gone, **dict.fromkeys((ShanxiKGError, 405, Exception), render), 404: not_found},
    )
    app.state.settings, app.state.store, app.state.backend, app.state.graph = chosen, store, backend, graph
    add_api(app)
    app.router.routes.extend([*protocol_routes(), *graph_routes(), *state_routes(), *reference_routes()])
    app.router.routes.append(Mount("/static", StaticFiles(directory=STATIC)))
    if chosen.remote is None or (settled(graph) / DOCUMENTS).is_dir():
        app.router.routes.extend(_routes_of_folder(graph, store))
    return app


def _opened(graph: Path, settings: ServerSettings) -> tuple[Backend, Store]:
    """Open the graph: a folder, or what a remote server holds."""
    if settings.remote is None:
        backend = Broker(graph, settings.limits, settings.place)
        return backend, open_graph(graph, place=settings.place, notice=LOGGER.warning)
    remote = Remote(settings.remote, settings.limits)
    return remote, Store(cast("Engine", remote))


def _routes_of_folder(graph: Path, store: Store) -> Sequence[BaseRoute]:
    """Return the routes of what is made of a graph folder itself: its description and its pages."""
    return [*description_routes(), *page_routes(graph, store)]


def _closing(backend: Backend) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        backend.close()

    return lifespan
