"""The workbench's page and the two files that it asks for: its vocabulary and the stored queries, as JSON.

The page queries a SPARQL endpoint, or, where there is no server, Oxigraph in the browser over a dump of the graph. The
scripts are built from shanxi_kg/server/frontend into `static/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from shanxi_kg.pages.addresses import LANGUAGES, Address
from shanxi_kg.pages.completion import vocabulary
from shanxi_kg.pages.questions import question, questions
from shanxi_kg.pages.rendering import render
from shanxi_kg.pages.words import words
from shanxi_kg.queries import StoredQuery
from shanxi_kg.store import Store

VOCABULARY, QUERIES = "workbench/vocabulary.json", "workbench/queries.json"
"""Paths of the two files below the site's top."""


@dataclass(frozen=True, slots=True)
class Served:
    """Queries go to a SPARQL endpoint at a path below the site's top."""

    endpoint: str = "sparql"


@dataclass(frozen=True, slots=True)
class InBrowser:
    """The page itself answers, over the dump of the graph at a path below the site's top (.nq, .trig, .ttl or .nt)."""

    dump: str


def workbench_page(address: Address, source: Served | InBrowser) -> str:
    """Return the HTML of the workbench at an address, asking a source.

    >>> '<html lang="zh">' in workbench_page(Address("sparql.html", "zh"), InBrowser("graph.nq"))
    True
    """
    settings: dict[str, str | None] = {
        "language": address.language,
        "home": address.home,
        "endpoint": address.root + source.endpoint if isinstance(source, Served) else None,
        "dump": address.root + source.dump if isinstance(source, InBrowser) else None,
        "worker": address.root + "static/workbench-worker.js",
        "completion": address.root + VOCABULARY,
        "queries": address.root + QUERIES,
    }
    return render("workbench.html", address, settings=settings, served=isinstance(source, Served))


def workbench_files(store: Store, queries: Iterable[StoredQuery]) -> Mapping[str, bytes]:
    """Return the files that the page asks for, by their paths below the site's top."""
    return {
        VOCABULARY: _json(vocabulary(store)),
        QUERIES: _json(_examples(queries)),
    }


def _examples(queries: Iterable[StoredQuery]) -> list[dict[str, object]]:
    """Return the stored queries in the order of the pages, each with its question and its topic in both languages."""
    named = {query.name: query for query in queries}
    return [
        {
            **asdict(named[asked.name]),
            "question": {language: question(named[asked.name], language).words for language in LANGUAGES},
            "topic": {language: words(language)[f"topic.{asked.topic}"] for language in LANGUAGES},
        }
        for asked in questions(named.values(), LANGUAGES[0])
    ]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
