"""Dates of regulations, holders of posts and sides of agreements that documents tell of differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby

from pyoxigraph import NamedNode

from shanxi_kg.conflicts.claims import Accord, Days, Enactment, Graph, Holding, When, name_of, place_of
from shanxi_kg.conflicts.model import Comparison, Copies, listed, ordered
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.namespaces import DCTERMS, ORG, mint
from shanxi_kg.ontology import authority
from shanxi_kg.triples.identity import lemma

_WORD = re.compile(r"[a-z-]+")
_UP = (DCTERMS["spatial"], ORG["unitOf"], ORG["subOrganizationOf"], ORG["postIn"])
_DATES: Mapping[str, tuple[str, Callable[[Enactment], When | None]]] = {
    "issued": ("issued", lambda claim: claim.issued),
    "in-force": ("in force", lambda claim: claim.in_force),
}
"""The dates of a regulation, by dimension: what a reader calls it, and where it stands."""


def dates(claims: Iterable[Enactment], copies: Copies, graph: Graph) -> Iterator[Comparison]:
    """Yield the regulations that documents give different dates for, none of which lies within the other."""
    by_regulation = sorted(claims, key=lambda claim: (claim.regulation.value, claim.told.fact.value))
    for regulation, group in groupby(by_regulation, key=lambda claim: claim.regulation):
        told = list(group)
        for dimension, (word, read) in _DATES.items():
            dated = [(claim, when) for claim in told if (when := read(claim))]
            if _apart(dated):
                yield _dated(dimension, word, regulation, dated, copies, graph)


def _apart(dated: Sequence[tuple[Enactment, When]]) -> bool:
    """Say whether two documents give days of which neither lies within the other's."""
    days = {when for _, when in dated}
    told_in_several = len({claim.told.document for claim, _ in dated}) > 1
    return told_in_several and any(
        not (_within(one, other) or _within(other, one)) for one, other in combinations(days, 2)
    )


def _within(inner: When, outer: When) -> bool:
    return outer.days[0] <= inner.days[0] and inner.days[1] <= outer.days[1]


def _dated(
    dimension: str,
    word: str,
    regulation: NamedNode,
    dated: Sequence[tuple[Enactment, When]],
    copies: Copies,
    graph: Graph,
) -> Comparison:
    told = ordered(tuple(claim.told for claim, _ in dated))
    days = list(dict.fromkeys(when.iso for _, when in sorted(dated, key=lambda pair: pair[1].days)))
    reason = "copied-article" if copies.same(told) else _reason(dated)
    parts = sorted({f"{when.iso} in {name_of(claim.told.document)}" for claim, when in dated})
    label = f"{graph.label(regulation)}, {word}: {listed(days, 'or')}"
    return Comparison(dimension, reason, (regulation.value,), (regulation,), told, label, f"{listed(parts)}.")


def _reason(dated: Sequence[tuple[Enactment, When]]) -> str:
    """Return 'other-event' where each day has verbs of its own ('adopted on', 'published on')."""
    verbs: dict[str, set[str]] = defaultdict(set)
    for claim, when in dated:
        verbs[when.iso] |= {lemma(word) for word in _WORD.findall(claim.told.words.casefold())} & _event_verbs()
    told_apart = all(not one & other for one, other in combinations(verbs.values(), 2))
    return "other-event" if told_apart and all(verbs.values()) else "one-is-wrong"


def _event_verbs() -> frozenset[str]:
    return load_lexicon()["issue-verb"] | load_lexicon()["force-verb"]


def holders(claims: Iterable[Holding], copies: Copies, graph: Graph) -> Iterator[Comparison]:
    """Yield the posts of one holder that documents give two for, where the days on which they are attested overlap."""
    single = (claim for claim in claims if claim.organization and claim.attested and is_single(claim.role))
    by_post = sorted(single, key=lambda claim: (claim.post.value, claim.told.fact.value))
    for post, group in groupby(by_post, key=lambda claim: claim.post):
        told = list(group)
        times = {person: _tenure(person, told) for person in sorted({claim.person for claim in told}, key=str)}
        rivals = {p for pair in combinations(times, 2) if _overlap(*(times[p] for p in pair)) for p in pair}
        involved = [claim for claim in told if claim.person in rivals]
        if len({claim.told.document for claim in involved}) > 1:
            yield _held(post, involved, copies, graph)


