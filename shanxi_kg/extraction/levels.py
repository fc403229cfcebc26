"""Which areas a word like 'province', 'city' or 'region' can mean, and why a reading takes one."""

from __future__ import annotations

from shanxi_kg.facts import Area
from shanxi_kg.gazetteer import load_gazetteer

MUNICIPALITIES = frozenset({"CN-BJ", "CN-TJ", "CN-SH", "CN-CQ"})
REGIONS = frozenset({"CN-NM", "CN-GX", "CN-XZ", "CN-NX", "CN-XJ", "CN-HK", "CN-MO"})
FITTING = {
    "province": frozenset({"province"}),
    "city": frozenset({"prefecture", "municipality"}),
    "county": frozenset({"county"}),
}
RULES = {
    "the-country": "the words speak of the whole country",
    "the-": "the words point back to an area named before",
    "the-province-around": "the words point to the province around an area named before",
    "area-of-the-document": "the document is about it",
    "area-of-the-paragraph": "a sentence before is about it",
    "national-body": "the name is that of a national body",
}


def fits(area: Area, word: str, levels: frozenset[str]) -> bool:
    """Tell whether a word for areas of certain levels can mean an area; one without a key is a county."""
    if area.key is None:
        return "county" in levels
    level = load_gazetteer().place(area.key).level
    if word == "region":
        return area.key in REGIONS
    if word == "municipality":
        return area.key in MUNICIPALITIES
    return level in levels or ("municipality" in levels and area.key in MUNICIPALITIES)


def reason(rule: str) -> str:
    """Return why a rule takes an area."""
    return RULES.get(rule, RULES["the-"])
