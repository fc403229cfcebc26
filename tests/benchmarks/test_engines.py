"""The stored queries beside the bare engine on a generated graph: what the package adds, and that they all answer."""

from __future__ import annotations

import pytest
from engines import EXAMPLES, merged, table
from pyoxigraph import RdfFormat
from pytest_benchmark.fixture import BenchmarkFixture

from shanxi_kg import queries
from shanxi_kg.store import Store

pytestmark = pytest.mark.benchmark

FACTS = 300
SECONDS = 1.0
"""None of the stored queries takes as long on the small generated graph; one that is quadratic does."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    import pyoxigraph

    path = tmp_path_factory.mktemp("engines") / "graph.nt"
    merged(path, FACTS)
    engine = pyoxigraph.Store()
    engine.bulk_load(path=path, format=RdfFormat.N_TRIPLES)
    return Store(engine)


@pytest.mark.parametrize("query", queries.stored_queries(), ids=lambda query: query.name)
def test_a_stored_query_answers_in_time_on_a_generated_graph(
    benchmark: BenchmarkFixture, store: Store, query: queries.StoredQuery
) -> None:
    values = {one.name: EXAMPLES[one.name] for one in query.parameters if one.required}
    benchmark.pedantic(queries.run, args=(store, query, values), rounds=3, warmup_rounds=1)
    assert benchmark.stats.stats.min < SECONDS


def test_the_table_has_a_row_a_query_and_a_column_an_engine() -> None:
    lines = table(10, ("shanxi-kg", "pyoxigraph")).splitlines()
    assert len(lines) == 3 + len(queries.stored_queries())
    assert all(line.count("|") == 4 for line in lines)
    assert not any("Error" in line for line in lines)
