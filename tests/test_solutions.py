"""Solutions and their written forms, held to other readers of the same standards."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, parse_query_results

from shanxi_kg.namespaces import XSD
from shanxi_kg.solutions import Solutions, Term, text, to_csv, to_json, to_markdown, to_tsv, value

NASTY = 'quote " backslash \\ tab\tline\nbreak, comma | pipe 山西 \U0001f600'
SOLUTIONS = Solutions(
    ("a", "b", "c"),
    (
        (NamedNode("http://example.org/x"), Literal(NASTY), None),
        (BlankNode("n1"), Literal("Shanxi", language="en"), Literal("4.3", datatype=XSD["decimal"])),
    ),
)


def read_back(written: str, form: QueryResultsFormat) -> list[list[Term | None]]:
    results = parse_query_results(written.encode(), format=form)
    return [list(row) for row in results]  # type: ignore[union-attr]


@pytest.mark.parametrize(("writer", "form"), [(to_json, QueryResultsFormat.JSON), (to_tsv, QueryResultsFormat.TSV)])
def test_json_and_tsv_give_the_same_terms_when_another_reader_reads_them(writer, form) -> None:  # type: ignore[no-untyped-def]
    assert read_back(writer(SOLUTIONS), form) == [list(row) for row in SOLUTIONS.rows]


def test_an_unbound_variable_has_no_member_in_json() -> None:
    document = json.loads(to_json(SOLUTIONS))
    assert document["head"] == {"vars": ["a", "b", "c"]}
    assert [sorted(row) for row in document["results"]["bindings"]] == [["a", "b"], ["a", "b", "c"]]


def test_csv_holds_bare_values_and_ends_lines_as_the_standard_says() -> None:
    written = to_csv(SOLUTIONS)
    assert written.startswith("a,b,c\r\n")
    assert list(csv.reader(io.StringIO(written, newline=""))) == [
        ["a", "b", "c"],
        ["http://example.org/x", NASTY, ""],
        ["_:n1", "Shanxi", "4.3"],
    ]


def test_a_markdown_table_keeps_one_line_a_row() -> None:
    assert (
        to_markdown(Solutions(("a", "b"), ((Literal("x|y\nz"), None),))) == "| a | b |\n| --- | --- |\n| x\\|y z |  |\n"
    )


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, None),
        (NamedNode("http://example.org/x"), "http://example.org/x"),
        (Literal("words", language="en"), "words"),
        (Literal("109", datatype=XSD["integer"]), 109),
        (Literal("4.30", datatype=XSD["decimal"]), Decimal("4.30")),
        (Literal("true", datatype=XSD["boolean"]), True),
        (Literal("2021-07-01", datatype=XSD["date"]), date(2021, 7, 1)),
    ],
)
def test_values_are_of_python_types(term: Term | None, expected: object) -> None:
    assert value(term) == expected
    assert type(value(term)) is type(expected)


def test_rows_can_be_had_as_dictionaries_and_narrowed_to_some_columns() -> None:
    assert SOLUTIONS.only(("c", "a")).values()[1] == {"c": Decimal("4.3"), "a": "_:n1"}
    assert text(None) == ""
