"""What comparing gives: facts that are set beside one another, in what they differ, and the likely reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import NamedNode

    from shanxi_kg.conflicts.claims import Told

NOTES = frozenset({"target-and-actual", "rounding", "other-period", "other-basis", "one-side-only"})
"""The reasons that let all of the facts hold; what has one of them is a note and no conflict."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Facts set beside one another.

    `dimension` and `reason` are keys of the code lists; `key` is what identifies the comparison; `subjects` are the
    entities that the facts are about; `says` is one sentence; `expected` is what arithmetic makes of the others.
    """

    dimension: str
    reason: str
    key: tuple[str, ...]
    subjects: tuple[NamedNode, ...]
    told: tuple[Told, ...]
    label: str
    says: str
    expected: Decimal | None = None
    note: bool = False

    @property
    def is_note(self) -> bool:
        """Whether all of the facts may hold."""
        return self.note or self.reason in NOTES


@dataclass(frozen=True, slots=True)
class Copies:
    """Which documents repeat which: the document that stands for it, by document; a document alone is its own."""

    originals: Mapping[NamedNode, NamedNode]

    def original(self, document: NamedNode) -> NamedNode:
        """Return the earliest of the documents that share a text."""
        return self.originals.get(document, document)

    def same(self, told: tuple[Told, ...]) -> bool:
        """Say whether facts stand in copies of one text, and not in one document alone."""
        documents = {one.document for one in told}
        return len(documents) > 1 and len({self.original(document) for document in documents}) == 1


def ordered(told: tuple[Told, ...]) -> tuple[Told, ...]:
    """Return facts by the dates and names of their documents."""
    return tuple(sorted(told, key=lambda one: (one.issued or "9999", one.document.value, one.fact.value)))


def listed(parts: list[str], last: str = "and") -> str:
    """Join parts as English does.

    >>> listed(["109", "112", "115"], "or")
    '109, 112 or 115'
    """
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)
