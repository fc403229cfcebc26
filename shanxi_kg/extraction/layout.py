"""A sentence laid out for token grammars: its words in lower case, and the mentions by their tokens."""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Area, Body
from shanxi_kg.language import Token
from shanxi_kg.mentions import ReadSentence


@dataclass(frozen=True, slots=True)
class Named:
    """A name by its tokens, `first` to `last`, and what it names: a person's full name, a body or an area."""

    first: int
    last: int
    what: str | Body | Area


@dataclass(frozen=True, slots=True)
class Layout:
    """A sentence with its words, and its persons and units (bodies and areas) by their first and last tokens."""

    context: Context
    read: ReadSentence
    low: tuple[str, ...]
    persons: dict[int, Named]
    persons_by_end: dict[int, Named]
    units: dict[int, Named]
    units_by_end: dict[int, Named]

    @classmethod
    def of(cls, context: Context, read: ReadSentence) -> Layout:
        """Lay out a sentence."""
        persons = [_named(read, p.start, p.end, p.name) for p in read.persons]
        bodies = [_named(read, b.start, b.end, b.body) for b in read.bodies]
        places = [_named(read, p.start, p.end, p.area) for p in read.places]
        units = sorted([*places, *bodies], key=lambda named: (isinstance(named.what, Body), named.last - named.first))
        return cls(
            context,
            read,
            tuple(token.text.lower() for token in read.sentence.tokens),
            {named.first: named for named in persons},
            {named.last: named for named in persons},
            {named.first: named for named in units},
            {named.last: named for named in units},
        )

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.read.sentence.tokens

    def word(self, i: int) -> str:
        """Return the word at `i` in lower case, an empty one beyond the ends."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def words(self, first: int, last: int) -> str:
        """Return the document's words from token `first` to token `last`."""
        return self.context.words(self.tokens[first].start, self.tokens[last].end)

    def is_capital(self, i: int) -> bool:
        """Tell whether the word at `i` is capitalised."""
        return 0 <= i < len(self.low) and self.tokens[i].text[:1].isupper()


def _named(read: ReadSentence, start: int, end: int, what: str | Body | Area) -> Named:
    first, last = read.sentence.at(start), read.sentence.at(end - 1)
    return Named(first or 0, last if last is not None else len(read.sentence.tokens) - 1, what)
