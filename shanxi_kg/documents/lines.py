r"""Lines and spans of a text: what ends a line here, and how a byte or character offset becomes a line number.

A line ends at `\n`, `\r\n` or `\r` and nowhere else (`str.splitlines` also cuts at form feeds and U+2028, which would
let reported lines drift from those of an editor).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BYTE_ORDER_MARK = "\ufeff"
_CONTENT = re.compile(r"[^\r\n]+")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’)）」]*$")
_BREAK = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """A stretch of a text, end exclusive, counted in Unicode code points."""

    start: int
    end: int


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without white space and byte order marks at its edges.

    >>> trimmed("  two words ", 0, 12)
    Span(start=2, end=11)
    """
    while start < end and (text[start].isspace() or text[start] == BYTE_ORDER_MARK):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == BYTE_ORDER_MARK):
        end -= 1
    return Span(start, end)


def lines(text: str) -> Iterator[Span]:
    r"""Yield the lines that hold anything but white space, trimmed.

    >>> list(lines("one\r\n \n two\n"))
    [Span(start=0, end=3), Span(start=8, end=11)]
    """
    for match in _CONTENT.finditer(text):
        span = trimmed(text, *match.span())
        if span.start < span.end:
            yield span


def line_breaks(text: str, start: int = 0, end: int | None = None) -> int:
    r"""Count the line breaks in a stretch of the text; a Windows break counts once.

    >>> line_breaks("a\r\nb\rc\n")
    3
    """
    return sum(1 for _ in _BREAK.finditer(text, start, len(text) if end is None else end))


def is_sentence(line: str) -> bool:
    """Say whether a line ends as a sentence does, closing quotes and brackets aside.

    >>> is_sentence('He said: "It opened."'), is_sentence("Tax rule")
    (True, False)
    """
    return _SENTENCE_END.search(line, max(0, len(line) - 5)) is not None
