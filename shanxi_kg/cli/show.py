"""`shanxi-kg show IRI`: what the graph knows of one thing, and its sentences with the evidence marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.cli.options import graph_option
from shanxi_kg.errors import GraphError
from shanxi_kg.passages import sentence_around

if TYPE_CHECKING:
    from shanxi_kg.solutions import Value
    from shanxi_kg.store import Store

Row = dict[str, "Value"]


@click.command()
@click.argument("iri")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most this many facts."
)
@graph_option
def show(iri: str, limit: int, graph: Path) -> None:
    """Show the labels and facts of IRI with the sentences that they stand on; the evidence is marked.

    IRI may be written short, as tables do: place/CN-SX, or fact/001/… for a fact.
    """
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.namespaces import ID
    from shanxi_kg.store import open_graph

    store = open_graph(graph, notice=note)
    full = iri.strip("<>") if ":" in iri else ID + iri.removeprefix("/")
    write("".join(line + "\n" for line in _lines(store, graph, full, limit)))


def _lines(store: Store, graph: Path, iri: str, limit: int) -> Iterator[str]:
    known = _rows(store, "entity", entity=iri)
    if not known:
        raise GraphError(f"{iri}: the graph knows nothing of it; `shanxi-kg query facts` lists what it has")
    yield iri
    for row in known:
        if row["direction"] == "of it":
            yield f"  {_short(row['propertyLabel'])}: {_labelled(row)}"
    for row in _rows(store, "evidence", fact=iri):
        yield from _passage(store, graph, row)
        if row["field"]:
            yield f"    {row['certainty']}: {row['field']} by rule {row['rule']}: {row['reading']}"
    yield from _facts(store, graph, _rows(store, "facts-of-entity", entity=iri), limit)


def _facts(store: Store, graph: Path, facts: list[Row], limit: int) -> Iterator[str]:
    if facts:
        yield f"{len(facts)} fact{'' if len(facts) == 1 else 's'}:"
    for row in facts[:limit]:
        yield f"  {row['kind']} ({row['role']}, {row['certainty']}) {row['fact']}"
        yield from _passage(store, graph, row)
    if len(facts) > limit:
        yield f"  … and {len(facts) - limit} more; --limit {len(facts)} shows all"


def _rows(store: Store, name: str, **given: str) -> list[Row]:
    from shanxi_kg.queries import run, stored_query
    from shanxi_kg.solutions import Solutions

    answer = run(store, stored_query(name), given)
    return answer.values() if isinstance(answer, Solutions) else []


def _labelled(row: Row) -> str:
    """Return the label of a row's value, with the short form of its IRI where it has both."""
    label, other = _short(row["valueLabel"]), _short(row["other"])
    return label if label == other else f"{label} ({other})"


def _short(value: Value) -> str:
    """Return an IRI of ours without its beginning and a known one with its prefix; any other value as it is.

    >>> _short("http://purl.org/dc/terms/spatial"), _short("https://w3id.org/shanxi-kg/id/place/CN-SX")
    ('dcterms:spatial', 'place/CN-SX')
    """
    from shanxi_kg.namespaces import ID
    from shanxi_kg.ontology import prefixes

    text = str(value)
    for prefix, namespace in prefixes().items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text.removeprefix(ID)


def _passage(store: Store, graph: Path, row: Row) -> Iterator[str]:
    """Yield where the evidence of a row stands, and its sentence with the evidence marked."""
    from shanxi_kg.cli.output import marked

    document = next(found for found in _rows(store, "documents") if found["document"] == row["document"])
    text = _text(graph, str(document["textFile"]))
    start, end = int(str(row["start"])), int(str(row["end"]))
    first, last = sentence_around(text, start, end)
    source = ", ".join(str(document[key]) for key in ("title", "source", "issued") if document[key])
    yield f"    {' '.join((text[first:start] + marked(text[start:end]) + text[end:last]).split())}"
    yield f"    {source}; {document['textFile']}, characters {start} to {end}"


def _text(graph: Path, name: str) -> str:
    from shanxi_kg.folders import settled

    path = settled(graph) / name
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise GraphError(
            f"{path}: the text that the evidence counts in cannot be read: {error}; build the graph again"
        ) from error
