"""Routes of the pages: an address and what a browser accepts go in, HTML, Turtle or JSON-LD come out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.routing import BaseRoute

from shanxi_kg.store import Store


def page_routes(graph: Path, store: Store) -> Sequence[BaseRoute]:  # noqa: ARG001 (pages will need both)
    """Return the routes of all pages of a graph folder and its loaded store."""
    return ()
