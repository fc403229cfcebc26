"""What comparing looks at: published triples go in, one flat value a fact comes out, with its document and its words.

Quantities, regulations with dates, posts and agreements; other kinds of facts cannot contradict one another and are
left out. A period is the pair of its first and last day beside its ISO 8601 form.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.codes import concept_named, concepts
from shanxi_kg.errors import UsageError
from shanxi_kg.gazetteer import Place, load_gazetteer
from shanxi_kg.namespaces import DCTERMS, OA, RDF, SKOS, SX, mint
from shanxi_kg.ontology import preferred_label
from shanxi_kg.triples.periods import days

Days = tuple[date, date]
Term = NamedNode | Literal

FEW = 8
"""So many values of a property are looked through one after the other."""

_PLACES = mint("place", "").value


@dataclass(frozen=True, slots=True)
class Graph:
    """The statements of the published documents, by subject and property."""

    statements: Mapping[NamedNode, Mapping[NamedNode, Collection[Term]]]

    def all(self, subject: NamedNode, predicate: NamedNode) -> Sequence[Term]:
        """Return the values of a property, in the order of their text."""
        found = self.statements.get(subject, {}).get(predicate, ())
        return sorted(found, key=str) if len(found) > 1 else tuple(found)

    def text(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """Return the first value of a property as text, None where it has none."""
        return next((term.value for term in self.all(subject, predicate)), None)

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """Return the first value of a property that is an IRI, None where it has none."""
        return next(iter(self.nodes(subject, predicate)), None)

    def nodes(self, subject: NamedNode, predicate: NamedNode) -> tuple[NamedNode, ...]:
        """Return the values of a property that are IRIs."""
        return tuple(term for term in self.all(subject, predicate) if isinstance(term, NamedNode))

    def typed(self, term: NamedNode) -> list[NamedNode]:
        """Return the subjects of that type, sorted."""
        found = (node for node, values in self.statements.items() if term in values.get(RDF["type"], ()))
        return sorted(found, key=str)

    def label(self, subject: NamedNode) -> str:
        """Return the preferred label of an entity or concept in English, else the end of its IRI."""
        labels = [term for term in self.all(subject, SKOS["prefLabel"]) if isinstance(term, Literal)]
        own = next((term.value for term in labels if term.language == "en"), None)
        return own or preferred_label(subject) or subject.value.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Told:
    """Where a fact stands: its IRI, its document with the date that is printed on it, and the words."""

    fact: NamedNode
    document: NamedNode
    issued: str | None
    words: str


@dataclass(frozen=True, slots=True)
class When:
    """A period: as it is written, and its first and last day."""

    iso: str
    days: Days

    @property
    def length(self) -> int:
        """The number of days less one."""
        return (self.days[1] - self.days[0]).days


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated quantity. `lemmas` are those of what is counted, by which documents share an indicator."""

    told: Told
    indicator: NamedNode
    lemmas: frozenset[str]
    measure: str
    value: Decimal
    unit: str
    area: NamedNode | None
    when: When | None
    target: bool
    change: Decimal | None
    trend: str | None


@dataclass(frozen=True, slots=True)
class Enactment:
    """What a fact tells of a regulation: when it was issued and takes effect."""

    told: Told
    regulation: NamedNode
    issued: When | None
    in_force: When | None


@dataclass(frozen=True, slots=True)
class Holding:
    """A person in a post, attested on the day of the document, if that is known."""

    told: Told
    post: NamedNode
    person: NamedNode
    role: str
    organization: NamedNode | None
    attested: When | None


@dataclass(frozen=True, slots=True)
class Accord:
    """What a fact tells of an agreement: its parties, and who is made to answer for it, if anybody is."""

    told: Told
    agreement: NamedNode
    parties: tuple[NamedNode, ...]
    said_by: NamedNode | None


Claim = Quantity | Enactment | Holding | Accord


def graph_of(triples: Iterable[Triple]) -> Graph:
    """Index triples by subject and property; what several documents say is there once.

    Equal terms are kept once, and few values as a tuple: about 100 bytes a triple.
    """
    statements: dict[NamedNode, dict[NamedNode, tuple[Term, ...] | dict[Term, None]]] = {}
    names: dict[NamedNode, NamedNode] = {}
    values: dict[Term, Term] = {}
    for subject, predicate, value in triples:
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            own = statements.setdefault(names.setdefault(subject, subject), {})
            _add(own, names.setdefault(predicate, predicate), values.setdefault(value, value))
    return Graph(statements)


