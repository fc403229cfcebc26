"""One server over the small graph for all tests of this folder that change none of its settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import Served, serving


@pytest.fixture(scope="session")
def served(small_graph: Path) -> Iterator[Served]:
    """A server as it is by default."""
    with serving(small_graph) as server:
        yield server


@pytest.fixture(scope="session")
def client(served: Served) -> Iterator[httpx.Client]:
    """A client of that server."""
    with httpx.Client(base_url=served.url, timeout=30) as opened:
        yield opened
