"""Mutations: valid facts that are broken on purpose, at least once for every constraint of every shape.

The constraints are read off the shapes file; for each, a fact that obeys it is changed in the one way that it forbids,
by a table of ways. `python tests/mutations.py` prints how many constraints there are, how many mutations, and how many
of these were caught by the very constraint.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from shanxi_kg import facts as f
from shanxi_kg.documents import Document
from shanxi_kg.namespaces import RDF as RDF_TERMS
from shanxi_kg.namespaces import XSD, mint
from shanxi_kg.ontology import file_triples
from shanxi_kg.triples import DocumentTriples, FactTriples, document_triples
from shanxi_kg.turtle import parse_file
from shanxi_kg.validation import GROUNDING, GateResult, Violation, gate, shacl, validate_graph
from shanxi_kg.validation.literals import WELL_TYPED

EXAMPLES = Path(__file__).parent.parent / "ontology" / "examples"
TYPE = RDF_TERMS["type"]
MUTANT = mint("mutant", "x")
WORD = Literal("mutant")
FOREIGN = NamedNode("http://example.org/mutant")
OTHERS = {"date": "2021-05-27Z", "decimal": ".5", "gYearMonth": "2021-05Z"}
"""What fits a datatype and no pattern of ours, by datatype; of a text, quotation marks alone."""
TEXTUAL = {XSD["string"].value, RDF_TERMS["langString"].value}
NOT_CONSTRAINTS = {"path", "name", "message", "severity", "description", "targetClass", "property"}
BATCH = 60

Graph = frozenset[Triple]
Subject = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal


# Constraints


@dataclass(frozen=True)
class Constraint:
    """One parameter of a shape. `path` has the steps to the value, none where the node itself is constrained."""

    shape: str
    target: tuple[NamedNode, ...]
    path: tuple[NamedNode, ...]
    parameter: str
    value: rdflib.term.Node
    severity: str = "Violation"

    @property
    def component(self) -> str:
        """The IRI by which a report names the constraint's kind."""
        return f"{SH}{self.parameter[0].upper()}{self.parameter[1:]}ConstraintComponent"

    def __str__(self) -> str:
        return f"{self.shape.rpartition('/')[2]} {self.parameter}"


def constraints(shapes: rdflib.Graph) -> tuple[Constraint, ...]:
    """Return the constraints of all node shapes and of their properties, sorted."""
    found = [
        one
        for node in shapes.subjects(RDF.type, SH.NodeShape)
        for shape in (node, *shapes.objects(node, SH.property))
        for one in _constraints(shapes, node, shape)
    ]
    return tuple(sorted(found, key=str))


def _constraints(shapes: rdflib.Graph, node: rdflib.term.Node, shape: rdflib.term.Node) -> Iterator[Constraint]:
    target = tuple(sorted((_named(one) for one in shapes.objects(node, SH.targetClass)), key=str))
    severity = str(shapes.value(shape, SH.severity) or SH.Violation).removeprefix(str(SH))
    for predicate, value in shapes.predicate_objects(shape):
        parameter = str(predicate).removeprefix(str(SH))
        if predicate in SH and parameter not in NOT_CONSTRAINTS:
            yield Constraint(str(shape), target, path_of(shapes, shape), parameter, value, severity)


def path_of(shapes: rdflib.Graph, shape: rdflib.term.Node) -> tuple[NamedNode, ...]:
    """Return the steps of a shape's path; none of a node shape."""
    path = shapes.value(shape, SH.path)
    if path is None:
        return ()
    return tuple(map(_named, (path,) if isinstance(path, rdflib.URIRef) else Collection(shapes, path)))


def _named(term: rdflib.term.Node) -> NamedNode:
    return NamedNode(str(term))


# Valid facts

TEXT = """\
Fujian protects tea

The "Tea Rules of Fujian Province" were adopted on May 27, 2021 and take effect on July 1, bringing order to tea.
Fujian granted tax subsidies to small businesses and protected trademarks in 2021.
Fujian signed an agreement on tea with the Tea Office in 2020. Lin Hua, director of the law division of the Tea \
Office, said that exports of tea grew 4.5 percent to 120 yuan in 2020.
The tea service cluster of Teatown, with the Tea Office and 12 law firms, covers all counties at the provincial level.
"""
FUJIAN, TOWN, OFFICE = f.Area("Fujian", "CN-FJ"), f.Area("Teatown"), f.Body("Tea Office")
DIVISION = f.Body("law division of the Tea Office")


