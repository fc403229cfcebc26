"""The audit: each kind of damage to a published graph is found and said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from shanxi_kg import audit


@pytest.fixture
def copy(small_graph: Path, tmp_path: Path) -> Path:
    """A copy of the small graph that a test may damage."""
    return Path(shutil.copytree(small_graph, tmp_path / "graph"))


def damage(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8", newline="")


def test_a_sound_graph_has_no_findings(small_graph: Path) -> None:
    assert audit.audit(small_graph) == ()


def test_a_text_that_was_edited_is_found_by_each_span_behind_the_edit(copy: Path) -> None:
    damage(copy / "sources" / "hubei.txt", "Hubei counts", "Hubei now counts")
    findings = audit.audit(copy)
    assert {finding.rule for finding in findings} == {"text"}
    assert len(findings) == 2


def test_a_text_that_is_gone_is_found(copy: Path) -> None:
    (copy / "sources" / "hubei.txt").unlink()
    assert [finding.message for finding in audit.audit(copy)] == ["sources/hubei.txt is missing or not UTF-8"]


def test_a_fact_without_evidence_breaks_a_shape_and_a_check(copy: Path) -> None:
    damage(copy / "documents" / "hubei.ttl", "sx:evidence", "sx:evidenceOf")
    rules = {finding.rule for finding in audit.audit(copy)}
    assert {"check term-without-declaration", "https://w3id.org/shanxi-kg/id/shape/Fact-evidence"} <= rules


def test_findings_are_written_as_text_json_and_a_shacl_report(copy: Path) -> None:
    (copy / "sources" / "hubei.txt").unlink()
    findings = audit.audit(copy)
    subject = "https://w3id.org/shanxi-kg/id/document/hubei"
    assert audit.to_text(findings) == f"text: {subject}: sources/hubei.txt is missing or not UTF-8\n"
    assert json.loads(audit.to_json(findings)) == {
        "conforms": False,
        "findings": [{"rule": "text", "subject": subject, "message": "sources/hubei.txt is missing or not UTF-8"}],
    }
    triples = list(parse(audit.to_turtle(findings), format=RdfFormat.TURTLE))
    assert sum(quad.predicate.value.endswith("#result") for quad in triples) == 1
    assert json.loads(audit.to_json(())) == {"conforms": True, "findings": []}
