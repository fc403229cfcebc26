"""The replay: a document's facts and the decisions go in, its triples as people decided come out, ready for the gate.

The machine's own reading comes first and gives each fact its IRI, which it keeps whatever is decided on it. A decision
applies to the fact of its IRI, else to the one fact of the same document, kind and subject (an indicator also finds its
fact by what it counts and the value); of several, to the one with the same words. A rejected fact is as if it had never
been read; a corrected one keeps the machine's value beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.decisions import fields
from shanxi_kg.decisions.entities import identities, occurring, redirected
from shanxi_kg.decisions.model import DecidedFact, Decision, FactDecision, Verdict, for_document
from shanxi_kg.documents import Document
from shanxi_kg.facts import Certainty, Fact, Judgement
from shanxi_kg.namespaces import PROV, SX, digest, mint
from shanxi_kg.triples import DocumentTriples, FactTriples, document_triples
from shanxi_kg.triples.entities import describe, types

RULE = "correction"
"""The rule of a judgement that a person made in the place of the machine."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A decision that was applied, and to which fact or entity; `moved` where it names the fact by another IRI."""

    decision: NamedNode
    target: NamedNode
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Replayed:
    """A document as people decided, and the decisions that were applied to it."""

    triples: DocumentTriples
    applied: tuple[Applied, ...] = ()


Matches = Mapping[NamedNode, Sequence[FactDecision]]


def replay(document: Document, facts: Sequence[Fact], decisions: Iterable[Decision] = ()) -> Replayed:
    """Turn a document's facts into triples with all decisions applied that bear on the document."""
    machine = document_triples(document, facts)
    known = for_document(decisions, machine.iri)
    if not known:
        return Replayed(machine)
    given = identities(known, machine.iri)
    applied, matches = _matched(machine, known)
    decided = _decided(machine, matches)
    applied += [
        Applied(decision, entity)
        for entity, found in occurring(decided.facts, given).items()
        for decision in found.decisions
    ]
    told = _once(redirected(decided.facts, given, document.name), decided.facts)
    header = (*decided.header, *(Triple(one.decision, SX["appliedTo"], one.target) for one in applied))
    return Replayed(replace(decided, header=header, facts=told), tuple(applied))


def _matched(machine: DocumentTriples, known: Sequence[Decision]) -> tuple[list[Applied], Matches]:
    """Return what applies to which fact; on one fact, a decision that names its very IRI comes last and prevails."""
    found: list[tuple[FactDecision, FactTriples]] = []
    for decision in (one for one in known if isinstance(one, FactDecision)):
        fact = _fact_of(decision, machine.facts)
        if fact is not None:
            found.append((decision, fact))
    found.sort(key=lambda pair: pair[0].fact.iri == pair[1].iri)
    matches: dict[NamedNode, list[FactDecision]] = {}
    for decision, fact in found:
        matches.setdefault(fact.iri, []).append(decision)
    return [Applied(one.iri, fact.iri, one.fact.iri != fact.iri) for one, fact in found], matches


def _fact_of(decision: FactDecision, facts: Sequence[FactTriples]) -> FactTriples | None:
    """Return the fact of the decision's IRI, else the one of its kind and subject, of several that of its words."""
    found = [fact for fact in facts if fact.iri == decision.fact.iri]
    found = found or [fact for fact in facts if fact.fact.kind == decision.fact.kind and _is_alike(fact, decision.fact)]
    if len(found) > 1:
        found = [fact for fact in found if fact.fact.evidence.quote == decision.fact.quote]
    return found[0] if len(found) == 1 else None


def _is_alike(fact: FactTriples, wanted: DecidedFact) -> bool:
    """Say whether a fact is about the same thing, or counts the same with the same value."""
    about = _objects(fact.triples, fact.iri, SX["about"])
    counted = [term for thing in about for term in _objects(fact.triples, thing, SX["indicator"])]
    if not set(wanted.subjects).isdisjoint(about):
        return True
    return not set(wanted.subjects).isdisjoint(counted) and fields.written(fact.fact.content, "value") == wanted.value


