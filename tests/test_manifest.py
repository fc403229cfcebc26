"""The manifest: it says what a graph was made of and what it holds, and a change by hand is noticed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small import TEXTS, small_facts, write_texts

from shanxi_kg import __version__, audit, manifest, pipeline, software
from shanxi_kg.cli import run
from shanxi_kg.decisions import Stamp, Verdict, deciding
from shanxi_kg.decisions.known import known_facts
from shanxi_kg.errors import GraphError
from shanxi_kg.folders import replacing
from shanxi_kg.resources import folder
from shanxi_kg.settings import Settings


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def copy(small_graph: Path, tmp_path: Path) -> Path:
    """A copy of the small graph that a test may damage."""
    return Path(shutil.copytree(small_graph, tmp_path / "graph"))


def test_the_manifest_has_the_checksums_of_sources_ontology_code_and_outputs(small_graph: Path) -> None:
    found = manifest.read_manifest(small_graph)
    assert found.sources == {name: sha256(text.encode()) for name, text in TEXTS.items()}
    assert found.ontology["shapes.ttl"] == sha256((folder("ontology") / "shapes.ttl").read_bytes())
    assert found.software["version"] == __version__
    assert found.software["code"] == software.code_checksum()
    assert set(found.software["parser"]["weights"]) == {"parser/model", "tagger/model", "tok2vec/model"}
    files = [path for path in small_graph.rglob("*") if path.is_file() and path.name != "manifest.json"]
    assert found.outputs == {
        path.relative_to(small_graph).as_posix(): sha256(path.read_bytes()) for path in sorted(files)
    }
    assert (found.release, found.decisions) == (None, None)


def test_the_manifest_of_a_source_that_is_no_text_is_that_of_the_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<html><body><p>Hunan set rules for data. They were published in May.</p></body></html>")
    pipeline.build([page], tmp_path / "graph", extract=lambda _: ())
    assert manifest.read_manifest(tmp_path / "graph").sources == {"page": sha256(page.read_bytes())}


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def add(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("damage", "path", "problem"),
    [
        (append, "documents/hunan.ttl", "was changed after the build; keep the change as a decision and build again"),
        (append, "catalog.ttl", "was changed after the build; keep the change as a decision and build again"),
        (append, "sources/zh.txt", "was changed after the build; keep the change as a decision and build again"),
        (Path.unlink, "documents/zh.ttl", "is in manifest.json but not in the folder; build the graph again"),
        (add, "documents/new.ttl", "is in the folder but not in manifest.json; take it out, or build the graph again"),
    ],
)
def test_a_change_by_hand_is_noticed(copy: Path, damage: Callable[[Path], None], path: str, problem: str) -> None:
    damage(copy / path)
    assert list(manifest.differences(copy)) == [manifest.Difference(path, problem)]
    assert (path, problem) in [(one.subject, one.message) for one in audit.audit(copy) if one.rule == "manifest"]


def test_validate_names_the_file_that_was_changed(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(copy / "documents" / "hunan.ttl")
    assert run(["validate"], Settings(copy)) == 1
    assert "documents/hunan.ttl" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[1]", b"\xff"])
def test_a_manifest_that_is_missing_or_broken_is_a_finding(copy: Path, content: bytes | None) -> None:
    if content is None:
        (copy / "manifest.json").unlink()
    else:
        (copy / "manifest.json").write_bytes(content)
    with pytest.raises(GraphError, match="build the graph again"):
        manifest.read_manifest(copy)
    assert [one.path for one in manifest.differences(copy)] == ["manifest.json"]


def test_a_decision_after_the_build_is_no_change_by_hand(copy: Path) -> None:
    fact = known_facts(copy)[0].iri
    deciding.decide(copy, Verdict.ACCEPT, [fact], Stamp("Zhao Min", "2026-03-02", "Read."))
    assert list(manifest.differences(copy)) == []
    pipeline.build([copy / "sources"], copy, extract=small_facts)
    assert manifest.read_manifest(copy).decisions == sha256((copy / "decisions.ttl").read_bytes())


def test_the_manifest_is_the_same_wherever_and_whenever_it_is_written(small_graph: Path, tmp_path: Path) -> None:
    pipeline.build([write_texts(tmp_path / "elsewhere")], tmp_path / "out", extract=small_facts)
    assert (tmp_path / "out" / "manifest.json").read_bytes() == (small_graph / "manifest.json").read_bytes()


def test_the_manifest_is_sorted_json_in_utf_8(small_graph: Path) -> None:
    text = (small_graph / "manifest.json").read_text("utf-8")
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n" == text


def test_a_decision_that_is_made_during_the_switch_is_not_lost(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shanxi_kg import folders

    def late(new: Path, old: Path) -> bool:
        (old / "decisions.ttl").write_text("# late\n", "utf-8")
        return exchange(new, old)

    exchange = folders.exchange
    (copy / "decisions.ttl").write_text("", "utf-8")
    monkeypatch.setattr(folders, "exchange", late)
    with replacing(copy):
        pass
    assert (copy / "decisions.ttl").read_text("utf-8") == "# late\n"
