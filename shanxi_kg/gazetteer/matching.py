"""Exact search for many names at once: whole words, the leftmost first, of those the longest."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIRST_CHINESE = "\N{CJK RADICAL REPEAT}"
# One character for one, so that offsets stay: apostrophes as they are printed, and white space inside a name.
PLAIN = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'") | dict.fromkeys("\n\N{NO-BREAK SPACE}\N{THIN SPACE}", " "))


class Matcher:
    """Finds the given names in a text whose apostrophes and spaces are plain."""

    def __init__(self, names: Iterable[str]) -> None:
        self._automaton = AhoCorasick(sorted(names))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Give start and end of each name, none overlapping another.

        >>> list(Matcher(["Xi'an", "An"]).spans("Xi'an's An"))
        [(0, 5), (8, 10)]
        """
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        whole = [(start, -end) for _, start, end in matches if _is_whole(text, start, end)]
        last = 0
        for start, negative_end in sorted(whole):
            if start >= last:
                last = -negative_end
                yield start, last


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] is no part of a longer word; an apostrophe is part of one, but for a possessive."""
    before, after = text[max(0, start - 2) : start], text[end : end + 3]
    if _in_word(before[-1:]) or _in_word(after[:1]):
        return False
    if before[-1:] == "'" and _in_word(before[:-1]):
        return False
    return not (after[:1] == "'" and _in_word(after[1:2])) or (after[1] in "sS" and not _in_word(after[2:3]))


def _in_word(character: str) -> bool:
    """Tell whether the character is a letter, digit, underscore or accent; Chinese characters stand apart."""
    if character == "" or character >= FIRST_CHINESE:
        return False
    return character.isalnum() or character == "_" or unicodedata.combining(character) > 0
