"""Hostile requests (hostile.jsonl, one a line): each is refused, none changes anything or reaches anybody.

A request says `get`, `form` or `direct` (a query, and how it is sent), `fields` (a form), or `method`, `path`,
`params`, `headers` and `body`; or `raw`, what is written to the connection. A text may be a list of pieces; a piece
may be a text and how often it is repeated. `{listener}` is the address of somebody who listens and must hear nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from serving import Served, serving

from shanxi_kg.server.backend import Broker
from shanxi_kg.server.configuration import Limits
from shanxi_kg.server.errors import Problem
from shanxi_kg.server.jobs import Job

pytestmark = pytest.mark.server

FILE = Path(__file__).parent / "hostile.jsonl"
REQUESTS = [json.loads(line) for line in FILE.read_text("utf-8").split("\n") if line]
SILENCE = {"raw: a half head", "raw: nothing", "raw: one letter"}
"""What is no request yet: the connection is closed without a word."""


class Listener:
    """Somebody on a port of this machine who counts the connections that come."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.heard = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.heard += 1
            connection.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.socket.close()


@pytest.fixture(scope="module")
def target(small_graph: Path) -> Iterator[Served]:
    with serving(small_graph, "--seconds", "2", "--patience", "1") as server:
        yield server


def text(pieces: Any, listener: str) -> str:
    """Put the pieces of a text together."""
    if isinstance(pieces, str):
        return pieces.replace("{listener}", listener)
    return "".join(piece[0] * piece[1] if isinstance(piece, list) else text(piece, listener) for piece in pieces)


def message(request: dict[str, Any], host: str, listener: str) -> bytes:
    """Write a request as it goes over the connection."""
    if "raw" in request:
        return request["raw"].encode("latin-1")
    method, path, body = request.get("method", "GET"), text(request.get("path", "/sparql"), listener), b""
    headers = {name: text(value, listener) for name, value in request.get("headers", {}).items()}
    if "get" in request:
        path += "?query=" + quote(text(request["get"], listener))
    if "params" in request:
        path += "?" + urlencode(request["params"])
    fields = {"query": request["form"]} if "form" in request else request.get("fields")
    if fields:
        body = urlencode({name: text(value, listener) for name, value in fields.items()}).encode()
        method, headers["Content-Type"] = "POST", "application/x-www-form-urlencoded"
    if "direct" in request:
        body, method = text(request["direct"], listener).encode(), "POST"
        headers["Content-Type"] = "application/sparql-query"
    if "body" in request:
        body = text(request["body"], listener).encode()
    if "body_hex" in request:
        body = bytes.fromhex(request["body_hex"])
    lines = {"Host": host, "Connection": "close", "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


def answer(url: str, sent: bytes) -> bytes:
    """Send a request and return all that comes back until the server closes the connection."""
    host, port = url.removeprefix("http://").split(":")
    received = b""
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # it may be refused before it is whole
            connection.sendall(sent)
        while True:
            try:
                part = connection.recv(65536)
            except ConnectionResetError:
                return received
            if not part:
                return received
            received += part


@pytest.mark.parametrize("request_", REQUESTS, ids=[request["name"] for request in REQUESTS])
def test_a_hostile_request_is_refused(request_: dict[str, Any], target: Served, listener: Listener) -> None:
    received = answer(target.url, message(request_, target.url.removeprefix("http://"), listener.url))
    assert listener.heard == 0
    if request_["name"] in SILENCE:
        assert received == b""
        return
    status = received.split(b" ", 2)[1]
    assert status.startswith(b"4"), received[:1000]
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"text/html" not in head or b"<script>alert" not in body


def test_after_all_of_them_nothing_has_changed(small_graph: Path, target: Served, listener: Listener) -> None:
    def state() -> tuple[str, list[tuple[str, str]]]:
        graph = httpx.get(f"{target.url}/rdf-graphs/service?default", headers={"Accept": "application/n-triples"})
        files = [
            (str(path), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(small_graph.rglob("*"))
            if path.is_file()
        ]
        return hashlib.sha256(b"".join(sorted(graph.content.splitlines()))).hexdigest(), files

    before = state()
    for request in REQUESTS[::5]:
        if "raw" not in request:
            answer(target.url, message(request, target.url.removeprefix("http://"), listener.url))
    assert state() == before
    assert listener.heard == 0


def test_there_are_two_hundred_of_them_and_no_name_twice() -> None:
    assert len({request["name"] for request in REQUESTS}) == len(REQUESTS) >= 200


def test_the_walls_hold_without_the_polite_refusal(small_graph: Path, listener: Listener) -> None:
    async def problems() -> list[str]:
        broker = Broker(small_graph, Limits(seconds=2))
        found = []
        for query in (
            f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{listener.url}> {{ ?s ?p ?o }} }}",
            "ASK " + "{" * 50_000 + "}" * 50_000,
            "ASK FROM <file:///etc/passwd> { ?s ?p ?o }",
        ):
            try:
                answered = await broker.answer(Job("query", query, "json"), "")
                found.append(answered.file.read().decode())
                answered.file.close()
            except Problem as problem:
                found.append(problem.kind)
        broker.close()
        return found

    refused, silent, complex_, empty = asyncio.run(problems())
    assert (refused, complex_) == ("federation-refused", "too-complex")
    assert json.loads(silent)["results"]["bindings"] == [{}]
    assert json.loads(empty)["boolean"] is False
    assert listener.heard == 0
