"""Persons in their roles, with the unit that they serve, and the inner units that only a post names.

A role phrase ('deputy director') finds its person beside it or by the parse: 'X, director of A and secretary of B',
'Director X', 'its chairman, X', 'X, who is head of A'. The unit is what stands behind 'of' or 'at', what stands before
the role, or what 'its' and 'the county's' point back to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.facts import Agency, Area, Body, Certainty, Fact, Judgement, Post
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

OF = frozenset({"of", "at", "for", "with", "in", "from"})
BETWEEN = frozenset(
    {",", "the", "a", "an", "who", "is", "was", "also", "as", "currently", "now", "then", "its", "serves", "served"}
)
OVER = OF | {"and", "as", "well", "&"}
LINKING = frozenset({"be", "become", "serve", "act", "work", "appoint", "elect", "name", "remain"})


@dataclass(frozen=True, slots=True)
class _Role:
    """A role phrase by its tokens: `first` to `last`, the noun last."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit that a person serves, the last token of its words, how it was found, and an inner unit's own name."""

    organization: Body | Area
    end: int
    judgement: Judgement | None = None
    inner: str | None = None
    parent: Body | None = None


def find(context: Context) -> Iterator[Fact]:
    """Give a fact for each role of each person, and one for each inner unit, once."""
    units: set[str] = set()
    for read in context:
        for role in _roles(read.sentence):
            person = _person(read, role)
            if person is None:
                continue
            unit = _unit(context, read, role)
            yield _post(context, read, role, person, unit)
            if unit and unit.inner and unit.parent and unit.inner not in units:
                units.add(unit.inner)
                yield _agency(context, read, unit)


# roles ------------------------------------------------------------------------------------------------------------
def _roles(sentence: Sentence) -> Iterator[_Role]:
    roles, modifiers = load_lexicon()["role"], load_lexicon()["role-modifier"]
    for token in sentence.tokens:
        following = sentence.tokens[token.i + 1].text.lower() if token.i + 1 < len(sentence.tokens) else ""
        if (
            token.text.lower() not in roles
            or token.pos not in {"NOUN", "PROPN"}
            or following in roles
            or following == "-"
        ):
            continue
        first = token.i
        while first > 0 and sentence.tokens[first - 1].text.lower() in modifiers | roles | {"-"}:
            first -= 1
        if sentence.tokens[first].text == "-":
            first += 1
        yield _Role(first, token.i)


# persons ----------------------------------------------------------------------------------------------------------
def _person(read: ReadSentence, role: _Role) -> tuple[str, int, int] | None:
    """Return the person of a role: name, and the offsets of the mention."""
    for finder in (_behind, _before, _by_parse, _foreign):
        found = finder(read, role)
        if found:
            return found
    return None


def _behind(read: ReadSentence, role: _Role) -> tuple[str, int, int] | None:
    """Match 'Director X' and 'its chairman, X,'."""
    tokens = read.sentence.tokens
    for mention in read.persons:
        i = read.sentence.at(mention.start)
        if i is None or i <= role.last:
            continue
        between = [token.text for token in tokens[role.last + 1 : i]]
        owned = role.first > 0 and tokens[role.first - 1].text.lower() in {"its", "the", "'s", "his", "her", "their"}
        if not between or (between == [","] and owned):
            return mention.name, mention.start, mention.end
    return None


def _before(read: ReadSentence, role: _Role) -> tuple[str, int, int] | None:
    """Match 'X, director' and 'X, who is also director', over other roles of the same person."""
    tokens = read.sentence.tokens
    for mention in reversed(read.persons):
        last = read.sentence.at(mention.end - 1)
        if last is None or last >= role.first:
            continue
        between = tokens[last + 1 : role.first]
        if between and between[0].text == "," and all(_is_link(read, token.i) for token in between):
            return mention.name, mention.start, mention.end
        return None
    return None


def _is_link(read: ReadSentence, i: int) -> bool:
    token = read.sentence.tokens[i]
    inside = mention_at(read.bodies, token.start) or mention_at(read.places, token.start)
    if token.text.lower() in OVER or token.text.lower() in load_lexicon()["role"] | load_lexicon()["role-modifier"]:
        return True
    return (
        token.text.lower() in BETWEEN
        or token.tag == "POS"
        or inside is not None
        or token.dep in {"poss", "compound", "det"}
    )


