"""Pages of stored queries: the same rows as the whole answer has there, at the cost of these."""

from __future__ import annotations

import re
from dataclasses import replace

import pyoxigraph
import pytest
from benchmarks.generator import articles
from pyoxigraph import Quad, RdfFormat
from test_queries import ALL, required
from test_remote import GIVEN

from shanxi_kg import paging, queries
from shanxi_kg.errors import QueryError
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store, authority_files

PAGED = [query for query in ALL if query.pages]
PAGES = ((1, 0), (2, 1), (3, 5), (10_000, 0), (5, 10_000))
"""Limits and offsets: within the first things, beyond them, beyond the end."""


@pytest.fixture(scope="module")
def generated() -> Store:
    """The authority files and a hundred generated facts."""
    engine = pyoxigraph.Store()
    for path in authority_files():
        engine.load(path=path, format=RdfFormat.TURTLE)
    engine.extend(Quad(*triple) for article in articles(100) for triple in article.triples.triples)
    return Store(engine)


def whole(store: Store, query: queries.StoredQuery, given: dict[str, str]) -> Solutions:
    answer = queries.run(store, query, given)
    assert isinstance(answer, Solutions)
    return answer


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_a_page_has_the_rows_that_the_whole_answer_has_there(
    small_store: Store, generated: Store, query: queries.StoredQuery
) -> None:
    values = [required(query), *([GIVEN[query.name]] if query.name in GIVEN else [])]
    for store, given in ((store, given) for store in (small_store, generated) for given in values):
        every = whole(store, query, given)
        for limit, offset in PAGES:
            found = paging.page(store, query, given, limit, offset)
            assert found.solutions == Solutions(every.variables, every.rows[offset : offset + limit])
            assert found.total in {None, len(every.rows)}


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_rows_are_counted_where_no_more_come_or_nothing_else_is_asked_for(
    small_store: Store, query: queries.StoredQuery
) -> None:
    every = whole(small_store, query, required(query))
    empty = Solutions(every.variables, ())
    assert paging.page(small_store, query, required(query), 10_000).total == len(every.rows)
    assert paging.page(small_store, query, required(query), 0) == paging.Page(empty, len(every.rows))


@pytest.mark.parametrize("query", PAGED, ids=lambda query: query.name)
def test_a_page_asks_for_the_first_things_alone(small_store: Store, query: queries.StoredQuery) -> None:
    narrow, wider = paging.narrower(query, query.text, 2)
    for text, things in ((narrow, 2), (wider, 32)):
        inserted = re.findall(r"WHERE \{ (\{ SELECT DISTINCT .* LIMIT [0-9]+ \})\n", text)
        assert len(inserted) == 1
        assert inserted[0].endswith(f"LIMIT {things} }}")
        assert text.replace(f" {inserted[0]}", "") == query.text + "LIMIT 2\n"
        assert len(small_store.select(text).rows) <= 2


def test_a_query_without_pages_is_answered_as_a_whole(small_store: Store) -> None:
    query = queries.stored_query("places")
    assert list(paging.narrower(query, query.text, 2)) == []
    assert paging.page(small_store, query, {}, 2).total == 485


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s\nWHERE {\n?s ?p ?o }\nORDER BY ?o ?s\n",
        "SELECT ?s { ?s ?p ?o }\nORDER BY ?s\n",
        "SELECT ?s\nWHERE {\n}",
    ],
)
def test_pages_that_the_rows_do_not_follow_are_an_error(small_store: Store, text: str) -> None:
    query = replace(queries.parse_query("mine", text), pages="?s a ?class")
    with pytest.raises(QueryError, match=r"^query mine: its pages go through '\?s a \?class', but"):
        paging.page(small_store, query, {}, 1)
