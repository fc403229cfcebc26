"""From statements to decisions: the triples of decisions.ttl go in, decisions come out, or the line to be mended.

A decision has the properties of its class and no others, each once unless it may be repeated. Decisions that contradict
each other are an error: let one replace the other (`dcterms:replaces`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.decisions import fields
from shanxi_kg.decisions.model import (
    DecidedFact,
    Decision,
    FactDecision,
    Merge,
    Split,
    Stamp,
    Verdict,
    active,
    in_order,
    result,
    sources,
)
from shanxi_kg.errors import GraphError
from shanxi_kg.namespaces import DCTERMS, FOAF, PROV, RDF, SX

Term = NamedNode | Literal
Values = Mapping[NamedNode, Sequence[Term]]

CLASSES: Mapping[str, NamedNode] = {
    "accept": SX["Acceptance"],
    "reject": SX["Rejection"],
    "correct": SX["Correction"],
    "merge": SX["Merge"],
    "split": SX["Split"],
}
"""The class of a decision, by the command that takes it."""

_ONE, _MANY = (1, 1), (1, None)
_STAMP = {PROV["wasAttributedTo"]: _ONE, DCTERMS["date"]: _ONE, DCTERMS["description"]: _ONE}
_FACT = {
    SX["onFact"]: _ONE,
    SX["onDocument"]: _ONE,
    SX["onKind"]: _ONE,
    SX["onSubject"]: _MANY,
    SX["onQuote"]: _ONE,
    SX["onValue"]: (0, 1),
}
_FREE = {RDF["type"]: (1, None), DCTERMS["replaces"]: (0, None)}
_PROPERTIES: Mapping[str, Mapping[NamedNode, tuple[int, int | None]]] = {
    "accept": {**_FREE, **_STAMP, **_FACT},
    "reject": {**_FREE, **_STAMP, **_FACT},
    "correct": {**_FREE, **_STAMP, **_FACT, SX["field"]: _ONE, SX["correctedValue"]: _ONE},
    "merge": {**_FREE, **_STAMP, SX["keeps"]: _ONE, SX["merges"]: _MANY, SX["entityLabel"]: _ONE},
    "split": {
        **_FREE,
        **_STAMP,
        SX["splits"]: _ONE,
        SX["onDocument"]: _MANY,
        SX["splitOff"]: _ONE,
        SX["entityLabel"]: _ONE,
    },
}
"""The properties of each class of decisions: how often at least and at most."""

_LITERALS = frozenset(
    {
        SX["onQuote"],
        SX["onValue"],
        SX["field"],
        SX["correctedValue"],
        SX["entityLabel"],
        DCTERMS["date"],
        DCTERMS["description"],
    }
)
_NOT_EMPTY = frozenset({SX["onQuote"], SX["entityLabel"], DCTERMS["description"]})
_KINDS = {SX[f"{kind.title()}Fact"]: kind for kind in fields.FIELDS}
_VERBS = {term: verb for verb, term in CLASSES.items()}
_MARKS = frozenset({SX["onFact"], SX["keeps"], SX["merges"], SX["splits"], SX["splitOff"]})


@dataclass(frozen=True, slots=True)
class Statements:
    """The triples of a decisions.ttl, with the text and the path that an error points into."""

    path: Path
    text: str
    triples: tuple[Triple, ...]

    def error(self, node: NamedNode, problem: str) -> GraphError:
        """Return an error about a node, with the line on which the file begins to tell of it."""
        return GraphError(f"{self.path}:{self.line(node)}: <{node.value}>: {problem}")

    def line(self, node: NamedNode) -> int:
        """Return the number of the line that a node's statements begin on; 1 where no line begins with it."""
        name = re.escape(re.split("[/#]", node.value)[-1])
        subject = re.compile(rf"\s*(?:<[^>]*(?:[/#]|(?<=<)){name}>|[\w.-]*:(?:[\w.-]*/)?{name})(?:\s|$)")
        lines = enumerate(self.text.splitlines(), 1)
        return next((number for number, line in lines if subject.match(line)), 1)


