"""The audit of a published graph: shapes, checks, grounding and conflicts; a graph folder goes in, a report comes out.

A finding is a value, no exception. The shapes see the parsed files; the checks ask the store; grounding cuts each
span out of its text again; conflicts are found again and compared with what the folder says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Triple

from shanxi_kg import queries, turtle
from shanxi_kg.conflicts import conflict_triples, document_texts
from shanxi_kg.folders import CONFLICTS, is_document, published_files, settled
from shanxi_kg.manifest import differences
from shanxi_kg.namespaces import ID, OA, SX
from shanxi_kg.queries import StoredQuery
from shanxi_kg.reports import SEVERITIES, Finding, Place, Report, Rule, place_in
from shanxi_kg.resources import folder as data_folder
from shanxi_kg.solutions import Solutions, text
from shanxi_kg.store import Store, open_graph
from shanxi_kg.validation import shape_descriptions, validate_graph

_SPANS = f"""
SELECT ?span ?document ?file ?start ?end ?exact WHERE {{
  ?span a {SX["TextSpan"]} ; {OA["hasSource"]} ?document ; {OA["start"]} ?start ; {OA["end"]} ?end ; {OA["exact"]}
  ?exact . ?document {SX["textFile"]} ?file }} ORDER BY ?document ?start ?end
"""
_EVIDENCE = f"SELECT ?fact ?span WHERE {{ ?fact {SX['evidence']} ?span }} ORDER BY ?fact ?span"
_OTHER_RULES = (
    Rule("text", "The words of every span stand in its text where it says."),
    Rule("conflicts", "What documents say against one another is what the folder lists."),
    Rule("manifest", "Every file of the folder is as the build wrote it."),
)


def audit(folder: Path, engine: str | None = None) -> tuple[Finding, ...]:
    """Return all findings about a published graph, sorted; GraphError where the folder is none or a file is broken.

    `engine` is the name of one that holds graphs to shapes; without it the fastest that is installed is taken.
    """
    graph = _Published(folder)
    parts = (
        _of_shapes(graph, engine),
        _of_checks(graph.store, graph.places),
        _of_texts(graph),
        _of_conflicts(graph),
        _of_manifest(graph),
    )
    return tuple(sorted({finding for found in parts for finding in found}, key=_order))


def _order(one: Finding) -> tuple[int | str, ...]:
    return SEVERITIES.index(one.severity), one.rule, one.subject, one.message, one.path or "", one.value or ""


def audit_store(store: Store) -> tuple[Finding, ...]:
    """Return what the checks find in a store, sorted: all that can be asked of a server without its files."""
    return tuple(sorted(_of_checks(store, {}), key=_order))


def report(folder: Path, fail_on: str = "violation", engine: str | None = None) -> Report:
    """Return the findings about a published graph beside all that it was held to."""
    return Report(audit(folder, engine), rules(), fail_on)


def report_store(store: Store, fail_on: str = "violation") -> Report:
    """Return the findings of the checks about a store beside all checks."""
    checks = tuple(rule for rule in rules() if rule.name.startswith("check "))
    return Report(audit_store(store), checks, fail_on)


def rules() -> tuple[Rule, ...]:
    """Return what a graph is held to: the shapes and their properties, the checks, the texts and the conflicts."""
    shapes = (Rule(shape.removeprefix(ID), *told) for shape, told in sorted(shape_descriptions("shapes").items()))
    checks = (Rule(_name(check), check.summary, _severity(check)) for check in _checks())
    return (*shapes, *checks, *_OTHER_RULES)


@dataclass(frozen=True)
class _Published:
    """A published graph as its files, its store and its texts have it, each read once."""

    folder: Path

    @cached_property
    def files(self) -> Mapping[Path, list[Triple]]:
        return {path: turtle.parse_file(path) for path in published_files(self.folder)}

    @cached_property
    def store(self) -> Store:
        return open_graph(self.folder)

    @cached_property
    def texts(self) -> dict[str, str | None]:
        """The texts by the names that the graph gives them, None for one that cannot be read."""
        names = {text(row[2]) for row in self.store.select(_SPANS).rows}
        return {name: _text(settled(self.folder) / name) for name in sorted(names)}

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Where spans stand, and the facts whose evidence they are."""
        spans: dict[str, Place] = {}
        for span, _, file, start, end, _ in self.store.select(_SPANS).rows:
            whole = self.texts[text(file)]
            if whole is not None and 0 <= int(text(start)) <= int(text(end)) <= len(whole):
                spans[text(span)] = place_in(whole, text(file), int(text(start)), int(text(end)))
        facts = ((text(fact), spans.get(text(span))) for fact, span in self.store.select(_EVIDENCE).rows)
        return spans | {fact: place for fact, place in facts if place}


def _of_shapes(graph: _Published, engine: str | None) -> Iterator[Finding]:
    published = (one for triples in graph.files.values() for one in triples)
    for found in validate_graph(published, warnings=True, engine=engine):
        yield Finding(
            rule=found.shape,
            subject=found.fact,
            message=found.message,
            severity=found.severity.lower(),
            path=found.path,
            value=text(found.value) if found.value is not None else None,
            place=graph.places.get(found.focus),
        )


def _of_checks(store: Store, places: Mapping[str, Place]) -> Iterator[Finding]:
    for check in _checks():
        answer = queries.run(store, check)
        for row in answer.rows if isinstance(answer, Solutions) else ():
            message = f"{check.summary}: {', '.join(map(text, row))}"
            subject = text(row[0])
            yield Finding(_name(check), subject, message, _severity(check), place=places.get(subject))


def _checks() -> tuple[StoredQuery, ...]:
    return queries.stored_queries(data_folder("queries") / "checks")


def _name(check: StoredQuery) -> str:
    return f"check {check.name}"


def _severity(check: StoredQuery) -> str:
    """Return how grave it is that a check returns something: what one of its tags says, else a violation."""
    return next((severity for severity in SEVERITIES if severity in check.tags), "violation")


def _of_texts(graph: _Published) -> Iterator[Finding]:
    """Say of each span whether its words still stand in the text where it says."""
    for span, document, file, start, end, exact in graph.store.select(_SPANS).rows:
        name, words = text(file), text(exact)
        found = graph.texts[name]
        if found is None:
            yield Finding("text", text(document), f"{name} is missing or not UTF-8")
        elif found[int(text(start)) : int(text(end))] != words:
            message = f"{name} does not hold {words!r} there"
            yield Finding("text", text(span), message, value=words, place=graph.places.get(text(span)))


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _of_manifest(graph: _Published) -> Iterator[Finding]:
    """Say of each file whether it is still as the build wrote it."""
    for difference in differences(graph.folder):
        yield Finding("manifest", difference.path, difference.problem)


def _of_conflicts(graph: _Published) -> Iterator[Finding]:
    """Say whether the file of conflicts is what the documents give today."""
    published = (one for path, triples in graph.files.items() if is_document(path) for one in triples)
    expected = set(conflict_triples(published, document_texts(settled(graph.folder))))
    told = {one for path, triples in graph.files.items() if path.name == CONFLICTS for one in triples}
    for subject in sorted({one.subject.value for one in expected ^ told if not isinstance(one.subject, Triple)}):
        problem = f"{CONFLICTS} does not say of it what the documents give; build the graph again"
        yield Finding("conflicts", subject, problem)
