"""The stored queries on several engines over one generated graph: a Markdown table of load and query times.

    python tests/benchmarks/engines.py 3000 --engine pyoxigraph --engine rdflib
    python tests/benchmarks/engines.py 35700 --rows 50

Each engine runs in a process of its own, one after the other, on the same triples merged into one graph. A time is the
median of the rounds, in milliseconds, to the last row; a query that takes longer than the limit is shown as such. With
`--rows` each engine is asked for the first rows, as the package asks for a page of them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph
from generator import articles
from pyoxigraph import RdfFormat, serialize

from shanxi_kg import paging, queries
from shanxi_kg.conflicts import conflict_triples
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store, authority_files

Ask = Callable[[str], int]
"""Runs a query's text and returns the number of its rows, all of them fetched."""

ROUNDS, LIMIT = 5, 20.0
GRACE = 1.5
"""How much longer than the limit an engine is waited for that does not stop by itself."""
EXAMPLES = {
    "entity": "https://w3id.org/shanxi-kg/id/place/CN-HN",
    "fact": "https://w3id.org/shanxi-kg/id/fact/article-00000001/none",
}


def merged(path: Path, number_of_facts: int) -> int:
    """Write the generated graph, with what its documents tell together, and the authority files as N-Triples.

    Returns the number of lines.
    """
    store = pyoxigraph.Store()
    for file in authority_files():
        store.load(path=file, format=RdfFormat.TURTLE)
    published = [triple for article in articles(number_of_facts) for triple in article.triples.triples]
    for triples in (published, conflict_triples(published)):
        store.bulk_extend(pyoxigraph.Quad(*_parts(triple)) for triple in triples)
    path.write_bytes(serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES) or b"")
    return len(store)


def _parts(triple: pyoxigraph.Triple) -> tuple[object, ...]:
    return triple.subject, triple.predicate, triple.object


# One function an engine: load the file, return what asks it


def shanxi_kg(path: Path, _: ExitStack) -> Ask:
    """The package's own way: its store, its solutions."""
    store = Store(_loaded(path))

    def ask(text: str) -> int:
        answer = store.query(text)
        assert isinstance(answer, Solutions)
        return len(answer.rows)

    return ask


def bare_pyoxigraph(path: Path, _: ExitStack) -> Ask:
    """The engine alone."""
    store = _loaded(path)
    return lambda text: sum(1 for _ in store.query(text))


