"""The workbench in a browser, over a real store: what an analyst does there, by mouse, by keyboard and in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from at_work import PREFIX, active, ask, drawn, ready, show, write, written
from playwright.sync_api import Page, expect
from visiting import Visitor, serious

pytestmark = [pytest.mark.browser, pytest.mark.server]


def cells(page: Page) -> list[list[str]]:
    rows = drawn(page, "table").locator("tbody tr")
    expect(rows.first).to_be_visible()
    return [row.locator("td").all_inner_texts() for row in rows.all()]


# Completion


@pytest.mark.parametrize(
    ("text", "hint", "completed"),
    [
        (PREFIX + "SELECT * WHERE { ?x a sx:Coop| }", "sx:CooperationAgreement", "?x a sx:CooperationAgreement }"),
        (PREFIX + "SELECT * WHERE { ?x a sx:agreem| }", "sx:CooperationAgreement", "?x a sx:CooperationAgreement }"),
        (PREFIX + "SELECT * WHERE { ?x sx:surf| }", "sx:surfaceForm", "?x sx:surfaceForm }"),
    ],
    ids=["class", "class by a word of its label", "property"],
)
def test_ctrl_space_completes(visitor: Visitor, text: str, hint: str, completed: str) -> None:
    page = ready(visitor.open("sparql"))
    write(page, text)
    page.keyboard.press("Control+Space")
    offered = page.locator(".CodeMirror-hint", has_text=hint).first
    expect(offered).to_be_visible()
    assert "hint-label" in offered.inner_html()
    offered.click()
    assert written(page).endswith(completed)


def test_a_class_is_told_in_chinese_on_the_chinese_page(visitor: Visitor) -> None:
    page = ready(visitor.open("zh/sparql"))
    write(page, PREFIX + "SELECT * WHERE { ?x a sx:Coop| }")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint", has_text="合作协议")).to_be_visible()


def test_a_prefix_is_offered_where_it_is_declared_and_declared_where_it_is_used(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    write(page, "|")
    page.keyboard.type("PREFIX dca")
    page.locator(".CodeMirror-hint", has_text="dcat: <http://www.w3.org/ns/dcat#>").click()
    assert written(page) == "PREFIX dcat: <http://www.w3.org/ns/dcat#>"
    write(page, "SELECT * WHERE { ?x | }")
    page.keyboard.type("sx:surf")
    page.wait_for_function(
        "() => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue().includes('PREFIX')"
    )
    assert written(page).startswith(PREFIX)


# Examples


def test_an_example_is_asked_with_its_parameter_and_its_answer_shown_in_the_view_that_suits(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "partners", area="Hunan")
    assert "VALUES (?area) { (<https://w3id.org/shanxi-kg/id/place/CN-HN>) }" in written(page)
    expect(drawn(page, "map").locator("[role=img]")).to_have_attribute("aria-label", "Guangdong: 1; Hubei: 1")
    show(page, "table")
    assert [row[0] for row in cells(page)] == ["Guangdong", "Hubei"]


def test_a_value_that_does_not_fit_is_told_at_its_field(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "partners", area="Atlantis")
    expect(page.locator(".example-form [role=alert]")).to_contain_text("area: “Atlantis” is no place")
    expect(page.locator(".example-form [name=area]")).to_be_focused()
    ask(page, "evidence")
    expect(page.locator(".example-form [role=alert]")).to_have_text("fact: is missing")


def test_the_same_example_is_asked_again_in_its_own_tab(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "places", within="Shanxi")
    ask(page, "places", within="Hunan")
    assert page.locator("[role=tab] span").all_inner_texts()[1:] == ["Which places does the authority file know?"]


# Views


def test_numbers_are_drawn_as_bars(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "fact-counts")
    chart = drawn(page, "bar")
    for text in ("agency", "agreement", "stated", "inferred"):
        expect(chart.locator("svg text", has_text=text).first).to_be_visible()


def test_values_are_drawn_over_time_and_those_without_one_counted(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "indicator-values", word="companies")
    chart = drawn(page, "line")
    expect(chart.locator("svg text", has_text="2020")).to_be_visible()
    expect(chart.locator("[role=img]")).to_have_attribute(
        "aria-label", "data companies · Changsha: 2020 1150, 2020 1200"
    )


def test_shanxi_is_drawn_by_its_eleven_cities_in_chinese(visitor: Visitor) -> None:
    page = ready(visitor.open("zh/sparql"))
    ask(page, "places", within="山西省")
    chart = drawn(page, "map")
    expect(chart.locator("svg text", has_text="太原")).to_be_visible()
    names = {text for text in chart.locator("svg text").all_text_contents() if not text.isdigit()}
    assert names == set(
        "太原市 大同市 阳泉市 长治市 晋城市 朔州市 晋中市 运城市 忻州市 临汾市 吕梁市".replace("市", "").split()
    )
    expect(page.get_by_text("示意图")).to_be_visible()


def test_bodies_and_agreements_are_drawn_as_a_graph_and_told_as_a_list(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "agreements")
    place = drawn(page, "graph")
    expect(place.locator("[role=status]")).to_have_text("3 things, 2 links (data cooperation)")
    expect(place.locator("canvas").first).to_be_visible()
    place.locator("summary").click()
    links = place.locator("details li").all_inner_texts()
    assert sorted(links) == ["Guangdong — data cooperation — Hunan", "Hubei — data cooperation — Hunan"]
    expect(place.get_by_role("link", name="Hubei")).to_have_attribute("href", "./doc/place/CN-HB.html")


def test_a_table_shows_labels_and_iris_on_demand(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    write(page, PREFIX + "SELECT ?fact ?about WHERE { ?fact a sx:AgreementFact ; sx:about ?about } ORDER BY ?about|")
    page.keyboard.press("Control+Enter")
    expect(
        drawn(page, "table").get_by_role("link", name=re.compile("^Agreement between Guangdong and Hunan"))
    ).to_be_visible()
    drawn(page, "table").get_by_label("Show IRIs").check()
    expect(drawn(page, "table").get_by_text("https://w3id.org/shanxi-kg/id/agreement/").first).to_be_visible()


def test_the_columns_behind_are_shown_on_demand_and_sorted_by_keyboard(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "fact-counts")
    show(page, "table")
    drawn(page, "table").get_by_role("button", name="facts").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    counts = [int(row[1]) for row in cells(page)]
    assert counts == sorted(counts, reverse=True)
    expect(drawn(page, "table").locator("th[aria-sort=descending]")).to_have_text("facts ↓")


def test_an_answer_that_its_view_cannot_draw_is_a_table_that_says_so(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "partners", area="Taiyuan")
    expect(drawn(page, "table").locator("[role=status]")).to_have_text("The query has no answer.")
    note = "“Map” has nothing to draw in this answer; it is shown as “Table”."
    expect(active(page, ".yasr_fallback_info")).to_have_text(note)


def test_labels_are_chinese_on_the_chinese_page(visitor: Visitor) -> None:
    page = ready(visitor.open("zh/sparql"))
    ask(page, "partners", area="湖南省")
    show(page, "table")
    expect(drawn(page, "table").get_by_role("link", name="广东省")).to_be_visible()


def test_triples_are_drawn_and_an_ask_is_answered(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    write(page, PREFIX + "CONSTRUCT { ?fact sx:about ?about } WHERE { ?fact a sx:AgencyFact ; sx:about ?about }|")
    page.keyboard.press("Control+Enter")
    expect(drawn(page, "table").locator("th").first).to_have_text("subject")
    expect(show(page, "graph").locator("[role=status]")).to_contain_text("links (about)")
    write(page, "ASK { ?s ?p ?o }|")
    page.keyboard.press("Control+Enter")
    expect(active(page, ".booleanResult")).to_have_text("True")


def test_an_answer_downloads_as_csv(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "fact-counts")
    drawn(page, "bar")
    with page.expect_download() as download:
        active(page, ".yasr_downloadIcon").click()
    text = Path(download.value.path()).read_bytes().decode()
    assert text.startswith("kind,facts,stated,inferred,ambiguous,documents\r\nagency,2,2,0,0,")


# Links


def test_a_share_link_brings_query_view_and_answer_to_another_reader(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    ask(page, "partners", area="Hunan")
    drawn(page, "map")
    active(page, ".yasqe_share").click()
    link = active(page, ".yasqe_sharePopup input").input_value()
    other = ready(visitor.open(link.split("/", 3)[3]))
    assert written(other) == written(page)
    expect(drawn(other, "map").locator("[role=img]")).to_have_attribute("aria-label", "Guangdong: 1; Hubei: 1")


def test_a_link_cannot_send_a_query_elsewhere(visitor: Visitor) -> None:
    hostile = "endpoint=https%3A%2F%2Fexample.org%2F&headers=%7B%22x%22%3A%22y%22%7D&requestMethod=GET"
    page = ready(visitor.open(f"sparql#query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D&{hostile}"))
    expect(active(page, ".booleanResult")).to_have_text("True")  # and the fixture saw no request to example.org


# Errors


def test_a_server_says_in_plain_words_what_is_wrong_with_a_query(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    write(page, "SELECT * WHERE { ?s ?p }|")
    page.keyboard.press("Control+Enter")
    expect(active(page, ".errorResult [role=alert]")).to_contain_text("query:1:")
    expect(active(page, ".errorResult [role=alert]")).to_contain_text("mend the query")
    assert all("400" in problem for problem in visitor.problems)
    visitor.problems.clear()  # the browser itself notes each refusal


# For all readers


def test_the_whole_way_goes_by_keyboard(visitor: Visitor) -> None:
    page = ready(visitor.open("sparql"))
    page.locator(".example-list select").focus()
    page.keyboard.type("With whom")
    page.keyboard.press("Tab")
    expect(page.locator(".example-form [name=area]")).to_be_focused()
    page.keyboard.type("Hunan")
    page.keyboard.press("Enter")
    drawn(page, "map")
    active(page, ".select_table").focus()
    page.keyboard.press("Enter")
    assert [row[0] for row in cells(page)] == ["Guangdong", "Hubei"]
    active(page, ".CodeMirror textarea").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not active(page, ".CodeMirror textarea").evaluate("(element) => element === document.activeElement")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "width"), [("sparql", 1280), ("zh/sparql", 390)])
@pytest.mark.parametrize(
    ("example", "view"), [("agreements", "graph"), ("partners", "map"), ("fact-counts", "bar"), ("documents", "table")]
)
def test_axe_finds_nothing_serious(
    visitor: Visitor, path: str, width: int, scheme: str, example: str, view: str
) -> None:
    page = ready(visitor.open(path, width, color_scheme=scheme))
    ask(page, example, **({"area": "Hunan"} if example == "partners" else {}))
    drawn(page, view)
    assert serious(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(visitor: Visitor, width: int) -> None:
    page = ready(visitor.open("sparql", width))
    for example in ("agreements", "partners", "fact-counts", "documents"):
        ask(page, example)
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# On pages of stored queries


@pytest.mark.parametrize(
    ("name", "view", "text"), [("fact-counts", "bar", "agency"), ("neighbours-without-agreement", "map", "Hebei")]
)
def test_a_page_with_results_gets_the_view_of_its_query(visitor: Visitor, name: str, view: str, text: str) -> None:
    page = visitor.open(f"query/{name}.html")
    chart = page.locator(f".view-{view}")
    expect(chart.locator("svg text", has_text=text).first).to_be_visible()
    assert serious(page) == []


def test_a_page_with_a_network_gets_its_graph(visitor: Visitor) -> None:
    page = visitor.open("query/agreements.html")
    expect(page.locator(".view-graph [role=status]")).to_have_text("3 things, 2 links (data cooperation)")
