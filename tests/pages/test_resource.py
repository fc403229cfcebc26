"""The pages of minted IRIs: what a reader sees of the seed's graph, word by word, and that nothing can break out."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lxml import html
from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.namespaces import ID, OA, RDF, RDFS, SKOS, SX, mint
from shanxi_kg.pages.addresses import LANGUAGES
from shanxi_kg.pages.resource import description, resource_page
from shanxi_kg.pages.statements import Statements, collect, minted

HOSTILE = "\"><script>alert(1)</script>' onmouseover='x {{ 7*7 }} &lt;"


def page(statements: Statements, name: str, language: str = "en") -> html.HtmlElement:
    found = resource_page(statements, ID + name, language)
    assert found is not None, name
    return html.document_fromstring(found)


def words(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.xpath(path)]


FACTS = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_told_in_a_sentence_of_each_language(seed: Statements, name: str) -> None:
    told = {language: words(page(seed, name, language), "//h1")[0] for language in LANGUAGES}
    assert told == FACTS[name]


def test_a_fact_shows_its_sentence_with_the_evidence_marked_and_how_it_was_read(seed: Statements) -> None:
    shown = page(seed, "fact/001/d19c78af3710")
    passage = (
        'The "Regulations on Intellectual Property Protection Work in Shanxi Province" were officially implemented on'
        " July 1, marking the beginning of a new stage of legal development for IP protection."
    )
    assert words(shown, "//blockquote") == [passage]
    assert words(shown, "//blockquote//mark") == [passage[5:115]]
    reading = "inferred 'July 1' is read as 2021-07-01: the year is that nearest to the document's date."
    assert words(shown, "//*[@class='judgements']/li") == [f"{reading} rule year-from-dateline"]
    assert words(shown, "//p[@class='source']") == ["IP development on fast track in Shanxi, 2022-01-12"]


def test_a_body_is_shown_in_chinese_with_the_facts_that_name_it(seed: Statements) -> None:
    name = "organization/taiyuan-office-of-the-china-national-intellectual-property-administration"
    shown = page(seed, name, "zh")
    assert shown.get("lang") == "zh"
    assert words(shown, "//h1") == ["国家知识产权局专利局太原代办处"]
    assert words(shown, "//p[@class='translated']") == [
        "Taiyuan Office of the China National Intellectual Property Administration"
    ]
    assert len(shown.xpath("//article[@class='fact']")) == 2
    assert words(shown, "(//dl[@class='rows'])[1]/dt") == ["别名", "地区", "机构类型", "隶属于", "类型"]


def test_a_document_shows_each_passage_once_with_the_facts_read_from_it(seed: Statements) -> None:
    shown = page(seed, "document/001")
    assert words(shown, "//h1") == ["IP development on fast track in Shanxi"]
    assert len(shown.xpath("//article[@class='fact']")) == 37
    told = words(shown, "//div[@class='passage']/blockquote")
    assert len(told) == len(set(told)) == 8
    spans = [node.value for node in seed.instances(SX["TextSpan"]) if isinstance(node, NamedNode)]
    assert sorted(shown.xpath("//blockquote//span/@id")) == sorted(span.partition("#")[2] for span in spans)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_minted_iri_has_a_page_in_each_language(seed: Statements, language: str) -> None:
    nodes = list(minted(seed, ID))
    assert len(nodes) > 1000
    for node in nodes:
        assert resource_page(seed, node.value, language), node


def test_what_the_graph_does_not_know_has_no_page(seed: Statements) -> None:
    assert resource_page(seed, ID + "place/CN-XX", "en") is None
    assert resource_page(seed, "http://www.wikidata.org/entity/Q46913", "en") is None


def test_the_files_of_a_fact_hold_its_evidence_and_its_judgements(seed: Statements) -> None:
    fact = mint("fact", "001", "d19c78af3710")
    subjects = {triple.subject for triple in description(seed, fact.value)}
    assert subjects == {
        fact,
        NamedNode(ID + "document/001#char=202,312"),
        NamedNode(ID + "document/001#char=314,389"),
        mint("judgement", "001", "2ae060ca31de"),
    }


def test_the_files_of_a_thing_hold_what_it_says_and_what_names_it(seed: Statements) -> None:
    person = mint("person", "yao-li")
    triples = description(seed, person.value)
    assert {person in {triple.subject, triple.object} for triple in triples} == {True}


@pytest.mark.parametrize("name", ["person/x", "fact/001/d19c78af3710", "document/001"])
def test_markup_in_labels_stays_text(seed: Statements, name: str) -> None:
    node = NamedNode(ID + name)
    told = [triple for triples in seed.of.values() for triple in triples if not isinstance(triple.object, Literal)]
    literals = [
        Triple(triple.subject, triple.predicate, Literal(HOSTILE, language="en"))
        for triples in seed.of.values()
        for triple in triples
        if isinstance(triple.object, Literal) and triple.object.language == "en"
    ]
    spans = [triple for node in seed.instances(SX["TextSpan"]) for triple in seed.of[node]]
    named = [Triple(node, SKOS["prefLabel"], Literal(HOSTILE, language="en"))]
    hostile = resource_page(collect([*told, *literals, *spans, *named]), node.value, "en")
    assert hostile is not None
    shown = html.document_fromstring(hostile)
    assert shown.xpath("//script | //@onmouseover") == []
    assert HOSTILE in shown.text_content()
    assert "49" not in hostile.partition("<main")[2].partition("<h2")[0]


def test_a_graph_without_texts_shows_the_evidence_alone(seed: Statements, tmp_path: Path) -> None:
    bare = collect((triple for triples in seed.of.values() for triple in triples), tmp_path)
    told = words(page(bare, "fact/001/d19c78af3710"), "//blockquote")
    assert told == words(page(seed, "fact/001/d19c78af3710"), "//blockquote//mark")


def test_a_fact_shows_what_other_documents_say_against_it(seed: Statements) -> None:
    fact, other = mint("fact", "001", "0c783d28f9d5"), mint("fact", "001", "420bd261dbe7")
    conflict = mint("conflict", "0123456789ab")
    told = [
        Triple(conflict, RDF["type"], SX["Conflict"]),
        Triple(conflict, SX["compares"], fact),
        Triple(conflict, SX["compares"], other),
        Triple(conflict, RDFS["comment"], Literal("Two documents give other numbers.", language="en")),
    ]
    statements = collect([*(triple for triples in seed.of.values() for triple in triples), *told], seed.folder)
    shown = page(statements, "fact/001/0c783d28f9d5")
    assert words(shown, "//p[@class='conflict']") == [
        "Told otherwise Two documents give other numbers. indicator: Local cities: 11"
    ]
    assert shown.xpath("//p[@class='conflict']/a/@href") == [
        "../../../doc/conflict/0123456789ab.html",
        "../../../doc/fact/001/420bd261dbe7.html",
    ]


def test_an_iri_that_is_a_script_is_no_link(seed: Statements) -> None:
    person, script = mint("person", "yao-li"), NamedNode("javascript:alert(1)")
    told = [Triple(person, SKOS["exactMatch"], script), Triple(script, SKOS["related"], person)]
    statements = collect([*(triple for triples in seed.of.values() for triple in triples), *told])
    links = page(statements, "person/yao-li").xpath("//a/@href")
    assert [link for link in links if "script" in link] == []
    assert links.count("#") == 2


def test_a_graph_without_quotes_tells_where_the_words_stand(seed: Statements) -> None:
    kept = (
        triple
        for triples in seed.of.values()
        for triple in triples
        if triple.predicate not in {OA["exact"], SX["quote"]}
    )
    bare = collect(kept)
    shown = page(bare, "fact/001/43963231cd67")
    assert words(shown, "//h1") == ["Yao Li"]
    assert shown.xpath("//blockquote") == []
    assert "Words withheld, characters 734–997" in words(shown, "//p")
    assert "原文从略，字符 202–312" in words(page(bare, "document/001", "zh"), "//blockquote")
