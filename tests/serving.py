"""The server as an operator starts it: the command line in a process of its own, on a free port of this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]


@dataclass
class Served:
    """A running server: where it listens, its process, and the lines of its log so far."""

    url: str
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)

    def requests(self) -> list[dict[str, object]]:
        """Return the lines of the access log."""
        return [entry for entry in map(json.loads, self.log) if entry["event"] == "request"]


@contextmanager
def serving(graph: Path, *options: str) -> Iterator[Served]:
    """Start `shanxi-kg serve` on a graph, yield it when it listens, and tell it to end."""
    command = [sys.executable, "-m", "shanxi_kg", "serve", "--graph", str(graph), "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=environment) as process:
        try:
            assert process.stderr is not None
            first = process.stderr.readline()
            assert '"listening"' in first, first + process.stderr.read()
            served = Served(json.loads(first)["url"].rstrip("/"), process)
            threading.Thread(target=served.log.extend, args=[process.stderr], daemon=True).start()
            yield served
        finally:
            process.terminate()
            process.wait(20)
