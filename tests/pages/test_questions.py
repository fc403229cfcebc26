"""The pages of stored queries: a question, a form, an answer whose rows lead to their sentences."""

from __future__ import annotations

import pytest
from lxml import html

from shanxi_kg.pages.addresses import LANGUAGES
from shanxi_kg.pages.answers import view_answer
from shanxi_kg.pages.questions import File, place_names, question_page, questions, questions_page
from shanxi_kg.pages.statements import Statements
from shanxi_kg.queries import parse_query, run, stored_queries, stored_query
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store


def page(seed: Statements, store: Store, name: str, language: str = "en", **given: str) -> html.HtmlElement:
    query = stored_query(name)
    solutions = run(store, query, given)
    assert isinstance(solutions, Solutions)
    answer = view_answer(seed, query, solutions, language)
    text = question_page(query, answer, language, given=given, places=place_names(seed, language))
    return html.document_fromstring(text)


def words(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.xpath(path)]


def test_an_answer_is_a_table_whose_rows_lead_to_things_and_to_their_sentences(
    seed: Statements, seed_store: Store
) -> None:
    shown = page(seed, seed_store, "partners", area="Hubei")
    assert words(shown, "//h1") == ["With whom does Shanxi cooperate?"]
    assert words(shown, "//caption") == ["1 answer"]
    assert words(shown, "//thead//th") == ["partner", "subject", "signed", "certainty", "Sentence"]
    assert words(shown, "//tbody//td")[:4] == ["Shanxi", "IP protection cooperation", "not stated", "ambiguous"]
    assert shown.xpath("//tbody//td/a/@href") == [
        "../doc/place/CN-SX.html",
        "../doc/agreement/hubei-shanxi-94bd6be1f0fd.html",
        "../doc/code/certainty/ambiguous.html",
    ]
    assert words(shown, "//tbody//mark")[0].startswith(
        "Shanxi successively signed IP protection cooperation agreements"
    )
    assert shown.xpath("//form[@class='ask']//input/@value") == ["Hubei"]


def test_an_answer_in_chinese_names_things_in_chinese(seed: Statements, seed_store: Store) -> None:
    shown = page(seed, seed_store, "neighbours-without-agreement", "zh")
    assert words(shown, "//h1") == ["山西与哪些相邻地区尚无协议记录？"]
    assert words(shown, "//tbody//td")[0] == "河北省"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stored_query_is_put_as_a_question_and_has_a_page(
    seed: Statements, seed_store: Store, language: str
) -> None:
    for query in stored_queries():
        needed = {one.name: "https://w3id.org/shanxi-kg/id/place/CN-SX" for one in query.parameters if one.required}
        shown = page(seed, seed_store, query.name, language, **needed)
        assert words(shown, "//h1")[0].endswith({"en": "?", "zh": "？"}[language]), query.name


def test_the_front_page_gets_six_questions() -> None:
    assert len([one for one in questions(stored_queries(), "en") if one.front]) == 6


def test_a_query_that_nobody_has_put_as_a_question_is_listed_by_its_summary() -> None:
    mine = parse_query("mine", "#+ summary: What is <new>\nASK { ?s ?p ?o }")
    shown = html.document_fromstring(questions_page([mine], "en"))
    assert words(shown, "//main//h2") == ["More"]
    assert words(shown, "//main//li") == ["What is <new>"]


def test_what_was_asked_stays_text(seed: Statements) -> None:
    hostile = '"><script>alert(1)</script>'
    query = stored_query("partners")
    text = question_page(query, None, "en", given={"area": hostile}, problem=hostile, files=[File("CSV", "a.csv")])
    shown = html.document_fromstring(text)
    assert shown.xpath("//script") == []
    assert shown.xpath("//form[@class='ask']//input/@value") == [hostile]
    assert words(shown, "//*[@role='alert']") == [hostile]


def test_a_required_parameter_is_asked_for(seed: Statements) -> None:
    shown = html.document_fromstring(question_page(stored_query("evidence"), None, "en", given={}))
    assert shown.xpath("//form[@class='ask']//input[@required]/@name") == ["fact"]
    assert words(shown, "//main/p[@class='muted']") == ["Fill in the form to ask."]


def test_a_long_answer_shows_its_first_rows_and_says_so(seed: Statements, seed_store: Store) -> None:
    query = stored_query("places")
    solutions = run(seed_store, query)
    assert isinstance(solutions, Solutions)
    answer = view_answer(seed, query, solutions, "en", most=5)
    shown = html.document_fromstring(question_page(query, answer, "en", given={}))
    assert len(shown.xpath("//tbody/tr")) == 5
    assert words(shown, "//caption") == [f"{len(solutions.rows)} answers; the first are shown; the files hold all"]
