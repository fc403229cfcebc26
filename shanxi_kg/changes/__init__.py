"""What changed between two states of a graph: two states go in, differences come out, fact by fact.

A state is a graph folder, an exported file or a git revision. Only what is published counts.
"""

from __future__ import annotations

from shanxi_kg.changes.comparing import compare
from shanxi_kg.changes.model import Changes, DocumentChanges, EntityChange, FactChange, FieldChange, State, StatedFact
from shanxi_kg.changes.states import read_state
from shanxi_kg.changes.writing import WRITERS

__all__ = [
    "WRITERS",
    "Changes",
    "DocumentChanges",
    "EntityChange",
    "FactChange",
    "FieldChange",
    "State",
    "StatedFact",
    "compare",
    "read_state",
]
