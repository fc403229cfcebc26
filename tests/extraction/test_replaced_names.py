"""A name replaced by another of its kind gives the same facts with the other name, in sentences of all eight kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from shanxi_kg.documents import Document
from shanxi_kg.extraction import extract
from shanxi_kg.facts import Area, Body
from shanxi_kg.gazetteer import load_gazetteer

MONTHS = "January February March April May June July August September October November December".split()
FIELDS = ("Forestry", "Seed", "Heritage", "Tourism", "Water Resources", "Market Regulation")
HEADS = ("Bureau", "Commission", "Office", "Administration")
SURNAMES = "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Ouyang Lyu".split()
GIVEN = "Wei Fang Na Min Jing Lei Qiang Jun Yan Ping Xiaoling Guohua Zhiyuan Meihua Jianguo Haiyan".split()

SENTENCES = {
    "regulation": "The Regulations on Seed Protection in {province} were adopted on {day} and took effect on {later}.",
    "agreement": "On {day}, {province} and {other} signed a cooperation agreement on seed testing.",
    "agreements": "{city} signed an agreement on tea brands with {other} on {day}.",
    "agency": "The {body} and the {body2} run a shared archive.",
    "agency of a court": "The {city} Intermediate People's Court heard a dispute over tea.",
    "platform": "The {city} Tea Innovation Alliance is made up of {number} farms and the {body}.",
    "post": "{person}, deputy director of the {body}, opened the fair.",
    "mayor": "{city} Mayor {person} met growers.",
    "indicator": "{city} built {number} libraries in 2020, up 12.5 percent.",
    "listed indicators": "In 2020, {city} had {number} tea gardens and {number2} tea shops.",
    "policy": "The {body} will provide free training for small farms.",
    "policy of an area": "{province} cut the fees of small farms by half.",
    "statement": '"The dams held during the flood," said {person}, head of the {body}.',
    "reported statement": "The {body} said that the dams in {city} held during the flood.",
    "all": (
        "{person}, director of the {body}, said that {city} had {number} tea shops in 2020. "
        "The city will provide free seeds for growers."
    ),
}
REFERENCE = {
    "province": "Gansu",
    "other": "Yunnan",
    "city": "Lanzhou",
    "body": "Tianshui Forestry Bureau",
    "body2": "Dali Heritage Office",
    "person": "Chen Guohua",
    "number": 340,
    "number2": 5200,
    "day": date(2021, 3, 4),
    "later": date(2021, 5, 6),
}


@dataclass(frozen=True)
class Slot:
    """A name in a sentence: as it is written there, and as it stands in the facts."""

    words: str
    value: str


def slot(value: Any) -> Slot:
    if isinstance(value, date):
        return Slot(f"{MONTHS[value.month - 1]} {value.day}, {value.year}", value.isoformat())
    return Slot(f"{value:,}" if isinstance(value, int) else value, str(value))


@cache
def names(level: str) -> tuple[str, ...]:
    """Return the names of areas of a level that name no other area and no family."""
    gazetteer = load_gazetteer()
    provinces = gazetteer.children("CN")
    below = [place for province in provinces for place in gazetteer.children(province.key)]
    found = sorted({place.name for place in (*provinces, *below) if place.level == level})
    alone = [name for name in found if [len(mention.keys) for mention in gazetteer.places(name)] == [1]]
    return tuple(name for name in alone if name.isalpha() and name not in {"China", *SURNAMES})


def plain(value: Any, masks: dict[str, str]) -> Any:
    """Return a fact's content as text, its names replaced by the names of their slots; keys of areas left out."""
    if isinstance(value, Area):
        return plain(value.name, masks)
    if isinstance(value, Body):
        return plain(value.name, masks)
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name), masks) for field in fields(value)}
    if isinstance(value, (tuple, list)):
        return [plain(item, masks) for item in value]
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return masks.get(str(value), str(value))
    if isinstance(value, str):
        for words in sorted(masks, key=len, reverse=True):
            value = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", masks[words], value)
    return value


def facts(sentence: str, chosen: dict[str, Any]) -> list[Any]:
    slots = {name: slot(value) for name, value in chosen.items() if f"{{{name}}}" in sentence}
    text = sentence.format(**{name: found.words for name, found in slots.items()})
    document = Document.from_text(f"Notes\n\nUpdated: 2022-03-15\n\n{text} It was a busy year for all.\n", "case")
    masks = {words: f"<{name}>" for name, found in slots.items() for words in (found.words, found.value)}
    masks |= {slots[name].words.partition(" ")[0]: f"<seat of {name}>" for name in ("body", "body2") if name in slots}
    return [(fact.kind, plain(fact.content, masks), plain(fact.evidence.quote, masks)) for fact in extract(document)]


cities = st.deferred(lambda: st.sampled_from(names("prefecture")))
provinces = st.deferred(lambda: st.sampled_from(names("province")))
bodies = st.builds("{} {} {}".format, cities, st.sampled_from(FIELDS), st.sampled_from(HEADS))
days = st.dates(date(2018, 1, 1), date(2022, 2, 1))
choices = st.fixed_dictionaries(
    {
        "province": provinces,
        "other": provinces,
        "city": cities,
        "body": bodies,
        "body2": bodies,
        "person": st.builds("{} {}".format, st.sampled_from(SURNAMES), st.sampled_from(GIVEN)),
        "number": st.integers(12, 999_999).filter(lambda number: not 1900 <= number <= 2100),
        "number2": st.integers(12, 999_999).filter(lambda number: not 1900 <= number <= 2100),
        "day": days,
        "later": days,
    }
).filter(lambda chosen: len({str(value).split()[0] for value in chosen.values()}) == len(chosen))


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=list(SENTENCES))
@settings(max_examples=15, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
@given(chosen=choices)
def test_another_name_changes_nothing_else(sentence: str, chosen: dict[str, Any]) -> None:
    assert facts(sentence, chosen) == facts(sentence, REFERENCE)


@pytest.mark.parametrize(("name", "sentence"), SENTENCES.items())
def test_each_sentence_gives_a_fact_of_its_kind(name: str, sentence: str) -> None:
    kinds = {"agreements": "agreement", "mayor": "post"}
    wanted = next(
        (kind for kind in ("indicator", "statement") if kind in name), kinds.get(name, name.partition(" ")[0])
    )
    found = {kind for kind, *_ in facts(sentence, REFERENCE)}
    assert found >= ({"post", "statement", "indicator", "policy", "agency"} if name == "all" else {wanted})
