"""A fact as a page shows it: its node goes in; its sentence, its evidence, its judgements and its source come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from shanxi_kg.errors import GraphError
from shanxi_kg.namespaces import DCTERMS, OA, RDF, RDFS, SX, XSD
from shanxi_kg.pages.phrases import Piece, sentence
from shanxi_kg.pages.statements import Statements, Subject, Term
from shanxi_kg.passages import sentence_around

_FACT = "Fact"
_UNSAID = {"https://w3id.org/shanxi-kg/id/code/status/actual"}
_ORDER = {
    **{kind: number for number, kind in enumerate(("regulation", "agreement", "agency", "platform", "post"))},
    **{kind: number for number, kind in enumerate(("indicator", "policy", "statement"), 5)},
}


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentence around a span, cut in three: before, the marked words, after; `words` is '' where none are kept."""

    before: str
    words: str
    after: str
    start: int
    end: int
    iri: str

    @property
    def bounds(self) -> tuple[int, int]:
        """Where the whole passage starts and ends in the text."""
        return self.start - len(self.before), self.end + len(self.after)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision that the reading took: for which field, by which rule, and what it took the words for."""

    iri: str
    field: str
    rule: str
    reading: str


@dataclass(frozen=True, slots=True)
class Source:
    """The document of a fact: its title, the day that it prints and its publisher, each '' where it prints none."""

    iri: str
    title: str
    issued: str
    publisher: str
    language: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What documents say against one another: the comparison, its likely reason, and the other facts of it."""

    iri: str
    reason: str
    others: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FactView:
    """All that a page shows of one fact."""

    iri: str
    kind: str
    words: tuple[Piece, ...]
    certainty: Piece
    attribution: tuple[Piece, ...]
    passage: Passage
    claims: tuple[Passage, ...]
    judgements: tuple[Judgement, ...]
    source: Source
    conflicts: tuple[Conflict, ...] = ()

    @property
    def text(self) -> str:
        """The sentence without its links."""
        return "".join(piece.text for piece in self.words)


def is_fact(statements: Statements, node: Subject) -> bool:
    """Say whether a node is a published fact."""
    return SX[_FACT] in statements.values(node, RDF["type"])


def fact_kind(statements: Statements, fact: Subject) -> str:
    """Return the kind of a fact: 'regulation', 'agreement', and so on."""
    kinds = (term.value for term in statements.values(fact, RDF["type"]) if isinstance(term, NamedNode))
    names = (kind.removeprefix(SX.iri) for kind in kinds if kind.startswith(SX.iri) and kind.endswith(_FACT))
    return next(name.removesuffix(_FACT).lower() for name in names if name != _FACT)


def document_of(statements: Statements, fact: Subject) -> NamedNode:
    """Return the document that a fact is told in; GraphError where it has none, which no published fact lacks."""
    document = statements.value(fact, SX["inDocument"])
    if isinstance(document, NamedNode):
        return document
    raise GraphError(f"{fact}: the fact names no document; check the graph with `shanxi-kg validate`")


def facts_of(statements: Statements, node: Subject) -> tuple[NamedNode, ...]:
    """Return the facts that name a node, the document or the entity, in the order of documents, text and kind."""
    found = {
        triple.subject: None
        for triple in statements.to.get(node, ())
        if isinstance(triple.subject, NamedNode) and is_fact(statements, triple.subject)
    }
    return tuple(sorted(found, key=lambda fact: _position(statements, fact)))


def _position(statements: Statements, fact: NamedNode) -> tuple[str, int, int, str]:
    document, span = statements.value(fact, SX["inDocument"]), statements.value(fact, SX["evidence"])
    start = _number(statements, span, OA["start"]) if isinstance(span, NamedNode) else 0
    return (str(document), start, _ORDER[fact_kind(statements, fact)], fact.value)


