"""Stored queries over HTTP: parameters, forms, pages of rows, and what is said of a wrong request."""

from __future__ import annotations

import io
import json
import zipfile

import httpx
import pytest
from lxml import etree, html
from openpyxl import load_workbook

from shanxi_kg import queries
from shanxi_kg.queries import stored_queries, stored_query
from shanxi_kg.server.errors import KINDS
from shanxi_kg.server.rows import to_xlsx
from shanxi_kg.solutions import Solutions, to_csv, to_json, to_tsv
from shanxi_kg.store import Store

pytestmark = pytest.mark.server


def solutions(store: Store, name: str, **given: str) -> Solutions:
    """What the library answers to the same question."""
    answer = queries.run(store, stored_query(name), given)
    assert isinstance(answer, Solutions)
    return answer


def test_the_list_has_every_stored_query_with_its_parameters(client: httpx.Client) -> None:
    listed = {entry["name"]: entry for entry in client.get("/api/queries").json()}
    assert list(listed) == [query.name for query in stored_queries()]
    assert set(listed["partners"]) == {
        "name", "summary", "description", "tags", "parameters", "columns", "view", "url"
    }  # fmt: skip
    assert [parameter["name"] for parameter in listed["partners"]["parameters"]] == ["area"]
    assert listed["partners"]["parameters"][0]["type"] == "place"


