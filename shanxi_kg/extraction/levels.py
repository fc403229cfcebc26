"""Which words fit an area ('the city' means a prefecture or a municipality), and how the reading of one is told."""

from __future__ import annotations

from shanxi_kg.facts import Area, Certainty, Judgement
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
    """Tell whether an area can be meant by a word for areas of the given levels; one without a key is a county."""
    if area.key is None:
        return "county" in levels
    level = load_gazetteer().place(area.key).level
    if word == "region":
        return area.key in REGIONS
    if word == "municipality":
        return area.key in MUNICIPALITIES
    return level in levels or ("municipality" in levels and area.key in MUNICIPALITIES)


def inferred(rule: str, area: Area | None) -> Judgement | None:
    """Return the judgement that an area was found by a rule; None where there is no area."""
    if area is None:
        return None
    reason = RULES.get(rule, RULES["the-"])
    return Judgement(Certainty.INFERRED, rule, "area", f"The area is read as {area.name}: {reason}.")
