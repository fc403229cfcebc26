"""The lines of an article that are not its prose: headline, dateline, byline, source; found at its top and its end.

In goes the text, out comes what these lines say and where they stand. Dates inside sentences are never taken for the
date of the article. Knows no file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from shanxi_kg.documents.dateline import read_inline, read_line
from shanxi_kg.documents.lines import Span, is_sentence, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shanxi_kg.documents.dateline import Dateline

TOP, END = 6, 5
"""How many lines at the top and at the end are looked at."""
LONGEST_HEADLINE = 200
_STOPS = (".", "。")


class Placed(NamedTuple):
    """A dateline and the span it covers; `whole` where it is a line of its own."""

    span: Span
    says: Dateline
    whole: bool


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines beside the prose say. `furniture` are their spans, sorted, the title's among them."""

    title: str | None = None
    issued: str | None = None
    source: str | None = None
    title_span: Span | None = None
    dateline_span: Span | None = None
    source_span: Span | None = None
    furniture: tuple[Span, ...] = ()
    notices: tuple[str, ...] = ()


def read_header(text: str, title: str | None = None) -> Header:
    r"""Find headline, date and source of an article; `title` where the file says it elsewhere.

    >>> header = read_header("Tax rule for Datong\n\nUpdated: 2021-04-22\n\nA rule was issued.")
    >>> header.title, header.issued, header.title_span
    ('Tax rule for Datong', '2021-04-22', Span(start=0, end=19))
    """
    spans = list(lines(text))
    datelines = _datelines(text, spans)
    headline = _headline(text, spans, {placed.span for placed in datelines}, title)
    dated = _dated(datelines)
    sourced = next((placed for placed in datelines if placed.says.source), None)
    return Header(
        title=title or (text[slice(*headline)] if headline else None),
        issued=dated.says.date.iso if dated and dated.says.date else None,
        source=sourced.says.source if sourced else None,
        title_span=headline,
        dateline_span=dated.span if dated else None,
        source_span=sourced.span if sourced else None,
        furniture=tuple(sorted([placed.span for placed in datelines] + ([headline] if headline else []))),
        notices=tuple(_problems(dated)),
    )


def _datelines(text: str, spans: list[Span]) -> list[Placed]:
    """Read the datelines at the top, the one that opens the first sentence, and those at the end; sorted."""
    found: dict[Span, Placed] = {}
    for number, span in enumerate(spans[:TOP]):
        line = text[slice(*span)]
        placed = _whole(span, line, first=number == 0) or _opening(span, line)
        if placed:
            found[placed.span] = placed
        if is_sentence(line) and not (placed and placed.whole) and (number > 0 or placed):
            break
    for span in reversed(spans[-END:]):
        placed = _whole(span, text[slice(*span)], first=span == spans[0])
        if placed is None:
            break
        found[span] = placed
    return [found[span] for span in sorted(found)]


def _whole(span: Span, line: str, first: bool) -> Placed | None:
    """Read a line that is a dateline; on the first line a byline alone is a headline ('By land and sea')."""
    says = read_line(line)
    if says is None or (first and not (says.date or says.source)):
        return None
    return Placed(span, says, whole=True)


def _opening(span: Span, line: str) -> Placed | None:
    """Read the dateline that opens a sentence ('TAIYUAN, Sept. 22 (Xinhua) -- The …')."""
    says = read_inline(line) if is_sentence(line) else None
    return Placed(Span(span.start, span.start + says.length), says, whole=False) if says else None


def _headline(text: str, spans: list[Span], taken: set[Span], title: str | None) -> Span | None:
    """Return the headline's span: the first free line, unless it reads as prose.

    A line that ends in a full stop is prose, unless a dateline follows it; so is the only line of a text.
    """
    free = [number for number, span in enumerate(spans[:TOP]) if span not in taken]
    number = next(iter(free), None)
    if number is None:
        return None
    line = text[slice(*spans[number])]
    if title is not None:
        return spans[number] if line == title else None
    opens_with_dateline = any(span.start == spans[number].start for span in taken)
    if opens_with_dateline or len(line) > LONGEST_HEADLINE or len(spans) == 1:
        return None
    followed = number + 1 < len(spans) and spans[number + 1] in taken
    return spans[number] if followed or not line.endswith(_STOPS) else None


def _dated(datelines: Iterable[Placed]) -> Placed | None:
    """Choose the date of issue: published before updated before unlabelled, but any date before none."""
    dated = [placed for placed in datelines if placed.says.date]
    return min(dated, key=_rank, default=None)


def _rank(placed: Placed) -> tuple[bool, int]:
    label = placed.says.label or ""
    updated = label.startswith(("last", "update", "更新"))
    undated = placed.says.date is None or placed.says.date.iso is None
    return undated, (2 if not label else 1 if updated else 0)


def _problems(dated: Placed | None) -> Iterator[str]:
    if dated and dated.says.date and dated.says.date.problem:
        yield dated.says.date.problem
