"""Comparing two states: facts are matched document by document, and each difference is said once.

A fact of the same IRI is the same fact. Of the rest, facts of one document and kind are the same where they are about
the same thing, those that have most in common first; and where, on both sides, just one is left that stands on the same
words. What finds no match was added or withdrawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shanxi_kg.changes.model import (
    Changes,
    DocumentChanges,
    Entity,
    EntityChange,
    FactChange,
    FieldChange,
    State,
    StatedFact,
    Values,
)

Pair = tuple[StatedFact, StatedFact]


def compare(old: State, new: State) -> Changes:
    """Return what changed from one state to another, documents and facts in order."""
    names = sorted(old.documents.keys() | new.documents.keys())
    before, after = _by_document(old), _by_document(new)
    found = (_document(name, old, new, before.get(name, ()), after.get(name, ())) for name in names)
    documents = tuple(one for one in found if not one.is_empty)
    return Changes(old.name, new.name, documents, tuple(_entities(old.entities, new.entities)))


def _entities(old: Mapping[str, Entity], new: Mapping[str, Entity]) -> Iterator[EntityChange]:
    for iri in sorted(old.keys() & new.keys()):
        if fields := _fields(old[iri].fields, new[iri].fields):
            named = new if "prefLabel" in new[iri].fields else old
            yield EntityChange(iri, named[iri].label, fields)


def _by_document(state: State) -> dict[str, list[StatedFact]]:
    found: dict[str, list[StatedFact]] = defaultdict(list)
    for fact in sorted(state.facts.values(), key=_place):
        found[fact.document].append(fact)
    return found


def _document(
    name: str, old: State, new: State, before: Sequence[StatedFact], after: Sequence[StatedFact]
) -> DocumentChanges:
    pairs = _matched(before, after)
    is_in_both = name in old.documents and name in new.documents
    changes = [FactChange(one, other, _fields(one.fields, other.fields)) for one, other in pairs]
    changed = [change for change in changes if change.fields]
    moved = [change for change in changes if not change.fields and _words(change.old) != _words(change.new)]
    return DocumentChanges(
        name,
        "changed" if is_in_both else "added" if name in new.documents else "withdrawn",
        _fields(old.documents[name], new.documents[name]) if is_in_both else (),
        added=tuple(_left(after, (other for _, other in pairs))),
        withdrawn=tuple(_left(before, (one for one, _ in pairs))),
        changed=tuple(changed),
        evidence=tuple(moved),
    )


def _matched(before: Sequence[StatedFact], after: Sequence[StatedFact]) -> list[Pair]:
    """Return the pairs of facts that are the same, in the order of the new text."""
    known = {fact.iri: fact for fact in before}
    pairs = [(known[fact.iri], fact) for fact in after if fact.iri in known]
    for further in (_of_one_subject, _of_one_quote):
        old, new = _left(before, (one for one, _ in pairs)), _left(after, (other for _, other in pairs))
        pairs += further(old, new)
    return sorted(pairs, key=lambda pair: _place(pair[1]))


def _left(facts: Iterable[StatedFact], matched: Iterable[StatedFact]) -> list[StatedFact]:
    known = {fact.iri for fact in matched}
    return [fact for fact in facts if fact.iri not in known]


def _of_one_subject(before: Sequence[StatedFact], after: Sequence[StatedFact]) -> Iterator[Pair]:
    """Yield the pairs about one thing, each fact once, those first that have most in common."""
    alike = [
        (one, other)
        for one in before
        for other in after
        if one.kind == other.kind and not one.subjects.isdisjoint(other.subjects)
    ]
    used: set[str] = set()
    for one, other in sorted(alike, key=lambda pair: (-_in_common(*pair), pair[0].iri, pair[1].iri)):
        if one.iri not in used and other.iri not in used:
            used |= {one.iri, other.iri}
            yield one, other


def _in_common(one: StatedFact, other: StatedFact) -> int:
    same = sum(other.fields.get(field) == values for field, values in one.fields.items())
    return same + 2 * (one.evidence.quote == other.evidence.quote)


def _of_one_quote(before: Sequence[StatedFact], after: Sequence[StatedFact]) -> Iterator[Pair]:
    """Yield the pairs that stand on the same words, where on both sides just one fact of that kind does."""
    old, new = _by_quote(before), _by_quote(after)
    for key, facts in new.items():
        if len(facts) == len(old.get(key, ())) == 1:
            yield old[key][0], facts[0]


def _by_quote(facts: Iterable[StatedFact]) -> dict[tuple[str, str], list[StatedFact]]:
    found: dict[tuple[str, str], list[StatedFact]] = defaultdict(list)
    for fact in facts:
        found[fact.kind, " ".join(fact.evidence.quote.split())].append(fact)
    return found


def _fields(old: Mapping[str, Values], new: Mapping[str, Values]) -> tuple[FieldChange, ...]:
    pairs = ((name, old.get(name, ()), new.get(name, ())) for name in sorted(old.keys() | new.keys()))
    return tuple(FieldChange(*pair) for pair in pairs if pair[1] != pair[2])


def _words(fact: StatedFact) -> object:
    return fact.evidence, fact.claims


def _place(fact: StatedFact) -> tuple[int, int, str, str]:
    return fact.evidence.start, fact.evidence.end, fact.kind, fact.iri
