"""What the pages see of a graph: its statements by subject and by object, and the texts that evidence is cut from.

A graph folder goes in, a value to look things up in comes out. Terms are those of the parsed files, so every literal
keeps its form. No query engine is involved: a page looks up a few dozen subjects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from shanxi_kg import exports, turtle
from shanxi_kg.folders import CATALOG, published_files, settled
from shanxi_kg.namespaces import DCTERMS, FOAF, ID, RDF, RDFS, SKOS, SKOSXL, SX
from shanxi_kg.ontology import prefixes
from shanxi_kg.store import authority_files

Subject = NamedNode | BlankNode | Triple
Term = NamedNode | BlankNode | Literal | Triple

_Node = TypeVar("_Node")

LABELS = (SKOS["prefLabel"], RDFS["label"], DCTERMS["title"], FOAF["name"], SKOSXL["literalForm"], SX["surfaceForm"])


@dataclass(frozen=True, slots=True, eq=False)
class Statements:
    """The statements `of` each subject and `to` each object, in a fixed order; `folder` holds the texts, if any."""

    of: Mapping[Subject, tuple[Triple, ...]]
    to: Mapping[Term, tuple[Triple, ...]]
    folder: Path | None = None
    _texts: dict[str, str | None] = field(default_factory=dict, repr=False)
    _labels: dict[tuple[Term, str], str] = field(default_factory=dict, repr=False)

    def values(self, subject: Subject, predicate: NamedNode) -> tuple[Term, ...]:
        """Return the objects of a subject's statements with that predicate."""
        return tuple(triple.object for triple in self.of.get(subject, ()) if triple.predicate == predicate)

    def value(self, subject: Subject, predicate: NamedNode) -> Term | None:
        """Return the first object of a subject's statements with that predicate; None where there is none."""
        return next((triple.object for triple in self.of.get(subject, ()) if triple.predicate == predicate), None)

    def subjects(self, predicate: NamedNode, value: Term) -> tuple[Subject, ...]:
        """Return the subjects of the statements with that predicate and object."""
        return tuple(triple.subject for triple in self.to.get(value, ()) if triple.predicate == predicate)

    def instances(self, of_class: NamedNode) -> tuple[Subject, ...]:
        """Return what is an instance of a class."""
        return self.subjects(RDF["type"], of_class)

    def label(self, node: Term, language: str = "en") -> str:
        """Return the best label of a node: in that language if it has one, else in another, else its short IRI."""
        if (node, language) not in self._labels:
            self._labels[node, language] = self.given_label(node, language) or self._rule(node) or short(node)
        return self._labels[node, language]

    def given_label(self, node: Term, language: str = "en") -> str | None:
        """Return the best label that a node has, preferring that language; None where it has none at all."""
        found: dict[tuple[bool, int, bool], str] = {}
        for triple in () if isinstance(node, Literal) else self.of.get(node, ()):
            if triple.predicate in LABELS and isinstance(triple.object, Literal):
                spoken = triple.object.language
                rank = (spoken != language, LABELS.index(triple.predicate), spoken != "en")
                found.setdefault(rank, triple.object.value)
        return found[min(found)] if found else None

    def translation(self, node: Term, language: str) -> str | None:
        """Return a node's preferred label in that very language; None where it has none."""
        found = () if isinstance(node, Literal) else self.values(node, SKOS["prefLabel"])
        return next((term.value for term in found if isinstance(term, Literal) and term.language == language), None)

    def _rule(self, node: Term) -> str | None:
        """Return what stands for a judgement, which has no label: its rule."""
        rule = None if isinstance(node, Literal) else self.value(node, SX["rule"])
        return rule.value if isinstance(rule, Literal) else None

    def text(self, document: Subject) -> str | None:
        """Return the text of a document as its evidence counts in it; None where the folder does not keep it."""
        name = self.value(document, SX["textFile"])
        if self.folder is None or not isinstance(name, Literal):
            return None
        if name.value not in self._texts:
            self._texts[name.value] = _read(settled(self.folder) / name.value)
        return self._texts[name.value]


def read_statements(folder: Path, quotes: bool = True) -> Statements:
    """Read a graph folder with the ontology and the authority files; GraphError or OntologyError for a broken file.

    Without `quotes` it is the reduced profile: no text of a document is kept, and no words of one.
    """
    catalog = settled(folder) / CATALOG
    if not quotes:
        selected = exports.select(folder, exports.Selection(with_ontology=True, quotes=False))
        described = turtle.parse_file(catalog) if catalog.exists() else []
        return collect((*(triple for triples in selected.values() for triple in triples), *described))
    files = [*published_files(folder), *authority_files(), *([catalog] if catalog.exists() else [])]
    return collect((triple for path in files for triple in turtle.parse_file(path)), folder)


def collect(triples: Iterable[Triple], folder: Path | None = None) -> Statements:
    """Sort triples by subject and by object, each once, in a fixed order."""
    of: dict[Subject, list[Triple]] = defaultdict(list)
    to: dict[Term, list[Triple]] = defaultdict(list)
    for triple in dict.fromkeys(triples):
        of[triple.subject].append(triple)
        if not isinstance(triple.object, Literal):
            to[triple.object].append(triple)
    return Statements(_settled(of), _settled(to), folder)


def _settled(lists: Mapping[_Node, list[Triple]]) -> dict[_Node, tuple[Triple, ...]]:
    return {node: tuple(triples) for node, triples in lists.items()}


def minted(statements: Statements, top: str) -> Iterator[NamedNode]:
    """Yield every IRI below `top` that the graph says something of, without fragments, sorted."""
    nodes = {node.value for node in (*statements.of, *statements.to) if isinstance(node, NamedNode)}
    return map(NamedNode, sorted({iri.partition("#")[0] for iri in nodes if iri.startswith(top)}))


def short(node: Term) -> str:
    """Return a known IRI with its prefix, one of ours without its beginning, any other term as it is.

    >>> short(RDFS["label"]), short(NamedNode("https://w3id.org/shanxi-kg/id/document/001#char=3,9"))
    ('rdfs:label', '001#char=3,9')
    """
    if isinstance(node, NamedNode):
        if node.value.startswith(ID):
            return unquote(node.value.removeprefix(ID).partition("/")[2])
        for prefix, namespace in prefixes().items():
            if node.value.startswith(namespace):
                return f"{prefix}:{node.value.removeprefix(namespace)}"
    return node.value if isinstance(node, NamedNode | Literal) else str(node)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
