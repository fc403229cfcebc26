"""What holding a graph to the shapes costs: a whole graph, and one article, by both engines in the same run."""

from __future__ import annotations

from itertools import islice

import pytest
from generator import articles
from measuring import least_cpu
from pyoxigraph import Triple

from shanxi_kg.validation import validate_graph
from shanxi_kg.validation.engines import fastest

pytestmark = pytest.mark.benchmark

FACTS, ROUNDS = 3250, 5


@pytest.fixture(scope="module")
def article() -> frozenset[Triple]:
    """The graph of one article, after both engines have loaded what they need."""
    found = frozenset(next(islice(articles(100), 3, None)).triples.triples)
    for engine in ("pyshacl", "shacl-rust"):
        validate_graph(found, engine=engine)
    return found


@pytest.mark.parametrize(("engine", "milliseconds"), [("pyshacl", 150), ("shacl-rust", 15)])
def test_an_article_is_validated_in_no_time(engine: str, milliseconds: float, article: frozenset[Triple]) -> None:
    taken = 1000 * least_cpu(lambda: validate_graph(article, engine=engine), ROUNDS)
    print(f"{engine}: {len(article)} triples in {taken:.1f} ms")  # noqa: T201
    assert taken <= milliseconds


@pytest.mark.usefixtures("article")
def test_a_hundred_thousand_triples_are_validated_in_a_second() -> None:
    assert fastest() == "shacl-rust"
    graph = frozenset().union(*(one.triples.triples for one in articles(FACTS)))
    assert validate_graph(graph) == ()
    taken = least_cpu(lambda: validate_graph(graph), ROUNDS)
    print(f"{len(graph):,} triples in {taken:.2f} s")  # noqa: T201
    assert taken <= 1
