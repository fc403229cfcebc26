"""The ASGI application: a graph folder and settings go in, the table of routes comes out.

The routes of the protocols and the API come first, then the static files, then the pages.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from shanxi_kg import __version__
from shanxi_kg.pages.rendering import STATIC
from shanxi_kg.server.configuration import ServerSettings
from shanxi_kg.server.pages import page_routes
from shanxi_kg.store import open_graph


def create_app(graph: Path, settings: ServerSettings | None = None) -> FastAPI:
    """Make the application that serves a graph folder; GraphError where it is none."""
    store = open_graph(graph)
    app = FastAPI(
        title="shanxi-kg", version=__version__, openapi_url="/api/openapi.json", docs_url=None, redoc_url=None
    )
    app.state.settings = settings or ServerSettings()
    app.router.routes.extend([Mount("/static", StaticFiles(directory=STATIC)), *page_routes(graph, store)])
    return app
