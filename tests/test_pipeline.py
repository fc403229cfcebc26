"""The main path: from sources to a graph folder, the same bytes each time, the old state or the new one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from small import HUNAN_TEXT, TEXTS, small_facts, write_texts

from shanxi_kg import pipeline
from shanxi_kg.documents import Document
from shanxi_kg.errors import GraphError, SourceError, UsageError
from shanxi_kg.facts import Evidence, Fact
from shanxi_kg.resources import folder

TOP = Path(__file__).resolve().parents[1]


def tree(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with the small texts."""
    return write_texts(tmp_path / "texts")


def test_a_graph_folder_holds_texts_documents_conflicts_and_a_catalogue(small_graph: Path) -> None:
    names = ("hubei", "hunan", "zh")
    expected = [*(f"documents/{name}.ttl" for name in names), *(f"sources/{name}.txt" for name in names)]
    assert sorted(tree(small_graph)) == sorted(["conflicts.ttl", "manifest.json", *expected])
    assert (small_graph / "sources" / "hunan.txt").read_bytes() == HUNAN_TEXT.encode()


def test_the_report_counts_facts_by_kind_and_carries_notices(texts: Path, tmp_path: Path) -> None:
    report = pipeline.build([texts], tmp_path / "graph", extract=small_facts)
    assert [document.name for document in report.documents] == ["hubei", "hunan", "zh"]
    assert report.facts == {
        "agency": 2,
        "agreement": 2,
        "indicator": 2,
        "platform": 1,
        "policy": 2,
        "post": 1,
        "regulation": 2,
        "statement": 1,
    }
    assert report.failures == ()
    assert "Chinese" in report.documents[2].notices[0]


