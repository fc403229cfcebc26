"""What every rule gets: the document as read, and the areas and periods that hold in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from shanxi_kg.extraction.areas import Areas
from shanxi_kg.extraction.periods import Periods
from shanxi_kg.facts import Content, Evidence, Fact, Judgement
from shanxi_kg.mentions import BodyMention, PersonMention, PlaceName, Reading, ReadSentence


@dataclass(frozen=True, slots=True)
class Context:
    """A document as read, with the areas and periods of its sentences."""

    reading: Reading
    areas: Areas
    periods: Periods

    @classmethod
    def of(cls, reading: Reading) -> Context:
        """Work out the areas and periods of a reading."""
        return cls(reading, Areas(reading), Periods(reading))

    def __iter__(self) -> Iterator[ReadSentence]:
        """Give the sentences in order."""
        return iter(self.reading.sentences)

    def words(self, start: int, end: int) -> str:
        """Return the document's words between two offsets, on one line."""
        return self.reading.words(start, end)

    def fact(
        self, read: ReadSentence, content: Content, start: int, end: int, judgements: Iterable[Judgement | None] = ()
    ) -> Fact:
        """Return a fact on the words from `start` to `end` of a sentence; judgements that are None are left out."""
        kept = tuple(judgement for judgement in judgements if judgement is not None)
        return Fact(content, self.reading.evidence(start, end), kept, heading=read.sentence.heading)

    def evidence(self, start: int, end: int) -> Evidence:
        """Return the span as evidence."""
        return self.reading.evidence(start, end)


Mention = TypeVar("Mention", BodyMention, PersonMention, PlaceName)


def mention_at(mentions: Iterable[Mention], offset: int) -> Mention | None:
    """Return the widest mention that covers an offset."""
    covering = [mention for mention in mentions if mention.start <= offset < mention.end]
    return max(covering, key=lambda mention: mention.end - mention.start, default=None)
