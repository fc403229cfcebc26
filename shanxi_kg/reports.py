"""Reports on a graph: findings go in, the written forms that people and machines read come out.

Text and JSON are for both; Turtle is a SHACL validation report; SARIF 2.1.0 is what code hosts show beside a text, and
JUnit XML what build servers show as tests. What is found is the business of `shanxi_kg.audit`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg import __version__, turtle
from shanxi_kg.namespaces import BASE, ID, RDF, SH, XSD, digest, mint
from shanxi_kg.ontology import prefixes

SEVERITIES = ("violation", "warning", "info")
FAIL_ON: Mapping[str, frozenset[str]] = {
    "violation": frozenset(SEVERITIES[:1]),
    "warning": frozenset(SEVERITIES[:2]),
    "info": frozenset(SEVERITIES),
    "never": frozenset(),
}
"""Which findings make a validation fail, by the mildest severity that does."""

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text of the graph folder: offsets in code points, end exclusive; lines and columns from 1."""

    file: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: by which `rule` (a shape, a check or 'text'), about what, and what is wrong with it.

    `path` is the property at fault, `value` the value, `place` where the words stand, each where there is one.
    """

    rule: str
    subject: str
    message: str
    severity: str = "violation"
    path: str | None = None
    value: str | None = None
    place: Place | None = None

    @property
    def name(self) -> str:
        """The rule in short: a shape without its namespace."""
        return self.rule.removeprefix(ID)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a graph was held to: its name as findings give it, what it asks, and how grave it is to break it."""

    name: str
    description: str
    severity: str = "violation"


@dataclass(frozen=True, slots=True)
class Report:
    """The findings about a graph and the rules that it was held to, each sorted; `fail_on` is a key of `FAIL_ON`."""

    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = ()
    fail_on: str = "violation"

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings that make it fail."""
        return tuple(finding for finding in self.findings if finding.severity in FAIL_ON[self.fail_on])


def place_in(text: str, file: str, start: int, end: int) -> Place:
    r"""Return a place in a text with its lines and columns.

    >>> place = place_in("One.\r\nTwo.\nThree.", "sources/x.txt", 6, 11)
    >>> (place.line, place.column), (place.end_line, place.end_column)
    ((2, 1), (3, 1))
    """
    line, column = _line_of(text, start)
    end_line, end_column = _line_of(text, end)
    return Place(file, start, end, line, column, end_line, end_column)


def _line_of(text: str, offset: int) -> tuple[int, int]:
    starts = [0, *(match.end() for match in _LINE_END.finditer(text, 0, offset))]
    return len(starts), offset - starts[-1] + 1


def to_text(report: Report) -> str:
    """Write one line a finding."""
    return "".join(f"{_head(finding)}: {finding.subject}: {finding.message}\n" for finding in report.findings)


def _head(finding: Finding) -> str:
    return finding.rule if finding.severity == "violation" else f"{finding.severity}: {finding.rule}"


def to_json(report: Report) -> str:
    """Write a JSON object with the verdict and the findings."""
    found = [_members(asdict(finding)) for finding in report.findings]
    return _json({"conforms": not report.findings, "findings": found})


def _members(value: Mapping[str, object]) -> dict[str, object]:
    return {key: one for key, one in value.items() if one is not None}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def to_sarif(report: Report) -> str:
    """Write SARIF 2.1.0 with the texts as artifacts, whose offsets and columns count code points."""
    rules = {rule.name: number for number, rule in enumerate(report.rules)}
    driver = {
        "name": "shanxi-kg",
        "version": __version__,
        "informationUri": BASE,
        "rules": [_sarif_rule(rule) for rule in report.rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"GRAPH": {"description": {"text": "The graph folder."}}},
        "results": [_sarif_result(finding, rules) for finding in report.findings],
    }
    return _json({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.description},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _sarif_result(finding: Finding, rules: Mapping[str, int]) -> dict[str, object]:
    index = {"ruleIndex": rules[finding.name]} if finding.name in rules else {}
    location: dict[str, object] = {"logicalLocations": [{"fullyQualifiedName": finding.subject}]}
    if finding.place:
        location["physicalLocation"] = _sarif_place(finding.place)
    return {
        "ruleId": finding.name,
        **index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"finding/v1": digest(finding.rule, finding.subject, finding.message)},
    }


def _sarif_place(place: Place) -> dict[str, object]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.start,
        "charLength": place.end - place.start,
    }
    return {"artifactLocation": {"uri": place.file, "uriBaseId": "GRAPH"}, "region": region}


def to_junit(report: Report) -> str:
    """Write JUnit XML: a test a rule, failed where a finding makes the validation fail; milder ones are its output."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.name].append(finding)
    names = list(dict.fromkeys((*(rule.name for rule in report.rules), *found)))
    cases = [_case(name, found[name], report) for name in names]
    failed = sum("<failure" in case for case in cases)
    head = f'name="shanxi-kg validate" tests="{len(cases)}" failures="{failed}" errors="0"'
    lines = [f"<testsuites {head}>", f" <testsuite {head}>", *cases, " </testsuite>", "</testsuites>"]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(line + "\n" for line in lines)


