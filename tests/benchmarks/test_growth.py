"""How the stages, the answers of stored queries and the portal grow with the graph."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from generator import articles, write_turtle
from growth import STAGES, measured
from measuring import exponent

from shanxi_kg.folders import CATALOG, DOCUMENTS, SOURCES
from shanxi_kg.portal.contents import contents_of, resource_files, site_files
from shanxi_kg.queries import run, stored_queries
from shanxi_kg.resources import folder
from shanxi_kg.store import open_graph

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]

SIZES = (1000, 3000, 10000)
STEEPEST = 1.25
"""The exponent that no stage passes; 1 is growth in step, and what is above it the noise of small sizes."""
OF_A_DOCUMENT = re.compile(r"(id/(?:document|fact|judgement|mention|observation|statement|group)/)001")


def many(top: Path, number: int) -> Path:
    """Make a graph folder with the seed's document so many times, each under a name of its own."""
    for name in (DOCUMENTS, SOURCES):
        (top / name).mkdir(parents=True)
    turtle = (folder("graph") / DOCUMENTS / "001.ttl").read_text("utf-8")
    text = (folder("graph") / SOURCES / "001.txt").read_bytes()
    for name in (f"{count:03d}" for count in range(1, number + 1)):
        renamed = OF_A_DOCUMENT.sub(rf"\g<1>{name}", turtle).replace("sources/001.txt", f"sources/{name}.txt")
        (top / DOCUMENTS / f"{name}.ttl").write_text(renamed, "utf-8")
        (top / SOURCES / f"{name}.txt").write_bytes(text)
    (top / CATALOG).write_bytes((folder("graph") / CATALOG).read_bytes())
    return top


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of 60 documents with 2,220 facts."""
    return many(tmp_path_factory.mktemp("many") / "graph", 60)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that some work takes, whatever else the machine does."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_every_stored_query_answers_on_two_thousand_facts_within_a_second(large: Path) -> None:
    store = open_graph(large)
    taken = {
        query.name: seconds(lambda query=query: run(store, query))
        for query in stored_queries()
        if not any(parameter.required for parameter in query.parameters)
    }
    assert {name: spent for name, spent in taken.items() if spent > 1} == {}


def test_the_portal_makes_three_hundred_resources_a_second(large: Path) -> None:
    contents = contents_of(large)
    assert len(contents.resources) > 5000
    spent = seconds(lambda: [file for iri in contents.resources for file in resource_files(contents.statements, iri)])
    assert len(contents.resources) / spent > 300


def test_all_else_of_the_portal_takes_less_than_its_resources(large: Path) -> None:
    contents = contents_of(large)
    assert seconds(lambda: list(site_files(contents, "https://example.org/"))) < len(contents.resources) / 300


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Generated graph folders by their number of facts."""
    top = tmp_path_factory.mktemp("generated")
    for size in SIZES:
        write_turtle(top / str(size), articles(size))
    return {size: top / str(size) for size in SIZES}


@pytest.mark.parametrize("stage", ["load", "validate", "export", "export-nquads"])
def test_the_cost_of_a_stage_grows_in_step_with_the_facts(generated: dict[int, Path], stage: str) -> None:
    costs = [next(iter(measured(STAGES[stage], graph).values())) for graph in generated.values()]
    print(stage, costs)  # noqa: T201
    assert exponent(SIZES, [cost.cpu for cost in costs]) < STEEPEST
    assert exponent(SIZES, [cost.megabytes for cost in costs]) < STEEPEST
