"""Text files: from bytes to text, and a clear refusal of what is no text.

The order is: byte order mark, strict UTF-8, UTF-16 without a mark, a guess with a notice. A byte is never dropped or
replaced in silence.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from shanxi_kg.documents.lines import line_breaks
from shanxi_kg.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CONTROL_SHARE = 0.01
_MULTI_BYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_GB2312_RUN = re.compile(rb"(?:[\xa1-\xfe]{2})+")
_CHINESE = ("gb18030", "gb2312", "gbk")
_MOSTLY_ASCII = 0.1
_SAMPLE = 200_000


class Decoded(NamedTuple):
    """A text and what had to be assumed to read it."""

    text: str
    notices: tuple[str, ...] = ()


def decode(raw: bytes, path: Path | str) -> Decoded:
    r"""Decode the bytes of a text file; SourceError names the first byte that cannot be read.

    >>> decode("\ufeffTax rule".encode("utf-8"), "rule.txt").text
    '\ufeffTax rule'
    """
    text, notices = _decoded(raw, path)
    if not text.strip().strip("\ufeff").strip():
        problem = "it holds only white space" if raw else "it is empty"
        raise SourceError(path, problem, "put the article's text into it")
    return Decoded(text, (*notices, *_control_notices(text, path)))


def _decoded(raw: bytes, path: Path | str) -> Decoded:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return Decoded(_strictly(raw, encoding, path))
    if b"\0" in raw:
        return _without_mark(raw, path)
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _guessed(raw, error, path)


def _strictly(raw: bytes, encoding: str, path: Path | str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not {encoding.upper()}"
        raise SourceError(path, problem, "save the file anew as UTF-8") from error


def _without_mark(raw: bytes, path: Path | str) -> Decoded:
    """Read UTF-16 that lacks its mark: its zero bytes all stand at even, or all at odd offsets."""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    encoding = "utf-16-le" if even == 0 else "utf-16-be" if odd == 0 else None
    if encoding is None:
        raise _binary(path, f"byte {raw.index(0)} is zero")
    text = _strictly(raw, encoding, path)
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise _binary(path, f"byte {raw.index(0)} is zero")
    return Decoded(text, (_guess_notice(encoding),))


def _binary(path: Path | str, reason: str) -> SourceError:
    return SourceError(path, f"this is not a text file ({reason})", "give a text, HTML, PDF or DOCX file")


def _guessed(raw: bytes, error: UnicodeDecodeError, path: Path | str) -> Decoded:
    """Read in a guessed encoding what is not UTF-8; damaged UTF-8 is an error, not another encoding."""
    line = raw.count(b"\n", 0, error.start) + 1
    multi_byte = _MULTI_BYTE.findall(raw)
    if 2 * sum(map(len, multi_byte)) > sum(map(len, _HIGH_RUN.findall(raw))):
        problem = f"byte {error.start} (line {line}) is not UTF-8, though the text before it is"
        raise SourceError(path, problem, "mend the byte, or save the file anew as UTF-8")
    encoding = _likely_encoding(raw)
    if encoding is None:
        problem = f"byte {error.start} (line {line}) is not UTF-8, and no other encoding fits"
        raise SourceError(path, problem, "save the file anew as UTF-8")
    return Decoded(_strictly(raw, encoding, path), (_guess_notice(encoding),))


def _guess_notice(encoding: str) -> str:
    return f"read as {encoding.upper()}, which the file does not say (a guess)"


def _likely_encoding(raw: bytes) -> str | None:
    """Guess the encoding; None where none fits.

    In a mostly ASCII text a few quotation marks are all there is to guess from. Where they are pairs of bytes as in
    GB2312 it is GB18030, which Chinese newsrooms use (Big5 has the same shape); else Windows-1252. Any other text is
    left to charset-normalizer.
    """
    runs = _HIGH_RUN.findall(raw)
    if sum(map(len, runs)) < _MOSTLY_ASCII * len(raw):
        name = "gb18030" if all(_GB2312_RUN.fullmatch(run) for run in runs) else "cp1252"
        if _decodes(raw, name):
            return name
    from charset_normalizer import from_bytes  # not needed for UTF-8, and slow to load

    best = from_bytes(raw[:_SAMPLE]).best()
    return None if best is None else "gb18030" if best.encoding in _CHINESE else best.encoding


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _control_notices(text: str, path: Path | str) -> Iterator[str]:
    """Refuse a text full of control characters, mention a few."""
    found = _CONTROL.findall(text)
    if "\0" in found or len(found) > max(3, _CONTROL_SHARE * len(text)):
        raise _binary(path, f"{len(found)} control characters")
    if found:
        first = text.index(found[0])
        where = f"the first at offset {first} (line {line_breaks(text, 0, first) + 1})"
        yield f"the text holds {len(found)} control characters, {where}"
