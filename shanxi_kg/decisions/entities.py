"""Merges and splits: the facts of one document go in, and come out with their entities renamed.

Every fact that names the one entity names the other instead, and what it names now has one preferred label in all
documents. The facts keep their IRIs; the names that documents use are kept as mentions and as further labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.decisions.model import Decision, Merge, Split, result
from shanxi_kg.namespaces import DCTERMS, FOAF, RDF, RDFS, SKOS, SX, digest, mint
from shanxi_kg.ontology import Subject, authority
from shanxi_kg.triples import FactTriples
from shanxi_kg.triples.entities import describe, english

_NAMES = frozenset({FOAF["name"], DCTERMS["title"]})
"""What an entity has once beside its preferred label, and in the same words."""

_COPIED = frozenset({RDF["type"], SKOS["inScheme"]})
"""What an entity that comes out of a known one takes over from the authority file."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """What an entity is from now on, and the decisions that say so; `is_merge` where all of them are merges."""

    iri: NamedNode
    decisions: tuple[NamedNode, ...]
    is_merge: bool


@dataclass(frozen=True, slots=True)
class Identities:
    """What a document's entities are from now on, and the preferred labels that decisions give."""

    redirects: Mapping[NamedNode, Redirect] = field(default_factory=dict)
    labels: Mapping[NamedNode, str] = field(default_factory=dict)

    def of(self, entity: NamedNode) -> NamedNode:
        """Return what an entity is from now on."""
        return self.redirects[entity].iri if entity in self.redirects else entity


def identities(decisions: Iterable[Decision], document: NamedNode) -> Identities:
    """Return what the merges, and the splits of this document, make of entities; a split goes before a merge.

    Merges of merges are followed to their end, which there is, since a circle was refused when they were read.
    """
    merges = [one for one in decisions if isinstance(one, Merge)]
    splits = [one for one in decisions if isinstance(one, Split) and document in one.documents]
    steps: dict[NamedNode, Merge | Split] = {entity: one for one in merges for entity in one.merged}
    steps |= {one.entity: one for one in splits}
    both: list[Merge | Split] = [*merges, *splits]
    labels = {result(one): one.label for one in both}
    return Identities({entity: _followed(entity, steps) for entity in steps}, labels)


def _followed(entity: NamedNode, steps: Mapping[NamedNode, Merge | Split]) -> Redirect:
    taken: list[Merge | Split] = []
    while entity in steps:
        taken.append(steps[entity])
        entity = result(steps[entity])
    return Redirect(entity, tuple(one.iri for one in taken), all(isinstance(one, Merge) for one in taken))


def occurring(facts: Iterable[FactTriples], given: Identities) -> dict[NamedNode, Redirect]:
    """Return those of the redirects whose entity the facts name, in the order of their IRIs."""
    named = {term for fact in facts for triple in fact.triples for term in (triple.subject, triple.object)}
    found = sorted((entity for entity in given.redirects if entity in named), key=lambda entity: entity.value)
    return {entity: given.redirects[entity] for entity in found}


def redirected(facts: Sequence[FactTriples], given: Identities, document: str) -> tuple[FactTriples, ...]:
    """Return the facts of a document with these entities renamed; `document` is the document's name."""
    if not given.labels:
        return tuple(facts)
    renamed = tuple(replace(fact, triples=_renamed(fact, given)) for fact in facts)
    return _with_one_mention(renamed, frozenset(given.labels), document)


def _renamed(fact: FactTriples, given: Identities) -> tuple[Triple, ...]:
    about = (triple.object for triple in fact.triples if triple.predicate == SX["about"])
    labels = {one: given.labels.get(given.of(one)) for one in about if isinstance(one, NamedNode)}
    parts = [
        *(_retold(triple, fact, given, next(iter(labels.values()), None)) for triple in fact.triples),
        *(_introduced(entity, found.iri, given, found.is_merge) for entity, found in occurring((fact,), given).items()),
    ]
    return tuple(dict.fromkeys(triple for part in parts for triple in part))


