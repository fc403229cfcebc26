"""Deciding: what a command was given and a graph folder go in, a decision is kept in decisions.ttl and comes out.

What is decided is looked up in the graph as it stands, so that the decision says beside the IRI what finds the fact
again. A new verdict replaces those on the same fact that it contradicts. The next build applies it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import NamedNode

from shanxi_kg.decisions import fields
from shanxi_kg.decisions.file import add_decisions, read_decisions
from shanxi_kg.decisions.known import KnownFact, document_called, known_facts, labels
from shanxi_kg.decisions.model import (
    DecidedFact,
    Decision,
    FactDecision,
    Merge,
    Split,
    Stamp,
    Verdict,
    active,
    mint_decision,
    result,
)
from shanxi_kg.decisions.reading import contradict
from shanxi_kg.errors import GraphError, UsageError
from shanxi_kg.namespaces import ID, mint, slug
from shanxi_kg.ontology import preferred_label

ENTITIES = ("agreement", "indicator", "organization", "person", "place", "platform", "policy", "post", "regulation")
"""What may be merged and split; all else belongs to one document or is a word of the ontology."""


def decide(
    folder: Path, verdict: Verdict, facts: Sequence[NamedNode], stamp: Stamp, values: Mapping[str, str] | None = None
) -> tuple[FactDecision, ...]:
    """Keep a verdict on facts of a graph folder, with corrected `values` by field, and return the decisions.

    Raises GraphError where the graph has no such fact, or an accepted one is in quarantine; UsageError where a value
    does not fit its field. Then nothing is kept.
    """
    before = active(read_decisions(folder))
    found = [fact_called(folder, iri) for iri in facts]
    made = [one for fact in found for one in _verdicts(fact, verdict, stamp, values or {}, before)]
    add_decisions(folder, made)
    return tuple(made)


def merge(folder: Path, kept: NamedNode, merged: Sequence[NamedNode], stamp: Stamp, label: str = "") -> Merge:
    """Keep the decision that entities are one; without a label the kept entity goes on under the one that it has.

    Raises GraphError where the graph does not know one of them, UsageError where they are of different sorts.
    """
    known = labels(folder)
    for entity in (kept, *merged):
        _check_entity(entity, known)
        if _sort(entity) != _sort(kept):
            raise UsageError(f"{_short(entity)}: a {_sort(entity)} cannot be merged into a {_sort(kept)}")
    if kept in merged:
        raise UsageError(f"{_short(kept)}: cannot be merged into itself; name another entity")
    named = preferred_label(kept) or label or _decided_label(kept, folder) or known[kept]
    others = tuple(sorted(set(merged), key=lambda iri: iri.value))
    iri = mint_decision("merge", stamp, kept.value, named, *(one.value for one in others))
    decision = Merge(iri, kept, others, named, stamp)
    add_decisions(folder, [decision])
    return decision


def split(folder: Path, entity: NamedNode, documents: Sequence[str], label: str, stamp: Stamp) -> Split:
    """Keep the decision that these documents, by name, tell of another entity than this one, which gets the label.

    Raises GraphError where the graph knows no such entity or document, UsageError where the label is its own.
    """
    _check_entity(entity, labels(folder))
    new = mint(_sort(entity), slug(label))
    if new == entity:
        raise UsageError(f"{label}: is what {_short(entity)} is called already; give the other entity another label")
    iris = tuple(document_called(folder, name) for name in sorted(set(documents)))
    iri = mint_decision("split", stamp, entity.value, new.value, *(one.value for one in iris))
    decision = Split(iri, entity, iris, new, label, stamp)
    add_decisions(folder, [decision])
    return decision


def fact_called(folder: Path, iri: NamedNode) -> KnownFact:
    """Return a fact of a graph folder, published or in quarantine; GraphError where there is none of that IRI."""
    kind, _, rest = iri.value.removeprefix(ID).partition("/")
    document = mint("document", unquote(rest.rpartition("/")[0]))
    found = (fact for fact in known_facts(folder, document) if fact.iri == iri)
    fact = next(found, None) if kind == "fact" else None
    if fact is None:
        raise GraphError(f"{iri.value}: the graph has no such fact; `shanxi-kg query facts` lists those that it has")
    return fact


def _verdicts(
    fact: KnownFact, verdict: Verdict, stamp: Stamp, values: Mapping[str, str], before: Sequence[Decision]
) -> tuple[FactDecision, ...]:
    if verdict == Verdict.ACCEPT and fact.violations:
        reason = " ".join(fact.violations)
        raise GraphError(f"{_short(fact.iri)}: is in quarantine: {reason} It cannot be accepted; correct or reject it")
    read = {field: read_value(fact, field, value) for field, value in values.items()} or {"": ""}
    return tuple(_verdict(fact, verdict, stamp, field, value, before) for field, value in read.items())


def read_value(fact: KnownFact, field: str, value: str) -> str:
    """Return a corrected value in normal form; UsageError where a fact has no such field, or the value does not fit."""
    try:
        return fields.normal(fact.kind, field, value)
    except ValueError as error:
        raise UsageError(f"{_short(fact.iri)}: {error}") from error


def _verdict(
    fact: KnownFact, verdict: Verdict, stamp: Stamp, field: str, value: str, before: Sequence[Decision]
) -> FactDecision:
    counted = dict(fact.values).get("value", "")
    decided = DecidedFact(fact.iri, fact.document, fact.kind, fact.subjects, fact.quote, counted)
    made = FactDecision(fact.iri, verdict, decided, stamp, field, value)
    replaced = tuple(one.iri for one in before if contradict(made, one))
    about = (fact.iri.value, field, value, *(iri.value for iri in replaced))
    iri = mint_decision(verdict.value, stamp, *about)
    return FactDecision(iri, verdict, decided, stamp, field, value, replaced)


def _check_entity(entity: NamedNode, known: Mapping[NamedNode, str]) -> None:
    if _sort(entity) not in ENTITIES:
        sorts = ", ".join(ENTITIES)
        raise UsageError(f"{_short(entity)}: is nothing that can be merged or split; name one of these: {sorts}")
    if entity not in known and not preferred_label(entity):
        raise GraphError(f"{_short(entity)}: the graph knows nothing of it; `shanxi-kg query facts` lists what it has")


def _decided_label(entity: NamedNode, folder: Path) -> str:
    decided = (one for one in active(read_decisions(folder)) if not isinstance(one, FactDecision))
    return next((one.label for one in decided if result(one) == entity), "")


def _sort(entity: NamedNode) -> str:
    return _short(entity).partition("/")[0]


def _short(iri: NamedNode) -> str:
    return iri.value.removeprefix(ID)
