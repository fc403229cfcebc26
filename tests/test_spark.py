"""Reading on a cluster: a real one, that loses a worker halfway, gives the very lines of a local build."""

from __future__ import annotations

import json
import shutil
import sys
import threading
from pathlib import Path

import pytest
from cluster import QUICK, Cluster, cluster, kill
from pyoxigraph import NamedNode, RdfFormat, parse, serialize
from pyspark import SparkContext
from small import HUBEI_TEXT, HUNAN_TEXT, TEXTS, write_texts

from shanxi_kg import exports, pipeline
from shanxi_kg.cli import run
from shanxi_kg.decisions import Stamp, Verdict, deciding
from shanxi_kg.decisions.known import known_facts
from shanxi_kg.errors import UsageError
from shanxi_kg.resources import folder
from shanxi_kg.settings import Settings
from shanxi_kg.spark import build_on_spark

pytestmark = [pytest.mark.server, pytest.mark.slow]

NUMBER = 10
SEED = folder("graph") / "sources" / "001.txt"
LOCAL = {**QUICK, "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


@pytest.fixture(autouse=True)
def _python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in a folder with a sub-folder: the seed, and invented ones, each a little different."""
    top = tmp_path_factory.mktemp("spark") / "articles"
    write_texts(top, TEXTS)
    shutil.copy(SEED, top / "001.txt")
    texts = {f"{number:03}": HUNAN_TEXT.replace("1,200", f"1,{number}00") for number in range(2, NUMBER)}
    write_texts(top / "2021", texts)
    return top


@pytest.fixture(scope="module")
def local(sources: Path) -> Path:
    """The graph folder that a local build makes of the sources."""
    graph = sources.parent / "graph"
    pipeline.build([sources], graph)
    return graph


def named(graph: Path) -> list[bytes]:
    """Return the N-Quads of a local build that stand in the documents' named graphs, sorted."""
    quads = parse(exports.export(graph, exports.SYNTAXES["nquads"]), format=RdfFormat.N_QUADS)
    of_documents = [quad for quad in quads if isinstance(quad.graph_name, NamedNode)]
    return sorted((serialize(of_documents, format=RdfFormat.N_QUADS) or b"").splitlines())


def lines_of(output: Path) -> list[bytes]:
    """Return what a cluster wrote, sorted."""
    assert (output / "_SUCCESS").exists()
    return sorted(line for part in output.glob("part-*") for line in part.read_bytes().splitlines())


def kill_halfway(victims: Cluster, done: threading.Event, seen: list[tuple[int, int]]) -> None:
    """Kill a worker with its executor once a few of the tasks of a stage are through; note how many of how many."""
    while not done.wait(0.05):
        context = SparkContext._active_spark_context
        tracker = context.statusTracker() if hasattr(context, "_jsc") else None
        for stage in tracker.getActiveStageIds() if tracker else ():
            info = tracker.getStageInfo(stage) if tracker else None
            if info and info.numTasks > 4 and info.numCompletedTasks >= 2:
                kill(victims.workers[0])
                seen.append((info.numCompletedTasks, info.numTasks))
                return


def test_a_cluster_that_loses_a_worker_halfway_gives_the_lines_of_a_local_build(
    sources: Path, local: Path, tmp_path: Path
) -> None:
    done, seen = threading.Event(), list[tuple[int, int]]()
    with cluster(tmp_path / "cluster") as running:
        watcher = threading.Thread(target=kill_halfway, args=(running, done, seen))
        watcher.start()
        try:
            report = build_on_spark(
                running.master, [str(sources)], str(tmp_path / "out"), configuration=running.configuration
            )
        finally:
            done.set()
            watcher.join()
    assert len(seen) == 1
    assert seen[0][0] < seen[0][1]
    assert report.documents == len(list(sources.rglob("*.txt")))
    assert report.failures == ()
    assert lines_of(tmp_path / "out") == named(local)


def test_json_lines_and_parquet_give_what_files_of_those_names_give(local: Path, sources: Path, tmp_path: Path) -> None:
    import polars

    rows = [
        {"name": str(path.relative_to(sources).with_suffix("")), "text": path.read_bytes().decode()}
        for path in sorted(sources.rglob("*.txt"))
    ]
    halves = rows[::2], rows[1::2]
    (tmp_path / "some.jsonl").write_text("".join(json.dumps(row) + "\n" for row in halves[0]))
    polars.DataFrame(halves[1]).write_parquet(tmp_path / "others.parquet")
    given = [str(tmp_path / "some.jsonl"), str(tmp_path / "others.parquet")]
    report = build_on_spark("local[2]", given, str(tmp_path / "out"), configuration=LOCAL)
    assert report.documents == len(rows)
    assert lines_of(tmp_path / "out") == named(local)


def test_the_command_reads_on_a_cluster_as_people_decided_and_names_what_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = write_texts(tmp_path / "articles", {"hubei": HUBEI_TEXT, "hunan": HUNAN_TEXT})
    (articles / "broken.pdf").write_bytes(b"no PDF")
    (articles / "notes.md").write_text("No article.")
    graph = tmp_path / "graph"
    assert run(["build", str(articles), "--no-cache"], Settings(graph)) == 3
    rejected = known_facts(graph)[0].iri
    deciding.decide(graph, Verdict.REJECT, [rejected], Stamp("Li Wei", "2026-11-24", "Wrong."), {})
    assert run(["build", str(articles), "--no-cache"], Settings(graph)) == 3
    capsys.readouterr()
    on_spark = ["build", str(articles), "--spark", "local[2]"]
    assert run([*on_spark, "--output", str(tmp_path / "quads")], Settings(graph)) == 3
    out, err = capsys.readouterr()
    assert f"Error: file:{articles}/broken.pdf: " in err
    assert "documents       2" in out
    assert lines_of(tmp_path / "quads") == named(graph)
    assert run([*on_spark, "--output", str(tmp_path / "quads")], Settings(graph)) == 2
    assert "is there already" in capsys.readouterr().err
    assert run(on_spark, Settings(graph)) == 2
    assert "--spark needs --output" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["one/a.txt", "two/a.txt"], "would both be document 'a'; rename one of them"),
        ([], "Spark cannot read it"),
    ],
)
def test_sources_that_are_wrong_as_a_whole_are_an_error(tmp_path: Path, names: list[str], problem: str) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Nothing happened.")
    given = [str(tmp_path / name) for name in ("one", "two")]
    with pytest.raises(UsageError, match=problem):
        build_on_spark("local[1]", given, str(tmp_path / "out"), configuration=LOCAL)