def _by_parse(read: ReadSentence, role: _Role) -> tuple[str, int, int] | None:
    """Go up from the role: over coordination and apposition, or from the predicate to its subject."""
    sentence = read.sentence
    node = role.last
    for ancestor in sentence.ancestors(role.last):
        dep, head = sentence.tokens[node].dep, sentence.tokens[ancestor]
        person = mention_at(read.persons, head.start)
        if dep in {"appos", "conj", "nmod", "compound"} and person:
            return person.name, person.start, person.end
        if head.pos in {"VERB", "AUX"} and dep in {"attr", "oprd", "prep", "conj", "dobj"}:
            return _subject(read, head.i) if head.lemma in LINKING or dep == "conj" else None
        if dep not in {"appos", "conj", "pobj", "prep"} or (head.pos not in {"NOUN", "PROPN", "ADP"}):
            return None
        if dep in {"pobj", "prep"} and head.text.lower() != "as" and head.pos == "ADP":
            return None
        node = ancestor
    return None


def _subject(read: ReadSentence, verb: int) -> tuple[str, int, int] | None:
    sentence = read.sentence
    subjects = [c for c in sentence.children[verb] if sentence.tokens[c].dep in {"nsubj", "nsubjpass"}]
    if not subjects:
        return None
    relative = sentence.tokens[subjects[0]].tag in {"WP", "WDT"}
    anchor = sentence.tokens[verb].head if relative else subjects[0]
    for node in [anchor, *sentence.ancestors(anchor)]:
        person = mention_at(read.persons, sentence.tokens[node].start)
        if person:
            return person.name, person.start, person.end
        if sentence.tokens[node].dep != "appos":
            return None
    return None


def _foreign(read: ReadSentence, role: _Role) -> tuple[str, int, int] | None:
    """Take two capitalised words in front of ', director of' for a name, where they are no place, body or company."""
    tokens = read.sentence.tokens
    comma = role.first - 1
    while comma > 0 and tokens[comma].text.lower() in {"the", "a", "an"}:
        comma -= 1
    last = comma - 1
    if (
        last < 1
        or tokens[comma].text != ","
        or role.last + 1 >= len(tokens)
        or tokens[role.last + 1].text.lower() not in OF
    ):
        return None
    first = last
    while first >= 0 and tokens[first].tag == "NNP" and tokens[first].text[:1].isupper():
        first -= 1
    first += 1
    inside = [token.start for token in tokens[first : last + 1]]
    taken = any(mention_at(read.places, offset) or mention_at(read.bodies, offset) for offset in inside)
    if not 2 <= last - first + 1 <= 3 or taken:
        return None
    name = " ".join(token.text for token in tokens[first : last + 1])
    return name, tokens[first].start, tokens[last].end


# units ------------------------------------------------------------------------------------------------------------
def _unit(context: Context, read: ReadSentence, role: _Role) -> _Unit | None:
    return _unit_behind(context, read, role) or _unit_before(context, read, role)


def _unit_behind(context: Context, read: ReadSentence, role: _Role) -> _Unit | None:
    """Read 'of the trade division of the … Bureau', 'at the Ministry of Commerce', 'of Shanxi'."""
    tokens = read.sentence.tokens
    link = role.last + 1
    if link >= len(tokens) or tokens[link].text.lower() not in OF:
        return None
    start = link + 1
    while start < len(tokens) and tokens[start].text.lower() in {"the", "a", "an"}:
        start += 1
    if start >= len(tokens):
        return None
    named = _named(read, start)
    if named:
        return named
    return _inner_unit(context, read, start) or _owned_unit(context, read, start) or _company(context, read, start)


def _named(read: ReadSentence, start: int) -> _Unit | None:
    offset = read.sentence.tokens[start].start
    body = mention_at(read.bodies, offset)
    if body and body.start == offset:
        return _Unit(body.body, read.sentence.at(body.end - 1) or start)
    place = mention_at(read.places, offset)
    return _Unit(place.area, read.sentence.at(place.end - 1) or start) if place and place.start == offset else None


