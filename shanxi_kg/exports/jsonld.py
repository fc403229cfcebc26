"""Compact JSON-LD 1.1: triples go in; a document comes out with one resource a line and the context that it needs.

The context is made from the ontology: terms of ours go by their plain names (`area`), reused ones by their CURIEs
(`skos:prefLabel`); what a property holds (IRIs, a datatype, texts by language) is what its range and its shapes say. It
stands in the document itself, so that no reader has to fetch anything; `context()` is the one to publish.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from shanxi_kg.namespaces import ID, OWL, RDF, RDFS, SH, SX, XSD
from shanxi_kg.ontology import file_triples, prefixes

_TEXT = RDF["langString"]
_IRI = RDFS["Resource"]
Term = NamedNode | BlankNode | Literal | Triple


def context() -> dict[str, Any]:
    """Return the JSON-LD context: keywords and prefixes, then the classes and properties, each group sorted."""
    prefixed = {**prefixes(), "res": ID}
    terms = {_term(iri): _definition(iri, holds) for iri, holds in sorted(_properties().items(), key=str)}
    classes = {_term(iri): curie(iri) for iri in sorted(_declared(OWL["Class"]), key=str)}
    return {"@version": 1.1, "id": "@id", "type": "@type", **prefixed, **classes, **terms}


def to_jsonld(triples: Iterable[Triple]) -> bytes:
    """Write triples as one JSON-LD document, subjects and properties sorted, one resource a line."""
    about: dict[str, dict[NamedNode, set[Term]]] = defaultdict(dict)
    for triple in triples:
        about[identifier(triple.subject)].setdefault(triple.predicate, set()).add(triple.object)
    lines = ",\n".join(_dumped(_resource(name, about[name])) for name in sorted(about))
    return f'{{"@context": {_dumped(context())},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _resource(name: str, values: Mapping[NamedNode, set[Term]]) -> dict[str, Any]:
    """Return a resource as JSON: plain values where the context says what they are, value objects where it does not."""
    written: dict[str, Any] = {"id": name}
    for predicate in sorted(values, key=lambda iri: (iri != RDF["type"], iri.value)):
        held = sorted(values[predicate], key=str)
        if predicate == RDF["type"]:
            written["type"] = [_term(value) if isinstance(value, NamedNode) else identifier(value) for value in held]
            continue
        fitting = [value for value in held if _fits(value, predicate)]
        others = [_object(value) for value in held if not _fits(value, predicate)]
        if fitting:
            written[_term(predicate)] = _compact(fitting)
        if others:
            written[predicate.value if predicate in _properties() else curie(predicate)] = _single(others)
    return written


def _fits(value: Term, predicate: NamedNode) -> bool:
    """Say whether a value is what the context says of the property, so that it can stand plainly."""
    holds = _properties().get(predicate)
    if isinstance(value, Literal):
        return holds == (_TEXT if value.language else value.datatype)
    return holds == _IRI and not isinstance(value, Triple)


def _compact(values: list[Term]) -> Any:
    if isinstance(values[0], Literal) and values[0].language:
        texts: dict[str, list[str]] = {}
        for value in values:
            texts.setdefault(getattr(value, "language", ""), []).append(getattr(value, "value", ""))
        return {language: _single(texts[language]) for language in sorted(texts)}
    return _single([value.value if isinstance(value, Literal) else identifier(value) for value in values])


def _single(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _object(value: Term) -> Any:
    if not isinstance(value, Literal):
        return {"id": identifier(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return value.value if value.datatype == XSD["string"] else {"@value": value.value, "@type": curie(value.datatype)}


def identifier(term: Term) -> str:
    """Return the identifier of a resource: its IRI as a CURIE where it has a prefix, or its blank node label."""
    return curie(term) if isinstance(term, NamedNode) else str(term)


@cache
def _namespaces() -> Mapping[str, str]:
    return {namespace: prefix for prefix, namespace in prefixes().items()}


def curie(iri: NamedNode) -> str:
    """Return an IRI with its prefix where it has one; IRIs of resources begin with `res:`."""
    if iri.value.startswith(ID):
        return "res:" + iri.value.removeprefix(ID)
    cut = max(iri.value.rfind("#"), iri.value.rfind("/")) + 1
    prefix = _namespaces().get(iri.value[:cut])
    return f"{prefix}:{iri.value[cut:]}" if prefix and iri.value[cut:] else iri.value


def _term(iri: NamedNode) -> str:
    """Return the name that a class or property has in the context: plain for ours, a CURIE for others."""
    return iri.value.removeprefix(SX.iri) if iri.value.startswith(SX.iri) else curie(iri)


def _definition(iri: NamedNode, holds: NamedNode) -> Any:
    defined: dict[str, str] = {"@id": curie(iri)}
    if holds == _TEXT:
        return {**defined, "@container": "@language"}
    if holds == _IRI:
        return {**defined, "@type": "@id"}
    return defined if holds == XSD["string"] else {**defined, "@type": curie(holds)}


@cache
def _properties() -> Mapping[NamedNode, NamedNode]:
    """Return what each property holds: a datatype, `rdf:langString`, or `rdfs:Resource` for IRIs."""
    ranges = {triple.subject: triple.object for triple in file_triples("core") if triple.predicate == RDFS["range"]}
    found = dict.fromkeys(_declared(OWL["ObjectProperty"]), _IRI)
    for iri in _declared(OWL["DatatypeProperty"]):
        held = ranges.get(iri)
        found[iri] = held if isinstance(held, NamedNode) else XSD["string"]
    return {**_of_shapes(), **found}


def _declared(kind: NamedNode) -> set[NamedNode]:
    return {
        triple.subject
        for triple in file_triples("core")
        if triple.predicate == RDF["type"] and triple.object == kind and isinstance(triple.subject, NamedNode)
    }


def _of_shapes() -> dict[NamedNode, NamedNode]:
    """Return what the shapes say that a reused property holds: where they give one datatype, or a class or IRIs."""
    paths = {triple.subject: triple.object for triple in file_triples("shapes") if triple.predicate == SH["path"]}
    said: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for triple in file_triples("shapes"):
        path, held = paths.get(triple.subject), _said(triple)
        if isinstance(path, NamedNode) and held is not None:
            said[path].add(held)
    return {path: min(held, key=str) for path, held in said.items() if len(held) == 1}


def _said(triple: Triple) -> NamedNode | None:
    if triple.predicate == SH["datatype"] and isinstance(triple.object, NamedNode):
        return triple.object
    if triple.predicate == SH["uniqueLang"]:
        return _TEXT
    return _IRI if triple.predicate == SH["class"] or triple.object == SH["IRI"] else None
