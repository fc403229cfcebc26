"""Solutions as the tables of other libraries: pandas, polars, and HTML for notebooks.

A column's type comes from the datatypes of its terms, never from guessing at its text: integers, decimals (as 64-bit
floats), dates and truth values keep theirs, everything else, and a column of several kinds, is text. What is unbound is
missing in every type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from shanxi_kg.errors import UsageError
from shanxi_kg.namespaces import ID, XSD
from shanxi_kg.solutions import Solutions, Term, Value, text, value

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

LIMIT = 50
"""How many rows a notebook shows; the others are counted."""

_KINDS: Mapping[str, str] = {
    XSD["boolean"].value: "boolean",
    XSD["date"].value: "date",
    XSD["decimal"].value: "number",
    XSD["double"].value: "number",
    XSD["float"].value: "number",
    XSD["integer"].value: "integer",
}
_PANDAS: Mapping[str, str] = {
    "boolean": "boolean",
    "date": "datetime64[s]",
    "integer": "Int64",
    "number": "Float64",
    "text": "string",
}
_LONGEST_INTEGER = 2**63
_CELL: Mapping[str, Callable[[Term], Value]] = {
    "boolean": value,
    "date": value,
    "integer": value,
    "number": lambda term: float(text(term)),
    "text": text,
}


def to_pandas(solutions: Solutions) -> pd.DataFrame:
    """Return a DataFrame with one column a variable; UsageError where pandas is not installed."""
    try:
        import pandas as pd
    except ImportError as error:
        raise _missing("pandas") from error

    columns = {
        variable: pd.Series(_cells(column, kind), dtype=_PANDAS[kind]) for variable, kind, column in _columns(solutions)
    }
    return pd.DataFrame(columns, columns=list(solutions.variables))


def to_polars(solutions: Solutions) -> pl.DataFrame:
    """Return a DataFrame with one column a variable; UsageError where polars is not installed."""
    try:
        import polars as pl
    except ImportError as error:
        raise _missing("polars") from error

    types = {"boolean": pl.Boolean, "date": pl.Date, "integer": pl.Int64, "number": pl.Float64, "text": pl.String}
    return pl.DataFrame(
        [pl.Series(variable, _cells(column, kind), types[kind]) for variable, kind, column in _columns(solutions)]
    )


def to_html(solutions: Solutions, limit: int = LIMIT) -> str:
    """Return an HTML table of the first rows; IRIs of the web are links, and every text is escaped.

    >>> to_html(Solutions(("name",), ((Literal("<b>"),),))).count("&lt;b&gt;")
    1
    """
    head = "".join(f"<th>{escape(variable)}</th>" for variable in solutions.variables)
    rows = ("".join(f"<td{_align(term)}>{_linked(term)}</td>" for term in row) for row in solutions.rows[:limit])
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    count = len(solutions.rows)
    caption = f"{count} row{'' if count == 1 else 's'}" + (f", the first {limit} shown" if count > limit else "")
    return (
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
    )


def _columns(solutions: Solutions) -> list[tuple[str, str, tuple[Term | None, ...]]]:
    columns = list(zip(*solutions.rows, strict=True)) or [()] * len(solutions.variables)
    return [(name, kind_of(column), column) for name, column in zip(solutions.variables, columns, strict=True)]


def kind_of(column: tuple[Term | None, ...]) -> str:
    """Return what a column holds: boolean, date, integer, number or text.

    >>> kind_of((Literal(1), None, Literal("2.5", datatype=XSD["decimal"])))
    'number'
    """
    kinds = {_kind(term) for term in column if term is not None}
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "text"


def _kind(term: Term) -> str:
    if not isinstance(term, Literal):
        return "text"
    kind = _KINDS.get(term.datatype.value, "text")
    too_long = kind == "integer" and not -_LONGEST_INTEGER <= int(term.value) < _LONGEST_INTEGER
    return "number" if too_long else kind


def _cells(column: tuple[Term | None, ...], kind: str) -> list[Value]:
    return [None if term is None else _CELL[kind](term) for term in column]


def _missing(library: str) -> UsageError:
    return UsageError(
        f"to_{library}: needs {library}, which is not installed; install it with `pip install shanxi-kg[{library}]`"
    )


def _align(term: Term | None) -> str:
    numeric = term is not None and _kind(term) in {"integer", "number"}
    return ' style="text-align: right"' if numeric else ' style="text-align: left"'


def _linked(term: Term | None) -> str:
    shown = escape(text(term).removeprefix(ID))
    if isinstance(term, NamedNode) and term.value.startswith(("http://", "https://")):
        return f'<a href="{escape(term.value)}">{shown}</a>'
    return shown
