"""The unit that a person serves: what stands behind 'of' or 'at', before the role, or behind the person.

'The trade division of the … Bureau' is a unit inside a body; 'the county's' and 'its' point back to an area or a body;
'the provincial forestry bureau' is that of the province that the text is about.
"""

from __future__ import annotations

from collections.abc import Callable

from shanxi_kg.extraction.antecedents import AREA_NOUNS, COMPANY_NOUNS, body_called, owner, pointed
from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.levels import MUNICIPALITIES
from shanxi_kg.extraction.posts.model import Unit
from shanxi_kg.extraction.posts.names import company, is_inner_and
from shanxi_kg.extraction.posts.roles import ARTICLES
from shanxi_kg.facts import Area, Body, Certainty, Judgement
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.lexicon import load_lexicon

LINKS = frozenset({"of", "at", "for", "with", "from", "in", "under", "to"})
BROAD = frozenset({"of", "at"})
NARROW = frozenset({"to"})
INNER_LINKS = frozenset({"of", "at", "under", "in", "with", "within"})
DUTY = 12  # tokens in which the body is named behind 'in charge of'
REACH = 14  # tokens between the start of an inner unit and its body
NEAR = 8  # tokens between an area and the noun of its body
IN_NAME = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ", "PART", "DET"})
PROVINCIAL, MUNICIPAL = frozenset({"province"}), frozenset({"prefecture", "municipality"})
Finder = Callable[[Layout, int], Unit | None]
LEVELS = {"provincial": PROVINCIAL, "regional": PROVINCIAL, "municipal": MUNICIPAL, "prefectural": MUNICIPAL}


def unit_behind(layout: Layout, last: int) -> Unit | None:
    """Read the unit behind a role that ends at token `last`: 'of the trade division of the … Bureau', 'at X Co'."""
    last = _over_duty(layout, last)
    link = layout.word(last + 1)
    if link not in LINKS:
        return None
    return unit_from(layout, last + 2, (_named_body,) if link in NARROW else WIDE if link in BROAD else NAMED)


def unit_from(layout: Layout, start: int, finders: tuple[Finder, ...] | None = None) -> Unit | None:
    """Read the unit that begins at a token, or behind its article; `finders` are the ways to read one, in order."""
    while layout.word(start) in ARTICLES:
        start += 1
    if start >= len(layout.low):
        return None
    start = _after_based(layout, start)
    return next((unit for finder in finders or WIDE if (unit := finder(layout, start))), None)


def _over_duty(layout: Layout, last: int) -> int:
    """Step over 'in charge of IP' and 'responsible for IP' before 'at the bureau'."""
    behind = layout.low[last + 1 : last + 4]
    if behind != ("in", "charge", "of") and behind[:2] != ("responsible", "for"):
        return last
    links = (i - 1 for i in range(last + 3, last + DUTY) if layout.word(i) in {"at", "from", "with"})
    return next(links, last)


def _after_based(layout: Layout, start: int) -> int:
    """Step over 'Beijing-based' and adjectives before a name."""
    if layout.word(start + 1) == "-" and layout.word(start + 2) == "based":
        return start + 3
    return start


# named units ------------------------------------------------------------------------------------------------------
def _named_body(layout: Layout, start: int) -> Unit | None:
    found = _named(layout, start)
    return found if found and isinstance(found.organization, Body) else None


def _named(layout: Layout, start: int) -> Unit | None:
    """Read a named body or area; what follows an area may make a body of it ('the Gansu provincial government')."""
    if layout.low[start : start + 2] in {("city", "of"), ("county", "of"), ("province", "of"), ("district", "of")}:
        start += 2
    named = layout.units.get(start)
    if named is None or isinstance(named.what, str):
        return None
    if isinstance(named.what, Area):
        if layout.is_capital(named.last + 1) and layout.word(named.last + 1) not in load_lexicon()["area-type"]:
            return None
        return _body_of_area(layout, named.first, named.last) or Unit(named.what, _over_type(layout, named.last))
    return _behind_possessive(layout, named.last, named.what) or Unit(named.what, named.last)


