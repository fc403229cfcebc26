"""`shanxi-kg store`: a graph folder on disk as the engine reads it, so that commands open it in an instant."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from shanxi_kg.cli.options import graph_option


@click.command()
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Where to put it. Default: beside the folder.")
@graph_option
def store(graph: Path, output: Path | None) -> None:
    """Load the graph folder into a store on disk, once, so that commands open it in an instant.

    The store of graph is graph.store beside it: query, show, serve and mcp then find it, and build renews it. One that
    is put elsewhere is named by --store. It is no part of the graph, and may be deleted.
    """
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.diskstore import beside
    from shanxi_kg.store import write_disk_store

    place = output or beside(graph)
    state = write_disk_store(graph, place=place)
    note(f"{place}: holds {state.quads} quads of {graph}")
    write(f"{place}\n")
