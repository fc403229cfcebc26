"""What independent documents agree on: facts of several documents that say the same stand together.

Documents that copy one another count as one source. Statements are left out, since each is its document's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.conflicts.claims import Graph
from shanxi_kg.conflicts.model import Copies
from shanxi_kg.namespaces import PROV, RDF, SKOS, SX, XSD, digest, mint
from shanxi_kg.triples.entities import describe, english, types

Said = tuple[str, ...]
"""What facts have in common that say the same: the kind first, then the values."""


def corroborations(graph: Graph, copied: Copies) -> Iterator[Triple]:
    """Yield what at least two sources say, with the facts that say it, copies included."""
    facts: defaultdict[Said, list[NamedNode]] = defaultdict(list)
    for fact in graph.typed(SX["Fact"]):
        for said in _said(fact, graph):
            facts[said].append(fact)
    for said in sorted(facts):
        tellers = {graph.node(fact, SX["inDocument"]) for fact in facts[said]}
        sources = {copied.original(document) for document in tellers if document}
        if len(sources) > 1:
            yield from _written(said, facts[said], len(sources), graph)


def _written(said: Said, facts: list[NamedNode], sources: int, graph: Graph) -> tuple[Triple, ...]:
    about = graph.node(facts[0], SX["about"])
    return describe(
        mint("corroboration", said[0], digest(*said)),
        *types(SX["Corroboration"], PROV["Entity"]),
        (SKOS["prefLabel"], english(graph.label(about) if about else said[-1])),
        (SX["sourceCount"], Literal(str(sources), datatype=XSD["integer"])),
        *((SX["corroborates"], fact) for fact in facts),
    )


def _said(fact: NamedNode, graph: Graph) -> Iterator[Said]:
    about = graph.node(fact, SX["about"])
    for kind in graph.nodes(fact, RDF["type"]):
        if about and kind in _READERS:
            name = kind.value.rpartition("#")[2].removesuffix("Fact").lower()
            yield from ((name, *values) for values in _READERS[kind](fact, about, graph))


def _entity(_: NamedNode, about: NamedNode, __: Graph) -> Iterator[Said]:
    yield (about.value,)


def _indicator(fact: NamedNode, about: NamedNode, graph: Graph) -> Iterator[Said]:
    needed = [graph.text(about, SX["indicator"]), *(graph.text(fact, SX[name]) for name in ("area", "status", "value"))]
    indicator, area, status, value = needed
    if indicator and area and status and value:
        period, unit = graph.text(fact, SX["period"]) or "", graph.text(fact, SX["unit"]) or ""
        yield indicator, area, period, status, f"{Decimal(value).normalize():f}", unit


def _regulation(fact: NamedNode, about: NamedNode, graph: Graph) -> Iterator[Said]:
    for event in ("issued", "inForce"):
        day = graph.text(fact, SX[event])
        if day:
            yield event, about.value, day


def _post(fact: NamedNode, about: NamedNode, graph: Graph) -> Iterator[Said]:
    person = graph.text(fact, SX["person"])
    if person:
        yield about.value, person


_READERS: Mapping[NamedNode, Callable[[NamedNode, NamedNode, Graph], Iterator[Said]]] = {
    SX["IndicatorFact"]: _indicator,
    SX["RegulationFact"]: _regulation,
    SX["PostFact"]: _post,
    SX["AgreementFact"]: _entity,
    SX["AgencyFact"]: _entity,
    SX["PlatformFact"]: _entity,
    SX["PolicyFact"]: _entity,
}