def _fact(content: f.Content, quote: str, *judgements: f.Judgement, **more: object) -> f.Fact:
    start = TEXT.index(quote)
    return f.Fact(content, f.Evidence(start, start + len(quote), quote), judgements, **more)  # type: ignore[arg-type]


def _claim(quote: str) -> f.Evidence:
    return f.Evidence(TEXT.index(quote), TEXT.index(quote) + len(quote), quote)


GUESS = f.Judgement(f.Certainty.INFERRED, "year-of-dateline", "inForce", "The year is that of the adoption.")
FACTS = (
    _fact(
        f.Regulation("Tea Rules of Fujian Province", FUJIAN, "2021-05-27", "2021-07-01"),
        "were adopted on May 27, 2021 and take effect on July 1",
        GUESS,
        heading="Fujian protects tea",
        claims=(_claim("bringing order to tea"),),
    ),
    _fact(
        f.Policy("granted tax subsidies", FUJIAN, "small businesses", "2021"),
        "granted tax subsidies to small businesses",
    ),
    _fact(f.Policy("protected trademarks", FUJIAN, None, "2021"), "protected trademarks in 2021"),
    _fact(f.Agreement((FUJIAN, OFFICE), "tea", "2020"), "signed an agreement on tea with the Tea Office in 2020"),
    _fact(f.Post("Lin Hua", "director", DIVISION), "Lin Hua, director of the law division of the Tea Office"),
    _fact(f.Agency(DIVISION, OFFICE, FUJIAN), "law division of the Tea Office"),
    _fact(f.Agency(f.Body("Fujian Tea Bureau"), None, FUJIAN), "Tea Office and 12 law firms"),
    _fact(
        f.Statement("Lin Hua", "exports of tea grew 4.5 percent to 120 yuan in 2020"),
        "exports of tea grew 4.5 percent to 120 yuan in 2020",
        speaker="Lin Hua",
    ),
    _fact(
        f.Indicator("exports of tea", Decimal(120), "yuan", FUJIAN, "2020", change=Decimal("4.5"), trend="increase"),
        "exports of tea grew 4.5 percent to 120 yuan",
        speaker="Lin Hua",
    ),
    _fact(
        f.Platform("tea service cluster", TOWN, (OFFICE, f.Group("12 law firms", 12)), ("provincial",), "all counties"),
        "tea service cluster of Teatown",
    ),
)


@cache
def valid_document() -> DocumentTriples:
    """Return a document whose facts are of every kind and have every field."""
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    document = Document(
        name="tea", path=None, text=TEXT, title="Fujian protects tea", issued="2021-06-05", source="Tea Daily",
        language="en", sha256=sha256,
    )  # fmt: skip
    return document_triples(document, FACTS)


@cache
def valid_graphs() -> Mapping[str, Graph]:
    """Return valid graphs by name: each fact with the document's header, then the examples that shapes accept."""
    whole = valid_document()
    facts = {fact.iri.value: frozenset((*whole.header, *fact.triples)) for fact in whole.facts}
    return facts | {path.stem: frozenset(parse_file(path)) for path in sorted(EXAMPLES.glob("valid-*.ttl"))}


def scenes(constraint: Constraint) -> Iterator[tuple[str, Subject]]:
    """Yield the valid graphs, by name, with each node that a constraint is on and that has a value to break."""
    for name, graph in valid_graphs().items():
        targets = {t.subject for t in graph if t.predicate == TYPE and t.object in constraint.target}
        for focus in sorted(targets, key=str):
            if all(values(graph, focus, constraint.path)):
                yield name, focus


# Ways to break a graph


def values(graph: Graph, focus: Subject, path: Sequence[NamedNode]) -> tuple[list[Subject], list[Term]]:
    """Return the nodes that have the last step of a path, and its values; of an empty path the node itself."""
    holders: list[Subject] = [focus]
    for step in path[:-1]:
        holders = [node for holder in holders for node in _objects(graph, holder, step)]  # type: ignore[misc]
    return holders, [value for holder in holders for value in _objects(graph, holder, path[-1])] if path else [focus]


