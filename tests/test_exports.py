"""Exports: every syntax holds the same statements, every reader takes it, and the same graph gives the same bytes.

With SHANXI_KG_SLOW set, the round trip is made with 100,000 facts too, which takes some minutes and 6 GB.
"""

from __future__ import annotations

import gzip
import os
import random
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from many import many_facts, one_fact
from pyoxigraph import BlankNode, DefaultGraph, Quad, Triple, parse
from rdflib import Dataset as RdflibDataset
from rdflib import Graph as RdflibGraph

from shanxi_kg import exports, turtle
from shanxi_kg.errors import GraphError, UsageError
from shanxi_kg.exports import SYNTAXES, Selection, Syntax, construct_query, export
from shanxi_kg.folders import is_document, published_files
from shanxi_kg.namespaces import RDF, SX, mint
from shanxi_kg.queries import parse_query, stored_query
from shanxi_kg.resources import folder

RDFLIB_NAMES = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}
RAPPER_CANNOT = {"jsonld"}


def by_name(syntax: Syntax) -> str:
    return syntax.name


def quads_of(graph: Path) -> set[Quad]:
    """All published statements of a graph folder, each in the graph of its document."""
    return {
        Quad(*triple, mint("document", path.stem) if is_document(path) else DefaultGraph())
        for path in published_files(graph)
        for triple in turtle.parse_file(path)
    }


def isomorphic(one: Iterable[Quad], other: Iterable[Quad]) -> bool:
    """Say whether two datasets without blank nodes are the same: then they are if their statements are."""
    datasets = set(one), set(other)
    assert not any(isinstance(term, BlankNode) for quad in chain(*datasets) for term in quad)
    return datasets[0] == datasets[1]


def merged(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


@pytest.fixture(scope="module", params=[1, 1000, *([100_000] if "SHANXI_KG_SLOW" in os.environ else [])])
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("graph") / str(request.param)
    return one_fact(top) if request.param == 1 else many_facts(top, request.param)


@pytest.mark.parametrize("syntax", SYNTAXES.values(), ids=by_name)
def test_what_an_export_holds_is_the_published_graph(graph: Path, syntax: Syntax) -> None:
    published = quads_of(graph)
    read = parse(export(graph, syntax), format=syntax.format)
    assert isomorphic(read, published if syntax.has_graphs else merged(published))


@pytest.mark.filterwarnings("ignore:.* is deprecated, use Dataset:DeprecationWarning")  # rdflib warns of itself
@pytest.mark.parametrize("syntax", SYNTAXES.values(), ids=by_name)
def test_rdflib_reads_the_same_terms_without_a_warning(
    small_graph: Path, syntax: Syntax, caplog: pytest.LogCaptureFixture
) -> None:
    reader = RdflibDataset(default_union=True) if syntax.has_graphs else RdflibGraph()
    reader.parse(data=export(small_graph, syntax), format=RDFLIB_NAMES.get(syntax.name, syntax.name))
    reference = RdflibGraph().parse(data=export(small_graph, SYNTAXES["turtle"]), format="turtle")
    assert set(reader.triples((None, None, None))) == set(reference)
    assert caplog.messages == []


@pytest.mark.parametrize("syntax", [each for each in SYNTAXES.values() if each.name not in RAPPER_CANNOT], ids=by_name)
@pytest.mark.parametrize("quotes", [True, False])
def test_rapper_reads_as_many_statements_without_a_warning(
    small_graph: Path, tmp_path: Path, syntax: Syntax, quotes: bool
) -> None:
    content = export(small_graph, syntax, Selection(quotes=quotes))
    (tmp_path / "export").write_bytes(content)
    command = [
        "rapper",
        "--input",
        syntax.name,
        "--output",
        "ntriples",
        str(tmp_path / "export"),
        "http://example.org/",
    ]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60)
    assert [line for line in done.stderr.splitlines() if "Error" in line or "Warning" in line] == []
    read = {quad.triple for quad in parse(done.stdout.encode(), format=SYNTAXES["ntriples"].format)}
    assert read == {quad.triple for quad in parse(content, format=syntax.format)}


@pytest.mark.parametrize("form", exports.FORMS.values(), ids=lambda form: form.name)
@pytest.mark.parametrize("quotes", [True, False])
def test_two_exports_are_byte_identical_whatever_the_hash_seed(
    small_graph: Path, form: exports.Form | Syntax, quotes: bool
) -> None:
    program = (
        "import sys; from pathlib import Path; from shanxi_kg import exports\n"
        "selection = exports.Selection(quotes=sys.argv[3] == 'True')\n"
        "content = exports.export(Path(sys.argv[1]), exports.FORMS[sys.argv[2]], selection)\n"
        "sys.stdout.buffer.write(exports.compressed(content))"
    )
    written = {
        subprocess.run(
            [sys.executable, "-c", program, str(small_graph), form.name, str(quotes)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(exports.__file__).parents[2]), "TZ": zone},
            capture_output=True, check=True, timeout=60,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }  # fmt: skip
    assert written == {exports.compressed(export(small_graph, form, Selection(quotes=quotes)))}


