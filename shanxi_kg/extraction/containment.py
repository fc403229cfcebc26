"""Which areas lie within which, by the authority file."""

from __future__ import annotations

from shanxi_kg.facts import Area
from shanxi_kg.gazetteer import load_gazetteer


def narrowest(areas: list[Area]) -> list[Area]:
    """Drop the areas around another of them ('the Guangxi city of Beihai')."""
    gazetteer = load_gazetteer()
    keys = [area.key for area in areas if area.key]
    around = {a for a in keys for b in keys if a != b and gazetteer.is_within(b, a)}
    return [area for area in areas if area.key not in around]


def province_of(area: Area) -> Area | None:
    """Return the province that an area is or lies in, None where the authority file does not have it."""
    gazetteer, key = load_gazetteer(), area.key
    while key is not None:
        place = gazetteer.place(key)
        if place.level == "province":
            return Area(place.name, key)
        key = place.parent
    return None


def is_inside(area: Area, around: Area) -> bool:
    """Tell whether an area is another one or lies in it."""
    if area == around or area.key is None or around.key is None:
        return area.name == around.name
    return load_gazetteer().is_within(area.key, around.key)


def is_apart(area: Area, other: Area) -> bool:
    """Tell whether neither of two areas of the authority file lies in the other."""
    return None not in {area.key, other.key} and not is_inside(area, other) and not is_inside(other, area)


def narrower(area: Area, around: Area) -> bool:
    """Tell whether an area lies in another one and is not that one."""
    return area.key != around.key and is_inside(area, around)
