"""The door for Python programs and notebooks: a graph folder is opened, questions are asked, rows come back.

    from shanxi_kg import open_graph
    graph = open_graph("graph")
    graph.query("partners", area="Shanxi").to_pandas()

It adds nothing to what the store and the stored queries answer but the form: rows with names and Python values.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from pyoxigraph import Triple

from shanxi_kg import queries, store, tables
from shanxi_kg.solutions import Solutions

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """The rows of an answer, each a named tuple of Python values; an unbound variable is None.

    `columns` are those that a notebook shows; the rows and tables have all.
    """

    solutions: Solutions
    columns: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.solutions.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> Row | Rows:
        """Return one row, or the rows of a slice."""
        if isinstance(index, slice):
            return Rows(Solutions(self.solutions.variables, self.solutions.rows[index]), self.columns)
        return next(iter(Rows(Solutions(self.solutions.variables, (self.solutions.rows[index],)))))

    def __iter__(self) -> Iterator[Row]:
        row = namedtuple("Row", _fields(self.solutions.variables), rename=True)  # type: ignore[misc]  # made at run time
        return (row(*values.values()) for values in self.solutions.values())

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas DataFrame, typed from the datatypes; UsageError where pandas is not installed."""
        return tables.to_pandas(self.solutions)

    def to_polars(self) -> pl.DataFrame:
        """Return a polars DataFrame, typed from the datatypes; UsageError where polars is not installed."""
        return tables.to_polars(self.solutions)

    def _repr_html_(self) -> str:
        """Return the table that notebooks show."""
        return tables.to_html(self.solutions.only(self.columns) if self.columns else self.solutions)

    def __repr__(self) -> str:
        return f"<{len(self)} row{'' if len(self) == 1 else 's'} of {', '.join(self.solutions.variables)}>"


@dataclass(frozen=True, slots=True)
class Graph:
    """An opened graph. Make one with `open_graph`."""

    store: store.Store

    def query(self, name: str, /, **parameters: object) -> Rows:
        """Answer the stored query of that name; a parameter's value is a text, a number, a date or an IRI.

        UsageError names the queries that there are, ParameterError what is wrong with a parameter.
        """
        asked = queries.stored_query(name)
        given = {key: str(value) for key, value in parameters.items()}
        solutions = self.store.select(queries.bind(self.store, asked, given), name)
        shown = set(asked.columns) <= set(solutions.variables)
        return Rows(solutions, asked.columns if shown else ())

    def sparql(self, text: str) -> Rows | bool | tuple[Triple, ...]:
        """Answer a SPARQL query: SELECT gives Rows, ASK a truth value, CONSTRUCT and DESCRIBE sorted triples."""
        answer = self.store.query(text)
        return Rows(answer) if isinstance(answer, Solutions) else answer

    def queries(self) -> Rows:
        """Return the stored queries: their names, what they answer, and their parameters with types."""
        from pyoxigraph import Literal

        found = (
            (query.name, query.summary, ", ".join(f"{p.name}: {p.type}" for p in query.parameters))
            for query in queries.stored_queries()
        )
        return Rows(Solutions(("query", "answers", "parameters"), tuple(tuple(map(Literal, row)) for row in found)))


def open_graph(folder: Path | str = "graph", place: Path | str | None = None) -> Graph:
    """Open a graph folder, with the ontology and the authority files; `place` is that of a store on disk of it.

    Raises GraphError where the folder is none, one of its files is broken, or the place holds another state of it.
    """
    return Graph(store.open_graph(Path(folder), place=Path(place) if place else None))


def _fields(variables: tuple[str, ...]) -> list[str]:
    """Return the names of a row's fields: those of the variables, with an underscore behind a word of Python.

    >>> _fields(("class", "area"))
    ['class_', 'area']
    """
    return [f"{variable}_" if iskeyword(variable) else variable for variable in variables]
