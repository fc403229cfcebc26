"""SHACL by pyshacl: triples and the name of a shapes file go in, violations come out.

The only module that knows rdflib and pyshacl; both are imported when first needed, because they are slow to load.
Terms cross over with their lexical forms as they are. Only SHACL Core is used: no inference, rules, scripts or imports.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from shanxi_kg.errors import GraphError, OntologyError
from shanxi_kg.namespaces import SH as SHACL
from shanxi_kg.namespaces import mint
from shanxi_kg.ontology import file_triples

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib
    from pyoxigraph import Triple
    from rdflib.term import Node

    from shanxi_kg.facts import Evidence

FAILURES = (RuntimeError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError)
"""What pyshacl and rdflib raise where they fail; pyshacl's own errors are RuntimeErrors."""


_ZONE = "(?:Z|[+-][0-9]{2}:[0-9]{2})?"
FORMS = {
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)"),
    "gYear": re.compile(f"-?[0-9]{{4,}}{_ZONE}"),
    "gYearMonth": re.compile(f"-?[0-9]{{4,}}-(?:0[1-9]|1[0-2]){_ZONE}"),
    "integer": re.compile("[+-]?[0-9]+"),
    "nonNegativeInteger": re.compile("[+]?[0-9]+|-0+"),
}
"""The lexical forms of XML Schema 1.1 part 2 that rdflib does not hold a literal to, by datatype."""

WELL_TYPED = mint("shape", "Literal")
"""The shape of every literal: its lexical form fits its datatype."""


class GateError(GraphError):
    """The gate itself failed: nothing of the document may be published."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a fact breaks a shape.

    `fact` is the fact's IRI, or that of the node at fault where it belongs to no fact; `focus` the node at fault;
    `path` the IRI of the property, or several joined by blanks; `value` the term that broke the shape; `severity` one
    of 'Violation', 'Warning' and 'Info'; `component` the IRI of SHACL's constraint component, none for grounding.
    """

    fact: str
    shape: str
    message: str
    focus: str
    path: str | None = None
    value: NamedNode | Literal | None = None
    severity: str = "Violation"
    evidence: Evidence | None = None
    component: str | None = None

    def __str__(self) -> str:
        place = f" (at {self.evidence.start}: {self.evidence.quote!r})" if self.evidence else ""
        return f"<{self.fact}>: {self.message}{place}"


def violations(triples: Iterable[Triple], shapes: str) -> tuple[Violation, ...]:
    """Return the violations of a graph against ontology/<shapes>.ttl, sorted; GateError where pyshacl fails.

    A literal that does not fit its datatype ("2021-02-30"^^xsd:date) is a violation wherever it stands, and is taken
    out before: rdflib cannot compare it.
    """
    import pyshacl  # slow to load

    shapes_graph, graph = load_shapes(shapes), to_rdflib(triples)
    ill_typed = [triple for triple in graph if _is_ill_typed(triple[2])]
    for triple in ill_typed:
        graph.remove(triple)
    try:
        conforms, report, text = pyshacl.validate(graph, shacl_graph=shapes_graph, inference="none")
    except FAILURES as error:
        raise GateError(f"ontology/{shapes}.ttl: validation failed: {error}; nothing is published") from error
    found = _results(report) if hasattr(report, "objects") else ()
    if not (found or conforms):
        raise GateError(f"ontology/{shapes}.ttl: validation failed without a result: {text}; nothing is published")
    return tuple(sorted((*found, *map(_ill_typed, ill_typed)), key=_order))


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


def _order(one: Violation) -> tuple[str, ...]:
    return (one.focus, one.shape, one.path or "", str(one.value), one.message, one.component or "")


def _is_ill_typed(term: Node) -> bool:
    """Tell whether a literal does not fit its datatype, by rdflib or by the forms that rdflib takes too lightly."""
    import rdflib

    if not isinstance(term, rdflib.Literal):
        return False
    form = FORMS.get(str(term.datatype).removeprefix(str(rdflib.XSD)))
    return bool(term.ill_typed) or (form is not None and form.fullmatch(str(term)) is None)


def _ill_typed(triple: tuple[Node, Node, Node]) -> Violation:
    subject, predicate, value = triple
    datatype = getattr(value, "datatype", "")
    return Violation(
        fact=str(subject),
        shape=WELL_TYPED.value,
        message=f"The literal {str(value)!r} must be one of the datatype <{datatype}>.",
        focus=str(subject),
        path=str(predicate),
        value=_from_rdflib(value),
        component=SHACL["DatatypeConstraintComponent"].value,
    )


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