def _inner_unit(context: Context, read: ReadSentence, start: int) -> _Unit | None:
    """Read a unit in lower case and the body that it belongs to."""
    tokens, heads = read.sentence.tokens, load_lexicon()["unit-head"]
    for body in read.bodies:
        first = read.sentence.at(body.start)
        if first is None or not start < first <= start + 14:
            continue
        link = first - 1 if tokens[first - 1].text.lower() != "the" else first - 2
        if tokens[link].text.lower() in OF | {"under"} and tokens[link - 1].text.lower() in heads and link - 1 > start:
            name = context.words(tokens[start].start, tokens[link - 1].end)
            whole = Body(context.words(tokens[start].start, body.end))
            return _Unit(whole, read.sentence.at(body.end - 1) or first, inner=name, parent=body.body)
    return None


def _owned_unit(context: Context, read: ReadSentence, start: int) -> _Unit | None:
    """Read 'of the bureau's development office': the unit, of the last body of that kind."""
    tokens = read.sentence.tokens
    owner = _owned_noun(context, read, start)
    behind = tokens[start + 2 : start + 10]
    head = next((token for token in behind if token.text.lower() in load_lexicon()["unit-head"]), None)
    if owner is None or head is None or not isinstance(owner.organization, Body):
        return None
    name = context.words(behind[0].start, head.end)
    whole = Body(f"{name} of the {owner.organization.name}")
    return _Unit(whole, head.i, owner.judgement, inner=name, parent=owner.organization)


def _company(context: Context, read: ReadSentence, start: int) -> _Unit | None:
    tokens = read.sentence.tokens
    end = start
    while end < len(tokens) and (tokens[end].text[:1].isupper() or tokens[end].text in {"&", "-", "'s"}):
        end += 1
    return _Unit(Body(context.words(tokens[start].start, tokens[end - 1].end)), end - 1) if end > start else None


def _unit_before(context: Context, read: ReadSentence, role: _Role) -> _Unit | None:
    """Read 'Provincial IP Office Director X', 'Shanxi Governor X', 'the county's Party secretary', 'its chairman'."""
    tokens = read.sentence.tokens
    before = role.first - 1
    if before < 0:
        return None
    if tokens[before].text.lower() in {"its", "their"}:
        return _owner(context, read, role.first)
    if tokens[before].tag == "POS":
        before -= 1
    end = tokens[before].end
    body = next((b for b in read.bodies if b.end == end), None)
    if body:
        return _Unit(body.body, role.last)
    place = next((p for p in read.places if p.end == end), None)
    if place:
        return _Unit(place.area, role.last)
    ref = next((r for r in context.areas.refs[read.number] if r.token == before and r.rule), None)
    return (
        _Unit(ref.area, role.last, _pointed(tokens[before].text, ref.area.name))
        if ref
        else _owned_noun(context, read, before)
    )


def _owned_noun(context: Context, read: ReadSentence, before: int) -> _Unit | None:
    """Resolve 'the bureau's director' to the last body of that kind."""
    tokens = read.sentence.tokens
    if before + 1 >= len(tokens) or tokens[before + 1].tag != "POS":
        return None
    word = tokens[before].text.lower()
    bodies = [
        b for s in context.reading.sentences[: read.number + 1] for b in s.bodies if b.start < tokens[before].start
    ]
    fits = [b for b in bodies if word in b.body.name.lower().split()]
    return _Unit(fits[-1].body, before, _pointed(word, fits[-1].body.name)) if fits else None


def _owner(context: Context, read: ReadSentence, i: int) -> _Unit | None:
    """Resolve 'its': the last body or company named before, in this sentence or the one before."""
    offset = read.sentence.tokens[i].start
    for earlier in reversed(context.reading.sentences[max(0, read.number - 1) : read.number + 1]):
        bodies = [(b.start, b.body) for b in earlier.bodies if b.start < offset]
        companies = [(s, b) for s, b in _companies(context, earlier) if s < offset]
        named = sorted([*bodies, *companies], key=lambda pair: pair[0])
        if named:
            return _Unit(named[-1][1], i, _pointed("its", named[-1][1].name))
    return None


