"""Governments that sign for their area: 'the Wuhan Municipal People's Government' is Wuhan."""

from __future__ import annotations

from shanxi_kg.facts import Area, Body
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.lexicon import load_lexicon


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
