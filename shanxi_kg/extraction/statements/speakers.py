"""Who says it: a person by full name, a body, or the words for people and bodies without a name ('experts').

'He', 'the official' and 'the bureau' are read as the one named before; a report or statistics speak for their body;
a plan or a rule speaks for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.antecedents import body_called, companies, person_before, pointed
from shanxi_kg.extraction.layout import Layout, Named
from shanxi_kg.extraction.policies.people import is_people
from shanxi_kg.facts import Area, Body, Certainty, Judgement
from shanxi_kg.lexicon import load_lexicon

CUT = frozenset({"det", "relcl", "appos", "acl", "poss", "cc", "conj", "predet"})
NOBODY = frozenset({"no", "none", "nobody", "neither", "any", "few"})
PERSONAL = frozenset({"he", "she", "his", "her"})
PLURAL = frozenset({"NNS", "NNPS"})
COUNTING = frozenset({"couple", "crowd", "dozens", "group", "half", "handful", "hundreds", "majority", "number"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: the name, whether a person, an organization or a group, and how the words were read."""

    name: str
    kind: str
    judgement: Judgement | None = None


def speakers(layout: Layout, first: int, last: int, head: int, latest: Speaker | None) -> list[Speaker]:
    """Return who speaks in the words from token `first` to `last`, noun `head`; several where 'and' joins them.

    `latest` is who spoke last before, whom 'he' and 'the official' mean first.
    """
    words = layout.low[first : head + 1]
    if not NOBODY.isdisjoint(words) and words[:2] != ("a", "few"):
        return []
    persons = _persons(layout, first, last, head)
    if persons:
        return persons
    found = _body(layout, first, head) or _reporting(layout, first, last, head) or _company(layout, first, head)
    found = found or _area(layout, head)
    if found:
        return [found]
    if layout.tokens[head].lemma.lower() in load_lexicon()["report-noun"]:
        return []
    found = _pronoun(layout, head, latest) if layout.tokens[head].pos == "PRON" else _noun(layout, first, head, latest)
    return [found] if found else []


# named ------------------------------------------------------------------------------------------------------------
def _persons(layout: Layout, first: int, last: int, head: int) -> list[Speaker]:
    """Return the persons at the head of the words, or beside it ('its director, X'), not those in its clauses."""
    inside = [named for named in layout.persons.values() if first <= named.first and named.last <= last]
    own = [named for named in inside if named.first <= head <= named.last]
    if own:
        return [_person(str(named.what)) for named in [own[0], *_joined(layout, own[0].last, last)]]
    is_role = layout.low[head] in load_lexicon()["role"] or layout.tokens[head].pos == "PROPN"
    beside = [n for n in inside if layout.tokens[n.last].dep == "appos" or (is_role and n.last == last)]
    return [_person(str(named.what)) for named in beside[:1]]


def _joined(layout: Layout, end: int, last: int) -> Iterator[Named]:
    """Give the persons that 'and' joins right behind a name: 'X and Y said'."""
    while end < last:
        i = end + 1
        while layout.word(i) in {",", "and"} and i < last:
            i += 1
        if i == end + 1 or i not in layout.persons or layout.persons[i].last > last:
            return
        yield layout.persons[i]
        end = layout.persons[i].last


def _person(name: str) -> Speaker:
    return Speaker(name, "person")


def _body(layout: Layout, first: int, head: int) -> Speaker | None:
    """Return the body at the head of the words."""
    for mention in layout.read.bodies:
        if mention.start <= layout.tokens[head].start < mention.end and mention.start >= layout.tokens[first].start:
            return Speaker(mention.body.name, "organization")
    return None


def _reporting(layout: Layout, first: int, last: int, head: int) -> Speaker | None:
    """Return the body whose report or statistics speak."""
    if layout.tokens[head].lemma.lower() not in load_lexicon()["report-noun"]:
        return None
    start, end = layout.tokens[first].start, layout.tokens[last].end
    named = next((b for b in layout.read.bodies if start <= b.start and b.end <= end), None)
    if named:
        return Speaker(named.body.name, "organization")
    company = next((body for offset, body in companies(layout.context, layout.read) if start <= offset < end), None)
    return Speaker(company.name, "organization") if company else _owner_of_report(layout, first, last, head)


