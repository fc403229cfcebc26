"""`serve --store URL`: a SPARQL server elsewhere holds the graph, and clients see no difference."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from serving import Served, serving

from shanxi_kg.store import Store

pytestmark = pytest.mark.server

HUNAN = "https://w3id.org/shanxi-kg/id/document/hunan"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def oxigraph() -> str:
    """The server of the oxigraph package."""
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert found is not None, "install the package oxigraph"
    return found


@pytest.fixture(scope="module")
def store_url(small_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server that holds the small graph."""
    top = tmp_path_factory.mktemp("oxigraph")
    small_store.engine.dump(str(top / "graph.nq"), RdfFormat.N_QUADS)
    load = [oxigraph(), "load", "--location", str(top / "store"), "--file", str(top / "graph.nq")]
    subprocess.run(load, check=True, capture_output=True, timeout=60)
    bind = f"127.0.0.1:{free_port()}"
    command = [oxigraph(), "serve-read-only", "--location", str(top / "store"), "--bind", bind]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(200):
                with socket.socket() as trial:
                    if trial.connect_ex(("127.0.0.1", int(bind.partition(":")[2]))) == 0:
                        break
                time.sleep(0.05)
            yield f"http://{bind}/query"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def remote(store_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Our server before that one, without a graph folder."""
    with serving(tmp_path_factory.mktemp("remote") / "none", "--store", store_url, "--seconds", "2") as server:
        yield server


@pytest.mark.parametrize(
    "address",
    [
        "/api/queries/agreements",
        "/api/queries/partners?area=Hunan",
        "/api/queries/facts.csv?limit=3&offset=2",
        "/api/queries/indicators.srj",
        "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D",
        f"/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fs%20%3Fp%20%3Fo%7D&default-graph-uri={HUNAN}",
    ],
)
def test_answers_are_those_of_the_graph_folder(remote: Served, served: Served, address: str) -> None:
    theirs, ours = httpx.get(remote.url + address), httpx.get(served.url + address)
    assert (theirs.status_code, theirs.headers["content-type"]) == (200, ours.headers["content-type"])
    assert theirs.text == ours.text


def test_a_graph_is_read_there(remote: Served, served: Served) -> None:
    def triples(server: Served) -> set[str]:
        answer = httpx.get(f"{server.url}/rdf-graphs/document/hunan", headers={"Accept": "application/n-triples"})
        return {str(quad.triple) for quad in parse(answer.content, format=RdfFormat.N_TRIPLES)}

    assert triples(remote) == triples(served)


@pytest.mark.parametrize(
    ("query", "status", "problem"),
    [
        ("SELECT * {", 400, "malformed-query"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "federation-refused"),
        ("DROP ALL", 403, "update-refused"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 504, "remote-time-limit"),
    ],
)
def test_what_is_refused_stays_refused(remote: Served, query: str, status: int, problem: str) -> None:
    answer = httpx.post(f"{remote.url}/sparql", data={"query": query}, timeout=30)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (status, problem)


def test_a_store_that_is_away_is_said_to_be(tmp_path: Path) -> None:
    with serving(tmp_path, "--store", f"http://127.0.0.1:{free_port()}/query") as server:
        answer = httpx.get(f"{server.url}/health")
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (502, "remote-failed")
