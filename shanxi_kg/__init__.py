"""Text about how a Chinese province is governed goes in; an RDF graph of facts with their evidence comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shanxi_kg.graph import open_graph

__version__ = "0.1.0"
__all__ = ["__version__", "open_graph"]


def __getattr__(name: str) -> Any:
    """Import what `open_graph` needs when it is asked for, so that importing the package costs nothing."""
    if name != "open_graph":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from shanxi_kg.graph import open_graph

    return open_graph
