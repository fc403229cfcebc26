"""Posts: persons in roles, with the unit that they serve."""

from __future__ import annotations

import pytest
from reading import facts

from shanxi_kg.extraction import posts
from shanxi_kg.facts import Agency, Post


def held(text: str) -> list[tuple[str, str, str | None]]:
    contents = [fact.content for fact in facts(posts.find, text)]
    return [
        (content.person, content.role, content.organization.name if content.organization else None)
        for content in contents
        if isinstance(content, Post)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Deng Huiling, deputy director of the Hubei Department of Finance, opened the fair.",
            [("Deng Huiling", "deputy director", "Hubei Department of Finance")],
        ),
        ("Yichang Mayor Xu Bin met investors.", [("Xu Bin", "Mayor", "Yichang")]),
        ("Mayor Xu Bin met investors.", [("Xu Bin", "Mayor", "Hubei")]),
        (
            "Tang Min, an economist at Wuhan University and adviser to the city, spoke first.",
            [("Tang Min", "economist", "Wuhan University"), ("Tang Min", "adviser", None)],
        ),
        ("Lu Fang was appointed head of the Xiangyang Customs in May.", [("Lu Fang", "head", "Xiangyang Customs")]),
        (
            "Rare Metals Group Co expanded. Its chairman, Guo Rui, is from Ezhou.",
            [("Guo Rui", "chairman", "Rare Metals Group Co")],
        ),
        (
            "Maria Lopez, director of the Wuhan Botanical Office, agreed.",
            [("Maria Lopez", "director", "Wuhan Botanical Office")],
        ),
        ("Zhou Kai, who is also Party secretary of Ezhou, took part.", [("Zhou Kai", "Party secretary", "Ezhou")]),
    ],
)
def test_a_role_finds_its_person_and_its_unit(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert held(text) == expected


@pytest.mark.parametrize("text", ["The director left early.", "The company hired Qin Yu."])
def test_a_role_without_a_person_and_a_person_without_a_role_are_no_posts(text: str) -> None:
    assert held(text) == []


def test_an_inner_unit_is_told_as_a_body_with_its_parent() -> None:
    text = "Deng Huiling, head of the pollution control division of the Hubei Department of Finance, spoke."
    agencies = [f.content for f in facts(posts.find, text) if isinstance(f.content, Agency)]
    assert [(a.body.name, a.parent.name if a.parent else None) for a in agencies] == [
        ("pollution control division", "Hubei Department of Finance")
    ]


def test_a_unit_taken_from_the_context_is_inferred() -> None:
    [fact] = facts(posts.find, "Mayor Xu Bin met investors.")
    assert [judgement.rule for judgement in fact.judgements] == ["unit-from-context"]
