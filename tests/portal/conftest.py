"""The portal of the seed's graph, written once."""

from __future__ import annotations

from pathlib import Path

import pytest
from portal_site import ADDRESS, UNDER

from shanxi_kg.portal import write_portal
from shanxi_kg.resources import folder


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal of the seed's graph, under a path of its own below a server's top. Tests must not change it."""
    out = tmp_path_factory.mktemp("site") / UNDER
    written = write_portal(folder("graph"), out, ADDRESS)
    made = [path for path in out.rglob("*") if path.is_file() and "pagefind" not in path.parts]
    assert written.files == len(made)
    return out
