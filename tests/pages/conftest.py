"""The seed's graph, read once for the pages."""

from __future__ import annotations

import pytest

from shanxi_kg.pages.statements import Statements, read_statements
from shanxi_kg.resources import folder
from shanxi_kg.store import Store, open_graph


@pytest.fixture(scope="session")
def seed() -> Statements:
    """What pages see of the seed's graph."""
    return read_statements(folder("graph"))


@pytest.fixture(scope="session")
def seed_store() -> Store:
    """The seed's graph, loaded."""
    return open_graph(folder("graph"))
