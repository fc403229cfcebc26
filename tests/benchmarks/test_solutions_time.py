"""What the package adds to the bare engine on a stored query: all rows as Solutions, and a page as JSON."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pyoxigraph
import pytest
from engines import EXAMPLES, first_text, merged
from pyoxigraph import QueryResultsFormat, RdfFormat

from shanxi_kg import queries
from shanxi_kg.solutions import Solutions, to_json
from shanxi_kg.store import Store

pytestmark = pytest.mark.benchmark

FACTS, ROWS, ROUNDS = 300, 10, 7
LARGEST_RATIO, MOST_MORE = 1.1, 0.001
"""A stored query takes at most so many times what the bare engine takes, and so many seconds more."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> pyoxigraph.Store:
    path = tmp_path_factory.mktemp("solutions") / "graph.nt"
    merged(path, FACTS)
    engine = pyoxigraph.Store()
    engine.bulk_load(path=path, format=RdfFormat.N_TRIPLES)
    return engine


def medians(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of the processor time of two ways to do something, taken in turn."""
    spent: tuple[list[float], list[float]] = [], []
    for _ in range(ROUNDS):
        for way, times in zip((one, other), spent, strict=True):
            start = time.process_time()
            way()
            times.append(time.process_time() - start)
    return statistics.median(spent[0]), statistics.median(spent[1])


def given(query: queries.StoredQuery) -> dict[str, str]:
    return {one.name: EXAMPLES[one.name] for one in query.parameters if one.required}


@pytest.mark.parametrize("query", queries.stored_queries(), ids=lambda query: query.name)
def test_all_rows_cost_hardly_more_than_in_the_bare_engine(
    engine: pyoxigraph.Store, query: queries.StoredQuery
) -> None:
    store = Store(engine)
    text = queries.bind(store, query, given(query))
    bare, ours = medians(lambda: [list(row) for row in engine.query(text)], lambda: store.query(text))
    print(f"{query.name}: {bare * 1000:.1f} ms bare, {ours / bare:.2f} times that here")  # noqa: T201
    assert ours <= LARGEST_RATIO * bare + MOST_MORE


def first_rows(solutions: Solutions) -> Solutions:
    return Solutions(solutions.variables, solutions.rows[:ROWS])


@pytest.mark.parametrize("query", queries.stored_queries(), ids=lambda query: query.name)
def test_a_page_as_json_costs_hardly_more_than_what_the_bare_engine_writes(
    engine: pyoxigraph.Store, query: queries.StoredQuery
) -> None:
    store = Store(engine)
    text = queries.bind(store, query, given(query))
    page = first_text(store, query, text, ROWS)
    bare, ours = medians(
        lambda: engine.query(page).serialize(format=QueryResultsFormat.JSON),
        lambda: to_json(first_rows(store.select(page))),
    )
    print(f"{query.name}: {bare * 1000:.1f} ms bare, {ours / bare:.2f} times that here")  # noqa: T201
    assert ours <= LARGEST_RATIO * bare + MOST_MORE
