"""Agreements: each line of agreements.jsonl is a text of an article about Hubei, with the agreements a reader finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reading import facts

from shanxi_kg.extraction import agreements
from shanxi_kg.facts import Agreement

CASES = [json.loads(line) for line in (Path(__file__).parent / "agreements.jsonl").read_text("utf-8").splitlines()]


def rows(text: str) -> list[dict[str, Any]]:
    contents = [fact.content for fact in facts(agreements.find, text)]
    found = [
        {"parties": [party.name for party in content.parties], "subject": content.subject, "signed": content.signed}
        for content in contents
        if isinstance(content, Agreement)
    ]
    return [{name: value for name, value in row.items() if value is not None} for row in found]


def bound(text: str) -> list[list[str]]:
    return [row["parties"] for row in rows(text)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_text_gives_its_agreements(case: dict[str, Any]) -> None:
    assert rows(case["text"]) == case["agreements"]


@pytest.mark.parametrize("signed", ["signed", "successively signed"])
def test_pairs_read_from_a_plural_are_ambiguous(signed: str) -> None:
    found = facts(agreements.find, f"Hubei {signed} agreements with Hunan and Jiangxi in 2020.")
    assert {judgement.rule for fact in found for judgement in fact.judgements} == {"agreement-a-partner"}
    assert [fact.content.signed for fact in found if isinstance(fact.content, Agreement)] == ["2020", "2020"]


def test_a_year_from_the_dateline_is_a_judgement_on_the_day_of_signing() -> None:
    [fact] = facts(agreements.find, "Hubei signed an agreement with Hunan on Feb 3.")
    assert [(judgement.rule, judgement.field) for judgement in fact.judgements] == [("year-from-dateline", "signed")]


def test_the_evidence_reaches_from_the_first_party_to_the_last_and_the_day() -> None:
    [fact] = facts(
        agreements.find, "On a cold day, Hubei signed an agreement with Hunan in 2020, to the joy of farmers."
    )
    assert fact.evidence.quote == "Hubei signed an agreement with Hunan in 2020"


def test_an_agreement_told_again_is_one_agreement() -> None:
    text = "Hubei signed a pact with Hunan on eels. The pact with Hunan was signed by Hubei on May 5, 2021."
    assert rows(text) == [{"parties": ["Hubei", "Hunan"], "subject": "eels", "signed": "2021-05-05"}]


@pytest.mark.parametrize("other", ["Shaanxi", "Inner Mongolia", "Hainan", "Macao"])
def test_another_partner_changes_nothing_else(other: str) -> None:
    assert bound(f"Hubei signed an agreement with {other} on May 3.") == [["Hubei", other]]


@pytest.mark.parametrize(
    "verb", ["signed", "inked", "concluded", "reached", "sealed", "entered into", "struck", "penned"]
)
def test_any_verb_of_signing_will_do(verb: str) -> None:
    assert bound(f"Hubei has {verb} an agreement with Hunan.") == [["Hubei", "Hunan"]]


@pytest.mark.parametrize("noun", ["accord", "agreement", "memorandum of understanding", "MOU", "pact", "treaty"])
def test_any_noun_for_a_paper_that_binds_will_do(noun: str) -> None:
    assert bound(f"Hubei signed a new {noun} with Hunan.") == [["Hubei", "Hunan"]]


@pytest.mark.parametrize(
    "inserted",
    [
        "a carmaker",
        "which makes cars",
        "whose cars sell well",
        "based in Hangzhou",
        "the carmaker",
        "known for its cars",
    ],
)
def test_what_is_inserted_behind_a_party_is_stepped_over(inserted: str) -> None:
    text = f"Memorandums were signed by Ningbo Customs with Geely, {inserted}, and Youngor."
    assert bound(text) == [["Ningbo Customs", "Geely"], ["Ningbo Customs", "Youngor"]]
