"""PDF files with a text layer: the lines of the pages, put together into the paragraphs that they were set from.

A line goes on in the next one unless something speaks against it: a gap, an indent, another size, or room left at its
end for the next line's first word. Page numbers and lines that return on every page go. Properties are never read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING

from shanxi_kg.documents.extracted import clean, joined
from shanxi_kg.documents.lines import is_sentence
from shanxi_kg.documents.model import Document
from shanxi_kg.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pypdfium2 import PdfTextPage

    from shanxi_kg.documents.model import Source

_SCAN_HINT = "run OCR on it first (for example with ocrmypdf), or give the text as a .txt file"
_FURNITURE = re.compile(
    r"(?:page\s*)?[-–—\s]*[0-9]{1,4}(?:\s*(?:/|of)\s*[0-9]{1,4})?[-–—\s]*"
    r"|(?:https?|file)://\S+(?:\s+[0-9]{1,4}/[0-9]{1,4})?"
    r"|[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4},?\s[0-9]{1,2}:[0-9]{2}(?:\s[AP]M)?\b.*",
    re.IGNORECASE,
)
_MARGIN_LINES = 2
_DIGITS = re.compile(r"[0-9]+")
_IDEOGRAPH = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_LAST_WORD, _FIRST_WORD = re.compile(r"\w*$"), re.compile(r"\w*")
SOFT_HYPHEN = "\x02"
"""What the library gives for a hyphen that divides a word at a line's end; no line break follows it."""
_GAP, _LARGEST_LEADING, _SIZE, _COLUMN, _BLANK = 1.3, 1.5, 0.1, 3.0, 0.2
"""Of a line's height, or of the usual leading: what is a gap, another size, the same column, a blank's width."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, and its place in points; `first_word` is the width of its first word."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    height: float
    first_word: float


def read_pdf(source: Source, raw: bytes) -> Document:
    """Read a PDF file; SourceError where it is broken, locked or a scan."""
    path = source.path or "-"
    pages = _pages(raw, path)
    empty = sum(1 for page in pages if not page)
    if empty == len(pages):
        raise SourceError(path, "the PDF file has no text layer; it is a scan or a picture", _SCAN_HINT)
    notices = (f"{empty} of {len(pages)} pages have no text layer and were not read",) if empty else ()
    return Document.from_text(joined(_paragraphs(_without_margins(pages))), source.name, source.path, notices=notices)


def _pages(raw: bytes, path: Path | str) -> list[list[Line]]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(raw) as file:
            return [list(_lines(page.get_textpage(), number)) for number, page in enumerate(file)]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(path, "the PDF file needs a password", "save it anew without one") from error
        problem = f"this is no sound PDF file ({error})"
        raise SourceError(path, problem, "open and save it anew, or get it again") from error


def _lines(page: PdfTextPage, number: int) -> Iterator[Line]:
    """Yield the lines of a page in the order of the file."""
    from pypdfium2.raw import FPDFText_GetUnicode

    indexes: list[int] = []
    signs: list[str] = []
    for index in range(page.count_chars()):
        sign = chr(FPDFText_GetUnicode(page, index))
        if sign not in "\r\n":
            indexes.append(index)
            signs.append(sign)
        if sign in (*"\r\n", SOFT_HYPHEN) and signs:
            yield from _line(page, number, indexes, signs)
            indexes, signs = [], []
    yield from _line(page, number, indexes, signs)


def _line(page: PdfTextPage, number: int, indexes: list[int], signs: list[str]) -> Iterator[Line]:
    """Yield the line that the characters at the indexes make, unless it is blank."""
    inked = [place for place, sign in enumerate(signs) if not sign.isspace()]
    if not inked:
        return
    blanks = [place for place in range(inked[0], inked[-1]) if signs[place].isspace()]
    word_end = inked[0] if _IDEOGRAPH.match(signs[inked[0]]) else blanks[0] - 1 if blanks else inked[-1]
    left, bottom, _, top = page.get_charbox(indexes[inked[0]], loose=True)
    right = page.get_charbox(indexes[inked[-1]], loose=True)[2]
    first_word = page.get_charbox(indexes[word_end], loose=True)[2] - left
    yield Line(number, _text(signs), left, right, bottom, max(top - bottom, 1.0), first_word)


def _text(signs: list[str]) -> str:
    """Return the characters as text; those beyond the basic plane come in two halves."""
    text = "".join(signs).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return clean(text.removesuffix(SOFT_HYPHEN)) + (SOFT_HYPHEN if text.endswith(SOFT_HYPHEN) else "")


def _without_margins(pages: list[list[Line]]) -> list[Line]:
    """Return the lines of all pages without page numbers, addresses and running heads."""
    margins = [[*page[:_MARGIN_LINES], *page[_MARGIN_LINES:][-_MARGIN_LINES:]] for page in pages]
    often = Counter(key for margin in margins for key in {_DIGITS.sub("#", line.text) for line in margin})
    running = {key for key, times in often.items() if times > 1 and 2 * times >= len(pages)}
    dropped = {
        line
        for margin in margins
        for line in margin
        if _FURNITURE.fullmatch(line.text) or _DIGITS.sub("#", line.text) in running
    }
    return [line for page in pages for line in page if line not in dropped]


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    """Yield the paragraphs that the lines were set from."""
    leading = _usual_leading(lines)
    text = "\n".join(line.text for line in lines)
    edge_at = _right_edges(lines)
    paragraph = ""
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        paragraph = _appended(paragraph, line.text, text)
        if following is None or _is_break(line, following, edge_at(line), leading):
            yield paragraph.replace(SOFT_HYPHEN, "-")
            paragraph = ""


def _usual_leading(lines: list[Line]) -> float:
    """Return the usual distance from line to line, in heights of a line."""
    pairs = [(a, b) for a, b in pairwise(lines) if a.page == b.page and a.bottom > b.bottom and _same_size(a, b)]
    return min(median_low([(a.bottom - b.bottom) / a.height for a, b in pairs] or [1.0]), _LARGEST_LEADING)


def _right_edges(lines: list[Line]) -> Callable[[Line], float]:
    """Return how far to the right reach the lines of one size and column, on a line's page and those beside it."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)

    def edge(line: Line) -> float:
        near = (other for number in (-1, 0, 1) for other in pages.get(line.page + number, ()))
        return max(other.right for other in near if _same_size(line, other) and _same_column(line, other))

    return edge


