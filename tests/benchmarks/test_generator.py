"""The generator: the same bytes for the same seed, facts that the gate lets through, words that stand in the text."""

from __future__ import annotations

import hashlib
from itertools import islice
from pathlib import Path

import pytest
from generator import Article, article, articles, write_nquads, write_turtle
from pyoxigraph import RdfFormat, parse

from shanxi_kg.audit import audit
from shanxi_kg.store import open_graph
from shanxi_kg.validation import gate

KINDS = {"agency", "agreement", "indicator", "platform", "policy", "post", "regulation", "statement"}


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    sums = []
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        write_nquads(tmp_path / name, articles(40, seed))
        sums.append(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert sums[0] == sums[1] != sums[2]


def test_an_article_depends_on_its_number_alone_so_that_a_stream_can_be_cut_anywhere() -> None:
    assert list(islice(articles(10**9, 3), 5))[4] == article(3, 5)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_fact_passes_the_gate_and_all_kinds_are_there(number: int) -> None:
    found: Article = article(1, number)
    result = gate(found.triples)
    assert result.quarantined == ()
    assert set(result.kinds) == KINDS
    assert result.document.document.issued
    for fact in found.facts:
        assert found.document.text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote


def test_as_many_facts_as_were_asked_for_come_in_a_stream() -> None:
    numbers = [len(found.facts) for found in articles(300)]
    assert 300 <= sum(numbers) < 300 + max(numbers)


def test_a_written_folder_is_a_graph_folder_that_the_audit_passes(tmp_path: Path) -> None:
    number = write_turtle(tmp_path / "graph", articles(20))
    found = {finding.rule for finding in audit(tmp_path / "graph")}
    assert found == {"conflicts", "manifest"}  # only a build compares documents and writes a manifest
    quads = write_nquads(tmp_path / "graph.nq", articles(20))
    assert number == quads == len(list(parse(path=tmp_path / "graph.nq", format=RdfFormat.N_QUADS)))
    documents = open_graph(tmp_path / "graph").select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").rows
    assert len(documents) == len(list((tmp_path / "graph" / "documents").iterdir()))
