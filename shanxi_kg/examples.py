"""The stored queries as RDF, for editors that offer the examples of an endpoint: queries go in, triples come out.

The form is that of SHACL (`sh:SPARQLExecutable`, section 5.7 of SHACL Advanced Features for the parameters) with what
the SIB Swiss Institute of Bioinformatics adds for examples: `schema:target`, `schema:keywords` and `rdfs:comment`. The
text is the query's own without its header, so that it runs as it is, with the defaults of its parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg import turtle
from shanxi_kg.catalog import catalog_triples
from shanxi_kg.errors import QueryError, UsageError
from shanxi_kg.namespaces import BASE, DCTERMS, ONTOLOGY, RDF, RDFS, SCHEMA, SH, XSD, Namespace, mint
from shanxi_kg.ontology import file_triples, prefixes
from shanxi_kg.queries import Parameter, StoredQuery

ENDPOINT = BASE + "sparql"
"""Where the graph is asked, unless told otherwise: an IRI of the project's own namespace, to be redirected."""

SPEX = Namespace("https://purl.expasy.org/sparql-examples/ontology#")
FORMS: Mapping[str, tuple[NamedNode, tuple[NamedNode, ...]]] = {
    "ASK": (SH["SPARQLAskExecutable"], (SH["ask"],)),
    "CONSTRUCT": (SH["SPARQLConstructExecutable"], (SH["construct"],)),
    "DESCRIBE": (SPEX["SPARQLDescribeExecutable"], (SPEX["describe"], SH["describe"])),
    "SELECT": (SH["SPARQLSelectExecutable"], (SH["select"],)),
}
"""The class of each form of query, and the properties that hold its text; editors look for two of a DESCRIBE."""

VALUES: Mapping[str, tuple[NamedNode, NamedNode]] = {
    "date": (SH["datatype"], XSD["date"]),
    "decimal": (SH["datatype"], XSD["decimal"]),
    "integer": (SH["datatype"], XSD["integer"]),
    "iri": (SH["nodeKind"], SH["IRI"]),
    "period": (SH["datatype"], XSD["string"]),
    "place": (SH["nodeKind"], SH["IRI"]),
    "string": (SH["datatype"], XSD["string"]),
}
"""What a parameter of each type is in the query, as SHACL says it."""

_FORM = re.compile(r"^[ \t]*(ASK|CONSTRUCT|DESCRIBE|SELECT)\b", re.MULTILINE | re.IGNORECASE)
_HEADER = re.compile(r"^#\+.*\n?", re.MULTILINE)


def example_triples(queries: Iterable[StoredQuery], endpoint: str = ENDPOINT) -> tuple[Triple, ...]:
    """Describe queries as examples of an endpoint, with the prefixes that they use.

    Raises UsageError where the endpoint is no absolute IRI, QueryError where a query is of no form.
    """
    target = _target(endpoint)
    described = (triple for query in queries for triple in _example(query, target))
    return (*file_triples("prefixes"), *described)


def _target(endpoint: str) -> NamedNode:
    try:
        return NamedNode(endpoint)
    except ValueError as error:
        raise UsageError(f"endpoint {endpoint!r}: is no absolute IRI; give one such as {ENDPOINT}") from error


def _example(query: StoredQuery, target: NamedNode) -> Iterator[Triple]:
    example, (form, properties) = mint("query", query.name), FORMS[_form(query)]
    yield Triple(example, RDF["type"], SH["SPARQLExecutable"])
    yield Triple(example, RDF["type"], form)
    yield Triple(example, RDFS["label"], Literal(query.summary or query.name, language="en"))
    yield Triple(example, RDFS["comment"], Literal(query.summary or query.name, language="en"))
    if query.description:
        yield Triple(example, DCTERMS["description"], Literal(query.description, language="en"))
    yield Triple(example, SH["prefixes"], NamedNode(ONTOLOGY))
    yield Triple(example, SCHEMA["target"], target)
    for keyword in query.tags:
        yield Triple(example, SCHEMA["keywords"], Literal(keyword))
    for property_ in properties:
        yield Triple(example, property_, Literal(_HEADER.sub("", query.text).strip() + "\n"))
    for order, parameter in enumerate(query.parameters, 1):
        yield from _parameter(query, parameter, order)


def _form(query: StoredQuery) -> str:
    found = _FORM.search(query.text)
    if found:
        return found[1].upper()
    raise QueryError(f"query {query.name}: no line begins with one of {', '.join(FORMS)}; write the form on one")


def _parameter(query: StoredQuery, parameter: Parameter, order: int) -> Iterator[Triple]:
    """Describe a parameter; its path's local name is the variable, as SHACL wants it."""
    node, (constraint, value) = mint("query", query.name, parameter.name), VALUES[parameter.type]
    yield Triple(mint("query", query.name), SH["parameter"], node)
    yield Triple(node, RDF["type"], SH["Parameter"])
    yield Triple(node, SH["path"], mint("parameter", parameter.name))
    yield Triple(node, SH["name"], Literal(parameter.name))
    yield Triple(node, SH["description"], Literal(parameter.description, language="en"))
    yield Triple(node, SH["order"], Literal(str(order), datatype=XSD["integer"]))
    yield Triple(node, SH["optional"], Literal("false" if parameter.required else "true", datatype=XSD["boolean"]))
    yield Triple(node, constraint, value)


def to_turtle(queries: Iterable[StoredQuery], endpoint: str = ENDPOINT, folder: Path | None = None) -> str:
    """Write queries as examples of an endpoint; with a graph folder, its description (DCAT, VoID) stands beside them.

    An endpoint that loads the file besides its data lets editors offer the examples and complete classes and
    properties. Raises GraphError where the folder is none.
    """
    described = catalog_triples(folder) if folder else ()
    return turtle.serialize((*example_triples(queries, endpoint), *described), prefixes())
