"""Where a body sits or whom it serves: what its name, the authority file or the words right behind the name say."""

from __future__ import annotations

import re

from shanxi_kg.extraction.about import is_foreign
from shanxi_kg.facts import Area, Body
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.mentions import BodyMention, Reading

CHINA = Area("China", "CN")
NATIONAL_STARTS = frozenset({"ministry", "state", "national", "supreme", "central", "chinese", "general"})
SEAT_LINK = re.compile(r" (?:in|of)(?: the (?:city|province|county) of)? ")


def seat_told(reading: Reading, number: int, body: Body, mention: BodyMention | None) -> Area | None:
    """Return the area in a body's name, the known body's, or the one right behind it ('A&F University in Shaanxi')."""
    named = area_in_name(body) or _area_at_start(reading, number, mention)
    if named:
        return named
    if body.key:
        gazetteer = load_gazetteer()
        key = gazetteer.body(body.key).area
        return Area(gazetteer.place(key).name, key) if key else None
    if mention is None or is_national(body) or is_foreign(reading, body, mention):
        return None
    text = reading.document.text
    behind = (p for p in reading.sentences[number].places if SEAT_LINK.fullmatch(text[mention.end : p.start]))
    return next((place.area for place in behind), None)


def _area_at_start(reading: Reading, number: int, mention: BodyMention | None) -> Area | None:
    """Return the area that a name begins with and only the document knows ('Nankang District Government')."""
    if mention is None:
        return None
    return next((place.area for place in reading.sentences[number].places if place.start == mention.start), None)


def is_national(body: Body) -> bool:
    """Tell whether a body that the authority file does not have is the country's, by the first word of its name."""
    return body.key is None and body.name.split()[0].lower() in NATIONAL_STARTS


def has_no_seat(reading: Reading, body: Body, mention: BodyMention | None) -> bool:
    """Tell whether a body belongs to no area that the text is about: a known one without an area, or a foreign one."""
    return body.key is not None or is_foreign(reading, body, mention)


def area_in_name(body: Body) -> Area | None:
    """Return the area that a body's name names: the first that is not China, else China; None where it names none."""
    found = load_gazetteer().places(body.name)
    own = [place for place in found if place.keys[0] != "CN"]
    chosen = next(iter([*own, *found]), None)
    if chosen:
        return Area(chosen.surface, chosen.keys[0])
    return CHINA if body.name.startswith(("China", "Chinese")) else None
