"""The life of the server: its log, its end, its broker, and what it says when it cannot begin."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from serving import TOP, Served, serving

from shanxi_kg.cli import run
from shanxi_kg.settings import Settings

pytestmark = pytest.mark.server

COMMAND = [sys.executable, "-m", "shanxi_kg", "serve"]


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in listed]


def gone(process: int) -> bool:
    """Whether a process has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def until(condition: object, seconds: float = 10) -> bool:
    """Wait until a condition holds."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_every_request_has_a_line_of_json(small_graph: Path) -> None:
    with serving(small_graph) as server, httpx.Client(base_url=server.url) as client:
        client.get("/health")
        client.get("/sparql", params={"query": "ASK {}"})
        client.post("/sparql", data={"update": "DROP ALL"})
        client.get("/nothing-here%0A{}")
        with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as connection:
            connection.sendall(b"nonsense\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
        assert until(lambda: any("Invalid HTTP request" in line for line in server.log))
        assert until(lambda: len(server.requests()) == 4)
        lines = server.requests()
        kept = ("client", "method", "path", "status")
        assert [tuple(line[name] for name in kept) for line in lines] == [
            ("127.0.0.1", "GET", "/health", 200),
            ("127.0.0.1", "GET", "/sparql", 200),
            ("127.0.0.1", "POST", "/sparql", 403),
            ("127.0.0.1", "GET", "/nothing-here\n{}", 404),
        ]
        assert set(lines[0]) == {"time", "event", "client", "method", "path", "status", "bytes", "milliseconds"}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_told_to_end_it_finishes_what_it_has_begun(small_graph: Path, number: signal.Signals, status: int) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } LIMIT 500 } ?d ?e ?f }"
    with serving(small_graph, "--seconds", "60") as server:
        broker = children(server.process.pid)[0]
        answers: list[httpx.Response] = []
        asking = threading.Thread(
            target=lambda: answers.append(httpx.get(f"{server.url}/sparql", params={"query": slow}, timeout=60))
        )
        asking.start()
        assert until(lambda: children(broker))
        server.process.send_signal(number)
        asking.join()
        assert server.process.wait(20) == status
        assert answers[0].status_code == 200
        assert gone(broker)


def test_a_server_that_is_killed_leaves_no_process_behind(small_graph: Path) -> None:
    with serving(small_graph, "--seconds", "60") as server:
        broker = children(server.process.pid)[0]
        with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as connection:
            query = "SELECT+(COUNT(*)+AS+?n)+{?a+?b+?c.?d+?e+?f.?g+?h+?i}"
            connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert until(lambda: children(broker))
            child = children(broker)[0]
            server.process.kill()
            assert until(lambda: gone(broker) and gone(child))


def test_a_broker_that_is_killed_is_started_again(small_graph: Path) -> None:
    with serving(small_graph) as server, httpx.Client(base_url=server.url) as client:
        os.kill(children(server.process.pid)[0], signal.SIGKILL)
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_a_child_ends_when_its_client_goes_away(small_graph: Path) -> None:
    with serving(small_graph, "--seconds", "60") as server:
        broker = children(server.process.pid)[0]
        query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.url}/sparql", params={"query": query}, timeout=1)
        assert until(lambda: not children(broker), 1)
        assert until(lambda: any(line["status"] == 499 for line in server.requests()))


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (["--graph", "nowhere"], 3, "nowhere: no such folder"),
        (["--graph", "{graph}", "--port", "{taken}"], 2, "cannot listen there"),
        (["--graph", "{graph}", "--port", "99999"], 2, "99999"),
    ],
)
def test_what_keeps_it_from_beginning_is_said(
    small_graph: Path, served: Served, options: list[str], status: int, message: str
) -> None:
    places = {"graph": str(small_graph), "taken": served.url.rpartition(":")[2]}
    ended = subprocess.run(
        COMMAND + [option.format(**places) for option in options],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    )
    assert (ended.returncode, ended.stdout) == (status, "")
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)  # as if it were not installed
    assert run(["serve"], Settings()) == 2
    assert capsys.readouterr().err == (
        "Error: serve: needs uvicorn; install the extra with `pip install 'shanxi-kg[web]'`\n"
    )