def test_every_stored_query_without_a_required_parameter_answers(client: httpx.Client, small_store: Store) -> None:
    for query in stored_queries():
        if any(parameter.required for parameter in query.parameters):
            continue
        answer = client.get(f"/api/queries/{query.name}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["total"] == len(solutions(small_store, query.name).rows)


def test_rows_are_plain_json_with_numbers_as_numbers(client: httpx.Client) -> None:
    answer = client.get("/api/queries/indicators", params={"limit": 1}).json()
    assert {name: answer[name] for name in ("query", "limit", "offset")} == {
        "query": "indicators", "limit": 1, "offset": 0
    }  # fmt: skip
    assert list(answer["rows"][0]) == answer["columns"]
    row = answer["rows"][0]
    assert (row["measure"], row["value"], row["unit"]) == ("data companies", 1150, None)
    assert (row["change"], row["period"], row["status"]) == (4.3, "2020", "actual")


@pytest.mark.parametrize(
    ("ending", "media_type", "write"),
    [
        ("srj", "application/sparql-results+json", to_json),
        ("csv", "text/csv; charset=utf-8", to_csv),
        ("tsv", "text/tab-separated-values; charset=utf-8", to_tsv),
    ],
)
def test_a_form_is_named_by_the_ending_or_accepted(
    client: httpx.Client, small_store: Store, ending: str, media_type: str, write: object
) -> None:
    assert callable(write)
    expected = write(solutions(small_store, "partners", area="Hunan"))
    by_ending = client.get(f"/api/queries/partners.{ending}", params={"area": "Hunan"})
    accepted = client.get("/api/queries/partners", params={"area": "CN-HN"}, headers={"Accept": media_type})
    assert (by_ending.headers["content-type"], by_ending.content.decode()) == (media_type, expected)
    assert accepted.content == by_ending.content


def test_xml_is_that_of_sparql(client: httpx.Client, small_store: Store) -> None:
    answer = client.get("/api/queries/documents.xml")
    root = etree.fromstring(answer.content)
    space = {"s": "http://www.w3.org/2005/sparql-results#"}
    expected = solutions(small_store, "documents")
    assert tuple(root.xpath("s:head/s:variable/@name", namespaces=space)) == expected.variables
    titles = root.xpath("s:results/s:result/s:binding[@name='title']/s:literal/text()", namespaces=space)
    assert titles == [row["title"] for row in expected.values()]


def test_a_workbook_has_numbers_as_numbers_and_never_a_formula(client: httpx.Client, small_store: Store) -> None:
    answer = client.get("/api/queries/indicators.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="indicators.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    head, first, *_ = sheet.iter_rows(values_only=True)
    expected = solutions(small_store, "indicators").values()[0]
    assert dict(zip(head, first, strict=True)) == {
        name: float(held) if name in {"value", "change", "start", "end"} else held for name, held in expected.items()
    }
    dangerous = Solutions(("x",), tuple((literal,) for literal in _literals("=1+1", "@SUM(A1)", "http://example.org/")))
    written = zipfile.ZipFile(io.BytesIO(to_xlsx("dangerous", dangerous)))
    assert b"<f>" not in written.read("xl/worksheets/sheet1.xml")
    assert to_xlsx("dangerous", dangerous) == to_xlsx("dangerous", dangerous)


def _literals(*texts: str) -> list:
    from pyoxigraph import Literal

    return [Literal(text) for text in texts]


def test_pages_of_rows_are_linked_and_together_are_all_rows(client: httpx.Client) -> None:
    every = client.get("/api/queries/facts").json()
    rows, address, links = [], "/api/queries/facts?limit=5", set()
    while address:
        answer = client.get(address)
        more = "next" in answer.links
        assert answer.json()["total"] == (None if more else every["total"])
        assert answer.headers.get("x-total-count") == (None if more else str(every["total"]))
        rows += answer.json()["rows"]
        links |= set(answer.links)
        address = answer.links.get("next", {}).get("url", "")
    assert rows == every["rows"]
    assert links == {"first", "prev", "next", "last"}
    last = client.get(answer.links["last"]["url"])
    assert last.json()["rows"] == rows[-len(last.json()["rows"]) :]
    assert "link" not in client.get("/api/queries/facts").headers
    count = client.get("/api/queries/facts?limit=0")
    assert (count.headers["x-total-count"], count.json()["rows"]) == (str(every["total"]), [])


@pytest.mark.parametrize(
    ("address", "status", "problem", "parameter"),
    [
        ("/api/queries/partners?area=Atlantis", 400, "invalid-parameter", "area"),
        ("/api/queries/partners?arae=Hunan", 400, "invalid-parameter", "arae"),
        ("/api/queries/partners?area=Hunan&area=Hubei", 400, "invalid-parameter", "area"),
        ("/api/queries/entity", 400, "invalid-parameter", "entity"),
        ("/api/queries/facts?limit=-1", 400, "invalid-parameter", "limit"),
        ("/api/queries/facts?limit=١", 400, "invalid-parameter", "limit"),
        ("/api/queries/facts?offset=99999999999999999999", 400, "invalid-parameter", "offset"),
        ("/api/queries/nothing", 404, "not-found", None),
        ("/api/queries/nothing.csv", 404, "not-found", None),
        ("/api/queries/facts.exe", 404, "not-found", None),
        ("/api/nothing", 404, "not-found", None),
    ],
)
def test_a_wrong_request_learns_what_is_wrong(
    client: httpx.Client, address: str, status: int, problem: str, parameter: str | None
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    members = answer.json()
    assert (members["type"], members.get("parameter")) == (f"https://w3id.org/shanxi-kg/problem/{problem}", parameter)


@pytest.mark.parametrize("value", ["x' . } #", '"', "\\", "\\u0022", "a\nb", "> <urn:x", "?x", "UNDEF"])
def test_a_value_of_a_parameter_stays_a_value(client: httpx.Client, value: str) -> None:
    assert client.get("/api/queries/indicator-values", params={"word": "companies"}).json()["total"] == 2
    answer = client.get("/api/queries/indicator-values", params={"word": value})
    assert (answer.status_code, answer.json()["rows"]) == (200, [])


def test_the_description_is_openapi_and_names_every_query(client: httpx.Client) -> None:
    answer = client.get("/api/openapi.json")
    description = answer.json()
    assert description["openapi"] == "3.1.0"
    assert len(answer.content) < 300_000
    paths = {path for path in description["paths"] if path.startswith("/api/queries/") and "." not in path}
    assert paths == {f"/api/queries/{query.name}" for query in stored_queries()}
    parameters = description["paths"]["/api/queries/partners"]["get"]["parameters"]
    assert [parameter["name"] for parameter in parameters] == ["area", "limit", "offset"]
    assert json.dumps(description).count('"#/components/schemas/Problem"') == 10


@pytest.mark.parametrize(("address", "language", "title"), [("/api", "en", "Interfaces"), ("/zh/api", "zh", "接口")])
def test_the_reference_names_every_query_and_problem(
    client: httpx.Client, address: str, language: str, title: str
) -> None:
    page = html.fromstring(client.get(address).content)
    assert page.get("lang") == language
    assert str(page.findtext(".//title")).startswith(title)
    assert [heading.get("id") for heading in page.iter("h3")] == [query.name for query in stored_queries()]
    assert set(KINDS) == {row.get("id") for row in page.iter("tr")} - {None}
    for link in page.xpath("//main//a/@href"):
        assert client.get(httpx.URL(str(client.base_url) + address).join(link)).status_code in {200, 400}, link


def test_the_type_of_a_problem_leads_to_its_explanation(client: httpx.Client) -> None:
    given = client.get("/api/queries/partners?area=Atlantis").json()["type"]
    answer = client.get(given.removeprefix("https://w3id.org/shanxi-kg"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/api#invalid-parameter")
    assert client.get("/problem/nothing").status_code == 404


def test_people_get_a_page_where_nothing_is_and_programs_a_problem(client: httpx.Client) -> None:
    page = client.get("/nowhere", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    problem = client.get("/nowhere")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
