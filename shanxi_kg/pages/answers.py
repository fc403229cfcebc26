"""A stored query's answer as a table for people: solutions go in, cells with links and each row's fact come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from shanxi_kg.namespaces import SX, XSD, mint
from shanxi_kg.pages.facts import FactView, is_fact, view_fact, view_term
from shanxi_kg.pages.statements import Statements, Term
from shanxi_kg.queries import StoredQuery
from shanxi_kg.solutions import Solutions, text

MOST_ROWS = 300
_NUMBERS = {XSD["decimal"], XSD["integer"]}
_NAMED = {
    "name": ("agency", "platform", "about"),
    "title": ("regulation", "document"),
    "measure": ("policy", "measureIRI", "indicator"),
    "role": ("post",),
    "quote": ("statement",),
    "label": ("about",),
    "subject": ("agreement",),
    "value": ("indicator",),
    "documentTitle": ("document",),
    "evidence": ("fact",),
    "valueLabel": ("other",),
    "propertyLabel": ("property",),
}
"""Which variable holds the IRI of what a column names, besides `<column>IRI`."""
_CODES = {"certainty", "status", "trend", "attribution", "level"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as words, the IRI of what it names, and whether it is a number or how sure a reading is."""

    text: str
    iri: str | None = None
    number: bool = False
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the fact that it stands on, if the query tells."""

    cells: tuple[Cell, ...]
    fact: FactView | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A table: what its columns are called, its rows, and how many there are in all, None where more come."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int | None

    @property
    def has_facts(self) -> bool:
        """Whether any row names the fact that it stands on."""
        return any(row.fact for row in self.rows)


def view_answer(
    statements: Statements, query: StoredQuery, solutions: Solutions, language: str, most: int = MOST_ROWS
) -> Answer:
    """Return what a page in that language shows of the first `most` solutions of a stored query."""
    shown = [column for column in query.columns or solutions.variables if column in solutions.variables]
    shown = [column for column in shown if column != "evidence" or "fact" not in solutions.variables]
    rows = []
    for solution in solutions.rows[:most]:
        row = dict(zip(solutions.variables, solution, strict=True))
        rows.append(Row(tuple(_cells(statements, shown, row, language)), _fact(statements, row, language)))
    return Answer(
        tuple(column_word(statements, column, language) for column in shown), tuple(rows), len(solutions.rows)
    )


def column_word(statements: Statements, column: str, language: str) -> str:
    """Return what a column is called: by our property of that name in Chinese, by its own words in English."""
    own = None if language == "en" else statements.given_label(SX[column.removesuffix("Name")], language)
    return own or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).lower().replace(" iri", " IRI")


def _cells(statements: Statements, columns: list[str], row: Mapping[str, Term | None], language: str) -> Iterator[Cell]:
    for column in columns:
        term = row[column]
        iri = term.value if isinstance(term, NamedNode) else _iri_of(column, row)
        if column in _CODES and isinstance(term, Literal):
            code = mint("code", column, term.value)
            if code in statements.of:
                badge = term.value if column == "certainty" else ""
                yield Cell(statements.label(code, language), code.value, badge=badge)
                continue
        yield _cell(statements, term, iri, language)


def _cell(statements: Statements, term: Term | None, iri: str | None, language: str) -> Cell:
    if isinstance(term, Literal) and term.datatype in _NUMBERS:
        return Cell(view_term(statements, term, language).text, iri, number=True)
    if isinstance(term, NamedNode):
        return Cell(statements.label(term, language), iri)
    translated = statements.translation(NamedNode(iri), language) if iri and language != "en" else None
    return Cell(translated if translated and term is not None else text(term), iri)


def _iri_of(column: str, row: Mapping[str, Term | None]) -> str | None:
    """Return the IRI of what a column names, as another variable of the row gives it."""
    for variable in (f"{column}IRI", f"{column.removesuffix('Name')}IRI", *_NAMED.get(column, ()), column):
        term = row.get(variable)
        if isinstance(term, NamedNode):
            return term.value
    return None


def _fact(statements: Statements, row: Mapping[str, Term | None], language: str) -> FactView | None:
    fact = row.get("fact")
    if isinstance(fact, NamedNode) and is_fact(statements, fact):
        return view_fact(statements, fact, language)
    return None
