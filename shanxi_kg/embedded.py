"""The embedded engine in memory: the merge of all files, and the same with their named graphs once a query names one.

The engine walks all quads of a term to find those of one graph. What many documents speak of, such as a place or a
year, stands in the named graph of each, so that with these in the engine a look-up takes the longer the more documents
there are. Few queries name a graph: the others are answered by an engine that holds the merge alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from shanxi_kg.diskstore import Input, broken
from shanxi_kg.errors import GraphError
from shanxi_kg.terminals import words_of

Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples

_NAMING = frozenset({"FROM", "GRAPH"})


@dataclass(slots=True)
class Memory:
    """The files of a graph in memory, with `more` triples besides; make one with `load`.

    `merge` is the engine of the default graph; `written` is when each file was written last.
    """

    merge: pyoxigraph.Store
    inputs: Sequence[Input]
    written: Sequence[int]
    more: Sequence[Triple] = ()
    _whole: pyoxigraph.Store | None = field(default=None, init=False)

    def query(
        self,
        query: str,
        /,
        *,
        base_iri: str | None = None,
        default_graph: list[NamedNode | BlankNode | DefaultGraph] | None = None,
        named_graphs: list[NamedNode | BlankNode] | None = None,
    ) -> Results:
        """Evaluate a query as the engine does; GraphError where it names graphs and a file has changed meanwhile."""
        given = default_graph is not None or named_graphs is not None
        if not given and _NAMING.isdisjoint(words_of(query)):
            return self.merge.query(query, base_iri=base_iri)
        whole = self.whole()
        if not given:
            return whole.query(query, base_iri=base_iri)
        return whole.query(query, base_iri=base_iri, default_graph=default_graph, named_graphs=named_graphs)

    def contains_named_graph(self, name: NamedNode) -> bool:
        """Say whether a document has this name."""
        return any(one.graph == name for one in self.inputs)

    def dump(
        self, output: IO[bytes] | Path, syntax: RdfFormat, *, from_graph: NamedNode | DefaultGraph | None = None
    ) -> None:
        """Write one graph, or all of them in a syntax that names graphs."""
        engine = self.merge if isinstance(from_graph, DefaultGraph) else self.whole()
        engine.dump(output, syntax, from_graph=from_graph)

    def whole(self) -> pyoxigraph.Store:
        """Return the engine with the named graphs, which is loaded when it is first asked for.

        Raises GraphError where a file has been written since the merge was loaded.
        """
        if self._whole is None:
            changed = [
                one.path
                for one, then in zip(self.inputs, self.written, strict=True)
                if one.graph and _written(one.path) != then
            ]
            if changed:
                raise GraphError(f"{changed[0]}: has changed since the graph was loaded; open the graph again")
            whole = pyoxigraph.Store()
            _fill(whole, self.inputs, self.more)
            for one in self.inputs:
                if one.graph:
                    _load(whole, one, one.graph)
            self._whole = whole
        return self._whole


Embedded = Memory | pyoxigraph.Store
"""The embedded engine, in memory or on disk."""


def load(inputs: Sequence[Input], more: Iterable[Triple] = ()) -> Memory:
    """Load files, and more triples besides; raises the error of an input that is broken."""
    memory = Memory(pyoxigraph.Store(), inputs, [_written(one.path) for one in inputs], tuple(more))
    _fill(memory.merge, memory.inputs, memory.more)
    return memory


def _fill(engine: pyoxigraph.Store, inputs: Iterable[Input], more: Iterable[Triple]) -> None:
    for one in inputs:
        _load(engine, one, None)
    engine.extend(Quad(*triple) for triple in more)


def _load(engine: pyoxigraph.Store, one: Input, graph: NamedNode | None) -> None:
    try:
        engine.load(path=one.path, format=RdfFormat.TURTLE, to_graph=graph)
    except (SyntaxError, OSError) as error:
        raise broken(one, error) from error


def _written(path: Path) -> int:
    """Return when a file was written last, 0 where it is not there."""
    return path.stat().st_mtime_ns if path.exists() else 0
