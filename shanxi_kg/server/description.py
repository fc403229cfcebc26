"""The service description (SPARQL 1.1 Service Description): what the endpoint can do and which graphs it holds."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple, serialize
from starlette.requests import Request
from starlette.responses import Response

from shanxi_kg.namespaces import RDF, VOID, XSD, Namespace
from shanxi_kg.server.jobs import GRAPHS as SYNTAXES
from shanxi_kg.server.negotiation import GRAPHS, RESULTS, choose
from shanxi_kg.server.responses import accepted
from shanxi_kg.store import Store

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
"""The names that the W3C gives to formats."""


def description(request: Request) -> Response:
    """Answer with the description of the endpoint that was asked."""
    chosen, media_type = choose(accepted(request), list(GRAPHS.values()))
    triples = describe(str(request.url.replace(query="", fragment="")), request.app.state.store)
    body = serialize(sorted(triples, key=str), format=SYNTAXES[chosen.name]) or b""
    return Response(body, headers={"Vary": "Accept"}, media_type=media_type)


def describe(endpoint: str, store: Store) -> Iterator[Triple]:
    """Yield the description of an endpoint over a store."""
    service, dataset, graph = (NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph"))
    kind = RDF["type"]
    yield Triple(service, kind, SD["Service"])
    yield Triple(service, SD["endpoint"], NamedNode(endpoint))
    yield Triple(service, SD["supportedLanguage"], SD["SPARQL11Query"])
    for name in (*RESULTS, *GRAPHS):
        yield Triple(service, SD["resultFormat"], FORMATS[_NAMES[name]])
    yield Triple(service, SD["defaultDataset"], dataset)
    yield Triple(dataset, kind, SD["Dataset"])
    yield Triple(dataset, SD["defaultGraph"], graph)
    yield Triple(graph, kind, SD["Graph"])
    yield Triple(graph, VOID["triples"], _size(store))
    for row in store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").rows:
        if isinstance(row[0], NamedNode):
            named = NamedNode(f"{endpoint}#graph-{row[0].value.rpartition('/')[2]}")
            yield Triple(dataset, SD["namedGraph"], named)
            yield Triple(named, kind, SD["NamedGraph"])
            yield Triple(named, SD["name"], row[0])


def _size(store: Store) -> Literal:
    counted = store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0][0]
    return counted if isinstance(counted, Literal) else Literal("0", datatype=XSD["integer"])
