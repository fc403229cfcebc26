"""Facts to RDF: a document and its facts go in; its header and one small graph a fact come out, ready for the gate.

A fact is a node of its own with its evidence, certainty and judgements; the entities that it is about are shared by
documents. No blank nodes: every IRI is minted from content, so the same facts give the same triples.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from shanxi_kg.codes import code
from shanxi_kg.facts import Agency, Body, Statement
from shanxi_kg.namespaces import (
    DCTERMS,
    FOAF,
    LANGUAGE,
    OA,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SX,
    XSD,
    digest,
    mint,
    mint_span,
)
from shanxi_kg.triples.contents import read
from shanxi_kg.triples.context import Context
from shanxi_kg.triples.entities import agency, describe, english, organization, types
from shanxi_kg.triples.identity import canonical_body
from shanxi_kg.triples.speakers import attribution, speakers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import NamedNode, Triple

    from shanxi_kg.documents import Document
    from shanxi_kg.facts import Evidence, Fact, Judgement
    from shanxi_kg.triples.reading import Reading

__all__ = ["DocumentTriples", "FactTriples", "document_triples"]

LANGUAGES = {"en": "ENG", "zh": "ZHO"}
DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}


@dataclass(frozen=True, slots=True)
class FactTriples:
    """One fact as RDF: its IRI, the fact itself, and its triples together with all that they refer to."""

    iri: NamedNode
    fact: Fact
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class DocumentTriples:
    """One document as RDF: the triples of the document itself and those of each fact, in the order of the text."""

    document: Document
    iri: NamedNode
    header: tuple[Triple, ...]
    facts: tuple[FactTriples, ...]

    @property
    def triples(self) -> frozenset[Triple]:
        """All triples of the document, of header and facts."""
        return frozenset(self.header).union(*(fact.triples for fact in self.facts))


def document_triples(
    document: Document, facts: Sequence[Fact], names: Mapping[Fact, NamedNode] = MappingProxyType({})
) -> DocumentTriples:
    """Turn a document and its facts into RDF; of facts with the same kind and core fields the first is kept.

    A fact's IRI follows from its content, unless `names` gives it one: that of the fact that it was corrected from.
    """
    node = mint("document", document.name)
    context = _context(document, node, facts)
    readings: dict[NamedNode, tuple[Fact, Reading]] = {}
    for fact in facts:
        reading = read(fact.content, context)
        minted = mint("fact", document.name, digest(fact.kind, reading.about.iri.value, reading.core))
        iri = names.get(fact, minted)
        readings.setdefault(iri, (fact, reading))
    mentions = _mentions((reading for _, reading in readings.values()), context)
    return DocumentTriples(
        document,
        node,
        _header(document, node),
        tuple(
            FactTriples(iri, fact, _fact(iri, fact, reading, context, mentions))
            for iri, (fact, reading) in readings.items()
        ),
    )


def _header(document: Document, node: NamedNode) -> tuple[Triple, ...]:
    issued = document.issued
    return describe(
        node,
        *types(SCHEMA["NewsArticle"], FOAF["Document"], PROV["Entity"]),
        (DCTERMS["title"], Literal(document.title, language=document.language) if document.title else None),
        (DCTERMS["issued"], Literal(issued, datatype=XSD[DATES.get(len(issued), "string")]) if issued else None),
        (DCTERMS["language"], LANGUAGE[LANGUAGES.get(document.language, "UND")]),
        (SX["sourceName"], Literal(document.source) if document.source else None),
        (SX["sha256"], Literal(document.sha256)),
        (SX["textFile"], Literal(f"sources/{document.name}.txt")),
    )


def _fact(
    iri: NamedNode, fact: Fact, reading: Reading, context: Context, mentions: Mapping[NamedNode, tuple[Triple, ...]]
) -> tuple[Triple, ...]:
    """Return all triples of one fact: the fact node, and whatever it refers to outside the authority files."""
    name = fact.content.speaker if isinstance(fact.content, Statement) else fact.speaker
    source, agent = attribution(name, context) if name else ("reporter", None)
    judgements = {_judgement_iri(iri, found, context): found for found in fact.judgements}
    node = describe(
        iri,
        *types(SX["Fact"], SX[f"{fact.kind.title()}Fact"], PROV["Entity"]),
        (RDFS["label"], english(f"{fact.kind}: {reading.about.label}")),
        (SX["inDocument"], context.node),
        (SX["about"], reading.about.iri),
        (SX["certainty"], code("certainty", fact.certainty)),
        (SX["attribution"], code("attribution", source)),
        (SX["saidBy"], agent.iri if agent else None),
        (SX["heading"], Literal(fact.heading, language=context.document.language) if fact.heading else None),
        (SX["evidence"], mint_span(context.node, fact.evidence.start, fact.evidence.end)),
        *((SX["claim"], mint_span(context.node, claim.start, claim.end)) for claim in fact.claims),
        *((SX["judgement"], judgement) for judgement in judgements),
        *reading.values,
    )
    spans = (_span(span, context) for span in (fact.evidence, *fact.claims))
    told = (*reading.entities, agent) if agent else reading.entities
    named = (mentions.get(entity.iri, ()) for entity in told)
    judged = (_judgement(*found) for found in judgements.items())
    parts = (node, *spans, *judged, *(entity.triples for entity in told), *named, reading.triples)
    return tuple(dict.fromkeys(triple for part in parts for triple in part))


def _span(span: Evidence, context: Context) -> tuple[Triple, ...]:
    number = XSD["nonNegativeInteger"]
    return describe(
        mint_span(context.node, span.start, span.end),
        *types(
            SX["TextSpan"], OA["SpecificResource"], OA["TextPositionSelector"], OA["TextQuoteSelector"], PROV["Entity"]
        ),
        (OA["hasSource"], context.node),
        (OA["start"], Literal(str(span.start), datatype=number)),
        (OA["end"], Literal(str(span.end), datatype=number)),
        (OA["exact"], Literal(span.quote)),
    )


def _judgement_iri(fact: NamedNode, judgement: Judgement, context: Context) -> NamedNode:
    key = digest(fact.value, judgement.rule, judgement.field, judgement.reading)
    return mint("judgement", context.document.name, key)


def _judgement(iri: NamedNode, judgement: Judgement) -> tuple[Triple, ...]:
    return describe(
        iri,
        (RDF["type"], SX["Judgement"]),
        (SX["certainty"], code("certainty", judgement.certainty)),
        (SX["rule"], Literal(judgement.rule)),
        (SX["field"], Literal(judgement.field)),
        (RDFS["comment"], english(judgement.reading)),
    )


def _mentions(readings: Iterable[Reading], context: Context) -> dict[NamedNode, tuple[Triple, ...]]:
    """Return, by entity, the longest name that the document uses for it, of equals the first."""
    names: dict[NamedNode, str] = {}
    for entity in (entity for reading in readings for entity in reading.entities):
        if entity.name is not None and len(entity.name) > len(names.get(entity.iri, "")):
            names[entity.iri] = entity.name
    return {iri: _mention(iri, name, context) for iri, name in names.items()}


def _mention(entity: NamedNode, name: str, context: Context) -> tuple[Triple, ...]:
    return describe(
        mint("mention", context.document.name, digest(entity.value)),
        (RDF["type"], SX["Mention"]),
        (SX["inDocument"], context.node),
        (SX["mentionOf"], entity),
        (SX["surfaceForm"], Literal(name, language=context.document.language)),
    )


def _context(document: Document, node: NamedNode, facts: Sequence[Fact]) -> Context:
    """Return the context with the bodies that the facts tell of, so that a bare name finds the body it is short for.

    Known bodies first; then those told apart by their area; then units, which are told apart by their parent.
    """
    context = Context(document, node, speakers=speakers_of(facts))
    agencies = [fact.content for fact in facts if isinstance(fact.content, Agency) and fact.content.body.key is None]
    parented = {canonical_body(found.body.name).casefold() for found in agencies if found.parent}
    for body in _bodies_in(facts):
        if body.key is not None:
            context.bodies.setdefault(canonical_body(body.name).casefold(), organization(body, context))
    for found in agencies:
        name = canonical_body(found.body.name).casefold()
        if name not in parented:
            context.bodies.setdefault(name, agency(found.body, None, found.area, context))
    for found in agencies:
        if found.parent:
            unit = agency(found.body, found.parent, found.area, context)
            context.units.setdefault(canonical_body(found.body.name).casefold(), unit)
    return context


def _bodies_in(facts: Sequence[Fact]) -> Iterator[Body]:
    fields = ("parties", "body", "parent", "members", "organization")
    for fact in facts:
        for value in (getattr(fact.content, name, None) for name in fields):
            yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Body))