@lru_cache(maxsize=50_000)  # a fact is shown on the page of each thing that it speaks of
def view_fact(statements: Statements, fact: NamedNode, language: str) -> FactView:
    """Return what a page in that language shows of a fact."""
    kind, document = fact_kind(statements, fact), document_of(statements, fact)
    slots = _slots(statements, fact, language)
    return FactView(
        iri=fact.value,
        kind=kind,
        words=sentence(kind, slots, language),
        certainty=slots["certainty"][0],
        attribution=(*slots.get("saidBy", ()), *slots.get("attribution", ())),
        passage=_passages(statements, fact, SX["evidence"], document)[0],
        claims=_passages(statements, fact, SX["claim"], document),
        judgements=tuple(sorted(_judgements(statements, fact), key=lambda read: (read.field, read.rule, read.iri))),
        source=view_source(statements, document),
        conflicts=tuple(_conflicts(statements, fact, language)),
    )


def view_source(statements: Statements, document: NamedNode) -> Source:
    """Return what a page says of a document wherever it is named."""
    read = {name: _text(statements.value(document, predicate)) for name, predicate in _SOURCE.items()}
    language = "zh" if str(statements.value(document, DCTERMS["language"])).endswith("/ZHO>") else "en"
    return Source(document.value, read["title"], read["issued"], read["publisher"], language)


_SOURCE = {"title": DCTERMS["title"], "issued": DCTERMS["issued"], "publisher": SX["sourceName"]}


def _slots(statements: Statements, fact: NamedNode, language: str) -> dict[str, tuple[Piece, ...]]:
    found: dict[str, list[Piece]] = defaultdict(list)
    for triple in statements.of[fact]:
        name = triple.predicate.value.removeprefix(SX.iri)
        if not (isinstance(triple.object, NamedNode) and triple.object.value in _UNSAID):
            found[name].append(view_term(statements, triple.object, language))
    if "change" in found:
        found["change"] = [Piece(("" if piece.text.startswith("-") else "+") + piece.text) for piece in found["change"]]
    return {name: tuple(sorted(pieces, key=lambda piece: piece.text)) for name, pieces in found.items()}


def view_term(statements: Statements, term: Term, language: str) -> Piece:
    """Return a term as words: a node by its label and its IRI, a number grouped, any other literal as it is."""
    if isinstance(term, NamedNode):
        return Piece(statements.label(term, language), term.value)
    if isinstance(term, Literal) and term.datatype in {XSD["decimal"], XSD["integer"]}:
        return Piece(f"{Decimal(term.value):,}")
    return Piece(term.value if isinstance(term, Literal) else str(term))


def _passages(
    statements: Statements, fact: NamedNode, predicate: NamedNode, document: NamedNode
) -> tuple[Passage, ...]:
    spans = (span for span in statements.values(fact, predicate) if isinstance(span, NamedNode))
    return tuple(sorted((passage(statements, span, document) for span in spans), key=lambda found: found.start))


def passage(statements: Statements, span: NamedNode, document: NamedNode) -> Passage:
    """Return a span's words with the rest of their sentence; the words alone where the text is not kept."""
    start, end = (_number(statements, span, OA[name]) for name in ("start", "end"))
    text, exact = statements.text(document), _text(statements.value(span, OA["exact"]))
    if text is None or not exact or text[start:end] != exact:
        return Passage("", exact, "", start, end, span.value)
    first, last = sentence_around(text, start, end)
    return Passage(text[first:start], exact, text[end:last], start, end, span.value)


def _judgements(statements: Statements, fact: NamedNode) -> Iterable[Judgement]:
    for node in statements.values(fact, SX["judgement"]):
        if isinstance(node, NamedNode):
            read = [_text(statements.value(node, term)) for term in (SX["field"], SX["rule"], RDFS["comment"])]
            yield Judgement(node.value, *read)


def _conflicts(statements: Statements, fact: NamedNode, language: str) -> Iterable[Conflict]:
    for node in statements.subjects(SX["compares"], fact):
        if isinstance(node, NamedNode):
            others = [other for other in statements.values(node, SX["compares"]) if other != fact]
            reason = statements.value(node, RDFS["comment"])
            yield Conflict(node.value, _text(reason), tuple(view_term(statements, other, language) for other in others))


def _number(statements: Statements, node: Subject, predicate: NamedNode) -> int:
    return int(_text(statements.value(node, predicate)) or 0)


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""
