"""The values that reading gives: mentions, and sentences with all that was found in them."""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.dates import DateExpression
from shanxi_kg.documents import Document
from shanxi_kg.facts import Area, Body, Evidence
from shanxi_kg.language import Sentence
from shanxi_kg.quantities import Quantity


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A named area. `keys` are the authority file's candidates, likeliest first; none for an area it does not have."""

    start: int
    end: int
    name: str
    keys: tuple[str, ...]

    @property
    def area(self) -> Area:
        """The area in its likeliest reading."""
        return Area(self.name, self.keys[0] if self.keys else None)


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A named public body. `identity` is alike for all names of one body; `body` has the document's longest name."""

    start: int
    end: int
    identity: str
    body: Body
    is_alias: bool = False


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person, by full name; `name` is the full name also where the text has the family name alone."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with what it names. Everything is in the order of the text."""

    number: int
    sentence: Sentence
    places: tuple[PlaceName, ...]
    bodies: tuple[BodyMention, ...]
    persons: tuple[PersonMention, ...]
    dates: tuple[DateExpression, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the extraction rules see it."""

    document: Document
    sentences: tuple[ReadSentence, ...]

    def words(self, start: int, end: int) -> str:
        """Return the document's words from `start` to `end`, line breaks and runs of spaces made one space."""
        return " ".join(self.document.text[start:end].split())

    def evidence(self, start: int, end: int) -> Evidence:
        """Return the span as evidence, cut out of the document's text."""
        return Evidence(start, end, self.document.text[start:end])