def _objects(graph: Graph, subject: Subject, predicate: NamedNode) -> list[Term]:
    found = [t.object for t in graph if t.subject == subject and t.predicate == predicate]
    return sorted(found, key=str)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Site:
    """Where a mutation happens: a valid graph, the node that is constrained, the constraint and the shapes."""

    graph: Graph
    focus: Subject
    constraint: Constraint
    shapes: rdflib.Graph

    def at(self, path: tuple[NamedNode, ...], parameter: str, value: rdflib.term.Node) -> Site:
        """Return the same place for a constraint within the constraint."""
        return replace(self, constraint=replace(self.constraint, path=path, parameter=parameter, value=value))

    @property
    def holder(self) -> Subject:
        """The node that has the value."""
        return values(self.graph, self.focus, self.constraint.path)[0][0]

    @property
    def values(self) -> list[Term]:
        """The values that are constrained."""
        return values(self.graph, self.focus, self.constraint.path)[1]

    def replaced(self, *news: Term) -> Graph:
        """Return the graph with these values instead of its own."""
        path = self.constraint.path
        if not path:
            return renamed(self.graph, {self.focus: news[0]})
        kept = {t for t in self.graph if (t.subject, t.predicate) != (self.holder, path[-1])}
        return frozenset(kept | {Triple(self.holder, path[-1], new) for new in news})


def renamed(graph: Graph, names: Mapping[Term, Term]) -> Graph:
    """Return a graph with some of its terms called otherwise."""
    return frozenset(
        Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object))  # type: ignore[call-overload]
        for t in graph
    )


def _fewer(site: Site) -> Iterator[Graph]:
    yield site.replaced(*site.values[: int(str(site.constraint.value)) - 1])


def _more(site: Site) -> Iterator[Graph]:
    number = int(str(site.constraint.value)) + 1
    yield site.replaced(*site.values, *(_another(site.values[0], n) for n in range(number - len(site.values))))


def _another(value: Term, number: int) -> Term:
    """Return another value that fits the datatype of a value."""
    if isinstance(value, NamedNode):
        return mint("mutant", str(number))
    if isinstance(value, Literal) and value.datatype.value.rpartition("#")[2] in {"date", "gYear", "gYearMonth"}:
        return _like(value, f"{1900 + number}{value.value[4:]}")
    return _like(value, f"{value.value}{number}")


def _like(value: Term, text: str) -> Literal:
    """Return a literal with another text and the language or datatype of a value."""
    if isinstance(value, Literal) and value.language:
        return Literal(text, language=value.language)
    return Literal(text, datatype=value.datatype) if isinstance(value, Literal) else Literal(text)


def _unknown(site: Site) -> Iterator[Graph]:
    yield site.replaced(MUTANT)
    yield site.replaced(WORD)


def _other_datatype(site: Site) -> Iterator[Graph]:
    text = site.values[0].value
    others = (Literal(text), Literal(text, language="en"), Literal(text, datatype=XSD["token"]), MUTANT)
    wanted = str(site.constraint.value)
    yield from (site.replaced(one) for one in others if not isinstance(one, Literal) or one.datatype.value != wanted)


def _other_node(site: Site) -> Iterator[Graph]:
    if site.constraint.path:
        yield site.replaced(WORD)
    yield site.replaced(BlankNode("mutant"))


def _other_form(site: Site) -> Iterator[Graph]:
    value = site.values[0]
    if isinstance(value, Literal):
        other: Term = _like(value, OTHERS.get(value.datatype.value.rpartition("#")[2], '"?"'))
    else:
        other = FOREIGN
    if not re.search(str(site.constraint.value), other.value):
        yield site.replaced(other)


def _shorter(site: Site) -> Iterator[Graph]:
    yield site.replaced(_like(site.values[0], "x" * (int(str(site.constraint.value)) - 1)))


def _smaller(site: Site) -> Iterator[Graph]:
    yield site.replaced(_like(site.values[0], str(int(str(site.constraint.value)) - 1)))


def _no_value(site: Site) -> Iterator[Graph]:
    wanted = shacl._from_rdflib(site.constraint.value)
    yield site.replaced(*(value for value in site.values if value != wanted), MUTANT)


