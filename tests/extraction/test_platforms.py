"""Platforms: each line of platforms.jsonl is a sentence of an article about Hubei of 2022-03-15, read by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reading import facts

from shanxi_kg.extraction import platforms
from shanxi_kg.facts import Fact, Group, Platform

CASES = [json.loads(line) for line in (Path(__file__).parent / "platforms.jsonl").read_text("utf-8").splitlines()]


def as_row(fact: Fact) -> dict[str, Any]:
    content = fact.content
    assert isinstance(content, Platform)
    row = {
        "name": content.name,
        "area": content.area and content.area.name,
        "members": [[member.name, getattr(member, "size", None)] for member in content.members],
        "levels": list(content.levels),
        "coverage": content.coverage,
    }
    return {name: value for name, value in row.items() if value}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_sentence_gives_its_platforms_with_their_members(case: dict[str, Any]) -> None:
    assert [as_row(fact) for fact in facts(platforms.find, case["text"])] == case["platforms"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wuhan has built a credit information platform for small firms.",
            {"name": "credit information platform", "area": "Wuhan"},
        ),
        (
            "The Optics Valley Software Park houses 310 firms and the Wuhan Testing Center.",
            {
                "name": "Optics Valley Software Park",
                "area": "Hubei",
                "members": [["310 firms", 310], ["Wuhan Testing Center", None]],
            },
        ),
        (
            "The province will set up a three-level ecological monitoring system.",
            {"name": "ecological monitoring system", "area": "Hubei"},
        ),
        (
            "Jingzhou joined the Middle Yangtze Port Alliance, which consists of 14 ports.",
            {
                "name": "Middle Yangtze Port Alliance",
                "area": "Jingzhou",
                "members": [["Jingzhou", None], ["14 ports", 14]],
            },
        ),
        (
            "The city created a special fund for startups.",
            {"name": "special fund for startups", "area": "Hubei"},
        ),
    ],
)
def test_a_platform_is_named_with_its_members(text: str, expected: dict[str, Any]) -> None:
    assert [as_row(fact) for fact in facts(platforms.find, text)] == [expected]


@pytest.mark.parametrize(
    "text",
    ["The legal system is old.", "Officials spoke of the system.", "It has 15 zones.", "Funds were paid out."],
)
def test_systems_in_general_and_counted_zones_are_no_platforms(text: str) -> None:
    assert facts(platforms.find, text) == []


def test_a_system_knows_its_levels_and_a_group_its_size() -> None:
    text = "Hubei has built a provincial, municipal and county-level legal assistance system covering all 17 cities."
    [fact] = facts(platforms.find, text)
    assert as_row(fact) == {
        "name": "legal assistance system",
        "area": "Hubei",
        "levels": ["provincial", "municipal", "county"],
        "coverage": "all 17 cities",
    }
    [park] = facts(platforms.find, "The Donghu Data Park houses 310 firms.")
    assert isinstance(park.content, Platform)
    assert park.content.members == (Group("310 firms", 310),)


def test_a_platform_named_once_and_pointed_to_twice_is_one_with_all_its_members() -> None:
    text = (
        "The Enshi Tea Alliance was formed in May. It brings together 40 growers. "
        "The Enshi Customs has since joined the alliance."
    )
    [fact] = facts(platforms.find, text)
    assert as_row(fact)["members"] == [["40 growers", 40], ["Enshi Customs", None]]
    assert {judgement.rule for judgement in fact.judgements} == {"antecedent"}


def test_a_count_that_may_hold_for_the_first_noun_alone_is_ambiguous() -> None:
    [fact] = facts(platforms.find, "The Ezhou IP Service Cluster houses 28 agencies, banks and law firms.")
    assert [(judgement.rule, judgement.field) for judgement in fact.judgements] == [("shared-count", "member")]
    assert fact.certainty == "ambiguous"


def test_the_evidence_holds_the_name_and_the_members_of_its_sentence() -> None:
    [fact] = facts(platforms.find, "Last year 12 banks joined the Xiaogan Credit Alliance, officials said.")
    assert fact.evidence.quote == "12 banks joined the Xiaogan Credit Alliance"


@pytest.mark.parametrize("other", ["Hainan", "Yinchuan", "Hulunbuir"])
def test_another_place_in_the_name_changes_nothing_else(other: str) -> None:
    text = "The {} Port Service Alliance consists of 14 ports and the {} Customs."
    one, two = (as_row(facts(platforms.find, text.replace("{}", name))[0]) for name in ("Guiyang", other))
    assert json.loads(json.dumps(one).replace("Guiyang", other)) == two