def _owner_of_report(layout: Layout, first: int, last: int, head: int) -> Speaker | None:
    """Return the body that 'the bureau' in 'statistics of the bureau' points back to."""
    for i in range(first, last + 1):
        if i != head and layout.low[i] in load_lexicon()["speaker-noun"] and layout.word(i - 1) in {"the", "its"}:
            found = body_called(layout.context, layout.read, i, layout.low[i])
            if isinstance(found, Body):
                return Speaker(found.name, "organization", pointed(layout.low[i], found.name, "speaker"))
            told = i < head or layout.word(i - 2) in {"by", "from"}
            return Speaker(layout.low[i], "organization") if found is None and told else None
    return None


def _company(layout: Layout, first: int, head: int) -> Speaker | None:
    """Return the company, newspaper or the like that capitalised words at the head name."""
    start, offset = layout.tokens[first].start, layout.tokens[head].start
    for begin, body in companies(layout.context, layout.read):
        if start <= begin <= offset < begin + len(body.name) + 1:
            return Speaker(body.name, "organization")
    if layout.tokens[head].tag not in {"NNP", "NNPS"} or _named_area(layout, head) or not layout.is_capital(head):
        return None
    left = head
    while left > first and layout.is_capital(left - 1) and layout.tokens[left - 1].tag in {"NNP", "NNPS"}:
        left -= 1
    name = layout.words(left, head)
    reading = f"'{name}' is read as the name of an organization; the text does not say what it is."
    return Speaker(name, "organization", Judgement(Certainty.AMBIGUOUS, "unknown-name", "speaker", reading))


def _named_area(layout: Layout, head: int) -> Area | None:
    offset = layout.tokens[head].start
    return next((place.area for place in layout.read.places if place.start <= offset < place.end), None)


def _area(layout: Layout, head: int) -> Speaker | None:
    """Return an area that speaks ('Gansu said …'); 'the province' points back to it."""
    area = _named_area(layout, head)
    if area:
        return Speaker(area.name, "organization")
    ref = next((r for r in layout.context.areas.refs[layout.read.number] if r.token == head and r.rule), None)
    return Speaker(ref.area.name, "organization", pointed(layout.low[head], ref.area.name, "speaker")) if ref else None


# without a name ---------------------------------------------------------------------------------------------------
def _pronoun(layout: Layout, head: int, latest: Speaker | None) -> Speaker | None:
    """Resolve 'he' and 'she' to the person who spoke or was named last, 'it' and 'they' to who spoke last."""
    word = layout.low[head]
    if word in PERSONAL:
        name = _subject_before(layout, head)
        if name is None and latest and latest.kind == "person":
            name = latest.name
        name = name or person_before(layout.context, layout.read, head)
        return Speaker(name, "person", pointed(word, name, "speaker")) if name else None
    kind = {"it": "organization", "they": "group"}.get(word)
    if latest and latest.kind == kind:
        return Speaker(latest.name, latest.kind, pointed(word, latest.name, "speaker"))
    return None


def _subject_before(layout: Layout, head: int) -> str | None:
    """Return the person that the sentence is about before 'he' ('X is more cautious: she told …')."""
    named = [str(name.what) for name in subjects_of(layout) if name.last < head]
    return named[-1] if named else None


def subjects_of(layout: Layout) -> list[Named]:
    """Return the persons that are subjects in a sentence, in order."""
    named = sorted(layout.persons.values(), key=lambda name: name.first)
    return [name for name in named if layout.tokens[name.last].dep in {"nsubj", "nsubjpass"}]