def test_changing_one_fact_changes_only_its_lines_in_turtle(tmp_path: Path) -> None:
    graph = many_facts(tmp_path / "graph", 200)
    before = export(graph, SYNTAXES["turtle"]).decode().splitlines()
    path = graph / "documents" / "copy-00002.ttl"
    text = path.read_text("utf-8")
    assert text.count('sx:value "109"^^xsd:decimal') == 1
    path.write_text(text.replace('sx:value "109"^^xsd:decimal', 'sx:value "110"^^xsd:decimal'), "utf-8")
    after = export(graph, SYNTAXES["turtle"]).decode().splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed == [('    sx:value "109"^^xsd:decimal .', '    sx:value "110"^^xsd:decimal .')]


def test_removing_one_fact_removes_only_its_block_in_turtle(tmp_path: Path) -> None:
    graph = many_facts(tmp_path / "graph", 100)
    before = export(graph, SYNTAXES["turtle"]).decode()
    path = graph / "documents" / "copy-00001.ttl"
    fact = next(triple.subject for triple in turtle.parse_file(path) if triple.object == SX["RegulationFact"])
    kept = [triple for triple in turtle.parse_file(path) if triple.subject != fact]
    path.write_text(turtle.serialize(kept, {}), "utf-8")
    blocks = before.split("\n\n")
    assert export(graph, SYNTAXES["turtle"]).decode().split("\n\n") == [
        block for block in blocks if not block.startswith(str(fact))
    ]


def test_the_order_of_the_statements_does_not_show(small_graph: Path, tmp_path: Path) -> None:
    mixed = Path(shutil.copytree(small_graph, tmp_path / "mixed"))
    for path in (mixed / "documents").iterdir():
        triples = turtle.parse_file(path)
        random.Random(7).shuffle(triples)
        path.write_text("".join(f"{triple} .\n" for triple in triples), "utf-8")
    for syntax in SYNTAXES.values():
        assert export(mixed, syntax) == export(small_graph, syntax)


def test_syntaxes_with_graphs_keep_each_document_apart(small_graph: Path) -> None:
    for syntax in (each for each in SYNTAXES.values() if each.has_graphs):
        quads = parse(export(small_graph, syntax), format=syntax.format)
        assert {str(quad.graph_name).rpartition("/")[2] for quad in quads} == {"DEFAULT", "hubei>", "hunan>", "zh>"}


