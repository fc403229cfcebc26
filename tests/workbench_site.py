"""A server of the workbench alone, over a real store: what its tests need and no more."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

import pyoxigraph
import uvicorn
from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from shanxi_kg import queries
from shanxi_kg.pages.addresses import Address
from shanxi_kg.pages.rendering import STATIC
from shanxi_kg.pages.workbench import InBrowser, Served, workbench_files, workbench_page
from shanxi_kg.solutions import Solutions, to_json
from shanxi_kg.store import Store

Open = Callable[..., Page]
"""A path of the site goes in, a width and options of the browser's context with it; the page comes out."""

JSON, HTML = "application/json", "text/html"
VIEW_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{view}</title>
<link rel="icon" href="/static/icon.svg"><link rel="stylesheet" href="/static/site.css">
<link rel="stylesheet" href="/static/views-style.css"><script type="module" src="/static/views.js"></script></head>
<body><main class="frame"><h1>{view}</h1>
<div data-view="{view}" data-results="/results/{name}.json"></div></main></body>
</html>"""


def application(store: Store) -> Starlette:
    """Return the pages, their files and an endpoint."""
    stored = queries.stored_queries()
    pages = {
        "/sparql": workbench_page(Address("sparql"), Served()),
        "/zh/sparql": workbench_page(Address("sparql", "zh"), Served()),
        "/local.html": workbench_page(Address("local.html"), InBrowser("graph.nq")),
        **{f"/{q.name}.html": VIEW_PAGE.format(view=q.view, name=q.name, language="en") for q in stored},
    }
    files = {f"/{path}": content for path, content in workbench_files(store, stored).items()}
    files["/graph.nq"] = store.engine.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    return Starlette(
        routes=[
            Route("/sparql", _protocol(store), methods=["POST"]),
            Route("/results/{name}.json", _results(store)),
            *(Route(path, _fixed(content.encode(), HTML)) for path, content in pages.items()),
            *(Route(path, _fixed(content, JSON)) for path, content in files.items()),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
    )


Handler = Callable[[Request], Coroutine[None, None, Response]]


def _fixed(content: bytes, media_type: str) -> Handler:
    async def answer(_: Request) -> Response:
        return Response(content, media_type=media_type)

    return answer


def _protocol(store: Store) -> Handler:
    async def answer(request: Request) -> Response:
        (text,) = parse_qs((await request.body()).decode())["query"]
        try:
            results = store.engine.query(text)
        except SyntaxError as error:
            return Response(str(error), 400)
        if isinstance(results, pyoxigraph.QueryTriples):
            return Response(
                results.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES), media_type="application/n-triples"
            )
        content = results.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        return Response(content, media_type="application/sparql-results+json")

    return answer


def _results(store: Store) -> Handler:
    async def answer(request: Request) -> Response:
        answer = queries.run(store, queries.stored_query(request.path_params["name"]))
        assert isinstance(answer, Solutions)
        return Response(to_json(answer), media_type="application/sparql-results+json")

    return answer


@contextmanager
def serving(store: Store) -> Iterator[str]:
    """Serve on a free port of the loopback interface, and give the server's URL."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application(store), log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
