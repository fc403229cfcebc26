"""Regulations: titles, what befell them, and when."""

from __future__ import annotations

import pytest
from reading import facts

from shanxi_kg.extraction import regulations
from shanxi_kg.facts import Regulation


def told(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    contents = [fact.content for fact in facts(regulations.find, text)]
    return [
        (content.title, content.area.name if content.area else None, content.issued, content.in_force)
        for content in contents
        if isinstance(content, Regulation)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'The "Measures for the Administration of Data Resources in Hubei Province" took effect on Jan 1, 2022.',
            ("Measures for the Administration of Data Resources in Hubei Province", "Hubei", None, "2022-01-01"),
        ),
        (
            "A regulation on wetland protection was adopted on Nov 25 and will come into force on March 1.",
            ("regulation on wetland protection", "Hubei", "2021-11-25", "2022-03-01"),
        ),
        ("Hubei issued the Action Plan for Blue Skies in 2019.", ("Action Plan for Blue Skies", "Hubei", "2019", None)),
        (
            "The province's first regulation on elderly care has come into effect. It was passed in September.",
            ("regulation on elderly care", "Hubei", "2021-09", None),
        ),
        ("Under the Patent Law, fines can reach 500,000 yuan.", ("Patent Law", "China", None, None)),
        (
            "New rules on parking will be implemented from May 1.",
            ("rules on parking", "Hubei", None, "2022-05-01"),
        ),
    ],
)
def test_a_regulation_is_told_with_its_area_and_its_days(text: str, expected: tuple[str | None, ...]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize("text", ["The city has no plan to raise fees.", "The plan was ambitious.", "Rules matter."])
def test_plans_and_rules_in_general_are_no_regulations(text: str) -> None:
    assert told(text) == []


def test_a_judgement_quotes_the_words_as_they_stand() -> None:
    [fact] = facts(regulations.find, "The Hubei Water Rules took effect on July 1.")
    assert [judgement.reading for judgement in fact.judgements] == [
        "'July 1' is read as 2021-07-01: the year is that nearest to the document's date."
    ]
