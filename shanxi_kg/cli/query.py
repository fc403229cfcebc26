"""`shanxi-kg queries` and `shanxi-kg query`: the list of stored queries, and the answer to one query."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.cli.options import graph_option, opened, pair, query_option
from shanxi_kg.errors import QueryError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from shanxi_kg.queries import StoredQuery
    from shanxi_kg.settings import Endpoint
    from shanxi_kg.solutions import Solutions
    from shanxi_kg.store import Answer, Store

LISTS = ("table", "json", "turtle")
FORMATS = ("table", "json", "csv", "tsv", "markdown")


@click.command()
@click.option("--format", "form", type=click.Choice(LISTS), default="table", help="How to write the list.")
@click.option("--endpoint", metavar="IRI", help="With turtle: the SPARQL endpoint that the queries are examples of.")
@click.option(
    "--with-catalog", type=click.Path(path_type=Path), help="With turtle: add the description of this graph folder."
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file.")
def queries(form: str, endpoint: str | None, with_catalog: Path | None, output: Path | None) -> None:
    """List the stored queries with their parameters.

    As turtle they are SHACL executables, which editors take for the examples of an endpoint.
    """
    from shanxi_kg.cli.output import write
    from shanxi_kg.queries import stored_queries

    if form != "turtle" and (endpoint or with_catalog):
        raise UsageError("queries: --endpoint and --with-catalog go with --format turtle; add it, or leave them out")
    found = stored_queries()
    if form == "turtle":
        from shanxi_kg import examples

        write(examples.to_turtle(found, endpoint or examples.ENDPOINT, with_catalog), output)
    else:
        write(_listed(found) if form == "json" else _tabled(found), output)


def _listed(found: tuple[StoredQuery, ...]) -> str:
    import json

    listed = [
        {
            "name": query.name,
            "summary": query.summary,
            "description": query.description,
            "tags": list(query.tags),
            "parameters": [
                {"name": each.name, "type": each.type, "description": each.description, "default": each.default}
                for each in query.parameters
            ],
        }
        for query in found
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _tabled(found: tuple[StoredQuery, ...]) -> str:
    from shanxi_kg.cli.output import table

    rows = [(query.name, query.summary, ", ".join(f"{p.name}: {p.type}" for p in query.parameters)) for query in found]
    return table(("query", "what it answers", "parameters"), rows)


@click.command()
@click.argument("name", required=False)
@click.option("--file", "-f", "path", type=click.Path(path_type=Path), help="Run the query of this file instead.")
@click.option(
    "--param", "-p", "given", multiple=True, metavar="KEY=VALUE", help="A parameter of the query; may be repeated."
)
@graph_option
@query_option
@click.option(
    "--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="Answer as the documents up to this day would have."
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: table on a terminal, tsv in a pipe.")
@click.option("--limit", type=click.IntRange(min=1), help="Give so many rows at most.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="With --limit: pass over so many rows before.")
@click.option("--all-columns", is_flag=True, help="Show all columns in a table, not just those that read well.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file.")
def query(
    name: str | None,
    path: Path | None,
    given: tuple[str, ...],
    graph: Path,
    store: Endpoint,
    day: datetime | None,
    form: str | None,
    limit: int | None,
    offset: int,
    all_columns: bool,
    output: Path | None,
) -> None:
    """Answer the stored query NAME, a query of your own with --file, or one from standard input with '-'.

    \b
    shanxi-kg query agreements
    shanxi-kg query partners --param area=Shanxi --format csv
    shanxi-kg query regulations --as-of 2021-12-31
    shanxi-kg query facts --limit 50
    echo 'SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class' | shanxi-kg query -
    """  # noqa: D301 (the escape is Click's mark for lines that stay as they are)
    from shanxi_kg.cli.output import write

    if offset and limit is None:
        raise UsageError("query: --offset goes with --limit; say how many rows you want")
    asked = _asked(name, path)
    answer = _answer(_opened(graph, store, day), asked, dict(map(pair, given)), limit, offset)
    chosen = form or ("table" if output is None and sys.stdout.isatty() else "tsv")
    write(_written(answer, chosen, () if all_columns else asked.columns), output)


def _answer(store: Store, asked: StoredQuery, values: dict[str, str], limit: int | None, offset: int) -> Answer:
    from shanxi_kg.cli.output import note
    from shanxi_kg.paging import page
    from shanxi_kg.queries import run

    if limit is None:
        return run(store, asked, values)
    found = page(store, asked, values, limit, offset)
    note("more rows come after these" if found.total is None else f"of {found.total} rows in all")
    return found.solutions


def _opened(graph: Path, server: Endpoint, day: datetime | None) -> Store:
    """Open the graph, or what it was by a day; a note says which documents that leaves out."""
    if day is None:
        return opened(graph, server)
    if server.url:
        raise UsageError("query: --as-of reads a graph folder; give it without --store")
    from shanxi_kg.cli.output import note
    from shanxi_kg.conflicts import open_as_of

    store, selection = open_as_of(graph, day.date())
    number = len(selection.documents)
    whole = number + len(selection.later) + len(selection.undated)
    note(f"as of {day.date()}: {number} of {whole} documents")
    if selection.undated:
        note(f"left out, since no date is printed on them: {', '.join(selection.undated)}")
    return store


def _asked(name: str | None, path: Path | None) -> StoredQuery:
    from shanxi_kg.queries import parse_query, read_query, stored_query

    if (name is None) == (path is None):
        raise UsageError(
            "query: give the name of a stored query, or --file FILE, or '-'; `shanxi-kg queries` lists them"
        )
    if path is not None:
        return read_query(path)
    if name != "-":
        return stored_query(str(name))
    try:
        return parse_query("standard input", sys.stdin.buffer.read().decode())
    except UnicodeDecodeError as error:
        raise QueryError(f"standard input: not UTF-8 at byte {error.start}; send the query as UTF-8") from error


def _written(answer: Answer, form: str, columns: tuple[str, ...]) -> str:
    """Write an answer in a form: rows, a truth value, or triples as Turtle."""
    from shanxi_kg.solutions import WRITERS, Solutions

    if isinstance(answer, bool):
        return _truth(answer, form)
    if not isinstance(answer, Solutions):
        from shanxi_kg.ontology import prefixes
        from shanxi_kg.turtle import serialize

        return serialize(answer, prefixes())
    return WRITERS[form](answer) if form in WRITERS else _table(answer, columns)


def _truth(answer: bool, form: str) -> str:
    word = "true" if answer else "false"
    return f'{{"head": {{}}, "boolean": {word}}}\n' if form == "json" else word + "\n"


def _table(answer: Solutions, columns: tuple[str, ...]) -> str:
    from shanxi_kg.cli.output import note, table
    from shanxi_kg.namespaces import ID
    from shanxi_kg.solutions import text

    shown = answer.only(columns) if columns else answer
    rows = [[text(term).removeprefix(ID) for term in row] for row in shown.rows]
    note(f"{len(rows)} row{'' if len(rows) == 1 else 's'}" + ("; --all-columns shows the rest" if columns else ""))
    return table(shown.variables, rows)