def _companies(context: Context, read: ReadSentence) -> Iterator[tuple[int, Body]]:
    tokens, markers = read.sentence.tokens, load_lexicon()["company-marker"]
    for token in tokens:
        if token.text.lower().rstrip(".") in markers and token.text[:1].isupper():
            first = token.i
            while first > 0 and tokens[first - 1].text[:1].isupper() and tokens[first - 1].pos == "PROPN":
                first -= 1
            if first < token.i:
                yield tokens[first].start, Body(context.words(tokens[first].start, token.end))


def _unit_around(context: Context, read: ReadSentence, role: _Role) -> _Unit | None:
    """Take the area of the sentence for a head, a mayor or a governor without one."""
    word = read.sentence.tokens[role.last].text.lower()
    own = [ref for ref in context.areas.refs[read.number] if not ref.in_body and ref.token < role.first]
    area = own[0].area if own else context.areas.focus[read.number][0]
    if word not in load_lexicon()["area-role"] or area is None:
        return None
    reading = f"The unit is read as {area.name}, the area that the sentence names or is about."
    return _Unit(area, role.last, Judgement(Certainty.INFERRED, "unit-from-context", "organization", reading))


def _pointed(word: str, name: str) -> Judgement:
    return Judgement(Certainty.INFERRED, "antecedent", "organization", f"'{word}' is read as {name}.")


# facts ------------------------------------------------------------------------------------------------------------
def _post(context: Context, read: ReadSentence, role: _Role, person: tuple[str, int, int], unit: _Unit | None) -> Fact:
    name, start, end = person
    tokens = read.sentence.tokens
    words, unit_end = context.words(tokens[role.first].start, tokens[role.last].end), role.last
    if unit is None:
        words, unit, unit_end = _with_group(context, read, role, words)
        unit = unit or _unit_around(context, read, role)
    else:
        group = _group_of(read, unit)
        words += f" of {context.words(*group)}" if group else ""
        unit_end = max(unit.end, role.last)
    content = Post(name, words, unit.organization if unit else None)
    span = (min(start, tokens[role.first].start), max(end, tokens[unit_end].end))
    return context.fact(read, content, *span, [unit.judgement if unit else None])


def _group_of(read: ReadSentence, unit: _Unit) -> tuple[int, int] | None:
    """Return the offsets of the group in 'secretary of the bureau's leading Party members' group'."""
    tokens = read.sentence.tokens
    if unit.end + 2 >= len(tokens) or tokens[unit.end + 1].tag != "POS":
        return None
    behind = tokens[unit.end + 2 : unit.end + 8]
    head = next((token for token in behind if token.text.lower() in load_lexicon()["unit-head"]), None)
    return (behind[0].start, head.end) if head else None


def _with_group(context: Context, read: ReadSentence, role: _Role, words: str) -> tuple[str, _Unit | None, int]:
    """Read 'secretary of its leading Party members' group': the group is part of the role, 'its' the unit."""
    tokens = read.sentence.tokens
    link = role.last + 1
    if link + 1 >= len(tokens) or tokens[link].text.lower() != "of":
        return words, None, role.last
    heads = [c for c in read.sentence.children[link] if tokens[c].dep == "pobj"]
    if not heads or tokens[heads[0]].text.lower() not in load_lexicon()["unit-head"]:
        return words, None, role.last
    unit = _owner(context, read, role.last) if tokens[link + 1].text.lower() == "its" else None
    return context.words(tokens[role.first].start, tokens[heads[0]].end), unit, heads[0]


def _agency(context: Context, read: ReadSentence, unit: _Unit) -> Fact:
    area, judgement = context.areas.of_body(None, read.number, unit.parent)
    start = context.reading.document.text.index(unit.inner or "", read.sentence.start)
    end = read.sentence.tokens[unit.end].end
    return context.fact(read, Agency(Body(unit.inner or ""), unit.parent, area), start, end, [judgement])
