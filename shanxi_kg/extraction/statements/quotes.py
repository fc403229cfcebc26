"""Quotation marks, and the words of what is said."""

from __future__ import annotations

import re

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.layout import Layout
from shanxi_kg.mentions import ReadSentence

MARKS = re.compile(r'["“”]')
QUOTES = frozenset({'"', "''", "``"})
OPENING = frozenset({",", ":", ";", "-", "—", "'", "."})
CLOSING = frozenset({",", ":", ";", "-", "—", ".", "!", "?", "…"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def quoted_spans(context: Context) -> list[tuple[int, int]]:
    """Return the spans between quotation marks, paragraph by paragraph, marks included."""
    text, spans = context.reading.document.text, []
    for start, end in _paragraphs(context):
        opened: int | None = None
        for mark in MARKS.finditer(text, start, end):
            if mark[0] == "“" or (mark[0] == '"' and opened is None):
                opened = mark.start()
            elif opened is not None:
                spans.append((opened, mark.end()))
                opened = None
        if opened is not None:
            spans.append((opened, end))
    return spans


def _paragraphs(context: Context) -> list[tuple[int, int]]:
    """Return where each paragraph's sentences begin and end, with the marks that stand around them."""
    bounds: dict[int, tuple[int, int]] = {}
    for read in context:
        number, sentence = read.sentence.paragraph, read.sentence
        first = bounds.get(number, (sentence.start, 0))[0]
        bounds[number] = first, sentence.end
    return [bounds[number] for number in sorted(bounds)]


def quote_around(read: ReadSentence, context: Context, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the quotation that a whole sentence stands in, None where some of it stands outside."""
    text = context.reading.document.text[read.sentence.start : read.sentence.end]
    start = read.sentence.start + len(text) - len(text.lstrip(' "“”'))
    end = read.sentence.end - (len(text) - len(text.rstrip(' "“”')))
    return next((span for span in spans if span[0] < start and end <= span[1]), None) if start < end else None


def quote_words(layout: Layout, said: list[int], leads: bool = False) -> str:
    """Return what is said: the runs of its tokens joined, without marks and stops at their ends.

    `leads` tells that the attribution stands before: a 'that' between them is no part of what is said.
    """
    runs: list[list[int]] = []
    for i in said:
        if runs and runs[-1][1] == i - 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    parts = [part for run in runs if (part := _trimmed(layout, run[0], run[1], leads))]
    quote = parts[0][1] if parts else ""
    for first, text in parts[1:]:
        quote += (" " if layout.tokens[first].tag in FINITE | {"VBN", "VB"} else ", ") + text
    marks = len(MARKS.findall(quote))
    return MARKS.sub("", quote) if marks % 2 or len(parts) > 1 else quote


def _trimmed(layout: Layout, first: int, last: int, leads: bool) -> tuple[int, str] | None:
    """Return the first token and the words of a run, less marks and stops at its ends."""
    while first <= last and (layout.low[first] in QUOTES | OPENING or (leads and _is_mark(layout, first))):
        first += 1
    while last >= first and layout.low[last] in QUOTES | CLOSING:
        last -= 1
    if first > last:
        return None
    text = layout.words(first, last)
    is_whole = text[0] in '"“' and text[-1] in '"”' and len(MARKS.findall(text)) == 2
    return first, text[1:-1] if is_whole else text


def _is_mark(layout: Layout, i: int) -> bool:
    """Tell whether a 'that' only opens a clause, and is not its subject ('that is due to …')."""
    return layout.low[i] == "that" and i + 1 < len(layout.low) and layout.tokens[i + 1].tag not in FINITE
