"""Releases: the first one that held a fact is remembered, whatever is built later."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from counting import counts, text_of
from small import write_texts

from shanxi_kg import manifest, pipeline, queries
from shanxi_kg.audit import audit
from shanxi_kg.cli import run
from shanxi_kg.documents import Document
from shanxi_kg.errors import GraphError, UsageError
from shanxi_kg.facts import Fact
from shanxi_kg.history import History, history_triples, read_history
from shanxi_kg.settings import Settings
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import open_graph


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with two texts."""
    return write_texts(tmp_path / "texts", {"a": text_of(2020, "Tax", 5), "b": text_of(2021, "Law", 7)})


def first_releases(graph: Path) -> dict[str, str]:
    """Return the first release of each indicator, by its evidence's bureau."""
    answer = queries.run(open_graph(graph), queries.stored_query("first-releases"))
    assert isinstance(answer, Solutions)
    rows = [row for row in answer.values() if row["kind"] == "indicator"]
    return {str(row["evidence"]).split(" Bureau")[0].split()[-1]: str(row["release"] or "") for row in rows}


def release(texts: Sequence[Path], graph: Path, name: str | None) -> None:
    pipeline.build(texts, graph, extract=counts, release=name)


def test_each_fact_names_the_first_release_that_held_it(texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    release([texts / "a.txt"], graph, "spring")
    release([texts], graph, "autumn 2.0")
    assert first_releases(graph) == {"Tax": "spring", "Law": "autumn 2.0"}
    assert manifest.read_manifest(graph).release == "autumn 2.0"
    assert audit(graph) == ()


def test_a_build_without_a_name_keeps_the_history_and_adds_nothing(texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    release([texts / "a.txt"], graph, "spring")
    before = (graph / "history.ttl").read_bytes()
    release([texts], graph, None)
    assert (graph / "history.ttl").read_bytes() == before
    assert first_releases(graph) == {"Tax": "spring", "Law": ""}
    assert manifest.read_manifest(graph).release is None


def test_without_releases_there_is_no_history(texts: Path, tmp_path: Path) -> None:
    release([texts], tmp_path / "graph", None)
    assert not (tmp_path / "graph" / "history.ttl").exists()
    assert read_history(tmp_path / "graph") == History()


def test_a_fact_that_comes_back_keeps_its_first_release(texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    release([texts], graph, "one")
    release([texts / "a.txt"], graph, "two")
    release([texts], graph, "three")
    assert first_releases(graph) == {"Tax": "one", "Law": "one"}
    assert read_history(graph).releases == ("one", "two", "three")


def test_the_latest_release_can_be_built_again_and_gives_the_same_bytes(texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    release([texts / "a.txt"], graph, "one")
    release([texts / "a.txt"], graph, "two")
    before = (graph / "history.ttl").read_bytes()
    release([texts], graph, "two")
    assert first_releases(graph) == {"Tax": "one", "Law": "two"}
    release([texts / "a.txt"], graph, "two")
    assert (graph / "history.ttl").read_bytes() == before


def test_an_older_release_cannot_be_built_again_and_nothing_is_read(texts: Path, tmp_path: Path) -> None:
    def unread(_: Document) -> Sequence[Fact]:
        raise AssertionError

    graph = tmp_path / "graph"
    release([texts], graph, "one")
    release([texts], graph, "two")
    with pytest.raises(UsageError, match="one: is an older release; give two to build the latest one again"):
        pipeline.build([texts], graph, extract=unread, release="one")


@pytest.mark.parametrize("name", ["", " ", "a\nb", " spring", "x" * 81])
def test_what_is_no_name_is_refused(texts: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is no name of a release; give up to 80 printable characters"):
        release([texts], tmp_path / "graph", name)
    assert not (tmp_path / "graph").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text + "<",
        lambda text: text.replace("dcterms:replaces", "dcterms:isReplacedBy"),
        lambda text: text.replace('dcterms:identifier "two"', 'dcterms:title "two"'),
        lambda text: (
            text + "<https://w3id.org/shanxi-kg/id/release/one> dcterms:replaces "
            "<https://w3id.org/shanxi-kg/id/release/two> .\n"
        ),
    ],
)
def test_a_broken_history_is_bad_input_and_the_graph_stays(texts: Path, tmp_path: Path, damage: object) -> None:
    graph = tmp_path / "graph"
    release([texts], graph, "one")
    release([texts], graph, "two")
    assert callable(damage)
    broken = damage((graph / "history.ttl").read_text("utf-8"))
    (graph / "history.ttl").write_text(broken, "utf-8")
    with pytest.raises(GraphError, match=r"history\.ttl"):
        release([texts], graph, None)
    assert (graph / "history.ttl").read_text("utf-8") == broken


def test_the_history_is_read_as_it_was_written(texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    release([texts], graph, "中文 1/2")
    found = read_history(graph)
    assert found.releases == ("中文 1/2",)
    assert set(found.first.values()) == {"中文 1/2"}
    assert len(history_triples(found)) == 4 + len(found.first)


def test_the_command_line_names_a_release(texts: Path, tmp_path: Path) -> None:
    assert run(["build", str(texts), "--release", "0.1.0"], Settings(tmp_path / "graph")) == 0
    assert manifest.read_manifest(tmp_path / "graph").release == "0.1.0"
