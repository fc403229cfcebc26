"""What people decided about facts and entities, kept in a graph folder's decisions.ttl and replayed on every build.

`read_decisions` reads the file, `replay` turns one document's facts into triples as people decided, and `orphans` names
the decisions that no document answered to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import NamedNode

from shanxi_kg.decisions.file import add_decisions, read_decisions
from shanxi_kg.decisions.model import Decision, FactDecision, Merge, Split, Stamp, Verdict, active, fingerprint, verb
from shanxi_kg.decisions.replay import Applied, Replayed, replay

__all__ = [
    "Applied",
    "Decision",
    "FactDecision",
    "Merge",
    "Replayed",
    "Split",
    "Stamp",
    "Verdict",
    "active",
    "add_decisions",
    "fingerprint",
    "orphans",
    "read_decisions",
    "replay",
    "verb",
]


def orphans(
    decisions: Iterable[Decision], applied: Iterable[Applied], unread: Collection[NamedNode] = ()
) -> tuple[Decision, ...]:
    """Return the decisions that applied to nothing; of documents that could not be read this time nothing is said."""
    used = {one.decision for one in applied}
    return tuple(one for one in active(decisions) if one.iri not in used and not _waits(one, unread))


def _waits(decision: Decision, unread: Collection[NamedNode]) -> bool:
    if isinstance(decision, FactDecision):
        return decision.fact.document in unread
    return isinstance(decision, Split) and any(document in unread for document in decision.documents)