def _not_equal(site: Site) -> Iterator[Graph]:
    yield site.replaced(MUTANT)
    yield site.replaced(*site.values, MUTANT)


def _not_disjoint(site: Site) -> Iterator[Graph]:
    shared = values(site.graph, site.focus, (_named(site.constraint.value),))[1]
    yield site.replaced(*site.values, *shared)


def _swapped(site: Site) -> Iterator[Graph]:
    other = site.at((_named(site.constraint.value),), "", site.constraint.value)
    mine, theirs = site.values, other.values
    yield replace(other, graph=site.replaced(*theirs)).replaced(*mine)


def _equal(site: Site) -> Iterator[Graph]:
    yield from _swapped(site)
    yield site.replaced(*values(site.graph, site.focus, (_named(site.constraint.value),))[1])


def _same_language(site: Site) -> Iterator[Graph]:
    yield site.replaced(*site.values, *(_another(value, 2) for value in site.values))


def _no_alternative(site: Site) -> Iterator[Graph]:
    """Break all alternatives at once: those of a value by one that fits none, those of a node one after another."""
    alternatives = list(Collection(site.shapes, site.constraint.value))
    if site.constraint.path:
        by_datatype = any((one, SH.datatype, None) in site.shapes for one in alternatives)
        yield site.replaced(Literal("1", datatype=XSD["integer"]) if by_datatype else MUTANT)
        return
    graph = site.graph
    for inner in (one for alternative in alternatives for one in site.shapes.objects(alternative, SH.property)):
        for found in _constraints(site.shapes, site.constraint.value, inner):
            graph = next(WAYS[found.parameter](replace(site.at(found.path, found.parameter, found.value), graph=graph)))
    yield graph


def _none_or_two(site: Site) -> Iterator[Graph]:
    classes = {
        _named(c)
        for one in Collection(site.shapes, site.constraint.value)
        for c in site.shapes.objects(one, SH["class"])
    }
    types = {t for t in site.graph if t.subject == site.focus and t.predicate == TYPE and t.object in classes}
    further = min(classes - {t.object for t in types}, key=str)
    yield site.graph - types
    yield site.graph | {Triple(site.focus, TYPE, further)}


WAYS: Mapping[str, Callable[[Site], Iterator[Graph]]] = {
    "class": _unknown,
    "datatype": _other_datatype,
    "disjoint": _not_disjoint,
    "equals": _not_equal,
    "hasValue": _no_value,
    "in": _unknown,
    "lessThan": _equal,
    "lessThanOrEquals": _swapped,
    "maxCount": _more,
    "minCount": _fewer,
    "minInclusive": _smaller,
    "minLength": _shorter,
    "nodeKind": _other_node,
    "or": _no_alternative,
    "pattern": _other_form,
    "uniqueLang": _same_language,
    "xone": _none_or_two,
}
"""How to break a graph, by the parameter of the constraint."""


# What becomes of them


@dataclass(frozen=True)
class Mutation:
    """A graph that one constraint forbids, and the valid graph that it was made of."""

    constraint: Constraint
    graph: Graph
    made_of: str


def mutations(constraint: Constraint, shapes: rdflib.Graph) -> list[Mutation]:
    """Return the mutations for a constraint, of the first valid graph that can be broken; none where there is none."""
    for name, focus in scenes(constraint):
        graph = valid_graphs()[name]
        broken = WAYS[constraint.parameter](Site(graph, focus, constraint, shapes))
        if made := [Mutation(constraint, one, name) for one in broken if one != graph]:
            return made
    return []


def is_caught(mutation: Mutation, violations: Iterable[Violation]) -> bool:
    """Say whether violations name the constraint that a mutation breaks."""
    constraint = mutation.constraint
    wanted = (constraint.shape, constraint.component, constraint.severity)
    return any((one.shape, one.component, one.severity) == wanted for one in violations)


@dataclass(frozen=True)
class Tally:
    """Constraints of one kind: how many, how often broken, how many mutations were caught, and which never."""

    constraints: int
    mutations: int
    caught: int
    missed: tuple[str, ...]


