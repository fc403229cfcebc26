"""The pages in a browser: a newcomer's path, with and without scripts, by keyboard, in Chinese, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from serving import serving
from visiting import Visitor, chromium, serious, visiting

from shanxi_kg.resources import folder

pytestmark = [pytest.mark.browser, pytest.mark.server]

EVIDENCE = (
    "Shanxi successively signed IP protection cooperation agreements with the provinces of Qinghai, Sichuan, Gansu,"
    " Shaanxi, Shandong, Anhui"
)
PAGES = [
    "",
    "queries.html",
    "query/partners.html",
    "query/indicator-values.html",
    "query/evidence.html",
    "browse.html",
    "kind/organization.html",
    "ontology.html",
    "search.html?q=taiyuan",
    "zh/search.html?q=太原",
    "doc/document/001.html",
    "doc/fact/001/d19c78af3710.html",
    "doc/place/CN-SX.html",
    "doc/code/certainty.html",
    "zh/doc/organization/taiyuan-office-of-the-china-national-intellectual-property-administration.html",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(folder("graph")) as served:
        yield served.url


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    with visiting(browser, site) as somebody:
        yield somebody


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_newcomer_gets_from_the_front_page_to_the_sentence(visitor: Visitor, width: int, scripts: bool) -> None:
    page = visitor.open("", width, java_script_enabled=scripts)
    page.get_by_role("link", name="With whom does Shanxi cooperate?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("With whom does Shanxi cooperate?")
    row = page.locator("tbody tr").first
    expect(row.locator("td").first).to_have_text("Anhui")
    row.get_by_text("show").click()
    expect(row.locator("mark")).to_have_text(EVIDENCE)
    row.get_by_role("link", name="Fact").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Anhui and Shanxi have an agreement on IP protection cooperation."
    )
    expect(page.locator("mark")).to_have_text(EVIDENCE)
    page.locator(".source a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("IP development on fast track in Shanxi")


def test_a_question_is_asked_again_with_another_place(visitor: Visitor) -> None:
    page = visitor.open("query/partners.html")
    page.get_by_label("area").fill("湖北省")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody td").first).to_have_text("Shanxi")
    expect(page.get_by_label("area")).to_have_value("湖北省")


def test_a_reader_changes_to_chinese_and_stays_there(visitor: Visitor) -> None:
    page = visitor.open("doc/organization/china-national-intellectual-property-administration.html")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("国家知识产权局")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    page.get_by_role("link", name="国家知识产权局专利局太原代办处").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("国家知识产权局专利局太原代办处")
    expect(page.get_by_role("navigation").get_by_role("link").first).to_have_text("问题")


def test_a_browser_that_prefers_chinese_gets_the_chinese_front_page(visitor: Visitor) -> None:
    page = visitor.open("", locale="zh-CN")
    expect(page.get_by_role("link", name="山西与哪些地区合作？")).to_be_visible()


def test_the_keyboard_is_enough(visitor: Visitor) -> None:
    page = visitor.open("")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main input[type=search]")).to_be_focused()
    page.keyboard.type("太原")
    page.keyboard.press("Enter")
    expect(page.locator("ol.hits a").first).to_have_text("Taiyuan")
    page.locator("ol.hits a").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Taiyuan")


def test_a_link_to_a_span_leads_to_its_passage(visitor: Visitor) -> None:
    page = visitor.open("doc/fact/001/d19c78af3710.html")
    page.get_by_role("link", name="001#char=202,312").click()
    expect(page.locator(".passage:has(:target)")).to_contain_text("officially implemented on July 1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_a_phone(visitor: Visitor, path: str, scheme: str) -> None:
    page = visitor.open(path, 390, color_scheme=scheme)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_axe_finds_a_picture_that_nobody_can_read(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        '<html lang="en"><title>x</title><main><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>'
    )
    assert [found.partition(":")[0] for found in serious(page)] == ["image-alt"]


def test_a_page_cannot_ask_elsewhere_and_a_visitor_would_see_it_try(browser: Browser, site: str) -> None:
    visitor = Visitor(browser, site)
    visitor.open("").evaluate("fetch('http://127.0.0.1:9/').catch(() => null)")
    assert any("Content Security Policy" in problem for problem in visitor.problems)
