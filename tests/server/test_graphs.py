"""Reading graphs by the Graph Store Protocol, the description of the data, and the server's own state."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from shanxi_kg import __version__
from shanxi_kg.catalog import catalog_triples
from shanxi_kg.store import Store

pytestmark = pytest.mark.server

HUNAN = "https://w3id.org/shanxi-kg/id/document/hunan"


def triples(answer: httpx.Response, form: RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in parse(answer.content, format=form)}


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/trig", RdfFormat.TRIG),
    ],
)
def test_a_named_graph_has_the_triples_of_its_document(
    client: httpx.Client, small_store: Store, media_type: str, form: RdfFormat
) -> None:
    expected = {
        str(triple)
        for triple in small_store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{HUNAN}> {{ ?s ?p ?o }} }}")
    }
    indirect = client.get("/rdf-graphs/service", params={"graph": HUNAN}, headers={"Accept": media_type})
    direct = client.get("/rdf-graphs/document/hunan", headers={"Accept": media_type})
    assert triples(indirect, form) == triples(direct, form) == expected


def test_the_default_graph_has_all_triples(client: httpx.Client, small_store: Store) -> None:
    answer = client.get("/rdf-graphs/service?default", headers={"Accept": "application/n-triples"})
    assert triples(answer, RdfFormat.N_TRIPLES) == {
        str(triple) for triple in small_store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    }


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/rdf-graphs/document/none", 404),
        ("GET", "/rdf-graphs/service?graph=http://example.org/none", 404),
        ("GET", "/rdf-graphs/service", 400),
        ("GET", "/rdf-graphs/service?default&graph=http://example.org/none", 400),
        ("GET", "/rdf-graphs/service?graph=file:///etc/passwd", 400),
        ("HEAD", "/rdf-graphs/document/hunan", 200),
        *((method, "/rdf-graphs/document/hunan", 403) for method in ("PUT", "POST", "DELETE", "PATCH")),
        ("DELETE", "/rdf-graphs/service?default", 403),
    ],
)
def test_graphs_are_read_and_never_written(client: httpx.Client, method: str, address: str, status: int) -> None:
    assert client.request(method, address).status_code == status


def test_the_description_of_the_data_is_that_of_the_catalog(client: httpx.Client, small_graph: Path) -> None:
    expected = {str(triple) for triple in catalog_triples(small_graph)}
    assert triples(client.get("/.well-known/void"), RdfFormat.TURTLE) == expected
    json_ld = client.get("/.well-known/void", headers={"Accept": "application/ld+json"})
    assert triples(json_ld, RdfFormat.JSON_LD) == expected


def test_a_healthy_server_says_so(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok", "version": __version__}
