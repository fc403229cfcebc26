"""The store: what it loads, what it leaves out, and how it says that something is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Triple

from shanxi_kg.errors import GraphError, OntologyError, QueryError
from shanxi_kg.resources import folder
from shanxi_kg.store import Store, open_graph


@pytest.fixture
def copy(small_graph: Path, tmp_path: Path) -> Path:
    """A copy of the small graph that a test may break."""
    return Path(shutil.copytree(small_graph, tmp_path / "graph"))


def test_a_triple_of_two_documents_counts_once_in_the_default_graph(small_store: Store) -> None:
    both = small_store.select(
        "SELECT ?s ?p ?o (COUNT(?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?s ?p ?o HAVING (COUNT(?g) > 1)"
    )
    assert both.rows
    subject, predicate, found, _ = both.rows[0]
    assert len(small_store.select(f"SELECT ?x WHERE {{ {subject} {predicate} ?x FILTER (?x = {found}) }}").rows) == 1


def test_the_ontology_and_the_authority_files_can_be_asked(small_store: Store) -> None:
    assert small_store.query('ASK { ?p <http://www.w3.org/2004/02/skos/core#prefLabel> "Shanxi"@en }') is True
    assert small_store.query("ASK { <https://w3id.org/shanxi-kg/ontology#Fact> a ?class }") is True


def test_the_quarantine_is_never_loaded(copy: Path) -> None:
    (copy / "quarantine").mkdir(exist_ok=True)
    (copy / "quarantine" / "hunan.ttl").write_text("<http://example.org/kept-back> a <http://example.org/Thing> .")
    assert open_graph(copy).query("ASK { <http://example.org/kept-back> ?p ?o }") is False


def test_decisions_are_loaded(copy: Path) -> None:
    (copy / "decisions.ttl").write_text("<http://example.org/decided> a <http://example.org/Thing> .")
    assert open_graph(copy).query("ASK { <http://example.org/decided> ?p ?o }") is True


def test_a_construct_gives_sorted_triples(small_store: Store) -> None:
    answer = small_store.query(
        "CONSTRUCT { ?s a <http://example.org/Document> } WHERE { ?s a <http://xmlns.com/foaf/0.1/Document> }"
    )
    assert isinstance(answer, tuple)
    assert [str(triple.subject).rpartition("/")[2] for triple in answer if isinstance(triple, Triple)] == [
        "hubei>",
        "hunan>",
        "zh>",
    ]


def test_a_missing_folder_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such folder; make one with `shanxi-kg build"):
        open_graph(tmp_path / "nothing")
    with pytest.raises(GraphError, match="is no graph folder"):
        open_graph(tmp_path)


def test_a_broken_file_is_named_with_its_line(copy: Path) -> None:
    broken = copy / "documents" / "hunan.ttl"
    broken.write_text(broken.read_text("utf-8") + "\nnonsense", "utf-8")
    with pytest.raises(GraphError, match=rf"{broken}:\d+:\d+: not valid Turtle"):
        open_graph(copy)


def test_a_broken_ontology_file_is_named_with_its_line(small_graph: Path, tmp_path: Path) -> None:
    ontology = Path(shutil.copytree(folder("ontology"), tmp_path / "ontology"))
    (ontology / "codes.ttl").write_text("@prefix broken", "utf-8")
    with pytest.raises(OntologyError, match=r"codes\.ttl:1:\d+: not valid Turtle"):
        open_graph(small_graph, ontology)
    (ontology / "codes.ttl").unlink()
    with pytest.raises(OntologyError, match=r"codes\.ttl: cannot be read"):
        open_graph(small_graph, ontology)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT ?x WHERE {\n  ?x a }", r"^q:2:\d+: not valid SPARQL"),
        ("SELECT ?x WHERE { ?x a foo:Bar }", r"^q:1:\d+: a prefix that is not declared"),
        ("SELECT ?x WHERE { ?x a ?y", r"^q:1:\d+: not valid SPARQL at the end of the line"),
        ("DELETE WHERE { ?s ?p ?o }", r"^q:1:\d+: not valid SPARQL"),
        ("", "^q:1:1: not valid SPARQL"),
    ],
)
def test_a_broken_query_is_one_line_with_its_place(small_store: Store, text: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem) as caught:
        small_store.query(text, "q")
    assert "\n" not in str(caught.value)


def test_a_query_that_must_select_does(small_store: Store) -> None:
    with pytest.raises(QueryError, match="is no SELECT query"):
        small_store.select("ASK {}")


def test_after_a_kill_in_mid_switch_the_old_graph_is_read(copy: Path) -> None:
    copy.rename(copy.parent / ".graph.previous")
    assert open_graph(copy).query("ASK { ?s a <https://w3id.org/shanxi-kg/ontology#Fact> }") is True
