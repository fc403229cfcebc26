"""Answers to SPARQL queries, whatever the engine; and the embedded engine, which a graph folder is loaded into.

The default graph is the merge of all that may be asked: the published facts, the ontology, the authority files and the
decisions; `graph/documents/<name>.ttl` is the named graph of its document besides. The quarantine is never read. The
embedded store is an index, in memory or on disk: it normalises literals, so nothing is validated or exported from it.
"""

from __future__ import annotations

import os
import re
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from shanxi_kg import diskstore, embedded
from shanxi_kg.errors import GraphError, OntologyError, QueryError
from shanxi_kg.folders import CONFLICTS, is_document, published_files, signature
from shanxi_kg.namespaces import DCTERMS, mint
from shanxi_kg.resources import folder as data_folder
from shanxi_kg.solutions import Solutions
from shanxi_kg.turtle import parse_file

AUTHORITIES = ("core.ttl", "codes.ttl", "places.ttl", "borders.ttl", "organizations.ttl", "links.ttl")
"""The files of ontology/ that a query may read; trigger words and shapes are none of its business."""

Answer = Solutions | bool | tuple[Triple, ...]

_POSITION = re.compile(r"error at (\d+):(\d+)")


class Engine(Protocol):
    """What evaluates queries: the embedded engine, or a server.

    SyntaxError where a query is none, with `error at <line>:<column>` in its message where that is known.
    """

    def query(self, query: str, /) -> QuerySolutions | QueryBoolean | Iterable[Triple]:
        """Evaluate a SPARQL 1.1 query."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Store:
    """A graph to ask. Make one with `open_graph`, or with `remote.open_store` from a server.

    `files` is the folder of an engine on disk.
    """

    engine: Engine
    files: Path | None = None

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
            raise QueryError(syntax_problem(name, text, str(error))) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"{name}: cannot be evaluated: {error}; change the query") from error
        return bool(results) if isinstance(results, QueryBoolean) else tuple(sorted(results, key=str))

    def select(self, text: str, name: str = "query") -> Solutions:
        """Run a query that must be a SELECT; anything else is a QueryError."""
        answer = self.query(text, name)
        if isinstance(answer, Solutions):
            return answer
        raise QueryError(f"{name}: is no SELECT query; write one that selects variables")


def open_graph(
    folder: Path,
    ontology: Path | None = None,
    place: Path | None = None,
    notice: Callable[[str], object] = lambda _: None,
) -> Store:
    """Open a graph folder with the ontology: on disk where there is a store of it, else it is loaded into memory.

    The disk store at `place` must hold this very state of the folder. Without a place, the one beside the folder is
    taken if it does; if not, `notice` is told. Raises GraphError where the folder is missing, one of its files broken
    or the place does not serve, OntologyError for a file of ontology/.
    """
    if place:
        return _open_on_disk(place, folder, ontology)
    if diskstore.exists(diskstore.beside(folder)):
        try:
            return _open_on_disk(diskstore.beside(folder), folder, ontology)
        except GraphError as error:
            notice(f"{error}; until then the files are loaded")
    return load_graph(folder, ontology)


def load_graph(folder: Path, ontology: Path | None = None) -> Store:
    """Load a graph folder with the ontology into memory, as `open_graph` does where there is no store on disk."""
    return Store(embedded.load(_inputs(published_files(folder), ontology)))


def write_disk_store(folder: Path, ontology: Path | None = None, place: Path | None = None) -> diskstore.State:
    """Load a graph folder and the ontology into a disk store, by default the one beside it, and return its state.

    Where it holds that already, nothing is done. Raises GraphError where the folder is missing, changes meanwhile, or
    one of its files is broken, or where nothing can be written at the place, OntologyError for a file of ontology/.
    """
    place = place or diskstore.beside(folder)
    if folder.resolve() in {place.resolve(), *place.resolve().parents}:
        raise GraphError(f"{place}: lies in the graph folder, which is for publishing; choose a place outside it")
    if diskstore.exists(place):
        with suppress(GraphError):
            _open_on_disk(place, folder, ontology)
            return diskstore.read_state(place)
    before = signature(folder, authority_files(ontology))
    state = diskstore.write(place, _inputs(published_files(folder), ontology), before)
    if signature(folder, authority_files(ontology)) != before:
        raise GraphError(f"{folder}: was written while it was loaded; make the store anew with `shanxi-kg store`")
    return state


def _open_on_disk(place: Path, folder: Path, ontology: Path | None) -> Store:
    opened = diskstore.open_engine(place)
    store = Store(opened.engine, place / opened.state.engine)
    weakref.finalize(store, os.close, opened.descriptor)
    if signature(folder, authority_files(ontology)) == opened.state.signature:
        return store
    if diskstore.digest(_inputs(published_files(folder), ontology)) != opened.state.contents:
        raise GraphError(f"{place}: holds another state of {folder}; renew it with `shanxi-kg store`")
    return store


@dataclass(frozen=True, slots=True)
class Selection:
    """The published files as a day would have them, by the dates that are printed on the documents.

    `documents` are those of the documents up to the day with their triples, `others` the rest, such as the decisions;
    `later` are the names of the documents that came after it, `undated` those of the documents without a date.
    """

    documents: Mapping[Path, tuple[Triple, ...]]
    others: tuple[Path, ...]
    later: tuple[str, ...]
    undated: tuple[str, ...]


def select_until(folder: Path, day: date) -> Selection:
    """Select the documents of a graph folder up to a day; a month or year counts from its last day on.

    What documents say against one another is left out, since it is not the same for some of them as for all. Raises
    GraphError where the folder is missing or one of its files is broken.
    """
    documents: dict[Path, tuple[Triple, ...]] = {}
    later, undated, others = [], [], []
    for path in published_files(folder):
        if not is_document(path):
            others += [path] if path.name != CONFLICTS else []
            continue
        triples = tuple(_parsed(path))
        last = _last_day(mint("document", path.stem), triples)
        if last is None:
            undated.append(path.stem)
        elif last > day:
            later.append(path.stem)
        else:
            documents[path] = triples
    return Selection(MappingProxyType(documents), tuple(others), tuple(later), tuple(undated))


def open_selection(selection: Selection, more: Iterable[Triple] = (), ontology: Path | None = None) -> Store:
    """Load selected documents, the other files and more triples besides, as `open_graph` does with all of a folder."""
    return Store(embedded.load(_inputs((*selection.documents, *selection.others), ontology), more))


def _last_day(document: NamedNode, triples: Iterable[Triple]) -> date | None:
    """Return the last day of the date that is printed on a document, None where it has none."""
    from shanxi_kg.triples.periods import days  # slow to load, and no other query needs it

    for subject, predicate, value in triples:
        if subject == document and predicate == DCTERMS["issued"] and isinstance(value, Literal):
            span = days(value.value)
            return span[1] if span else None
    return None


def _parsed(path: Path) -> list[Triple]:
    try:
        return parse_file(path)
    except OntologyError as error:
        raise GraphError(str(error)) from error


def _inputs(paths: Iterable[Path], ontology: Path | None) -> list[diskstore.Input]:
    """Return what a store loads: the authority files and published files."""
    authorities = (diskstore.Input(path, None, OntologyError) for path in authority_files(ontology))
    published = (
        diskstore.Input(path, mint("document", path.stem) if is_document(path) else None, GraphError) for path in paths
    )
    return [*authorities, *published]


def authority_files(ontology: Path | None = None) -> Iterator[Path]:
    """Yield the files of ontology/ that every query sees."""
    top = ontology or data_folder("ontology")
    return (top / name for name in AUTHORITIES)


def syntax_problem(name: str, text: str, message: str) -> str:
    """Say in one line where a query is broken, without the grammar's list of all that could have stood there."""
    position = _POSITION.search(message)
    if not position:
        return f"{name}: not valid SPARQL: {' '.join(message.split())}; mend the query"
    line, column = map(int, position.groups())
    rest = [*text.split("\n"), ""][line - 1][column - 1 :].strip()[:40]
    where = f"at {rest!r}" if rest else "at the end of the line"
    cause = "a prefix that is not declared" if "Prefix not found" in message else "not valid SPARQL"
    return f"{name}:{line}:{column}: {cause} {where}; mend the query (`shanxi-kg query` reads SPARQL 1.1 queries)"
