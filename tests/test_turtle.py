"""Turtle: broken files are named with their place; what is written reads back as the same triples."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from shanxi_kg.errors import OntologyError
from shanxi_kg.turtle import parse_file, serialize

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"ex": EX, "xsd": XSD, "unused": "http://example.org/unused#"}
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


NODES = st.sampled_from(["a", "b.c", "b.", "-d", "e-", "_f", "1", "", "x/y", "x#y", "%20", "山西", "a~b", "a(b)"]).map(
    node
)
LANGUAGES = st.sampled_from(["en", "zh", "zh-hans", "en-gb"])
DATATYPES = st.sampled_from(["string", "decimal", "date", "gYear", "boolean", "integer"]).map(
    lambda name: NamedNode(XSD + name)
)
TEXTS = st.text(st.characters(codec="utf-8"))
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text, language: Literal(text, language=language), TEXTS, LANGUAGES),
    st.builds(lambda text, datatype: Literal(text, datatype=datatype), TEXTS, DATATYPES),
)
TRIPLES = st.lists(st.builds(Triple, NODES, st.one_of(NODES, st.just(TYPE)), st.one_of(NODES, LITERALS)), max_size=12)


def read(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE)}


@given(TRIPLES)
def test_what_is_written_reads_back_as_the_same_triples(triples: list[Triple]) -> None:
    assert read(serialize(triples, PREFIXES)) == set(triples)


@settings(max_examples=40)
@given(TRIPLES)
def test_rdflib_reads_the_same_number_of_triples_with_the_same_terms(triples: list[Triple]) -> None:
    text = serialize(triples, PREFIXES)
    normalise, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        graph = rdflib.Graph().parse(data=text, format="turtle")
    finally:
        rdflib.NORMALIZE_LITERALS = normalise
    found = {tuple(str(term) for term in triple) for triple in graph}
    assert found == {tuple(getattr(term, "value", None) for term in triple) for triple in triples}


@given(TRIPLES, st.randoms())
def test_order_and_repetition_do_not_show(triples: list[Triple], shuffler: random.Random) -> None:
    other = [*triples, *triples]
    shuffler.shuffle(other)
    assert serialize(other, PREFIXES) == serialize(triples, PREFIXES)


def test_the_layout_is_one_line_a_predicate_and_one_a_further_object() -> None:
    triples = [
        Triple(node("b"), node("name"), Literal("B", language="en")),
        Triple(node("a"), node("size"), Literal("1.50", datatype=NamedNode(XSD + "decimal"))),
        Triple(node("a"), node("name"), Literal('say "A"\n')),
        Triple(node("a"), node("name"), node("x/y")),
        Triple(node("a"), TYPE, node("Thing")),
    ]
    assert serialize(triples, PREFIXES) == (
        "@prefix ex: <http://example.org/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "\n"
        "ex:a\n"
        "    a ex:Thing ;\n"
        "    ex:name <http://example.org/x/y>,\n"
        '        "say \\"A\\"\\n" ;\n'
        '    ex:size "1.50"^^xsd:decimal .\n'
        "\n"
        "ex:b\n"
        '    ex:name "B"@en .\n'
    )


def test_nothing_gives_an_empty_text() -> None:
    assert serialize([], PREFIXES) == ""


def test_a_blank_node_keeps_its_label() -> None:
    assert "_:b1" in serialize([Triple(BlankNode("b1"), TYPE, node("Thing"))], PREFIXES)


def test_a_triple_inside_a_triple_is_refused() -> None:
    inner = Triple(node("a"), TYPE, node("Thing"))
    with pytest.raises(ValueError, match="a triple inside a triple cannot be written"):
        serialize([Triple(node("a"), node("says"), inner)], PREFIXES)


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix ex: <http://example.org/> .\nex:a ex:b .\n")
    with pytest.raises(OntologyError, match=r"broken\.ttl:2:\d+: .*; mend the file"):
        parse_file(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"missing\.ttl: cannot be read"):
        parse_file(tmp_path / "missing.ttl")


@pytest.mark.benchmark
def test_a_hundred_thousand_triples_cost_little_more_than_the_bare_engine_parsing_and_sorting_them() -> None:
    triples = [
        Triple(
            node(f"s{n // 10}"),
            node(f"p{n % 10}"),
            Literal(f"value {n}", language="en") if n % 2 else node(f"o{n % 400}"),
        )
        for n in range(100_000)
    ]
    lines = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)

    def bare() -> None:
        found = [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]
        pyoxigraph.serialize(sorted(found, key=str), format=RdfFormat.TURTLE)

    ours, theirs = (min(_seconds(work) for _ in range(5)) for work in (lambda: serialize(triples, PREFIXES), bare))
    assert ours < 2 * theirs


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