def _objects(triples: Iterable[Triple], subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    found = (triple.object for triple in triples if triple.subject == subject and triple.predicate == predicate)
    return [term for term in found if isinstance(term, NamedNode)]


def _decided(machine: DocumentTriples, matches: Matches) -> DocumentTriples:
    """Return a document without its rejected facts and with its corrections, each fact under the machine's IRI."""
    if all(decision.verdict == Verdict.ACCEPT for found in matches.values() for decision in found):
        return machine
    kept = [fact for fact in machine.facts if not _is_rejected(matches.get(fact.iri, ()))]
    decided: dict[Fact, FactTriples] = {}
    for fact in kept:
        decided.setdefault(_corrected(fact.fact, matches.get(fact.iri, ())), fact)
    names = {fact: read.iri for fact, read in decided.items()}
    again = document_triples(machine.document, tuple(decided), names)
    noted = (
        replace(fact, triples=(*fact.triples, *_corrections(decided[fact.fact], matches.get(fact.iri, ()), again)))
        for fact in again.facts
    )
    return replace(again, facts=tuple(noted))


def _is_rejected(decisions: Sequence[FactDecision]) -> bool:
    return bool(decisions) and decisions[-1].verdict == Verdict.REJECT


def _corrected(fact: Fact, decisions: Sequence[FactDecision]) -> Fact:
    for decision in decisions:
        if decision.verdict == Verdict.CORRECT:
            content = fields.correct(fact.content, decision.field, decision.value)
            fact = replace(fact, content=content, judgements=tuple(_judged(fact, decision)))
    return fact


def _judged(fact: Fact, decision: FactDecision) -> Iterator[Judgement]:
    """Yield a fact's judgements; those on a corrected field give way to one by the person who corrected it."""
    names = {decision.field, fields.field_of(fact.kind, decision.field).attribute}
    yield from (judgement for judgement in fact.judgements if judgement.field not in names)
    if any(judgement.field in names for judgement in fact.judgements):
        reading = f"{decision.stamp.author} read it so: {decision.stamp.reason}"
        yield Judgement(Certainty.INFERRED, RULE, decision.field, reading)


def _corrections(
    machine: FactTriples, decisions: Sequence[FactDecision], document: DocumentTriples
) -> tuple[Triple, ...]:
    """Return, for each corrected field, what the machine had read and which decision changed it: the last one."""
    last = {decision.field: decision for decision in decisions if decision.verdict == Verdict.CORRECT}
    return tuple(triple for one in last.values() for triple in _correction(machine, one, document.document.name))


def _correction(machine: FactTriples, decision: FactDecision, document: str) -> tuple[Triple, ...]:
    node = mint("corrected-field", document, digest(machine.iri.value, decision.field))
    value = fields.written(machine.fact.content, decision.field)
    return (
        Triple(machine.iri, SX["correctedField"], node),
        *describe(
            node,
            *types(SX["CorrectedField"], PROV["Entity"]),
            (SX["field"], Literal(decision.field)),
            (SX["correctedValue"], Literal(decision.value)),
            (SX["machineValue"], Literal(value) if value else None),
            (PROV["wasDerivedFrom"], decision.iri),
        ),
    )


def _once(facts: Sequence[FactTriples], before: Sequence[FactTriples]) -> tuple[FactTriples, ...]:
    """Return each fact once: where two now say the same of one entity, the one that was not renamed, else the first."""
    untouched = {fact.iri for fact, old in zip(facts, before, strict=True) if _core(fact) == _core(old)}
    kept: dict[object, NamedNode] = {}
    for fact in sorted(facts, key=lambda fact: fact.iri not in untouched):
        kept.setdefault(_core(fact), fact.iri)
    return tuple(fact for fact in facts if fact.iri in kept.values())


def _core(fact: FactTriples) -> tuple[str, frozenset[NamedNode]]:
    """Return what makes a fact the fact that it is: its kind, what it is about, and for a post the person."""
    about, person = (_objects(fact.triples, fact.iri, SX[name]) for name in ("about", "person"))
    return fact.fact.kind, frozenset((*about, *person))
