"""Who says what: each line of statements.jsonl is a text about Gansu or Hubei, read by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reading import facts

from shanxi_kg.extraction import statements
from shanxi_kg.facts import Fact, Statement

CASES = [json.loads(line) for line in (Path(__file__).parent / "statements.jsonl").read_text("utf-8").splitlines()]


def found(text: str) -> list[Fact]:
    return facts(statements.find, text, title="Notes from Gansu")


def as_row(fact: Fact) -> dict[str, Any]:
    content = fact.content
    assert isinstance(content, Statement)
    return {"speaker": content.speaker, "speaker_is": content.speaker_is, "quote": content.quote}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_text_gives_its_statements(case: dict[str, Any]) -> None:
    assert [as_row(fact) for fact in found(case["text"])] == case["statements"]


def test_the_evidence_holds_who_says_it_and_what_is_said() -> None:
    [fact] = found("The lake, Sun Wei said on Monday, has no fish. It is cold.")
    assert fact.evidence.quote == "The lake, Sun Wei said on Monday, has no fish."


def test_two_speakers_of_one_sentence_have_their_own_evidence() -> None:
    facts = found("Sun Wei said the lake had fish, while Pan Ke said the river had none.")
    assert [fact.evidence.quote for fact in facts] == [
        "Sun Wei said the lake had fish",
        "Pan Ke said the river had none.",
    ]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Sun Wei said the lake had fish.", []),
        ("Sun Wei came. He said the lake had fish.", ["antecedent"]),
        ("The Gansu Forestry Bureau met. The bureau said the lake had fish.", ["antecedent"]),
        ('"The lake has fish," said Sun Wei. "It is clean."', ["quote-goes-on"]),
        ("Yufeng Motors said the lake had fish.", []),
        ("Yufeng said the lake had fish.", ["unknown-name"]),
    ],
)
def test_what_had_to_be_worked_out_is_judged(text: str, rules: list[str]) -> None:
    assert [judgement.rule for fact in found(text) for judgement in fact.judgements] == rules


def test_brackets_stay_in_what_is_said() -> None:
    [fact] = found("The bureau will help with intellectual property (IP) work, said Sun Wei.")
    assert as_row(fact)["quote"] == "The bureau will help with intellectual property (IP) work"


@pytest.mark.parametrize("speaker", ["Sun Wei", "Ouyang Lan", "Lyu Xi'an", "Lanzhou Customs", "Ili Radio Commission"])
@pytest.mark.parametrize(
    "text",
    [
        "{} said that the old mill will open its doors again.",
        "The old mill will open its doors again, {} said on Friday.",
        "The old mill, {} said, will open its doors again.",
        "According to {}, the old mill will open its doors again.",
    ],
)
def test_another_name_changes_nothing_else(text: str, speaker: str) -> None:
    [row] = [as_row(fact) for fact in found(text.format(speaker))]
    assert (row["speaker"], row["quote"].lower()) == (speaker, "the old mill will open its doors again")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The river is cleaner now, said Deng Huiling, head of the Yichang Water Bureau.",
            [("Deng Huiling", "The river is cleaner now")],
        ),
        (
            '"Prices will fall," Xu Bin said. "We are sure of it."',
            [("Xu Bin", "Prices will fall"), ("Xu Bin", "We are sure of it")],
        ),
        (
            "According to the Hubei Department of Finance, the fund has been paid out.",
            [("Hubei Department of Finance", "the fund has been paid out")],
        ),
        ("Experts say that the method is safe.", [("Experts", "the method is safe")]),
        (
            "Tang Min told reporters that the dam was finished. She added that tourists were welcome.",
            [("Tang Min", "the dam was finished"), ("Tang Min", "tourists were welcome")],
        ),
        (
            "The Wuhan Customs reported on Monday that exports had doubled.",
            [("Wuhan Customs", "exports had doubled")],
        ),
        (
            "Grain prices were stable, according to statistics of the Jingzhou Bureau of Statistics.",
            [("Jingzhou Bureau of Statistics", "Grain prices were stable")],
        ),
    ],
)
def test_what_is_said_and_who_says_it_are_told_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(row["speaker"], row["quote"]) for row in map(as_row, facts(statements.find, text))] == expected


@pytest.mark.parametrize(
    "text", ["The bureau announced a plan.", "Farmers complained about the noise.", "It was said."]
)
def test_acts_and_complaints_without_words_are_no_statements(text: str) -> None:
    assert found(text) == []


def test_a_pronoun_is_resolved_and_the_fact_says_so() -> None:
    [fact] = found("Tang Min left. She said that the road was open.")
    assert [judgement.rule for judgement in fact.judgements] == ["antecedent"]
