"""The door for Python programs: rows with names and values, tables with types, and an import that costs nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from pyoxigraph import Literal, NamedNode, Triple

import shanxi_kg
from shanxi_kg import open_graph, tables
from shanxi_kg.errors import GraphError, ParameterError, QueryError, UsageError
from shanxi_kg.graph import Graph, Rows
from shanxi_kg.namespaces import XSD, mint
from shanxi_kg.queries import stored_queries
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store

EVERYTHING = """
SELECT ?class ?whole ?number ?mixed ?day ?truth ?text ?iri ?none {
  VALUES (?class ?whole ?number ?mixed ?day ?truth ?text ?iri ?none) {
    ("a" 1 1.50 1 "2021-07-01"^^<http://www.w3.org/2001/XMLSchema#date> true "太原"@zh <http://example.org/a> UNDEF)
    ("b" UNDEF 2e0 2.5 UNDEF false "<script>alert(1)</script>" <http://example.org/b> UNDEF)
  }
} ORDER BY ?class
"""


@pytest.fixture(scope="module")
def graph(small_graph: Path) -> Graph:
    return open_graph(small_graph)


@pytest.fixture(scope="module")
def rows(graph: Graph) -> Rows:
    answer = graph.sparql(EVERYTHING)
    assert isinstance(answer, Rows)
    return answer


def test_a_stored_query_gives_named_rows_of_python_values(graph: Graph) -> None:
    rows = graph.query("indicators")
    assert [(row.area, row.measure, row.value, row.period) for row in rows] == [  # type: ignore[attr-defined]
        ("Changsha", "data companies", Decimal(1150), "2020"),
        ("Changsha", "data companies", Decimal(1200), "2020"),
    ]
    assert rows[-1].start == rows[1].start  # type: ignore[attr-defined]
    assert len(rows[:1]) == len(list(rows[:1])) == 1
    assert repr(rows[:1]).startswith("<1 row of document, indicator, measure, value")
    with pytest.raises(IndexError):
        rows[2]


def test_parameters_are_given_by_name_in_their_own_type(graph: Graph) -> None:
    assert [row.partner for row in graph.query("partners", area="Hunan")] == ["Guangdong", "Hubei"]  # type: ignore[attr-defined]
    titles = [row.event for row in graph.query("took-effect", since=date(2021, 6, 1))]  # type: ignore[attr-defined]
    assert "took effect" in titles
    assert "issued" not in [
        row.event  # type: ignore[attr-defined]
        for row in graph.query("took-effect", since=date(2021, 6, 1), area=mint("place", "CN-HN").value)
    ]


@pytest.mark.parametrize(
    ("name", "given", "error", "message"),
    [
        ("agrements", {}, UsageError, "query agrements: no such stored query; there are: agencies,"),
        ("partners", {"place": "Hunan"}, ParameterError, "parameter place: the query has no such parameter"),
        ("partners", {"area": "Atlantis"}, ParameterError, "'Atlantis' is no place"),
    ],
)  # fmt: skip
def test_a_call_that_is_wrong_says_what_is_right(
    graph: Graph, name: str, given: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        graph.query(name, **given)


def test_a_query_of_ones_own_gives_rows_a_truth_value_or_triples(graph: Graph, rows: Rows) -> None:
    assert rows[0] == (
        "a", 1, Decimal("1.5"), 1, date(2021, 7, 1), True, "太原", "http://example.org/a", None,
    )  # fmt: skip
    assert rows[1].class_ == "b"  # type: ignore[attr-defined]
    assert graph.sparql("ASK {}") is True
    part = graph.sparql("CONSTRUCT { <http://example.org/a> a ?class } { VALUES ?class { <http://example.org/C> } }")
    type_ = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert part == (Triple(NamedNode("http://example.org/a"), type_, NamedNode("http://example.org/C")),)
    with pytest.raises(QueryError, match="not valid SPARQL"):
        graph.sparql("SELECT")


def test_the_stored_queries_are_listed_with_their_parameters(graph: Graph) -> None:
    listed = {row.query: row.parameters for row in graph.queries()}  # type: ignore[attr-defined]
    assert list(listed) == [query.name for query in stored_queries()]
    assert listed["took-effect"] == "area: place, since: date, until: date"


def test_a_folder_that_is_no_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"is no graph folder; make one with"):
        open_graph(str(tmp_path))


def test_a_pandas_table_is_typed_from_the_datatypes(rows: Rows) -> None:
    table = rows.to_pandas()
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == {
        "class": "string", "whole": "Int64", "number": "Float64", "mixed": "Float64", "day": "datetime64[s]",
        "truth": "boolean", "text": "string", "iri": "string", "none": "string",
    }  # fmt: skip
    assert table["number"].tolist() == [1.5, 2.0]
    assert table["day"].iloc[0] == datetime(2021, 7, 1)
    assert table.isna().sum().to_dict() == {**dict.fromkeys(table.columns, 0), "whole": 1, "day": 1, "none": 2}


def test_a_polars_table_is_typed_from_the_datatypes(rows: Rows) -> None:
    table = rows.to_polars()
    assert dict(table.schema) == {
        "class": pl.String, "whole": pl.Int64, "number": pl.Float64, "mixed": pl.Float64, "day": pl.Date,
        "truth": pl.Boolean, "text": pl.String, "iri": pl.String, "none": pl.String,
    }  # fmt: skip
    assert table.row(0) == ("a", 1, 1.5, 1.0, date(2021, 7, 1), True, "太原", "http://example.org/a", None)
    assert table["whole"].to_list() == [1, None]


@pytest.mark.parametrize("convert", [tables.to_pandas, tables.to_polars])
def test_an_answer_without_rows_is_a_table_with_its_columns(convert: object) -> None:
    table = convert(Solutions(("one", "two"), ()))  # type: ignore[operator]
    assert (list(table.columns), table.shape) == (["one", "two"], (0, 2))


@pytest.mark.parametrize("convert", [tables.to_pandas, tables.to_polars])
def test_a_number_too_long_for_an_integer_and_columns_of_several_kinds_keep_their_rows(convert: object) -> None:
    long, several = Literal(str(2**70), datatype=XSD["integer"]), (Literal("x"), Literal(1))
    table = convert(Solutions(("long", "several"), ((long, several[0]), (long, several[1]))))  # type: ignore[operator]
    assert list(table["long"]) == [float(2**70)] * 2
    assert list(table["several"]) == ["x", "1"]


def test_every_stored_query_becomes_a_table(graph: Graph) -> None:
    for query in stored_queries():
        if not any(parameter.required for parameter in query.parameters):
            rows = graph.query(query.name)
            assert rows.to_pandas().shape == rows.to_polars().shape == (len(rows), len(rows.solutions.variables))


class Tags(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [str(value) for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += [data] if data.strip() else []


def test_a_notebook_shows_escaped_text_and_links_to_the_web_alone(rows: Rows) -> None:
    page = Tags(rows._repr_html_())
    assert set(page.tags) == {"table", "caption", "thead", "tbody", "tr", "th", "td", "a"}
    assert page.links == ["http://example.org/a", "http://example.org/b"]
    assert "<script>alert(1)</script>" in page.words
    hostile = Solutions(("x",), ((NamedNode("javascript:alert(1)"),), (NamedNode("http://a/?%22&'"),)))
    assert Tags(tables.to_html(hostile)).links == ["http://a/?%22&'"]


def test_a_notebook_shows_the_columns_that_read_well_and_the_first_rows(graph: Graph) -> None:
    page = Tags(graph.query("partners", area="Hunan")._repr_html_())
    assert page.words[:5] == ["2 rows", "partner", "subject", "signed", "certainty"]
    many = Solutions(("n",), tuple((Literal(number),) for number in range(60)))
    assert Tags(tables.to_html(many)).words[0] == "60 rows, the first 50 shown"
    assert Tags(tables.to_html(many)).tags.count("tr") == 51


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing_is_named_with_the_way_to_get_it(library: str) -> None:
    code = f"""
import sys
sys.modules[{library!r}] = None
from shanxi_kg import tables
from shanxi_kg.errors import UsageError
from shanxi_kg.solutions import Solutions
try:
    tables.to_{library}(Solutions((), ()))
except UsageError as error:
    print(error)
"""
    assert answer_of(code) == (
        f"to_{library}: needs {library}, which is not installed; install it with `pip install shanxi-kg[{library}]`\n"
    )


def answer_of(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def test_importing_the_package_imports_nothing_heavy_and_opening_a_graph_no_rdflib_or_spacy() -> None:
    lazy = answer_of("import shanxi_kg, sys; print(*sorted(sys.modules))").split()
    assert {name for name in lazy if name.startswith("shanxi_kg")} == {"shanxi_kg"}
    assert set(lazy).isdisjoint({"pyoxigraph", "rdflib", "spacy", "pandas", "polars", "numpy"})
    opened = answer_of("from shanxi_kg import open_graph; import sys; print(*sorted(sys.modules))").split()
    assert set(opened).isdisjoint({"rdflib", "spacy", "pandas", "polars", "numpy", "click"})


def test_the_package_has_one_public_door_and_no_other_name() -> None:
    assert shanxi_kg.__all__ == ["__version__", "open_graph"]
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        shanxi_kg.nothing  # noqa: B018


def test_the_store_below_can_be_used_as_it_is(graph: Graph) -> None:
    assert isinstance(graph.store, Store)
