"""The unit that stands before a role, and the one that the sentence is about where none stands beside it."""

from __future__ import annotations

from shanxi_kg.extraction.antecedents import owner, pointed
from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.posts.model import Unit
from shanxi_kg.extraction.posts.roles import ARTICLES
from shanxi_kg.extraction.posts.units import at_level, called, called_by, is_owner_noun
from shanxi_kg.facts import Area, Body, Certainty, Judgement
from shanxi_kg.lexicon import load_lexicon


def unit_before(layout: Layout, first: int, noun: str) -> tuple[Unit | None, int]:
    """Read the unit before a role that begins at token `first`, and the token that the whole phrase begins at.

    'Gansu Governor', 'Lanzhou IP Office Director', 'the county's Party secretary', 'its chairman', 'whose
    deputy head', 'company president'.
    """
    before = first - 1
    while layout.word(before) in SKIPPED:
        before -= 1
    if layout.word(before) in {"its", "their"}:
        found = owner(layout.context, layout.read, before, noun in load_lexicon()["area-role"])
        return _pointing(layout, before, first, found), before
    if layout.word(before) in {"his", "her"}:
        return None, before
    if layout.word(before) == "whose":
        whose = layout.units_by_end.get(before - 1 - (layout.word(before - 1) == ","))
        return Unit(whose.what, first) if whose and not isinstance(whose.what, str) else None, before
    possessive = before > 0 and layout.tokens[before].tag == "POS"
    end = before - possessive
    named = layout.units_by_end.get(end)
    if named and not isinstance(named.what, str):
        return Unit(named.what, first), named.first
    if end >= 0 and not layout.is_capital(end):
        return _by_noun(layout, end, first)
    return _company_before(layout, end, first)


ROLE_LEVELS = {
    "governor": frozenset({"province"}),
    "mayor": frozenset({"prefecture", "municipality", "county"}),
    "magistrate": frozenset({"county"}),
}
SKIPPED = frozenset({"new", "newly", "current", "then", "young", "first", "top", "other", "appointed", "elected"})


def _pointing(layout: Layout, word: int, first: int, found: Body | Area | None) -> Unit | None:
    return Unit(found, first, pointed(layout.low[word], found.name, "organization")) if found else None


def _by_noun(layout: Layout, end: int, first: int) -> tuple[Unit | None, int]:
    """Read 'the bureau's director', 'company president', 'provincial IP office head' and 'the Party secretary'."""
    word = layout.word(end)
    if word in ARTICLES:
        return None, end
    start = end
    while layout.word(start - 1) not in ARTICLES and start > 0 and layout.tokens[start - 1].pos in {"NOUN", "ADJ"}:
        start -= 1
    if not is_owner_noun(word):
        return None, first
    opened = start - (layout.word(start - 1) in ARTICLES)
    noun_phrase = called(layout, start) if start < end else None
    found = noun_phrase.organization if noun_phrase else called_by(layout, end)
    if found is None:
        return None, opened
    judgement = noun_phrase.judgement if noun_phrase else pointed(layout.words(start, end), found.name, "organization")
    return Unit(found, first, judgement), opened


def _company_before(layout: Layout, end: int, first: int) -> tuple[Unit | None, int]:
    """Read 'Hexi Robotics CEO': capitalised words before a role that are no name of a body."""
    start = end
    while start >= 0 and layout.is_capital(start) and layout.tokens[start].tag in {"NNP", "NNPS"}:
        if start in layout.persons_by_end:
            return None, first
        start -= 1
    if end == start + 1 and layout.word(end) in load_lexicon()["people-name"]:
        return None, first  # 'a Hui baker'
    if layout.word(end) == "chinese" and end == start:
        return Unit(Area("China", "CN"), first), end
    if start == end:
        return None, first
    return Unit(Body(layout.words(start + 1, end)), first), start + 1


def around(layout: Layout, first: int, noun: str) -> Unit | None:
    """Take the body or area of the sentence for a head, a mayor or a governor without a unit."""
    if noun not in load_lexicon()["area-role"]:
        return None
    unit = _body_in_front(layout, first) or _area_around(layout, first, noun.removeprefix("vice-"))
    if unit is None:
        return None
    reading = f"The unit is read as {unit.name}, which the sentence names or is about."
    return Unit(unit, first, Judgement(Certainty.INFERRED, "unit-from-context", "organization", reading))


def _area_around(layout: Layout, first: int, noun: str) -> Area | None:
    """Return the area that the sentence names before the role, or is about, at the level that the role is of."""
    areas = layout.context.areas
    own = [ref.area for ref in areas.refs[layout.read.number] if not ref.in_body and ref.token < first]
    about = areas.focus[layout.read.number][0]
    if noun not in ROLE_LEVELS:
        return own[0] if own and own[0].key != "CN" else None
    candidates = [*own, about] if about else own
    return next((area for found in candidates if (area := at_level(found, ROLE_LEVELS[noun]))), None)


def _body_in_front(layout: Layout, first: int) -> Body | None:
    """Return the body that the sentence opens with: 'At the department, a deputy head, X, …'."""
    if layout.low[0] not in {"at", "in", "for"}:
        return None
    for i in range(1, first):
        named = layout.units.get(i)
        found = named.what if named else called_by(layout, i) if layout.low[i - 1] == "the" else None
        if found is not None:
            return found if isinstance(found, Body) else None
    return None