def read_statements(statements: Statements) -> tuple[Decision, ...]:
    """Return the decisions that statements make, the older first; GraphError names the line that is to be mended."""
    nodes: dict[NamedNode, dict[NamedNode, list[Term]]] = {}
    for subject, predicate, value in dict.fromkeys(statements.triples):
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    found = [_decision(node, nodes, statements) for node in nodes if _is_decision(nodes[node])]
    _refuse_contradictions(active(found), statements)
    return tuple(sorted(found, key=in_order))


def contradict(one: Decision, other: Decision) -> bool:
    """Say whether two decisions cannot both hold."""
    if isinstance(one, FactDecision) and isinstance(other, FactDecision):
        return _verdicts_contradict(one, other)
    if isinstance(one, FactDecision) or isinstance(other, FactDecision):
        return False
    if result(one) == result(other):
        return one.label != other.label
    if isinstance(one, Merge) and isinstance(other, Merge):
        return not set(one.merged).isdisjoint(other.merged)
    if isinstance(one, Split) and isinstance(other, Split):
        return one.entity == other.entity and not set(one.documents).isdisjoint(other.documents)
    return False


def _verdicts_contradict(one: FactDecision, other: FactDecision) -> bool:
    if one.fact.iri != other.fact.iri:
        return False
    if one.verdict == other.verdict == Verdict.CORRECT:
        return one.field == other.field and one.value != other.value
    return one.verdict != other.verdict and Verdict.REJECT in {one.verdict, other.verdict}


def _is_decision(values: Values) -> bool:
    return not {SX["Decision"], *_VERBS}.isdisjoint(values.get(RDF["type"], ())) or not _MARKS.isdisjoint(values)


def _decision(node: NamedNode, nodes: Mapping[NamedNode, Values], statements: Statements) -> Decision:
    values = nodes[node]
    verb = _verb(node, values, statements)
    _check_properties(node, verb, values, statements)
    reason, replaces = _text(values, DCTERMS["description"]), _iris(values.get(DCTERMS["replaces"], ()))
    stamp = Stamp(_author(node, nodes, statements), _day(node, values, statements), reason)
    if verb == "merge":
        return _merge(node, values, stamp, replaces, statements)
    if verb == "split":
        return _split(node, values, stamp, replaces)
    fact = _fact(node, values, statements)
    field, value = _text(values, SX["field"]), _text(values, SX["correctedValue"])
    if verb == "correct":
        _check_correction(node, fact.kind, field, value, statements)
    return FactDecision(node, Verdict(verb), fact, stamp, field, value, replaces)


def _merge(
    node: NamedNode, values: Values, stamp: Stamp, replaces: tuple[NamedNode, ...], statements: Statements
) -> Merge:
    kept, merged = _iri(values, SX["keeps"]), _iris(values[SX["merges"]])
    if kept in merged:
        raise statements.error(node, "keeps an entity that it merges; keep one and merge the others")
    return Merge(node, kept, merged, _text(values, SX["entityLabel"]), stamp, replaces)


def _split(node: NamedNode, values: Values, stamp: Stamp, replaces: tuple[NamedNode, ...]) -> Split:
    entity, new, documents = _iri(values, SX["splits"]), _iri(values, SX["splitOff"]), _iris(values[SX["onDocument"]])
    return Split(node, entity, documents, new, _text(values, SX["entityLabel"]), stamp, replaces)


def _verb(node: NamedNode, values: Values, statements: Statements) -> str:
    found = [_VERBS[term] for term in values.get(RDF["type"], ()) if isinstance(term, NamedNode) and term in _VERBS]
    if len(found) != 1:
        classes = ", ".join(f"sx:{term.value.rpartition('#')[2]}" for term in CLASSES.values())
        raise statements.error(node, f"must be of exactly one of the classes {classes}")
    return found[0]


