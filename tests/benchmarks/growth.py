"""How the cost of each stage grows with the graph: CPU time and peak memory at several sizes, and the exponents.

    python tests/benchmarks/growth.py --texts 100 300 1000 3000 --facts 10000 30000 100000 --save growth.json
    python tests/benchmarks/growth.py --facts 320000 --save large.json

Building is measured on texts that `dealt.py` deals, all else on graph folders of `generator.py`. Each stage runs at
each size in a process of its own, after it has run on the seed, so that what is loaded once is not counted; where the
first run took less than ten seconds, it is the least of three. Results are merged into the file that is named.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import dealt
from engines import EXAMPLES
from generator import articles, write_turtle
from measuring import Cost, costs

from shanxi_kg.resources import folder as data_folder
from shanxi_kg.store import Store

ROUNDS, SHORT = 3, 10.0
"""How often a stage is run where the first time took less than so many seconds."""
RESULTS = Path(__file__).parent / "results"

Calls = Iterator[tuple[str, Callable[[], int]]]


# One function a stage: a folder goes in, named calls come out; those named '' only warm up


def build(texts: Path) -> Calls:
    """From texts to a graph folder."""
    from shanxi_kg import pipeline
    from shanxi_kg.folders import published_files
    from shanxi_kg.turtle import parse_file

    def built(sources: Path, name: str) -> int:
        return pipeline.build([sources], texts.parent / name).facts.total()

    yield "", lambda: built(data_folder("graph") / "sources", "seed")
    yield "build", lambda: built(texts, "graph")
    yield "triples", lambda: sum(len(parse_file(path)) for path in published_files(texts.parent / "graph"))


def load(graph: Path) -> Calls:
    """From the published files to a store that answers."""
    from shanxi_kg.store import open_graph

    yield "", lambda: _documents(open_graph(data_folder("graph")))
    yield "load", lambda: _documents(open_graph(graph))


def store(graph: Path) -> Calls:
    """From the published files to a store on disk; then that is opened and answers."""
    from shanxi_kg.store import open_graph, write_disk_store

    with tempfile.TemporaryDirectory() as seed:
        yield "", lambda: write_disk_store(data_folder("graph"), place=Path(seed) / "store").quads
    place = graph.parent / "store"
    shutil.rmtree(place, ignore_errors=True)  # what an earlier round has left
    yield "store on disk", lambda: write_disk_store(graph, place=place).quads
    yield "open a store on disk", lambda: _documents(open_graph(graph, place=place))
    yield "size of a store on disk", lambda: sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


def _documents(store: Store) -> int:
    return len(store.select("SELECT ?document { ?document a <https://schema.org/NewsArticle> }").rows)


def validate(graph: Path) -> Calls:
    """All that `shanxi-kg validate` holds a graph folder to."""
    from shanxi_kg.audit import audit

    yield "", lambda: len(audit(data_folder("graph")))
    yield "validate", lambda: sum(finding.rule != "manifest" for finding in audit(graph))  # only a build writes one


def query(graph: Path) -> Calls:
    """Each stored query in memory, all rows of it."""
    from shanxi_kg.store import open_graph

    return _asked("query", open_graph(graph))


def query_disk(graph: Path) -> Calls:
    """Each stored query on the store on disk, which is made where it is not there yet."""
    from shanxi_kg.store import open_graph, write_disk_store

    write_disk_store(graph, place=graph.parent / "store")
    return _asked("query on disk", open_graph(graph, place=graph.parent / "store"))


def _asked(name: str, store: Store) -> Calls:
    from shanxi_kg import queries

    for one in queries.stored_queries():
        values = {each.name: EXAMPLES[each.name] for each in one.parameters if each.required}
        yield f"{name} {one.name}", lambda one=one, values=values: len(queries.run(store, one, values).rows)


def export(graph: Path) -> Calls:
    """Canonical Turtle, of all documents as one file."""
    return _export(graph, "turtle")


def export_nquads(graph: Path) -> Calls:
    """N-Quads, sorted."""
    return _export(graph, "nquads")


def _export(graph: Path, syntax: str) -> Calls:
    from shanxi_kg.exports import SYNTAXES, export

    yield "", lambda: len(export(data_folder("graph"), SYNTAXES[syntax]))
    yield f"export as {SYNTAXES[syntax].label}", lambda: len(export(graph, SYNTAXES[syntax]))


STAGES = {
    "load": load,
    "store": store,
    "validate": validate,
    "query": query,
    "query-disk": query_disk,
    "export": export,
    "export-nquads": export_nquads,
}
"""What is measured on graph folders, by the name that the command line has for it."""


# Measuring


def measured(stage: Callable[[Path], Calls], folder: Path) -> dict[str, Cost]:
    """Return what the calls of a stage cost on a folder: of short ones the least of some rounds."""
    rounds = [costs(stage, folder)]
    if sum(cost.cpu for cost in rounds[0].values()) < SHORT:
        rounds += [costs(stage, folder) for _ in range(ROUNDS - 1)]
    return {name: min((each[name] for each in rounds), key=lambda cost: cost.cpu) for name in rounds[0] if name}


def of_texts(number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what building a graph of so many texts costs; its size are the facts that it found."""
    with tempfile.TemporaryDirectory() as top:
        texts = dealt.write(Path(top) / "texts", range(1, number + 1))
        characters = sum(len(path.read_text("utf-8")) for path in texts.iterdir())
        found = costs(build, texts)
        told = {"texts": number, "characters": characters, "triples": found["triples"].answer}
        yield "build", {"size": found["build"].answer, **told, **asdict(found["build"])}


def of_facts(number: int, stages: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the stages cost on a generated graph of so many facts."""
    with tempfile.TemporaryDirectory() as top:
        graph = Path(top) / "graph"
        triples = write_turtle(graph, articles(number))
        for stage in stages:
            for name, cost in measured(STAGES[stage], graph).items():
                yield name, {"size": number, "triples": triples, **asdict(cost)}


def merged(old: Sequence[dict[str, Any]], new: dict[str, Any]) -> list[dict[str, Any]]:
    """Return results of one name with a new one in the place of that of the same size."""
    key = "texts" if "texts" in new else "size"
    return sorted([*(one for one in old if one[key] != new[key]), new], key=lambda one: one["size"])


def save(path: Path, found: Iterator[tuple[str, dict[str, Any]]]) -> None:
    """Merge results into a file, one after the other, so that what is measured is kept whatever comes after."""
    path.parent.mkdir(exist_ok=True)
    for name, result in found:
        rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in result.items()}
        print(f"{name}: {rounded}", file=sys.stderr)  # noqa: T201
        known = json.loads(path.read_text("utf-8")) if path.exists() else {}
        known[name] = merged(known.get(name, ()), rounded)
        path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, nargs="*", default=(), help="build from so many texts")
    parser.add_argument("--facts", type=int, nargs="*", default=(), help="all else on so many facts")
    parser.add_argument("--stage", action="append", choices=list(STAGES), help="only this one of all else")
    parser.add_argument("--save", required=True, help="a file of tests/benchmarks/results")
    given = parser.parse_args()
    for number in given.texts:
        save(RESULTS / given.save, of_texts(number))
    for number in given.facts:
        save(RESULTS / given.save, of_facts(number, given.stage or tuple(STAGES)))


if __name__ == "__main__":
    main()
