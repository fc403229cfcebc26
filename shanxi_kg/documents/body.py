"""The paragraphs of a document's body: its lines without headline, datelines and sources.

A line is a paragraph, and only a line break ends it; but in a file whose prose is wrapped at a fixed width, the lines
of one block are one paragraph (its text then holds line breaks).
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from shanxi_kg.documents.extracted import CELLS
from shanxi_kg.documents.lines import Span, is_sentence, line_breaks, lines, trimmed
from shanxi_kg.documents.model import Paragraph
from shanxi_kg.documents.scripts import language_of

if TYPE_CHECKING:
    from shanxi_kg.documents.model import Document

LONGEST_HEADING = 100
MOST_HEADINGS_IN_A_ROW = 2
WIDEST_WRAP, FEWEST_WRAPS, WRAPPED_SHARE = 100, 3, 0.8
_STARTS_AS_HEADING = re.compile(r"[\"“‘'(]?[A-Z0-9\u3400-\u9fff]|[IVX]+\.|[一二三四五六七八九十]+、")
_CLOSES_NO_HEADING = (".", "!", "。", "！", "?", "？", ":", "：", ";", "；", ",", "，", "…", "”", '"', "|")


def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    r"""Return the body's paragraphs in the order of the text.

    In an English document, a paragraph in another script is left out: nothing is read from it.

    >>> from shanxi_kg.documents import Document
    >>> document = Document.from_text("Tax rule\n\nAims\nA rule was issued.\n")
    >>> [(document.text[p.start:p.end], p.is_heading) for p in paragraphs(document)]
    [('Aims', True), ('A rule was issued.', False)]
    """
    spans = [span for span in _prose(document) if _is_in_language(document, span)]
    joined = _unwrapped(document.text, spans)
    headings = _headings(document.text, joined)
    return tuple(Paragraph(*span, is_heading=span in headings) for span in joined)


def _prose(document: Document) -> list[Span]:
    """Return the lines without furniture; of a line that a dateline opens, the rest."""
    covered = {span.start: span.end for span in document.furniture}
    starts = ((covered.get(line.start, line.start), line.end) for line in lines(document.text))
    rest = (trimmed(document.text, start, end) for start, end in starts)
    return [span for span in rest if span.start < span.end]


def _is_in_language(document: Document, span: Span) -> bool:
    return document.language != "en" or language_of(document.text[slice(*span)]) != "zh"


def _unwrapped(text: str, spans: list[Span]) -> list[Span]:
    """Join the lines of hard-wrapped prose, told by this: the next line's first word would not have fitted."""
    width = max((span.end - span.start for span in spans), default=0)
    pairs = [(a, b) for a, b in pairwise(spans) if _are_neighbours(text, a, b)]
    wraps = {b for a, b in pairs if a.end - a.start + 1 + len(text[slice(*b)].split(maxsplit=1)[0]) > width}
    if width > WIDEST_WRAP or len(wraps) < FEWEST_WRAPS or len(wraps) < WRAPPED_SHARE * len(pairs):
        return spans
    joined: list[Span] = []
    for span in spans:
        joined.append(Span(joined.pop().start, span.end) if span in wraps else span)
    return joined


def _are_neighbours(text: str, one: Span, other: Span) -> bool:
    """Say whether nothing but one line break stands between two spans."""
    return line_breaks(text, one.end, other.start) == 1 and text[one.end : other.start].isspace()


def _headings(text: str, spans: list[Span]) -> set[Span]:
    """Return the short lines that announce what follows; a row of them is a list, one at the end announces nothing."""
    found: set[Span] = set()
    runs = [(short, list(run)) for short, run in groupby(spans, key=lambda span: _is_short(text[slice(*span)]))]
    for (short, run), _ in pairwise(runs):
        if short and len(run) <= MOST_HEADINGS_IN_A_ROW:
            found.update(run)
    return found


def _is_short(line: str) -> bool:
    """Say whether a line looks like a heading: short, one line, capital or number first, no punctuation at its end."""
    if len(line) > LONGEST_HEADING or line_breaks(line) or CELLS in line:
        return False
    closed = is_sentence(line) or line.endswith(_CLOSES_NO_HEADING)
    return not closed and _STARTS_AS_HEADING.match(line) is not None
