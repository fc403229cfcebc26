"""Mentions: public bodies by the grammar of their names, persons by the form of theirs, and short forms of both."""

from __future__ import annotations

import pytest

from shanxi_kg.documents import Document
from shanxi_kg.mentions import Reading, read
from shanxi_kg.mentions.reading import body_identity


def reading(text: str) -> Reading:
    return read(Document.from_text(f"News\n\nUpdated: 2021-03-02\n\n{text}\n", "news"))


def bodies(text: str) -> list[str]:
    return [mention.body.name for sentence in reading(text).sentences for mention in sentence.bodies]


def persons(text: str) -> list[str]:
    return [mention.name for sentence in reading(text).sentences for mention in sentence.persons]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Gansu Administration for Market Regulation reported it.", ["Gansu Administration for Market Regulation"]),
        ("It went to the Lanzhou Intermediate People's Court.", ["Lanzhou Intermediate People's Court"]),
        (
            "Officials of the Hubei Department of Ecology and Environment came.",
            ["Hubei Department of Ecology and Environment"],
        ),
        (
            "The Hubei Department of Finance and the Hubei Department of Education met.",
            ["Hubei Department of Finance", "Hubei Department of Education"],
        ),
        (
            "The Wuhan Office of the Hubei Science and Technology Commission opened.",
            ["Wuhan Office of the Hubei Science and Technology Commission", "Hubei Science and Technology Commission"],
        ),
        (
            "The Yichang, Xiangyang and Jingzhou Municipal Bureaus of Statistics agree.",
            [
                "Yichang Municipal Bureau of Statistics",
                "Xiangyang Municipal Bureau of Statistics",
                "Jingzhou Municipal Bureau of Statistics",
            ],
        ),
        ("Hunan Agricultural University takes part.", ["Hunan Agricultural University"]),
        (
            "The China (Xiamen) Intellectual Property Protection Center is open.",
            ["China (Xiamen) Intellectual Property Protection Center"],
        ),
    ],
)
def test_a_bodys_name_is_found_whole(text: str, names: list[str]) -> None:
    assert bodies(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The bureau approved the plan of the city government.",
        "Yuelu Machinery Group Co Ltd and Bank of Changsha signed.",
        "A committee and an office were set up.",
        "The Provincial Government met.",
    ],
)
def test_common_nouns_and_companies_are_no_public_bodies(text: str) -> None:
    assert bodies(text) == []


def test_an_acronym_in_brackets_stands_for_its_body_from_then_on() -> None:
    text = "The Anhui Trade Promotion Commission (ATPC) met on Monday. ATPC and others agreed."
    found = [m for s in reading(text).sentences for m in s.bodies]
    assert [m.body.name for m in found] == ["Anhui Trade Promotion Commission"] * 2
    assert [m.is_alias for m in found] == [False, True]


def test_one_body_under_two_names_is_called_by_the_longer() -> None:
    assert (
        bodies("The Anhui IP Office met. The Anhui Provincial Intellectual Property Office agreed.")
        == ["Anhui Provincial Intellectual Property Office"] * 2
    )


def test_names_of_neighbouring_provinces_never_share_an_identity() -> None:
    assert body_identity("Shanxi IP Office") != body_identity("Shaanxi IP Office")
    assert body_identity("Hunan IP Office") != body_identity("Henan IP Office")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The plan is sound, said Deng Huiling, a researcher.", ["Deng Huiling"]),
        ("Ouyang Bin and Xu Xi'an attended.", ["Ouyang Bin", "Xu Xi'an"]),
        ("Deng Huiling spoke first. Deng then left.", ["Deng Huiling", "Deng Huiling"]),
    ],
)
def test_a_chinese_name_is_a_person_and_the_family_name_alone_is_the_same(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [("He said yes.", []), ("The Long March began.", []), ("Hong Kong traded.", []), ("He Bei left.", ["He Bei"])],
)
def test_a_family_name_alone_makes_no_person(text: str, names: list[str]) -> None:
    assert persons(text) == names


def test_a_district_that_only_the_text_knows_is_a_place_wherever_it_is_named() -> None:
    found = reading("Nansha district grew. Companies in Nansha filed more.").sentences
    assert [(p.name, p.keys) for s in found for p in s.places] == [("Nansha", ()), ("Nansha", ())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Marta Keller, director general of the bank, came. Keller spoke.", ["Marta Keller", "Marta Keller"]),
        ("Losang Jamcan, chairman of Tibet, met Governor Erkin Nur.", ["Losang Jamcan", "Erkin Nur"]),
        ("Batbayar, director of the Bayannuur Grassland Bureau, came.", ["Batbayar"]),
        ("Nurlan met Tsering, the county's deputy head.", ["Tsering"]),
        ("The chief executive, John Lam Ka-man, came.", ["John Lam Ka-man"]),
        ("Ms Keller and Wang Xiao-ming came.", ["Keller", "Wang Xiao-ming"]),
        ("Wang Lei came. Mr Wang and Director Wang are one.", ["Wang Lei", "Wang Lei", "Wang Lei"]),
        ("Wang Lei met Wang Jie. Wang left.", ["Wang Lei", "Wang Jie", "Wang Jie"]),
        ("Lyu Nan came with Party Secretary Qi Zhala of Lhasa.", ["Lyu Nan", "Qi Zhala"]),
    ],
)
def test_a_role_or_a_form_of_address_makes_any_name_a_persons(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Yufeng, a leader in chips, and Hexi Robotics, owner of the mill, came.",
        "Yufeng Motors, a member of the alliance, came.",
        "The Chief Engineer Institute of Water came.",
        "The meeting in Lanzhou, capital of the province, was short.",
    ],
)
def test_a_company_or_a_place_beside_a_role_is_no_person(text: str) -> None:
    assert persons(text) == []


def test_the_communist_partys_committee_is_found_whole() -> None:
    text = "The Communist Party of China (CPC) Gansu Provincial Committee met."
    assert bodies(text) == ["Communist Party of China (CPC) Gansu Provincial Committee"]
