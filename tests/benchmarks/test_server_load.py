"""How many stored queries a second the server answers, and how quickly, beside Oxigraph's server and rdflib-endpoint.

The same queries over the same triples are posted by 1, 4 and 16 clients, each on a connection that is kept, for some
seconds; the servers take turns. `pytest -s` shows the table. What is asserted: all answers have the right number of
rows, and ours, which forks a process a query, is not slower than the ready-made endpoint that does not.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import DefaultGraph, RdfFormat
from serving import serving

from shanxi_kg.queries import stored_query
from shanxi_kg.resources import folder
from shanxi_kg.store import open_graph

CLIENTS = (1, 4, 16)
SECONDS = 2.0
QUERIES = ("documents", "partners", "indicators", "agencies")
HEADERS = {"Accept": "application/sparql-results+json", "Content-Type": "application/x-www-form-urlencoded"}


def program(name: str) -> str:
    """The path of a program that a package has installed."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found is not None, f"install the package {name}"
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def started(command: list[str], port: int) -> Iterator[None]:
    """Start a server and wait until it listens."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={**os.environ, "PYTHONWARNINGS": "ignore"}, **quiet) as process:
        try:
            for _ in range(600):
                with socket.socket() as trial:
                    if trial.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield
        finally:
            process.terminate()


@contextmanager
def servers(graph: Path, top: Path) -> Iterator[dict[str, tuple[int, str]]]:
    """Start the three servers over the same triples; yield the port and the path of each endpoint."""
    triples = top / "graph.nt"
    open_graph(graph).engine.dump(str(triples), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    oxigraph, store = program("oxigraph"), str(top / "store")
    subprocess.run([oxigraph, "load", "-l", store, "-f", str(triples)], check=True, capture_output=True, timeout=60)
    ports = free_port(), free_port()
    endpoint = [program("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(ports[1]), str(triples)]
    with ExitStack() as stack:
        ours = stack.enter_context(serving(graph, "--at-once", "16"))
        reading = [oxigraph, "serve-read-only", "-l", store, "--bind", f"127.0.0.1:{ports[0]}"]
        stack.enter_context(started(reading, ports[0]))
        stack.enter_context(started(endpoint, ports[1]))
        yield {
            "shanxi-kg": (int(ours.url.rpartition(":")[2]), "/sparql"),
            "oxigraph": (ports[0], "/query"),
            "rdflib-endpoint": (ports[1], "/"),
        }


def ask(connection: http.client.HTTPConnection, path: str, query: str) -> tuple[float, int]:
    """Post a query; return how long it took and how many rows came."""
    begun = time.perf_counter()
    connection.request("POST", path, urlencode({"query": query}), HEADERS)
    response = connection.getresponse()
    body = response.read()
    assert response.status == http.client.OK, body[:1000]
    return time.perf_counter() - begun, len(json.loads(body)["results"]["bindings"])


def load(port: int, path: str, clients: int, rows: dict[str, int]) -> list[float]:
    """Let clients ask for some seconds, in turn all queries; return how long each answer took."""
    end = time.monotonic() + SECONDS

    def client() -> list[float]:
        connection, waits = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
        while time.monotonic() < end:
            for query, expected in rows.items():
                took, found = ask(connection, path, query)
                assert found == expected
                waits.append(took)
        connection.close()
        return waits

    with ThreadPoolExecutor(clients) as running:
        return [wait for future in [running.submit(client) for _ in range(clients)] for wait in future.result()]


@pytest.mark.benchmark
@pytest.mark.server
@pytest.mark.slow
def test_a_process_a_query_is_no_slower_than_the_ready_made_endpoint(tmp_path: Path) -> None:
    graph = folder("graph")
    store = open_graph(graph)
    rows = {stored_query(name).text: len(store.select(stored_query(name).text).rows) for name in QUERIES}
    table: dict[tuple[str, int], list[float]] = {}
    with servers(graph, tmp_path) as running:
        for clients in CLIENTS:
            for name, (port, path) in running.items():
                table[name, clients] = load(port, path, clients, rows)
    print(f"\n{'server':16} {'clients':>7} {'queries/s':>9} {'median ms':>9} {'95 % ms':>8}")  # noqa: T201
    for (name, clients), waits in table.items():
        a_second = clients * len(waits) / sum(waits)
        middle, high = statistics.median(waits) * 1000, statistics.quantiles(waits, n=20)[-1] * 1000
        print(f"{name:16} {clients:7} {a_second:9.0f} {middle:9.1f} {high:8.1f}")  # noqa: T201
    for clients in CLIENTS:
        ours, theirs = table["shanxi-kg", clients], table["rdflib-endpoint", clients]
        assert statistics.median(ours) <= statistics.median(theirs)
