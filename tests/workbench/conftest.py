"""The workbench of a server over the small graph, and of a portal of it, for a visitor with a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from portal_site import file_server
from serving import serving
from visiting import PATIENCE, Visitor, chromium, visiting

from shanxi_kg.portal import write_portal


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def server(small_graph: Path) -> Iterator[str]:
    with serving(small_graph) as served:
        yield served.url


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    """A visitor of the server."""
    with visiting(browser, server) as somebody:
        yield somebody


@pytest.fixture(scope="module")
def portal(small_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    top = tmp_path_factory.mktemp("portal")
    write_portal(small_graph, top / "of" / "hunan", "https://data.example.org/")
    with file_server(top) as url:
        yield f"{url}/of/hunan"


@pytest.fixture
def reader(portal: str, browser: Browser) -> Iterator[Visitor]:
    """A visitor of the portal, where no server answers queries; it is written before the browser's event loop runs."""
    with visiting(browser, portal) as somebody:
        yield somebody