def _over_type(layout: Layout, last: int) -> int:
    while layout.word(last + 1) in load_lexicon()["area-type"]:
        last += 1
    return last


def _body_of_area(layout: Layout, first: int, last: int) -> Unit | None:
    """Read 'Gansu provincial government', 'Gansu's forestry bureau': an area before a noun for bodies."""
    head = _head_behind(layout, last + 1 + (layout.word(last + 1) in {"'s", "'"}))
    return Unit(Body(layout.words(first, head)), head) if head is not None else None


def _head_behind(layout: Layout, start: int) -> int | None:
    """Return the last head noun of a body in the run of nouns and adjectives that begins at `start`."""
    found = None
    for i in range(start, min(start + NEAR, len(layout.low))):
        in_name = layout.tokens[i].pos in IN_NAME or layout.tokens[i].tag == "VBG"
        if not in_name or i in layout.persons or layout.word(i) in ARTICLES:
            break
        if is_head(layout.low[i]) and not layout.tokens[i].tag.endswith("S"):
            found = i
    return found


def is_head(word: str) -> bool:
    """Tell whether a word is a head noun of bodies or of units inside them."""
    return word in load_lexicon()["unit-head"] or word in load_lexicon()["agency-head"]


def _behind_possessive(layout: Layout, last: int, body: Body) -> Unit | None:
    """Read what a body's possessive leads to: a group of its Party members, or a unit inside it."""
    if layout.tokens[min(last + 1, len(layout.low) - 1)].tag != "POS":
        return None
    head = _head_behind(layout, last + 2)
    if head is None:
        return None
    head = _over_of(layout, head)
    if layout.low[head] == "group":
        return Unit(body, head, group=(last + 2, head))
    whole = Body(f"{layout.words(last + 2, head)} of the {body.name}")
    return Unit(whole, head, inner=(last + 2, head), parent=body)


def _over_of(layout: Layout, head: int) -> int:
    """Step over the rest of a capitalised name: 'School of Management'."""
    i = head + 2
    while (
        layout.is_capital(head)
        and layout.word(head + 1) in {"of", "for"}
        and (layout.is_capital(i) or is_inner_and(layout, i))
    ):
        i += 1
    return i - 1 if i > head + 2 else head


# units inside bodies ----------------------------------------------------------------------------------------------
def _inner(layout: Layout, start: int) -> Unit | None:
    """Read a unit in lower case and the body that it belongs to: 'the trade division of the … Bureau'."""
    for i in range(start + 1, min(start + REACH, len(layout.low))):
        named = layout.units.get(i)
        if named and not isinstance(named.what, str):
            return _inside(layout, start, i, named.last, named.what)
        if layout.tokens[i].text in {",", ";", ":"} and not _is_listed(layout, i):
            return None
        if i in layout.persons or (layout.tokens[i].pos in {"VERB", "AUX"} and layout.tokens[i].tag != "VBG"):
            return None
    return None


def _is_listed(layout: Layout, comma: int) -> bool:
    """Tell whether a comma stands in a list of nouns ('the policy, law and standards division')."""
    return "and" in layout.low[comma + 1 : comma + 5] and layout.tokens[comma + 1].pos == "NOUN"


def _inside(layout: Layout, start: int, first: int, last: int, whole: Body | Area) -> Unit | None:
    head = _head_behind(layout, last + 1) if isinstance(whole, Area) else None
    while first - 1 > start and layout.is_capital(first - 1):
        first -= 1
    if head is not None:
        last, whole = head, Body(layout.words(first, head))
    link = first - 1 if layout.word(first - 1) not in ARTICLES else first - 2
    head = link - 1
    if layout.word(link) not in INNER_LINKS or head < start or not is_head(layout.word(head)):
        return None
    if layout.is_capital(start) and not layout.tokens[start].text.isupper():
        return None
    name = Body(layout.words(start, last))
    if isinstance(whole, Area):
        return Unit(name, _over_type(layout, last)) if layout.word(link) == "of" and head > start else None
    return Unit(name, last, inner=(start, head), parent=whole) if head > start else Unit(name, last)


