"""`shanxi-kg export`: the published graph, or a part of it, in another form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.cli.options import graph_option, pair, store_option
from shanxi_kg.errors import UsageError

if TYPE_CHECKING:
    from shanxi_kg.settings import Endpoint

FORM_NAMES = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "csvw", "graphml")
KINDS = ("agency", "agreement", "indicator", "platform", "policy", "post", "regulation", "statement")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORM_NAMES), help="Default: what the ending of --output says, else turtle."
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file instead of standard output.")
@click.option("--document", "-d", metavar="NAME", help="The facts of this document alone.")
@click.option("--kind", "-k", type=click.Choice(KINDS), help="The facts of this kind alone, and what they speak of.")
@click.option("--query", "-q", "query_name", metavar="NAME", help="What this stored CONSTRUCT query makes.")
@click.option(
    "--param", "-p", "given", multiple=True, metavar="KEY=VALUE", help="A parameter of the query; may be repeated."
)
@click.option("--no-quotes", is_flag=True, help="Offsets and checksums instead of the words of the sources.")
@click.option("--with-ontology", is_flag=True, help="Add the ontology, the code lists and the authority files.")
@click.option("--gzip", "gzipped", is_flag=True, help="Compress; implied by an --output that ends in .gz.")
@click.option("--context", "context_alone", is_flag=True, help="The JSON-LD context alone, to publish beside the data.")
@click.option("--catalog", "catalog_alone", is_flag=True, help="The description for portals alone (DCAT-AP, VoID).")
@graph_option
@store_option
def export(
    form: str | None,
    output: Path | None,
    document: str | None,
    kind: str | None,
    query_name: str | None,
    given: tuple[str, ...],
    no_quotes: bool,
    with_ontology: bool,
    gzipped: bool,
    context_alone: bool,
    catalog_alone: bool,
    graph: Path,
    store: Endpoint,
) -> None:
    """Write the published facts as one file; nquads and trig keep each document's named graph.

    The file is RDF in one of six syntaxes, GraphML for network tools, or a ZIP archive of CSV tables with CSVW
    metadata.
    """
    import json

    from shanxi_kg import catalog, exports
    from shanxi_kg.cli.output import write
    from shanxi_kg.remote import open_store

    if given and not query_name:
        raise UsageError("--param: goes with --query alone; give the query's name")
    query = exports.construct_query(query_name) if query_name else None
    selection = exports.Selection(document, kind, query, dict(map(pair, given)), with_ontology, quotes=not no_quotes)
    alone = context_alone or catalog_alone
    chosen = exports.form_of(output) if output and not form and not alone else exports.FORMS[form or "turtle"]
    if catalog_alone:
        content = catalog.catalog_turtle(graph).encode()
    elif context_alone:
        content = (json.dumps({"@context": exports.context()}, ensure_ascii=False, indent=1) + "\n").encode()
    elif store.url:
        content = exports.export_store(open_store(store), chosen, selection)
    else:
        content = exports.export(graph, chosen, selection)
    write(exports.compressed(content) if gzipped or _ends_in_gz(output) else content, output)


def _ends_in_gz(output: Path | None) -> bool:
    return output is not None and output.suffix.lower() == ".gz"
