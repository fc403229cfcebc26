"""Persons in their roles, with the unit that they serve, and the inner units that only a post names.

A sentence is read as a row of segments, each a role ('deputy director') or several, with the unit before or behind;
each finds its person beside it or by a verb: 'X, director of A and secretary of B', 'Director X', 'its chairman, X',
'X was elected mayor of A'. Roles that one only may hold or has not held are no posts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.layout import Layout, Named
from shanxi_kg.extraction.posts.before import around, unit_before
from shanxi_kg.extraction.posts.beside import fronting_unit, owns_business, unit_listed, unnamed_end
from shanxi_kg.extraction.posts.heading import Heading, headings, role_of
from shanxi_kg.extraction.posts.holders import Chain, Holders, Segment, holders
from shanxi_kg.extraction.posts.model import Unit
from shanxi_kg.extraction.posts.names import ministry
from shanxi_kg.extraction.posts.roles import ARTICLES, Role, base_noun, role_groups, role_words
from shanxi_kg.extraction.posts.units import BROAD, group_behind, unit_behind
from shanxi_kg.facts import Agency, Area, Body, Certainty, Fact, Judgement, Post
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

OPEN_OCCUPATIONS = frozenset({"official", "delegate", "representative", "member"})


def find(context: Context) -> Iterator[Fact]:
    """Give a fact for each role of each person, and one for each inner unit, once."""
    units: set[str] = set()
    roles: set[tuple[str, str]] = set()
    for read in context:
        for fact in _posts_of(context, read):
            if isinstance(fact.content, Post):
                held = fact.content.person, fact.content.role.lower()
                if held in roles and fact.content.person not in fact.evidence.quote:
                    continue  # 'Deputy Mayor Xiang', whose full name stands before
                roles.add(held)
            unit = fact.content.body.name if isinstance(fact.content, Agency) else None
            if unit is None or unit not in units:
                yield fact
            units |= {unit} if unit else set()


def _posts_of(context: Context, read: ReadSentence) -> Iterator[Fact]:
    roles = load_lexicon()["role"]
    tokens = read.sentence.tokens
    if not any(t.text.lower() in roles or t.lemma.lower() in roles or role_of(t) for t in tokens):
        return
    layout, chain = Layout.of(context, read), Chain()
    segments = [_segment(layout, group) for group in role_groups(layout)]
    before: Segment | None = None
    known: list[Post] = []
    for i, bare in enumerate(segments):
        segment = _like_before(layout, bare, before, segments[i + 1 : i + 2])
        before = segment if segment.unit else before
        found = holders(layout, segment, chain)
        if found:
            chain.ends[segment.last] = found
            told = list(_facts(layout, segment, found))
            yield from told
            known += [fact.content for fact in told if isinstance(fact.content, Post)]
    for heading in headings(layout):
        if any(_is_same(post, heading) for post in known):
            continue
        yield _verb_post(layout, heading)
        yield from _inner_agency(layout, heading.unit)


def _segment(layout: Layout, roles: list[Role]) -> Segment:
    """Find the unit of a group of roles; for 'minister of commerce' it is the ministry."""
    first, last = roles[0], roles[-1]
    noun = base_noun(layout, last)
    behind = (ministry(layout, last.last) if noun.endswith("minister") else None) or unit_behind(layout, last.last)
    behind = behind or unit_listed(layout, first.first, last.last)
    before, start = unit_before(layout, first.first, base_noun(layout, first))
    definite = start < first.first or layout.word(start - 1) in {"the", "its"}
    start -= layout.word(start - 1) in ARTICLES
    group = group_behind(layout, last.last) if behind is None else None
    end = behind.last if behind else group[1] if group else unnamed_end(layout, last.last) or last.last
    return Segment(roles, start, end, behind or before, definite, group)


def _like_before(layout: Layout, segment: Segment, before: Segment | None, behind: list[Segment]) -> Segment:
    """Give 'deputy curator' the unit of the curator before it, a role in a Party group that of the role behind it."""
    if segment.unit:
        return segment
    joined = [s for s in behind if segment.group and s.unit and s.first <= segment.last + 3]
    like = [before] if before and _is_alike(layout, segment, before) else joined
    unit = like[0].unit if like else None
    if unit is None:
        return segment
    reading = f"The unit is read as {unit.organization.name}, that of the role beside it."
    judgement = Judgement(Certainty.INFERRED, "unit-of-the-list", "organization", reading)
    return replace(segment, unit=Unit(unit.organization, segment.last, judgement))


def _is_alike(layout: Layout, segment: Segment, other: Segment) -> bool:
    return base_noun(layout, segment.roles[-1]) == base_noun(layout, other.roles[-1])


def _facts(layout: Layout, segment: Segment, found: Holders) -> Iterator[Fact]:
    for role, person in _pairs(layout, segment.roles, found.persons):
        unit = segment.unit or _unit_of_person(layout, person) or fronting_unit(layout, segment.first, person.last)
        unit = unit or _unit_around(layout, segment, role)
        if base_noun(layout, role) in load_lexicon()["occupation"] and not _is_employed(layout, role, unit):
            continue
        if unit and isinstance(unit.organization, Area) and base_noun(layout, role) in load_lexicon()["profession"]:
            unit = None  # 'a village doctor in Garze' serves no area
        yield _post(layout, segment, role, person, unit, found)
        yield from _inner_agency(layout, unit)


def _inner_agency(layout: Layout, unit: Unit | None) -> Iterator[Fact]:
    """Give the unit inside a body that a post names, as an agency of its own."""
    if unit and unit.inner and unit.parent and _is_public(layout, unit.inner, unit.parent):
        yield _agency(layout, unit, unit.inner, unit.parent)


def _is_public(layout: Layout, inner: tuple[int, int], parent: Body) -> bool:
    """Tell whether a unit is one of public bodies: a department of a company is no agency."""
    lexicon = load_lexicon()
    in_company = any(word.lower().rstrip(".") in lexicon["company-marker"] for word in parent.name.split())
    return layout.low[inner[1]] in lexicon["inner-agency-head"] and not in_company


def _pairs(layout: Layout, roles: list[Role], persons: list[Named]) -> Iterator[tuple[Role, Named]]:
    """Give each role with each person; 'respectively' pairs them one by one."""
    if "respectively" in layout.low and len(roles) == len(persons):
        yield from zip(roles, persons, strict=True)
    else:
        yield from ((role, person) for role in roles for person in persons)


def _unit_of_person(layout: Layout, person: Named) -> Unit | None:
    """Read 'Deputy commissioner X of the … Administration'."""
    return unit_behind(layout, person.last) if layout.word(person.last + 1) in {"of", "from", "at", "with"} else None


def _unit_around(layout: Layout, segment: Segment, role: Role) -> Unit | None:
    """Take the area of the sentence, unless words behind the role tell of a unit that is not known."""
    if (layout.word(segment.roles[-1].last + 1) in BROAD and not segment.group) or layout.word(role.first - 1) in {
        "his",
        "her",
    }:
        return None
    return around(layout, segment.first, base_noun(layout, role))


def _is_employed(layout: Layout, role: Role, unit: Unit | None) -> bool:
    """Tell whether an expert or an agent serves a body; an official or a delegate may serve an area.

    A profession ('a village doctor') is a role also where nobody is served by name.
    """
    if unit is None or isinstance(unit.organization, Area):
        noun = base_noun(layout, role)
        if noun == "owner":
            return unit is None and owns_business(layout, role.last)
        return noun in load_lexicon()["profession"] or (unit is not None and noun in OPEN_OCCUPATIONS)
    return True


def _post(layout: Layout, segment: Segment, role: Role, person: Named, unit: Unit | None, found: Holders) -> Fact:
    words = role_words(layout, role)
    group = segment.group or (unit.group if unit else None)
    if group:
        words += f" of {layout.words(*group)}"
    content = Post(str(person.what), words, unit.organization if unit else None)
    tokens = layout.tokens
    first = min(person.first, segment.first, role.first)
    last = max(person.last, segment.last, unit.last if unit else 0)
    judgements = [unit.judgement if unit else None, found.judgement]
    return layout.context.fact(layout.read, content, tokens[first].start, tokens[last].end, judgements)


def _is_same(post: Post, heading: Heading) -> bool:
    """Tell whether a role with a name is that of the verb ('led by X, its director')."""
    return post.person == heading.person.what and post.organization in {None, heading.unit.organization}


def _verb_post(layout: Layout, heading: Heading) -> Fact:
    person, verb, unit = heading.person, heading.verb, heading.unit
    content = Post(str(person.what), heading.role, unit.organization)
    named = layout.units_by_end.get(unit.last)
    opening = unit.inner[0] if unit.inner else named.first if named else unit.last
    first, last = min(person.first, verb, opening), max(person.last, verb, unit.last)
    start, end = layout.tokens[first].start, layout.tokens[last].end
    return layout.context.fact(layout.read, content, start, end, [unit.judgement])


def _agency(layout: Layout, unit: Unit, inner: tuple[int, int], parent: Body) -> Fact:
    area, judgement = layout.context.areas.of_body(None, layout.read.number, parent)
    start, end = layout.tokens[inner[0]].start, layout.tokens[unit.last].end
    content = Agency(Body(layout.words(*inner)), parent, area)
    return layout.context.fact(layout.read, content, start, end, [judgement])