def _case(name: str, findings: list[Finding], report: Report) -> str:
    kind, _, own = name.rpartition("/") if "/" in name else name.rpartition(" ")
    failing = [finding for finding in findings if finding in report.failures]
    mild = [finding for finding in findings if finding not in failing]
    head = f"  <testcase classname={_attribute(kind or name)} name={_attribute(own)}"
    parts = [*_element("failure", failing), *_element("system-out", mild)]
    return "\n".join([f"{head}>", *parts, "  </testcase>"]) if parts else f"{head}/>"


def _element(name: str, findings: list[Finding]) -> Iterator[str]:
    if findings:
        first = f" message={_attribute(findings[0].message)}" if name == "failure" else ""
        lines = "".join(f"{finding.subject}: {finding.message}\n" for finding in findings)
        yield f"   <{name}{first}>{escape(_printable(lines))}</{name}>"


def _attribute(text: str) -> str:
    return quoteattr(_printable(text))


def _printable(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def to_turtle(report: Report) -> str:
    """Write a SHACL validation report."""
    node = mint("report", digest(*(str(finding) for finding in report.findings)))
    conforms = Literal("false" if report.findings else "true", datatype=XSD["boolean"])
    triples = [Triple(node, RDF["type"], SH["ValidationReport"]), Triple(node, SH["conforms"], conforms)]
    triples += [triple for finding in report.findings for triple in _result(node, finding)]
    return turtle.serialize(triples, prefixes())


def _result(report: NamedNode, finding: Finding) -> Iterable[Triple]:
    node = mint("result", digest(finding.rule, finding.subject, finding.message, finding.path or ""))
    yield Triple(report, SH["result"], node)
    yield Triple(node, RDF["type"], SH["ValidationResult"])
    yield Triple(node, SH["resultSeverity"], SH[finding.severity.capitalize()])
    yield Triple(node, SH["focusNode"], _node(finding.subject))
    yield Triple(node, SH["resultMessage"], Literal(f"{finding.rule}: {finding.message}", language="en"))
    if finding.rule.startswith(ID):
        yield Triple(node, SH["sourceShape"], NamedNode(finding.rule))
    if finding.path and " " not in finding.path:
        yield Triple(node, SH["resultPath"], NamedNode(finding.path))


def _node(subject: str) -> NamedNode | Literal:
    try:
        return NamedNode(subject)
    except ValueError:  # a check may be about a mere value
        return Literal(subject)


WRITERS: Mapping[str, Callable[[Report], str]] = {
    "text": to_text,
    "json": to_json,
    "sarif": to_sarif,
    "junit": to_junit,
    "turtle": to_turtle,
}
"""How to write a report, by the name of the format."""