def _retold(triple: Triple, fact: FactTriples, given: Identities, label: str | None) -> Iterator[Triple]:
    """Yield what a triple says from now on; `label` is that of what the fact is about, where a decision gives one."""
    subject = given.of(triple.subject) if isinstance(triple.subject, NamedNode) else triple.subject
    value = given.of(triple.object) if isinstance(triple.object, NamedNode) else triple.object
    if isinstance(subject, NamedNode) and subject in given.labels:
        yield from _described(subject, triple.predicate, value, given.labels[subject])
    elif label is not None and subject == fact.iri and triple.predicate == RDFS["label"]:
        yield Triple(subject, RDFS["label"], english(f"{fact.fact.kind}: {label}"))
    else:
        yield Triple(subject, triple.predicate, value)


def _described(entity: NamedNode, predicate: NamedNode, value: object, label: str) -> Iterator[Triple]:
    """Yield what a triple says of an entity with a decided label; what an authority file describes needs no more."""
    if entity in authority() or value == entity:
        return
    if predicate == SKOS["prefLabel"]:
        yield Triple(entity, predicate, english(label))
        if isinstance(value, Literal) and value.value != label:
            yield Triple(entity, SKOS["altLabel"], value)
    elif predicate in _NAMES:
        yield Triple(entity, predicate, english(label))
    elif isinstance(value, NamedNode | Literal):
        yield Triple(entity, predicate, value)


def _introduced(entity: NamedNode, new: NamedNode, given: Identities, is_merge: bool) -> Iterator[Triple]:
    """Yield what is to be said of an entity that was renamed, and of what it is now."""
    if is_merge:
        yield Triple(entity, DCTERMS["isReplacedBy"], new)
    if entity in authority() and new not in authority():
        copied = (triple for triple in authority()[entity] if triple.predicate in _COPIED)
        yield from (Triple(new, triple.predicate, triple.object) for triple in copied)
        yield from describe(new, (SKOS["prefLabel"], english(given.labels[new])))


def _with_one_mention(
    facts: tuple[FactTriples, ...], entities: frozenset[NamedNode], document: str
) -> tuple[FactTriples, ...]:
    """Return the facts with one mention an entity: the longest name that the document uses for it."""
    mentioned = {
        triple.subject: triple.object
        for fact in facts
        for triple in fact.triples
        if triple.predicate == SX["mentionOf"] and triple.object in entities
    }
    told: dict[Subject, list[Triple]] = {}
    for triple in dict.fromkeys(triple for fact in facts for triple in fact.triples):
        if triple.subject in mentioned:
            told.setdefault(triple.subject, []).append(triple)
    longest = {
        entity: max((told[node] for node in told if mentioned[node] == entity), key=_length)
        for entity in mentioned.values()
    }
    single = {
        entity: [Triple(mint("mention", document, digest(entity.value)), t.predicate, t.object) for t in triples]
        for entity, triples in longest.items()
        if isinstance(entity, NamedNode)
    }
    return tuple(replace(fact, triples=_mentioned_once(fact.triples, mentioned, single)) for fact in facts)


def _mentioned_once(
    triples: Sequence[Triple], mentioned: Mapping[Subject, object], single: Mapping[NamedNode, Sequence[Triple]]
) -> tuple[Triple, ...]:
    kept = [triple for triple in triples if triple.subject not in mentioned]
    entities = dict.fromkeys(mentioned[triple.subject] for triple in triples if triple.subject in mentioned)
    added = (triple for entity in entities if isinstance(entity, NamedNode) for triple in single[entity])
    return tuple(dict.fromkeys((*kept, *added)))


def _length(mention: Sequence[Triple]) -> int:
    forms = (triple.object for triple in mention if triple.predicate == SX["surfaceForm"])
    return max((len(form.value) for form in forms if isinstance(form, Literal)), default=0)
