"""Real SPARQL servers for tests: each listens on loopback, on a free port, in a folder of its own, and ends by itself.

Oxigraph's server comes with the `dev` extra, Virtuoso's from Debian (tests/components/debian.txt).
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from shanxi_kg.settings import Endpoint

PATIENCE = 90
VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = .
DisableUnixSocket = 1

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8

[SPARQL]
ResultSetMaxRows = {rows}
"""


def free_port() -> int:
    """Return a port of the loopback interface on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[Endpoint]:
    """Run an Oxigraph server on an empty store."""
    port = free_port()
    command = [_script("oxigraph"), "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    folder.mkdir(parents=True, exist_ok=True)
    with running(command, folder, f"http://127.0.0.1:{port}/query"):
        yield Endpoint(f"http://127.0.0.1:{port}/query")


@contextmanager
def virtuoso(folder: Path, buffers: int = 10_000, rows: int = 1_000_000) -> Iterator[Endpoint]:
    """Run a Virtuoso server on an empty database."""
    http, sql = free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    settings = VIRTUOSO_INI.format(http=http, sql=sql, buffers=buffers, dirty=buffers * 3 // 4, rows=rows)
    (folder / "virtuoso.ini").write_text(settings)
    with running(["virtuoso-t", "-f", "-c", "virtuoso.ini"], folder, f"http://127.0.0.1:{http}/sparql"):
        yield Endpoint(f"http://127.0.0.1:{http}/sparql", user="dba", password="dba")


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it must answer at `url` in time."""
    log = folder / "output.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        try:
            _await(process, url, log)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        assert process.poll() is None, log.read_text(errors="replace")
        try:
            httpx.get(url, params={"query": "ASK {}"}, timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer: {log.read_text(errors='replace')}")


def _script(name: str) -> str:
    """Return a script of this environment."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    assert found, f"{name} is not installed"
    return found
