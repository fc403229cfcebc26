"""Read a source, whatever its format, into a `Document`; what cannot be read is a SourceError that says why."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING, BinaryIO

from shanxi_kg.documents.docx import read_docx
from shanxi_kg.documents.html import read_html
from shanxi_kg.documents.lines import BYTE_ORDER_MARK
from shanxi_kg.documents.model import Document
from shanxi_kg.documents.pdf import read_pdf
from shanxi_kg.documents.plaintext import decode
from shanxi_kg.documents.signatures import check_kind
from shanxi_kg.documents.sources import ENDINGS
from shanxi_kg.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from shanxi_kg.documents.model import Source


LARGEST_FILE = 10_000_000
"""In bytes. An article has some thousands; a limit keeps memory and time in bounds."""
LONGEST_NAME = 200
"""In bytes of UTF-8: files of the graph folder are named after documents."""


def read_documents(sources: Iterable[Source]) -> Iterator[Document | SourceError]:
    """Yield a document for each source, or, in its place, the error that reading it met."""
    for source in sources:
        try:
            yield read_document(source)
        except SourceError as error:
            yield error


def read_document(source: Source) -> Document:
    """Read one source; SourceError where it cannot be read."""
    if source.path is None:
        raw = _limited(sys.stdin.buffer, "-")
        check_kind(raw, "-", None)
        return _read_text(source, raw)
    reader = _READERS.get(source.path.suffix.lower())
    if reader is None:
        raise SourceError(source.path, "its ending is not known", f"the known ones are {' '.join(ENDINGS)}")
    _check_name(source.name, source.path)
    raw = _bytes_of(source.path)
    check_kind(raw, source.path, _KINDS.get(source.path.suffix.lower()))
    return reader(source, raw)


def _check_name(name: str, path: Path) -> None:
    try:
        length = len(name.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise SourceError(ascii(str(path)), "its name is not UTF-8", "rename the file") from error
    if length > LONGEST_NAME or not name.strip(".") or not name.isprintable():
        problem = f"its name is empty, longer than {LONGEST_NAME} bytes or not printable"
        raise SourceError(path, problem, "rename the file")


def _bytes_of(path: Path) -> bytes:
    try:
        return _regular_bytes(path)
    except OSError as error:
        problem = f"it cannot be opened ({error.strerror})"
        raise SourceError(path, problem, "check that it exists and is readable") from error


def _regular_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file within the limit; a pipe is never opened, it might never end."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise SourceError(path, "this is a folder, not a file", "rename it, or give it as a folder of its own")
    if not stat.S_ISREG(mode):
        raise SourceError(path, "this is not a regular file", "copy it into a file, or give '-' for standard input")
    with path.open("rb") as stream:
        return _limited(stream, path)


def _limited(stream: BinaryIO, path: Path | str) -> bytes:
    raw = stream.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise SourceError(path, f"it has more than {LARGEST_FILE:,} bytes", "split it into its articles")
    return raw


def _read_text(source: Source, raw: bytes) -> Document:
    """Read a text file; a page in an encoding whose bytes hide its tags is found out once it is decoded."""
    path = source.path or "-"
    text, notices = decode(raw, path)
    check_kind(text.removeprefix(BYTE_ORDER_MARK).encode("utf-8"), path, None)
    return Document.from_text(text, source.name, source.path, notices=notices)


_READERS: dict[str, Callable[[Source, bytes], Document]] = {
    ".txt": _read_text,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
_KINDS = {".html": ".html", ".htm": ".html", ".pdf": ".pdf", ".docx": ".docx"}
"""The kind that an ending promises; a text file promises none."""
