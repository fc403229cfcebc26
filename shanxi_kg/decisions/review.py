"""The review: a graph folder goes in, what nobody has decided on yet comes out, what needs it most first.

Also the decisions that match nothing any more. Nothing here talks to the reviewer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from shanxi_kg.decisions.file import read_decisions
from shanxi_kg.decisions.known import KnownFact, applications, document_called, known_facts, labels
from shanxi_kg.decisions.model import Decision, FactDecision, active, sources
from shanxi_kg.folders import CONFLICTS, settled
from shanxi_kg.namespaces import ID
from shanxi_kg.turtle import parse_file

STATES = ("quarantined", "conflicting", "ambiguous", "inferred", "new")
"""Why a fact is to be looked at, in the order in which they are shown; 'new' are the stated ones."""

_CONFLICT, _FACTS = ID + "conflict/", ID + "fact/"


@dataclass(frozen=True, slots=True)
class Pending:
    """A fact that nobody has decided on, and why it is to be looked at."""

    fact: KnownFact
    state: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Which facts to review; None means all. `document` is a document's name."""

    kind: str | None = None
    certainty: str | None = None
    document: str | None = None
    state: str | None = None

    def takes(self, pending: Pending) -> bool:
        """Say whether a fact is chosen."""
        fact = pending.fact
        pairs = ((self.kind, fact.kind), (self.certainty, fact.certainty), (self.state, pending.state))
        return all(wanted in {None, has} for wanted, has in pairs)


def pending(folder: Path, choice: Choice = Choice()) -> tuple[Pending, ...]:
    """Return the chosen facts that no active decision is on, what needs a decision most first.

    Raises GraphError where the folder is none, or has no document of the chosen name.
    """
    decided, conflicting = _decided(folder), _conflicting(folder)
    document = document_called(folder, choice.document) if choice.document else None
    facts = (fact for fact in known_facts(folder, document) if fact.iri not in decided)
    found = [Pending(fact, _state(fact, conflicting)) for fact in facts]
    return tuple(sorted(filter(choice.takes, found), key=lambda one: STATES.index(one.state)))


def orphaned(folder: Path) -> tuple[Decision, ...]:
    """Return the active decisions that the graph answers to in no way: not applied, and nothing there to apply them to.

    A decision that waits for the next build, because what it is on is there, is none of them.
    """
    applied, facts, entities = applications(folder), {fact.iri for fact in known_facts(folder)}, labels(folder)
    waiting = (one for one in active(read_decisions(folder)) if one.iri not in applied)
    return tuple(one for one in waiting if not _is_there(one, facts, entities))


def _is_there(decision: Decision, facts: Iterable[NamedNode], entities: Iterable[NamedNode]) -> bool:
    if isinstance(decision, FactDecision):
        return decision.fact.iri in facts
    return any(entity in entities for entity in sources(decision))


def _decided(folder: Path) -> set[NamedNode]:
    """Return the facts that active decisions name, and those that they were applied to."""
    decisions = [one for one in active(read_decisions(folder)) if isinstance(one, FactDecision)]
    applied = applications(folder) if decisions else {}
    return {iri for one in decisions for iri in (one.fact.iri, *applied.get(one.iri, ()))}


def _conflicting(folder: Path) -> set[NamedNode]:
    """Return the facts that a conflict names, where the graph folder lists conflicts; mere notes are passed over."""
    path = settled(folder) / CONFLICTS
    triples = parse_file(path) if path.exists() else ()
    named = (t.object for t in triples if isinstance(t.subject, NamedNode) and t.subject.value.startswith(_CONFLICT))
    return {term for term in named if isinstance(term, NamedNode) and term.value.startswith(_FACTS)}


def _state(fact: KnownFact, conflicting: Iterable[NamedNode]) -> str:
    if fact.violations:
        return "quarantined"
    if fact.iri in conflicting:
        return "conflicting"
    return fact.certainty if fact.certainty in STATES else "new"
