"""Words for areas' offices and their people, and the area or body that such a name stands for."""

from __future__ import annotations

from shanxi_kg.facts import Area, Body
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.language import Token
from shanxi_kg.lexicon import load_lexicon

STRICT = ("counterpart-noun", "role", "official-noun")
OFFICES = ("area-type", "counterpart-noun", "agreement-office", "role", "area-agent")


def is_named_area(run: tuple[Token, ...]) -> bool:
    """Tell whether nouns name an area of their own ('Anxi county')."""
    types = load_lexicon()["area-type"]
    return len(run) > 1 and run[0].pos == "PROPN" and run[-1].text.islower() and run[-1].text in types


def seated(body: Body) -> Body:
    """Return a university without the place of its seat behind it ('Tongji University of Shanghai')."""
    places = load_gazetteer().places(body.name)
    named, _, seat = body.name.rpartition(" of ")
    is_seat = bool(places) and places[-1].end == len(body.name) and seat.lower() != "china"
    return Body(named) if is_seat and named.endswith(" University") and body.key is None else body


def is_office(tokens: tuple[Token, ...], *, is_strict: bool = False) -> bool:
    """Tell whether a noun phrase speaks of areas, their offices or those who act for them."""
    lexicon = load_lexicon()
    names = STRICT if is_strict else OFFICES
    if any(token.tag in {"JJS", "RBS"} or token.text.lower() == "capital" for token in tokens):
        return False
    return any(
        token.lemma.lower() in lexicon[name] or token.text.lower() in lexicon[name]
        for token in tokens
        for name in names
    )


def governed_area(body: Body) -> Area | None:
    """Return the area that a government is of: it signs for the area ('the Wuhan Municipal People's Government')."""
    places = load_gazetteer().places(body.name)
    if len(places) != 1 or not body.name.lower().replace(" of ", " ").split():
        return None
    rest = (
        (body.name[: places[0].start] + body.name[places[0].end :]).lower().replace("'s", "").replace("’s", "").split()
    )
    is_government = (
        "government" in rest and set(rest) <= load_lexicon()["government-word"] | load_lexicon()["area-type"]
    )
    return Area(places[0].surface, places[0].keys[0]) if is_government else None
