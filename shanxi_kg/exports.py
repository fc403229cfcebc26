"""The published graph in other RDF syntaxes, for other tools: quads go in, the bytes of one file come out.

A graph folder is read from its files, never from the embedded store, so that every literal keeps the form it has
there; what a server holds is written as the server gives it. All is sorted, so that the same graph gives the same
bytes. Syntaxes without named graphs hold the merge of the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from shanxi_kg import turtle
from shanxi_kg.errors import GraphError, UsageError
from shanxi_kg.folders import is_document, published_files
from shanxi_kg.namespaces import mint
from shanxi_kg.ontology import prefixes
from shanxi_kg.store import Store, authority_files
from shanxi_kg.uploads import graph_of, graphs

_DOCUMENT = mint("document", "").value
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Syntax:
    """An RDF syntax: its name here, its file's ending, its media type, and whether it has named graphs."""

    name: str
    ending: str
    media_type: str
    format: RdfFormat
    has_graphs: bool = False


SYNTAXES: Mapping[str, Syntax] = {
    syntax.name: syntax
    for syntax in (
        Syntax("turtle", "ttl", "text/turtle", RdfFormat.TURTLE),
        Syntax("ntriples", "nt", "application/n-triples", RdfFormat.N_TRIPLES),
        Syntax("nquads", "nq", "application/n-quads", RdfFormat.N_QUADS, has_graphs=True),
        Syntax("trig", "trig", "application/trig", RdfFormat.TRIG, has_graphs=True),
        Syntax("jsonld", "jsonld", "application/ld+json", RdfFormat.JSON_LD),
        Syntax("rdfxml", "rdf", "application/rdf+xml", RdfFormat.RDF_XML),
    )
}


def export(folder: Path, syntax: Syntax, with_ontology: bool = False) -> bytes:
    """Serialize the published facts of a graph folder, with the ontology and the authority files on demand.

    Raises GraphError where the folder is none, or where RDF/XML cannot hold a character of it.
    """
    return written(_quads(folder, with_ontology), syntax)


def export_store(store: Store, syntax: Syntax, with_ontology: bool = False) -> bytes:
    """Serialize what uploads put on a server, with the ontology and the authority files on demand."""
    return written(_quads_of(store, with_ontology), syntax)


def written(given: Iterable[Quad], syntax: Syntax) -> bytes:
    """Serialize quads, sorted; GraphError where RDF/XML cannot hold a character of them."""
    quads = sorted(given, key=str)
    if syntax.has_graphs:
        return _serialized(quads, syntax)
    triples = list(dict.fromkeys(quad.triple for quad in quads))
    if syntax.format == RdfFormat.TURTLE:
        return turtle.serialize(triples, prefixes()).encode()
    if syntax.format == RdfFormat.RDF_XML:
        _refuse_what_xml_cannot_hold(triples)
    return _serialized(triples, syntax)


def syntax_of(path: Path) -> Syntax:
    """Return the syntax that a file's ending names; UsageError names the endings that there are."""
    ending = path.suffix.lower().removeprefix(".")
    for syntax in SYNTAXES.values():
        if syntax.ending == ending:
            return syntax
    endings = ", ".join("." + syntax.ending for syntax in SYNTAXES.values())
    raise UsageError(f"{path}: the ending names no syntax; give --format, or one of {endings}")


def _quads(folder: Path, with_ontology: bool) -> set[Quad]:
    found: set[Quad] = set()
    for path in published_files(folder):
        name = mint("document", path.stem) if is_document(path) else DefaultGraph()
        found |= {_quad(triple, name) for triple in turtle.parse_file(path)}
    for path in authority_files() if with_ontology else ():
        found |= {_quad(triple, DefaultGraph()) for triple in turtle.parse_file(path)}
    return found


def _quads_of(store: Store, with_ontology: bool) -> set[Quad]:
    found: set[Quad] = set()
    authorities = {graph_of(path) for path in authority_files()}
    for graph, triples in graphs(store):
        if with_ontology or graph not in authorities:
            name = graph if graph.value.startswith(_DOCUMENT) else DefaultGraph()
            found |= {_quad(triple, name) for triple in triples}
    return found


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _serialized(statements: list[Quad] | list[Triple], syntax: Syntax) -> bytes:
    names = dict(prefixes()) if syntax.format in {RdfFormat.TRIG, RdfFormat.RDF_XML} else None
    return serialize(statements, format=syntax.format, prefixes=names) or b""


def _refuse_what_xml_cannot_hold(triples: list[Triple]) -> None:
    for triple in triples:
        if _NOT_IN_XML.search(triple.object.value if hasattr(triple.object, "value") else ""):
            raise GraphError(
                f"{triple.subject}: RDF/XML cannot hold a character of {triple.object}; use another format"
            )