def _noun(layout: Layout, first: int, head: int, latest: Speaker | None) -> Speaker | None:
    """Read 'the bureau' and 'the official' as the one before, else give the words: 'experts', 'commission official'."""
    if not _may_speak(layout, head):
        return None
    noun = layout.low[head]
    definite = layout.word(first) in {"the", "this"}
    body = body_called(layout.context, layout.read, head, noun) if definite and head == first + 1 else None
    if body:
        return Speaker(body.name, "organization", pointed(noun, body.name, "speaker"))
    if definite and latest and _means(layout, head, latest):
        return Speaker(latest.name, latest.kind, pointed(noun, latest.name, "speaker"))
    return Speaker(_described(layout, first, head), _kind(layout, head))


def _may_speak(layout: Layout, head: int) -> bool:
    words = {layout.low[head], layout.tokens[head].lemma.lower()}
    known = any(not words.isdisjoint(load_lexicon()[name]) for name in ("speaker-noun", "role"))
    if known or (layout.tokens[head].tag == "NNS" and is_people(layout.read, head)):
        return True
    whole = _whole(layout, head)
    return whole is not None and _may_speak(layout, whole)


def _whole(layout: Layout, head: int) -> int | None:
    """Return the noun of which a number or 'some' is a part: 'two of the drivers'."""
    is_number = layout.tokens[head].pos != "NOUN" or layout.low[head] in COUNTING
    if not is_number or layout.word(head + 1) != "of":
        return None
    children = layout.read.sentence.children[head + 1]
    return next((c for c in children if layout.tokens[c].tag == "NNS"), None)


def _means(layout: Layout, head: int, latest: Speaker) -> bool:
    """Tell whether 'the official' may mean who spoke last: a person, or one called by the same noun."""
    if layout.tokens[head].tag in PLURAL:
        return latest.kind == "group" and layout.low[head] in latest.name.lower().split()
    is_role = layout.low[head] in load_lexicon()["role"]
    return (latest.kind == "person" and is_role) or layout.low[head] in latest.name.lower().split()


def _kind(layout: Layout, head: int) -> str:
    lexicon, token = load_lexicon(), layout.tokens[head]
    word = token.lemma.lower()
    if word in lexicon["role"] or word not in lexicon["agency-head"] | lexicon["unit-head"] | COMPANY:
        several = token.tag in PLURAL or layout.low[head] in COLLECTIVE or _whole(layout, head) is not None
        return "group" if several else "person"
    return "group" if token.tag in PLURAL else "organization"


COMPANY = frozenset(
    {
        "regulator",
        "watchdog",
        "company",
        "firm",
        "bank",
        "carmaker",
        "media",
        "newspaper",
        "corporation",
        "enterprise",
        "government",
    }
)
COLLECTIVE = frozenset({"media", "police", "staff", "public", "people"})


def _described(layout: Layout, first: int, head: int) -> str:
    """Return the words for a speaker, less article, owner and clauses."""
    sentence = layout.read.sentence
    cut = [
        c
        for c in sentence.children[head]
        if (sentence.tokens[c].dep in CUT and not _is_naming(layout, c)) or _is_setting(layout, c)
    ]
    inside = [i for i in sentence.subtree(head, without=cut) if i >= first]
    last = head
    while last + 1 in inside and layout.low[last + 1] not in {",", '"'} and not _is_venue(layout, last + 1):
        last += 1
    while inside and layout.low[inside[0]] in {"the", "a", "an", ",", "some", "many", "'s"}:
        inside.pop(0)
    return layout.words(min(inside[0] if inside else head, head), last)


def _is_naming(layout: Layout, i: int) -> bool:
    """Tell whether an owner with a name, or 'surnamed', belongs to the words for a speaker."""
    return (layout.tokens[i].dep == "poss" and layout.is_capital(i)) or layout.low[i] == "surnamed"


def _is_setting(layout: Layout, i: int) -> bool:
    """Tell whether a phrase tells where or how something is said, not who says it."""
    return layout.tokens[i].dep == "prep" and layout.low[i] not in {"of", "with", "from", "at", "for", "in"}


def _is_venue(layout: Layout, i: int) -> bool:
    """Tell whether 'in a joint reply' begins: where something is said."""
    nouns = {token.lemma.lower() for token in layout.tokens[i + 1 : i + 5]}
    return layout.low[i] in {"in", "at"} and not load_lexicon()["venue-noun"].isdisjoint(nouns)
