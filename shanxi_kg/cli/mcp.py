"""`shanxi-kg mcp`: the stored queries as tools for an assistant, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from shanxi_kg.cli.options import graph_option
from shanxi_kg.errors import UsageError


@click.command()
@graph_option
def mcp(graph: Path) -> None:
    """Serve the graph to an assistant by the Model Context Protocol, until standard input ends.

    Each stored query is a tool with typed parameters, and answers carry their evidence. Tell your assistant to start
    this command; it is not for typing at.
    """
    try:
        from shanxi_kg.assistant import serve
    except ModuleNotFoundError as error:
        raise UsageError(f"mcp: needs {error.name}, which is not installed; `pip install shanxi-kg[mcp]`") from error
    serve(graph)
