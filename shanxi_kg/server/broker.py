"""The broker: a process with one thread that holds the loaded graph and forks a child for every job.

Over a socket come two descriptors a job: a channel, on which the job arrives and the outcome leaves, and the file for
the answer. The child shares the graph's memory with the broker as long as nobody writes it, and nobody does. A child
is killed when its time is over or when the other end of its channel is closed. When the socket is closed, all end.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, cast

from shanxi_kg.embedded import Embedded
from shanxi_kg.errors import ShanxiKGError
from shanxi_kg.server.configuration import Limits
from shanxi_kg.server.jobs import DETAILS, Outcome, loads, perform
from shanxi_kg.server.openfiles import open_for_children
from shanxi_kg.server.rows import WRITERS
from shanxi_kg.server.sandbox import confine
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store

READY = b"ready"
LENGTH = struct.Struct("!I")
DEATHS = {
    signal.SIGABRT: "memory-limit",
    signal.SIGKILL: "memory-limit",
    signal.SIGXCPU: "time-limit",
    signal.SIGXFSZ: "result-too-large",
}
"""What a child that ended by a signal died of; any other signal means a query that the engine could not bear."""


@dataclass(slots=True)
class Child:
    """A running child: its process, its channel, and when its time is over."""

    process: int
    channel: socket.socket
    deadline: float
    problem: str | None = None


def main(arguments: list[str]) -> None:
    """Run the broker: the socket's descriptor, the graph folder, the place of a store and the limits are the arguments.

    The place may be empty, and the limits are written as JSON.
    """
    descriptor, graph, place, limits = arguments
    control = socket.socket(fileno=int(descriptor))
    try:
        store, files = open_for_children(Path(graph), Path(place) if place else None)
    except ShanxiKGError as error:
        control.send(str(error).encode())
        return
    warm_up()
    gc.freeze()  # a collection would write into pages that are shared
    control.send(READY)
    serve(control, store, files, Limits(**json.loads(limits)))


def warm_up() -> None:
    """Import what a child will need: it can open no file any more."""
    for write in WRITERS.values():
        write(Solutions((), ()))


def serve(control: socket.socket, store: Store, files: frozenset[int], limits: Limits) -> None:
    """Fork a child for every job that comes over the socket, until it is closed; it may go on using `files`."""
    children: dict[int, Child] = {}
    ended = _ended_children()
    while True:
        waiting = select.poll()
        waiting.register(control, select.POLLIN)
        waiting.register(ended, select.POLLIN)
        for descriptor in children:
            waiting.register(descriptor, 0)  # reports only that the other end was closed
        ready = {descriptor for descriptor, _ in waiting.poll(_patience(children))}
        if ended.fileno() in ready:
            ended.recv(4096)
        if control.fileno() in ready and not _begin(control, store, files, limits, children):
            break
        _kill(children, ready)
        _reap(children)
    for child in children.values():
        os.kill(child.process, signal.SIGKILL)


def _ended_children() -> socket.socket:
    """Return a socket that can be read whenever a child has ended."""
    reading, writing = socket.socketpair()
    reading.setblocking(False)
    writing.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writing.detach(), warn_on_full_buffer=False)
    for interrupt in (signal.SIGINT, signal.SIGTERM):  # the server decides when the broker ends
        signal.signal(interrupt, signal.SIG_IGN)
    return reading


def _patience(children: dict[int, Child]) -> float | None:
    """Return the milliseconds until the next child's time is over; None where there is none."""
    if not children:
        return None
    return max(0.0, min(child.deadline for child in children.values()) - time.monotonic()) * 1000 + 1


def _begin(
    control: socket.socket, store: Store, files: frozenset[int], limits: Limits, children: dict[int, Child]
) -> bool:
    """Take the next job and fork a child for it; say whether the socket is still open."""
    message, descriptors, _, _ = socket.recv_fds(control, 16, 2)
    if not message:
        return False
    descriptor, answer = descriptors
    channel = socket.socket(fileno=descriptor)
    process = _fork()
    if process == 0:
        _do(store, files, limits, channel, answer)
    os.close(answer)
    if process is None:
        with channel, suppress(OSError):
            channel.send(Outcome("overloaded", "there is no place for a process; try again in a moment").dumps())
    else:
        children[descriptor] = Child(process, channel, time.monotonic() + limits.seconds)
    return True


def _fork() -> int | None:
    """Fork; return None where the system lets nobody have another process."""
    try:
        return os.fork()
    except OSError:
        return None


def _do(store: Store, files: frozenset[int], limits: Limits, channel: socket.socket, answer: int) -> NoReturn:
    """Do a job in the child, which never returns; an error that nobody foresaw is told to the server."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        confine(limits, {channel.fileno(), answer, *files})
        (length,) = LENGTH.unpack(_receive(channel, LENGTH.size))
        job = loads(_receive(channel, length))
        channel.sendall(perform(cast(Embedded, store.engine), job, os.fdopen(answer, "wb")).dumps())
        os._exit(0)
    finally:
        error = sys.exc_info()[1]
        channel.send(Outcome("defect", f"{type(error).__name__}: {error}").dumps())
        os._exit(1)


def _receive(connection: socket.socket, length: int) -> bytes:
    received = bytearray()
    while len(received) < length:
        part = connection.recv(length - len(received))
        if not part:
            raise EOFError
        received += part
    return bytes(received)


def _kill(children: dict[int, Child], ready: set[int]) -> None:
    """Kill the children whose time is over, or whose answer nobody waits for any more."""
    now = time.monotonic()
    for descriptor, child in children.items():
        if child.problem is None and (descriptor in ready or child.deadline <= now):
            child.problem = "time-limit"
            os.kill(child.process, signal.SIGKILL)


def _reap(children: dict[int, Child]) -> None:
    """Take leave of the children that have ended, and tell the other end what they died of."""
    for descriptor, child in list(children.items()):
        process, status = os.waitpid(child.process, os.WNOHANG)
        if not process:
            continue
        del children[descriptor]
        with child.channel:
            if status:
                _report(child, status)


def _report(child: Child, status: int) -> None:
    died_of = DEATHS.get(signal.Signals(os.WTERMSIG(status)), "too-complex") if os.WIFSIGNALED(status) else "defect"
    kind = child.problem or died_of
    with suppress(OSError):  # nobody may be waiting for it any more
        child.channel.send(Outcome(kind, DETAILS.get(kind, "")).dumps())


if __name__ == "__main__":
    main(sys.argv[1:])
