"""The RDF files beside the pages: triples go in, the text of a Turtle or JSON-LD file comes out, always the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, serialize

from shanxi_kg import exports, turtle
from shanxi_kg.namespaces import ONTOLOGY
from shanxi_kg.ontology import file_triples, prefixes
from shanxi_kg.pages.browse import place_labels
from shanxi_kg.pages.questions import File
from shanxi_kg.pages.resource import description
from shanxi_kg.pages.statements import Statements


def to_turtle(triples: Iterable[Triple]) -> bytes:
    """Write Turtle in the one layout of our files."""
    return turtle.serialize(triples, prefixes()).encode()


def to_jsonld(triples: Iterable[Triple]) -> bytes:
    """Write JSON-LD with absolute IRIs, sorted."""
    return serialize(sorted(set(triples), key=str), format=RdfFormat.JSON_LD) or b""


WRITERS: Mapping[str, tuple[str, Callable[[Iterable[Triple]], bytes]]] = {
    "ttl": ("text/turtle", to_turtle),
    "jsonld": ("application/ld+json", to_jsonld),
}
"""Media type and writer of each ending."""


def resource_file(statements: Statements, iri: str, ending: str) -> bytes | None:
    """Return the RDF file of a minted IRI with that ending; None where the graph says nothing of it."""
    triples = description(statements, iri)
    return WRITERS[ending][1](triples) if triples else None


def ontology_file(ending: str) -> bytes:
    """Return the ontology as an RDF file with that ending."""
    return WRITERS[ending][1](file_triples("core"))


def dump(graph: Path, path: str) -> bytes:
    """Return the file of `DUMPS` that stands at a path: the whole published graph."""
    return exports.export(graph, exports.syntax_of(Path(path)))


def browser_dump(graph: Path) -> bytes:
    """Return what a query engine in the browser loads: the graph with the ontology and the authority files."""
    return exports.export(graph, exports.SYNTAXES["nquads"], with_ontology=True)


def media_type(path: str) -> str:
    """Return the media type of the file of `DUMPS` at a path."""
    return exports.syntax_of(Path(path)).media_type


def place_labels_file(statements: Statements, language: str) -> bytes:
    """Return the names of all places by IRI as JSON."""
    return json.dumps(place_labels(statements, language), ensure_ascii=False).encode()


ONTOLOGY_PATH = ONTOLOGY.rpartition("/")[2]
"""The path of the ontology's page and files, without their ending."""

DUMPS = tuple(
    File(name, f"graph.{exports.SYNTAXES[syntax].ending}")
    for syntax, name in {
        "turtle": "Turtle",
        "ntriples": "N-Triples",
        "nquads": "N-Quads",
        "trig": "TriG",
        "jsonld": "JSON-LD",
        "rdfxml": "RDF/XML",
    }.items()
)
"""The files that hold the whole published graph."""

BROWSER_DUMP = "workbench/graph.nq"
"""The path of what a query engine in the browser loads."""
