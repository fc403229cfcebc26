"""Compact JSON-LD: the context says what the ontology says, and a plain JSON reader finds plain values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import parse

from shanxi_kg.exports import SYNTAXES, context, export
from shanxi_kg.exports.jsonld import to_jsonld
from shanxi_kg.namespaces import SX
from shanxi_kg.ontology import file_triples


@pytest.mark.parametrize(
    ("term", "defined"),
    [
        ("value", {"@id": "sx:value", "@type": "xsd:decimal"}),
        ("measure", {"@id": "sx:measure", "@container": "@language"}),
        ("area", {"@id": "sx:area", "@type": "@id"}),
        ("unit", {"@id": "sx:unit"}),
        ("Fact", "sx:Fact"),
        ("skos:prefLabel", {"@id": "skos:prefLabel", "@container": "@language"}),
        ("oa:start", {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"}),
        ("oa:hasSource", {"@id": "oa:hasSource", "@type": "@id"}),
        ("id", "@id"),
        ("res", "https://w3id.org/shanxi-kg/id/"),
    ],
)
def test_the_context_says_what_a_property_holds(term: str, defined: object) -> None:
    assert context()[term] == defined


def test_every_term_of_the_ontology_has_a_name_in_the_context() -> None:
    subjects = {str(triple.subject).strip("<>") for triple in file_triples("core")}
    named = {subject.removeprefix(SX.iri) for subject in subjects if subject.startswith(SX.iri)}
    assert len(named) > 100
    assert named <= context().keys()


def test_the_context_of_a_file_is_the_published_one(small_graph: Path) -> None:
    assert json.loads(export(small_graph, SYNTAXES["jsonld"]))["@context"] == context()


def test_a_plain_json_reader_finds_a_fact(small_graph: Path) -> None:
    resources = {each["id"]: each for each in json.loads(export(small_graph, SYNTAXES["jsonld"]))["@graph"]}
    fact = next(each for each in resources.values() if "IndicatorFact" in each["type"] and each["value"] == "1200")
    assert fact["measure"] == {"en": "data companies"}
    assert fact["area"] == "res:place/430100"
    assert resources[fact["evidence"]]["oa:exact"] == "data companies in Changsha rose to 1,200 in 2020"
    assert resources[fact["inDocument"]]["dcterms:issued"] == {"@value": "2021-06-05", "@type": "xsd:date"}


def test_each_resource_is_one_line(small_graph: Path) -> None:
    _, graph, *lines = export(small_graph, SYNTAXES["jsonld"]).decode().splitlines()
    assert graph == '"@graph": ['
    assert [json.loads(line.rstrip(","))["id"] for line in lines[:-1]] == sorted(
        json.loads(line.rstrip(","))["id"] for line in lines[:-1]
    )


def test_every_term_of_the_ontology_reads_back() -> None:
    triples = file_triples("core")
    assert {quad.triple for quad in parse(to_jsonld(triples), format=SYNTAXES["jsonld"].format)} == set(triples)
