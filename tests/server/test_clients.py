"""What people ask a SPARQL endpoint with gets the right answers from ours: each client as its users call it."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pandas
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import TOP, Served
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

pytestmark = pytest.mark.server

FOAF = "http://xmlns.com/foaf/0.1/"
DCTERMS = "http://purl.org/dc/terms/"
TITLES = f"SELECT ?title {{ ?d a <{FOAF}Document> ; <{DCTERMS}title> ?title }} ORDER BY ?title"
EXPECTED = ["Hubei counts data companies", "Hunan sets rules for data", "湖南公布数据条例"]
HUNAN = "https://w3id.org/shanxi-kg/id/place/CN-HN"
COMPONENTS = TOP / "tests" / "components" / "package.json"


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120).stdout


@pytest.mark.parametrize(
    "options",
    [
        ("-G", "--data-urlencode", f"query={TITLES}"),
        ("--data-urlencode", f"query={TITLES}"),
        ("-H", "Content-Type: application/sparql-query", "--data-binary", TITLES),
    ],
)
def test_curl(served: Served, options: tuple[str, ...]) -> None:
    lines = run("curl", "-sSf", "-H", "Accept: text/csv", *options, f"{served.url}/sparql").splitlines()
    assert lines == ["title", *EXPECTED]


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("request_method", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_in_json(served: Served, method: str, request_method: str) -> None:
    wrapper = SPARQLWrapper(f"{served.url}/sparql")
    wrapper.setMethod(POST if request_method == POSTDIRECTLY else method)
    wrapper.setRequestMethod(request_method)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(TITLES)
    answer: Any = wrapper.queryAndConvert()
    assert [row["title"]["value"] for row in answer["results"]["bindings"]] == EXPECTED


def test_sparqlwrapper_in_other_forms(served: Served) -> None:
    wrapper = SPARQLWrapper(f"{served.url}/sparql")
    wrapper.setQuery(TITLES)
    wrapper.setReturnFormat(XML)
    document: Any = wrapper.queryAndConvert()
    assert [node.firstChild.data for node in document.getElementsByTagName("literal")] == EXPECTED
    wrapper.setReturnFormat(CSV)
    rows: Any = wrapper.queryAndConvert()
    assert rows.decode().split("\r\n") == ["title", *EXPECTED, ""]
    wrapper.setQuery(f"DESCRIBE <{HUNAN}>")
    wrapper.setReturnFormat(TURTLE)
    turtle: Any = wrapper.queryAndConvert()
    assert URIRef(HUNAN) in set(Graph().parse(data=turtle, format="turtle").subjects())


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflibs_store(served: Served, method: str, form: str) -> None:
    store = SPARQLStore(f"{served.url}/sparql", method=method, returnFormat=form)
    graph = Graph(store)
    assert [str(row[0]) for row in graph.query(TITLES)] == EXPECTED
    if form in {"xml", "json"}:  # the others cannot say which term is an IRI, and the store asks for them
        labels = graph.objects(URIRef(HUNAN), URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"))
        assert {str(label) for label in labels} == {"Hunan", "湖南省"}


def test_comunica(served: Served) -> None:
    script = Path(__file__).parent / "comunica.mjs"
    lines = run("node", str(script), str(COMPONENTS), f"{served.url}/sparql", TITLES).splitlines()
    assert lines == EXPECTED


def test_pandas_reads_csv_with_numbers_as_numbers(served: Served) -> None:
    frame = pandas.read_csv(f"{served.url}/api/queries/indicators.csv")
    assert list(frame["value"]) == [1150, 1200]
    assert list(frame["change"]) == [4.3, 11.9]
    paged = pandas.read_csv(f"{served.url}/api/queries/indicators.csv?limit=1&offset=1")
    assert list(paged["value"]) == [1200]
    assert io.StringIO(frame.to_csv()).readline().startswith(",document,indicator,measure")