def tallies(file: str = "shapes", of: str = "") -> dict[str, Tally]:
    """Break a valid fact for each constraint of ontology/<file>.ttl and count what is caught, by kind of constraint.

    `of` is how the IRI of a shape ends, where only one is of interest.
    """
    shapes = shacl.load_shapes(file)
    every = [one for one in constraints(shapes) if one.shape.endswith(of)]
    made = [mutation for one in every if one.parameter in WAYS for mutation in mutations(one, shapes)]
    caught = [ok for batch in _batches(made) for ok in _caught(batch, file)]
    results: dict[Constraint, list[bool]] = {one: [] for one in every}
    for mutation, ok in zip(made, caught, strict=True):
        results[mutation.constraint].append(ok)
    kinds: dict[str, list[Constraint]] = defaultdict(list)
    for one in every:
        kinds[one.parameter].append(one)
    return {kind: _tally({one: results[one] for one in ones}) for kind, ones in sorted(kinds.items())}


def _tally(results: Mapping[Constraint, Sequence[bool]]) -> Tally:
    flat = [ok for found in results.values() for ok in found]
    missed = (str(one) for one, found in results.items() if not found or not all(found))
    return Tally(len(results), len(flat), sum(flat), tuple(missed))


def broken_graphs(file: str = "shapes") -> Iterator[Graph]:
    """Yield all mutations, many in a graph, each with names of its own."""
    shapes = shacl.load_shapes(file)
    made = [mutation for one in constraints(shapes) if one.parameter in WAYS for mutation in mutations(one, shapes)]
    yield from map(_together, _batches(made))


def _batches(made: Sequence[Mutation]) -> Iterator[Sequence[Mutation]]:
    yield from (made[start : start + BATCH] for start in range(0, len(made), BATCH))


def _together(made: Sequence[Mutation]) -> Graph:
    """Return mutations in one graph, each with names of its own: together they are validated much faster."""
    return frozenset().union(*(_set_apart(mutation.graph, f"m{number}-") for number, mutation in enumerate(made)))


def _caught(made: Sequence[Mutation], file: str) -> list[bool]:
    found: dict[int, list[Violation]] = defaultdict(list)
    for violation in validate_graph(_together(made), file, warnings=True):
        mark = re.search(r"(?:^|/)m(\d+)-", violation.focus)
        found[int(mark[1]) if mark else -1].append(violation)
    return [is_caught(mutation, found[number]) for number, mutation in enumerate(made)]


def _set_apart(graph: Graph, mark: str) -> Graph:
    """Return a graph whose own nodes have the mark in their names, so that it can stand beside others."""
    subjects = {t.subject for t in graph} | {t.object for t in graph if isinstance(t.object, BlankNode)}
    return renamed(graph, {node: _marked(node, mark) for node in subjects if isinstance(node, NamedNode | BlankNode)})


def _marked(node: Subject, mark: str) -> Subject:
    if isinstance(node, BlankNode):
        return BlankNode(mark + node.value)
    path, hash_, fragment = node.value.partition("#")
    above, _, name = path.rpartition("/")
    return NamedNode(f"{above}/{mark}{name}{hash_}{fragment}")


# What SHACL cannot say


def through_the_gate(fact: FactTriples, triples: Iterable[Triple]) -> GateResult:
    """Send one fact of the valid document, with other triples for it, through the gate."""
    whole = valid_document()
    graph = frozenset(triples)
    header = tuple(sorted((t for t in graph if t.subject == whole.iri), key=str))
    own = tuple(sorted(graph.difference(header), key=str))
    return gate(replace(whole, header=header, facts=(replace(fact, triples=own),)))


def ungrounded() -> Iterator[tuple[str, bool]]:
    """Yield ways to part a quote from its text, and whether the gate keeps such a fact back and says why."""
    whole = valid_document()
    for name, fact in _parted(whole.facts[0].fact):
        result = gate(replace(whole, facts=(replace(whole.facts[0], fact=fact), *whole.facts[1:])))
        named = {(one.fact, one.shape) for one in result.quarantined}
        kept_back = result.kept_back == (replace(whole.facts[0], fact=fact),)
        yield name, kept_back and named == {(whole.facts[0].iri.value, GROUNDING.value)}


