"""Platforms: what serves many, and who is in it."""

from __future__ import annotations

import pytest
from reading import facts

from shanxi_kg.extraction import platforms
from shanxi_kg.facts import Group, Platform


def named(text: str) -> list[tuple[str, str | None, list[str]]]:
    contents = [fact.content for fact in facts(platforms.find, text)]
    return [
        (content.name, content.area.name if content.area else None, [member.name for member in content.members])
        for content in contents
        if isinstance(content, Platform)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wuhan has built a credit information platform for small firms.",
            ("credit information platform", "Wuhan", []),
        ),
        (
            "The Optics Valley Software Park houses 310 firms and the Wuhan Testing Center.",
            ("Optics Valley Software Park", "Hubei", ["310 firms", "Wuhan Testing Center"]),
        ),
        (
            "The province will set up a three-level ecological monitoring system.",
            ("ecological monitoring system", "Hubei", []),
        ),
        (
            "Jingzhou joined the Middle Yangtze Port Alliance, which consists of 14 ports.",
            ("Middle Yangtze Port Alliance", "Jingzhou", ["14 ports"]),
        ),
        ("The city created a special fund for startups.", ("special fund for startups", "Hubei", [])),
    ],
)
def test_a_platform_is_named_with_its_members(text: str, expected: tuple[str, str | None, list[str]]) -> None:
    assert named(text) == [expected]


@pytest.mark.parametrize(
    "text", ["The legal system is old.", "Officials spoke of the system.", "It has 15 zones.", "Funds were paid out."]
)
def test_systems_in_general_and_counted_zones_are_no_platforms(text: str) -> None:
    assert named(text) == []


def test_a_system_knows_its_levels_and_a_group_its_size() -> None:
    text = "Hubei has built a provincial, municipal and county-level legal assistance system covering all 17 cities."
    [fact] = facts(platforms.find, text)
    assert isinstance(fact.content, Platform)
    assert (fact.content.levels, fact.content.coverage) == (("provincial", "municipal", "county"), "all 17 cities")
    [park] = facts(platforms.find, "The Donghu Data Park houses 310 firms.")
    assert isinstance(park.content, Platform)
    assert park.content.members == (Group("310 firms", 310),)
