"""Exports: every syntax holds the same statements, in every order of files the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import parse
from rdflib import Dataset, Graph

from shanxi_kg import exports, turtle
from shanxi_kg.errors import GraphError, UsageError
from shanxi_kg.folders import published_files

SYNTAXES = list(exports.SYNTAXES.values())


def by_name(syntax: exports.Syntax) -> str:
    return syntax.name


@pytest.fixture(scope="module")
def published(small_graph: Path) -> set[object]:
    return {triple for path in published_files(small_graph) for triple in turtle.parse_file(path)}


@pytest.mark.parametrize("syntax", SYNTAXES, ids=by_name)
def test_an_export_holds_the_published_triples_with_their_lexical_forms(
    small_graph: Path, published: set[object], syntax: exports.Syntax
) -> None:
    read = {quad.triple for quad in parse(exports.export(small_graph, syntax), format=syntax.format)}
    assert read == published


@pytest.mark.filterwarnings(
    "ignore:.* is deprecated, use Dataset:DeprecationWarning"
)  # rdflib's parsers warn of rdflib
@pytest.mark.parametrize("syntax", SYNTAXES, ids=by_name)
def test_another_library_reads_as_many_statements(
    small_graph: Path, published: set[object], syntax: exports.Syntax
) -> None:
    names = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}
    content = exports.export(small_graph, syntax).decode()
    graph = Dataset(default_union=True) if syntax.has_graphs else Graph()
    graph.parse(data=content, format=names.get(syntax.name, syntax.name))
    assert len(set(graph.triples((None, None, None)))) == len(published)


@pytest.mark.parametrize("syntax", SYNTAXES, ids=by_name)
def test_an_export_has_the_same_bytes_each_time(small_graph: Path, syntax: exports.Syntax) -> None:
    assert exports.export(small_graph, syntax) == exports.export(small_graph, syntax)


def test_syntaxes_with_graphs_keep_each_document_apart(small_graph: Path) -> None:
    quads = list(
        parse(exports.export(small_graph, exports.SYNTAXES["nquads"]), format=exports.SYNTAXES["nquads"].format)
    )
    assert {str(quad.graph_name).rpartition("/")[2] for quad in quads} == {"DEFAULT", "hubei>", "hunan>", "zh>"}


def test_the_ontology_comes_along_on_demand(small_graph: Path) -> None:
    nt = exports.SYNTAXES["ntriples"]
    assert b"place/CN-SX> <http://www.w3.org/2004/02/skos/core#prefLabel>" not in exports.export(small_graph, nt)
    assert b"place/CN-SX> <http://www.w3.org/2004/02/skos/core#prefLabel>" in exports.export(
        small_graph, nt, with_ontology=True
    )


def test_the_ending_of_a_file_names_its_syntax() -> None:
    assert exports.syntax_of(Path("a/b.TTL")).name == "turtle"
    with pytest.raises(UsageError, match=r"out\.xyz: the ending names no syntax; give --format, or one of \.ttl"):
        exports.syntax_of(Path("out.xyz"))


def test_what_xml_cannot_hold_is_refused_in_rdf_xml_alone(small_graph: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(small_graph, tmp_path / "graph"))
    (graph / "decisions.ttl").write_text('<http://example.org/a> <http://example.org/b> "bell \\u0007" .', "utf-8")
    with pytest.raises(GraphError, match="RDF/XML cannot hold"):
        exports.export(graph, exports.SYNTAXES["rdfxml"])
    assert b"bell" in exports.export(graph, exports.SYNTAXES["turtle"])
