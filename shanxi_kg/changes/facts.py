"""Triples of a graph to what is compared: facts, documents and entities with their values as texts.

Nothing is listed by kind: every property of a fact is a field, so that a new one is compared without a change here. An
IRI is written by its label, with the document's own name for it beside it where that is another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.changes.model import Entity, StatedFact, Values, Words
from shanxi_kg.namespaces import ID, OA, RDF, RDFS, SKOS, SX, mint
from shanxi_kg.ontology import preferred_label

Term = NamedNode | Literal

_DOCUMENT = mint("document", "").value
_OF_DOCUMENTS = frozenset({"corrected-field", "document", "fact", "judgement", "mention"})
"""The kinds of things that belong to one document; all else that is described is an entity."""

_NO_FIELDS = frozenset({RDF["type"], RDFS["label"], SX["inDocument"], SX["evidence"], SX["claim"], SX["textFile"]})


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of a graph by subject and property, and the names that each document has for things."""

    values: Mapping[NamedNode, Mapping[NamedNode, frozenset[Term]]]
    names: Mapping[tuple[NamedNode, NamedNode], str]

    def all(self, subject: NamedNode, predicate: NamedNode) -> list[Term]:
        """Return the values of a property, sorted."""
        return sorted(self.values.get(subject, {}).get(predicate, ()), key=str)

    def one(self, subject: NamedNode, predicate: NamedNode) -> str:
        """Return the first value of a property as text, '' where it has none."""
        return next((term.value for term in self.all(subject, predicate)), "")

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """Return the first value of a property that is an IRI."""
        return next((term for term in self.all(subject, predicate) if isinstance(term, NamedNode)), None)

    def typed(self, kind: NamedNode) -> Iterator[NamedNode]:
        """Yield the subjects of a class, sorted."""
        found = (subject for subject, values in self.values.items() if kind in values.get(RDF["type"], ()))
        return iter(sorted(found, key=str))


def statements_in(triples: Iterable[Triple]) -> Statements:
    """Group triples by subject and property."""
    grouped: dict[NamedNode, dict[NamedNode, set[Term]]] = {}
    for subject, predicate, value in triples:
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            grouped.setdefault(subject, {}).setdefault(predicate, set()).add(value)
    values = {one: {name: frozenset(found) for name, found in given.items()} for one, given in grouped.items()}
    graph = Statements(values, {})
    mentions = ((graph.node(one, SX["inDocument"]), graph.node(one, SX["mentionOf"]), one) for one in values)
    names = {(where, of): graph.one(one, SX["surfaceForm"]) for where, of, one in mentions if where and of}
    return Statements(values, names)


def facts_in(graph: Statements) -> dict[str, StatedFact]:
    """Return the facts of a graph, by IRI."""
    return {fact.value: _fact(fact, graph) for fact in graph.typed(SX["Fact"])}


def documents_in(graph: Statements) -> dict[str, dict[str, Values]]:
    """Return what is said of each document, by the document's name."""
    found = (one for one in sorted(graph.values, key=str) if one.value.startswith(_DOCUMENT) and "#" not in one.value)
    return {_name(document): _fields(document, document, graph) for document in found}


def entities_in(graph: Statements) -> dict[str, Entity]:
    """Return what is said of each entity, by IRI."""
    found = (one for one in sorted(graph.values, key=str) if _kind(one) not in _OF_DOCUMENTS)
    return {one.value: Entity(one.value, _label(one, graph), _fields(one, None, graph)) for one in found}


def _fact(fact: NamedNode, graph: Statements) -> StatedFact:
    document = graph.node(fact, SX["inDocument"])
    about = [term for term in graph.all(fact, SX["about"]) if isinstance(term, NamedNode)]
    counted = [term for one in about for term in graph.all(one, SX["indicator"])]
    kind, _, _ = graph.one(fact, RDFS["label"]).partition(":")
    spans = [term for term in graph.all(fact, SX["claim"]) if isinstance(term, NamedNode)]
    return StatedFact(
        iri=fact.value,
        document=_name(document) if document else "",
        kind=kind,
        label=", ".join(_label(one, graph) for one in about),
        subjects=frozenset(term.value for term in (*about, *counted)),
        fields=_fields(fact, document, graph),
        evidence=_words(graph.node(fact, SX["evidence"]), graph),
        claims=tuple(sorted(_words(span, graph) for span in spans)),
    )


def _words(span: NamedNode | None, graph: Statements) -> Words:
    if span is None:
        return Words(0, 0, "")
    return Words(int(graph.one(span, OA["start"])), int(graph.one(span, OA["end"])), graph.one(span, OA["exact"]))


def _fields(subject: NamedNode, document: NamedNode | None, graph: Statements) -> dict[str, Values]:
    """Return the values of a subject's properties as texts, by their local names."""
    found: dict[str, Values] = {}
    for predicate in sorted(graph.values[subject].keys() - _NO_FIELDS, key=str):
        texts = sorted(_text(term, document, graph) for term in graph.all(subject, predicate))
        found[predicate.value.replace("#", "/").rpartition("/")[2]] = tuple(texts)
    return found


def _text(term: Term, document: NamedNode | None, graph: Statements) -> str:
    if isinstance(term, Literal):
        return term.value
    write = _WRITERS.get(_kind(term))
    if write:
        return write(term, graph)
    label = _label(term, graph)
    name = graph.names.get((document, term), label) if document else label
    return label if name == label else f"{label} ({name!r})"


def _judgement(node: NamedNode, graph: Statements) -> str:
    certainty = graph.one(node, SX["certainty"]).rpartition("/")[2]
    field, rule, reading = (graph.one(node, term) for term in (SX["field"], SX["rule"], RDFS["comment"]))
    return f"{certainty}: {field} by rule {rule}: {reading}"


def _correction(node: NamedNode, graph: Statements) -> str:
    return f"{graph.one(node, SX['field'])}, read as {graph.one(node, SX['machineValue'])!r}"


_WRITERS = {"judgement": _judgement, "corrected-field": _correction}


def _label(node: NamedNode, graph: Statements) -> str:
    """Return a period in ISO 8601, anything else by its preferred label in English, else the end of its IRI."""
    labels = (term for term in graph.all(node, SKOS["prefLabel"]) if isinstance(term, Literal))
    own = next((term.value for term in labels if term.language == "en"), "")
    named = graph.one(node, SX["iso8601"]) or own or preferred_label(node) or graph.one(node, RDFS["label"])
    return named or node.value.removeprefix(ID)


def _kind(node: NamedNode) -> str:
    return node.value.removeprefix(ID).partition("/")[0]


def _name(document: NamedNode) -> str:
    """Return a document's name.

    >>> _name(NamedNode("https://w3id.org/shanxi-kg/id/document/2021--%E6%99%8B"))
    '2021--晋'
    """
    return unquote(document.value.rpartition("/")[2])
