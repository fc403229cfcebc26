"""The solutions of a SELECT query as a value, and its written forms.

A term is pyoxigraph's `NamedNode`, `Literal` or `BlankNode`; an unbound variable is None. JSON is SPARQL 1.1 Query
Results JSON, CSV and TSV are those of SPARQL 1.1 too (IRIs and datatypes survive in TSV, not in CSV).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple
Value = str | int | float | Decimal | bool | date | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PLAIN = {_XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}
_PYTHON: Mapping[str, Callable[[str], Value]] = {
    _XSD + "integer": int,
    _XSD + "decimal": Decimal,
    _XSD + "boolean": lambda lexical: lexical in {"true", "1"},
    _XSD + "date": date.fromisoformat,
    _XSD + "double": float,
    _XSD + "float": float,
}


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of an answer in their order; each has one term, or None, for each variable."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def values(self) -> list[dict[str, Value]]:
        """Return the rows as dictionaries of Python values; a variable that is unbound is None."""
        return [dict(zip(self.variables, map(value, row), strict=True)) for row in self.rows]

    def only(self, variables: tuple[str, ...]) -> Solutions:
        """Return the same rows with these of the variables alone, in this order."""
        columns = [self.variables.index(variable) for variable in variables]
        return Solutions(variables, tuple(tuple(row[column] for column in columns) for row in self.rows))


def value(term: Term | None) -> Value:
    """Return the Python value of a term: a number, date or truth value where its datatype says so, else its text.

    >>> value(Literal("109", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")))
    Decimal('109')
    """
    if isinstance(term, Literal):
        return _PYTHON.get(term.datatype.value, str)(term.value)
    return None if term is None else text(term)


def text(term: Term | None) -> str:
    """Return what a reader wants to see of a term; the empty string where there is none."""
    if term is None:
        return ""
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def to_json(solutions: Solutions) -> str:
    """Write SPARQL 1.1 Query Results JSON, a row a line; unbound variables have no member in their row."""
    names = [f"{_quoted(variable)}: " for variable in solutions.variables]
    rows = ",\n".join(f"{{{', '.join(_members(names, row))}}}" for row in solutions.rows)
    head = json.dumps({"vars": solutions.variables}, ensure_ascii=False)
    return f'{{"head": {head}, "results": {{"bindings": [\n{rows}\n]}}}}\n'


def _members(names: list[str], row: tuple[Term | None, ...]) -> list[str]:
    return [name + _json_term(term) for name, term in zip(names, row, strict=True) if term is not None]


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _json_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f'{{"type": "uri", "value": {_quoted(term.value)}}}'
    if not isinstance(term, Literal):
        return f'{{"type": "bnode", "value": {_quoted(str(term).removeprefix("_:"))}}}'
    if term.language:
        return f'{{"type": "literal", "value": {_quoted(term.value)}, "xml:lang": {_quoted(term.language)}}}'
    kind = term.datatype.value
    datatype = "" if kind in _PLAIN else f', "datatype": {_quoted(kind)}'
    return f'{{"type": "literal", "value": {_quoted(term.value)}{datatype}}}'


def to_csv(solutions: Solutions) -> str:
    """Write SPARQL 1.1 Query Results CSV: bare values, lines ended by CR LF."""
    import csv
    import io

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(solutions.variables)
    writer.writerows([text(term) for term in row] for row in solutions.rows)
    return buffer.getvalue()


def to_tsv(solutions: Solutions) -> str:
    """Write SPARQL 1.1 Query Results TSV: terms in Turtle's syntax, unbound ones empty."""
    head = "\t".join("?" + variable for variable in solutions.variables)
    rows = ("\t".join("" if term is None else _turtle_term(term) for term in row) for row in solutions.rows)
    return "".join(line + "\n" for line in (head, *rows))


def _turtle_term(term: Term) -> str:
    return str(term).replace("\t", "\\t")


def to_markdown(solutions: Solutions) -> str:
    """Write a Markdown table of the readable values."""
    rows = (solutions.variables, ("---",) * len(solutions.variables), *(map(text, row) for row in solutions.rows))
    return "".join("| " + " | ".join(map(_markdown_cell, row)) + " |\n" for row in rows)


def _markdown_cell(cell: str) -> str:
    return " ".join(cell.replace("\\", "\\\\").replace("|", "\\|").split())


WRITERS: Mapping[str, Callable[[Solutions], str]] = {
    "csv": to_csv,
    "json": to_json,
    "markdown": to_markdown,
    "tsv": to_tsv,
}
