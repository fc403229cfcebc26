"""Where jobs are done: a job goes in, a file with the whole answer comes out, or a Problem is raised.

Until an answer is whole, nothing of it is sent to a client. `Broker` does jobs in children of a process of its own;
`Queue` lets in as many at once as the limits say.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Protocol

from shanxi_kg.errors import GraphError
from shanxi_kg.server.broker import LENGTH, READY
from shanxi_kg.server.configuration import Limits
from shanxi_kg.server.errors import Problem
from shanxi_kg.server.jobs import Job, Outcome, outcome_of

LOGGER = logging.getLogger("shanxi_kg.server")
_OUTCOME = 1024 * 1024
_LOADING = 600.0
_LOST = Outcome("overloaded", "the query's process was lost; try again in a moment")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its file, at its beginning, its length in bytes, and how many rows a page's query has in all."""

    file: IO[bytes]
    length: int
    total: int | None = None


class Backend(Protocol):
    """Something that does jobs."""

    async def answer(self, job: Job, client: str) -> Answer:
        """Do a job for a client (its address); raise Problem where it cannot be done."""

    def close(self) -> None:
        """End what was started."""


@dataclass(slots=True)
class Queue:
    """Lets `at_once` jobs run, at most `per_client` of one client; others wait, in order, as many as may."""

    limits: Limits
    running: asyncio.Semaphore = field(init=False)
    of_client: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    present: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.running = asyncio.Semaphore(self.limits.at_once)

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Wait for a turn; raise Problem where too many wait already."""
        if self.present[client] >= self.limits.waiting:
            raise Problem("too-many-requests", "wait for the answers to the queries that were sent before")
        if self.present.total() >= 4 * self.limits.waiting:
            raise Problem("overloaded", "try again in a moment")
        own = self.of_client.setdefault(client, asyncio.Semaphore(self.limits.per_client))
        self.present[client] += 1
        try:
            async with own, self.running:
                yield
        finally:
            self.present[client] -= 1
            if not self.present[client]:
                del self.present[client], self.of_client[client]


def _raise_problem(outcome: Outcome) -> None:
    """Raise the problem of an outcome, if it has one; what is known of a defect goes to the log alone."""
    if outcome.problem == "defect":
        LOGGER.error("a query's process failed: %s", outcome.detail)
        raise Problem("defect", "an unexpected error; the server's log has it; please report it")
    if outcome.problem is not None:
        raise Problem(outcome.problem, outcome.detail)


class Broker:
    """The broker's process and the socket to it; a broker that has died is started again."""

    def __init__(self, graph: Path, limits: Limits, place: Path | None = None) -> None:
        self.graph = graph
        self.place = place
        self.limits = limits
        self.queue = Queue(limits)
        self.restarting = asyncio.Lock()
        self._start()

    def _start(self) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "shanxi_kg.server.broker"]
        arguments = [str(theirs.fileno()), str(self.graph), str(self.place or ""), json.dumps(asdict(self.limits))]
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 (this very package)
                [*command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self.control.settimeout(_LOADING)
        said = self.control.recv(65536)
        if said != READY:
            self.close()
            raise GraphError(said.decode() or f"{self.graph}: the broker ended while it loaded the graph; see above")

    async def answer(self, job: Job, client: str) -> Answer:
        """Do a job in a child of the broker."""
        async with self.queue.turn(client):
            with ExitStack() as stack:
                file = stack.enter_context(tempfile.TemporaryFile())
                outcome = await self._outcome(job, file) or await self._outcome(job, file) or _LOST
                _raise_problem(outcome)
                stack.pop_all()  # the response closes the file
        length = file.seek(0, 2)
        file.seek(0)
        return Answer(file, length, outcome.total)

    async def _outcome(self, job: Job, file: IO[bytes]) -> Outcome | None:
        """Return how a job ended; None where the broker died before it could say so."""
        file.seek(0)
        file.truncate()
        ours, theirs = socket.socketpair()
        with theirs:
            await self._send([theirs.fileno(), file.fileno()])
        reader, writer = await asyncio.open_unix_connection(sock=ours, limit=_OUTCOME)
        try:
            written = job.dumps()
            writer.write(LENGTH.pack(len(written)) + written)
            line = await reader.readline()
        except (BrokenPipeError, ConnectionResetError):
            line = b""
        finally:
            writer.close()
        return outcome_of(line) if line.endswith(b"\n") else None

    async def _send(self, descriptors: list[int]) -> None:
        control = self.control
        try:
            socket.send_fds(control, [b"job"], descriptors)
        except OSError:  # the broker is gone
            async with self.restarting:
                if self.control is control:
                    await asyncio.to_thread(self._restart)
            socket.send_fds(self.control, [b"job"], descriptors)

    def _restart(self) -> None:
        LOGGER.error("the broker ended and is started again")
        self.close()
        self._start()

    def close(self) -> None:
        """End the broker with all its children."""
        self.control.close()
        self.process.wait(10)
