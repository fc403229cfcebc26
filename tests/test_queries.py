"""Stored queries: what their files must be, how parameters become terms, and what they answer on a small graph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery

from shanxi_kg import queries
from shanxi_kg.errors import ParameterError, QueryError, UsageError
from shanxi_kg.folders import published_files
from shanxi_kg.namespaces import XSD
from shanxi_kg.resources import folder
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store, authority_files

CONTRACT = {
    "documents": "document title issued source",
    "regulations": "document regulation title area issued inForce evidence start end",
    "agreements": "document agreement party subject signed evidence start end",
    "agencies": "document agency name parent area evidence start end",
    "platforms": "document platform name area member evidence start end",
    "posts": "document post person role organization evidence start end",
    "indicators": "document indicator measure value unit area period status change evidence start end",
    "policies": "document policy measure area target period evidence start end",
    "statements": "document statement speaker quote evidence start end",
}
ALL = queries.stored_queries()
CHECKS = queries.stored_queries(folder("queries") / "checks")
FACT_QUERIES = [name for name in CONTRACT if name != "documents"]
EXAMPLES = {
    "entity": "https://w3id.org/shanxi-kg/id/place/CN-HN",
    "fact": "https://w3id.org/shanxi-kg/id/fact/hunan/none",
}


def solutions(store: Store, name: str, /, **given: str) -> Solutions:
    answer = queries.run(store, queries.stored_query(name), given)
    assert isinstance(answer, Solutions)
    return answer


def column(store: Store, name: str, variable: str, /, **given: str) -> list[object]:
    return [row[variable] for row in solutions(store, name, **given).values()]


def required(query: queries.StoredQuery) -> dict[str, str]:
    return {parameter.name: EXAMPLES[parameter.name] for parameter in query.parameters if parameter.required}


@pytest.mark.parametrize("name", CONTRACT)
def test_a_query_of_the_contract_has_its_columns_in_their_order(small_store: Store, name: str) -> None:
    expected = CONTRACT[name].split()
    assert list(solutions(small_store, name).variables[: len(expected)]) == expected


@pytest.mark.parametrize("name", FACT_QUERIES)
def test_a_query_of_the_contract_has_a_fact_on_each_row_and_words_where_it_says(
    small_graph: Path, small_store: Store, name: str
) -> None:
    rows = solutions(small_store, name).values()
    assert rows
    for row in rows:
        document = str(row["document"]).rpartition("/")[2]
        text = (small_graph / "sources" / f"{document}.txt").read_bytes().decode()
        assert text[row["start"] : row["end"]] == row["evidence"]  # type: ignore[misc]
        assert str(row["fact"]).startswith(f"https://w3id.org/shanxi-kg/id/fact/{document}/")
        assert row["certainty"] in {"stated", "inferred", "ambiguous"}


@pytest.mark.parametrize("query", ALL + CHECKS, ids=lambda query: query.name)
def test_a_stored_query_is_documented_ordered_and_free_of_what_engines_disagree_on(query: queries.StoredQuery) -> None:
    assert query.summary
    assert not query.summary.endswith(".")
    assert query.description.endswith(".")
    assert query.tags
    assert all(parameter.description.endswith(".") for parameter in query.parameters)
    assert "ORDER BY" in query.text
    assert "SELECT DISTINCT" in query.text or "GROUP BY" in query.text  # servers tell a triple of two graphs twice
    assert not re.search(r"GRAPH\s+\?\w+\s*\{\s*(SELECT|VALUES|MINUS)|SERVICE|gYear", query.text)
    assert not re.search(r"#\+.*\t", query.text)


@pytest.mark.parametrize("query", [query for query in ALL if query.parameters], ids=lambda query: query.name)
def test_the_row_of_parameters_in_the_file_holds_the_defaults(small_store: Store, query: queries.StoredQuery) -> None:
    if not required(query):
        assert queries.bind(small_store, query, {}) == query.text


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_the_columns_of_a_narrow_table_are_variables_of_the_query(
    small_store: Store, query: queries.StoredQuery
) -> None:
    assert query.columns
    assert set(query.columns) <= set(solutions(small_store, query.name, **required(query)).variables)


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_a_stored_query_gives_the_same_rows_in_the_same_order_in_plain_rdflib(
    small_graph: Path, small_store: Store, merged: Graph, query: queries.StoredQuery
) -> None:
    text = queries.bind(small_store, query, required(query))
    answer = small_store.select(text)
    expected = [tuple(_plain(term) for term in row) for row in merged.query(prepareQuery(text))]  # type: ignore[union-attr]
    assert [tuple(None if term is None else _oxigraph(term) for term in row) for row in answer.rows] == expected


@pytest.fixture(scope="module")
def merged(small_graph: Path) -> Graph:
    """All that the store holds, in one plain rdflib graph."""
    graph = Graph()
    for path in (*published_files(small_graph), *authority_files()):
        graph.parse(path, format="turtle")
    return graph


def _plain(term: object) -> tuple[str, str | None, str | None] | None:
    if term is None:
        return None
    if isinstance(term, URIRef):
        return str(term), None, None
    return str(term), _datatype(getattr(term, "datatype", None)), getattr(term, "language", None)


def _oxigraph(term: object) -> tuple[str, str | None, str | None]:
    if isinstance(term, NamedNode):
        return term.value, None, None
    assert isinstance(term, Literal)
    return term.value, _datatype(term.datatype.value), term.language


def _datatype(iri: object) -> str | None:
    text = None if iri is None else str(iri)
    return None if text is None or text.endswith(("#string", "#langString")) else text


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_finds_nothing_in_a_sound_graph(small_store: Store, check: queries.StoredQuery) -> None:
    answer = queries.run(small_store, check)
    assert isinstance(answer, Solutions)
    assert answer.values() == []


def test_named_graphs_are_those_of_the_documents(small_graph: Path, small_store: Store) -> None:
    answer = small_store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    base = "https://w3id.org/shanxi-kg/id/document/"
    assert [row["g"] for row in answer.values()] == [base + name for name in ("hubei", "hunan", "zh")]
    assert len(Dataset()) == 0  # rdflib is imported for comparison alone


# What analysts ask


def test_neighbours_without_a_record_are_the_neighbours_less_the_partners(small_store: Store) -> None:
    assert column(small_store, "partners", "partner", area="Hunan") == ["Guangdong", "Hubei"]
    assert column(small_store, "neighbours-without-agreement", "neighbour", area="Hunan") == [
        "Chongqing",
        "Guangxi",
        "Guizhou",
        "Jiangxi",
    ]


def test_a_date_that_no_document_tells_is_shown_as_not_stated(small_store: Store) -> None:
    rows = [(row["period"], row["event"], row["title"]) for row in solutions(small_store, "took-effect").values()]
    assert rows == [
        ("2021-05-27", "issued", "Data Rules of Hunan Province"),
        ("2021-07-01", "took effect", "Data Rules of Hunan Province"),
        ("not stated", "issued", "plan for data"),
        ("not stated", "took effect", "plan for data"),
    ]


def test_what_took_effect_can_be_bounded_by_days_and_place(small_store: Store) -> None:
    rows = solutions(small_store, "took-effect", area="Hunan", since="2021-06-01", until="2021-12-31").values()
    assert [(row["event"], row["period"]) for row in rows] == [("took effect", "2021-07-01")]


def test_members_of_a_cluster_are_bodies_and_counted_groups(small_store: Store) -> None:
    rows = solutions(small_store, "platform-members", platformWord="Cluster").values()
    assert [(row["member"], row["kind"], row["size"]) for row in rows] == [
        ("Changsha Data Center", "body", None),
        ("12 law firms", "group", 12),
    ]


def test_levels_signs_and_instruments_are_read_off_the_code_lists(small_store: Store) -> None:
    assert column(small_store, "levels", "levelLabel") == ["municipal", "provincial"]
    assert sorted(map(str, column(small_store, "protected", "kindIRI"))) == [
        f"https://w3id.org/shanxi-kg/id/code/ip-kind/{kind}" for kind in ("olympic-sign", "special-sign")
    ]
    rows = solutions(small_store, "instruments", instrumentKey="subsidy").values()
    assert [str(row["groupIRI"]).rpartition("/")[2] for row in rows] == ["small-and-medium-sized-enterprises"]


def test_values_that_differ_between_documents_stand_side_by_side(small_store: Store) -> None:
    rows = solutions(
        small_store, "indicator-values", word="companies", area="Hunan", since="2020", until="2020"
    ).values()
    assert [(row["document"], row["value"], row["year"]) for row in rows] == [
        ("https://w3id.org/shanxi-kg/id/document/hubei", 1150, 2020),
        ("https://w3id.org/shanxi-kg/id/document/hunan", 1200, 2020),
    ]
    assert len({row["measureIRI"] for row in rows}) == 1
    assert column(small_store, "indicator-values", "value", since="2021") == []


def test_judgements_give_the_rule_and_the_reading(small_store: Store) -> None:
    rows = solutions(small_store, "judgements", only="inferred").values()
    assert [(row["field"], row["rule"], row["reading"]) for row in rows] == [
        ("inForce", "year-of-dateline", "'July 1' is read as 2021, the dateline's year.")
    ]


def test_the_evidence_of_one_fact_is_found_by_its_iri(small_store: Store) -> None:
    fact = column(small_store, "statements", "fact")[0]
    rows = solutions(small_store, "evidence", fact=str(fact)).values()
    assert [(row["documentTitle"], row["issued"], row["kind"]) for row in rows] == [
        ("Hunan sets rules for data", "2021-06-05", "statement")
    ]


def test_who_answers_for_a_fact_is_told_apart_from_the_reporter(small_store: Store) -> None:
    assert set(column(small_store, "attribution", "kind", on="official")) == {"indicator", "statement"}
    assert "regulation" in column(small_store, "attribution", "kind", on="reporter")
    assert column(small_store, "who-said-what", "post") == ["director"]
    assert column(small_store, "attested-posts", "attested", name="li w") == ["2021-06-05"]


def test_what_is_not_stated_is_listed_and_not_guessed(small_store: Store) -> None:
    rows = {(row["kind"], row["missing"]) for row in solutions(small_store, "not-stated", only="regulation").values()}
    assert rows == {
        ("regulation", missing) for missing in ("when it was issued", "when it takes effect", "where it applies")
    }


def test_counts_claims_headings_trends_and_units_answer(small_store: Store) -> None:
    counts = {row["kind"]: row["facts"] for row in solutions(small_store, "fact-counts").values()}
    assert counts == {
        "agency": 2,
        "agreement": 2,
        "indicator": 2,
        "platform": 1,
        "policy": 2,
        "post": 1,
        "regulation": 2,
        "statement": 1,
    }
    assert column(small_store, "claims", "claim") == ["opening a new chapter for data"]
    assert column(small_store, "headings", "heading") == ["Making the rules"] * 3
    assert column(small_store, "trends", "trend") == ["increase", "increase"]
    assert column(small_store, "units", "basis", name="Hunan Data Bureau") == ["document"]


def test_everything_known_of_an_entity_names_it_from_both_sides(small_store: Store) -> None:
    rows = solutions(small_store, "entity", entity="https://w3id.org/shanxi-kg/id/place/CN-HN").values()
    assert {row["direction"] for row in rows} == {"of it", "to it"}
    assert {"party", "area"} <= set(
        column(small_store, "facts-of-entity", "role", entity="https://w3id.org/shanxi-kg/id/place/CN-HN")
    )


# Parameters

QUERY = queries.parse_query(
    "probe",
    """\
