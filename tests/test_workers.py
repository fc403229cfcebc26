"""Work by several processes: the order is kept, little is under way at once, and a dead worker is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small import write_texts

from shanxi_kg import pipeline
from shanxi_kg.errors import GraphError, SourceError
from shanxi_kg.workers import AHEAD, BATCH, in_order

TOP = Path(__file__).resolve().parents[1]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def die(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def process(_: int) -> int:
    return os.getpid()


def slower_at_first(number: int) -> int:
    time.sleep(0.02 if number < BATCH else 0)
    return number * number


@pytest.mark.parametrize("number", [0, 1, 2, 5 * BATCH + 1])
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_made_comes_in_the_order_of_the_things(jobs: int, number: int) -> None:
    assert list(in_order(slower_at_first, range(number), jobs)) == [one * one for one in range(number)]


def test_one_job_works_in_this_process_and_two_in_others() -> None:
    assert set(in_order(process, range(40), jobs=1)) == {os.getpid()}
    assert os.getpid() not in set(in_order(process, range(40), jobs=2))


def test_a_dead_process_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(GraphError, match="fewer --jobs"):
        list(in_order(die, range(40), jobs=2))


class Counted(list[int]):
    """A list that knows how many of its items were handed out."""

    taken = 0

    def __getitem__(self, key: slice) -> list[int]:  # type: ignore[override]
        self.taken = key.stop
        return super().__getitem__(key)


def test_only_a_few_batches_are_under_way_at_once() -> None:
    things = Counted(range(100 * BATCH))
    made = in_order(slower_at_first, things, jobs=2)
    next(made)
    assert things.taken <= AHEAD * 2 * BATCH
    made.close()  # type: ignore[attr-defined]


def test_an_error_of_a_source_travels_whole_between_processes() -> None:
    import pickle

    error = SourceError(Path("a.pdf"), "has no text layer", "run it through OCR")
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.path, copy.problem, copy.hint) == (str(error), error.path, error.problem, error.hint)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = write_texts(tmp_path / "texts")
    for number in range(3 * BATCH):
        (folder / f"more-{number:02}.txt").write_text((folder / "hubei.txt").read_text("utf-8"), "utf-8")
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02" * 99)
    return folder


def test_several_processes_give_the_bytes_and_the_report_of_one(texts: Path, tmp_path: Path) -> None:
    reports = [pipeline.build([texts], tmp_path / f"graph{jobs}", jobs=jobs) for jobs in (1, 2)]
    assert [str(failure) for failure in reports[0].failures] == [str(failure) for failure in reports[1].failures]
    assert reports[0].documents == reports[1].documents
    assert len(reports[0].failures) == 1
    assert tree(tmp_path / "graph1") == tree(tmp_path / "graph2")


@pytest.mark.slow
def test_an_interrupted_build_leaves_the_graph_as_it_was_and_the_next_one_goes_on(tmp_path: Path) -> None:
    texts, graph, cache = tmp_path / "texts", tmp_path / "graph", tmp_path / "cache"
    texts.mkdir()
    for number in range(160):
        sentence = f"The number of patents in Datong increased to {number + 10} in 2020."
        (texts / f"{number:03}.txt").write_text(f"A city counts\n\nUpdated: 2021-06-01\n\n{sentence}\n", "utf-8")
    pipeline.build([texts / "000.txt"], graph)
    before = tree(graph)
    command = [sys.executable, "-m", "shanxi_kg", "build", texts, "-o", graph, "--cache", cache, "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    child = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while sum(1 for _ in cache.rglob("*")) < 24 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(child.pid, signal.SIGINT)  # as the interrupt key does: to all processes of the build
    _, told = child.communicate(timeout=60)
    assert child.returncode == 130
    assert b"Traceback" not in told
    assert tree(graph) == before
    kept = len([path for path in cache.rglob("*") if path.is_file()])
    assert 24 <= kept < 2 * 160
    assert subprocess.run(command, env=environment, check=False, capture_output=True, timeout=120).returncode == 0
    assert len(list((graph / "documents").iterdir())) == 160
