"""Regulations: each line of regulations.jsonl is a text of an article about Hubei, with the regulations in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reading import facts

from shanxi_kg.extraction import regulations
from shanxi_kg.facts import Regulation

CASES = [json.loads(line) for line in (Path(__file__).parent / "regulations.jsonl").read_text("utf-8").splitlines()]


def rows(text: str) -> list[dict[str, Any]]:
    contents = [fact.content for fact in facts(regulations.find, text)]
    found = [
        {
            "title": content.title,
            "area": content.area and content.area.name,
            "issued": content.issued,
            "in_force": content.in_force,
        }
        for content in contents
        if isinstance(content, Regulation)
    ]
    return [{name: value for name, value in row.items() if value is not None} for row in found]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_text_gives_its_regulations(case: dict[str, Any]) -> None:
    assert rows(case["text"]) == case["regulations"]


def test_a_regulation_told_again_gains_the_days_it_lacked() -> None:
    text = "Hubei adopted the Regulations on Bees in 2021. The regulations took effect on March 1, 2022."
    assert rows(text) == [
        {"title": "Regulations on Bees", "area": "Hubei", "issued": "2021", "in_force": "2022-03-01"},
    ]


def test_a_law_without_an_area_is_read_as_one_of_the_whole_country_and_says_so() -> None:
    [fact] = facts(regulations.find, "Under the Patent Law, fines can reach 500,000 yuan.")
    assert [judgement.rule for judgement in fact.judgements] == ["national-law"]


def test_the_evidence_holds_title_and_day() -> None:
    [fact] = facts(regulations.find, "People in Wuhan say the Hubei Regulations on Tea, passed in 2020, help them.")
    assert fact.evidence.quote == "Hubei Regulations on Tea, passed in 2020"


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ("was adopted", "issued"),
        ("was approved", "issued"),
        ("was promulgated", "issued"),
        ("was made public", "issued"),
        ("took effect", "in_force"),
        ("came into force", "in_force"),
        ("became effective", "in_force"),
        ("was implemented", "in_force"),
        ("has been in effect since the start, that is,", "in_force"),
    ],
)
def test_a_day_goes_to_the_event_that_it_dates(event: str, field: str) -> None:
    [row] = rows(f"A regulation on tea {event} on May 2, 2021.")
    assert row == {"title": "regulation on tea", "area": "Hubei", field: "2021-05-02"}
