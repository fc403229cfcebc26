"""The embedded engine in memory: queries that name graphs, those that do not, and files that change meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from shanxi_kg.embedded import Memory
from shanxi_kg.errors import GraphError
from shanxi_kg.resources import folder
from shanxi_kg.store import Store, load_graph

ONE = NamedNode("https://w3id.org/shanxi-kg/id/document/001")
FACTS = "SELECT ?fact { ?fact a <https://w3id.org/shanxi-kg/ontology#Fact> }"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A copy of the seed's graph folder."""
    return Path(shutil.copytree(folder("graph"), tmp_path / "graph"))


def memory_of(store: Store) -> Memory:
    """Return the engine of a store that was loaded into memory."""
    assert isinstance(store.engine, Memory)
    return store.engine


def rows(results: object) -> list[tuple[str, ...]]:
    """Return the rows of an answer, sorted."""
    assert isinstance(results, QuerySolutions)
    return sorted(tuple(str(term) for term in row) for row in results)


def test_a_query_that_names_no_graph_is_answered_by_the_merge_alone(graph: Path) -> None:
    memory = memory_of(load_graph(graph))
    assert (len(rows(memory.query(FACTS))), list(memory.merge.named_graphs())) == (37, [])


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?fact {{ GRAPH {ONE} {FACTS.removeprefix('SELECT ?fact ')} }}",
        f"SELECT ?fact {{ graph ?document {FACTS.removeprefix('SELECT ?fact ')} }}",
        FACTS.replace("{", f"FROM {ONE} {{"),
    ],
)
def test_a_query_that_names_graphs_finds_the_facts_of_the_document_there(graph: Path, query: str) -> None:
    memory = memory_of(load_graph(graph))
    assert rows(memory.query(query)) == rows(memory.query(FACTS))


def test_the_dataset_of_a_request_is_taken_from_the_named_graphs(graph: Path) -> None:
    memory = memory_of(load_graph(graph))
    assert rows(memory.query(FACTS, default_graph=[ONE])) == rows(memory.query(FACTS))
    assert rows(memory.query(FACTS, default_graph=[NamedNode("urn:none")])) == []


def test_a_document_rewritten_since_is_not_mixed_with_what_was_loaded(graph: Path) -> None:
    store = load_graph(graph)
    path = graph / "documents" / "001.ttl"
    path.write_text(path.read_text("utf-8") + "<urn:s> <urn:p> <urn:o> .\n", "utf-8")
    assert len(store.select(f"{FACTS} # no GRAPH, and nothing FROM one").rows) == 37
    with pytest.raises(GraphError, match=r"001\.ttl: has changed since the graph was loaded; open the graph again"):
        store.select("SELECT ?document { GRAPH ?document { ?s ?p ?o } }")


def test_more_triples_stand_in_the_merge_of_both_engines(graph: Path) -> None:
    loaded = memory_of(load_graph(graph))
    more = Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("more"))
    memory = Memory(loaded.merge, loaded.inputs, loaded.written, (more,))
    assert rows(memory.query("SELECT ?o { <urn:s> <urn:p> ?o FILTER NOT EXISTS { GRAPH ?g { <urn:s> ?p ?o } } }")) == [
        ('"more"',)
    ]
