"""The endpoint over HTTP beyond the W3C's tests: forms, datasets, HEAD, CORS, the service description, and refusals."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from serving import Served, serving

pytestmark = pytest.mark.server

DOCUMENT = "https://w3id.org/shanxi-kg/id/document/"
FOAF = "http://xmlns.com/foaf/0.1/"
TITLES = f"SELECT ?title {{ ?d a <{FOAF}Document> ; <http://purl.org/dc/terms/title> ?title }} ORDER BY ?title"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SHANXI = "<https://w3id.org/shanxi-kg/id/place/CN-SX>"


def titles(results: QuerySolutions) -> list[str]:
    return [row["title"].value for row in results]


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", QueryResultsFormat.TSV),
    ],
)
def test_solutions_come_in_every_form(client: httpx.Client, media_type: str, form: QueryResultsFormat) -> None:
    answer = client.get("/sparql", params={"query": TITLES}, headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    results = parse_query_results(answer.content, format=form)
    assert isinstance(results, QuerySolutions)
    assert titles(results) == ["Hubei counts data companies", "Hunan sets rules for data", "湖南公布数据条例"]


def test_csv_is_that_of_sparql(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": TITLES}, headers={"Accept": "text/csv"})
    assert answer.text == "title\r\nHubei counts data companies\r\nHunan sets rules for data\r\n湖南公布数据条例\r\n"


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/trig", RdfFormat.TRIG),
        ("application/n-quads", RdfFormat.N_QUADS),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("query", [f"DESCRIBE {SHANXI}", f"CONSTRUCT {{ {SHANXI} ?p ?o }} WHERE {{ {SHANXI} ?p ?o }}"])
def test_triples_come_in_every_form(client: httpx.Client, media_type: str, form: RdfFormat, query: str) -> None:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    found = {quad.triple for quad in parse(answer.content, format=form)}
    assert {str(triple.subject) for triple in found} == {SHANXI}
    names = client.post("/sparql", data={"query": query}, headers={"Accept": "application/n-triples"})
    assert found == {quad.triple for quad in parse(names.content, format=RdfFormat.N_TRIPLES)}


def test_the_dataset_of_the_request_takes_the_place_of_the_querys_own(client: httpx.Client) -> None:
    def count(**dataset: str) -> int:
        answer = client.get("/sparql", params={"query": COUNT} | dataset)
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    every, hunan = count(), count(**{"default-graph-uri": DOCUMENT + "hunan"})
    assert 0 < hunan < every
    assert count(**{"named-graph-uri": DOCUMENT + "hunan"}) == 0
    assert count(**{"default-graph-uri": "http://example.org/none"}) == 0
    with_from = COUNT.replace("{", f"FROM <{DOCUMENT}hubei> {{", 1)
    answer = client.get("/sparql", params={"query": with_from, "default-graph-uri": DOCUMENT + "hunan"})
    assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) == hunan


def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client) -> None:
    got = client.get("/sparql", params={"query": TITLES})
    head = client.head("/sparql", params={"query": TITLES})
    assert head.content == b""
    assert (
        client.head("/api/queries/facts").headers["x-total-count"]
        == client.get("/api/queries/facts").headers["x-total-count"]
    )
    kept = ("content-type", "content-length", "vary")
    assert [head.headers[name] for name in kept] == [got.headers[name] for name in kept]


def test_a_relative_iri_is_resolved_against_the_endpoint(client: httpx.Client, served: Served) -> None:
    answer = client.post(
        "/sparql", data={"query": "CONSTRUCT { <#s> <#p> 1 } {}"}, headers={"Accept": "application/n-triples"}
    )
    assert answer.text.startswith(f"<{served.url}/sparql#s> <{served.url}/sparql#p> ")


def test_programs_get_the_service_description_and_browsers_a_page(client: httpx.Client, served: Served) -> None:
    answer = client.get("/sparql", headers={"Accept": "application/n-triples"})
    triples = {str(quad.triple) for quad in parse(answer.content, format=RdfFormat.N_TRIPLES)}
    sd, service = "http://www.w3.org/ns/sparql-service-description#", f"{served.url}/sparql#service"
    assert f"<{service}> <{sd}endpoint> <{served.url}/sparql>" in triples
    assert f"<{service}> <{sd}supportedLanguage> <{sd}SPARQL11Query>" in triples
    named = {line.rpartition(" ")[2] for line in triples if f"<{sd}name>" in line}
    assert named == {f"<{DOCUMENT}{name}>" for name in ("hubei", "hunan", "zh")}
    page = client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("request_", "status", "problem"),
    [
        ({"method": "GET", "params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406, "not-acceptable"),
        ({"method": "GET", "params": {"query": "SELECT * {"}}, 400, "malformed-query"),
        ({"method": "GET", "params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "malformed-request"),
        ({"method": "POST", "content": b"ASK {}"}, 415, "unsupported-media-type"),
        (
            {"method": "POST", "content": b"x=1", "headers": {"Content-Type": "text/plain"}},
            415,
            "unsupported-media-type",
        ),
        (
            {
                "method": "POST",
                "content": b"ASK {}",
                "headers": {"Content-Type": "application/sparql-query;charset=latin1"},
            },
            415,
            "unsupported-media-type",
        ),
        ({"method": "POST", "data": {"update": "DROP ALL"}}, 403, "update-refused"),
        ({"method": "POST", "data": {"query": "ASK {}", "update": "DROP ALL"}}, 403, "update-refused"),
        ({"method": "POST", "data": {"query": "DROP ALL"}}, 403, "update-refused"),
        (
            {"method": "GET", "params": {"query": "ASK {}", "default-graph-uri": "file:///etc"}},
            400,
            "malformed-request",
        ),
        ({"method": "POST", "data": {"query": "ASK {} #" + "x" * 2_000_000}}, 413, "request-too-large"),
        ({"method": "PUT", "content": b"ASK {}"}, 405, "method-not-allowed"),
    ],
)
def test_what_is_wrong_is_said_in_one_shape(client: httpx.Client, request_: dict, status: int, problem: str) -> None:
    answer = client.request(url="/sparql", **request_)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    members = answer.json()
    assert set(members) == {"type", "title", "status", "detail"}
    assert members["status"] == status
    assert members["type"] == f"https://w3id.org/shanxi-kg/problem/{problem}"
    assert members["detail"]


def test_a_page_of_another_origin_may_ask_only_where_the_operator_says_so(
    small_graph: Path, client: httpx.Client
) -> None:
    foreign = {"Origin": "https://elsewhere.example"}
    refused = client.get("/sparql", params={"query": "ASK {}"}, headers=foreign)
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers
    same = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": str(client.base_url).rstrip("/")})
    assert same.status_code == 200
    with serving(small_graph, "--allow-origin", "*") as server, httpx.Client(base_url=server.url) as allowed:
        answer = allowed.get("/sparql", params={"query": "ASK {}"}, headers=foreign)
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
        assert "access-control-allow-credentials" not in answer.headers
        preflight = allowed.options(
            "/sparql",
            headers=foreign | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "accept"},
        )
        assert (preflight.status_code, preflight.headers["access-control-allow-methods"]) == (
            204,
            "GET, HEAD, POST, OPTIONS",
        )


def test_a_control_character_is_refused_in_xml_and_served_elsewhere(client: httpx.Client) -> None:
    query = {"query": 'SELECT ("a\\u0001b" AS ?x) {}'}
    assert client.get("/sparql", params=query, headers={"Accept": "application/xml"}).status_code == 406
    assert client.get("/sparql", params=query).json()["results"]["bindings"][0]["x"]["value"] == "a\x01b"


def test_a_large_answer_comes_whole(client: httpx.Client) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    answer = client.get("/sparql", params={"query": query})
    assert int(answer.headers["content-length"]) == len(answer.content) > 300_000
    assert len(answer.json()["results"]["bindings"]) > 5_000


def test_functions_that_ask_the_system_work_where_nothing_can_be_opened(client: httpx.Client) -> None:
    query = """SELECT (YEAR(NOW()) > 2000 AS ?now) (STRLEN(STRUUID()) AS ?uuid) (RAND() < 1 AS ?rand)
      (MD5("x") AS ?md5) (REGEX("山西", "^.西$") AS ?regex) (TZ(NOW()) AS ?zone) {}"""
    row = client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]
    assert {name: term["value"] for name, term in row.items()} == {
        "now": "true",
        "uuid": "36",
        "rand": "true",
        "md5": "9dd4e461268c8034f5c8564e155c67a6",
        "regex": "true",
        "zone": "Z",
    }
