"""The SHACL gate: a document's facts go in; the facts that may be published and the violations of the others come out.

It fails closed. A fact that breaks a shape, or whose evidence is not in the text to the character, is quarantined with
the reason; an error inside the gate is a `GateError`, and nothing of the document is published.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from shanxi_kg.namespaces import RDF, SH, SKOS, SX, XSD, digest, mint
from shanxi_kg.ontology import authority
from shanxi_kg.triples.entities import describe
from shanxi_kg.validation.engines import ENGINES, violations
from shanxi_kg.validation.model import GateError, Violation
from shanxi_kg.validation.shacl import shape_descriptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Triple

    from shanxi_kg.triples import DocumentTriples, FactTriples

__all__ = [
    "ENGINES",
    "GateError",
    "GateResult",
    "Violation",
    "gate",
    "quarantine_triples",
    "shape_descriptions",
    "validate_graph",
]

GROUNDING = mint("shape", "Fact-grounding")
"""The one shape that SHACL cannot hold, since it needs the text: each quote is what its offsets cut out."""


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate decided about one document.

    `facts` passed and `kept_back` did not; `quarantined` says why, at least once for each fact that was kept back;
    `header` are the triples of the document itself, none where it is broken itself.
    """

    document: DocumentTriples
    header: tuple[Triple, ...]
    facts: tuple[FactTriples, ...]
    kept_back: tuple[FactTriples, ...]
    quarantined: tuple[Violation, ...]

    @property
    def published(self) -> frozenset[Triple]:
        """The triples to publish: those of the document itself and of the facts that passed."""
        return frozenset(self.header).union(*(fact.triples for fact in self.facts))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the facts that passed, one a fact."""
        return tuple(fact.fact.kind for fact in self.facts)


def gate(document: DocumentTriples) -> GateResult:
    """Decide which facts of a document may be published; GateError where that cannot be decided.

    One run over the whole document comes first; only where it does not conform is each fact looked at on its own. What
    is left is run again as a whole until it conforms, so that what is published conforms as it is published.
    """
    found = [violation for fact in document.facts for violation in _ungrounded(fact, document)]
    kept = _without(document.facts, found)
    if _broken(document, kept):
        found += [_of(fact, violation) for fact in kept for violation in _broken(document, (fact,))]
        kept = _without(kept, found)
    while report := _broken(document, kept):
        together = [_of(fact, violation) for violation in report for fact in kept if _tells_of(fact, violation.focus)]
        if not together:  # the document itself is broken: nothing of it is published
            return GateResult(document, (), (), document.facts, _once([*found, *report]))
        found += together
        kept = _without(kept, together)
    kept_back = tuple(fact for fact in document.facts if fact not in kept)
    return GateResult(document, document.header, kept, kept_back, _once(found))


def validate_graph(
    triples: Iterable[Triple], shapes: str = "shapes", *, warnings: bool = False, engine: str | None = None
) -> tuple[Violation, ...]:
    """Hold a graph against the shapes of ontology/<shapes>.ttl and return the violations, sorted; warnings where asked.

    What the authority files say of the things that the graph refers to is added before. `engine` is one of ENGINES;
    without it the fastest that is installed looks first.
    """
    given = frozenset(triples)
    found = violations(given.union(_known(given)), shapes, engine)
    return tuple(violation for violation in found if warnings or violation.severity == "Violation")


def quarantine_triples(result: GateResult) -> tuple[Triple, ...]:
    """Return what goes into the quarantine file: the facts that did not pass and a SHACL report that says why.

    Empty where all facts passed.
    """
    if not result.quarantined:
        return ()
    facts = {fact.iri.value for fact in result.kept_back}
    report = mint("report", result.document.document.name)
    results = {_result_iri(violation, result): violation for violation in result.quarantined}
    parts = (
        result.document.header,
        *(fact.triples for fact in result.kept_back),
        describe(
            report,
            (RDF["type"], SH["ValidationReport"]),
            (SH["conforms"], Literal("false", datatype=XSD["boolean"])),
            *((SH["result"], iri) for iri in results),
        ),
        *(_result(iri, violation, facts) for iri, violation in results.items()),
    )
    return tuple(dict.fromkeys(triple for part in parts for triple in part))


def _of(fact: FactTriples, violation: Violation) -> Violation:
    """Return a violation as one of that fact."""
    return replace(violation, fact=fact.iri.value, evidence=fact.fact.evidence)


def _once(found: Iterable[Violation]) -> tuple[Violation, ...]:
    return tuple(dict.fromkeys(found))


def _ungrounded(fact: FactTriples, document: DocumentTriples) -> list[Violation]:
    """Return a violation for each span of a fact that does not cut its very words out of the text."""
    text, spans = document.document.text, (fact.fact.evidence, *fact.fact.claims)
    return [
        Violation(
            fact=fact.iri.value,
            shape=GROUNDING.value,
            message=f"The words at {span.start} to {span.end} of the text must be those of the quote.",
            focus=fact.iri.value,
            value=Literal(span.quote),
            evidence=span,
        )
        for span in spans
        if text[span.start : span.end] != span.quote
    ]


def _broken(document: DocumentTriples, facts: Sequence[FactTriples]) -> tuple[Violation, ...]:
    """Return the violations, warnings apart, of a document with only these facts."""
    return validate_graph(frozenset(document.header).union(*(fact.triples for fact in facts)))


def _without(facts: Iterable[FactTriples], violations: Iterable[Violation]) -> tuple[FactTriples, ...]:
    dropped = {violation.fact for violation in violations}
    return tuple(fact for fact in facts if fact.iri.value not in dropped)


def _tells_of(fact: FactTriples, focus: str) -> bool:
    return any(triple.subject.value == focus for triple in fact.triples if isinstance(triple.subject, NamedNode))


def _known(triples: Iterable[Triple]) -> set[Triple]:
    """Return what the authority files say of the things that these triples refer to, and of what those refer to.

    Of a scheme only its type is taken, not all its concepts.
    """
    type_, scheme = RDF["type"], SKOS["ConceptScheme"]
    known: set[Triple] = set()
    told = authority()
    open_nodes = _referred(triples)
    while open_nodes := open_nodes & told.keys():
        found = {triple for node in open_nodes for triple in told[node]} - known
        schemes = {triple.subject for triple in found if triple.object == scheme}
        found = {triple for triple in found if triple.subject not in schemes or triple.predicate == type_}
        known |= found
        open_nodes = _referred(found)
    return known


def _referred(triples: Iterable[Triple]) -> set[NamedNode]:
    type_ = RDF["type"]
    objects = ((triple.object, triple) for triple in triples)
    return {value for value, triple in objects if isinstance(value, NamedNode) and triple.predicate != type_}


def _result_iri(violation: Violation, result: GateResult) -> NamedNode:
    value = str(violation.value or "")
    where = (violation.fact, violation.focus, violation.shape, violation.path or "", violation.component or "")
    return mint("violation", result.document.document.name, digest(*where, value, violation.message))


def _result(iri: NamedNode, violation: Violation, facts: set[str]) -> tuple[Triple, ...]:
    path = violation.path if violation.path and " " not in violation.path else None
    return describe(
        iri,
        (RDF["type"], SH["ValidationResult"]),
        (SX["quarantines"], NamedNode(violation.fact) if violation.fact in facts else None),
        (SH["focusNode"], NamedNode(violation.focus)),
        (SH["resultPath"], NamedNode(path) if path else None),
        (SH["value"], violation.value),
        (SH["resultMessage"], Literal(violation.message, language="en")),
        (SH["resultSeverity"], SH[violation.severity]),
        (SH["sourceShape"], NamedNode(violation.shape)),
        (SH["sourceConstraintComponent"], NamedNode(violation.component) if violation.component else None),
    )
