"""Out of whose purse something is paid: 'out of provincial coffers', 'from the state budget' name who pays."""

from __future__ import annotations

from shanxi_kg.extraction.areas import AreaFound
from shanxi_kg.extraction.seats import CHINA
from shanxi_kg.facts import Area, Certainty, Judgement
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.language import Sentence

PURSES = frozenset({"budget", "coffer", "coffers", "purse", "purses", "treasury"})
NATIONAL = frozenset({"central", "national", "state"})


def paying_area(sentence: Sentence, verb: int, found: AreaFound) -> AreaFound:
    """Return the area whose purse the clause of a verb names, as seen from the area found otherwise; that one else."""
    inside = [sentence.tokens[i] for i in sentence.subtree(verb)]
    levels = {sentence.tokens[c].text.lower() for t in inside if t.lemma in PURSES for c in sentence.children[t.i]}
    if levels & NATIONAL:
        return CHINA, None
    around = _province_around(found[0]) if "provincial" in levels else None
    if around is None:
        return found
    reading = f"'provincial' is read as that of {around.name}, the province around {found[0] and found[0].name}."
    return around, Judgement(Certainty.INFERRED, "the-province-around", "area", reading)


def _province_around(area: Area | None) -> Area | None:
    """Return the province that an area below it lies in."""
    key = area.key if area else None
    while key is not None:
        place = load_gazetteer().place(key)
        if place.level == "province":
            return Area(place.name, place.key)
        key = place.parent
    return None
