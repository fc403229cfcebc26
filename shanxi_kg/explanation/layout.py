"""Where passages stand in a text: blocks, segments of equal cover, and lanes that keep overlapping passages apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shanxi_kg.documents import Document, paragraphs
from shanxi_kg.explanation import Passage


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A piece of the text that stands by itself; its role is 'title', 'furniture', 'heading' or 'paragraph'."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a block that the same passages cover throughout; `opening` are those that begin with it."""

    start: int
    end: int
    passages: tuple[Passage, ...]
    opening: tuple[Passage, ...]


def blocks(document: Document) -> tuple[Block, ...]:
    r"""Return the blocks of a document in the order of the text; together they hold all of it but blanks.

    >>> document = Document.from_text("Tax rule\n\nAims\nA rule was issued.\n")
    >>> [(document.text[block.start:block.end], block.role) for block in blocks(document)]
    [('Tax rule', 'title'), ('Aims', 'heading'), ('A rule was issued.', 'paragraph')]
    """
    body = [Block(p.start, p.end, "heading" if p.is_heading else "paragraph") for p in paragraphs(document)]
    title = document.title_span
    edges = [0, *(edge for block in body for edge in (block.start, block.end)), len(document.text)]
    between = (piece for i in range(0, len(edges), 2) for piece in _lines(document.text, edges[i], edges[i + 1]))
    rest = (Block(*piece, "title" if title and _overlap(piece, title) else "furniture") for piece in between)
    return tuple(sorted((*body, *rest)))


def segments(block: Block, passages: Iterable[Passage]) -> Iterator[Segment]:
    """Yield the segments of a block, in order; those that no passage covers, too."""
    inside = [passage for passage in passages if _overlap((block.start, block.end), _span(passage))]
    edges = {edge for passage in inside for edge in _span(passage) if block.start < edge < block.end}
    cuts = sorted({block.start, *edges, block.end})
    for start, end in pairwise(cuts):
        covering = tuple(passage for passage in inside if _overlap((start, end), _span(passage)))
        opening = tuple(passage for passage in covering if passage.evidence.start == start)
        yield Segment(start, end, covering, opening)


def lanes(passages: Sequence[Passage]) -> dict[int, int]:
    """Return a lane for each passage, by its number: two that overlap never share one; shorter ones get lower ones."""
    taken: dict[int, list[Passage]] = {}
    found: dict[int, int] = {}
    for passage in sorted(passages, key=lambda one: (one.evidence.end - one.evidence.start, one.number)):
        lane = 0
        while any(_overlap(_span(passage), _span(other)) for other in taken.get(lane, ())):
            lane += 1
        taken.setdefault(lane, []).append(passage)
        found[passage.number] = lane
    return found


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines between two offsets, without blanks around them."""
    for line in text[start:end].splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            first = start + line.index(stripped)
            yield first, first + len(stripped)
        start += len(line)


def _span(passage: Passage) -> tuple[int, int]:
    return passage.evidence.start, passage.evidence.end


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