def test_lexical_forms_stay_as_they_are_in_every_syntax(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    text = r"""@prefix sx: <https://w3id.org/shanxi-kg/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <http://example.org/a> a <http://example.org/C>, sx:Fact ;
        sx:value "1.50"^^xsd:decimal, "007"^^xsd:integer, "text", "words"@en, <http://example.org/b> ;
        sx:area <http://example.org/b>, "no IRI"@zh ;
        sx:name "two\nlines", "quoted \"words\" \\ <b> & 'so' \u4e2d"@en-GB ;
        <http://example.org/p#q/r> true, 1.0e3, "\t tab"@zh-Hans ."""
    (tmp_path / "documents" / "a.ttl").write_text(text, "utf-8")
    published = set(merged(quads_of(tmp_path)))
    assert len(published) == 14
    for syntax in SYNTAXES.values():
        assert set(merged(parse(export(tmp_path, syntax), format=syntax.format))) == published, syntax.name


def test_the_ontology_comes_along_on_demand(small_graph: Path) -> None:
    name = b"place/CN-SX> <http://www.w3.org/2004/02/skos/core#prefLabel>"
    assert name not in export(small_graph, SYNTAXES["ntriples"])
    assert name in export(small_graph, SYNTAXES["ntriples"], Selection(with_ontology=True))


@pytest.mark.parametrize("named", ["hubei", "https://w3id.org/shanxi-kg/id/document/hubei"])
def test_one_document_is_exported_by_its_name_or_iri(small_graph: Path, named: str) -> None:
    found = exports.select(small_graph, Selection(document=named))
    path = small_graph / "documents" / "hubei.ttl"
    assert found == {mint("document", "hubei"): tuple(turtle.parse_file(path))}


def test_an_unknown_document_is_refused(small_graph: Path) -> None:
    with pytest.raises(
        UsageError, match=r"--document nowhere: .* no document of that name; `shanxi-kg query documents`"
    ):
        export(small_graph, SYNTAXES["turtle"], Selection(document="nowhere"))


@pytest.mark.parametrize("kind", exports.TABLES)
def test_one_kind_is_its_facts_with_all_that_they_speak_of(kind: str) -> None:
    (found,) = exports.select(folder("graph"), Selection(kind=kind)).values()
    types = {triple.object for triple in found if triple.predicate == RDF["type"]}
    kinds = {each for each in exports.TABLES if SX[f"{each.title()}Fact"] in types}
    assert kinds == {kind}
    published = {quad.triple for quad in quads_of(folder("graph"))}
    assert set(found) < published
    described = {triple.subject for triple in published}
    subjects = {triple.subject for triple in found}
    assert {triple.object for triple in found if triple.object in described} <= subjects
    assert any(triple.predicate == SX["mentionOf"] for triple in found) or kind in {"indicator", "policy"}


def test_the_kinds_together_are_the_whole_graph() -> None:
    parts: set[Triple] = set()
    for kind in exports.TABLES:
        for triples in exports.select(folder("graph"), Selection(kind=kind)).values():
            parts |= set(triples)
    assert parts == {quad.triple for quad in quads_of(folder("graph")) if quad.graph_name != DefaultGraph()}


def test_a_stored_construct_query_is_exported_with_its_parameters(small_graph: Path) -> None:
    selection = Selection(query=construct_query("cooperation-network"), parameters={"area": "Hubei"})
    written = export(small_graph, SYNTAXES["turtle"], selection).decode()
    assert written.count("a sx:CooperationAgreement") == 1
    assert 'skos:prefLabel "Hubei"@en,\n        "湖北省"@zh' in written
    assert "Guangdong" not in written


def test_construct_queries_are_documented_and_make_triples_of_the_seed() -> None:
    for path in sorted((folder("queries") / "constructs").glob("*.rq")):
        query = construct_query(path.stem)
        assert query.summary
        assert query.description.endswith(".")
        assert all(parameter.description.endswith(".") for parameter in query.parameters)
        (made,) = exports.select(folder("graph"), Selection(query=query)).values()
        assert made
    with pytest.raises(UsageError, match="query agencies: no such stored query; there are: cooperation-network"):
        construct_query("agencies")


def test_a_query_that_makes_no_triples_is_refused(small_graph: Path) -> None:
    for query in (stored_query("agencies"), parse_query("any", "ASK { ?s ?p ?o }")):
        with pytest.raises(UsageError, match=f"query {query.name}: makes no triples; export takes CONSTRUCT queries"):
            export(small_graph, SYNTAXES["turtle"], Selection(query=query))


def test_a_query_goes_with_no_other_selection(small_graph: Path) -> None:
    with pytest.raises(UsageError, match="--query: goes with neither --document nor --kind"):
        export(small_graph, SYNTAXES["turtle"], Selection(kind="post", query=construct_query("cooperation-network")))


def test_an_unknown_kind_is_refused(small_graph: Path) -> None:
    with pytest.raises(UsageError, match="--kind law: no such kind of fact; there are: agency, agreement, indicator"):
        export(small_graph, SYNTAXES["turtle"], Selection(kind="law"))


def test_the_ending_of_a_file_names_its_form() -> None:
    assert exports.form_of(Path("a/b.TTL")).name == "turtle"
    assert exports.form_of(Path("a/b.nq.gz")).name == "nquads"
    assert exports.form_of(Path("tables.zip")).name == "csvw"
    with pytest.raises(UsageError, match=r"out\.xyz: the ending names no syntax; give --format, or one of \.ttl"):
        exports.form_of(Path("out.xyz"))


@pytest.mark.parametrize("name", ["rdfxml", "graphml"])
@pytest.mark.parametrize("character", ["\\u0007", "\\uFFFE", "\\r"])
def test_what_xml_cannot_hold_is_refused_in_xml_alone(
    small_graph: Path, tmp_path: Path, name: str, character: str
) -> None:
    graph = Path(shutil.copytree(small_graph, tmp_path / "graph"))
    (graph / "decisions.ttl").write_text(f'<http://example.org/a> <http://example.org/b> "bell {character}" .', "utf-8")
    with pytest.raises(GraphError, match="XML cannot hold a character of"):
        export(graph, exports.FORMS[name])
    assert b"bell" in export(graph, SYNTAXES["turtle"])


def test_gzip_holds_the_same_and_no_time(small_graph: Path) -> None:
    content = export(small_graph, SYNTAXES["nquads"])
    packed = exports.compressed(content)
    assert gzip.decompress(packed) == content
    assert packed[4:8] == bytes(4)


def test_no_reader_warns_of_an_empty_graph(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for syntax in SYNTAXES.values():
            assert list(parse(export(tmp_path, syntax), format=syntax.format)) == []
