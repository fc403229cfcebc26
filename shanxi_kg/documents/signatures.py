"""What a file is by its first bytes, whatever its ending says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanxi_kg.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

_SIGNATURES = (
    (b"%PDF-", "a PDF file", ".pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", ".docx"),
    (b"PK\x05\x06", "an empty ZIP archive", None),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", None),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", None),
    (b"\xff\xd8\xff", "a JPEG image", None),
    (b"GIF8", "a GIF image", None),
    (b"BM", "a BMP image", None),
    (b"II*\x00", "a TIFF image", None),
    (b"MM\x00*", "a TIFF image", None),
    (b"\x1f\x8b", "a gzip archive", None),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", None),
    (b"Rar!\x1a\x07", "a RAR archive", None),
    (b"{\\rtf", "an RTF document", None),
    (b"\x7fELF", "a program", None),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,9}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    rb"</(?:p|div|span|a|b|strong|em|h[1-6]|li|ul|ol|td|tr|table|section|article)\s?>|<br\s?/?>", re.IGNORECASE
)
_TAGS_REACH, _MANY_TAGS = 20_000, 3
_PDF_HEADER_REACH, _TELLING = 1024, 3
_SAVE_AS = "save it as text, HTML, PDF or DOCX"


def kind_of(raw: bytes) -> tuple[str, str | None] | None:
    """Return what the bytes are and the ending that such files have here; None for anything that may be text.

    >>> kind_of(b"%PDF-1.7 ...")
    ('a PDF file', '.pdf')
    """
    if _PAGE.match(raw) or len(_TAG.findall(raw[:_TAGS_REACH])) >= _MANY_TAGS:
        return "an HTML page", ".html"
    found = ((name, ending) for start, name, ending in _SIGNATURES if raw.startswith(start) and _is_binary(start, raw))
    return next(found, None)


def check_kind(raw: bytes, path: Path | str, wanted: str | None) -> None:
    """Raise SourceError unless the bytes are what the ending `wanted` promises; None promises text."""
    kind, ending = kind_of(raw) or (None, None)
    if kind is None and wanted == ".pdf" and b"%PDF-" in raw[:_PDF_HEADER_REACH]:
        return
    if kind is None and wanted in (".pdf", ".docx"):
        raise SourceError(path, f"this is no {wanted[1:].upper()} file", "check it, or give it the right ending")
    if kind is not None and (ending is None or ending != wanted):
        raise SourceError(path, f"this is {kind}", f"rename it to {ending}" if ending else _SAVE_AS)


def _is_binary(start: bytes, raw: bytes) -> bool:
    """Short signatures of plain letters ('BM') may open a text: there a zero byte must follow."""
    return len(start) >= _TELLING or not start.isalpha() or b"\0" in raw[:64]
