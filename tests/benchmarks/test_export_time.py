"""What an export as N-Quads costs beside bare pyoxigraph, which reads the same files and writes the same quads."""

from __future__ import annotations

from pathlib import Path

import pytest
from many import many_facts
from measuring import least_cpu
from pyoxigraph import Quad, RdfFormat, parse, serialize

from shanxi_kg.exports import SYNTAXES, export
from shanxi_kg.namespaces import mint

FACTS = 2000
ROUNDS = 5
LARGEST_RATIO = 1.3


def bare(graph: Path) -> bytes:
    """Write the documents as N-Quads by pyoxigraph alone, unsorted."""
    quads: list[Quad] = []
    for path in sorted((graph / "documents").iterdir()):
        name = mint("document", path.stem)
        read = parse(path=path, format=RdfFormat.TURTLE)
        quads += [Quad(quad.subject, quad.predicate, quad.object, name) for quad in read]
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


@pytest.mark.benchmark
def test_an_export_as_nquads_costs_at_most_a_third_more_than_the_bare_engine(tmp_path: Path) -> None:
    graph = many_facts(tmp_path / "graph", FACTS)
    nquads = SYNTAXES["nquads"]
    assert sorted(bare(graph).splitlines()) == export(graph, nquads).splitlines()
    theirs, ours = least_cpu(lambda: bare(graph), ROUNDS), least_cpu(lambda: export(graph, nquads), ROUNDS)
    print(f"bare {theirs:.3f} s, shanxi-kg {ours:.3f} s, ratio {ours / theirs:.2f}")  # noqa: T201
    assert ours < LARGEST_RATIO * theirs
