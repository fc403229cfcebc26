"""What a stored query costs on the command line, beside the same query in the bare engine."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from shanxi_kg.folders import published_files
from shanxi_kg.resources import folder
from shanxi_kg.store import authority_files

TOP = Path(__file__).resolve().parents[2]
ROUNDS = 7
LARGEST_RATIO = 5

BARE = """\
import sys
from pyoxigraph import QueryResultsFormat, RdfFormat, Store
store = Store()
for path in sys.argv[2:]:
    store.load(path=path, format=RdfFormat.TURTLE)
results = store.query(open(sys.argv[1], encoding="utf-8").read())
sys.stdout.buffer.write(results.serialize(format=QueryResultsFormat.JSON))
"""


def cpu_seconds(command: list[str]) -> float:
    """Return the least CPU time of a command over some rounds."""
    spent = []
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True, timeout=60)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


@pytest.mark.benchmark
def test_a_stored_query_costs_less_than_five_times_the_bare_engine() -> None:
    files = [str(path) for path in (*authority_files(), *published_files(folder("graph")))]
    query = str(folder("queries") / "agreements.rq")
    bare = cpu_seconds([sys.executable, "-c", BARE, query, *files])
    ours = cpu_seconds(
        [sys.executable, "-m", "shanxi_kg", "query", "agreements", "--format", "json", "--graph", str(folder("graph"))]
    )
    print(f"bare {bare:.3f} s, shanxi-kg {ours:.3f} s, ratio {ours / bare:.1f}")  # noqa: T201
    assert ours < LARGEST_RATIO * bare
