"""Areas and periods: where and when a quantity of an article about Hubei holds, and what a sentence is about."""

from __future__ import annotations

import pytest

from shanxi_kg.documents import Document
from shanxi_kg.extraction.context import Context
from shanxi_kg.mentions import read


def context_of(text: str, date: str = "2022-03-15") -> Context:
    return Context.of(read(Document.from_text(f"Hubei notes\n\nUpdated: {date}\n\n{text}\n", "case")))


def places(text: str) -> list[tuple[str, str | None]]:
    """Give the words of each quantity with the area that holds there."""
    context = context_of(text)
    found = []
    for sentence in context:
        for quantity in sentence.quantities:
            token = sentence.sentence.at(quantity.start)
            assert token is not None
            area, _ = context.areas.at(sentence.number, token)
            found.append((context.words(quantity.start, quantity.end), area.name if area else None))
    return found


def periods(text: str, date: str = "2022-03-15") -> list[tuple[str, str | None]]:
    """Give the words of each quantity with the period that holds there."""
    context = context_of(text, date)
    found = []
    for sentence in context:
        for quantity in sentence.quantities:
            token = sentence.sentence.at(quantity.start)
            assert token is not None
            found.append((context.words(quantity.start, quantity.end), context.periods.at(sentence.number, token)[0]))
    return found


