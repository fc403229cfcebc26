"""What one document gives: its files, its report and what is counted of it, made from its source or taken from a cache.

Two things are kept, by digests of all that they depend on: the reading of a source (its text and facts), which no
decision touches, and the result, which depends on the reading and on the decisions that bear on the document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pyoxigraph import NamedNode

from shanxi_kg import facts as fact_types
from shanxi_kg import turtle
from shanxi_kg.cache import Cache
from shanxi_kg.catalog import Contents, contents_of
from shanxi_kg.decisions import Applied, Decision, Merge, fingerprint, replay
from shanxi_kg.decisions.model import for_document, result, sources
from shanxi_kg.documents import Document, Source, read_document
from shanxi_kg.documents.lines import Span
from shanxi_kg.documents.reading import LARGEST_FILE
from shanxi_kg.facts import Fact
from shanxi_kg.namespaces import digest, mint
from shanxi_kg.ontology import prefixes
from shanxi_kg.records import from_json, makers, to_json
from shanxi_kg.triples import document_triples
from shanxi_kg.validation import Violation, gate, quarantine_triples

Extract = Callable[[Document], Sequence[Fact]]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document.

    `kinds` has one entry a published fact; `kept_back` is the number of facts in quarantine, `quarantined` says why;
    `notices` are what the reader assumed; `applied` the decisions that were replayed.
    """

    name: str
    kinds: tuple[str, ...]
    kept_back: int
    quarantined: tuple[Violation, ...]
    notices: tuple[str, ...]
    applied: tuple[Applied, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as it was read: the document, its facts, and the IRIs that they name."""

    document: Document
    facts: tuple[Fact, ...]
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What the rest of a build wants to know of a document.

    `facts` are the IRIs of the published facts, `contents` what is counted of them; `checksum` is the source's SHA-256.
    """

    report: DocumentReport
    facts: tuple[NamedNode, ...]
    contents: Contents
    checksum: str


@dataclass(frozen=True, slots=True)
class Result:
    """What goes into the graph folder: the text, and as Turtle what is published and what is in quarantine, or ''."""

    summary: Summary
    text: str
    published: str
    quarantine: str


_MAKERS = makers(
    (
        *(one for one in vars(fact_types).values() if getattr(one, "__module__", "") == fact_types.__name__),
        *(Applied, Contents, Document, DocumentReport, Reading, Result, Span, Summary, Violation),
    )
)
_Kept = TypeVar("_Kept", Reading, Result)


def result_of(source: Source, extract: Extract, decisions: Sequence[Decision], cache: Cache | None = None) -> Result:
    """Return what a source gives as people decided on it; only where the cache has nothing of it is it read.

    Raises SourceError where it cannot be read, GraphError where the gate fails. Nothing of that is kept.
    """
    checksum = _checksum(source)
    if cache is None or checksum is None:
        return _made(_read(source, extract), for_document(decisions, mint("document", source.name)), checksum)
    return _Work(source, extract, checksum, cache).result(decisions)


@dataclass(frozen=True, slots=True)
class _Work:
    """The work on one source whose bytes have the checksum."""

    source: Source
    extract: Extract
    checksum: str
    cache: Cache

    def result(self, decisions: Sequence[Decision]) -> Result:
        document = mint("document", self.source.name)
        known = for_document(decisions, document)
        if any(isinstance(one, Merge) for one in known):
            known = _bearing(known, self.reading())
        key = digest("result", self.key, fingerprint(known, document), length=64)
        found = _kept(Result, self.cache.load(key))
        if found is None:
            found = _made(self.reading(), known, self.checksum)
            self.cache.save(key, to_json(found))
        return found

    def reading(self) -> Reading:
        found = _kept(Reading, self.cache.load(self.key))
        if found is None:
            found = _with_names(_read(self.source, self.extract))
            if _checksum(self.source) == self.checksum:  # else it was changed while it was read
                self.cache.save(self.key, to_json(replace(found, document=replace(found.document, path=None))))
        return found

    @property
    def key(self) -> str:
        ending = self.source.path.suffix.lower() if self.source.path else ""
        reader = f"{self.extract.__module__}.{getattr(self.extract, '__qualname__', repr(self.extract))}"
        return digest("reading", self.source.name, ending, self.checksum, reader, length=64)


def _read(source: Source, extract: Extract) -> Reading:
    document = read_document(source)
    return Reading(document, tuple(extract(document)))


def _with_names(reading: Reading) -> Reading:
    triples = document_triples(reading.document, reading.facts).triples
    terms = {term for triple in triples for term in (triple.subject, triple.object)}
    return replace(reading, named=tuple(sorted(term.value for term in terms if isinstance(term, NamedNode))))


def _bearing(known: Sequence[Decision], reading: Reading) -> tuple[Decision, ...]:
    """Return the decisions without the merges of entities that the document does not name.

    Where something else is decided on the document all are kept: that may bring in other entities.
    """
    merges = [one for one in known if isinstance(one, Merge)]
    if len(merges) < len(known):
        return tuple(known)
    named, bearing = set(reading.named), set[NamedNode]()
    while found := [one for one in merges if one.iri not in bearing and not named.isdisjoint(_entities(one))]:
        bearing |= {one.iri for one in found}
        named |= {entity for one in found for entity in _entities(one)}
    return tuple(one for one in merges if one.iri in bearing)


def _entities(merge: Merge) -> set[str]:
    return {entity.value for entity in (*sources(merge), result(merge))}


def _made(reading: Reading, decisions: Sequence[Decision], checksum: str | None) -> Result:
    document = reading.document
    decided = replay(document, reading.facts, decisions)
    passed = gate(decided.triples)
    kept_back = quarantine_triples(passed)
    report = DocumentReport(
        document.name, passed.kinds, len(passed.kept_back), passed.quarantined, document.notices, decided.applied
    )
    facts = tuple(fact.iri for fact in passed.facts)
    return Result(
        summary=Summary(report, facts, contents_of(passed.published), checksum or document.sha256),
        text=document.text,
        published=turtle.serialize(passed.published, prefixes()),
        quarantine=turtle.serialize(kept_back, prefixes()) if kept_back else "",
    )


def _checksum(source: Source) -> str | None:
    """Return the SHA-256 of a source; None where it is no file that can be read twice."""
    path = source.path
    try:
        if path is None or not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):  # reading it says what is wrong
        return None


def _kept(kind: type[_Kept], text: str | None) -> _Kept | None:
    """Return what a cache has kept; None where it is damaged."""
    try:
        found = from_json(text, _MAKERS) if text is not None else None
    except ValueError:
        return None
    return found if isinstance(found, kind) else None
