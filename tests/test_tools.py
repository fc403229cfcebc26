"""Stored queries as tools: typed arguments in, rows and their evidence out, errors that say what is right."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from shanxi_kg import queries, tools
from shanxi_kg.errors import GraphError, ParameterError, UsageError
from shanxi_kg.folders import published_files
from shanxi_kg.store import Store, open_graph

DOCUMENT = "https://w3id.org/shanxi-kg/id/document/hunan"
QUERIES = {query.name: query for query in queries.stored_queries()}


def test_each_stored_query_is_a_tool_with_the_types_of_its_parameters() -> None:
    found = {tool.name: tool for tool in tools.tools()}
    assert found.keys() == QUERIES.keys()
    properties = found["took-effect"].input_schema["properties"]
    assert {name: schema.get("format", schema["type"]) for name, schema in properties.items()} == {
        "area": "string", "since": "date", "until": "date", "limit": "integer", "offset": "integer",
    }  # fmt: skip
    assert found["entity"].input_schema["required"] == ["entity"]
    assert found["partners"].input_schema["properties"]["area"]["default"] == "Shanxi"
    assert all(tool.input_schema["additionalProperties"] is False for tool in found.values())
    assert set(tools.SCHEMAS) == set(queries.TYPES)


def test_no_stored_query_has_a_parameter_with_a_name_of_paging() -> None:
    names = {parameter.name for query in QUERIES.values() for parameter in query.parameters}
    assert names.isdisjoint(tools.PAGING)


def test_an_answer_has_the_rows_and_the_evidence_of_their_facts(small_store: Store) -> None:
    answer = tools.call(small_store, "regulations", {})
    assert answer["total"] == len(answer["rows"]) == 2
    row = next(row for row in answer["rows"] if row["document"] == DOCUMENT)
    assert row["title"] == "Data Rules of Hunan Province"
    told = next(each for each in answer["evidence"] if each["fact"] == row["fact"])
    assert {key: told[key] for key in ("kind", "quote", "title", "issued", "certainty", "judgements")} == {
        "kind": "regulation",
        "quote": '"Data Rules of Hunan Province" were adopted on May 27 and take effect on July 1',
        "title": "Hunan sets rules for data",
        "issued": "2021-06-05",
        "certainty": "inferred",
        "judgements": [
            {
                "field": "inForce",
                "rule": "year-of-dateline",
                "reading": "'July 1' is read as 2021, the dateline's year.",
            }
        ],
    }
    assert (told["start"], told["end"]) == (row["start"], row["end"])


def test_what_is_unbound_is_left_out_and_numbers_are_numbers(small_store: Store) -> None:
    rows = tools.call(small_store, "indicators", {})["rows"]
    assert [(row["value"], row["change"], "unit" in row) for row in rows] == [(1150, 4.3, False), (1200, 11.9, False)]


def test_every_answer_is_json_and_has_evidence_for_every_fact(small_store: Store) -> None:
    for name, query in QUERIES.items():
        needed = {each.name: DOCUMENT for each in query.parameters if each.required}
        answer = json.loads(tools.to_json(tools.call(small_store, name, needed)))
        assert {each["fact"] for each in answer["evidence"]} == {
            row["fact"] for row in answer["rows"] if "fact" in row
        }, name


def test_a_long_answer_comes_a_page_at_a_time(small_store: Store) -> None:
    whole = tools.call(small_store, "places", {"limit": 500})
    assert (whole["total"], len(whole["rows"])) == (485, 485)
    page = tools.call(small_store, "places", {"limit": 2, "offset": 484})
    assert (page["total"], page["offset"], page["rows"]) == (485, 484, whole["rows"][484:])
    assert len(tools.call(small_store, "places", {})["rows"]) == 50


@pytest.mark.parametrize(
    ("name", "arguments", "error", "message"),
    [
        ("nothing", {}, UsageError, "query nothing: no such stored query; there are: agencies,"),
        ("partners", {"town": "Hunan"}, ParameterError, "parameter town: the query has no such parameter; it has area"),
        ("partners", {"area": "Atlantis"}, ParameterError, "'Atlantis' is no place"),
        ("partners", {"area": ["Hunan"]}, ParameterError, r"\['Hunan'\] is neither a text nor a number; give one"),
        ("partners", {"area": True}, ParameterError, "True is neither a text nor a number"),
        ("took-effect", {"since": "June"}, ParameterError, "'June' is no date; expected is a day such as 2021-07-01"),
        ("entity", {}, ParameterError, "parameter entity: is missing"),
        ("places", {"limit": 501}, ParameterError, "'501' is no whole number of 1 at least and 500 at most; give one"),
        ("places", {"limit": 1.5}, ParameterError, "'1.5' is no whole number"),
        ("places", {"offset": -1}, ParameterError, "'-1' is no whole number of 0 at least; give one"),
    ],
)
def test_a_call_that_is_wrong_says_what_is_right(
    small_store: Store, name: str, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        tools.call(small_store, name, arguments)


def test_an_argument_that_is_null_is_as_good_as_left_out(small_store: Store) -> None:
    assert tools.call(small_store, "took-effect", {"area": None}) == tools.call(small_store, "took-effect", {})


def test_documents_and_facts_can_be_read(small_graph: Path, small_store: Store) -> None:
    assert ("https://w3id.org/shanxi-kg/id/document/hunan", "Hunan sets rules for data") in tools.resources(small_store)
    document = tools.read(small_store, small_graph, DOCUMENT)
    row = tools.call(small_store, "statements", {})["rows"][0]
    assert document.text[row["start"] : row["end"]] == row["evidence"]
    fact = tools.read(small_store, small_graph, row["fact"])
    assert fact.media_type == "application/json"
    assert json.loads(fact.text) == tools.evidence(small_store, row["fact"])


@pytest.mark.parametrize(
    "iri", [DOCUMENT + "s", DOCUMENT.replace("document/hunan", "fact/hunan/0"), "file:///etc/passwd", "not an IRI"]
)
def test_what_cannot_be_read_is_named(small_graph: Path, small_store: Store, iri: str) -> None:
    with pytest.raises(GraphError, match=iri):
        tools.read(small_store, small_graph, iri)


def test_no_text_outside_the_sources_of_the_graph_is_read(small_graph: Path, tmp_path: Path) -> None:
    folder = copytree(small_graph, tmp_path / "graph")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    path = next(path for path in published_files(folder) if path.stem == "hunan")
    path.write_text(path.read_text("utf-8").replace('"sources/hunan.txt"', '"sources/../../secret.txt"'), "utf-8")
    with pytest.raises(GraphError, match="no text of such a document"):
        tools.read(open_graph(folder), folder, DOCUMENT)