def test_progress_is_told_of_every_source(texts: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    pipeline.build([texts], tmp_path / "graph", lambda *step: told.append(step), small_facts)
    assert told == [(1, 3, "hubei"), (2, 3, "hunan"), (3, 3, "zh")]


def test_sources_in_another_order_give_the_same_bytes(texts: Path, tmp_path: Path) -> None:
    files = sorted(texts.iterdir())
    pipeline.build(files, tmp_path / "a", extract=small_facts)
    pipeline.build(files[::-1], tmp_path / "b", extract=small_facts)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_a_quote_that_is_not_in_the_text_is_not_published(texts: Path, tmp_path: Path) -> None:
    def careless(document: Document) -> tuple[Fact, ...]:
        first, *rest = small_facts(document) or (None,)
        return (replace(first, evidence=Evidence(0, 5, "wrong")), *rest) if first else ()  # type: ignore[arg-type]

    report = pipeline.build([texts / "hunan.txt"], tmp_path / "graph", extract=careless)
    (document,) = report.documents
    assert document.kept_back == 1
    assert "must be those of the quote" in str(document.quarantined[0])
    assert "regulation" not in report.facts
    assert b"Data Rules" in (tmp_path / "graph" / "quarantine" / "hunan.ttl").read_bytes()
    assert b"RegulationFact" not in (tmp_path / "graph" / "documents" / "hunan.ttl").read_bytes()


def test_a_source_that_cannot_be_read_is_reported_and_the_rest_goes_on(texts: Path, tmp_path: Path) -> None:
    (texts / "empty.txt").write_bytes(b"")
    (texts / "binary.txt").write_bytes(b"\x00\x01\x02" * 99)
    report = pipeline.build([texts], tmp_path / "graph", extract=small_facts)
    assert [Path(failure.path).name for failure in report.failures if isinstance(failure, SourceError)] == [
        "binary.txt",
        "empty.txt",
    ]
    assert len(report.documents) == 3


def test_where_nothing_can_be_read_nothing_is_written(texts: Path, tmp_path: Path) -> None:
    pipeline.build([texts], tmp_path / "graph", extract=small_facts)
    before = tree(tmp_path / "graph")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n")
    with pytest.raises(SourceError, match=r"empty\.txt"):
        pipeline.build([tmp_path / "empty.txt"], tmp_path / "graph", extract=small_facts)
    with pytest.raises(GraphError, match="none of the 2 sources can be built, so nothing is written"):
        pipeline.build([tmp_path / "empty.txt", tmp_path / "blank.txt"], tmp_path / "graph", extract=small_facts)
    with pytest.raises(UsageError, match="No such file or directory; check the path"):
        pipeline.build([tmp_path / "missing"], tmp_path / "graph", extract=small_facts)
    assert tree(tmp_path / "graph") == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_interrupted_build_leaves_the_old_state(texts: Path, tmp_path: Path) -> None:
    def interrupted(document: Document) -> tuple[Fact, ...]:
        if document.name == "hunan":
            raise KeyboardInterrupt
        return ()

    pipeline.build([texts], tmp_path / "graph", extract=small_facts)
    before = tree(tmp_path / "graph")
    with pytest.raises(KeyboardInterrupt):
        pipeline.build([texts], tmp_path / "graph", extract=interrupted)
    assert tree(tmp_path / "graph") == before


def test_a_build_replaces_the_folder_as_a_whole_and_keeps_decisions(texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    pipeline.build([texts], graph, extract=small_facts)
    (graph / "decisions.ttl").write_text("", "utf-8")
    pipeline.build([texts / "hubei.txt"], graph, extract=small_facts)
    expected = ["conflicts.ttl", "decisions.ttl", "documents/hubei.ttl", "manifest.json", "sources/hubei.txt"]
    assert sorted(tree(graph)) == expected


def test_a_graph_can_be_built_again_from_its_own_texts(texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    pipeline.build([texts], graph, extract=small_facts)
    before = tree(graph)
    pipeline.build([graph / "sources"], graph, extract=small_facts)
    assert tree(graph) == before


def test_a_text_of_the_folder_that_cannot_be_read_is_not_lost(texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    pipeline.build([texts], graph, extract=small_facts)
    (graph / "sources" / "hubei.txt").write_bytes(b"\x00\x01\x02" * 99)
    report = pipeline.build([graph / "sources"], graph, extract=small_facts)
    assert len(report.failures) == 1
    assert (graph / "sources" / "hubei.txt").read_bytes() == b"\x00\x01\x02" * 99


def test_the_committed_graph_is_what_its_text_gives(tmp_path: Path) -> None:
    seed = folder("graph")
    shutil.copytree(seed, tmp_path / "graph")
    pipeline.build([seed / "sources"], tmp_path / "graph")
    built, committed = tree(tmp_path / "graph"), tree(seed)
    made, known = (json.loads(files.pop("manifest.json")) for files in (built, committed))
    assert built == committed
    assert (made["sources"], made["outputs"]) == (known["sources"], known["outputs"])


@pytest.mark.slow
def test_neither_hash_seed_nor_locale_nor_time_zone_nor_order_shows(tmp_path: Path) -> None:
    settings = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
    ]
    texts = {**TEXTS, "001": (folder("graph") / "sources" / "001.txt").read_text("utf-8")}
    files = sorted(write_texts(tmp_path / "texts", texts).iterdir())
    for number, setting in enumerate(settings):
        command = [
            sys.executable,
            "-m",
            "shanxi_kg",
            "build",
            *(files[::-1] if number else files),
            "-o",
            tmp_path / str(number),
        ]
        subprocess.run(command, cwd=TOP, env={**os.environ, **setting}, check=True, capture_output=True, timeout=300)
    assert tree(tmp_path / "0") == tree(tmp_path / "1")


@pytest.mark.slow
def test_pyshacl_from_its_own_command_line_passes_what_is_published(small_graph: Path, tmp_path: Path) -> None:
    ontology = folder("ontology")
    merged = tmp_path / "merged.ttl"
    parts = [
        *sorted((small_graph / "documents").glob("*.ttl")),
        *(ontology / f"{name}.ttl" for name in ("core", "codes", "places", "organizations")),
    ]
    merged.write_text("".join(path.read_text("utf-8") + "\n" for path in parts), "utf-8")
    command = [Path(sys.executable).with_name("pyshacl"), "-s", ontology / "shapes.ttl", "-f", "human", merged]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_a_broken_ontology_file_stops_the_build_before_anything_is_written(texts: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for name in ("shanxi_kg", "ontology", "queries"):
        shutil.copytree(TOP / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    (checkout / "ontology" / "codes.ttl").write_text("@prefix broken", "utf-8")
    command = [sys.executable, "-m", "shanxi_kg", "build", texts, "-o", tmp_path / "graph"]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    done = subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 3
    assert "codes.ttl:1:" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "graph").exists()