#+ summary: A probe
#+ parameters:
#+   - name: text
#+     type: string
#+     default: plain
#+   - name: whole
#+     type: integer
#+   - name: number
#+     type: decimal
#+   - name: day
#+     type: date
#+   - name: when
#+     type: period
#+   - name: what
#+     type: iri
#+   - name: where
#+     type: place
SELECT * WHERE {
  VALUES (?text ?whole ?number ?day ?when ?what ?where) { ("plain" UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF) }
}
""",
)


@pytest.mark.parametrize(
    ("name", "value", "term"),
    [
        ("text", 'a " quote } ?x <http://x> \\u0022 \n 山西', Literal('a " quote } ?x <http://x> \\u0022 \n 山西')),
        ("whole", "-12", Literal("-12", datatype=XSD["integer"])),
        ("number", "4.5", Literal("4.5", datatype=XSD["decimal"])),
        ("day", "2021-07-01", Literal("2021-07-01", datatype=XSD["date"])),
        ("when", "2021-01/2021-06", Literal("2021-01/2021-06")),
        ("what", "<https://example.org/a>", NamedNode("https://example.org/a")),
        ("where", "Hunan", NamedNode("https://w3id.org/shanxi-kg/id/place/CN-HN")),
        ("where", "湖南省", NamedNode("https://w3id.org/shanxi-kg/id/place/CN-HN")),
        ("where", "hunan province", NamedNode("https://w3id.org/shanxi-kg/id/place/CN-HN")),
        ("where", "CN-HN", NamedNode("https://w3id.org/shanxi-kg/id/place/CN-HN")),
        ("where", "https://w3id.org/shanxi-kg/id/place/CN-HN", NamedNode("https://w3id.org/shanxi-kg/id/place/CN-HN")),
    ],
)
def test_a_value_reaches_the_engine_as_a_term_of_its_type(
    small_store: Store, name: str, value: str, term: object
) -> None:
    answer = queries.run(small_store, QUERY, {name: value})
    assert isinstance(answer, Solutions)
    assert answer.rows[0][answer.variables.index(name)] == term
    assert len(answer.rows) == 1


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("whole", "4.5", "is no integer; expected is a whole number"),
        ("whole", "１２", "is no integer"),
        ("number", "1e5", "is no decimal"),
        ("day", "2021-02-30", "is no date"),
        ("day", "2021-7-1", "expected is a day such as 2021-07-01"),
        ("when", "last year", "is no period"),
        ("what", "https://x/> } INSERT", "is no iri"),
        ("what", "relative", "is no iri"),
        ("where", "Atlantis", "no such place is known"),
        ("where", "", "is no place"),
        ("nothing", "x", "the query has no such parameter; it has text, whole"),
    ],
)
def test_a_value_that_does_not_fit_is_an_error_that_names_the_parameter(
    small_store: Store, name: str, value: str, problem: str
) -> None:
    with pytest.raises(ParameterError, match=re.escape(problem)) as caught:
        queries.run(small_store, QUERY, {name: value})
    assert caught.value.parameter == name
    assert f"parameter {name}" in str(caught.value)


def test_a_place_name_that_several_places_have_lists_them(small_store: Store) -> None:
    with pytest.raises(ParameterError, match=r"several have that name: <.*place/\d+>, <.*place/\d+>"):
        queries.run(small_store, QUERY, {"where": "Suzhou"})


def test_a_required_parameter_that_is_missing_is_an_error(small_store: Store) -> None:
    with pytest.raises(ParameterError, match="parameter fact: is missing; give it as fact=<iri>"):
        queries.run(small_store, queries.stored_query("evidence"))


def test_an_unknown_query_names_those_that_there_are() -> None:
    with pytest.raises(UsageError, match=r"query nope: no such stored query; there are: agencies, .*who-said-what"):
        queries.stored_query("nope")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("#+ parameters:\n#+   - name: x\n#+     type: number\nASK {}", "its type must be one of"),
        (
            "#+ view: timeline\nASK {}",
            "q: view 'timeline': must be one of table, bar, line, map, graph; mend the header",
        ),
        ("#+ parameters:\n#+   - name: x\n#+     type: string\nASK {}", r"has no line `VALUES \(\?x\)"),
    ],
)
def test_a_header_that_does_not_fit_its_query_is_an_error(text: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        queries.parse_query("q", text)


def test_a_query_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "latin.rq").write_bytes(b"# caf\xe9\nASK {}")
    with pytest.raises(QueryError, match="not UTF-8 at byte 5"):
        queries.read_query(tmp_path / "latin.rq")
    with pytest.raises(QueryError, match="No such file"):
        queries.read_query(tmp_path / "missing.rq")
