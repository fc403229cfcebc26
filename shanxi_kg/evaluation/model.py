"""What scoring takes and gives: facts as texts by column, scores, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as it is compared: the texts of each column that has any, and its span where that is known."""

    kind: str
    texts: Mapping[str, tuple[str, ...]]
    span: Span | None = None

    def text(self, column: str) -> str:
        """Return the first text of a column; empty where there is none."""
        return next(iter(self.texts.get(column, ())), "")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with the facts that a careful reader finds in it; the text is None where it is not there."""

    name: str
    facts: tuple[Told, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class Measures:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, hits: int, found: int, wanted: int) -> Measures:
        """Return the measures of `hits` among what was found and what was wanted.

        >>> Measures.of(3, 4, 6)
        Measures(precision=0.75, recall=0.5, f1=0.6)
        """
        precision = hits / found if found else 0.0
        recall = hits / wanted if wanted else 0.0
        total = precision + recall
        return cls(precision, recall, 2 * precision * recall / total if total else 0.0)


@dataclass(frozen=True, slots=True)
class Score:
    """How many facts are in the gold, how many were found, how many of these are right, and right in every field."""

    gold: int
    found: int
    core_hits: int
    full_hits: int

    def __add__(self, other: Score) -> Score:
        return Score(
            self.gold + other.gold,
            self.found + other.found,
            self.core_hits + other.core_hits,
            self.full_hits + other.full_hits,
        )

    @property
    def core(self) -> Measures:
        """The measures of facts that were found, whatever their other fields."""
        return Measures.of(self.core_hits, self.found, self.gold)

    @property
    def full(self) -> Measures:
        """The measures of facts with every field that the gold gives."""
        return Measures.of(self.full_hits, self.found, self.gold)


NO_SCORE = Score(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Miss:
    """Something wrong.

    A gold fact without a found one is 'missed', the reverse is 'spurious', a pair whose `columns` differ 'incomplete'.
    """

    document: str
    what: str
    gold: Told | None
    found: Told | None
    columns: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the facts in question."""
        told = self.gold or self.found
        return told.kind if told else ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores by kind, the rows that stand in their text of all rows that have one, and all that is wrong."""

    scores: Mapping[str, Score]
    grounded: int
    rows: int
    misses: tuple[Miss, ...]

    @property
    def total(self) -> Score:
        """The score over all kinds."""
        return sum(self.scores.values(), NO_SCORE)
