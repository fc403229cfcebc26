"""The static portal: a graph folder goes in, a folder that any plain web server can serve under any path comes out.

It holds the pages of the server in both languages, the RDF files beside them, the stored queries with their answers, a
search index, the workbench with a query engine for the browser, dumps and the catalogue. It is written beside and then
switched, and the same graph gives the same files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from shanxi_kg.errors import UsageError
from shanxi_kg.namespaces import BASE
from shanxi_kg.portal.contents import Contents, contents_of, resource_files, site_files
from shanxi_kg.portal.index import write_index
from shanxi_kg.portal.switching import switching

MARK = "static/site.css"
"""A file that every portal has, and by which one is known again."""

__all__ = ["Written", "write_portal"]


@dataclass(frozen=True, slots=True)
class Written:
    """How many resources have their pages and files, and how many files there are in all, without the search index."""

    resources: int
    files: int


def write_portal(graph: Path, out: Path, address: str = BASE, quotes: bool = True) -> Written:
    """Write the portal of a graph folder to `out`, which it replaces as a whole.

    `address` is where the portal will stand, with a slash at its end; only the sitemap and the rules for redirecting
    need it. Without `quotes` no words of the documents are in it, but where they stand. GraphError where the graph
    folder is none, UsageError where `out` holds something else than a portal.
    """
    _refuse_foreign(out)
    contents = contents_of(graph, quotes)
    with switching(out) as new:
        files = _write(new, site_files(contents, address)) + _write(new, _resources(contents))
        write_index(contents, new)
    return Written(len(contents.resources), files)


def _resources(contents: Contents) -> Iterator[tuple[str, bytes]]:
    for iri in contents.resources:
        yield from resource_files(contents.statements, iri)


def _write(top: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files by their paths below `top`; return how many."""
    made: set[Path] = set()
    number = 0
    for path, content in files:
        target = top / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(content)
        number += 1
    return number


def _refuse_foreign(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file; give a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).exists():
        raise UsageError(f"{out}: holds something else than a portal; give an empty folder or a portal")
