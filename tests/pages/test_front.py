"""The pages that lead in: the front page, the lists, the ontology, the search."""

from __future__ import annotations

import json

import pytest
from lxml import html

from shanxi_kg.namespaces import ID, SX
from shanxi_kg.ontology import file_triples
from shanxi_kg.pages.addresses import LANGUAGES
from shanxi_kg.pages.browse import browse_page, kind_page, kinds
from shanxi_kg.pages.files import DUMPS
from shanxi_kg.pages.front import front_page
from shanxi_kg.pages.search import search, search_page
from shanxi_kg.pages.statements import Statements, collect
from shanxi_kg.pages.terms import ontology_page
from shanxi_kg.queries import stored_queries


def words(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.xpath(path)]


def test_the_front_page_shows_what_the_graph_holds(seed: Statements) -> None:
    shown = html.document_fromstring(front_page(seed, stored_queries(), "en", DUMPS))
    assert words(shown, "//h1") == [
        "How a province is governed, fact by fact, each with the sentence that it stands on"
    ]
    assert words(shown, "//ul[@class='tiles']/li") == [
        *("1 Regulations", "7 Policies", "12 Agreements", "6 Agencies"),
        *("4 Platforms", "2 Posts", "3 Indicators", "2 Statements"),
    ]
    assert len(shown.xpath("//ul[@class='cards']/li")) == 6
    assert "37 facts from 1 document" in words(shown, "//p")
    assert shown.xpath("//section[@id='data']//a/@href") == [
        *("./graph.ttl", "./graph.nt", "./graph.nq", "./graph.trig", "./graph.jsonld", "./graph.rdf"),
        *("./graph.zip", "./graph.graphml"),
    ]
    assert words(shown, "//*[@class='example']//mark")[0].startswith("Regulations on Intellectual Property")


def test_the_front_page_describes_the_dataset_for_search_engines(seed: Statements) -> None:
    shown = html.document_fromstring(front_page(seed, stored_queries(), "zh", DUMPS[:1]))
    (script,) = shown.xpath("//script[@type='application/ld+json']/text()")
    described = json.loads(script)
    assert described["name"] == "山西治理知识图谱"
    assert described["temporalCoverage"] == "2022-01-12/2022-01-12"
    assert described["distribution"] == [
        {"@type": "DataDownload", "name": "Turtle", "contentUrl": "https://w3id.org/shanxi-kg/graph.ttl"}
    ]


def test_the_front_page_of_an_empty_graph_says_so() -> None:
    shown = html.document_fromstring(front_page(collect([]), stored_queries(), "en"))
    assert "The graph is empty: no fact was read yet." in words(shown, "//p")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_lead_to_every_thing_of_a_kind(seed: Statements, language: str) -> None:
    for kind, number in kinds(seed).items():
        shown = html.document_fromstring(kind_page(seed, kind, language))
        assert len(shown.xpath("//ul[@class='list']/li")) == number


def test_a_list_tells_how_many_facts_name_each_thing(seed: Statements) -> None:
    shown = html.document_fromstring(kind_page(seed, "person", "en"))
    assert words(shown, "//ul[@class='list']/li") == ["Yao Li 6", "Zhao Feng 4"]


def test_the_list_of_kinds_leads_to_the_documents_and_code_lists(seed: Statements) -> None:
    shown = html.document_fromstring(browse_page(seed, "zh"))
    assert "IP development on fast track in Shanxi, 2022-01-12 37" in words(shown, "//ul[@class='list']/li")
    assert "确定程度 3" in words(shown, "//ul[@class='list']/li")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ontology_has_an_anchor_with_a_definition_for_each_term(seed: Statements, language: str) -> None:
    shown = html.document_fromstring(ontology_page(seed, language))
    anchors = shown.xpath("//article[@class='term']/@id")
    declared = {
        t.subject.value.removeprefix(SX.iri) for t in file_triples("core") if t.subject.value.startswith(SX.iri)
    }
    assert sorted(anchors) == sorted(declared)
    assert all(words(shown, "//article[@class='term']/p[2]"))


@pytest.mark.parametrize(
    ("text", "first", "label"),
    [
        ("太原", "place/140100", "Taiyuan"),
        ("taiyuan", "place/140100", "Taiyuan"),
        (
            "知识产权局",
            "organization/shanxi-provincial-intellectual-property-administration",
            "Shanxi Provincial Intellectual Property Administration",
        ),
        ("yao li", "person/yao-li", "Yao Li"),
        (
            "service cluster taiyuan",
            "platform/taiyuan-ip-service-industrial-cluster",
            "Taiyuan IP Service Industrial Cluster",
        ),
        (
            "CNIPA",
            "organization/china-national-intellectual-property-administration",
            "China National Intellectual Property Administration",
        ),
        ("on fast track", "document/001", "IP development on fast track in Shanxi"),
    ],
)
def test_search_finds_by_names_in_both_languages(seed: Statements, text: str, first: str, label: str) -> None:
    hit = search(seed, text, "en")[0]
    assert (hit.iri.removeprefix(ID), hit.label) == (first, label)


@pytest.mark.parametrize("text", ["", "   ", "no such thing at all", ".*", "_"])
def test_search_finds_nothing_where_nothing_is_named_so(seed: Statements, text: str) -> None:
    assert search(seed, text, "en") == []


def test_what_was_searched_stays_text(seed: Statements) -> None:
    hostile = '"><script>alert(1)</script>'
    shown = html.document_fromstring(search_page(hostile, search(seed, hostile, "en"), "en"))
    assert shown.xpath("//script") == []
    assert shown.xpath("//main//input/@value") == [hostile]
