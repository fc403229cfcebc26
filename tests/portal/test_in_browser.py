"""The portal in a browser, from a plain file server under a path of its own: all that the server does, without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from portal_site import UNDER, file_server
from pyoxigraph import RdfFormat, parse
from visiting import Visitor, chromium, serious, visiting

from shanxi_kg.namespaces import ORG, mint

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def site(portal: Path) -> Iterator[str]:
    with file_server(portal.parents[UNDER.count("/")]) as url:
        yield f"{url}/{UNDER}"


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    with visiting(browser, site) as somebody:
        yield somebody


@pytest.mark.parametrize(
    ("home", "words", "first", "there"),
    [
        ("", "taiyuan", "Taiyuan", "Taiyuan"),
        ("", "太原", "太原市", "Taiyuan"),
        ("zh/", "太原", "太原市", "太原市"),
        ("zh/", "Taiyuan", "Taiyuan", "太原市"),
        ("", "service cluster", "service cluster", "service cluster"),
        ("zh/", "知识产权保护中心", "中国（山西）知识产权保护中心", "中国（山西）知识产权保护中心"),
    ],
)
def test_a_search_in_either_language_leads_to_the_thing(
    visitor: Visitor, home: str, words: str, first: str, there: str
) -> None:
    page = visitor.open(home)
    page.locator("main input[type=search]").fill(words)
    page.keyboard.press("Enter")
    hit = page.locator("ol.hits a").first
    expect(hit).to_have_text(first)
    hit.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(there)


def test_a_search_for_what_is_not_there_says_so(visitor: Visitor) -> None:
    page = visitor.open("search.html?q=xyzzy")
    expect(page.locator("#results")).to_have_text("Nothing has that name. Try fewer words, or another spelling.")


def test_a_question_leads_to_its_sentence(visitor: Visitor) -> None:
    page = visitor.open("")
    page.get_by_role("link", name="Which rules took effect, and when?").click()
    row = page.locator("tbody tr").first
    row.get_by_text("show").click()
    expect(row.locator("mark")).to_contain_text("officially implemented on July 1")


def test_a_thing_leads_to_its_turtle(visitor: Visitor) -> None:
    page = visitor.open("zh/doc/person/yao-li.html")
    file = page.request.get(page.get_by_role("link", name="Turtle").evaluate("(link) => link.href"))
    triples = {quad.triple for quad in parse(file.body(), format=RdfFormat.TURTLE)}
    assert {triple.subject for triple in triples if triple.predicate == ORG["heldBy"]} == {
        mint("post", "director-ip-protection-and-development-department-of-shanxi-ip-administration")
    }


def test_a_query_is_answered_in_the_browser(visitor: Visitor) -> None:
    page = visitor.open("")
    page.get_by_role("link", name="SPARQL").click()
    page.wait_for_selector("[data-workbench][data-ready]")
    page.locator(".example-list select").select_option("fact-counts")
    page.locator(".example-form [type=submit]").click()
    page.locator(".tabPanel.active .select_table").click()
    rows = page.locator(".tabPanel.active .view-table tbody tr")
    expect(rows).to_have_count(8)


def test_what_is_not_there_leads_home(visitor: Visitor, site: str) -> None:
    page = visitor.open("404.html")
    page.get_by_role("link", name="Shanxi governance graph").click()
    expect(page).to_have_url(f"{site}/")


@pytest.mark.parametrize(
    ("path", "drawn"),
    [
        ("search.html?q=太原", "ol.hits"),
        ("zh/query/partners.html", ".view :is(svg, canvas)"),
    ],
)
def test_axe_finds_nothing_serious_in_what_the_portal_draws(visitor: Visitor, path: str, drawn: str) -> None:
    page = visitor.open(path, 390)
    page.wait_for_selector(drawn)
    assert serious(page) == []


def test_a_question_is_asked_again_in_the_browser(visitor: Visitor) -> None:
    page = visitor.open("query/partners.html")
    page.get_by_label("area").fill("Hubei")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_selector("[data-workbench][data-ready]")
    page.locator(".tabPanel.active .select_table").click()
    rows = page.locator(".tabPanel.active .view-table tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Shanxi")


def test_an_address_that_asks_for_no_stored_query_asks_nothing(visitor: Visitor) -> None:
    page = visitor.open("sparql/?example=none&area=Hubei")
    page.wait_for_selector("[data-workbench][data-ready]")
    expect(page.locator(".example-list select")).to_have_value("")
    expect(page.locator(".example-form input")).to_have_count(0)
