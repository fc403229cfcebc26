"""Answers to SPARQL queries, whatever the engine; and the embedded engine, which a graph folder is loaded into.

The default graph is the merge of all that may be asked: the published facts, the ontology, the authority files and the
decisions; `graph/documents/<name>.ttl` is the named graph of its document besides. The quarantine is never read. The
embedded store is an index in memory: it normalises literals, so nothing is validated or exported from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Triple

from shanxi_kg.errors import GraphError, OntologyError, QueryError, ShanxiKGError
from shanxi_kg.folders import is_document, published_files
from shanxi_kg.namespaces import mint
from shanxi_kg.resources import folder as data_folder
from shanxi_kg.solutions import Solutions

AUTHORITIES = ("core.ttl", "codes.ttl", "places.ttl", "borders.ttl", "organizations.ttl")
"""The files of ontology/ that a query may read; trigger words and shapes are none of its business."""

Answer = Solutions | bool | tuple[Triple, ...]

_POSITION = re.compile(r"error at (\d+):(\d+)")


class Engine(Protocol):
    """What evaluates queries: the embedded engine, or a server.

    SyntaxError where a query is none, with `error at <line>:<column>` in its message where that is known.
    """

    def query(self, query: str, /) -> QuerySolutions | QueryBoolean | Iterable[Triple]:
        """Evaluate a SPARQL 1.1 query."""


@dataclass(frozen=True, slots=True)
class Store:
    """A graph to ask. Make one with `open_graph`, or with `remote.open_store` from a server."""

    engine: Engine

    def query(self, text: str, name: str = "query") -> Answer:
        """Run a SPARQL 1.1 query: SELECT gives Solutions, ASK a truth value, CONSTRUCT and DESCRIBE sorted triples.

        Raises QueryError, with the query's name and the place in it, where it is broken or cannot be evaluated.
        """
        try:
            results = self.engine.query(text)
            if isinstance(results, QuerySolutions):
                variables = tuple(variable.value for variable in results.variables)
                return Solutions(variables, tuple(tuple(row) for row in results))
        except SyntaxError as error:
            raise QueryError(_syntax_problem(name, text, str(error))) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"{name}: cannot be evaluated: {error}; change the query") from error
        return bool(results) if isinstance(results, QueryBoolean) else tuple(sorted(results, key=str))

    def select(self, text: str, name: str = "query") -> Solutions:
        """Run a query that must be a SELECT; anything else is a QueryError."""
        answer = self.query(text, name)
        if isinstance(answer, Solutions):
            return answer
        raise QueryError(f"{name}: is no SELECT query; write one that selects variables")


def open_graph(folder: Path, ontology: Path | None = None) -> Store:
    """Load a graph folder and the ontology into a store.

    Raises GraphError where the folder is missing or one of its files is broken, OntologyError for a file of ontology/.
    """
    engine = pyoxigraph.Store()
    for path in authority_files(ontology):
        _load(engine, path, None, OntologyError)
    for path in published_files(folder):
        _load(engine, path, None, GraphError)
        if is_document(path):
            _load(engine, path, mint("document", path.stem), GraphError)
    return Store(engine)


def authority_files(ontology: Path | None = None) -> Iterator[Path]:
    """Yield the files of ontology/ that every query sees."""
    top = ontology or data_folder("ontology")
    return (top / name for name in AUTHORITIES)


def _load(engine: pyoxigraph.Store, path: Path, graph: NamedNode | None, error_type: type[ShanxiKGError]) -> None:
    try:
        engine.load(path=path, format=RdfFormat.TURTLE, to_graph=graph)
    except SyntaxError as error:
        raise error_type(
            f"{path}:{error.lineno}:{error.offset}: not valid Turtle: {error.msg}; mend the file"
        ) from error
    except OSError as error:
        raise error_type(f"{path}: cannot be read: {error}; check that it exists and is readable") from error


def _syntax_problem(name: str, text: str, message: str) -> str:
    """Say in one line where a query is broken, without the grammar's list of all that could have stood there."""
    position = _POSITION.search(message)
    if not position:
        return f"{name}: not valid SPARQL: {' '.join(message.split())}; mend the query"
    line, column = map(int, position.groups())
    rest = [*text.split("\n"), ""][line - 1][column - 1 :].strip()[:40]
    where = f"at {rest!r}" if rest else "at the end of the line"
    cause = "a prefix that is not declared" if "Prefix not found" in message else "not valid SPARQL"
    return f"{name}:{line}:{column}: {cause} {where}; mend the query (`shanxi-kg query` reads SPARQL 1.1 queries)"
