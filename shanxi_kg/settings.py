"""What a user may set outside a command: the graph folder that commands work on, and whether errors show tracebacks.

The environment is a parameter; only the command line hands in the real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`graph` is the folder that commands read and write unless told otherwise."""

    graph: Path = Path("graph")
    debug: bool = False


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables; what is not set keeps its default.

    >>> from_environment({"SHANXI_KG_GRAPH": "out"})
    Settings(graph=PosixPath('out'), debug=False)
    """
    return Settings(
        graph=Path(environment.get("SHANXI_KG_GRAPH") or "graph"),
        debug=environment.get("SHANXI_KG_DEBUG", "") not in {"", "0"},
    )
