"""The ontology's page: each class and property with its names, definition, neighbours and how often it is used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from shanxi_kg.namespaces import ONTOLOGY, OWL, RDF, RDFS, SKOS, SX
from shanxi_kg.ontology import file_triples, prefixes
from shanxi_kg.pages.addresses import LANGUAGES, Address
from shanxi_kg.pages.phrases import Piece
from shanxi_kg.pages.rendering import render
from shanxi_kg.pages.resource import Row, property_word
from shanxi_kg.pages.statements import Statements

_CLASSES = (OWL["Class"],)
_PROPERTIES = (OWL["ObjectProperty"], OWL["DatatypeProperty"])
_SHOWN = ("subClassOf", "subPropertyOf", "domain", "range")


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology as its page shows it; `name` is its local name and the anchor there."""

    name: str
    label: str
    translated: str
    definition: str
    notes: tuple[str, ...]
    rows: tuple[Row, ...]
    uses: int


def terms(statements: Statements, language: str, kinds: tuple[NamedNode, ...]) -> list[Term]:
    """Return the ontology's terms of these kinds, by local name."""
    nodes = {node for kind in kinds for node in statements.instances(kind) if isinstance(node, NamedNode)}
    ours = sorted((node for node in nodes if node.value.startswith(SX.iri)), key=lambda node: node.value)
    return [_term(statements, node, language) for node in ours]


def _term(statements: Statements, node: NamedNode, language: str) -> Term:
    other = next(spoken for spoken in LANGUAGES if spoken != language)
    rows = [
        Row(property_word(statements, RDFS[name], language), _pieces(statements, node, RDFS[name], language))
        for name in _SHOWN
    ]
    return Term(
        name=node.value.removeprefix(SX.iri),
        label=statements.label(node, language),
        translated=statements.label(node, other),
        definition=_in(statements, node, SKOS["definition"], language),
        notes=tuple(filter(None, [_in(statements, node, SKOS["scopeNote"], language)])),
        rows=tuple(row for row in rows if row.values),
        uses=uses(statements)[node.value],
    )


def _pieces(statements: Statements, node: NamedNode, predicate: NamedNode, language: str) -> tuple[Piece, ...]:
    found = (term for term in statements.values(node, predicate) if isinstance(term, NamedNode))
    return tuple(property_word(statements, term, language) for term in sorted(found, key=str))


def _in(statements: Statements, node: NamedNode, predicate: NamedNode, language: str) -> str:
    texts = (term for term in statements.values(node, predicate) if isinstance(term, Literal))
    return next((text.value for text in texts if text.language == language), "")


@lru_cache(maxsize=4)
def uses(statements: Statements) -> Counter[str]:
    """Return how many statements use each property, and how many things are of each class, by IRI.

    What the ontology says of its own terms is not counted.
    """
    counts: Counter[str] = Counter()
    for triples in statements.of.values():
        for triple in triples:
            counts[triple.predicate.value] += 1
            if triple.predicate == RDF["type"] and isinstance(triple.object, NamedNode):
                counts[triple.object.value] += 1
    for triple in file_triples("core"):
        counts[triple.predicate.value] -= 1
        if triple.predicate == RDF["type"] and isinstance(triple.object, NamedNode):
            counts[triple.object.value] -= 1
    return counts


def reused(statements: Statements) -> list[tuple[str, str, int]]:
    """Return prefix and namespace of each reused vocabulary with the number of statements that use it."""
    counts = uses(statements)
    found = {
        prefix: sum(number for iri, number in counts.items() if iri.startswith(namespace))
        for prefix, namespace in prefixes().items()
        if not namespace.startswith(ONTOLOGY)
    }
    return [(prefix, prefixes()[prefix], number) for prefix, number in found.items() if number > 0]


def ontology_page(statements: Statements, language: str) -> str:
    """Return the page of the ontology, on which each term has an anchor of its local name."""
    ontology = NamedNode(ONTOLOGY)
    version = statements.value(ontology, OWL["versionInfo"])
    return render(
        "ontology.html",
        Address("ontology.html", language),
        title=statements.label(ontology, language),
        iri=ONTOLOGY,
        version=version.value if isinstance(version, Literal) else "",
        groups={
            "classes": terms(statements, language, _CLASSES),
            "properties": terms(statements, language, _PROPERTIES),
        },
        reused=reused(statements),
    )
