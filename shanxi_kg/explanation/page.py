"""An explanation as one HTML page that needs nothing else: no request leaves it, with or without scripts.

The text stands with its passages underlined by kind, the facts beside it; each leads to the other by a link. Script
adds what a pointer wants: the facts of the words under it, and the choice of kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shanxi_kg.explanation import KINDS, Explanation, Passage
from shanxi_kg.explanation.entries import entries
from shanxi_kg.explanation.layout import Segment, blocks, lanes, segments

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment with its passages from the outermost line to the innermost, each with its lane."""

    text: str
    opening: tuple[Passage, ...]
    lines: tuple[tuple[Passage, int], ...]


def to_html(explanation: Explanation) -> str:
    """Write the page."""
    document = explanation.document
    template = _environment().get_template("page.html")
    return template.render(
        explanation=explanation,
        document=document,
        blocks=list(_blocks(explanation)),
        cards=[(passage, entries(passage.facts)) for passage in explanation.passages],
        kinds=[kind for kind in KINDS if explanation.counts[kind]],
    )


def _blocks(explanation: Explanation) -> Iterator[tuple[str, int, list[Piece]]]:
    """Yield the blocks with their roles, the number of their lanes, and their pieces; a title first in any case."""
    document, lane = explanation.document, lanes(explanation.passages)
    cut = blocks(document)
    if not any(block.role == "title" for block in cut):
        yield "title", 0, [Piece(document.title or document.name, (), ())]
    for block in cut:
        pieces = [_piece(document.text, segment, lane) for segment in segments(block, explanation.passages)]
        depth = 1 + max((lane for piece in pieces for _, lane in piece.lines), default=-1)
        yield block.role, depth, pieces


def _piece(text: str, segment: Segment, lane: Mapping[int, int]) -> Piece:
    lines = sorted(((passage, lane[passage.number]) for passage in segment.passages), key=lambda line: -line[1])
    return Piece(text[segment.start : segment.end], segment.opening, tuple(lines))


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