def _add(own: dict[NamedNode, tuple[Term, ...] | dict[Term, None]], predicate: NamedNode, value: Term) -> None:
    """Add a value of a property to those of a subject, if it is new."""
    known = own.get(predicate, ())
    if isinstance(known, dict):
        known[value] = None
    elif value not in known:
        own[predicate] = (*known, value) if len(known) < FEW else dict.fromkeys((*known, value))


def claims_in(graph: Graph) -> tuple[Claim, ...]:
    """Return the claims of a graph, sorted by the IRIs of their facts."""
    return tuple(claim for fact in graph.typed(SX["Fact"]) for claim in _claims(fact, graph))


def when(iso: str | None) -> When | None:
    """Return a period from its ISO 8601 form; None where there is none.

    >>> when("2021-02").days[1], when("soon")
    (datetime.date(2021, 2, 28), None)
    """
    span = days(iso) if iso else None
    return When(iso, span) if iso and span else None


def _claims(fact: NamedNode, graph: Graph) -> Iterator[Claim]:
    kinds = graph.nodes(fact, RDF["type"])
    about, document = graph.node(fact, SX["about"]), graph.node(fact, SX["inDocument"])
    read = next((_READERS[kind] for kind in kinds if kind in _READERS), None)
    if about is None or document is None or read is None:
        return
    span = graph.node(fact, SX["evidence"])
    words = graph.text(span, OA["exact"]) if span else None
    told = Told(fact, document, graph.text(document, DCTERMS["issued"]), words or "")
    yield from read(told, about, graph)


def _quantity(told: Told, about: NamedNode, graph: Graph) -> Iterator[Quantity]:
    fact, indicator = told.fact, graph.node(about, SX["indicator"])
    value, change = graph.text(fact, SX["value"]), graph.text(fact, SX["change"])
    if indicator is None or value is None:
        return
    status, trend = graph.node(fact, SX["status"]), graph.node(fact, SX["trend"])
    yield Quantity(
        told=told,
        indicator=indicator,
        lemmas=frozenset(graph.label(indicator).split(", ")),
        measure=graph.text(fact, SX["measure"]) or "",
        value=Decimal(value),
        unit=_unit(graph.text(fact, SX["unit"]) or ""),
        area=graph.node(fact, SX["area"]),
        when=_period(fact, "period", graph),
        target=status is not None and status.value.endswith("/target"),
        change=Decimal(change) if change else None,
        trend=trend.value.rpartition("/")[2] if trend else None,
    )


def _unit(written: str) -> str:
    """Return the preferred name of a unit, so that tonnes and tons are one."""
    key = concept_named(written, "unit")
    return concepts("unit")[key].label if key else written


def _enactment(told: Told, about: NamedNode, graph: Graph) -> Iterator[Enactment]:
    yield Enactment(told, about, _period(told.fact, "issued", graph), _period(told.fact, "inForce", graph))


def _holding(told: Told, about: NamedNode, graph: Graph) -> Iterator[Holding]:
    person, organization = graph.node(told.fact, SX["person"]), graph.node(told.fact, SX["organization"])
    if person is not None:
        role = graph.text(told.fact, SX["role"]) or ""
        yield Holding(told, about, person, role, organization, when(told.issued))


def _accord(told: Told, about: NamedNode, graph: Graph) -> Iterator[Accord]:
    yield Accord(told, about, graph.nodes(told.fact, SX["party"]), graph.node(told.fact, SX["saidBy"]))


_READERS: Mapping[NamedNode, Callable[[Told, NamedNode, Graph], Iterator[Claim]]] = {
    SX["IndicatorFact"]: _quantity,
    SX["RegulationFact"]: _enactment,
    SX["PostFact"]: _holding,
    SX["AgreementFact"]: _accord,
}


def _period(fact: NamedNode, name: str, graph: Graph) -> When | None:
    period = graph.node(fact, SX[name])
    return when(graph.text(period, SX["iso8601"])) if period else None


def place_of(area: NamedNode) -> Place | None:
    """Return the area of the authority file that an IRI stands for; None where it has none.

    >>> place_of(mint("place", "CN-SX")).name, place_of(mint("organization", "CN-SX"))
    ('Shanxi', None)
    """
    if not area.value.startswith(_PLACES):
        return None
    try:
        return load_gazetteer().place(area.value.removeprefix(_PLACES))
    except UsageError:  # an area that a document names and the authority file does not know
        return None


def name_of(document: NamedNode) -> str:
    """Return the name of a document as its IRI has it."""
    return document.value.rpartition("/")[2]
