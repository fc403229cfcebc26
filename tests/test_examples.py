"""Stored queries as examples for editors: they conform, run with the prefixes declared, and tell their parameters."""

from __future__ import annotations

import re
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib.plugins.sparql import prepareQuery

from shanxi_kg import examples, queries
from shanxi_kg.catalog import catalog_triples
from shanxi_kg.errors import GraphError, QueryError, UsageError
from shanxi_kg.examples import FORMS, example_triples, to_turtle
from shanxi_kg.namespaces import ONTOLOGY, RDF, RDFS, SCHEMA, SH, mint
from shanxi_kg.ontology import prefixes
from shanxi_kg.queries import TYPES, parse_query
from shanxi_kg.store import Store

SHAPES = Path(__file__).parent / "data" / "examples-shapes.ttl"
ALL = queries.stored_queries()
WRITTEN = to_turtle(ALL)


def conforms(graph: rdflib.Graph) -> tuple[bool, str]:
    verdict, _, report = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))
    return verdict, report


def described(subject: NamedNode, predicate: NamedNode) -> list[str]:
    return sorted(t.object.value for t in example_triples(ALL) if (t.subject, t.predicate) == (subject, predicate))  # type: ignore[union-attr]


def test_the_examples_conform_to_what_editors_ask() -> None:
    assert conforms(rdflib.Graph().parse(data=WRITTEN)) == (True, "Validation Report\nConforms: True\n")


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        *((mint("query", "partners"), predicate) for predicate in (RDFS["comment"], SCHEMA["target"], SH["select"])),
        (mint("query", "partners", "area"), SH["optional"]),
        (NamedNode(ONTOLOGY), SH["declare"]),
    ],
    ids=str,
)
def test_an_example_that_lacks_something_does_not_conform(subject: NamedNode, predicate: NamedNode) -> None:
    graph = rdflib.Graph().parse(data=WRITTEN)
    graph.remove((rdflib.URIRef(subject.value), rdflib.URIRef(predicate.value), None))
    assert not conforms(graph)[0]


def test_an_editor_finds_each_query_by_its_comment() -> None:
    graph = rdflib.Graph().parse(data=WRITTEN, format="turtle")
    rows = graph.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?comment ?text { ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask ?text }"""
    )
    assert sorted(str(row[0]) for row in rows) == sorted(query.summary for query in ALL)  # type: ignore[index]


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_an_example_runs_with_the_declared_prefixes_in_place_of_its_own(
    small_store: Store, query: queries.StoredQuery
) -> None:
    (text,) = described(mint("query", query.name), SH["select"])
    assert "#+" not in text
    bare = re.sub(r"^PREFIX .*\n", "", text, flags=re.MULTILINE)
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes().items())
    assert small_store.select(declared + bare) == small_store.select(text)
    assert prepareQuery(text).algebra.name == "SelectQuery"


def test_a_parameter_is_told_with_its_type_and_whether_it_may_be_left_out() -> None:
    area = mint("query", "partners", "area")
    told = {(t.predicate, t.object) for t in example_triples(ALL) if t.subject == area}
    assert {text for predicate, text in told if predicate == SH["name"]} == {Literal("area")}
    assert (SH["nodeKind"], SH["IRI"]) in told
    assert (SH["path"], mint("parameter", "area")) in told
    assert Triple(mint("query", "partners"), SH["parameter"], area) in example_triples(ALL)
    assert described(mint("query", "entity", "entity"), SH["optional"]) == ["false"]
    assert set(examples.VALUES) == set(TYPES)


@pytest.mark.parametrize(
    ("form", "text"),
    [("ASK", "ASK { ?s ?p ?o }"), ("CONSTRUCT", "construct { ?s ?p ?o } WHERE { ?s ?p ?o }"),
     ("DESCRIBE", "# one\nPREFIX a: <http://a/>\n DESCRIBE a:b"), ("SELECT", "SELECT * { ?s ?p ?o }")],
)  # fmt: skip
def test_a_query_of_each_form_has_its_class_and_its_properties(form: str, text: str) -> None:
    class_, properties = FORMS[form]
    triples = [t for t in example_triples([parse_query("asked", text)]) if t.subject == mint("query", "asked")]
    assert {t.object for t in triples if t.predicate == RDF["type"]} == {SH["SPARQLExecutable"], class_}
    assert {t.predicate for t in triples if t.object == Literal(text + "\n")} == set(properties)
    assert Triple(mint("query", "asked"), RDFS["comment"], Literal("asked", language="en")) in triples


def test_a_query_of_no_form_is_named() -> None:
    with pytest.raises(QueryError, match=r"query asked: no line begins with one of ASK, CONSTRUCT"):
        example_triples([parse_query("asked", "INSERT DATA {}")])


def test_an_endpoint_can_be_named_and_must_be_an_iri() -> None:
    triples = example_triples(ALL[:1], "https://example.org/sparql")
    assert [t.object for t in triples if t.predicate == SCHEMA["target"]] == [NamedNode("https://example.org/sparql")]
    with pytest.raises(UsageError, match=r"endpoint 'here it is': is no absolute IRI"):
        example_triples(ALL, "here it is")


def test_the_description_of_the_graph_can_stand_beside_the_examples(small_graph: Path, tmp_path: Path) -> None:
    described = {quad.triple for quad in parse(to_turtle(ALL, folder=small_graph), format=RdfFormat.TURTLE)}
    assert described == {*example_triples(ALL), *catalog_triples(small_graph)}
    with pytest.raises(GraphError, match="is no graph folder; make one with"):
        to_turtle(ALL, folder=tmp_path)
