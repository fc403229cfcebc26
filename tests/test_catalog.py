"""The catalogue: DCAT-AP conformance, and numbers that are those of the graph."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from shanxi_kg import turtle
from shanxi_kg.catalog import CATALOG, DATASET, catalog_triples, contents_of, described
from shanxi_kg.folders import published_files
from shanxi_kg.namespaces import DCAT, DCTERMS, SX, VOID, XSD
from shanxi_kg.ontology import prefixes


@pytest.fixture(scope="module")
def published(small_graph: Path) -> list[Triple]:
    return [triple for path in published_files(small_graph) for triple in turtle.parse_file(path)]


def objects(triples: tuple[Triple, ...], subject: NamedNode, predicate: NamedNode) -> list[object]:
    return [triple.object for triple in triples if (triple.subject, triple.predicate) == (subject, predicate)]


def test_the_statistics_are_those_of_the_graph(published: list[Triple]) -> None:
    described = catalog_triples(published)
    assert objects(described, DATASET, VOID["triples"]) == [Literal(str(len(set(published))), datatype=XSD["integer"])]
    facts = next(triple.subject for triple in described if triple.object == SX["Fact"])
    assert isinstance(facts, NamedNode)
    assert objects(described, facts, VOID["entities"]) == [Literal("13", datatype=XSD["integer"])]


def test_the_coverage_is_from_the_first_printed_day_to_the_last(published: list[Triple]) -> None:
    described = catalog_triples(published)
    (period,) = objects(described, DATASET, DCTERMS["temporal"])
    assert isinstance(period, NamedNode)
    assert [str(day) for day in objects(described, period, DCAT["startDate"])] == [
        '"2021-06-05"^^<http://www.w3.org/2001/XMLSchema#date>'
    ]


def test_an_empty_graph_has_a_description_without_coverage() -> None:
    described = catalog_triples([])
    assert objects(described, CATALOG, DCAT["dataset"]) == [DATASET]
    assert objects(described, DATASET, DCTERMS["temporal"]) == []


def test_the_order_of_triples_does_not_show(published: list[Triple]) -> None:
    assert catalog_triples(published) == catalog_triples(reversed(published))


def test_it_conforms_to_dcat_ap(small_graph: Path) -> None:
    folder = os.environ.get("SHANXI_KG_CONFORMANCE")
    if not folder:
        pytest.skip("SHANXI_KG_CONFORMANCE names no folder with the shapes of DCAT-AP")
    from pyshacl import validate
    from rdflib import Graph

    catalog = Graph().parse(small_graph / "catalog.ttl")
    shapes = Graph().parse(Path(folder) / "dcat-ap-3.0.1" / "shapes.ttl")
    conforms, _, report = validate(catalog, shacl_graph=shapes)
    assert conforms, report


def test_documents_that_are_counted_one_by_one_give_the_same_description(small_graph: Path) -> None:
    files = [turtle.parse_file(path) for path in published_files(small_graph)]
    whole = catalog_triples(triple for triples in files for triple in triples)
    assert described(contents_of(triples) for triples in files) == whole
    assert turtle.parse_file(small_graph / "catalog.ttl") == turtle_of(whole)


def turtle_of(triples: tuple[Triple, ...]) -> list[Triple]:
    text = turtle.serialize(triples, prefixes())
    return [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
