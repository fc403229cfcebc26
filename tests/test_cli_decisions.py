"""Deciding on the command line: one decision a command, and a walk that goes on where it stopped, over a pipe too."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small import small_facts
from test_imports import HEAVY, modules_after

from shanxi_kg import pipeline
from shanxi_kg.cli import run
from shanxi_kg.decisions import FactDecision, read_decisions
from shanxi_kg.settings import Settings

Captured = pytest.CaptureFixture[str]
COMMANDS = ("review", "accept", "reject", "correct", "merge", "split")
WHO = ("--author", "Li Wei", "--date", "2026-11-24")
SUBSIDY = "fact/hunan/d53c9d2f31cf"
COUNT = "fact/hunan/e8e8e85f1c45"


@pytest.fixture
def graph(small_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A graph folder of the small texts that a test may decide on."""
    monkeypatch.delenv("SHANXI_KG_AUTHOR", raising=False)
    return Path(shutil.copytree(small_graph, tmp_path / "graph"))


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that puts lines where the commands read what is typed."""

    def typed(lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))

    return typed


def shanxi_kg(graph: Path, *arguments: str) -> int:
    return run(list(arguments), Settings(graph))


def rebuild(graph: Path) -> pipeline.BuildReport:
    return pipeline.build([graph / "sources"], graph, extract=small_facts)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_imports_nothing_heavy(command: str) -> None:
    assert modules_after(command, "--help").isdisjoint([*HEAVY, "pyoxigraph"])


def test_a_decision_is_told_in_one_line_and_kept(graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(graph, "reject", SUBSIDY, "--reason", "It was a loan.", *WHO) == 0
    out, err = capsys.readouterr()
    (made,) = read_decisions(graph)
    name = f"decision/{made.iri.value[-12:]}"
    assert out == f"{name} reject {SUBSIDY}: granted subsidies to small and medium-sized enterprises\n"
    assert err == "kept; the next `shanxi-kg build` applies it\n"
    assert (made.stamp.author, made.stamp.date, made.stamp.reason) == ("Li Wei", "2026-11-24", "It was a loan.")


def test_the_day_is_todays_and_the_author_that_of_the_environment_unless_given(
    graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_KG_AUTHOR", "Zhao Min")
    before = date.today().isoformat()
    assert shanxi_kg(graph, "accept", SUBSIDY, COUNT) == 0
    stamps = {made.stamp for made in read_decisions(graph)}
    assert [(stamp.author, stamp.reason) for stamp in stamps] == [("Zhao Min", "Read against its sentence.")]
    assert before <= stamps.pop().date <= date.today().isoformat()


def test_a_correction_of_several_fields_is_a_decision_a_field(graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(graph, "correct", COUNT, "value=1,250", "unit=", "--reason", "A slip.", *WHO) == 0
    assert [line.split(":")[0].split(" ", 1)[1] for line in capsys.readouterr().out.splitlines()] == [
        f"correct {COUNT} value=1250",
        f"correct {COUNT} unit=",
    ]


def test_bodies_are_merged_and_split_by_their_short_names(graph: Path, capsys: Captured) -> None:
    bureau, center = "organization/hunan-data-bureau", "organization/changsha-data-center-of-hunan-data-bureau"
    assert shanxi_kg(graph, "merge", bureau, center, "--reason", "One body.", *WHO) == 0
    assert f"merge {center} -> {bureau}: Hunan Data Bureau\n" in capsys.readouterr().out
    split = ("split", bureau, "-d", "hunan", "--label", "Changsha Data Bureau", "--reason", "Another body.")
    assert shanxi_kg(graph, *split, *WHO) == 0
    assert f"split {bureau} -> organization/changsha-data-bureau: Changsha Data Bureau\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (["reject", SUBSIDY, "--author", "Li Wei"], 2, "a decision needs its reason; give --reason"),
        (["reject", SUBSIDY, "--reason", "No."], 2, "a decision needs its author; give --author"),
        (["review"], 2, "a decision needs its author; give --author"),
        (["reject", SUBSIDY, "--reason", "No.", "--date", "yesterday", *WHO[:2]], 2, "'yesterday' does not match"),
        (["reject", "fact/hunan/none", "--reason", "No.", *WHO], 3, "fact/hunan/none: the graph has no such fact"),
        (["reject", "place/CN-HN", "--reason", "No.", *WHO], 3, "place/CN-HN: the graph has no such fact"),
        (["reject", "fact/a b", "--reason", "No.", *WHO], 2, "fact/a b: is no IRI"),
        (["correct", COUNT, "value", "--reason", "No.", *WHO], 2, "value: is no correction; write FIELD=VALUE"),
        (["correct", COUNT, "size=2", "--reason", "No.", *WHO], 2, "has no field 'size'; it has measure, value"),
        (["merge", "person/li-wei", "person/wang", "--reason", "No.", *WHO], 3, "person/wang: the graph knows nothing"),
        (["review", "--document", "nowhere", *WHO], 3, "nowhere: the graph has no such document"),
        (["review", "--kind", "rumour", *WHO], 2, "'rumour' is not one of"),
    ],
)
def test_what_cannot_be_decided_is_one_line_of_error_with_its_status(
    graph: Path, capsys: Captured, arguments: list[str], status: int, problem: str
) -> None:
    assert shanxi_kg(graph, *arguments) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Error: ")
    assert problem in err
    assert not (graph / "decisions.ttl").exists()


# The walk


def test_the_walk_shows_the_doubtful_first_with_the_evidence_marked_in_its_sentence(
    graph: Path, capsys: Captured, type_in: Callable[[str], None]
) -> None:
    type_in("s\ns\ns\ns\nq\n")
    assert shanxi_kg(graph, "review", *WHO) == 0
    out, err = capsys.readouterr()
    blocks = [block.strip() for block in out.split("[")[1:] if " of 13] " in block]
    assert [block.split("\n")[0] for block in blocks] == [
        "1 of 13] conflicting",
        "2 of 13] conflicting",
        "3 of 13] ambiguous",
        "4 of 13] ambiguous",
        "5 of 13] inferred",
    ]
    lines = out.splitlines()
    assert "  Hunan [[signed data cooperation agreements with Hubei and Guangdong]]." in lines
    assert "  hunan, characters 190 to 249" in lines
    assert "  party: Hubei; Hunan" in lines
    assert "  ambiguous: parties by rule pair-per-partner: The text does not say how many were signed." in lines
    assert err.endswith("0 decided, 13 left; `shanxi-kg build` applies what was decided\n")
    assert not (graph / "decisions.ttl").exists()


def test_each_letter_does_its_work_and_the_next_walk_goes_on_where_this_one_stopped(
    graph: Path, capsys: Captured, type_in: Callable[[str], None]
) -> None:
    type_in("s\ns\na\nr\nNo such paper.\nc\nvalue=2\ninForce=soon\ninForce=2022-07-01\nThe year after.\ns\nx\nq\n")
    assert shanxi_kg(graph, "review", *WHO) == 0
    made = {one.verdict.value: one for one in read_decisions(graph) if isinstance(one, FactDecision)}
    assert sorted(made) == ["accept", "correct", "reject"]
    assert made["reject"].stamp.reason == "No such paper."
    assert (made["correct"].field, made["correct"].value) == ("inForce", "2022-07-01")
    err = capsys.readouterr().err
    assert "a fact of kind regulation has no field 'value'" in err
    assert "'soon' is no year, month, day or interval" in err
    assert err.endswith("3 decided, 10 left; `shanxi-kg build` applies what was decided\n")
    for _ in range(2):  # before the build and after it
        type_in("q\n")
        assert shanxi_kg(graph, "review", *WHO) == 0
        assert capsys.readouterr().out.startswith("[1 of 10] conflicting\nindicator (stated) fact/hubei/")
        rebuild(graph)


def test_the_end_of_what_is_typed_ends_the_walk_and_keeps_what_was_decided(
    graph: Path, capsys: Captured, type_in: Callable[[str], None]
) -> None:
    type_in("a\nr\n")
    assert shanxi_kg(graph, "review", *WHO) == 0
    assert len(read_decisions(graph)) == 1
    assert "1 decided, 12 left" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "number", "first"),
    [
        ([], 13, "conflicting indicator (stated) fact/hubei/"),
        (["--kind", "indicator"], 2, "conflicting indicator (stated) fact/hubei/"),
        (["--certainty", "inferred"], 1, "inferred regulation (inferred) fact/hunan/"),
        (["--state", "new", "--document", "hunan"], 7, "new post (stated) fact/hunan/"),
        (["--document", "hubei", "--kind", "regulation"], 1, "new regulation (stated) fact/hubei/"),
        (["--state", "quarantined"], 0, ""),
    ],
)
def test_a_walk_can_be_narrowed_and_listed(
    graph: Path, capsys: Captured, options: list[str], number: int, first: str
) -> None:
    assert shanxi_kg(graph, "review", "--list", *options) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == number
    assert first in "".join(lines[:1])


def test_facts_in_quarantine_come_first_with_the_reason_and_are_not_accepted(
    graph: Path, capsys: Captured, type_in: Callable[[str], None]
) -> None:
    (graph / "quarantine").mkdir()
    published = (graph / "documents" / "hubei.ttl").read_text("utf-8")
    reason = """
    <http://example.org/r> <http://www.w3.org/ns/shacl#resultMessage> "A rule is broken." ;
        <https://w3id.org/shanxi-kg/ontology#quarantines> <https://w3id.org/shanxi-kg/id/fact/hubei/f7ce60d02115> .
    """
    (graph / "quarantine" / "hubei.ttl").write_text(published + reason, "utf-8")
    (graph / "documents" / "hubei.ttl").write_text("", "utf-8")
    type_in("a\nq\n")
    assert shanxi_kg(graph, "review", "--state", "quarantined", *WHO) == 0
    out, err = capsys.readouterr()
    assert out.startswith("[1 of 1] quarantined\nregulation (stated) fact/hubei/f7ce60d02115: Plan for Data\n")
    assert "  in quarantine: A rule is broken.\n" in out
    assert "a fact in quarantine cannot be accepted; correct it, reject it or skip it" in err
    assert shanxi_kg(graph, "accept", "fact/hubei/f7ce60d02115", *WHO) == 3
    assert "is in quarantine: A rule is broken." in capsys.readouterr().err


def test_facts_that_a_conflict_names_are_shown_before_the_doubtful_ones(graph: Path, capsys: Captured) -> None:
    base = "@base <https://w3id.org/shanxi-kg/id/> . @prefix ex: <http://example.org/> .\n"
    told = f"<conflict/1> ex:names <{COUNT}> . <note/1> ex:names <{SUBSIDY}> ."
    (graph / "conflicts.ttl").write_text(base + told, "utf-8")
    assert shanxi_kg(graph, "review", "--list") == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("conflicting ")]
    assert [line.split(": ")[0] for line in lines] == [f"conflicting indicator (stated) {COUNT}"]


def test_orphans_are_listed_with_who_decided_them_and_told_by_the_build(graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(graph, "reject", SUBSIDY, "--reason", "It was a loan.", *WHO) == 0
    capsys.readouterr()
    assert shanxi_kg(graph, "review", "--orphans") == 0
    assert capsys.readouterr() == ("", "none is orphaned\n")
    (graph / "sources" / "hunan.txt").unlink()
    assert shanxi_kg(graph, "build", str(graph / "sources"), "--output", str(graph)) == 0
    out, err = capsys.readouterr()
    assert [line.split() for line in out.splitlines() if "orphaned" in line] == [["decisions", "orphaned", "1"]]
    assert f" reject {SUBSIDY}: granted subsidies" in err
    assert err.startswith("orphaned decision: decision/") or "\norphaned decision: decision/" in err
    assert shanxi_kg(graph, "review", "--orphans") == 0
    out, err = capsys.readouterr()
    assert out.endswith("enterprises (Li Wei, 2026-11-24: It was a loan.)\n")
    assert err == "1 orphaned; decide anew, or take them out of decisions.ttl\n"


def test_a_build_tells_of_a_decision_that_now_applies_to_a_fact_of_another_iri(graph: Path, capsys: Captured) -> None:
    from shanxi_kg.cli.build import _remarks

    count = "fact/hunan/66ebd62c1839"
    assert shanxi_kg(graph, "accept", count, *WHO) == 0
    text = (graph / "decisions.ttl").read_text("utf-8").replace(count, "fact/hunan/another")
    (graph / "decisions.ttl").write_text(text, "utf-8")
    (remark,) = (remark for remark in _remarks(rebuild(graph)) if "decision/" in remark)
    assert remark.startswith("hunan: decision/")
    assert remark.endswith(f" now applies to {count}, which is told of the same subject")
