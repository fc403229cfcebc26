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


def dump(graph: Path, path: str, quotes: bool = True) -> bytes:
    """Return the graph, without its quotes on demand, as the file at a path, which is one of `DUMPS` or `WHOLE`."""
    selection = exports.Selection(with_ontology=path == WHOLE, quotes=quotes)
    return exports.export(graph, exports.form_of(Path(path)), selection)


def place_labels_file(statements: Statements, language: str) -> bytes:
    """Return the names of all places by IRI as JSON."""
    return json.dumps(place_labels(statements, language), ensure_ascii=False).encode()


ONTOLOGY_PATH = ONTOLOGY.rpartition("/")[2]
"""The path of the ontology's page and files, without their ending."""

DUMPS = tuple(File(form.label, f"graph.{form.ending}") for form in exports.FORMS.values())
"""The exports of the whole graph, which the catalogue describes."""

WHOLE = "graph-with-ontology.nq"
"""The path of the file that holds what the server's queries see: the graph, the ontology and the authority files."""
