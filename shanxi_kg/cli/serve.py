"""`shanxi-kg serve`: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.cli.options import graph_option, on_disk
from shanxi_kg.errors import UsageError

if TYPE_CHECKING:
    from shanxi_kg.server.configuration import ServerSettings

MIB = 1024 * 1024


@click.command()
@graph_option
@click.option(
    "--store", metavar="URL|PATH", help="A SPARQL server that holds the graph, by its URL, or a store on disk."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="Answer to this host name, too ('*': all).")
@click.option("--allow-origin", "origins", multiple=True, metavar="ORIGIN", help="Let its pages ask, too ('*': all).")
@click.option("--seconds", type=click.FloatRange(0.1), default=10, show_default=True, help="Longest time of a query.")
@click.option("--memory", type=click.IntRange(16), default=512, show_default=True, help="Most memory of a query, MiB.")
@click.option("--result", type=click.IntRange(1), default=64, show_default=True, help="Largest result, MiB.")
@click.option("--at-once", type=click.IntRange(1), default=8, show_default=True, help="Most queries at once.")
@click.option("--patience", type=click.FloatRange(0.1), default=10, show_default=True, help="Longest time of sending.")
def serve(
    graph: Path,
    store: str | None,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    seconds: float,
    memory: int,
    result: int,
    at_once: int,
    patience: float,
) -> int:
    """Serve the graph: pages, a SPARQL endpoint at /sparql, stored queries at /api/queries. It only reads.

    By default only this machine can reach it. A line of JSON on standard error says when it listens, and where; then
    comes one a request.
    """
    _require_web()
    from shanxi_kg.server.configuration import Limits, ServerSettings

    limits = Limits(
        seconds=seconds,
        memory=memory * MIB,
        result=result * MIB,
        at_once=at_once,
        per_client=max(1, at_once // 2),
        patience=patience,
    )
    defaults = ServerSettings()
    place = on_disk(store or "")
    names = (*defaults.hosts, host, *hosts)
    return _served(graph, host, port, ServerSettings(limits, names, origins, None if place else store, place))


def _served(graph: Path, host: str, port: int, settings: ServerSettings) -> int:
    from shanxi_kg.server.access_log import write
    from shanxi_kg.server.app import create_app
    from shanxi_kg.server.running import listen, run

    _log_to_standard_error()
    with listen(host, port) as listening:
        bound = listening.getsockname()[1]
        name = f"[{host}]" if ":" in host else host
        app = create_app(graph, settings)
        return run(app, listening, settings.limits, lambda: write("listening", url=f"http://{name}:{bound}/"))


def _require_web() -> None:
    from importlib.util import find_spec

    if missing := [name for name in ("fastapi", "uvicorn", "xlsxwriter") if find_spec(name) is None]:
        raise UsageError(f"serve: needs {', '.join(missing)}; install the extra with `pip install 'shanxi-kg[web]'`")


def _log_to_standard_error() -> None:
    import logging

    from shanxi_kg.server.access_log import Lines

    lines = logging.StreamHandler()
    lines.setFormatter(Lines())
    for name in ("shanxi_kg.access", "shanxi_kg.server", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.addHandler(lines)
        logger.propagate = False
    logging.getLogger("shanxi_kg.access").setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