def _is_break(line: Line, following: Line, edge: float, leading: float) -> bool:
    """Say whether a paragraph ends between two lines."""
    fits = line.right + _BLANK * line.height + following.first_word < edge
    if fits or not _same_size(line, following):
        return True
    if line.page != following.page or following.bottom >= line.bottom:
        return is_sentence(line.text)
    gap = line.bottom - following.bottom > _GAP * leading * line.height
    return gap or following.left - line.left > line.height


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.height - other.height) <= _SIZE * one.height


def _same_column(one: Line, other: Line) -> bool:
    return abs(one.left - other.left) <= _COLUMN * one.height


def _appended(paragraph: str, line: str, text: str) -> str:
    """Join a line to a paragraph: words with a blank, Chinese without, a divided word without its hyphen.

    A hyphen at the line's end stays where the text has the word with it in another place.
    """
    if paragraph.endswith(SOFT_HYPHEN):
        start, end = _LAST_WORD.search(paragraph[:-1]), _FIRST_WORD.match(line)
        whole = f"{start[0] if start else ''}-{end[0] if end else ''}"
        return paragraph[:-1] + ("-" if whole in text else "") + line
    is_chinese = bool(paragraph) and _IDEOGRAPH.match(paragraph[-1]) and _IDEOGRAPH.match(line)
    return paragraph + ("" if is_chinese or not paragraph else " ") + line
