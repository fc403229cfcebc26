"""Who holds a role: the person beside the role phrase, or the subject or object of a verb that puts one into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from shanxi_kg.extraction.antecedents import person_before, pointed
from shanxi_kg.extraction.layout import Layout, Named
from shanxi_kg.extraction.phrases import is_negated
from shanxi_kg.extraction.posts.model import Unit
from shanxi_kg.extraction.posts.roles import ARTICLES, Role
from shanxi_kg.extraction.posts.verbs import described_by, subject_of
from shanxi_kg.facts import Judgement
from shanxi_kg.lexicon import load_lexicon

BESIDE = frozenset(
    "the a an who is was are were also as currently now then concurrently its serves served acts acted works worked "
    "aged both only serving acting time at respectively until previously formerly earlier once later".split()
)
LINKING = frozenset({",", "is", "was", "are", "were", "as", "-", "–", "—"})
JOINING = frozenset({"and", "&", "well", ";"})
PASSIVE_ONLY = frozenset(
    {"appoint", "elect", "install", "make", "name", "promote", "reappoint", "reelect", "rename", "select"}
)
REPLACING = frozenset({"succeed", "replace"})
OPEN = frozenset({"will", "would", "may", "might", "could", "should", "shall", "can", "to", "if"})
NEGATING = frozenset({"no", "not", "never", "longer"})
OPENING = frozenset({"with", "under"})
COPULAS = frozenset({"is", "was", "remains"})


@dataclass(frozen=True, slots=True)
class Segment:
    """Roles with their unit, the tokens `first` to `last`; `definite` where an owner or an article opens it.

    `group` are the tokens of a group that is part of the role, where its body is named elsewhere.
    """

    roles: list[Role]
    first: int
    last: int
    unit: Unit | None
    definite: bool
    group: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Holders:
    """The persons of a segment; `inherit` where further roles behind it are theirs too ('… and secretary of …')."""

    persons: list[Named]
    inherit: bool = True
    judgement: Judgement | None = None


@dataclass(slots=True)
class Chain:
    """The segments of a sentence that have holders, by their last token."""

    ends: dict[int, Holders] = field(default_factory=dict)


def holders(layout: Layout, segment: Segment, chain: Chain) -> Holders | None:
    """Return who holds the roles of a segment; None where the sentence does not say."""
    titled = _titled(layout, segment.roles[-1].last + 1, segment.roles[-1].plural)
    if titled:
        return Holders(titled, inherit=False)
    behind = _behind(layout, segment)
    found = None if behind and segment.definite and _is_listed(layout, segment.first) else _left(layout, segment, chain)
    return found or _by_parse(layout, segment) or _by_verb(layout, segment) or _fronted(layout, segment) or behind


# beside -----------------------------------------------------------------------------------------------------------
def _titled(layout: Layout, i: int, plural: bool) -> list[Named]:
    """Match 'Director X', 'vice-governors X and Y': the persons right behind a role."""
    while layout.word(i) in load_lexicon()["honorific"]:
        i += 1
    found: list[Named] = []
    while i in layout.persons:
        found.append(layout.persons[i])
        i = found[-1].last + 1
        while plural and layout.word(i) in {",", "and"}:
            i += 1
        if not plural:
            break
    return found


def _behind(layout: Layout, segment: Segment) -> Holders | None:
    """Match 'its chairman, X,', 'the director of the bureau, X, said' and 'the bureau's director is X'."""
    comma = layout.word(segment.last + 1) == ","
    if segment.definite and layout.word(segment.last + 1) in COPULAS:
        named = layout.persons.get(segment.last + 2)
        return Holders([named], inherit=False) if named else None
    person = layout.persons.get(_over_age(layout, segment.last + 1 + comma))
    if person is None or (comma and not segment.definite):
        return None
    follower = layout.word(person.last + 1)
    verb = person.last + 1 < len(layout.low) and layout.tokens[person.last + 1].pos in {"VERB", "AUX"}
    return Holders([person], inherit=False) if not comma or verb or follower in {",", ".", "", "and", ";"} else None


def _over_age(layout: Layout, i: int) -> int:
    """Step over the '58-year-old' before a name."""
    return i + 5 if layout.low[i + 1 : i + 5] == ("-", "year", "-", "old") else i


def _is_listed(layout: Layout, first: int) -> bool:
    """Tell whether 'and' or a comma leads to the segment: the item of a list with a person of its own."""
    return layout.word(first - 1) in {"and", ",", ";"}


def _left(layout: Layout, segment: Segment, chain: Chain) -> Holders | None:
    """Match 'X, director', 'X, 51, is director' and, behind a role of X, 'and secretary of …'."""
    crossed: set[str] = set()
    p = segment.first - 1
    while p >= 0:
        if p in layout.persons_by_end:
            return _beside(layout, segment, p, crossed)
        if p in chain.ends and chain.ends[p].inherit and crossed & (JOINING | {","}):
            return chain.ends[p]
        word = layout.low[p]
        if word not in BESIDE and word not in LINKING and word not in JOINING and layout.tokens[p].pos != "NUM":
            return None
        crossed.add(word)
        p -= 1
    return None


def _beside(layout: Layout, segment: Segment, last: int, crossed: set[str]) -> Holders | None:
    person = layout.persons_by_end[last]
    if crossed & JOINING:
        return None
    if crossed <= {"as"} | ARTICLES | {"its"}:
        return _put_into_role(layout, person)
    if not crossed & LINKING:
        return None
    several = any(role.plural for role in segment.roles) or "respectively" in layout.low
    return Holders(_all_before(layout, person) if several else [person])


