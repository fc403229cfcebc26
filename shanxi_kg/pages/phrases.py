"""Facts in words: a pattern and the values of its slots go in, the pieces of a sentence come out.

A pattern is a text with slots: `{area}` gives the values of that slot, `{about:name}` the words of `name` with the
link of `about`, `{about|an agreement}` fixed words with that link. What stands in `[…]` is left out where one of its
slots is empty. The patterns are data (`phrases.toml`), one a kind of fact and language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shanxi_kg.resources import PACKAGE

_PART = re.compile(r"\[(?P<optional>[^\]]*)\]|\{(?P<slot>\w+)(?::(?P<words>\w+))?(?:\|(?P<fixed>[^}]*))?\}")
_AND = {"en": " and ", "zh": "和"}
_COMMA = {"en": ", ", "zh": "、"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a sentence, and the IRI of what they name, if they name something."""

    text: str
    iri: str | None = None


Slots = Mapping[str, Sequence[Piece]]


@cache
def patterns(language: str) -> Mapping[str, str]:
    """Return the pattern of each kind of fact in a language."""
    entries = tomllib.loads((PACKAGE / "pages" / "phrases.toml").read_text("utf-8"))
    return {kind: entry[language] for kind, entry in entries.items()}


def sentence(kind: str, slots: Slots, language: str) -> tuple[Piece, ...]:
    """Return the sentence of a fact of that kind.

    >>> slots = {"speaker": [Piece("Yao Li", "urn:1")], "about": [Piece("x", "urn:2")], "quote": [Piece("It works")]}
    >>> "".join(piece.text for piece in sentence("statement", slots, "en"))
    'Yao Li: “It works”'
    """
    return tuple(_pieces(patterns(language)[kind], slots, language))


def _pieces(pattern: str, slots: Slots, language: str) -> Iterator[Piece]:
    position = 0
    for part in _PART.finditer(pattern):
        yield from _plain(pattern[position : part.start()])
        position = part.end()
        if part["optional"] is None:
            yield from _slot(part, slots, language)
        elif all(slots.get(inner["words"] or inner["slot"]) for inner in _PART.finditer(part["optional"])):
            yield from _pieces(part["optional"], slots, language)
    yield from _plain(pattern[position:])


def _slot(part: re.Match[str], slots: Slots, language: str) -> Iterator[Piece]:
    named = slots.get(part["slot"], ())
    if part["words"] or part["fixed"]:
        words = slots.get(part["words"] or "", ())
        text = part["fixed"] or (words[0].text if words else named[0].text if named else "")
        yield Piece(text, named[0].iri if named else None)
    else:
        yield from listed(named, language)


def listed(pieces: Sequence[Piece], language: str) -> Iterator[Piece]:
    """Yield pieces with the commas and the 'and' of a list between them.

    >>> "".join(piece.text for piece in listed([Piece("A"), Piece("B"), Piece("C")], "en"))
    'A, B and C'
    """
    for number, piece in enumerate(pieces):
        if number:
            yield Piece(_AND[language] if number == len(pieces) - 1 else _COMMA[language])
        yield piece


def _plain(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(text)
