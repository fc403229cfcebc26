"""`shanxi-kg export`: the published graph in another RDF syntax."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.cli.options import graph_option, store_option

if TYPE_CHECKING:
    from shanxi_kg.settings import Endpoint

SYNTAX_NAMES = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(SYNTAX_NAMES), help="Default: what the ending of --output says, else turtle."
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file instead of standard output.")
@click.option("--with-ontology", is_flag=True, help="Add the ontology, the code lists and the authority files.")
@graph_option
@store_option
def export(form: str | None, output: Path | None, with_ontology: bool, graph: Path, store: Endpoint) -> None:
    """Write the published facts as one RDF file; nquads and trig keep each document's named graph."""
    from shanxi_kg import exports
    from shanxi_kg.cli.output import write
    from shanxi_kg.remote import open_store

    syntax = exports.syntax_of(output) if output and not form else exports.SYNTAXES[form or "turtle"]
    if store.url:
        write(exports.export_store(open_store(store), syntax, with_ontology), output)
    else:
        write(exports.export(graph, syntax, with_ontology), output)
