"""The first page and the whole answer of each stored query on a million triples, as a table.

`PYTHONPATH=.:tests pytest -s -m slow tests/benchmarks/test_pages.py` prints it.
"""

from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph
import pytest
from engines import EXAMPLES, merged
from measuring import least_cpu
from pyoxigraph import RdfFormat

from shanxi_kg import paging, queries
from shanxi_kg.store import Store

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]

FACTS, ROWS, ROUNDS = 35_700, 50, 3
MOST = 0.3
"""Seconds of processor time for a page: three times what is wanted, since the machine may have other work to do."""


def test_the_first_page_of_each_stored_query_comes_at_once_on_a_million_triples(tmp_path: Path) -> None:
    number = merged(tmp_path / "graph.nt", FACTS)
    engine = pyoxigraph.Store()
    engine.bulk_load(path=tmp_path / "graph.nt", format=RdfFormat.N_TRIPLES)
    store, slow = Store(engine), {}
    print(f"\n| ms, {number:,} triples | first {ROWS} rows | all rows | rows |\n| --- | ---: | ---: | ---: |")  # noqa: T201
    for query in queries.stored_queries():
        given = {one.name: EXAMPLES[one.name] for one in query.parameters if one.required}
        page = least_cpu(lambda query=query, given=given: paging.page(store, query, given, ROWS), ROUNDS)
        start = time.process_time()
        rows = len(store.select(queries.bind(store, query, given)).rows)
        whole = time.process_time() - start
        print(f"| {query.name} | {page * 1000:,.1f} | {whole * 1000:,.1f} | {rows:,} |")  # noqa: T201
        slow |= {query.name: page} if page > MOST else {}
    assert slow == {}