def _check_properties(node: NamedNode, verb: str, values: Values, statements: Statements) -> None:
    properties = _PROPERTIES[verb]
    for predicate in values:
        if predicate not in properties:
            raise statements.error(node, f"a decision to {verb} has no property <{predicate.value}>; take it out")
    for predicate, (least, most) in properties.items():
        found = values.get(predicate, ())
        if len(found) < least or len(found) > (len(found) if most is None else most):
            often = "exactly one" if most == 1 else "at least one"
            raise statements.error(node, f"a decision to {verb} needs {often} <{predicate.value}>, not {len(found)}")
        wanted = Literal if predicate in _LITERALS else NamedNode
        if not all(isinstance(value, wanted) for value in found):
            raise statements.error(node, f"<{predicate.value}> needs {_SORTS[wanted]}; mend its value")
        if predicate in _NOT_EMPTY and not found[0].value.strip():
            raise statements.error(node, f"<{predicate.value}> is empty; give it words")


_SORTS: Mapping[type, str] = {Literal: "a literal", NamedNode: "an IRI"}


def _author(node: NamedNode, nodes: Mapping[NamedNode, Values], statements: Statements) -> str:
    agent = _iri(nodes[node], PROV["wasAttributedTo"])
    names = nodes.get(agent, {}).get(FOAF["name"], ())
    if len(names) != 1 or not names[0].value:
        raise statements.error(node, f"its author <{agent.value}> needs exactly one foaf:name; give the agent one")
    return names[0].value


def _day(node: NamedNode, values: Values, statements: Statements) -> str:
    text = _text(values, DCTERMS["date"])
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise statements.error(node, f'{text!r} is no day; write dcterms:date as "2021-07-01"^^xsd:date') from error


def _fact(node: NamedNode, values: Values, statements: Statements) -> DecidedFact:
    kind = _KINDS.get(_iri(values, SX["onKind"]))
    if kind is None:
        known = ", ".join(f"sx:{term.value.rpartition('#')[2]}" for term in _KINDS)
        raise statements.error(node, f"sx:onKind must be one of {known}")
    fact, document, subjects = (
        _iri(values, SX["onFact"]),
        _iri(values, SX["onDocument"]),
        _iris(values[SX["onSubject"]]),
    )
    return DecidedFact(fact, document, kind, subjects, _text(values, SX["onQuote"]), _text(values, SX["onValue"]))


def _check_correction(node: NamedNode, kind: str, field: str, value: str, statements: Statements) -> None:
    try:
        fields.normal(kind, field, value)
    except ValueError as error:
        raise statements.error(node, f"{error}; mend the correction") from error


def _text(values: Values, predicate: NamedNode) -> str:
    return next((value.value for value in values.get(predicate, ())), "")


def _iri(values: Values, predicate: NamedNode) -> NamedNode:
    return _iris(values[predicate])[0]


def _iris(values: Sequence[Term]) -> tuple[NamedNode, ...]:
    return tuple(sorted((value for value in values if isinstance(value, NamedNode)), key=lambda iri: iri.value))


def _refuse_contradictions(decisions: Sequence[Decision], statements: Statements) -> None:
    for one, other in _rivals(decisions):
        if contradict(one, other):
            first, second = sorted((one.iri, other.iri), key=statements.line)
            rival = f"<{first.value}> (line {statements.line(first)})"
            raise statements.error(second, f"contradicts {rival}; let one replace the other by dcterms:replaces")
    for decision in decisions:
        if not isinstance(decision, FactDecision) and _leads_back(decision, decisions):
            raise statements.error(decision.iri, "merges and splits go round in a circle; take one of them out")


def _leads_back(start: Merge | Split, decisions: Sequence[Decision]) -> bool:
    """Say whether what comes out of a merge or split becomes, by others, what went into it."""
    steps = [(entity, result(one)) for one in decisions if not isinstance(one, FactDecision) for entity in sources(one)]
    reached = {result(start)}
    while further := {new for entity, new in steps if entity in reached} - reached:
        reached |= further
    return not reached.isdisjoint(sources(start))


def _rivals(decisions: Sequence[Decision]) -> Iterator[tuple[Decision, Decision]]:
    """Yield the pairs of decisions about one thing."""
    groups: dict[NamedNode, list[Decision]] = {}
    for decision in decisions:
        for thing in _things(decision):
            groups.setdefault(thing, []).append(decision)
    for group in groups.values():
        yield from combinations(group, 2)


def _things(decision: Decision) -> tuple[NamedNode, ...]:
    if isinstance(decision, FactDecision):
        return (decision.fact.iri,)
    return (*sources(decision), result(decision))
