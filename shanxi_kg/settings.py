"""What a user may set outside a command: where the graph is, its server, the cache, and whether errors show tracebacks.

The environment is a parameter; only the command line hands in the real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 server: the URLs for queries, updates and whole graphs, and how to enter.

    `update` and `graphs` are empty where the server's layout is to tell them. `seconds` is how long an answer may take.
    """

    url: str
    update: str = ""
    graphs: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Settings:
    """`graph` is the folder that commands read and write unless told otherwise, `store` the server, if there is one.

    `cache` keeps work, None for none.
    """

    graph: Path = Path("graph")
    debug: bool = False
    cache: Path | None = None
    store: Endpoint = field(default=Endpoint(""), repr=False)


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables; what is not set keeps its default.

    The cache is where the XDG Base Directory Specification puts it, unless SHANXI_KG_CACHE names a folder.

    >>> from_environment({"SHANXI_KG_GRAPH": "out", "HOME": "/home/li"})
    Settings(graph=PosixPath('out'), debug=False, cache=PosixPath('/home/li/.cache/shanxi-kg'))
    >>> from_environment({"SHANXI_KG_STORE_TOKEN": "t"}).store.token
    't'
    """
    return Settings(
        graph=Path(environment.get("SHANXI_KG_GRAPH") or "graph"),
        debug=environment.get("SHANXI_KG_DEBUG", "") not in {"", "0"},
        cache=_cache(environment),
        store=_endpoint(environment),
    )


def _endpoint(environment: Mapping[str, str]) -> Endpoint:
    update, graphs, user, password, token = (
        environment.get(f"SHANXI_KG_STORE_{name}", "") for name in ("UPDATE", "GRAPHS", "USER", "PASSWORD", "TOKEN")
    )
    return Endpoint(environment.get("SHANXI_KG_STORE", ""), update, graphs, user, password, token)


def _cache(environment: Mapping[str, str]) -> Path | None:
    own, xdg, home = (environment.get(name, "") for name in ("SHANXI_KG_CACHE", "XDG_CACHE_HOME", "HOME"))
    if own:
        return Path(own)
    if Path(xdg).is_absolute():
        return Path(xdg) / "shanxi-kg"
    return Path(home) / ".cache" / "shanxi-kg" if home else None