def is_single(role: str) -> bool:
    """Say whether a role is one that a single person has in a body at a time.

    >>> is_single("director"), is_single("deputy director"), is_single("Party secretary"), is_single("professor")
    (True, False, True, False)
    """
    words = role.casefold().replace("-", " ").split()
    lexicon = load_lexicon()
    return bool(words) and words[-1] in lexicon["single-role"] and not lexicon["not-single-role"] & set(words)


def _tenure(person: NamedNode, claims: Sequence[Holding]) -> Days:
    spans = [claim.attested.days for claim in claims if claim.person == person and claim.attested]
    return min(span[0] for span in spans), max(span[1] for span in spans)


def _overlap(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _held(post: NamedNode, claims: Sequence[Holding], copies: Copies, graph: Graph) -> Comparison:
    told = ordered(tuple(claim.told for claim in claims))
    names = sorted({graph.label(claim.person) for claim in claims})
    parts = sorted(
        {f"{graph.label(claim.person)} in {name_of(claim.told.document)} ({claim.told.issued})" for claim in claims}
    )
    reason = "copied-article" if copies.same(told) else "one-is-wrong"
    label = f"{graph.label(post)}: {listed(names, 'or')}"
    return Comparison("holder", reason, (post.value,), (post,), told, label, f"{listed(parts)}.")


def confirmations(claims: Iterable[Accord], graph: Graph) -> Iterator[Comparison]:
    """Yield the agreements that all of those who answer for them belong to one side of."""
    answered = sorted(claims, key=lambda claim: (claim.agreement.value, claim.told.fact.value))
    posts = _posts(graph) if answered else {}
    for agreement, group in groupby(answered, key=lambda claim: claim.agreement):
        told = list(group)
        sides = {side for claim in told for side in _sides(claim, posts, graph)}
        if len(sides) == 1 and len(told[0].parties) > 1 and all(claim.said_by for claim in told):
            yield _one_sided(agreement, told, sides.pop(), graph)


def _one_sided(agreement: NamedNode, claims: Sequence[Accord], side: NamedNode, graph: Graph) -> Comparison:
    speakers = sorted({graph.label(claim.said_by) for claim in claims if claim.said_by})
    others = sorted(graph.label(party) for party in {*claims[0].parties} - {side})
    says = (
        f"It rests on the words of {listed(speakers)}, for {graph.label(side)}; nobody for {listed(others)} is heard."
    )
    label = f"{graph.label(agreement)}: told by {graph.label(side)} alone"
    told = ordered(tuple(claim.told for claim in claims))
    return Comparison("confirmation", "one-side-only", (agreement.value,), (agreement,), told, label, says)


Posts = Mapping[NamedNode, Sequence[NamedNode]]
"""The posts of each person."""


def _posts(graph: Graph) -> Posts:
    held: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for post in graph.typed(ORG["Post"]):
        for person in graph.nodes(post, ORG["heldBy"]):
            held[person].append(post)
    return held


def _sides(claim: Accord, posts: Posts, graph: Graph) -> Iterator[NamedNode]:
    """Yield the parties that the one who answers for a fact speaks for."""
    stands_for = _stands_for(claim.said_by, posts, graph) if claim.said_by else set()
    yield from (party for party in claim.parties if any(_belongs(one, party) for one in stands_for))


def _stands_for(agent: NamedNode, posts: Posts, graph: Graph) -> set[NamedNode]:
    """Return an agent, the bodies that it serves or is part of, and the areas of these, also those in their names."""
    found: set[NamedNode] = set()
    reached = {agent, *posts.get(agent, ())}
    while reached:
        found |= reached
        reached = {to for one in reached for to in _above(one, graph)} - found
    return found


def _above(one: NamedNode, graph: Graph) -> Iterator[NamedNode]:
    """Yield the body and the area that a post, a unit or a body belongs to; an area has none above it here."""
    known = (triple for triple in authority().get(one, ()) if triple.predicate in _UP)
    yield from (to for step in _UP for to in graph.nodes(one, step))
    yield from (triple.object for triple in known if isinstance(triple.object, NamedNode))
    if place_of(one) is None:
        mentions = load_gazetteer().places(graph.label(one))
        yield from (mint("place", mention.keys[0]) for mention in mentions)


def _belongs(one: NamedNode, party: NamedNode) -> bool:
    if one == party:
        return True
    inner, outer = place_of(one), place_of(party)
    return inner is not None and outer is not None and load_gazetteer().is_within(inner.key, outer.key)
