"""The workbench in a browser, over a real store: what an analyst does there, by mouse, by keyboard and in Chinese."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from workbench_site import Open

from shanxi_kg import queries
from shanxi_kg.solutions import Solutions, to_json
from shanxi_kg.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.server]

AXE = Path(__file__).parents[1] / "components" / "node_modules" / "axe-core" / "axe.min.js"
PREFIX = "PREFIX sx: <https://w3id.org/shanxi-kg/ontology#>\n"


def ready(page: Page) -> Page:
    page.wait_for_selector("[data-workbench][data-ready]")
    return page


def active(page: Page, selector: str) -> Locator:
    return page.locator(f".tabPanel.active {selector}")


def write(page: Page, text: str) -> None:
    """Put a text into the editor, the cursor at its mark `|`, as if it had been typed before."""
    active(page, ".CodeMirror").evaluate(
        """(element, [before, after]) => {
          const editor = element.CodeMirror;
          editor.setValue(before + after);
          const lines = before.split("\\n");
          editor.setCursor({ line: lines.length - 1, ch: lines.at(-1).length });
          editor.focus();
        }""",
        list(text.partition("|")[::2]),
    )


def written(page: Page) -> str:
    text: str = active(page, ".CodeMirror").evaluate("(element) => element.CodeMirror.getValue()")
    return text


def ask(page: Page, name: str, **values: str) -> None:
    page.locator(".example-list select").select_option(name)
    for parameter, value in values.items():
        page.locator(f".example-form [name={parameter}]").fill(value)
    page.locator(".example-form [type=submit]").click()


def show(page: Page, view: str) -> Locator:
    active(page, f".select_{view}").click()
    return drawn(page, view)


def drawn(page: Page, view: str) -> Locator:
    place = active(page, f".view-{view}")
    expect(place).to_be_visible()
    return place


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
def test_ctrl_space_completes(opened: Open, text: str, hint: str, completed: str) -> None:
    page = ready(opened("sparql"))
    write(page, text)
    page.keyboard.press("Control+Space")
    offered = page.locator(".CodeMirror-hint", has_text=hint).first
    expect(offered).to_be_visible()
    assert "hint-label" in offered.inner_html()
    offered.click()
    assert written(page).endswith(completed)


def test_a_class_is_told_in_chinese_on_the_chinese_page(opened: Open) -> None:
    page = ready(opened("zh/sparql"))
    write(page, PREFIX + "SELECT * WHERE { ?x a sx:Coop| }")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint", has_text="合作协议")).to_be_visible()


def test_a_prefix_is_offered_where_it_is_declared_and_declared_where_it_is_used(opened: Open) -> None:
    page = ready(opened("sparql"))
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


def test_an_example_is_asked_with_its_parameter_and_its_answer_shown_in_the_view_that_suits(opened: Open) -> None:
    page = ready(opened("sparql"))
    ask(page, "partners", area="Hunan")
    assert "VALUES (?area) { (<https://w3id.org/shanxi-kg/id/place/CN-HN>) }" in written(page)
    expect(drawn(page, "map").locator("[role=img]")).to_have_attribute("aria-label", "Guangdong: 1; Hubei: 1")
    show(page, "table")
    assert [row[0] for row in cells(page)] == ["Guangdong", "Hubei"]


def test_a_value_that_does_not_fit_is_told_at_its_field(opened: Open) -> None:
    page = ready(opened("sparql"))
    ask(page, "partners", area="Atlantis")
    expect(page.locator(".example-form [role=alert]")).to_contain_text("area: “Atlantis” is no place")
    expect(page.locator(".example-form [name=area]")).to_be_focused()
    ask(page, "evidence")
    expect(page.locator(".example-form [role=alert]")).to_have_text("fact: is missing")


def test_the_same_example_is_asked_again_in_its_own_tab(opened: Open) -> None:
    page = ready(opened("sparql"))
    ask(page, "places", within="Shanxi")
    ask(page, "places", within="Hunan")
    assert page.locator("[role=tab] span").all_inner_texts()[1:] == ["The places of the authority file"]


# Views


def test_numbers_are_drawn_as_bars(opened: Open) -> None:
    page = ready(opened("sparql"))
    ask(page, "fact-counts")
    chart = drawn(page, "bar")
    for text in ("agency", "agreement", "stated", "inferred"):
        expect(chart.locator("svg text", has_text=text).first).to_be_visible()


def test_values_are_drawn_over_time_and_those_without_one_counted(opened: Open) -> None:
    page = ready(opened("sparql"))
    ask(page, "indicator-values", word="companies")
    chart = drawn(page, "line")
    expect(chart.locator("svg text", has_text="2020")).to_be_visible()
    expect(chart.locator("[role=img]")).to_have_attribute(
        "aria-label", "data companies · Changsha: 2020 1150, 2020 1200"
    )


def test_shanxi_is_drawn_by_its_eleven_cities_in_chinese(opened: Open) -> None:
    page = ready(opened("zh/sparql"))
    ask(page, "places", within="山西省")
    chart = drawn(page, "map")
    expect(chart.locator("svg text", has_text="太原")).to_be_visible()
    names = {text for text in chart.locator("svg text").all_text_contents() if not text.isdigit()}
    assert names == set(
        "太原市 大同市 阳泉市 长治市 晋城市 朔州市 晋中市 运城市 忻州市 临汾市 吕梁市".replace("市", "").split()
    )
    expect(page.get_by_text("示意图")).to_be_visible()


def test_bodies_and_agreements_are_drawn_as_a_graph_and_told_as_a_list(opened: Open) -> None:
    page = ready(opened("sparql"))
    ask(page, "agreements")
    place = drawn(page, "graph")
    expect(place.locator("[role=status]")).to_have_text("3 things, 2 links (data cooperation)")
    expect(place.locator("canvas").first).to_be_visible()
    place.locator("summary").click()
    links = place.locator("details li").all_inner_texts()
    assert sorted(links) == ["Guangdong — data cooperation — Hunan", "Hubei — data cooperation — Hunan"]
    expect(place.get_by_role("link", name="Hubei")).to_have_attribute("href", "./doc/place/CN-HB.html")


def test_a_table_shows_labels_and_iris_on_demand(opened: Open) -> None:
    page = ready(opened("sparql"))
    write(page, PREFIX + "SELECT ?fact ?about WHERE { ?fact a sx:AgreementFact ; sx:about ?about } ORDER BY ?about|")
    page.keyboard.press("Control+Enter")
    expect(
        drawn(page, "table").get_by_role("link", name=re.compile("^Agreement between Guangdong and Hunan"))
    ).to_be_visible()
    drawn(page, "table").get_by_label("Show IRIs").check()
    expect(drawn(page, "table").get_by_text("https://w3id.org/shanxi-kg/id/agreement/").first).to_be_visible()


def test_the_columns_behind_are_shown_on_demand_and_sorted_by_keyboard(opened: Open) -> None:
    page = ready(opened("sparql"))
    ask(page, "fact-counts")
    show(page, "table")
    drawn(page, "table").get_by_role("button", name="facts").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    counts = [int(row[1]) for row in cells(page)]
    assert counts == sorted(counts, reverse=True)
    expect(drawn(page, "table").locator("th[aria-sort=descending]")).to_have_text("facts ↓")


def test_labels_are_chinese_on_the_chinese_page(opened: Open) -> None:
    page = ready(opened("zh/sparql"))
    ask(page, "partners", area="湖南省")
    show(page, "table")
    expect(drawn(page, "table").get_by_role("link", name="广东省")).to_be_visible()


def test_triples_are_drawn_and_an_ask_is_answered(opened: Open) -> None:
    page = ready(opened("sparql"))
    write(page, PREFIX + "CONSTRUCT { ?fact sx:about ?about } WHERE { ?fact a sx:AgencyFact ; sx:about ?about }|")
    page.keyboard.press("Control+Enter")
    expect(drawn(page, "table").locator("th").first).to_have_text("subject")
    expect(show(page, "graph").locator("[role=status]")).to_contain_text("links (about)")
    write(page, "ASK { ?s ?p ?o }|")
    page.keyboard.press("Control+Enter")
    expect(active(page, ".booleanResult")).to_have_text("True")


def test_an_answer_downloads_as_csv(opened: Open) -> None:
    page = ready(opened("sparql"))
    ask(page, "fact-counts")
    drawn(page, "bar")
    with page.expect_download() as download:
        active(page, ".yasr_downloadIcon").click()
    text = Path(download.value.path()).read_bytes().decode()
    assert text.startswith("kind,facts,stated,inferred,ambiguous,documents\r\nagency,2,2,0,0,")


# Links


def test_a_share_link_brings_query_view_and_answer_to_another_reader(opened: Open) -> None:
    page = ready(opened("sparql"))
    ask(page, "partners", area="Hunan")
    drawn(page, "map")
    active(page, ".yasqe_share").click()
    link = active(page, ".yasqe_sharePopup input").input_value()
    other = ready(opened(link.split("/", 3)[3]))
    assert written(other) == written(page)
    expect(drawn(other, "map").locator("[role=img]")).to_have_attribute("aria-label", "Guangdong: 1; Hubei: 1")


def test_a_link_cannot_send_a_query_elsewhere(opened: Open) -> None:
    hostile = "endpoint=https%3A%2F%2Fexample.org%2F&headers=%7B%22x%22%3A%22y%22%7D&requestMethod=GET"
    page = ready(opened(f"sparql#query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D&{hostile}"))
    expect(active(page, ".booleanResult")).to_have_text("True")  # and the fixture saw no request to example.org


# Without a server


def test_the_browser_itself_answers_stored_queries_as_the_store_does(opened: Open, small_store: Store) -> None:
    page = ready(opened("local.html"))
    asked = [query for query in queries.stored_queries() if not any(given.required for given in query.parameters)]
    differing = []
    for query in asked:
        expected = queries.run(small_store, query)
        assert isinstance(expected, Solutions)
        answer = page.evaluate(
            """async (query) => {
              const headers = { accept: "application/sparql-results+json" };
              const body = new URLSearchParams({ query });
              const response = await fetch("in-this-page", { method: "POST", headers, body });
              return await response.json();
            }""",
            query.text,
        )
        if _bindings(answer) != _bindings(json.loads(to_json(expected))):
            differing.append(query.name)
    assert differing == []


def _bindings(answer: dict[str, dict[str, list[dict[str, dict[str, str]]]]]) -> list[dict[str, tuple[str | None, ...]]]:
    return [
        {name: tuple(term.get(key) for key in ("type", "value", "datatype", "xml:lang")) for name, term in row.items()}
        for row in answer["results"]["bindings"]
    ]


def test_a_page_without_a_server_draws_and_labels_too(opened: Open) -> None:
    page = ready(opened("local.html"))
    ask(page, "agreements")
    expect(drawn(page, "graph").locator("[role=status]")).to_have_text("3 things, 2 links (data cooperation)")


def test_a_broken_query_is_answered_with_its_place(opened: Open) -> None:
    page = ready(opened("local.html"))
    write(page, "SELECT * WHERE { ?s ?p }|")
    page.keyboard.press("Control+Enter")
    expect(active(page, ".errorResult [role=alert]")).to_contain_text("1:")


# For all readers


def test_the_whole_way_goes_by_keyboard(opened: Open) -> None:
    page = ready(opened("sparql"))
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


def serious(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "width"), [("sparql", 1280), ("zh/sparql", 390)])
@pytest.mark.parametrize(
    ("example", "view"), [("agreements", "graph"), ("partners", "map"), ("fact-counts", "bar"), ("documents", "table")]
)
def test_axe_finds_nothing_serious(opened: Open, path: str, width: int, scheme: str, example: str, view: str) -> None:
    page = ready(opened(path, width, color_scheme=scheme))
    ask(page, example, **({"area": "Hunan"} if example == "partners" else {}))
    drawn(page, view)
    assert serious(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(opened: Open, width: int) -> None:
    page = ready(opened("sparql", width))
    for example in ("agreements", "partners", "fact-counts", "documents"):
        ask(page, example)
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# On pages of stored queries


@pytest.mark.parametrize(
    ("name", "view", "text"), [("fact-counts", "bar", "agency"), ("neighbours-without-agreement", "map", "Hebei")]
)
def test_a_page_with_results_gets_the_view_of_its_query(opened: Open, name: str, view: str, text: str) -> None:
    page = opened(f"{name}.html")
    chart = page.locator(f".view-{view}")
    expect(chart.locator("svg text", has_text=text).first).to_be_visible()
    assert serious(page) == []


def test_a_page_with_a_network_gets_its_graph(opened: Open) -> None:
    page = opened("agreements.html")
    expect(page.locator(".view-graph [role=status]")).to_have_text("3 things, 2 links (data cooperation)")
