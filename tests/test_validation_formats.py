"""Findings in the forms that people and machines read, and the status that they end with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse

from shanxi_kg import audit, reports
from shanxi_kg.cli import run
from shanxi_kg.ontology import prefixes
from shanxi_kg.reports import Finding, Report, Rule, place_in
from shanxi_kg.settings import Settings

SUBJECT = "https://w3id.org/shanxi-kg/id/fact/x/1"
PLACE = place_in("Line one.\nTwo 𝒳 lines.\n", "sources/x.txt", 14, 15)
GRAVE = Finding(
    "https://w3id.org/shanxi-kg/id/shape/Fact-heading", SUBJECT, "Too <many>.", path="http://x/p", place=PLACE
)
MILD = Finding("check odd", SUBJECT, "Odd \x07 thing.", "warning", value="v")
RULES = (Rule("shape/Fact-heading", "At most one."), Rule("check odd", "Odd things", "warning"), Rule("text", "Words."))
REPORT = Report((GRAVE, MILD), RULES)


@pytest.fixture
def copy(small_graph: Path, tmp_path: Path) -> Path:
    """A copy of the small graph that a test may damage."""
    return Path(shutil.copytree(small_graph, tmp_path / "graph"))


def test_text_has_a_line_a_finding_with_its_severity_where_it_is_mild() -> None:
    assert reports.to_text(REPORT) == (
        f"{GRAVE.rule}: {SUBJECT}: Too <many>.\nwarning: check odd: {SUBJECT}: Odd \x07 thing.\n"
    )


def test_json_has_what_is_known_of_each_finding() -> None:
    assert json.loads(reports.to_json(REPORT)) == {
        "conforms": False,
        "findings": [
            {
                "rule": GRAVE.rule,
                "subject": SUBJECT,
                "message": "Too <many>.",
                "severity": "violation",
                "path": "http://x/p",
                "place": {
                    "file": "sources/x.txt",
                    "start": 14,
                    "end": 15,
                    "line": 2,
                    "column": 5,
                    "end_line": 2,
                    "end_column": 6,
                },
            },
            {
                "rule": "check odd",
                "subject": SUBJECT,
                "message": "Odd \x07 thing.",
                "severity": "warning",
                "value": "v",
            },
        ],
    }
    assert json.loads(reports.to_json(Report(()))) == {"conforms": True, "findings": []}


def test_sarif_points_into_the_text_in_code_points() -> None:
    log = json.loads(reports.to_sarif(REPORT))
    (run_,) = log["runs"]
    assert (log["version"], run_["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert [rule["id"] for rule in run_["tool"]["driver"]["rules"]] == ["shape/Fact-heading", "check odd", "text"]
    grave, mild = run_["results"]
    assert (grave["ruleId"], grave["ruleIndex"], grave["level"]) == ("shape/Fact-heading", 0, "error")
    assert grave["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "sources/x.txt", "uriBaseId": "GRAPH"},
        "region": {
            "startLine": 2,
            "startColumn": 5,
            "endLine": 2,
            "endColumn": 6,
            "charOffset": 14,
            "charLength": 1,
        },
    }
    assert (mild["ruleIndex"], mild["level"], "physicalLocation" in mild["locations"][0]) == (1, "warning", False)
    assert len({result["partialFingerprints"]["finding/v1"] for result in run_["results"]}) == 2


@pytest.mark.parametrize(("fail_on", "failures"), [("violation", 1), ("warning", 2), ("info", 2), ("never", 0)])
def test_junit_has_a_test_a_rule_that_fails_by_what_is_grave_enough(fail_on: str, failures: int) -> None:
    top = ElementTree.fromstring(reports.to_junit(Report((GRAVE, MILD), RULES, fail_on)))
    assert (top.attrib["tests"], top.attrib["failures"]) == ("3", str(failures))
    assert [(case.attrib["classname"], case.attrib["name"]) for case in top.iter("testcase")] == [
        ("shape", "Fact-heading"),
        ("check", "odd"),
        ("text", "text"),
    ]
    assert len(list(top.iter("failure"))) == failures
    assert len(list(top.iter("system-out"))) == 2 - failures
    assert "Odd \ufffd thing." in "".join(top.itertext())


def test_turtle_is_a_shacl_report() -> None:
    quads = list(parse(reports.to_turtle(REPORT), format=RdfFormat.TURTLE))
    found = {
        (quad.predicate.value.rpartition("#")[2], str(quad.object).rpartition("#")[2].strip(">")) for quad in quads
    }
    assert {("resultSeverity", "Violation"), ("resultSeverity", "Warning"), ("type", "ValidationReport")} <= found
    assert sum(quad.predicate.value == prefixes()["sh"] + "result" for quad in quads) == 2


@pytest.mark.parametrize("form", reports.WRITERS)
def test_the_same_findings_give_the_same_bytes(copy: Path, form: str) -> None:
    (copy / "sources" / "hubei.txt").unlink()
    assert reports.WRITERS[form](audit.report(copy)) == reports.WRITERS[form](audit.report(copy))


def test_the_rules_of_a_report_are_the_shapes_the_checks_and_the_rest() -> None:
    names = [rule.name for rule in audit.rules()]
    assert len(names) == len(set(names)) > 200
    assert {"shape/Fact-evidence", "shape/Literal", "check span-of-another-length", "text", "conflicts"} <= set(names)
    assert {rule.severity for rule in audit.rules()} == {"violation", "warning"}
    assert all(rule.description for rule in audit.rules())


# The command


def broken(graph: Path) -> None:
    """Break a fact of the small graph so that a shape says where."""
    path = graph / "documents" / "hubei.ttl"
    text = path.read_text("utf-8")
    assert 'sx:value "1150"' in text
    path.write_text(text.replace('sx:value "1150"', 'sx:value "1.15e3"'), "utf-8")


def unlovely(graph: Path) -> None:
    """Give a person of the small graph a second name, which is only a warning of the shapes."""
    path = graph / "documents" / "hunan.ttl"
    text = path.read_text("utf-8")
    assert 'skos:prefLabel "Li Wei"@en' in text
    path.write_text(text.replace('skos:prefLabel "Li Wei"@en', 'skos:prefLabel "Li Wei"@en, "Li Wéi"@en'), "utf-8")


def command(graph: Path, *arguments: str) -> int:
    return run(["validate", "--graph", str(graph), *arguments], Settings())


def test_a_finding_of_a_fact_says_where_its_words_stand(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken(copy)
    assert command(copy, "--format", "sarif") == 1
    log = json.loads(capsys.readouterr().out)
    found = {result["ruleId"]: list(_regions(result)) for result in log["runs"][0]["results"] if list(_regions(result))}
    text = (copy / "sources" / "hubei.txt").read_text("utf-8")
    ((start, length),) = found["shape/Literal"]
    assert text[start : start + length] == "rose to 1,150 in 2020"


def _regions(result: dict[str, list[dict[str, dict[str, dict[str, int]]]]]) -> Iterator[tuple[int, int]]:
    for location in result["locations"]:
        if "physicalLocation" in location:
            region = location["physicalLocation"]["region"]
            yield region["charOffset"], region["charLength"]


@pytest.mark.parametrize(("fail_on", "status"), [("violation", 0), ("warning", 1), ("info", 1), ("never", 0)], ids=str)
def test_a_warning_fails_only_where_it_is_asked_for(copy: Path, fail_on: str, status: int) -> None:
    unlovely(copy)
    found = [finding for finding in audit.audit(copy) if not finding.rule.startswith(("check ", "manifest"))]
    assert [(one.rule.rpartition("/")[2], one.severity) for one in found] == [("Person-one-label", "warning")]
    report = Report(tuple(found), audit.rules(), fail_on)
    assert bool(report.failures) == bool(status)


def test_never_ends_with_no_status_whatever_is_found(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken(copy)
    assert command(copy, "--fail-on", "never") == 0
    assert command(copy) == 1
    assert "finding" in capsys.readouterr().err


def test_junit_of_a_sound_graph_lists_all_rules_as_passed(
    small_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "junit.xml"
    assert command(small_graph, "--format", "junit", "--output", str(file)) == 0
    top = ElementTree.parse(file).getroot()
    assert (int(top.attrib["tests"]), top.attrib["failures"]) == (len(audit.rules()), "0")
    assert capsys.readouterr().out == ""


def test_an_unknown_format_is_wrong_usage(small_graph: Path) -> None:
    assert command(small_graph, "--format", "pdf") == 2
