"""What people decide: frozen values, each with who decided it, when and why. Nothing here reads a file or a graph.

A decision on a fact names the fact's IRI and, beside it, what finds the fact again where that IRI has changed: its
document, kind, subjects and quote. A merge and a split decide on an entity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode

from shanxi_kg.namespaces import digest, mint


class Verdict(StrEnum):
    """What may be decided on a fact; the values are the commands' names."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who decided, on which day (ISO 8601) and for what reason."""

    author: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecidedFact:
    """A fact as it was when somebody decided on it.

    `kind` is the kind's name in lower case; `subjects` are what it is about and, for an indicator, what it counts, with
    the `value` that it had; `quote` are its words.
    """

    iri: NamedNode
    document: NamedNode
    kind: str
    subjects: tuple[NamedNode, ...]
    quote: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class FactDecision:
    """A verdict on one fact; a correction gives the `field` and the `value` that it gets, empty where it gets none."""

    iri: NamedNode
    verdict: Verdict
    fact: DecidedFact
    stamp: Stamp
    field: str = ""
    value: str = ""
    replaces: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Entities that are one: `merged` are from now on `kept`, whose preferred label is `label`."""

    iri: NamedNode
    kept: NamedNode
    merged: tuple[NamedNode, ...]
    label: str
    stamp: Stamp
    replaces: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """An entity that is two: what `documents` call `entity` is from now on `new`, whose preferred label is `label`."""

    iri: NamedNode
    entity: NamedNode
    documents: tuple[NamedNode, ...]
    new: NamedNode
    label: str
    stamp: Stamp
    replaces: tuple[NamedNode, ...] = ()


Decision = FactDecision | Merge | Split


def verb(decision: Decision) -> str:
    """Return the name of the command that takes such a decision, such as 'accept' or 'merge'."""
    return decision.verdict.value if isinstance(decision, FactDecision) else type(decision).__name__.lower()


def sources(decision: Merge | Split) -> tuple[NamedNode, ...]:
    """Return the entities that a merge or a split does away with, a split in its documents only."""
    return decision.merged if isinstance(decision, Merge) else (decision.entity,)


def result(decision: Merge | Split) -> NamedNode:
    """Return the entity that comes out of a merge or a split."""
    return decision.kept if isinstance(decision, Merge) else decision.new


def mint_decision(verb: str, stamp: Stamp, *about: str) -> NamedNode:
    """Return the IRI of a decision, by its content: deciding the same twice on one day is one decision."""
    return mint("decision", digest(verb, *about, stamp.author, stamp.date, stamp.reason))


def active(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that no later one replaces, the older first."""
    known = tuple(decisions)
    replaced = {iri for decision in known for iri in decision.replaces}
    return tuple(sorted((one for one in known if one.iri not in replaced), key=in_order))


def in_order(decision: Decision) -> tuple[str, str]:
    """Return the key by which decisions are sorted: the day, then the IRI."""
    return decision.stamp.date, decision.iri.value


def for_document(decisions: Iterable[Decision], document: NamedNode) -> tuple[Decision, ...]:
    """Return the active decisions that can bear on a document: those that name it, and all merges.

    What a build makes of a document depends on its text and on these; nothing else of `decisions.ttl` matters to it.
    """
    return tuple(decision for decision in active(decisions) if _bears_on(decision, document))


def fingerprint(decisions: Iterable[Decision], document: NamedNode) -> str:
    """Return a digest of the decisions that can bear on a document; equal digests give equal results."""
    return digest(*map(repr, for_document(decisions, document)), length=64)


def _bears_on(decision: Decision, document: NamedNode) -> bool:
    if isinstance(decision, FactDecision):
        return decision.fact.document == document
    return isinstance(decision, Merge) or document in decision.documents
