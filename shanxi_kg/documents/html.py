"""News pages: the article's text without the page around it, its title, date and source.

trafilatura finds the text. Title, date and source come from the page's `meta` elements (Chinese government sites have a
convention for them), else from what the page prints; nothing is guessed from an address or a copyright line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanxi_kg.documents.dateline import LONGEST, read_line
from shanxi_kg.documents.extracted import CELLS, clean, joined
from shanxi_kg.documents.lines import is_sentence
from shanxi_kg.documents.model import Document, Known
from shanxi_kg.documents.plaintext import decode
from shanxi_kg.documents.printed_dates import date_at_start
from shanxi_kg.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from shanxi_kg.documents.dateline import Dateline
    from shanxi_kg.documents.model import Source

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{1,40})|<\?xml[^>]{0,100}encoding=["']([\w-]{1,40})""",
    re.IGNORECASE,
)
_DECLARED_REACH = 4096
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
}
"""A declared encoding and the larger one that pages so labelled are in."""

_TITLE_NAMES = ("articletitle", "og:title", "dc.title", "twitter:title")
_DATE_NAMES = (
    "pubdate",
    "publishdate",
    "publish_date",
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dc.date",
    "date",
)
_SOURCE_NAMES = ("contentsource", "source", "dc.source", "article:publisher")
_SITE_NAMES = ("og:site_name", "sitename")
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_SITE_SUFFIX = re.compile(r"\s*[_|｜–—]\s*[^_|｜–—]{1,60}$|\s+-\s+[^-]{1,60}$")
_ASIDE_TAGS = frozenset(("a", "li", "nav", "footer", "aside", "script", "style", "select"))
_HEADINGS = "//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6][following-sibling::p and count(../p) > 1]"
_INLINE = frozenset(("hi", "ref", "del", "span", "code"))
_SPACE = re.compile(r"\s+")


def read_html(source: Source, raw: bytes) -> Document:
    """Read a page; SourceError where it holds no article."""
    path = source.path or "-"
    text, notices = _decoded(raw, path)
    page = _parsed(text)
    known = Known() if page is None else _known(page)
    body = [] if page is None else _body(page)
    if body and body[0] == known.title:
        body.pop(0)
    if page is None or not body:
        raise SourceError(path, "no article text was found in the page", "save the article's text as a .txt file")
    lines = [known.title, *body] if known.title else body
    return Document.from_text(joined(lines), source.name, source.path, known, notices)


def _decoded(raw: bytes, path: object) -> tuple[str, tuple[str, ...]]:
    """Decode by the encoding that the page declares where it fits, else as a text file."""
    declared = _DECLARED.search(raw[:_DECLARED_REACH])
    label = (declared[1] or declared[2]).decode("ascii").lower() if declared else "utf-8"
    try:
        return raw.decode(_WIDER.get(label, label)).replace("\0", ""), ()
    except (UnicodeDecodeError, LookupError):
        return decode(raw, str(path))


def _parsed(text: str) -> HtmlElement | None:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def _body(page: HtmlElement) -> list[str]:
    """Return the article's paragraphs, headings, list items and table rows; nothing where no sentence is among them.

    Headings that stand among paragraphs become paragraphs first: trafilatura drops them on pages whose article it finds
    by its paragraphs alone. Its tree is read, since its plain text resolves entities twice.
    """
    from trafilatura import bare_extraction

    for heading in page.xpath(_HEADINGS):
        heading.tag = "p"
    article = bare_extraction(page, include_comments=False, include_tables=True)
    if article is None or isinstance(article, dict):
        return []
    found = [line for line in map(clean, "".join(_flow(article.body)).split("\n")) if line]
    return found if any(is_sentence(line) or len(line) > LONGEST for line in found) else []


def _flow(element: HtmlElement) -> Iterator[str]:
    """Yield the pieces of an element's text, with line breaks where a block or a row begins and ends."""
    if element.tag == "row":
        yield "\n" + CELLS.join(filter(None, (clean("".join(cell.itertext())) for cell in element))) + "\n"
        return
    edge = "" if element.tag in _INLINE else "\n"
    yield edge + _SPACE.sub(" ", element.text or "")
    for child in element:
        yield from _flow(child)
        yield _SPACE.sub(" ", child.tail or "")
    yield edge


def _known(page: HtmlElement) -> Known:
    meta = _meta(page)
    title = next(_titles(page, meta), None)
    datelines = list(_printed(page, title))
    printed_source = next((says.source for says in datelines if says.source), None)
    return Known(
        title=title,
        issued=next(_dates(page, meta, datelines), None),
        source=_first(meta, _SOURCE_NAMES) or printed_source or _first(meta, _SITE_NAMES),
    )


def _meta(page: HtmlElement) -> dict[str, str]:
    """Return the page's `meta` elements by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = clean(element.get("content") or "")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _titles(page: HtmlElement, meta: dict[str, str]) -> Iterator[str]:
    given = _first(meta, _TITLE_NAMES[:1])
    if given:
        yield given
    headings = [clean(element.text_content()) for element in page.iter("h1")]
    yield from (heading for heading in headings if heading and len(headings) == 1)
    tagged = _first(meta, _TITLE_NAMES[1:])
    if tagged:
        yield tagged
    yield from (_SITE_SUFFIX.sub("", clean(element.text_content())) for element in page.iter("title"))


def _dates(page: HtmlElement, meta: dict[str, str], datelines: list[Dateline]) -> Iterator[str]:
    """Yield the dates of issue in the order of trust: `meta`, JSON-LD, printed, `time`."""
    given = [meta[name] for name in _DATE_NAMES if name in meta]
    scripts = page.xpath('//script[@type="application/ld+json"]')
    given += [found[1] for script in scripts for found in _JSON_DATE.finditer(script.text or "")]
    yield from filter(None, map(date_at_start, given))
    yield from (says.date.iso for says in datelines if says.date and says.date.iso)
    yield from filter(None, (date_at_start(element.get("datetime") or "") for element in page.iter("time")))


def _printed(page: HtmlElement, title: str | None) -> Iterator[Dateline]:
    """Yield the page's datelines outside links, lists and footers; a date alone must stand below the title."""
    below = title is None
    for element in page.iter("h1", "h2", "div", "p", "span", "td", "section", "time", "em", "small"):
        line = clean(element.text_content())
        below = below or line == title
        if not line or len(line) > LONGEST or _is_aside(element):
            continue
        says = read_line(line)
        if says and (says.label or says.source or below):
            yield says


def _is_aside(element: HtmlElement) -> bool:
    return any(above.tag in _ASIDE_TAGS for above in (element, *element.iterancestors()))
