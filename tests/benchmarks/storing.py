"""What the embedded store costs, in memory and on disk, beside the bare engine on the same quads: a Markdown table.

    python tests/benchmarks/storing.py 32500 --rounds 5

Each measurement runs in a process of its own. Time is that of the processor, the wall clock for opening; memory is what
the process holds beyond what it held before. A figure is the median of the rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph
from generator import articles, write_turtle
from pyoxigraph import Quad, RdfFormat, parse, serialize

from shanxi_kg.diskstore import beside
from shanxi_kg.folders import is_document, published_files
from shanxi_kg.namespaces import mint
from shanxi_kg.store import authority_files, load_graph, open_graph, write_disk_store

FIRST = """\
PREFIX sx: <https://w3id.org/shanxi-kg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?fact ?quote WHERE { ?fact a sx:IndicatorFact ; sx:evidence ?span . ?span oa:exact ?quote } LIMIT 20
"""
Measured = dict[str, float]
"""Seconds of the processor and of the wall clock, bytes that are resident after the work and at its peak."""


def write_nquads(graph: Path, path: Path) -> int:
    """Write the quads that a store of a graph folder holds, file by file, and return their number.

    Beside it, as N-Triples, comes their default graph alone, which is what the store in memory loads at first.
    """
    number = 0
    with path.open("wb") as file, path.with_suffix(".nt").open("wb") as merge:
        for one in (*authority_files(), *published_files(graph)):
            quads = list(parse(path=one, format=RdfFormat.TURTLE))
            merge.write(serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b"")
            if is_document(one):
                name = mint("document", one.stem)
                quads += [Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads]
            file.write(serialize(quads, format=RdfFormat.N_QUADS) or b"")
            number += len(quads)
    return number


# One function a work: it returns what must stay in memory


def in_memory(graph: Path, _: Path) -> object:
    """The package's store, loaded into memory."""
    return load_graph(graph)


def bare_in_memory(_: Path, nquads: Path) -> object:
    """The engine's bulk load of the same triples."""
    store = pyoxigraph.Store()
    store.bulk_load(path=nquads.with_suffix(".nt"), format=RdfFormat.N_TRIPLES)
    return store


def on_disk(graph: Path, _: Path) -> object:
    """The package's store, written to disk."""
    shutil.rmtree(beside(graph), ignore_errors=True)
    return write_disk_store(graph)


def bare_on_disk(graph: Path, nquads: Path) -> object:
    """The engine's bulk load of the same quads to disk, merged as ours is."""
    place = graph.parent / "bare"
    shutil.rmtree(place, ignore_errors=True)
    store = pyoxigraph.Store(str(place))
    store.bulk_load(path=nquads, format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    return store


def opened(graph: Path, _: Path) -> object:
    """The store on disk, opened and asked a first question."""
    store = open_graph(graph, place=beside(graph))
    assert len(store.select(FIRST).rows) == 20
    return store


WORKS: Mapping[str, Callable[[Path, Path], object]] = {
    function.__name__: function for function in (in_memory, bare_in_memory, on_disk, bare_on_disk, opened)
}


def measure(work: str, graph: Path, nquads: Path) -> Measured:
    """Do a work in a process of its own and return what it took."""
    command = [sys.executable, __file__, "--work", work, str(graph), str(nquads)]
    done = subprocess.run(command, capture_output=True, check=True, env=os.environ, encoding="utf-8")
    measured: Measured = json.loads(done.stdout)
    return measured


def _work(name: str, graph: Path, nquads: Path) -> Measured:
    resident, wall, processor = _resident(), time.perf_counter(), time.process_time()
    kept = WORKS[name](graph, nquads)
    taken = time.process_time() - processor, time.perf_counter() - wall
    found = dict(zip(("processor", "wall"), taken, strict=True))
    found |= {"resident": _resident() - resident, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}
    del kept
    return found


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def medians(graph: Path, nquads: Path, works: tuple[str, ...], rounds: int) -> dict[str, Measured]:
    """Do the works in turn, so many rounds, and return the medians of what each took."""
    found: dict[str, list[Measured]] = {work: [] for work in works}
    for _ in range(rounds):
        for work in works:
            found[work].append(measure(work, graph, nquads))
    return {
        work: {key: statistics.median(one[key] for one in measured) for key in measured[0]}
        for work, measured in found.items()
    }


def size(folder: Path) -> int:
    """Return the bytes of the files of a folder and its folders."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def table(number_of_facts: int, rounds: int) -> str:
    """Measure all works on a generated graph and return a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        graph, nquads = Path(folder) / "graph", Path(folder) / "graph.nq"
        triples = write_turtle(graph, articles(number_of_facts))
        quads = write_nquads(graph, nquads)
        found = medians(graph, nquads, tuple(WORKS), rounds)
        on_disk = size(beside(graph))
    rows = [
        f"| {work.replace('_', ' ')} | {one['processor']:.2f} | {one['wall']:.2f} "
        f"| {one['resident'] / triples:,.0f} | {one['peak'] / 2**20:,.0f} |"
        for work, one in found.items()
    ]
    head = f"| {triples:,} triples, {quads:,} quads | processor s | wall s | resident bytes a triple | peak MiB |"
    tail = f"On disk: {on_disk / 2**20:,.0f} MiB, {on_disk / triples:,.0f} bytes a triple."
    return "\n".join((head, "| --- | ---: | ---: | ---: | ---: |", *rows, "", tail)) + "\n"


def main() -> None:
    """Print the table, or do one work and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", choices=list(WORKS))
    given = parser.parse_args()
    if given.work:
        print(json.dumps(_work(given.work, *map(Path, given.facts))))  # noqa: T201
    else:
        print(table(int(given.facts[0]), given.rounds), end="")  # noqa: T201


if __name__ == "__main__":
    main()
