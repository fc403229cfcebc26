"""The grammar of numbers: value, unit and offsets; what is no quantity stays out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_kg.quantities import find_quantities


def found(text: str) -> list[tuple[str, str | None]]:
    return [(str(q.value), q.unit) for q in find_quantities(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,234 cases", "1234", None),
        ("5.32 million people", "5320000", None),
        ("twenty-eight bodies", "28", None),
        ("three hundred firms", "300", None),
        ("CNY 150 million", "150000000", "yuan"),
        ("RMB 2.5 billion", "2500000000", "yuan"),
        ("200,000 yuan", "200000", "yuan"),
        ("$963 million", "963000000", "US dollars"),
        ("US$3 billion", "3000000000", "US dollars"),
        ("44.70 percent", "44.7", "percent"),
        ("24.07%", "24.07", "percent"),
        ("4.3 per 10,000 people", "4.3", "per 10,000 people"),
        ("13 times", "13", "times"),
        ("six working days", "6", "working days"),
        ("39 micrograms per cubic meter", "39", "micrograms per cubic meter"),
        ("9.81 billion cubic meters", "9810000000", "cubic meters"),
        ("600,000 mu", "600000", "mu"),
        ("a million", "1000000", None),
        ("half a million people", "500000", None),
        ("a dozen firms", "12", None),
        ("half a dozen firms", "6", None),
        ("0.05 milligrams per liter", "0.05", "milligrams per liter"),
        ("12 micrograms per cubic metre", "12", "micrograms per cubic meter"),
        ("350 kilometers per hour", "350", "kilometers per hour"),
        ("1,200 cubic meters per second", "1200", "cubic meters per second"),
        ("220 kilovolts", "220", "kilovolts"),
        ("40 yuan per hour", "40", "yuan"),
    ],
)
def test_a_number_is_read_with_its_scale_and_unit(text: str, value: str, unit: str | None) -> None:
    assert found(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "PM2.5",
        "No 1",
        "the top 500",
        "a 20-day course",
        "5G",
        "the 13th",
        "COVID-19",
        "Article 12",
        "aged 45",
        "7-inch",
    ],
)
def test_ranks_names_and_parts_of_words_are_no_quantities(text: str) -> None:
    assert found(text) == []


def test_a_conversion_in_brackets_is_no_quantity() -> None:
    assert found("237 million yuan ($36.70 million) in all") == [("237000000", "yuan")]


def test_a_ratio_is_not_read_twice() -> None:
    assert found("12.4 per 10,000 people against 12") == [("12.4", "per 10,000 people"), ("12", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5, 7 and 12 tons", [("5", "tons"), ("7", "tons"), ("12", "tons")]),
        ("1.5 million and 620,000 tons of ore", [("1500000", "tons"), ("620000", "tons")]),
        ("30 or about 35 percent", [("30", "percent"), ("35", "percent")]),
        ("6.1 billion ($0.9 billion) and 2 billion yuan", [("6100000000", "yuan"), ("2000000000", "yuan")]),
        ("40 and 60 billion yuan", [("40000000000", "yuan"), ("60000000000", "yuan")]),
        ("3 and 7 million trees", [("3000000", None), ("7000000", None)]),
        ("from 7 to 12 tons", [("7", "tons"), ("12", "tons")]),
    ],
)
def test_numbers_of_a_list_share_the_unit_behind_the_last(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rose to 5,300, 12 percent more", [("5300", None), ("12", "percent")]),
        ("licenses came to 5,300 and 12 percent lapsed", [("5300", None), ("12", "percent")]),
        ("fell by 12 percent to 5,300", [("12", "percent"), ("5300", None)]),
        ("7 tons and 12 wagons", [("7", "tons"), ("12", None)]),
        ("two barges and 12 tons", [("2", None), ("12", "tons")]),
    ],
)
def test_a_number_with_words_or_only_a_comma_between_keeps_to_itself(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert found(text) == expected


@given(st.integers(min_value=0, max_value=10**12), st.text("aé中😀 ", max_size=5))
def test_a_whole_number_with_separators_is_read_back_with_its_offsets(number: int, before: str) -> None:
    text = f"{before} {number:,} items"
    [quantity] = find_quantities(text, 0, len(text))
    assert quantity.value == Decimal(number)
    assert text[quantity.start : quantity.number_end] == f"{number:,}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("71 percent, up from 64.", [("71", "percent"), ("64", "percent")]),
        ("from 18 days to six", [("18", "days"), ("6", "days")]),
    ],
)
def test_what_a_number_grew_from_or_fell_to_shares_its_unit(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected
