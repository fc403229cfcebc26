"""The RDF syntaxes and GraphML: triples by named graph go in, the bytes of one file come out, sorted.

Syntaxes without named graphs hold the merge of the documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from shanxi_kg import turtle
from shanxi_kg.errors import UnfitError
from shanxi_kg.exports.graphml import to_graphml
from shanxi_kg.exports.jsonld import to_jsonld
from shanxi_kg.exports.selection import Statements
from shanxi_kg.ontology import prefixes

_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_turtle(statements: Statements) -> bytes:
    """Write the canonical Turtle of `shanxi_kg.turtle`."""
    return turtle.serialize(chain.from_iterable(statements.values()), prefixes()).encode()


def to_ntriples(statements: Statements) -> bytes:
    """Write N-Triples, its lines sorted, each once."""
    lines = chain.from_iterable(_lines(triples) for triples in statements.values())
    return b"".join(line + b"\n" for line in sorted(set(lines)))


def to_nquads(statements: Statements) -> bytes:
    """Write N-Quads, its lines sorted, each once."""
    lines: list[bytes] = []
    for graph, triples in statements.items():
        end = b".\n" if isinstance(graph, DefaultGraph) else f"{graph} .\n".encode()
        lines += [line[:-1] + end for line in set(_lines(triples))]
    return b"".join(sorted(lines))


def _lines(triples: Iterable[Triple]) -> list[bytes]:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines()


def to_trig(statements: Statements) -> bytes:
    """Write TriG, sorted by graph, subject, predicate and object."""
    quads: list[Quad] = []
    for graph in sorted(statements, key=str):
        triples = sorted(set(statements[graph]), key=str)
        quads += [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
    return serialize(quads, format=RdfFormat.TRIG, prefixes=dict(prefixes())) or b""


def to_rdfxml(statements: Statements) -> bytes:
    """Write RDF/XML; UnfitError names a literal with a character that XML cannot hold."""
    triples = sorted(_for_xml(statements), key=str)
    return serialize(triples, format=RdfFormat.RDF_XML, prefixes=dict(prefixes())) or b""


def _graphml(statements: Statements) -> bytes:
    return to_graphml(_for_xml(statements))


def _for_xml(statements: Statements) -> set[Triple]:
    """Return the merge of all graphs; UnfitError where XML cannot write a character or reads it as another one."""
    triples = set(chain.from_iterable(statements.values()))
    for triple in triples:
        if _NOT_IN_XML.search(getattr(triple.object, "value", "")):
            raise UnfitError(f"{triple.subject}: XML cannot hold a character of {triple.object}; use another format")
    return triples


WRITERS: Mapping[str, Callable[[Statements], bytes]] = {
    "turtle": to_turtle,
    "ntriples": to_ntriples,
    "nquads": to_nquads,
    "trig": to_trig,
    "jsonld": lambda statements: to_jsonld(chain.from_iterable(statements.values())),
    "rdfxml": to_rdfxml,
    "graphml": _graphml,
}
"""How each form is written that is made of statements."""
