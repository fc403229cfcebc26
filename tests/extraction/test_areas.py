"""The area that holds at a place in the text: named, pointed to, or what the text is about; else none."""

from __future__ import annotations

import pytest

from shanxi_kg.documents import Document
from shanxi_kg.extraction import indicators
from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Indicator
from shanxi_kg.mentions import read


def areas(text: str, title: str = "Hubei notes") -> list[tuple[str | None, str | None]]:
    document = Document.from_text(f"{title}\n\nUpdated: 2022-03-15\n\n{text}\n", "case")
    found = indicators.find(Context.of(read(document)))
    return [
        (fact.content.area.name if fact.content.area else None, fact.judgements[0].rule if fact.judgements else None)
        for fact in found
        if isinstance(fact.content, Indicator)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yichang has 12 parks.", [("Yichang", None)]),
        ("Some 12 parks were opened in Yichang.", [("Yichang", None)]),
        ("Yichang grew. The city has 12 parks.", [("Yichang", "the-city")]),
        ("Yichang grew. There are 300 parks in the province.", [("Hubei", "the-province")]),
        ("There are 9,000 parks nationwide.", [("China", "the-country")]),
        ("Some 12 parks were opened.", [("Hubei", "area-of-the-document")]),
        ("Yichang made 5 million tons of steel, 20 percent of Hubei's total.", [("Yichang", None), ("Yichang", None)]),
    ],
)
def test_an_area_is_named_pointed_to_or_what_the_text_is_about(
    text: str, expected: list[tuple[str | None, str | None]]
) -> None:
    assert areas(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ezhou grew. Some 310 people from elsewhere in China work here.", "Ezhou"),
        ("Ezhou paints. Some 310 pots stand in this Hubei city.", "Ezhou"),
        ("Ezhou paints. There are 310 pots in this city of 1.62 million people.", "Ezhou"),
        ("Pots numbered many in Ezhou. Lids came to 310 pieces.", "Ezhou"),
        ("Goods worth 31 million yuan left the port of Ezhou, Changsha Customs said.", "Ezhou"),
        ("Some 310 firms joined hands with the North University of China.", "Hubei"),
        ("The Changsha Tax Service trained clerks. There are 310 clerks.", "Hubei"),
    ],
)
def test_who_speaks_works_or_comes_from_elsewhere_moves_no_count(text: str, expected: str) -> None:
    assert areas(text)[0][0] == expected


def test_the_province_around_a_city_is_meant_where_none_is_named() -> None:
    assert areas("Yichang grew. There are 300 parks in the province.", title="City notes") == [
        ("Hubei", "the-province-around")
    ]


def test_a_new_section_begins_with_the_area_of_the_document() -> None:
    text = "Yichang grew.\n\nParks and gardens\n\nSome 12 parks were opened.\n\nEnshi followed."
    assert areas(text) == [("Hubei", "area-of-the-document")]


def test_a_text_without_areas_has_none() -> None:
    assert areas("Some 12 parks were opened.", title="Notes") == [(None, None)]