def subjects(text: str) -> list[str | None]:
    """Give the area that each sentence is about."""
    return [area.name if area else None for area, _ in context_of(text).areas.focus]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ezhou built 14 pumping stations.", [("14", "Ezhou")]),
        ("In Ezhou, 14 pumping stations were built.", [("14", "Ezhou")]),
        ("Some 14 pumping stations were built.", [("14", "Hubei")]),
        ("Ezhou drained its lakes. The city built 14 pumping stations.", [("14", "Ezhou")]),
        ("Ezhou drained its lakes. The flood-prone city built 14 pumping stations.", [("14", "Ezhou")]),
        ("Huangshi mines copper. In Ezhou, a dam was raised; the city has 14 pumping stations.", [("14", "Ezhou")]),
        ("Ezhou drained its lakes. The inland province built 14 pumping stations.", [("14", "Hubei")]),
        ("Chibi, a small county on the river, caught fish. The county has 14 boats.", [("14", "Chibi")]),
        ("In Zhushan county, 14 tea gardens opened.", [("14", "Zhushan")]),
        ("A total of 14 pumping stations were built nationwide.", [("14", "China")]),
        ("Stocks of China's Sichuan Province grew by 14 boxes, Wuhan Customs said.", [("14", "Sichuan")]),
        ("Ezhou sold pumps, and 14 firms with Macao owners opened.", [("14", "Ezhou")]),
        ("The fees of 14 clinics are lower than in Lanzhou.", [("14", "Hubei")]),
        ("Growers get 14 pumps from the province.", [("14", "Hubei")]),
        ("The 14 mines put Gansu first in the country.", [("14", "Gansu")]),
        ("Huangshi made 14 pumps of the city's total and of Sichuan's.", [("14", "Huangshi")]),
        ("Boats serve Chibi, a county of 14 lakes in the west of Xianning.", [("14", "Chibi")]),
        ("Huangshi drained its lakes. Some 14 firms from elsewhere in China came.", [("14", "Huangshi")]),
        ("Huangshi drained its lakes. People live in this city of 14 lakes.", [("14", "Huangshi")]),
        ("Huangshi drained its lakes. In this Hubei city, 14 dams rose.", [("14", "Huangshi")]),
        ("Ezhou drained its lakes. Now the Huarong district has 14 dams.", [("14", "Huarong")]),
        ("She is among 14 dealers in the Jingmen Pilot Zone.", [("14", "Jingmen")]),
        ("On the river in Enshi, 14 dams were built; in Yichang, none.", [("14", "Enshi")]),
        ("Dyers met on the Loom Cloud, which links 14 mills with the Enshi Weaving Center.", [("14", "Hubei")]),
        ("Ezhou grew. Rain fell. Pledges came to 14 percent of the Wuhan total.", [("14 percent", "Ezhou")]),
    ],
)
def test_a_quantity_holds_in_the_area_that_its_sentence_names_or_points_back_to(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ezhou drained its lakes. Pumps ran all night.", ["Ezhou", "Ezhou"]),
        ("Ezhou drained its lakes, said Wuhan Customs.", ["Ezhou"]),
        ("The harvest was good, said Wuhan Customs.", ["Wuhan"]),
        ("Talks with Sichuan have begun.", ["Hubei"]),
        ("Sales to Japan and Sichuan were small.", ["Hubei"]),
        ("Ezhou and Huangshi drained their lakes. Pumps ran all night.", ["Hubei", "Hubei"]),
        ("The Guangxi city of Beihai drained its lakes.", ["Beihai"]),
        ("Chibi, a county bordering Xianning, drained its lakes.", ["Chibi"]),
        ("Chibi, one of the counties under Xianning, drained its lakes.", ["Chibi"]),
        (
            "Xiushan Tujia autonomous county drained its lakes. The county has pumps.",
            ["Xiushan Tujia", "Xiushan Tujia"],
        ),
        ("In Yanting, Sichuan, lakes were drained. The county has pumps.", ["Yanting", "Yanting"]),
        ("From January to June, Hubei drained its lakes.", ["Hubei"]),
        ("Ezhou drained its lakes. The neighboring city followed.", ["Ezhou", "Ezhou"]),
        ("Ezhou drained its lakes. The province's largest city followed.", ["Ezhou", "Hubei"]),
        ("A fund which is to help Ezhou will open.", ["Hubei"]),
        ("Goods were landed at the port of Yichang in Hubei Province, Wuhan Customs said.", ["Yichang"]),
        ("Ezhou drained its lakes. Pumps were scarce in Hubei.", ["Ezhou", "Hubei"]),
    ],
)
def test_a_sentence_is_about_its_subject_and_not_about_whom_it_deals_with(
    text: str, expected: list[str | None]
) -> None:
    assert subjects(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2020, Ezhou built 14 pumping stations. It also raised 30 dams.", [("14", "2020"), ("30", "2020")]),
        ("Ezhou built 14 pumping stations last year.", [("14", "2021")]),
        ("By the end of February, 14 pumping stations were ready.", [("14", "2022-02")]),
        ("There were 14 pumping stations in 2019 and 30 in 2020.", [("14", "2019"), ("30", "2020")]),
        ("Ezhou has 14 pumping stations, officials said on March 3.", [("14", None)]),
        ("Ezhou has 14 pumping stations, more than in 2019.", [("14", None)]),
        ("Ezhou concluded 14 audits last year.", [("14", "2021")]),
        ("In 2020, Ezhou drained lakes. Since then it has built 14 dams.", [("14", None)]),
        ("In 2020, Ezhou drained lakes. It built 14 dams over the same period.", [("14", "2020")]),
        ("Lakes are drained from 2023 to 2025. By then, 14 dams will stand.", [("14", "2025")]),
        ("Some 14 dams will follow by year-end.", [("14", "2022")]),
        ("Ezhou will have 14 pumping stations by the end of the year.", [("14", "2022")]),
        ("Ezhou has 14 pumping stations; when done in 2023, a dam will follow.", [("14", None)]),
        ("He is among 14 divers who dived last year.", [("14", "2021")]),
        ("A row of 14 dams stands in Ezhou, which will be higher in 2023.", [("14", None)]),
        ("Founded in 1958, the works have 14 pumping stations.", [("14", None)]),
        ("Ezhou has 14 pumping stations.", [("14", None)]),
        ("In 2020, Ezhou drained lakes. Over the same 12 months, 14 dams rose.", [("14", "2020")]),
        ("Ezhou had 30 dams in 2019. By the end of the year, it will have 14 more.", [("30", "2019"), ("14", "2022")]),
        ("He is among 14 divers whom Ezhou taught in the first eleven months of 2021.", [("14", "2021-01/2021-11")]),
    ],
)
def test_a_quantity_holds_in_the_period_of_its_clause_or_of_the_sentence_that_set_it(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert periods(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Early rain\n\nRain fell.\n\nThe year 2020 in figures\n\nEzhou built 14 dams.", "2020"),
        ("Early rain\n\nRain fell.\n\nDams since 2019\n\nEzhou built 14 dams.", None),
        ("In 2023, Ezhou wants to see:\n- 14 dams\n- new lakes", "2023"),
        ("In 2020, Ezhou wanted dams:\n- lakes\n\nIt has 14 dams.", None),
        ("1. Dams built in 2020:\n\n(a) in Ezhou;\n(b) 14 in Enshi.\n\n2. Ezhou has lakes.", "2020"),
        ("1. Dams built in 2020:\n\n(a) in Ezhou;\n(b) two in Enshi.\n\n2. Ezhou has 14 lakes.", None),
    ],
)
def test_a_heading_and_the_words_before_a_list_give_their_period_to_what_they_announce(
    text: str, expected: str | None
) -> None:
    context = context_of(text)
    [number] = [read.number for read in context if any(quantity.value == 14 for quantity in read.quantities)]
    assert context.periods.above(number)[0] == expected


def test_a_period_counted_from_the_date_of_an_undated_article_is_left_out() -> None:
    document = Document.from_text("Hubei notes\n\nEzhou built 14 pumping stations last year.\n", "case")
    context = Context.of(read(document))
    [sentence] = context
    token = sentence.sentence.at(sentence.quantities[0].start)
    assert token is not None
    assert context.periods.at(sentence.number, token) == (None, None)


def test_an_area_that_is_pointed_back_to_is_inferred_and_says_why() -> None:
    context = context_of("Ezhou drained its lakes. The flood-prone city built 14 pumping stations.")
    sentence = context.reading.sentences[1]
    _, judgement = context.areas.at(1, sentence.sentence.at(sentence.quantities[0].start) or 0)
    assert judgement is not None
    assert (judgement.certainty.value, judgement.rule, judgement.reading) == (
        "inferred",
        "the-city",
        "The area is read as Ezhou: the words point back to an area named before.",
    )
