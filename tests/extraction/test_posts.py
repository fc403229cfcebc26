"""Persons in their posts: each line of posts.jsonl is a text of a paper in Gansu, read by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reading import facts

from shanxi_kg.extraction import posts
from shanxi_kg.facts import Agency, Area, Body, Fact, Post

CASES = [json.loads(line) for line in (Path(__file__).parent / "posts.jsonl").read_text("utf-8").splitlines()]


def found(text: str) -> list[Fact]:
    return facts(posts.find, text, title="Notes from Gansu")


def as_row(content: Post) -> dict[str, Any]:
    organization = content.organization.name if content.organization else None
    return {"person": content.person, "role": content.role, "organization": organization}


def rows(text: str) -> list[dict[str, Any]]:
    return [as_row(fact.content) for fact in found(text) if isinstance(fact.content, Post)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_text_gives_its_posts(case: dict[str, Any]) -> None:
    assert rows(case["text"]) == case["posts"]


def test_the_evidence_runs_from_the_person_to_the_unit() -> None:
    [fact] = found("On Monday Du Yi, deputy head of the Gansu Forestry Bureau, read out the list.")
    assert fact.evidence.quote == "Du Yi, deputy head of the Gansu Forestry Bureau"


def test_the_evidence_of_a_passive_runs_from_the_unit_to_the_person() -> None:
    facts = found("On Monday the seed office of the Gansu Forestry Bureau, headed by Du Yi, read out the list.")
    assert facts[0].evidence.quote == "seed office of the Gansu Forestry Bureau, headed by Du Yi"


def test_an_inner_unit_in_lower_case_is_an_agency_of_its_body() -> None:
    text = "Du Yi, head of the fire prevention department at the Gansu Forestry Bureau, read out the list."
    parent = Body("Gansu Forestry Bureau")
    assert [fact.content for fact in found(text)] == [
        Post("Du Yi", "head", Body("fire prevention department at the Gansu Forestry Bureau")),
        Agency(Body("fire prevention department"), parent, Area("Gansu", "CN-GS")),
    ]


@pytest.mark.parametrize(
    ("text", "unit", "whole"),
    [
        (
            "The Gansu Forestry Bureau grows. Du Yi, head of the bureau's seed office, came.",
            "seed office",
            "Gansu Forestry Bureau",
        ),
        ("Lanzhou University grew. Du Yi, dean of its music school, came.", "music school", "Lanzhou University"),
        ("Du Yi, dean of the music school at Lanzhou University, came.", "music school", "Lanzhou University"),
    ],
)
def test_an_inner_unit_is_an_agency_however_its_body_is_told(text: str, unit: str, whole: str) -> None:
    agencies = [fact.content for fact in found(text) if isinstance(fact.content, Agency)]
    assert [(content.body.name, content.parent and content.parent.name) for content in agencies] == [(unit, whole)]


def test_a_unit_of_a_company_is_no_agency() -> None:
    text = "Hexi Seed Group Co grew. Du Yi, head of the company's law department, came."
    assert [fact.kind for fact in found(text)] == ["post"]


def test_an_inner_unit_is_told_once() -> None:
    unit = "of the fire prevention department of the Gansu Forestry Bureau"
    facts = found(f"Du Yi, head {unit}, came. Pan Ke, deputy head {unit}, came too.")
    assert [fact.kind for fact in facts] == ["post", "agency", "post"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Du Yi, head of the Gansu Forestry Bureau, came.", []),
        ("The Gansu Forestry Bureau grows. Its head, Du Yi, came.", ["antecedent"]),
        ("The Gansu Forestry Bureau grows. Du Yi, deputy head of the bureau, came.", ["antecedent"]),
        ("Du Yi, head of the provincial forestry bureau, came.", ["unit-of-the-area"]),
        ("Governor Du Yi came.", ["unit-from-context"]),
        ("Du Yi, who heads the Gansu Forestry Bureau, came.", ["role-of-verb"]),
        ("Du Yi, minister of commerce, came.", ["ministry-of-minister"]),
        ("Du Yi, minister of Commerce, came.", ["ministry-of-minister"]),
    ],
)
def test_what_had_to_be_worked_out_is_judged(text: str, rules: list[str]) -> None:
    assert [judgement.rule for fact in found(text) for judgement in fact.judgements if fact.kind == "post"] == rules


@pytest.mark.parametrize(
    "person", ["Du Yi", "Ouyang Lan", "Lyu Xi'an", "Zhang Tai-an", "Losang Jamcan", "Erkin Nur", "Maria Keller"]
)
@pytest.mark.parametrize("unit", ["Hainan Forestry Bureau", "Ili Radio Commission", "Lanzhou Customs"])
def test_another_name_changes_nothing_else(person: str, unit: str) -> None:
    text = f"The list came from {person}, deputy director of the {unit}, on Friday."
    assert rows(text) == [{"person": person, "role": "deputy director", "organization": unit}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yichang Mayor Xu Bin met investors.", [("Xu Bin", "Mayor", "Yichang")]),
        ("Governor Xu Bin met investors.", [("Xu Bin", "Governor", "Hubei")]),
        ("Mayor Xu Bin met investors.", [("Xu Bin", "Mayor", None)]),
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
    held = [as_row(fact.content) for fact in facts(posts.find, text) if isinstance(fact.content, Post)]
    assert [tuple(row.values()) for row in held] == expected


@pytest.mark.parametrize("text", ["The director left early.", "The company hired Qin Yu."])
def test_a_role_without_a_person_and_a_person_without_a_role_are_no_posts(text: str) -> None:
    assert found(text) == []