def _parted(fact: f.Fact) -> Iterator[tuple[str, f.Fact]]:
    quote, (claim,) = fact.evidence, fact.claims
    yield "a start that is one too early", replace(fact, evidence=replace(quote, start=quote.start - 1))
    yield "an end that is one too late", replace(fact, evidence=replace(quote, end=quote.end + 1))
    yield "a letter that is another", replace(fact, evidence=replace(quote, quote="x" + quote.quote[1:]))
    yield "offsets behind the text", replace(fact, evidence=replace(quote, start=len(TEXT), end=len(TEXT) + 5))
    yield "a claim in other words", replace(fact, claims=(replace(claim, quote=claim.quote.upper()),))


def ill_typed() -> Iterator[tuple[str, bool]]:
    """Yield the datatypes of literals, and whether a literal that does not fit is caught wherever it stands."""
    literals = {t for graph in valid_graphs().values() for t in graph if isinstance(t.object, Literal)}
    for datatype in sorted({t.object.datatype.value for t in literals} - TEXTUAL):
        bad = Triple(MUTANT, RDF_TERMS["value"], Literal("mutant", datatype=NamedNode(datatype)))
        (found,) = validate_graph([bad])
        yield datatype.rpartition("#")[2], (found.shape, found.value) == (WELL_TYPED.value, bad.object)


# Shapes that would let everything pass


def unsound(file: str = "shapes") -> list[str]:
    """Return what is wrong with shapes: empty ones, and those on a class, property or value that no valid graph has."""
    shapes = shacl.load_shapes(file)
    found = [*_empty(shapes), *_unmet(shapes), *_unknown_terms(shapes)]
    return sorted(found)


def _empty(shapes: rdflib.Graph) -> Iterator[str]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    of_properties = set(shapes.objects(None, SH.property))
    for shape in {shape for kind in kinds for shape in shapes.subjects(RDF.type, kind)}:
        name = str(shape).rpartition("/")[2]
        parameters = {str(p).removeprefix(str(SH)) for p in shapes.predicates(shape)} - NOT_CONSTRAINTS
        if not parameters & WAYS.keys() and not list(shapes.objects(shape, SH.property)):
            yield f"{name} constrains nothing"
        if shape not in of_properties and (shape, SH.targetClass, None) not in shapes:
            yield f"{name} is on nothing: it has no target and no node shape uses it"


def _unmet(shapes: rdflib.Graph) -> Iterator[str]:
    for one in constraints(shapes):
        if one.parameter not in WAYS:
            yield f"{one}: no way to break it is known"
        elif not any(scenes(one)):
            yield f"{one}: no valid fact has what it is on"


def _unknown_terms(shapes: rdflib.Graph) -> Iterator[str]:
    """Yield the classes of which no valid graph and no authority file has an instance."""
    graphs = (*valid_graphs().values(), file_triples("codes"), file_triples("places"), file_triples("organizations"))
    known = {
        t.object.value for graph in graphs for t in graph if t.predicate == TYPE and isinstance(t.object, NamedNode)
    }
    for predicate in (SH["class"], SH.targetClass):
        for shape, term in shapes.subject_objects(predicate):
            if str(term) not in known:
                yield f"{str(shape).rpartition('/')[2]}: nothing valid is a <{term}>"


def counts() -> dict[str, tuple[int, int, int]]:
    """Return how many constraints, mutations and caught ones there are, by kind of constraint."""
    found = {f"`sh:{kind}`": (one.constraints, one.mutations, one.caught) for kind, one in tallies().items()}
    for name, results in (("literal of its datatype", ill_typed()), ("words of the text", ungrounded())):
        caught = [ok for _, ok in results]
        found[name] = (1, len(caught), sum(caught))
    return found


def table() -> str:
    """Return the table of constraints, mutations and what was caught, in Markdown."""
    found = counts()
    rows = [*found.items(), ("all", tuple(map(sum, zip(*found.values(), strict=True))))]
    head = "| constraint | constraints | mutations | caught |\n| --- | --- | --- | --- |\n"
    return head + "".join(f"| {name} | {' | '.join(map(str, row))} |\n" for name, row in rows)


if __name__ == "__main__":
    import sys

    sys.stdout.write(table())
    problems = [*unsound(), *(missed for one in tallies().values() for missed in one.missed)]
    sys.stdout.writelines(f"not caught: {problem}\n" for problem in problems)
    sys.exit(1 if problems else 0)
