"""Policies: each line of policies.jsonl is a sentence of an article about Hubei of 2022-03-15, read by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reading import facts

from shanxi_kg.extraction import policies
from shanxi_kg.facts import Fact, Policy

CASES = [json.loads(line) for line in (Path(__file__).parent / "policies.jsonl").read_text("utf-8").splitlines()]


def as_row(fact: Fact) -> dict[str, Any]:
    content = fact.content
    assert isinstance(content, Policy)
    row = {
        "measure": content.measure,
        "area": content.area and content.area.name,
        "target": content.target,
        "period": content.period,
    }
    return {name: value for name, value in row.items() if value}


def done(text: str) -> list[tuple[str, str | None]]:
    contents = [fact.content for fact in facts(policies.find, text)]
    return [(content.measure, content.target) for content in contents if isinstance(content, Policy)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_sentence_gives_its_policies_one_a_verb(case: dict[str, Any]) -> None:
    assert [as_row(fact) for fact in facts(policies.find, case["text"])] == case["policies"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wuhan will offer tax rebates to exporters and simplify customs checks.",
            [("offer tax rebates to exporters", "exporters"), ("simplify customs checks", None)],
        ),
        ("The bureau cracked down on fake seeds last year.", [("cracked down on fake seeds", None)]),
        (
            "Over 40 workshops for teachers were held by the province.",
            [("held over 40 workshops for teachers", "teachers")],
        ),
        (
            "The government encourages farmers to plant trees.",
            [("encourages farmers to plant trees", "farmers")],
        ),
        ("The Clear River Action began in June.", [("Clear River Action", None)]),
        (
            "Two public institutions moved in, offering free advice to inventors.",
            [("offering free advice to inventors", "inventors")],
        ),
        (
            "In May the county took steps such as waiving rents, lending out machines and giving loans to help mills.",
            [
                ("waiving rents", "mills"),
                ("lending out machines", "mills"),
                ("giving loans", "mills"),
            ],
        ),
    ],
)
def test_each_verb_of_a_public_doer_is_a_policy(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert done(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The company offers discounts to students.",
        "The city set up a protection center.",
        "Under the agreement, the city will provide land.",
        "Hubei has not banned the product.",
        "The province held 3,000 patents.",
        "The province signed an agreement.",
    ],
)
def test_what_is_told_elsewhere_denied_or_private_is_no_policy(text: str) -> None:
    assert done(text) == []


def test_what_it_does_is_done_by_the_body_named_before_and_says_so() -> None:
    text = "The Yichang Education Bureau opened its doors. It offers free courses to nurses."
    [fact] = facts(policies.find, text)
    assert as_row(fact) == {
        "measure": "offers free courses to nurses",
        "area": "Yichang",
        "target": "nurses",
    }
    assert [judgement.rule for judgement in fact.judgements] == ["antecedent"]


def test_it_after_a_paper_is_the_paper_whose_contents_are_no_policies() -> None:
    assert facts(policies.find, "Hubei issued a guideline on ports in May. It offers subsidies to ferry owners.") == []


def test_the_evidence_of_a_passive_runs_from_what_is_done_to_the_verb() -> None:
    [fact] = facts(policies.find, "Since May, free seeds have been given to herders by the county, Li Hong said.")
    assert fact.evidence.quote == "free seeds have been given to herders"


@pytest.mark.parametrize("other", ["Hainan", "Yinchuan", "Hulunbuir"])
def test_another_place_changes_nothing_but_the_area(other: str) -> None:
    text = "{} has waived port fees for exporters and trained 300 pilots."
    one, two = ([as_row(fact) for fact in facts(policies.find, text.format(name))] for name in ("Guiyang", other))
    assert [row | {"area": other} for row in one] == two
