"""What the reader gives: a `Document` with the text that offsets count, and the values it is made of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shanxi_kg.documents.header import read_header
from shanxi_kg.documents.scripts import language_of

if TYPE_CHECKING:
    from pathlib import Path

    from shanxi_kg.documents.lines import Span

_LANGUAGE_NOTICES = {
    "zh": "the text is Chinese; it is listed, but no facts are read from it",
    "und": "the text is not English; it is listed, but no facts are read from it",
}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """An input to be read: the name that its document gets, and its file; `path` is None for standard input."""

    name: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a file format says of an article outside its text (the `meta` elements of a page)."""

    title: str | None = None
    issued: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article. Offsets count the code points of `text`.

    For a text file in UTF-8 `text` is the file decoded and nothing else: line ends stay as they are, and a byte order
    mark stays as U+FEFF at offset 0. For everything else it is the extracted text.

    `issued` is the printed date in ISO 8601, as precise as it is printed; `source` the publisher as it is printed;
    `language` 'en', 'zh' or 'und'; `sha256` that of the text in UTF-8. `furniture` are the spans beside the prose
    (headline, dateline, byline, source), those three named ones among them; an opening dateline ends where its sentence
    begins. `notices` tell the user what was assumed.
    """

    name: str
    path: Path | None
    text: str
    title: str | None
    issued: str | None
    source: str | None
    language: str
    sha256: str
    title_span: Span | None = None
    dateline_span: Span | None = None
    source_span: Span | None = None
    furniture: tuple[Span, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def from_text(
        cls,
        text: str,
        name: str = "text",
        path: Path | None = None,
        known: Known = Known(),
        notices: tuple[str, ...] = (),
    ) -> Document:
        r"""Make a document of its text; what `known` says goes before what the text prints.

        >>> Document.from_text("Tax rule\n\nChina Daily | 2022-11-30\n\nA rule was issued.").source
        'China Daily'
        """
        header = read_header(text, known.title)
        language = language_of(text)
        remarks = (*notices, *(header.notices if known.issued is None else ()), _LANGUAGE_NOTICES.get(language))
        return cls(
            name=name,
            path=path,
            text=text,
            title=header.title,
            issued=known.issued or header.issued,
            source=known.source or header.source,
            language=language,
            sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
            title_span=header.title_span,
            dateline_span=header.dateline_span,
            source_span=header.source_span,
            furniture=header.furniture,
            notices=tuple(remark for remark in remarks if remark),
        )


@dataclass(frozen=True, slots=True, order=True)
class Paragraph:
    """A paragraph of the body: `text[start:end]`; `is_heading` for a section heading."""

    start: int
    end: int
    is_heading: bool = False
