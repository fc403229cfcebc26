"""Options that several commands share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.errors import UsageError
from shanxi_kg.settings import Endpoint, Settings

if TYPE_CHECKING:
    from shanxi_kg.store import Store


def graph_folder(context: click.Context, _: click.Parameter, given: Path | None) -> Path:
    """Return the folder that was given, else the one of the settings."""
    settings = context.find_object(Settings) or Settings()
    return given or settings.graph


def cache_folder(context: click.Context, _: click.Parameter, given: Path | None) -> Path | None:
    """Return the cache folder that was given, else the one of the settings."""
    settings = context.find_object(Settings) or Settings()
    return given or settings.cache


def endpoint(context: click.Context, _: click.Parameter, given: str | None) -> Endpoint:
    """Return the server that was named, else the one of the settings, with the URL '' where there is none."""
    settings = context.find_object(Settings) or Settings()
    return replace(settings.store, url=given) if given else settings.store


def on_disk(url: str) -> Path | None:
    """Return the place of a store on disk where that was named, and no server's URL.

    >>> on_disk("graph.store"), on_disk("http://127.0.0.1:7878/query"), on_disk("")
    (PosixPath('graph.store'), None, None)
    """
    return Path(url) if url and "://" not in url else None


def opened(graph: Path, store: Endpoint) -> Store:
    """Return what is to be asked: the server where there is one, else the graph folder."""
    place = on_disk(store.url)
    if store.url and not place:
        from shanxi_kg.remote import open_store

        return open_store(store)
    from shanxi_kg.cli.output import note
    from shanxi_kg.store import open_graph

    return open_graph(graph, place=place, notice=note)


store_option = click.option(
    "--store",
    callback=endpoint,
    metavar="URL",
    help="A SPARQL 1.1 server in place of the folder, by its URL for queries. Default: $SHANXI_KG_STORE.",
)
query_option = click.option(
    "--store",
    callback=endpoint,
    metavar="URL|PATH",
    help="A SPARQL 1.1 server, by its URL for queries, or a store on disk of the folder. Default: $SHANXI_KG_STORE.",
)
graph_option = click.option(
    "--graph",
    "-g",
    type=click.Path(path_type=Path),
    callback=graph_folder,
    help="The graph folder. Default: $SHANXI_KG_GRAPH, else ./graph.",
)


def pair(given: str) -> tuple[str, str]:
    """Split KEY=VALUE; UsageError where it is written otherwise."""
    key, equals, value = given.partition("=")
    if not equals:
        raise UsageError(f"--param {given}: write it as KEY=VALUE")
    return key.strip(), value
