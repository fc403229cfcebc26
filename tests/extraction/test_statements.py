"""Statements: who says what, in direct quotes and in reported speech."""

from __future__ import annotations

import pytest
from reading import facts

from shanxi_kg.extraction import statements
from shanxi_kg.facts import Statement


def said(text: str) -> list[tuple[str, str]]:
    contents = [fact.content for fact in facts(statements.find, text)]
    return [(content.speaker, content.quote) for content in contents if isinstance(content, Statement)]


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
    assert said(text) == expected


@pytest.mark.parametrize(
    "text", ["The bureau announced a plan.", "Farmers complained about the noise.", "It was said."]
)
def test_acts_and_complaints_without_words_are_no_statements(text: str) -> None:
    assert said(text) == []


def test_a_pronoun_is_resolved_and_the_fact_says_so() -> None:
    found = facts(statements.find, "Tang Min left. She said that the road was open.")
    assert [judgement.rule for judgement in found[0].judgements] == ["antecedent"]
