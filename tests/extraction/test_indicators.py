"""Stated quantities: each line of indicators.jsonl is a sentence of an article about Hubei, read by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shanxi_kg.documents import Document
from shanxi_kg.extraction import indicators
from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Fact, Indicator
from shanxi_kg.mentions import read

CASES = [json.loads(line) for line in (Path(__file__).parent / "indicators.jsonl").read_text("utf-8").splitlines()]


def found(text: str, title: str = "Hubei notes", date: str = "2022-03-15") -> list[Fact]:
    document = Document.from_text(f"{title}\n\nUpdated: {date}\n\n{text}\n", "case")
    return list(indicators.find(Context.of(read(document))))


def as_row(fact: Fact) -> dict[str, Any]:
    content = fact.content
    assert isinstance(content, Indicator)
    row = {
        "measure": content.measure,
        "value": str(content.value),
        "unit": content.unit,
        "area": content.area and content.area.name,
        "period": content.period,
        "status": None if content.status == "actual" else content.status,
        "change": None if content.change is None else str(content.change),
    }
    return {name: value for name, value in row.items() if value is not None}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_sentence_gives_its_quantities(case: dict[str, Any]) -> None:
    assert [as_row(fact) for fact in found(case["text"])] == case["indicators"]


def test_the_evidence_holds_the_number_and_what_it_counts() -> None:
    [fact] = found("Officials say that 1,204 workshops were closed in Jingzhou in 2020.")
    assert fact.evidence.quote == "1,204 workshops were closed"


def test_an_area_that_only_the_document_names_is_inferred_and_says_so() -> None:
    [fact] = found("Some 1,204 workshops were closed.")
    assert [judgement.rule for judgement in fact.judgements] == ["area-of-the-document"]


def test_a_sentence_that_points_back_keeps_area_and_period_of_what_it_points_to() -> None:
    text = "In 2020, Jingzhou granted 1,000 licenses. This was 20 percent of the provincial total."
    rows = [as_row(fact) for fact in found(text)]
    assert rows[1] == {
        "measure": "licenses granted, of the provincial total",
        "value": "20",
        "unit": "percent",
        "area": "Jingzhou",
        "period": "2020",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2021, 96 percent of ferries were on time. In 2018 the figure was 71 percent.", ("71", "2018")),
        ("Ezhou fined 50 firms in 2021. In 2018 the number was 71.", ("71", "2018")),
    ],
)
def test_a_figure_is_that_of_what_was_counted_in_its_unit(text: str, expected: tuple[str, str]) -> None:
    first, last = (as_row(fact) for fact in found(text))
    assert (last["measure"], last["value"], last["period"]) == (first["measure"], *expected)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "From January to May 2021, 9 million people came, compared with 7 million in the same period of 2019.",
            "2019-01/2019-05",
        ),
        ("Ferries carried 9 million people in 2021, up from 7 million a year earlier.", "2020"),
        (
            "In the first half of 2021, 9 percent failed, against 7 percent in the same period of the previous year.",
            "2020-01/2020-06",
        ),
        ("Ferries carry 9 million people, up from 7 million a year earlier.", None),
    ],
)
def test_what_a_value_is_compared_with_holds_a_year_before_it(text: str, period: str | None) -> None:
    assert as_row(found(text)[-1]).get("period") == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Trade grew 5 percent to 30 billion yuan in 2021. Exports rose 7 percent to 20 billion yuan.", "2021"),
        ("Ezhou fined 50 firms in 2021. Small mines made up 40 percent of the total.", "2021"),
        ("Ezhou fined 50 firms in 2021. Of the firms, 40 percent were mines.", "2021"),
        ("Ezhou fined 50 firms in 2021. There are 700 mines.", None),
    ],
)
def test_parts_and_shares_of_what_was_counted_right_before_keep_its_period(text: str, period: str | None) -> None:
    assert as_row(found(text)[-1]).get("period") == period


@pytest.mark.parametrize(
    "text",
    [
        "The rules have six chapters and 41 articles.",
        "One company came first.",
        "The two sides met.",
        "The course takes three years.",
        "Both ranked among the top 100.",
        "The rate rose 2.3 percentage points.",
        "Du Meili, 81, comes every day.",
        "He plays until nine in the evening.",
        "At a quarter past six the gate opens.",
        "Eleven days later the bureau signed.",
    ],
)
def test_numbers_that_count_nothing_give_no_indicator(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("name", "other"), [("Jingzhou", "Shangrao"), ("Jingzhou", "Yinchuan"), ("Jingzhou", "Hulunbuir")]
)
@pytest.mark.parametrize("number", ["77", "3,141", "2.7 million"])
def test_another_name_and_another_number_change_nothing_else(name: str, other: str, number: str) -> None:
    text = "In 2020, companies in {} filed {} patents, up 5.1 percent."
    one, two = found(text.format(name, "500"))[0], found(text.format(other, number))[0]
    row = as_row(one) | {"area": other, "value": str(as_row(two)["value"])}
    assert as_row(two) == row


def test_a_heading_sets_the_period_and_the_goals_of_its_section() -> None:
    text = (
        "I. The year 2020 in figures\n\nFish sales came to 15 billion yuan.\n\nII. Goals for 2023\n\n"
        "- GDP growth of 5 percent\n- 380 new jobs in towns\n"
    )
    assert [as_row(fact) for fact in found(text)] == [
        {"measure": "Fish sales", "value": "15000000000", "unit": "yuan", "area": "Hubei", "period": "2020"},
        {
            "measure": "GDP growth",
            "value": "5",
            "unit": "percent",
            "area": "Hubei",
            "period": "2023",
            "status": "target",
        },
        {"measure": "new jobs in towns", "value": "380", "area": "Hubei", "period": "2023", "status": "target"},
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("In the first half of 2021, Ezhou sold 50 boats.\n\nOf that total, 30 are red.", "2021-01/2021-06"),
        ("In the first half of 2021, Ezhou sold 50 boats.\n\nThere are 30 red boats.", None),
        ("In 2020, Ezhou sold 50 boats.\n\nRafts were 30 of that number. Some 20 sails were sold.", "2020"),
        (
            "Du Mei is among the 960 cooks whom the school turned out in the first eleven months of 2021.",
            "2021-01/2021-11",
        ),
        ("In 2021 Ezhou sold 50 boats. Over the same year, Huangshi sold 30 boats.", "2021"),
    ],
)
def test_a_date_holds_on_for_what_points_back_to_it(text: str, period: str | None) -> None:
    assert as_row(found(text)[-1]).get("period") == period
