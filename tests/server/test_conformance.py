"""The W3C's tests of the SPARQL 1.1 Protocol, over HTTP: queries pass, and updates are refused as documented.

The tests name graphs of their own; here these are documents of a graph folder, so each name is exchanged for that of
the document that holds the same triples.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from serving import serving

pytestmark = pytest.mark.server

GIVEN = "http://kasei.us/2009/09/sparql/data/"
OURS = "https://w3id.org/shanxi-kg/id/document/"
HELD = ("data1", "data2", "data3")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
BASE = "http://tests.example/"
TESTS = URIRef("http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest#")
QUERIES = """query_post_form query_dataset_default_graphs_get query_dataset_default_graphs_post
query_dataset_named_graphs_post query_dataset_named_graphs_get query_dataset_full query_multiple_dataset query_get
query_content_type_select query_content_type_ask query_content_type_describe query_content_type_construct
query_post_direct bad_query_method bad_multiple_queries bad_query_wrong_media_type bad_query_missing_form_type
bad_query_missing_direct_type bad_query_non_utf8 bad_query_syntax bad_update_wrong_media_type
bad_update_missing_form_type""".split()
UPDATES = """update_dataset_default_graph update_dataset_default_graphs update_dataset_named_graphs update_dataset_full
update_post_form update_post_direct update_base_uri bad_update_get bad_multiple_updates bad_update_non_utf8
bad_update_syntax bad_update_dataset_conflict""".split()
MEDIA_TYPES = {
    "boolean": {"application/sparql-results+json"},
    "tabular": {"application/sparql-results+json"},
    "RDF": {"text/turtle; charset=utf-8"},
}


def ours(text: str) -> str:
    """Exchange the names of graphs, as they are and percent-encoded, for those of our documents."""
    for name in HELD:
        given, document = f"{GIVEN}{name}.rdf", OURS + name
        text = text.replace(given, document).replace(quote(given, safe=""), quote(document, safe=""))
    return text


@pytest.fixture(scope="module")
def tests() -> Path:
    """The folder of the tests; without it they are skipped."""
    folder = os.environ.get("SHANXI_KG_CONFORMANCE")
    if not folder:
        pytest.skip("SHANXI_KG_CONFORMANCE does not name the folder of the W3C's tests")
    return Path(folder) / "sparql11-protocol"


@pytest.fixture(scope="module")
def manifest(tests: Path) -> Graph:
    """What the tests ask and expect."""
    return Graph().parse(data=ours((tests / "manifest.ttl").read_text("utf-8")), format="turtle", publicID=BASE)


@pytest.fixture(scope="module")
def endpoint(tests: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server over the tests' data."""
    documents = tmp_path_factory.mktemp("conformance") / "documents"
    documents.mkdir()
    for name in HELD:
        (documents / f"{name}.ttl").write_text(ours((tests / f"{name}.nt").read_text("utf-8")), "utf-8")
    with serving(documents.parent) as server, httpx.Client(base_url=server.url) as client:
        yield client


def requests(manifest: Graph, name: str) -> list[Any]:
    """The requests of a test, in order."""
    connection = manifest.value(TESTS + name, MF.action)
    return list(Collection(manifest, manifest.value(connection, HT.requests)))


def sent(endpoint: httpx.Client, manifest: Graph, request: Any) -> httpx.Response:
    """Send a request of a test."""
    body = manifest.value(request, HT.body)
    content = str(manifest.value(body, CNT.chars) or "") if body else ""
    encoding = str(manifest.value(body, CNT.characterEncoding) or "UTF-8")
    listed = manifest.value(request, HT.headers)
    headers = {
        str(manifest.value(header, HT.fieldName)): str(manifest.value(header, HT.fieldValue))
        for header in (Collection(manifest, listed) if listed else ())
    }
    method, path = str(manifest.value(request, HT.methodName)), str(manifest.value(request, HT.absolutePath))
    return endpoint.request(method, path, content=content.encode(encoding) or None, headers=headers)


def statuses(manifest: Graph, request: Any) -> set[int]:
    """The classes of status that may come back."""
    response = manifest.value(request, HT.resp)
    return {int(str(status).rpartition("StatusCode")[2][0]) for status in manifest.objects(response, MF.expectedStatus)}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_answered_as_the_protocol_says(endpoint: httpx.Client, manifest: Graph, name: str) -> None:
    for request in requests(manifest, name):
        answer = sent(endpoint, manifest, request)
        assert answer.status_code // 100 in statuses(manifest, request), answer.text
        response = manifest.value(request, HT.resp)
        form, truth = manifest.value(response, MF.expectedFormat), manifest.value(response, MF.expectedBoolean)
        if form is not None:
            assert answer.headers["content-type"] in MEDIA_TYPES[str(form)]
        if truth is not None:
            assert answer.json()["boolean"] == truth.toPython()


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_refused_whether_it_is_right_or_wrong(endpoint: httpx.Client, manifest: Graph, name: str) -> None:
    answer = sent(endpoint, manifest, requests(manifest, name)[0])
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert answer.json()["type"] == "https://w3id.org/shanxi-kg/problem/update-refused"


def test_all_tests_of_the_manifest_are_run(manifest: Graph) -> None:
    listed = Collection(manifest, manifest.value(URIRef(BASE), MF.entries))
    assert {str(entry).rpartition("#")[2] for entry in listed} == {*QUERIES, *UPDATES}
