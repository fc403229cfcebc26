"""A text explained: where each fact stands, how passages that overlap are kept apart, and a page that needs nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from small import HUNAN_TEXT, TEXTS, small_facts

from shanxi_kg.documents import Document
from shanxi_kg.explanation import Explanation, Passage, explain
from shanxi_kg.explanation.entries import entries
from shanxi_kg.explanation.layout import Block, blocks, lanes, segments
from shanxi_kg.explanation.page import to_html
from shanxi_kg.extraction import extract
from shanxi_kg.facts import Area, Evidence, Fact, Indicator

HUNAN = Document.from_text(HUNAN_TEXT, "hunan")


def with_a_broken_period(document: Document) -> tuple[Fact, ...]:
    return tuple(
        replace(fact, content=replace(fact.content, period="2021-13")) if isinstance(fact.content, Indicator) else fact
        for fact in small_facts(document)
    )


@pytest.fixture(scope="module")
def hunan() -> Explanation:
    return explain(HUNAN, small_facts)


@pytest.fixture(scope="module")
def quarantined() -> Explanation:
    return explain(HUNAN, with_a_broken_period)


def passage(start: int, end: int, number: int = 1, facts: tuple = ()) -> Passage:  # type: ignore[type-arg]
    return Passage(number, "agency", Evidence(start, end, ""), facts, is_published=True)


# what is explained


def test_every_fact_stands_in_the_passage_of_its_words(hunan: Explanation) -> None:
    explained = [one.fact for passage in hunan.passages for one in passage.facts]
    assert sorted(map(repr, explained)) == sorted(map(repr, small_facts(HUNAN)))
    for one in hunan.passages:
        assert {fact.fact.evidence for fact in one.facts} == {one.evidence}
        assert HUNAN.text[one.evidence.start : one.evidence.end] == one.evidence.quote


def test_passages_are_numbered_in_the_order_of_the_text(hunan: Explanation) -> None:
    assert [one.number for one in hunan.passages] == list(range(1, len(hunan.passages) + 1))
    starts = [one.evidence.start for one in hunan.passages]
    assert starts == sorted(starts)


def test_facts_on_the_same_words_share_a_passage(hunan: Explanation) -> None:
    (agreements,) = (one for one in hunan.passages if one.kind == "agreement")
    assert len(agreements.facts) == hunan.counts["agreement"] == 2


def test_what_is_kept_back_says_why(quarantined: Explanation) -> None:
    kept_back = [one for one in quarantined.passages if not one.is_published]
    assert {one.kind for one in kept_back} == {"indicator"}
    assert quarantined.kept_back == sum(len(one.facts) for one in kept_back) > 0
    assert quarantined.counts["indicator"] == 0
    assert all("period" in " ".join(fact.reasons).lower() for one in kept_back for fact in one.facts)


def test_facts_that_differ_in_one_field_are_told_together(hunan: Explanation) -> None:
    (agreements,) = (one for one in hunan.passages if one.kind == "agreement")
    (entry,) = entries(agreements.facts)
    assert sorted(dict(entry.fields)["party"]) == ["Hunan; Guangdong", "Hunan; Hubei"]
    assert len(entry.names) == 2


def test_facts_that_differ_in_more_are_told_one_by_one(hunan: Explanation) -> None:
    (one,) = (fact for passage in hunan.passages if passage.kind == "post" for fact in passage.facts)
    other = replace(one, fact=replace(one.fact, content=replace(one.fact.content, person="Wu Di", role="head")))
    assert [dict(entry.fields)["person"] for entry in entries([one, other])] == [("Li Wei",), ("Wu Di",)]


# the layout


def test_blocks_hold_all_of_the_text_but_blanks() -> None:
    for name, text in TEXTS.items():
        document = Document.from_text(text, name)
        joined = "".join(document.text[block.start : block.end] for block in blocks(document))
        assert "".join(joined.split()) == "".join(text.split())


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=12)


@given(SPANS)
def test_segments_follow_one_another_and_know_what_covers_them(spans: list[tuple[int, int]]) -> None:
    passages = [passage(start, start + length, number) for number, (start, length) in enumerate(spans)]
    found = list(segments(Block(5, 50, "paragraph"), passages))
    assert all(one.end == two.start for one, two in pairwise(found))
    assert (found[0].start, found[-1].end) == (5, 50)
    for segment in found:
        for offset in range(segment.start, segment.end):
            covering = {one.number for one in passages if one.evidence.start <= offset < one.evidence.end}
            assert {one.number for one in segment.passages} == covering


@given(SPANS)
def test_passages_that_overlap_never_share_a_lane(spans: list[tuple[int, int]]) -> None:
    passages = [passage(start, start + length, number) for number, (start, length) in enumerate(spans)]
    lane = lanes(passages)
    for one, other in combinations(passages, 2):
        if one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end:
            assert lane[one.number] != lane[other.number]


# the page


def page(explanation: Explanation) -> html.HtmlElement:
    return html.document_fromstring(to_html(explanation))


def test_the_words_of_each_passage_are_marked_whole(quarantined: Explanation) -> None:
    tree = page(quarantined)
    for badge in tree.xpath("//article//a"):
        badge.text = ""
    for one in quarantined.passages:
        marked = tree.xpath(f'//article//span[@data-p="{one.number}"]')
        assert "".join("".join(span.text_content() for span in marked).split()) == "".join(one.evidence.quote.split())


def test_text_and_list_lead_to_each_other(quarantined: Explanation) -> None:
    tree = page(quarantined)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for one in quarantined.passages:
        (badge,), (card,) = tree.xpath(f'//article//a[@id="m{one.number}"]'), tree.xpath(f'//li[@id="f{one.number}"]')
        assert badge.get("href") == f"#f{one.number}"
        assert card.xpath(".//a/@href") == [f"#m{one.number}"]
    assert {href.removeprefix("#") for href in tree.xpath("//@href")} <= set(ids)


def test_the_page_asks_for_nothing(quarantined: Explanation) -> None:
    written = to_html(quarantined)
    tree = html.document_fromstring(written)
    assert tree.xpath("//@src | //link | //iframe | //object | //form | //base") == []
    assert re.findall(r"url\(|@import|https?://|fetch\(|XMLHttpRequest", written) == []
    (policy,) = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy.startswith("default-src 'none'")


def test_what_is_kept_back_has_no_colour_of_a_kind(quarantined: Explanation) -> None:
    tree = page(quarantined)
    for one in quarantined.passages:
        classes = {
            name for element in tree.xpath(f'//*[@data-p="{one.number}"]') for name in element.get("class").split()
        }
        assert ("kept-back" in classes) is not one.is_published
        assert (f"k-{one.kind}" in classes) is one.is_published


def test_the_legend_counts_the_facts(quarantined: Explanation) -> None:
    shown = {
        button.get("data-kind"): int(button.xpath("string(b)"))
        for button in page(quarantined).xpath("//header//button")
    }
    assert shown == {**quarantined.counts, "kept-back": quarantined.kept_back}


def test_a_text_cannot_write_into_the_page() -> None:
    hostile = '<script>alert("x")</script> & <img src=x onerror=y> says A & B.\n\nThe Hunan Data Bureau opened.\n'
    document = Document.from_text(f"Title </title><b>\n\n{hostile}", 'a"><i>')
    written = to_html(explain(document, lambda _: ()))
    tree = html.document_fromstring(written)
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//img | //i[not(ancestor::header)] | //article//b") == []
    assert "&lt;script&gt;" in written


def test_the_page_is_the_same_each_time(hunan: Explanation) -> None:
    assert to_html(hunan) == to_html(explain(HUNAN, small_facts))


def test_the_real_reading_is_explained_with_its_rules() -> None:
    text = 'Data in Hunan\n\nUpdated: 2022-01-12\n\nThe "Data Rules of Hunan" took effect on July 1.\n'
    explanation = explain(Document.from_text(text, "rules"), extract)
    (card,) = page(explanation).xpath('//li[@data-p="1"]')
    assert "year-from-dateline" in card.text_content()
    assert explanation.passages[0].certainty == "inferred"


def test_an_area_without_a_name_goes_to_quarantine_too() -> None:
    def nameless(document: Document) -> tuple[Fact, ...]:
        facts = (fact for fact in small_facts(document) if isinstance(fact.content, Indicator))
        return tuple(replace(fact, content=replace(fact.content, area=Area(""))) for fact in facts)

    assert explain(HUNAN, nameless).kept_back == len(nameless(HUNAN))
