"""Figures of all documents together: the published facts go in, how many there are of what comes out.

By kind and by area, for whoever wants to know at once what would take a look at every fact. A story that several
documents print counts once: the facts and documents that are copies are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.conflicts.claims import Graph
from shanxi_kg.conflicts.model import Copies
from shanxi_kg.namespaces import PROV, RDF, SKOS, SX, XSD, mint
from shanxi_kg.triples.entities import describe, english, types

CERTAINTIES = ("stated", "inferred", "ambiguous")

_PLACES = mint("place", "").value
_KIND = "Fact"


@dataclass(frozen=True, slots=True)
class Figure:
    """The facts of a kind or an area, by how sure they are, and the documents that tell them."""

    facts: Counter[str] = field(default_factory=Counter)
    documents: set[NamedNode] = field(default_factory=set)


def figures(graph: Graph, copied: Copies) -> Iterator[Triple]:
    """Yield a figure for each kind of fact and for each area that facts are about or parties are."""
    counted: defaultdict[NamedNode, Figure] = defaultdict(Figure)
    for fact in graph.typed(SX["Fact"]):
        document, certainty = graph.node(fact, SX["inDocument"]), graph.node(fact, SX["certainty"])
        if document is None or certainty is None or copied.original(document) != document:
            continue
        for subject in _subjects(fact, graph):
            counted[subject].facts[certainty.value.rpartition("/")[2]] += 1
            counted[subject].documents.add(document)
    for subject in sorted(counted, key=str):
        yield from _written(subject, counted[subject], graph)


def _subjects(fact: NamedNode, graph: Graph) -> set[NamedNode]:
    """Return what a fact counts for, each once: its kind, its area, and the areas that are its parties."""
    kinds = {kind for kind in graph.nodes(fact, RDF["type"]) if kind.value.endswith(_KIND) and kind != SX["Fact"]}
    areas = (*graph.nodes(fact, SX["area"]), *graph.nodes(fact, SX["party"]))
    return kinds | {area for area in areas if area.value.startswith(_PLACES)}


def _written(subject: NamedNode, figure: Figure, graph: Graph) -> tuple[Triple, ...]:
    area = subject.value.startswith(_PLACES)
    name = subject.value.removeprefix(_PLACES) if area else subject.value.rpartition("#")[2].removesuffix(_KIND).lower()
    return describe(
        mint("figure", "area" if area else "kind", name),
        *types(SX["Figure"], PROV["Entity"]),
        (SKOS["prefLabel"], english(f"number of facts: {graph.label(subject) if area else name}")),
        (SX["counts"], subject),
        (SX["factCount"], _number(figure.facts.total())),
        (SX["documentCount"], _number(len(figure.documents))),
        *((SX[f"{certainty}Count"], _number(figure.facts[certainty])) for certainty in CERTAINTIES),
    )


def _number(number: int) -> Literal:
    return Literal(str(number), datatype=XSD["integer"])
