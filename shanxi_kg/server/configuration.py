"""What an operator of the server may set: limits, the hosts and origins that are served, and a remote SPARQL server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query, and all of them together, may take.

    `seconds` by the wall clock; `memory` in bytes beyond what the graph takes; `result` and `body` in bytes;
    `query` in characters; `nesting` in open brackets; `at_once`, `per_client` and `waiting` in queries; `patience` in
    seconds, how long a client may take to send a request.
    """

    seconds: float = 10.0
    memory: int = 512 * MIB
    result: int = 64 * MIB
    body: int = MIB
    query: int = 200_000
    nesting: int = 100
    at_once: int = 8
    per_client: int = 4
    waiting: int = 64
    patience: float = 10.0


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """`hosts` are the names that the server answers to; `origins` the foreign pages that may ask it ('*': all).

    By default it is private: it answers to the names of this machine's loopback interface, and to no foreign page.
    `remote` is the URL of a SPARQL server that holds the graph instead of this process; `place` is that of a store on
    disk, where it is not beside the graph folder.
    """

    limits: Limits = field(default_factory=Limits)
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    origins: tuple[str, ...] = ()
    remote: str | None = None
    place: Path | None = None
