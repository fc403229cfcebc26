"""A store for children that can open no file: all files of an engine on disk are open before, or it is in memory.

The engine opens its files when it first needs them, so they are reached here one after the other: what it is asked for
stands in its files by hashes of terms, and terms that nobody wrote fall into all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Oxigraph

from shanxi_kg.embedded import Memory
from shanxi_kg.namespaces import RDF
from shanxi_kg.store import Store, load_graph, open_graph

OPEN = Path("/proc/self/fd")
"""Where the system lists the open files of a process; where it does not, graphs are loaded into memory."""

_PROBES, _SAMPLE = 500, 3000


def open_for_children(graph: Path, place: Path | None = None) -> tuple[Store, frozenset[int]]:
    """Open a graph as `open_graph` does, and return it with the descriptors that a child must keep."""
    store = open_graph(graph, place=place)
    if isinstance(store.engine, Memory):
        store.engine.whole()
        return store, frozenset()
    if store.files is None:
        return store, frozenset()
    _reach_all(cast(Oxigraph, store.engine))
    descriptors = _descriptors(store.files.resolve())
    missing = {path.resolve() for path in store.files.glob("*.sst")} - set(descriptors.values())
    if missing:
        loaded = load_graph(graph)
        cast(Memory, loaded.engine).whole()
        return loaded, frozenset()
    return store, frozenset(descriptors)


def _descriptors(folder: Path) -> dict[int, Path]:
    """Return the open files of a folder by their descriptors."""
    found = {}
    for entry in OPEN.iterdir() if OPEN.is_dir() else ():
        with suppress(OSError):  # the one of this very listing is closed by now
            path = entry.readlink()
            if path.parent == folder:
                found[int(entry.name)] = path
    return found


def _reach_all(engine: Oxigraph) -> None:
    """Ask for something in every part of every index of an engine."""
    sample = list(islice(engine.quads_for_pattern(None, None, None), _SAMPLE))
    predicates = {quad.predicate for quad in sample}
    for term in _probes():
        _first(engine, None, None, term, None)
        for predicate in predicates:
            _first(engine, None, predicate, term, None)
        if isinstance(term, NamedNode):
            _first(engine, term, None, None, None)
            for pattern in ((term, None, None), (None, RDF["type"], None), (None, None, term)):
                _first(engine, *pattern, term)
    for quad in sample:
        _first(engine, quad.subject, quad.predicate, quad.object, quad.graph_name)


def _probes() -> Iterator[NamedNode | Literal]:
    for number in range(_PROBES):
        yield NamedNode(f"urn:probe:{number}")
        yield Literal(f"a text that is too long to stand in the index itself: {number}", language="en")
        yield Literal(f"a text that is too long to stand in the index itself: {number}")


def _first(engine: Oxigraph, *pattern: object) -> Quad | None:
    return next(iter(engine.quads_for_pattern(*pattern)), None)  # type: ignore[arg-type]
