"""Agreements: whom they bind, how many there are, and what is none."""

from __future__ import annotations

import pytest
from reading import facts

from shanxi_kg.extraction import agreements
from shanxi_kg.facts import Agreement


def bound(text: str) -> list[list[str]]:
    contents = [fact.content for fact in facts(agreements.find, text)]
    return [[party.name for party in content.parties] for content in contents if isinstance(content, Agreement)]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Guizhou and Guangdong signed a cooperation framework on May 3.", [["Guizhou", "Guangdong"]]),
        ("An agreement on water rights between Yunnan and Sichuan took effect.", [["Yunnan", "Sichuan"]]),
        ("Under a pact with Tongji University, Yichang will train engineers.", [["Yichang", "Tongji University"]]),
        (
            "The Hubei IP Office has reached cooperation agreements with the Bank of Wuhan and Hubei Bank.",
            [["Hubei IP Office", "Bank of Wuhan"], ["Hubei IP Office", "Hubei Bank"]],
        ),
        (
            "Jiangxi and Hunan have each signed an agreement with the Changjiang Water Resources Commission.",
            [["Jiangxi", "Changjiang Water Resources Commission"], ["Hunan", "Changjiang Water Resources Commission"]],
        ),
        ("Gansu and Qinghai held talks. The two provinces signed a pact on grazing.", [["Gansu", "Qinghai"]]),
        (
            "In July 2019, Dalian Customs inked a memo with Shenyang Customs and Changchun Customs.",
            [["Dalian Customs", "Shenyang Customs", "Changchun Customs"]],
        ),
        (
            "Four cities signed a joint agreement. The four are Yichang, Jingzhou, Wuhan and Jiujiang.",
            [["Yichang", "Jingzhou", "Wuhan", "Jiujiang"]],
        ),
        (
            "Strategic cooperation agreements were concluded with Peking University and Wuhan University by Xiaogan.",
            [["Xiaogan", "Peking University"], ["Xiaogan", "Wuhan University"]],
        ),
    ],
)
def test_an_agreement_binds_those_who_sign_it(text: str, parties: list[list[str]]) -> None:
    assert bound(text) == parties


@pytest.mark.parametrize(
    "text",
    [
        "Hainan has yet to sign an agreement with Guangxi.",
        "No agreement was signed by Henan and Hebei.",
        "Zhejiang may sign an agreement with Anhui next year.",
        "The agreement is important.",
    ],
)
def test_what_is_denied_or_still_to_come_is_no_agreement(text: str) -> None:
    assert bound(text) == []


def test_pairs_read_from_a_plural_are_ambiguous() -> None:
    found = facts(agreements.find, "Hubei signed agreements with Hunan and Jiangxi in 2020.")
    assert {judgement.rule for fact in found for judgement in fact.judgements} == {"agreement-a-partner"}
    assert [fact.content.signed for fact in found if isinstance(fact.content, Agreement)] == ["2020", "2020"]


@pytest.mark.parametrize("other", ["Shaanxi", "Inner Mongolia", "Hainan", "Macao"])
def test_another_partner_changes_nothing_else(other: str) -> None:
    assert bound(f"Hubei signed an agreement with {other} on May 3.") == [["Hubei", other]]
