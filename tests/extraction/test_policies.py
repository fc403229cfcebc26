"""Policies: one a verb, by a public doer; what others do, what is denied, and what papers say are none."""

from __future__ import annotations

import pytest
from reading import facts

from shanxi_kg.extraction import policies
from shanxi_kg.facts import Policy


def done(text: str) -> list[tuple[str, str | None]]:
    contents = [fact.content for fact in facts(policies.find, text)]
    return [(content.measure, content.target) for content in contents if isinstance(content, Policy)]


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
            [("held Over 40 workshops for teachers", "teachers")],
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
