"""The audit of a published graph: shapes, stored checks and grounding; a graph folder goes in, findings come out.

A finding is a value, no exception. The shapes see the parsed files; the checks ask the store; grounding cuts each
span out of its text again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg import queries, turtle
from shanxi_kg.folders import published_files, settled
from shanxi_kg.namespaces import OA, RDF, SH, SX, digest, mint
from shanxi_kg.ontology import prefixes
from shanxi_kg.resources import folder as data_folder
from shanxi_kg.solutions import Solutions, text
from shanxi_kg.store import Store, open_graph
from shanxi_kg.validation import validate_graph

_SPANS = f"""
SELECT ?span ?document ?file ?start ?end ?exact WHERE {{
  ?span a {SX["TextSpan"]} ; {OA["hasSource"]} ?document ; {OA["start"]} ?start ; {OA["end"]} ?end ; {OA["exact"]}
  ?exact . ?document {SX["textFile"]} ?file }} ORDER BY ?document ?start ?end
"""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is wrong: by which `rule` (shape, check or 'text'), about what, and what is wrong with it."""

    rule: str
    subject: str
    message: str


def audit(folder: Path) -> tuple[Finding, ...]:
    """Return all findings about a published graph, sorted; GraphError where the folder is none or a file is broken."""
    store = open_graph(folder)
    return tuple(sorted({*_of_shapes(folder), *_of_checks(store), *_of_texts(store, folder)}))


def audit_store(store: Store) -> tuple[Finding, ...]:
    """Return what the checks find in a store, sorted: all that can be asked of a server without its files."""
    return tuple(sorted(_of_checks(store)))


def _of_shapes(folder: Path) -> Iterator[Finding]:
    triples = [triple for path in published_files(folder) for triple in turtle.parse_file(path)]
    for violation in validate_graph(triples):
        yield Finding(violation.shape, violation.fact, violation.message)


def _of_checks(store: Store) -> Iterator[Finding]:
    for check in queries.stored_queries(data_folder("queries") / "checks"):
        answer = queries.run(store, check)
        for row in answer.rows if isinstance(answer, Solutions) else ():
            yield Finding(f"check {check.name}", text(row[0]), f"{check.summary}: {', '.join(map(text, row))}")


def _of_texts(store: Store, folder: Path) -> Iterator[Finding]:
    """Say of each span whether its words still stand in the text where it says."""
    texts: dict[str, str | None] = {}
    for span, document, file, start, end, exact in store.select(_SPANS).rows:
        name = text(file)
        if name not in texts:
            texts[name] = _text(settled(folder) / name)
            if texts[name] is None:
                yield Finding("text", text(document), f"{name} is missing or not UTF-8")
        found = texts[name]
        if found is not None and found[int(text(start)) : int(text(end))] != text(exact):
            yield Finding("text", text(span), f"{name} does not hold {text(exact)!r} there")


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def to_text(findings: Sequence[Finding]) -> str:
    """Write one line a finding."""
    return "".join(f"{finding.rule}: {finding.subject}: {finding.message}\n" for finding in findings)


def to_json(findings: Sequence[Finding]) -> str:
    """Write a JSON object with the verdict and the findings."""
    report = {"conforms": not findings, "findings": [asdict(finding) for finding in findings]}
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def to_turtle(findings: Sequence[Finding]) -> str:
    """Write a SHACL validation report."""
    report = mint("report", digest(*(str(finding) for finding in findings)))
    conforms = Literal("false" if findings else "true", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))
    triples = [Triple(report, RDF["type"], SH["ValidationReport"]), Triple(report, SH["conforms"], conforms)]
    for finding in findings:
        triples += _result(report, finding)
    return turtle.serialize(triples, prefixes())


def _result(report: NamedNode, finding: Finding) -> Iterator[Triple]:
    result = mint("result", digest(finding.rule, finding.subject, finding.message))
    yield Triple(report, SH["result"], result)
    yield Triple(result, RDF["type"], SH["ValidationResult"])
    yield Triple(result, SH["resultSeverity"], SH["Violation"])
    yield Triple(result, SH["focusNode"], _node(finding.subject))
    yield Triple(result, SH["resultMessage"], Literal(f"{finding.rule}: {finding.message}", language="en"))


def _node(subject: str) -> NamedNode | Literal:
    try:
        return NamedNode(subject)
    except ValueError:
        return Literal(subject)


WRITERS: Mapping[str, Callable[[Sequence[Finding]], str]] = {"json": to_json, "text": to_text, "turtle": to_turtle}