def _loaded(path: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.bulk_load(path=path, format=RdfFormat.N_TRIPLES)
    return store


def rdflib(path: Path, _: ExitStack) -> Ask:
    """Rdflib with its store in memory."""
    from rdflib import Graph

    graph = Graph().parse(path, format="nt")
    return lambda text: len(graph.query(text))


def oxrdflib(path: Path, _: ExitStack) -> Ask:
    """Rdflib on Oxigraph."""
    from oxrdflib import OxigraphStore
    from rdflib import Graph
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    graph = Graph(store=OxigraphStore(store=_loaded(path)), identifier=DATASET_DEFAULT_GRAPH_ID)
    return lambda text: len(graph.query(text))


def maplib(path: Path, _: ExitStack) -> Ask:
    """Maplib, which keeps columns."""
    from maplib import Model

    model = Model()
    model.read(str(path), format="ntriples")
    return lambda text: len(model.query(text))


def virtuoso(path: Path, stack: ExitStack) -> Ask:
    """Virtuoso open source over HTTP on loopback."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import servers
    from pyoxigraph import NamedNode

    from shanxi_kg.remote import connect

    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    endpoint = stack.enter_context(servers.virtuoso(folder / "server", buffers=100_000))
    server = connect(replace(endpoint, seconds=1800.0))
    server.put_graph(NamedNode("urn:graph"), path.read_bytes())
    store = Store(server)
    return lambda text: len(store.select(text).rows)


ENGINES = {
    "shanxi-kg": shanxi_kg,
    "pyoxigraph": bare_pyoxigraph,
    "rdflib": rdflib,
    "oxrdflib": oxrdflib,
    "maplib": maplib,
    "virtuoso": virtuoso,
}


# Measuring


def measured(engine: str, path: Path, texts: Sequence[tuple[str, str]], limit: float) -> Iterator[tuple[str, str]]:
    """Yield the times of loading and of each query as shown.

    An engine in Python is stopped at the limit; one that does not listen is ended a little later and started anew.
    """
    rest, loaded = list(texts), False
    while rest:
        here, there = multiprocessing.get_context("spawn").Pipe()
        child = multiprocessing.get_context("spawn").Process(target=_serve, args=(engine, path, rest, limit, there))
        child.start()
        there.close()
        load = here.recv()
        if not loaded:
            loaded = True
            yield "load", f"{load * 1000:,.0f}"
        while rest and here.poll(limit * GRACE):
            try:
                name, shown = here.recv()
            except EOFError:
                shown, name = "crash", rest[0][0]
            yield name, shown
            rest.pop(0)
            if shown == "crash":
                break
        else:
            if rest:
                yield rest.pop(0)[0], _over(limit)
        child.kill()
        child.join()


def _serve(engine: str, path: Path, texts: Sequence[tuple[str, str]], limit: float, out: Connection) -> None:
    signal.signal(signal.SIGALRM, _stop)
    with ExitStack() as stack:
        started = time.perf_counter()
        ask = ENGINES[engine](path, stack)
        out.send(time.perf_counter() - started)
        for name, text in texts:
            out.send((name, _time(ask, text, limit)))


def _stop(*_: object) -> None:
    raise TimeoutError


def _over(limit: float) -> str:
    return f"> {limit * 1000:,.0f}"


def _time(ask: Ask, text: str, limit: float) -> str:
    """Return the median of the rounds in milliseconds, the limit where one is over it, or the name of the error."""
    spent: list[float] = []
    while len(spent) < ROUNDS and sum(spent) < limit / 4:
        started = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            ask(text)
        except TimeoutError:
            return _over(limit)
        except Exception as error:  # noqa: BLE001 (whatever an engine cannot do is a result here)
            return type(error).__name__
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        spent.append(time.perf_counter() - started)
    return f"{statistics.median(spent) * 1000:,.1f}"


def stored_texts(path: Path, rows: int | None = None) -> list[tuple[str, str]]:
    """Return the stored queries by name, as they are sent: for all rows, or for so many and one more."""
    store = Store(_loaded(path))
    found = queries.stored_queries()
    values = {query.name: {p.name: EXAMPLES[p.name] for p in query.parameters if p.required} for query in found}
    texts = {query: queries.bind(store, query, values[query.name]) for query in found}
    if rows is None:
        return [(query.name, text) for query, text in texts.items()]
    return [(query.name, first_text(store, query, text, rows + 1)) for query, text in texts.items()]


def first_text(store: Store, query: queries.StoredQuery, text: str, number: int) -> str:
    """Return the text that gives a page: the first that gives enough rows, else the one for all."""
    enough = (narrow for narrow in paging.narrower(query, text, number) if len(store.select(narrow).rows) == number)
    return next(enough, text)


def table(number_of_facts: int, engines: Sequence[str], limit: float = LIMIT, rows: int | None = None) -> str:
    """Measure the engines and return a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nt"
        number = merged(path, number_of_facts)
        texts = stored_texts(path, rows)
        columns = {engine: dict(measured(engine, path, texts, limit)) for engine in engines}
    head = [
        f"| ms, {number:,} triples |" + "".join(f" {engine} |" for engine in engines),
        "| --- |" + " ---: |" * len(engines),
    ]
    body = [
        f"| {name} |" + "".join(f" {columns[engine].get(name, '')} |" for engine in engines)
        for name in ("load", *(name for name, _ in texts))
    ]
    return "\n".join((*head, *body)) + "\n"


def main() -> None:
    """Print the table for the engines of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=int)
    parser.add_argument("--engine", action="append", choices=list(ENGINES))
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds that one query may take")
    parser.add_argument("--rows", type=int, help="ask for a page of so many rows instead of all")
    given = parser.parse_args()
    print(table(given.facts, given.engine or list(ENGINES), given.limit, given.rows), end="")  # noqa: T201


if __name__ == "__main__":
    main()
