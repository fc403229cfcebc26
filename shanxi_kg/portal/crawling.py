"""What search engines read: paths of pages go in, sitemaps and robots.txt come out (sitemaps.org, RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

MOST = 50_000
"""So many addresses may stand in one sitemap."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(address: str, paths: Sequence[str], most: int = MOST) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemap of pages below an address; where they are too many for one, an index and its parts.

    >>> [path for path, _ in sitemaps("https://example.org/", ["a", "b", "c"], most=2)]
    ['sitemap-1.xml', 'sitemap-2.xml', 'sitemap.xml']
    """
    parts = [paths[start : start + most] for start in range(0, len(paths), most)] or [[]]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _listed("urlset", "url", address, part)
    if len(parts) > 1:
        yield "sitemap.xml", _listed("sitemapindex", "sitemap", address, names)


def _listed(whole: str, each: str, address: str, paths: Sequence[str]) -> bytes:
    entries = "".join(f"<{each}><loc>{escape(address + quote(path))}</loc></{each}>\n" for path in paths)
    return f'{_HEAD}<{whole} xmlns="{_SPACE}">\n{entries}</{whole}>\n'.encode()


def robots(address: str) -> bytes:
    """Return a robots.txt that lets everybody in and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n".encode()
