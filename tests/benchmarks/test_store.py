"""The embedded store beside the bare engine's bulk load of the same quads, and how soon a store on disk answers."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from generator import articles, write_turtle
from storing import measure, medians, write_nquads

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]

FACTS, ROUNDS = 3250, 5


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated graph folder of about 10^5 triples, with its quads as N-Quads beside it."""
    top = tmp_path_factory.mktemp("store")
    write_turtle(top / "graph", articles(FACTS))
    write_nquads(top / "graph", top / "graph.nq")
    return top / "graph"


def test_loading_takes_little_more_than_the_bare_bulk_load(graph: Path) -> None:
    nquads = graph.with_suffix(".nq")
    found = medians(graph, nquads, ("in_memory", "bare_in_memory"), ROUNDS)
    ours, bare = found["in_memory"], found["bare_in_memory"]
    time, memory = ours["processor"] / bare["processor"], ours["resident"] / bare["resident"]
    print(f"loading {time:.2f} times the time of the bare engine, {memory:.2f} times its memory")  # noqa: T201
    assert time <= 1.15
    assert memory <= 1.2


def test_writing_to_disk_takes_little_more_than_the_bare_bulk_load(graph: Path) -> None:
    found = medians(graph, graph.with_suffix(".nq"), ("on_disk", "bare_on_disk"), ROUNDS)
    ratio = found["on_disk"]["processor"] / found["bare_on_disk"]["processor"]
    print(f"writing {ratio:.2f} times the time of the bare engine")  # noqa: T201
    assert ratio <= 1.2


def test_a_store_on_disk_opens_and_answers_within_a_tenth_of_a_second(graph: Path) -> None:
    nquads = graph.with_suffix(".nq")
    measure("on_disk", graph, nquads)
    seconds = statistics.median(measure("opened", graph, nquads)["processor"] for _ in range(ROUNDS))
    print(f"opened and answered in {1000 * seconds:.0f} ms of the processor")  # noqa: T201
    assert seconds <= 0.1
