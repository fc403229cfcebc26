"""The pages over HTTP: a thing leads to the document that suits, in the language that the reader wants."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from lxml import html
from pyoxigraph import RdfFormat, parse
from serving import serving

from shanxi_kg.pages.files import DUMPS, dump, media_type
from shanxi_kg.pages.questions import File
from shanxi_kg.pages.resource import description
from shanxi_kg.pages.statements import Statements
from shanxi_kg.resources import folder

pytestmark = pytest.mark.server

PLACE = "/id/place/CN-SX"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with serving(folder("graph")) as served, httpx.Client(base_url=served.url, timeout=30) as opened:
        yield opened


@pytest.mark.parametrize(
    ("accept", "language", "there"),
    [
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "en-GB,en;q=0.9", "/doc/place/CN-SX.html"),
        ("text/html", "zh-CN,zh;q=0.9,en;q=0.8", "/zh/doc/place/CN-SX.html"),
        ("text/html", "fr", "/doc/place/CN-SX.html"),
        ("*/*", "zh", "/zh/doc/place/CN-SX.html"),
        ("text/turtle", "zh", "/doc/place/CN-SX.ttl"),
        ("application/ld+json, text/html;q=0.5", "en", "/doc/place/CN-SX.jsonld"),
    ],
)
def test_a_thing_leads_to_the_document_that_suits(client: httpx.Client, accept: str, language: str, there: str) -> None:
    answer = client.get(PLACE, headers={"accept": accept, "accept-language": language})
    assert (answer.status_code, answer.headers["location"]) == (303, there)
    assert {name.strip() for name in answer.headers["vary"].split(",")} >= {"Accept", "Accept-Language"}
    assert client.get(there).status_code == 200


def test_a_thing_that_nobody_can_read_is_refused(client: httpx.Client) -> None:
    assert client.get(PLACE, headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/?lang=zh", "/zh/"),
        ("/queries.html?lang=zh", "/zh/queries.html"),
        ("/zh/query/partners.html?area=Hubei&lang=en", "/query/partners.html?area=Hubei"),
        ("/sparql?lang=zh", "/zh/sparql"),
        ("/id/place/CN-SX?lang=zh", "/zh/doc/place/CN-SX.html"),
    ],
)
def test_a_reader_chooses_the_language(client: httpx.Client, asked: str, there: str) -> None:
    answer = client.get(asked, headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, there)
    assert client.get(there, headers={"accept": "text/html"}).status_code == 200


def test_the_front_page_speaks_the_language_of_the_browser(client: httpx.Client) -> None:
    chinese = client.get("/", headers={"accept-language": "zh-CN"}, follow_redirects=True)
    english = client.get("/", headers={"accept-language": "en"})
    assert [html.fromstring(answer.text).get("lang") for answer in (chinese, english)] == ["zh", "en"]
    assert "Accept-Language" in english.headers["vary"]


@pytest.mark.parametrize(("ending", "form"), [("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)])
def test_the_files_of_a_thing_say_what_its_page_says(
    client: httpx.Client, seed: Statements, ending: str, form: RdfFormat
) -> None:
    answer = client.get(f"/doc/fact/001/d19c78af3710.{ending}")
    told = {quad.triple for quad in parse(answer.content, format=form)}
    assert told == set(description(seed, "https://w3id.org/shanxi-kg/id/fact/001/d19c78af3710"))


@pytest.mark.parametrize("path", ["/ontology", "/ontology/0.1.0"])
def test_the_ontology_leads_to_its_documents(client: httpx.Client, path: str) -> None:
    there = [
        client.get(path, headers={"accept": accept}).headers["location"] for accept in ("text/html", "text/turtle")
    ]
    assert there == ["/ontology.html", "/ontology.ttl"]
    assert len(list(parse(client.get("/ontology.ttl").content, format=RdfFormat.TURTLE))) > 500


@pytest.mark.parametrize("file", DUMPS, ids=lambda file: file.name)
def test_the_whole_graph_is_there_in_every_syntax(client: httpx.Client, file: File) -> None:
    answer = client.get(f"/{file.path}")
    assert answer.headers["content-type"].partition(";")[0] == media_type(file.path)
    assert answer.content == dump(folder("graph"), file.path)


def test_a_question_with_a_slip_is_answered_with_what_is_wrong(client: httpx.Client) -> None:
    answer = client.get("/query/partners.html?area=Atlantis")
    (problem,) = html.fromstring(answer.text).xpath("//*[@role='alert']")
    assert problem.text_content() == (
        "query partners: parameter area: 'Atlantis' is no place (no such place is known); expected is the name of a"
        " place such as Shanxi, its key such as CN-SX or its IRI"
    )


def test_the_files_of_an_answer_hold_the_same_answer(client: httpx.Client) -> None:
    shown = html.fromstring(client.get("/query/partners.html?area=Hubei").text)
    (csv,) = shown.xpath("//a[text()='CSV']/@href")
    lines = client.get(f"/query/{csv}").text.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Shanxi,IP protection cooperation,not stated,ambiguous,")


def test_a_search_in_chinese_finds_what_is_named_so(client: httpx.Client) -> None:
    shown = html.fromstring(client.get(f"/zh/search.html?q={quote('太原')}").text)
    assert shown.xpath("//ol[@class='hits']/li[1]/a/@href") == ["./doc/place/140100.html"]


@pytest.mark.parametrize("path", ["/doc/place/CN-XX.html", "/zh/doc/a/b/c.html", "/kind/none.html", "/query/none.html"])
def test_what_is_not_there_is_told_on_a_page(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    home = html.fromstring(answer.text).xpath("//a[@class='brand']/@href")[0]
    assert client.get(httpx.URL(path).join(home)).status_code == 200


@pytest.mark.parametrize("path", ["/doc/..%2f..%2fetc/passwd.html", "/doc/../../etc/passwd.ttl", "/doc/%00.html"])
def test_no_path_leads_out_of_the_graph(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code in {400, 404}


def test_nothing_that_a_page_asks_for_is_missing(client: httpx.Client) -> None:
    for path in ("/", "/query/partners.html", "/doc/document/001.html", "/zh/ontology.html", "/sparql"):
        shown = html.fromstring(client.get(path, headers={"accept": "text/html"}).text)
        for asked in shown.xpath("//link[@rel!='alternate']/@href | //script/@src | //img/@src | //@data-results"):
            answer = client.get(httpx.URL(path).join(asked))
            assert answer.status_code == 200, (path, asked)


def test_pages_hold_no_script_of_their_own_and_ask_nobody_else(client: httpx.Client) -> None:
    for path in ("/", "/query/partners.html", "/doc/document/001.html"):
        shown = html.fromstring(client.get(path).text)
        assert shown.xpath("//script[not(@src)][not(contains(@type, 'json'))] | //style | //@style | //@onclick") == []
        assert [src for src in shown.xpath("//@src") if "//" in src] == []
