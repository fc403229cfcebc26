"""What tests share: the small graph, built by the real pipeline, and the ban on skips."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from small import small_facts, write_texts

from shanxi_kg import pipeline
from shanxi_kg.store import Store, open_graph

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The cache of commands that tests start; that of the user is left alone."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("SHANXI_KG_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder of the small texts. Tests must not change it."""
    top = tmp_path_factory.mktemp("small")
    report = pipeline.build([write_texts(top / "texts")], top / "graph", extract=small_facts)
    assert [violation for document in report.documents for violation in document.quarantined] == []
    return top / "graph"


@pytest.fixture(scope="session")
def small_store(small_graph: Path) -> Store:
    """The small graph, loaded."""
    return open_graph(small_graph)


@pytest.fixture(scope="session")
def gold_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder of the texts that have gold facts. Tests must not change it."""
    graph = tmp_path_factory.mktemp("gold") / "graph"
    pipeline.build(sorted(GOLD.glob("*.txt")), graph)
    return graph


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Turn a skipped test into a failed one where skips are forbidden."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and "SHANXI_KG_NO_SKIPS" in os.environ:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped ({call.excinfo}), and skips are forbidden here"
    return report
