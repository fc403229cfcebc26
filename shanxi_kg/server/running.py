"""The server's life: it listens, says where, and ends when it is told to, with the answers it has begun.

A connection that does not send a whole request in time is closed, so that half-open ones cannot take all places.
"""

from __future__ import annotations

import asyncio
import math
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from shanxi_kg.errors import UsageError
from shanxi_kg.server.configuration import Limits

LONGEST_HEAD = 64 * 1024
CONNECTIONS = 1000
STATUSES = {signal.SIGTERM: 0, signal.SIGINT: 130}


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; port 0 means any that is free. UsageError where it is taken."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # asyncio sends small answers at once only where the protocol is named
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(1024)
    except OSError as error:
        raise UsageError(f"{host}:{port}: cannot listen there: {error.strerror}; choose another --port") from error
    return listening


def run(app: FastAPI, listening: socket.socket, limits: Limits, ready: Callable[[], None]) -> int:
    """Serve until SIGTERM (returns 0) or SIGINT (returns 130); `ready` is called when the server answers."""
    return asyncio.run(_run(app, listening, limits, ready))


async def _run(app: FastAPI, listening: socket.socket, limits: Limits, ready: Callable[[], None]) -> int:
    config = uvicorn.Config(
        app,
        http=_protocol(limits.patience),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=math.ceil(limits.patience),
        timeout_graceful_shutdown=math.ceil(limits.seconds) + 1,
    )
    server = Server(config)
    serving = asyncio.ensure_future(server.serve([listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    ready()
    await serving
    return server.status


class Server(uvicorn.Server):
    """A server that ends with a status of its own instead of the signal that told it to end."""

    status = 0

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT as the order to end."""
        loop = asyncio.get_running_loop()
        for number, status in STATUSES.items():
            loop.add_signal_handler(number, self._stop, status)
        yield
        for number in STATUSES:
            loop.remove_signal_handler(number)

    def _stop(self, status: int) -> None:
        self.status, self.should_exit = status, True


def _protocol(patience: float) -> type[asyncio.Protocol]:
    """Return the HTTP protocol that looks every `patience` seconds whether the head of a request is still not whole."""

    class PatientProtocol(H11Protocol):
        seen: tuple[object, bool] = (None, True)

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self.looking = self.loop.call_later(patience, self.look)

        def look(self) -> None:
            """Close the connection if a head has begun, and none was begun since the last look."""
            partial = self.cycle is None or (self.cycle.response_complete and bool(self.conn.trailing_data[0]))
            if partial and self.seen == (self.cycle, True):
                self.transport.close()
                return
            self.seen = (self.cycle, partial)
            self.looking = self.loop.call_later(patience, self.look)

        def connection_lost(self, exc: Exception | None) -> None:
            self.looking.cancel()
            super().connection_lost(exc)

    return PatientProtocol