def _all_before(layout: Layout, person: Named) -> list[Named]:
    """Return the persons of the list that ends with a person: 'X, Y and Z, deputy directors'."""
    found = [person]
    while True:
        p = found[0].first - 1
        while layout.word(p) in {",", "and"}:
            p -= 1
        if p == found[0].first - 1 or p not in layout.persons_by_end:
            return found
        found.insert(0, layout.persons_by_end[p])


def _put_into_role(layout: Layout, person: Named) -> Holders | None:
    """Match 'elected X mayor', 'named X as dean', 'with X as its director'; in 'replaced X as' it is the subject."""
    first = person.first
    while layout.word(first - 1) in load_lexicon()["honorific"]:
        first -= 1
    before = first - 1
    if before < 0:
        return None
    if layout.low[before] in OPENING:
        return Holders([person])
    lemma = layout.tokens[before].lemma
    if lemma in REPLACING:
        return holder_of(layout, before)
    if lemma in load_lexicon()["post-verb"] and not is_open_post(layout, before):
        return Holders([person])
    return None


def _by_parse(layout: Layout, segment: Segment) -> Holders | None:
    """Match 'X, a native of A and now head of B': a role that is joined to a noun beside a person."""
    node = segment.roles[-1].noun
    if layout.word(segment.first - 1) == "and" and layout.word(segment.first - 2) == ",":
        return None
    while layout.tokens[node].dep in {"conj", "appos"} and layout.tokens[node].head < node:
        dep, node = layout.tokens[node].dep, layout.tokens[node].head
        persons = list(_persons_at(layout, node))
        if persons:
            return Holders(persons) if dep == "appos" else None
    return None


def _fronted(layout: Layout, segment: Segment) -> Holders | None:
    """Match 'As director of the bureau, X …'."""
    person = layout.persons.get(segment.last + 2)
    is_fronted = layout.word(segment.first - 1) == "as" and layout.word(segment.last + 1) == ","
    return Holders([person], inherit=False) if person and is_fronted and segment.first < 3 else None


# by a verb --------------------------------------------------------------------------------------------------------
def _by_verb(layout: Layout, segment: Segment) -> Holders | None:
    """Match 'X was appointed director', 'X took office as governor', 'who also serves as …'."""
    verb = _governor(layout, segment.roles[-1].noun)
    if verb is None or not _is_post_verb(layout, verb) or not NEGATING.isdisjoint(layout.low[verb : segment.first]):
        return None
    return None if is_open_post(layout, verb) else holder_of(layout, verb)


def _governor(layout: Layout, i: int) -> int | None:
    """Return the verb above a role: over 'as', 'of' and nouns like 'post' and 'office', or a role it is joined to."""
    between = load_lexicon()["post-noun"]
    for ancestor in layout.read.sentence.ancestors(i):
        token = layout.tokens[ancestor]
        if token.pos in {"VERB", "AUX"}:
            return ancestor
        if token.pos != "ADP" and layout.low[ancestor] not in between and not _is_role_noun(layout, ancestor):
            return None
    return None


def _is_role_noun(layout: Layout, i: int) -> bool:
    roles = load_lexicon()["role"]
    return layout.low[i] in roles or layout.tokens[i].lemma.lower() in roles


def _is_post_verb(layout: Layout, verb: int) -> bool:
    token = layout.tokens[verb]
    if token.lemma not in load_lexicon()["post-verb"]:
        return False
    if token.lemma not in PASSIVE_ONLY:
        return True
    passive = any(layout.tokens[c].dep in {"auxpass", "nsubjpass"} for c in layout.read.sentence.children[verb])
    return passive or (token.tag == "VBN" and token.dep in {"acl", "advcl", "conj"})


def is_open_post(layout: Layout, verb: int) -> bool:
    """Tell whether a verb is negated, or says what may or will be."""
    sentence = layout.read.sentence
    words = {layout.low[c] for c in sentence.children[verb] if c < verb}
    return is_negated(sentence, verb) or not words.isdisjoint(OPEN)


def holder_of(layout: Layout, verb: int) -> Holders | None:
    """Return the person that is the subject of a verb, by name, as 'he', or before 'who'."""
    subject = subject_of(layout.read.sentence, verb)
    if subject is None:
        return None
    token = layout.tokens[subject]
    if layout.low[subject] in {"he", "she"}:
        return _of_pronoun(layout, subject)
    if token.tag in {"WP", "WDT"}:
        subject = described_by(layout.read.sentence, verb)
    return next((Holders([person]) for node in _upward(layout, subject) for person in _persons_at(layout, node)), None)


def _upward(layout: Layout, i: int) -> Iterator[int]:
    """Give a noun and what it stands beside ('X, an alumnus who is now head of …')."""
    yield i
    while layout.tokens[i].dep == "appos":
        i = layout.tokens[i].head
        yield i


def _persons_at(layout: Layout, i: int) -> Iterator[Named]:
    yield from (person for person in layout.persons.values() if person.first <= i <= person.last)


def _of_pronoun(layout: Layout, i: int) -> Holders | None:
    name = person_before(layout.context, layout.read, i)
    return Holders([Named(i, i, name)], judgement=pointed(layout.low[i], name, "person")) if name else None
