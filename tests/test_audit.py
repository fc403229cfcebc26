"""The audit: each kind of damage to a published graph is found and said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shanxi_kg import audit


@pytest.fixture
def copy(small_graph: Path, tmp_path: Path) -> Path:
    """A copy of the small graph that a test may damage."""
    return Path(shutil.copytree(small_graph, tmp_path / "graph"))


def damage(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8", newline="")


def findings_about_content(graph: Path) -> list[audit.Finding]:
    """What is found beside the manifest, which notices every damage."""
    findings = audit.audit(graph)
    assert "manifest" in {finding.rule for finding in findings}
    return [finding for finding in findings if finding.rule != "manifest"]


def test_a_sound_graph_has_no_findings(small_graph: Path) -> None:
    assert audit.audit(small_graph) == ()


def test_a_text_that_was_edited_is_found_by_each_span_behind_the_edit(copy: Path) -> None:
    damage(copy / "sources" / "hubei.txt", "Hubei counts", "Hubei now counts")
    findings = findings_about_content(copy)
    assert {finding.rule for finding in findings} == {"text"}
    assert len(findings) == 2


def test_a_text_that_is_gone_is_found(copy: Path) -> None:
    (copy / "sources" / "hubei.txt").unlink()
    (finding,) = findings_about_content(copy)
    assert finding.message == "sources/hubei.txt is missing or not UTF-8"


def test_a_fact_without_evidence_breaks_a_shape_and_a_check(copy: Path) -> None:
    damage(copy / "documents" / "hubei.ttl", "sx:evidence", "sx:evidenceOf")
    rules = {finding.rule for finding in audit.audit(copy)}
    assert {"check term-without-declaration", "https://w3id.org/shanxi-kg/id/shape/Fact-evidence"} <= rules


def test_conflicts_that_the_documents_do_not_give_are_found(copy: Path) -> None:
    damage(copy / "conflicts.ttl", "1150", "1151")
    findings = findings_about_content(copy)
    assert {finding.rule for finding in findings} == {"conflicts"}
    assert all(finding.subject.startswith("https://w3id.org/shanxi-kg/id/conflict/") for finding in findings)
    (copy / "conflicts.ttl").unlink()
    assert {finding.rule for finding in findings_about_content(copy)} == {"conflicts"}


def test_a_comparison_of_a_fact_that_is_not_there_breaks_a_shape_and_a_check(copy: Path) -> None:
    damage(copy / "conflicts.ttl", "/id/fact/hubei/", "/id/fact/hubei/no")
    rules = {finding.rule for finding in audit.audit(copy)}
    shape = "https://w3id.org/shanxi-kg/id/shape/Comparison-fact"
    assert {"conflicts", "check comparison-of-what-is-not-there", shape} <= rules
