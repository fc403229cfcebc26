"""`shanxi-kg portal OUT`: the graph as a static site."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from shanxi_kg.cli.options import graph_option
from shanxi_kg.errors import UsageError


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--address",
    metavar="URL",
    help="Where the portal will stand, for its sitemap and for redirecting. Default: the permanent address.",
)
@click.option("--no-quotes", is_flag=True, help="Tell where the words of the sources stand instead of quoting them.")
@graph_option
def portal(out: Path, address: str | None, no_quotes: bool, graph: Path) -> None:
    """Write the graph as a static site to OUT, which any web server can serve under any path.

    Pages, Turtle and JSON-LD of everything, the stored queries with their answers, a search, SPARQL in the browser,
    dumps and the catalogue. An earlier portal in OUT is replaced as a whole.
    """
    from shanxi_kg.cli.output import note
    from shanxi_kg.namespaces import BASE
    from shanxi_kg.portal import write_portal

    if address is not None and not address.startswith(("https://", "http://")):
        raise UsageError(f"--address {address}: is no web address; give one that begins with https://")
    written = write_portal(graph, out, address.rstrip("/") + "/" if address else BASE, quotes=not no_quotes)
    note(f"{out}: {written.resources} resources in {written.files} files")
