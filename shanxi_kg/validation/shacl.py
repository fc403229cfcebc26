"""SHACL by pyshacl, the reference: triples and the name of a shapes file go in, violations come out.

rdflib and pyshacl are imported when first needed, because they are slow to load. Terms cross over with their lexical
forms as they are. Only SHACL Core is used: no inference, rules, scripts or imports.
"""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from shanxi_kg.errors import OntologyError
from shanxi_kg.ontology import file_triples
from shanxi_kg.validation.literals import WELL_TYPED
from shanxi_kg.validation.model import GateError, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib
    from pyoxigraph import Triple
    from rdflib.term import Node

FAILURES = (RuntimeError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError)
"""What pyshacl and rdflib raise where they fail; pyshacl's own errors are RuntimeErrors."""


def results(triples: Iterable[Triple], name: str) -> tuple[Violation, ...]:
    """Return what pyshacl finds in triples by ontology/<name>.ttl; GateError where it fails."""
    import pyshacl  # slow to load

    shapes_graph, graph = load_shapes(name), to_rdflib(triples)
    try:
        conforms, report, text = pyshacl.validate(graph, shacl_graph=shapes_graph, inference="none")
    except FAILURES as error:
        raise GateError(f"ontology/{name}.ttl: validation failed: {error}; nothing is published") from error
    found = _results(report) if hasattr(report, "objects") else ()
    if not (found or conforms):
        raise GateError(f"ontology/{name}.ttl: validation failed without a result: {text}; nothing is published")
    return found


@cache
def load_shapes(name: str) -> rdflib.Graph:
    """Load ontology/<name>.ttl as shapes, once; OntologyError where it holds no shape or a term that SHACL lacks.

    pyshacl lets everything conform to an empty shapes graph and passes over misspelt constraints, so both are refused.
    """
    from rdflib.namespace import RDF, SH

    graph = to_rdflib(file_triples(name))
    shapes = set(graph.subjects(RDF.type, SH.NodeShape))
    if not any((shape, SH.targetClass, None) in graph for shape in shapes):
        raise OntologyError(f"ontology/{name}.ttl: no node shape has a target class; restore the file")
    for term in sorted({str(term) for triple in graph for term in triple if str(term).startswith(str(SH))}):
        if term not in SH:
            raise OntologyError(f"ontology/{name}.ttl: <{term}> is no term of SHACL; mend its spelling")
    return graph


@cache
def looks_back(shapes: rdflib.Graph) -> bool:
    """Say whether a shape asks what points to a node, so that a part of a graph is not enough to judge the node by."""
    from rdflib.namespace import SH

    return (None, SH.inversePath, None) in shapes


def shape_descriptions(name: str) -> dict[str, tuple[str, str]]:
    """Return what each shape of ontology/<name>.ttl asks, in a sentence, and its severity in lower case, by its IRI."""
    from rdflib.namespace import SH

    graph, found = load_shapes(name), {}
    for shape in {*graph.subjects(SH.targetClass), *graph.objects(None, SH.property)}:
        told = graph.value(shape, SH.message) or graph.value(shape, SH.description)
        severity = str(graph.value(shape, SH.severity) or SH.Violation).removeprefix(str(SH)).lower()
        found[str(shape)] = (str(told), severity)
    return found | {WELL_TYPED.value: ("Every literal fits its datatype.", "violation")}


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """Return triples as an rdflib graph."""
    import rdflib  # slow to load

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # ill-typed literals are violations, not log lines
    graph = rdflib.Graph()
    for subject, predicate, value in triples:
        graph.add((_to_rdflib(subject), _to_rdflib(predicate), _to_rdflib(value)))
    return graph


@lru_cache(maxsize=100_000)
def _to_rdflib(term: object) -> Node:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal):
        datatype = None if term.language else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise GateError(f"{term}: SHACL knows no triples inside triples; nothing is published")


def _from_rdflib(term: Node | None) -> NamedNode | Literal | None:
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return Literal(str(term), language=term.language)
        return Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term))
    return None


def _results(report: rdflib.Graph) -> tuple[Violation, ...]:
    from rdflib.namespace import SH

    return tuple({_result(report, result) for result in report.objects(None, SH.result)})


def _result(report: rdflib.Graph, result: Node) -> Violation:
    from rdflib.namespace import SH

    messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    focus = str(report.value(result, SH.focusNode))
    return Violation(
        fact=focus,
        shape=str(report.value(result, SH.sourceShape)),
        message=" ".join(messages),
        focus=focus,
        path=_path(report, report.value(result, SH.resultPath)),
        value=_from_rdflib(report.value(result, SH.value)),
        severity=str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        component=str(report.value(result, SH.sourceConstraintComponent)),
    )


def _path(report: rdflib.Graph, path: Node | None) -> str | None:
    import rdflib

    if path is None or isinstance(path, rdflib.URIRef):
        return None if path is None else str(path)
    return " ".join(str(step) for step in report.items(path))
