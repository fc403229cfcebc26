"""Word documents (DOCX): paragraphs and table rows in the order of the page.

Insertions and fields count as text, deletions do not. The file's own properties are never read: they hold the dates of
templates and machines.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from shanxi_kg.documents.extracted import CELLS, clean, joined
from shanxi_kg.documents.model import Document
from shanxi_kg.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

    from shanxi_kg.documents.model import Source

LARGEST_CONTENT = 100_000_000
"""In bytes, unpacked."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _TABLE, _ROW, _CELL, _MOVED = (_W + name for name in ("p", "tbl", "tr", "tc", "moveFrom"))
_SIGNS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


def read_docx(source: Source, raw: bytes) -> Document:
    """Read a Word document; SourceError where it is broken, protected or holds no text."""
    path = source.path or "-"
    text = joined(_blocks(_content(raw, path)))
    if not text.strip():
        raise SourceError(path, "the document holds no text", "if it holds pictures of text, run OCR on them first")
    return Document.from_text(text, source.name, source.path)


def _content(raw: bytes, path: Path | str) -> _Element:
    """Return the document's body element."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    _check_archive(raw, path)
    broken = (
        OpcError,
        XMLSyntaxError,
        KeyError,
        ValueError,
        AttributeError,
        RuntimeError,
        zipfile.BadZipFile,
        zlib.error,
    )
    try:
        body: _Element = docx.Document(io.BytesIO(raw)).element.body
    except broken as error:  # the library trusts the XML: a foreign element is an AttributeError
        problem = f"this is no sound DOCX file ({error})"
        raise SourceError(path, problem, "open it in a word processor and save it anew") from error
    return body


def _check_archive(raw: bytes, path: Path | str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise SourceError(path, f"the archive is broken ({error})", "copy or download the file again") from error
    if size > LARGEST_CONTENT:
        raise SourceError(path, f"it unpacks to more than {LARGEST_CONTENT:,} bytes", "split it into its articles")


def _blocks(element: _Element) -> Iterator[str]:
    """Yield the lines of paragraphs and the rows of tables, in document order, also those inside content controls."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield from _text(child).split("\n")
            yield from _boxes(child)
        elif child.tag == _TABLE:
            yield from _rows(child)
        elif child.tag not in (_FALLBACK, _MOVED):
            yield from _blocks(child)


def _boxes(paragraph: _Element) -> Iterator[str]:
    """Yield the paragraphs of text boxes that are anchored in a paragraph."""
    for box in paragraph.iter(_W + "txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield from _blocks(box)


def _rows(table: _Element) -> Iterator[str]:
    """Yield one line a row: its cells that hold anything, joined by ' | '."""
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is table:
            cells = (cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row)
            yield CELLS.join(filter(None, (clean(" ".join(_blocks(cell))) for cell in cells)))


def _text(paragraph: _Element) -> str:
    """Return a paragraph's text with its own breaks, without that of deletions and of boxes anchored in it."""
    return "".join(_sign(node) for node in paragraph.iter() if _is_own(node, paragraph))


def _sign(node: _Element) -> str:
    return (node.text or "") if node.tag == _W + "t" else _SIGNS.get(str(node.tag), "")


def _is_own(node: _Element, paragraph: _Element) -> bool:
    above = list(node.iterancestors(_PARAGRAPH, _MOVED, _FALLBACK))
    return bool(above) and above[0] is paragraph