def _owned(layout: Layout, start: int) -> Unit | None:
    """Read 'its Party group', 'the bureau's development office': a unit of the body that the words point back to."""
    its = layout.word(start) in {"its", "their"}
    owning = start if its else start + 1
    if not its and (start + 1 >= len(layout.low) or layout.tokens[start + 1].tag != "POS" or layout.is_capital(start)):
        return None
    head = _head_behind(layout, owning + 1)
    found = owner(layout.context, layout.read, start, areas_too=False) if its else called_by(layout, start)
    if found is None or head is None:
        return None
    judgement = pointed(layout.low[start], found.name, "organization")
    own = (owning + 1, head)
    if isinstance(found, Area):
        return Unit(Body(f"{found.name} {layout.words(*own)}"), head, judgement)
    if layout.low[head] == "group":
        return Unit(found, head, judgement, group=(start if its else owning + 1, head))
    whole = Body(f"{layout.words(*own)} of the {found.name}")
    return Unit(whole, head, judgement, inner=own, parent=found)


def group_behind(layout: Layout, last: int) -> tuple[int, int] | None:
    """Return the tokens of a group of Party members behind 'secretary of the'."""
    start = last + 2 + (layout.word(last + 2) in ARTICLES)
    head = _head_behind(layout, start) if layout.word(last + 1) == "of" else None
    is_group = head is not None and layout.low[head] == "group" and "party" in layout.low[start:head]
    return (start, head) if is_group and head is not None else None


# units that words point to ----------------------------------------------------------------------------------------
def called_by(layout: Layout, i: int) -> Body | Area | None:
    """Return what the noun at `i` ('the bureau', 'the county') points back to."""
    return body_called(layout.context, layout.read, i, layout.low[i])


def called(layout: Layout, start: int) -> Unit | None:
    """Read 'the bureau', 'the county', 'the provincial forestry bureau'."""
    if layout.is_capital(start):
        return None
    head = _head_behind(layout, start)
    if head is None or head == start:
        found = called_by(layout, start)
        alone = head == start or is_owner_noun(layout.low[start])
        return Unit(found, start, pointed(layout.low[start], found.name, "organization")) if found and alone else None
    found = _described(layout, start, head)
    if found:
        return Unit(found, head, pointed(layout.words(start, head), found.name, "organization"))
    levels, about = LEVELS.get(layout.low[start]), layout.context.areas.focus[layout.read.number][0]
    area = at_level(about, levels) if about and levels else None
    if area is None:
        return None
    name = f"{area.name} {layout.words(start, head)}"
    reading = f"The unit is read as {name}: {area.name} is what the text is about."
    return Unit(Body(name), head, Judgement(Certainty.INFERRED, "unit-of-the-area", "organization", reading))


def at_level(area: Area, levels: frozenset[str]) -> Area | None:
    """Return the area of certain levels that an area is or lies in; 'municipality' is a city of provincial level."""
    key = area.key
    if key is None:
        return area if "county" in levels else None
    while key is not None:
        place = load_gazetteer().place(key)
        if place.level in levels or ("municipality" in levels and key in MUNICIPALITIES):
            return area if area.key == key else Area(place.name, key)
        key = place.parent
    return None


def _described(layout: Layout, start: int, head: int) -> Body | None:
    """Return the body named before that has all the words of 'provincial forestry bureau' but its level."""
    words = {word for word in layout.low[start : head + 1] if word not in LEVELS and word != "local"}
    for earlier in reversed(layout.context.reading.sentences[: layout.read.number + 1]):
        for mention in reversed(earlier.bodies):
            if words <= set(mention.body.name.lower().split()) and mention.start < layout.tokens[start].start:
                return mention.body
    return None


def is_owner_noun(word: str) -> bool:
    """Tell whether a noun may own a role: that of a body, a company or an area."""
    return is_head(word) or word in COMPANY_NOUNS or word in AREA_NOUNS


WIDE = (_inner, _owned, called, _named, company)
NAMED = (_inner, _owned, _named_body, called, company)
