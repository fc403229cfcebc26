"""The facts of a graph folder as a reviewer meets them: parsed files go in, facts with words and readings come out.

Facts in quarantine are among them, with the reasons. No store is asked, since it never sees the quarantine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg import turtle
from shanxi_kg.decisions.fields import FIELDS
from shanxi_kg.errors import GraphError, OntologyError
from shanxi_kg.folders import DOCUMENTS, QUARANTINE, SOURCES, published_files, settled
from shanxi_kg.namespaces import ID, OA, RDF, RDFS, SH, SKOS, SX, mint
from shanxi_kg.ontology import Subject, preferred_label

Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact of a graph: what it is, its words and where they stand, its fields as texts, and how it was read.

    `judgements` are sentences; `violations` say why it is in quarantine, and are empty where it is published.
    """

    iri: NamedNode
    document: NamedNode
    kind: str
    label: str
    certainty: str
    subjects: tuple[NamedNode, ...]
    quote: str
    start: int
    end: int
    values: tuple[tuple[str, str], ...]
    judgements: tuple[str, ...]
    violations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """The statements of one file, by subject and property."""

    values: Mapping[Subject, Mapping[NamedNode, Sequence[Term]]]

    def all(self, subject: Subject, predicate: NamedNode) -> Sequence[Term]:
        return self.values.get(subject, {}).get(predicate, ())

    def one(self, subject: Subject, predicate: NamedNode) -> str:
        return next((term.value for term in self.all(subject, predicate)), "")

    def iris(self, subject: Subject, predicate: NamedNode) -> tuple[NamedNode, ...]:
        return tuple(term for term in self.all(subject, predicate) if isinstance(term, NamedNode))


def known_facts(folder: Path, document: NamedNode | None = None) -> tuple[KnownFact, ...]:
    """Return the facts of a graph folder, or of one document of it, in the order of documents and texts.

    Raises GraphError where the folder is none, or a file of it is broken.
    """
    found = (fact for path in _files(folder, document) for fact in _facts(_read(path)))
    return tuple(sorted(found, key=lambda fact: (fact.document.value, fact.start, fact.kind, fact.iri.value)))


def applications(folder: Path) -> dict[NamedNode, tuple[NamedNode, ...]]:
    """Return to what each decision was applied when the graph was built."""
    found: dict[NamedNode, dict[NamedNode, None]] = {}
    for triple in (triple for path in _files(folder) for triple in _parsed(path)):
        if triple.predicate == SX["appliedTo"] and isinstance(triple.subject, NamedNode):
            found.setdefault(triple.subject, {})[triple.object] = None  # type: ignore[index]
    return {decision: tuple(targets) for decision, targets in found.items()}


def labels(folder: Path) -> dict[NamedNode, str]:
    """Return the entities that the facts of a graph folder name, with their preferred labels in English."""
    found: dict[NamedNode, str] = {}
    for path in _files(folder):
        for triple in _parsed(path):
            found |= _label(triple)
    return found


def text_of(folder: Path, document: NamedNode) -> str:
    """Return the text that the offsets of a document's facts count in; GraphError where it cannot be read."""
    path = settled(folder) / SOURCES / f"{name_of(document)}.txt"
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise GraphError(f"{path}: the text of the document cannot be read: {error}; build the graph again") from error


def document_called(folder: Path, name: str) -> NamedNode:
    """Return the document of that name; GraphError where the graph folder has none."""
    document = mint("document", name)
    if not any(_files(folder, document)):
        raise GraphError(f"{name}: the graph has no such document; `shanxi-kg query documents` lists them")
    return document


def name_of(document: NamedNode) -> str:
    """Return a document's name.

    >>> name_of(NamedNode("https://w3id.org/shanxi-kg/id/document/2021--%E6%99%8B"))
    '2021--晋'
    """
    return unquote(document.value.rpartition("/")[2])


def _files(folder: Path, document: NamedNode | None = None) -> Iterator[Path]:
    published_files(folder)
    for part in (settled(folder) / DOCUMENTS, settled(folder) / QUARANTINE):
        paths = sorted(part.glob("*.ttl")) if document is None else [part / f"{name_of(document)}.ttl"]
        yield from (path for path in paths if path.exists())


def _parsed(path: Path) -> list[Triple]:
    try:
        return turtle.parse_file(path)
    except OntologyError as error:
        raise GraphError(str(error)) from error


def _read(path: Path) -> _File:
    values: dict[Subject, dict[NamedNode, list[Term]]] = {}
    for subject, predicate, value in _parsed(path):
        if isinstance(value, NamedNode | Literal):
            values.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return _File(values)


def _facts(file: _File) -> Iterator[KnownFact]:
    violations: dict[NamedNode, list[str]] = {}
    for result in file.values:
        for fact in file.iris(result, SX["quarantines"]):
            violations.setdefault(fact, []).append(file.one(result, SH["resultMessage"]))
    for subject in file.values:
        if isinstance(subject, NamedNode) and SX["Fact"] in file.all(subject, RDF["type"]):
            yield _fact(subject, file, violations.get(subject, ()))


def _fact(fact: NamedNode, file: _File, violations: Iterable[str]) -> KnownFact:
    kind = next(kind for kind in FIELDS if SX[f"{kind.title()}Fact"] in file.all(fact, RDF["type"]))
    span = next(iter(file.iris(fact, SX["evidence"])))
    about = file.iris(fact, SX["about"])
    counted = (term for thing in about for term in file.iris(thing, SX["indicator"]))
    texts = ((field, "; ".join(_text(value, file) for value in file.all(fact, SX[field]))) for field in FIELDS[kind])
    return KnownFact(
        iri=fact,
        document=next(iter(file.iris(fact, SX["inDocument"]))),
        kind=kind,
        label=next((_text(thing, file) for thing in about), ""),
        certainty=file.one(fact, SX["certainty"]).rpartition("/")[2],
        subjects=tuple(sorted((*about, *counted), key=lambda term: term.value)),
        quote=file.one(span, OA["exact"]),
        start=int(file.one(span, OA["start"])),
        end=int(file.one(span, OA["end"])),
        values=tuple((field, text) for field, text in texts if text),
        judgements=tuple(sorted(_judgement(node, file) for node in file.iris(fact, SX["judgement"]))),
        violations=tuple(sorted(set(violations))),
    )


def _judgement(node: NamedNode, file: _File) -> str:
    certainty = file.one(node, SX["certainty"]).rpartition("/")[2]
    field, rule, reading = (file.one(node, term) for term in (SX["field"], SX["rule"], RDFS["comment"]))
    return f"{certainty}: {field} by rule {rule}: {reading}"


def _text(term: Term, file: _File) -> str:
    """Return a value as a reader reads it: a literal as it is, a period in ISO 8601, anything else by its label."""
    if isinstance(term, Literal):
        return term.value
    named = file.one(term, SX["iso8601"]) or file.one(term, SKOS["prefLabel"]) or preferred_label(term)
    return named or term.value.removeprefix(ID)


def _label(triple: Triple) -> dict[NamedNode, str]:
    subject, predicate, value = triple
    if predicate == SKOS["prefLabel"] and isinstance(subject, NamedNode) and isinstance(value, Literal):
        return {subject: value.value} if value.language == "en" else {}
    known = preferred_label(value) if isinstance(value, NamedNode) else None
    return {value: known} if known and isinstance(value, NamedNode) else {}
