"""The gate: every shape rejects something, what is rejected is quarantined with its reason, errors publish nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import RDF, SH

from shanxi_kg.documents import Document
from shanxi_kg.errors import GraphError, OntologyError
from shanxi_kg.facts import (
    Agency,
    Agreement,
    Area,
    Body,
    Certainty,
    Content,
    Evidence,
    Fact,
    Indicator,
    Judgement,
    Platform,
    Policy,
    Regulation,
)
from shanxi_kg.namespaces import SH as SHACL
from shanxi_kg.namespaces import SX, XSD, mint
from shanxi_kg.ontology import file_triples, prefixes
from shanxi_kg.triples import document_triples
from shanxi_kg.turtle import parse_file, serialize
from shanxi_kg.validation import GateError, gate, quarantine_triples, shacl, validate_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanxi_kg.triples import DocumentTriples

ONTOLOGY = Path(__file__).parent.parent / "ontology"
EXAMPLES = ONTOLOGY / "examples"
TEXT = "Fujian protects tea growers. The Tea Bureau of Fujian signed agreements with Hainan in 2021.\n"
FUJIAN, HAINAN = Area("Fujian", "CN-FJ"), Area("Hainan", "CN-HI")


def document() -> Document:
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    return Document(
        name="tea", path=None, text=TEXT, title=None, issued=None, source=None, language="en", sha256=sha256
    )


def span(quote: str) -> Evidence:
    return Evidence(TEXT.index(quote), TEXT.index(quote) + len(quote), quote)


def fact(content: Content, quote: str = "protects tea growers") -> Fact:
    return Fact(content, span(quote))


GOOD = (
    fact(Policy("protects tea growers", FUJIAN)),
    fact(Agreement((FUJIAN, HAINAN), "tea", "2021"), "signed agreements with Hainan in 2021"),
    fact(Agency(Body("Tea Bureau of Fujian"), None, FUJIAN), "Tea Bureau of Fujian"),
)


def built(*facts: Fact) -> DocumentTriples:
    return document_triples(document(), facts)


def kebab(name: str) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower()


def node_shapes() -> Iterator[tuple[str, str]]:
    for file in ("shapes", "ontology-shapes"):
        for shape in sorted(map(str, shacl.load_shapes(file).subjects(RDF.type, SH.NodeShape))):
            yield file, shape.rpartition("/")[2]


SHAPES = list(node_shapes())


@pytest.mark.parametrize(("file", "shape"), SHAPES)
def test_a_shape_accepts_its_valid_example(file: str, shape: str) -> None:
    triples = parse_file(EXAMPLES / f"valid-{kebab(shape)}.ttl")
    assert validate_graph(triples, file, warnings=True) == ()
    targets = shacl.load_shapes(file).objects(rdflib.URIRef(mint("shape", shape).value), SH.targetClass)
    assert {str(target) for target in targets} & {
        str(t.object.value) for t in triples if isinstance(t.object, NamedNode)
    }


@pytest.mark.parametrize(("file", "shape"), SHAPES)
def test_a_shape_and_each_of_its_properties_rejects_something_of_its_invalid_example(file: str, shape: str) -> None:
    found = validate_graph(parse_file(EXAMPLES / f"invalid-{kebab(shape)}.ttl"), file, warnings=True)
    graph, node = shacl.load_shapes(file), rdflib.URIRef(mint("shape", shape).value)
    own = {str(node)} if set(graph.predicates(node)) & {SH.pattern, SH["or"], SH.xone} else set()
    assert own | {str(part) for part in graph.objects(node, SH.property)} <= {violation.shape for violation in found}


def test_every_example_belongs_to_a_shape() -> None:
    expected = {f"{kind}-{kebab(shape)}.ttl" for _, shape in SHAPES for kind in ("valid", "invalid")}
    assert {path.name for path in EXAMPLES.glob("*")} == expected


@pytest.mark.parametrize("file", ["shapes", "ontology-shapes"])
def test_the_shapes_are_shapes_by_the_shacl_of_shacl(file: str) -> None:
    graph = rdflib.Graph().parse(ONTOLOGY / f"{file}.ttl")
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("file", ["shapes", "ontology-shapes"])
def test_every_shape_has_a_name_and_says_what_it_wants(file: str) -> None:
    graph = shacl.load_shapes(file)
    for shape in {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}:
        assert graph.value(shape, SH.name), shape
        if (shape, SH.path, None) in graph:
            assert str(graph.value(shape, SH.message)).endswith("."), shape
            assert (None, SH.property, shape) in graph, shape


def test_every_kind_of_fact_has_a_shape() -> None:
    targets = {str(target).rpartition("#")[2] for target in shacl.load_shapes("shapes").objects(None, SH.targetClass)}
    assert {f"{kind.__name__}Fact" for kind in Content.__args__} <= targets


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no node shape has a target class"),
        (
            "sx:S a sh:NodeShape ; sh:property sx:P . sx:P sh:path sx:name ; sh:minCount 1 .",
            "no node shape has a target",
        ),
        ("sx:S a sh:NodeShape ; sh:targetClass sx:Fact ; sh:minCont 1 .", "minCont> is no term of SHACL"),
        ("sx:S a sh:NodeShape ; sh:targetClass sx:Fact ; sh:nodeKind sh:Iri .", "Iri> is no term of SHACL"),
    ],
)
def test_shapes_that_would_let_everything_pass_are_refused(
    text: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = f"@prefix sh: <{prefixes()['sh']}> . @prefix sx: <{prefixes()['sx']}> . "
    (tmp_path / "lax.ttl").write_text(head + text)
    use_folder(tmp_path, monkeypatch)
    with pytest.raises(OntologyError, match=problem):
        validate_graph([], "lax")


def use_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let shapes be read from another folder than ontology/."""
    monkeypatch.setattr(shacl, "file_triples", lambda name: parse_file(folder / f"{name}.ttl"))


def test_a_document_whose_facts_conform_is_published_as_a_whole() -> None:
    whole = built(*GOOD)
    result = gate(whole)
    assert (result.facts, result.kept_back, result.quarantined) == (whole.facts, (), ())
    assert result.published == whole.triples
    assert result.kinds == ("policy", "agreement", "agency")
    assert quarantine_triples(result) == ()


def test_a_document_without_facts_is_published_with_its_header_alone() -> None:
    assert gate(built()).published == frozenset(built().header)


UNSURE = Judgement(Certainty.AMBIGUOUS, "", "area", "The area may be another.")

BAD = {
    "an agreement with one party": fact(Agreement((FUJIAN,), "tea")),
    "an area that the authority file does not know": fact(Policy("selling tea", Area("Nowhere", "CN-ZZ"))),
    "a body that the authority file does not know": fact(Agency(Body("Tea Office", "no-such-body"))),
    "a period that is none": fact(Policy("selling tea", FUJIAN, period="2021-13")),
    "a period that ends before it starts": fact(Policy("selling tea", FUJIAN, period="2021/2020")),
    "an empty measure": fact(Policy("", FUJIAN)),
    "a value that is no number": fact(Indicator("tea", Decimal("NaN"))),
    "a value without end": fact(Indicator("tea", Decimal("Infinity"))),
    "an unknown status": fact(Indicator("tea", Decimal(1), status="hoped")),
    "an unknown trend": fact(Indicator("tea", Decimal(1), trend="sideways")),
    "an unknown level": fact(Platform("tea fund of Fujian", FUJIAN, levels=("cosmic",))),
    "a title in quotation marks": fact(Regulation("“Tea Rules”", FUJIAN)),
    "a judgement without a rule": dataclasses.replace(fact(Policy("selling tea", FUJIAN)), judgements=(UNSURE,)),
    "a quote that is not in the text": Fact(Policy("selling tea", FUJIAN), Evidence(0, 6, "Hainan")),
    "a quote that is cut elsewhere": Fact(Policy("selling tea", FUJIAN), Evidence(1, 7, "Fujian")),
    "an empty quote": Fact(Policy("selling tea", FUJIAN), Evidence(3, 3, "")),
    "a claim that is not in the text": dataclasses.replace(
        fact(Policy("selling tea", FUJIAN)), claims=(Evidence(0, 4, "tea!"),)
    ),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_fact_is_quarantined_and_the_good_ones_are_published(bad: Fact) -> None:
    result = gate(built(GOOD[0], bad, *GOOD[1:]))
    assert [one.fact for one in result.facts] == list(GOOD)
    assert [one.fact for one in result.kept_back] == [bad]
    assert {violation.fact for violation in result.quarantined} == {result.kept_back[0].iri.value}
    assert result.published == built(*GOOD).triples
    assert validate_graph(result.published) == ()


def test_a_violation_says_where_what_and_why() -> None:
    result = gate(built(BAD["a period that is none"]))
    (end, start) = result.quarantined
    assert start == shacl.Violation(
        fact=result.kept_back[0].iri.value,
        shape=mint("shape", "Period-start").value,
        message="A period must start on exactly one day, not after its end.",
        focus=mint("period", "2021-13").value,
        path="http://www.w3.org/ns/dcat#startDate",
        evidence=span("protects tea growers"),
        component=SHACL["MinCountConstraintComponent"].value,
    )
    assert str(end).endswith(": A period must end on exactly one day. (at 7: 'protects tea growers')")


def test_the_quarantine_holds_the_fact_and_a_report_that_names_it() -> None:
    result = gate(built(*GOOD, BAD["an area that the authority file does not know"]))
    triples = set(quarantine_triples(result))
    (bad,) = result.kept_back
    report = mint("report", "tea")
    assert set(bad.triples) <= triples
    assert Triple(report, SHACL["conforms"], Literal("false", datatype=XSD["boolean"])) in triples
    results = {t.object for t in triples if t.subject == report and t.predicate == SHACL["result"]}
    assert results == {t.subject for t in triples if t.predicate == SX["quarantines"] and t.object == bad.iri}
    assert len(results) == len(result.quarantined) == 2
    assert not triples & set(result.facts[0].triples[:3])
    assert serialize(triples, prefixes()) == serialize(quarantine_triples(gate(result.document)), prefixes())


def test_facts_that_break_a_shape_only_together_are_all_quarantined(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shapes = (ONTOLOGY / "shapes.ttl").read_text()
    extra = (
        "shape:PolicyMeasure sh:property [ sh:path [ sh:inversePath sx:about ] ; sh:maxCount 1 ; sh:message 'one.' ] ."
    )
    (tmp_path / "shapes.ttl").write_text(shapes + extra)
    twice = Policy("protects tea growers", FUJIAN, "growers")
    whole = built(*GOOD)
    other = document_triples(dataclasses.replace(document(), name="tea2"), [fact(twice)]).facts[0]
    whole = dataclasses.replace(whole, facts=(*whole.facts, dataclasses.replace(other, triples=moved(other.triples))))
    shacl.load_shapes.cache_clear()
    use_folder(tmp_path, monkeypatch)
    try:
        result = gate(whole)
    finally:
        shacl.load_shapes.cache_clear()
    assert result.kinds == ("agreement", "agency")
    assert {violation.fact for violation in result.quarantined} == {whole.facts[0].iri.value, other.iri.value}


def moved(triples: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """The triples of a fact, said by the document 'tea'."""
    text = serialize(triples, {}).replace("/document/tea2", "/document/tea")
    from pyoxigraph import RdfFormat, parse

    return tuple(quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE))


def test_of_a_document_that_is_broken_itself_nothing_is_published() -> None:
    result = gate(document_triples(dataclasses.replace(document(), sha256="unknown"), GOOD))
    assert result.published == frozenset()
    assert len(result.kept_back) == len(GOOD)
    assert mint("shape", "Document-sha256").value in {violation.shape for violation in result.quarantined}
    assert mint("document", "tea").value in {violation.focus for violation in result.quarantined}


@pytest.mark.parametrize(
    "error", [RuntimeError, KeyError, ValueError, AttributeError, RecursionError, ZeroDivisionError]
)
def test_an_error_inside_the_gate_publishes_nothing(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error("broken inside")

    monkeypatch.setattr(pyshacl, "validate", fail)
    with pytest.raises(GateError, match=r"broken inside.*; nothing is published") as caught:
        gate(built(*GOOD))
    assert isinstance(caught.value, GraphError)


def test_a_run_that_fails_without_a_result_publishes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyshacl, "validate", lambda *_, **__: (False, rdflib.Graph(), "Validation Failure"))
    with pytest.raises(GateError, match="failed without a result: Validation Failure"):
        gate(built(*GOOD))


def test_lexical_forms_cross_over_as_they_are() -> None:
    forms = [("1.50", "decimal"), ("007", "integer"), ("1", "boolean"), ("2021", "gYear"), ("x", "date")]
    subject = mint("fact", "x", "1")
    triples = [Triple(subject, SX["value"], Literal(text, datatype=XSD[name])) for text, name in forms]
    found = {(str(value), str(value.datatype)) for value in shacl.to_rdflib(triples).objects()}  # type: ignore[attr-defined]
    assert found == {(text, XSD[name].value) for text, name in forms}


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2021-02-30", "date"),
        ("a lot", "decimal"),
        ("1e5", "decimal"),
        ("-1", "nonNegativeInteger"),
        ("1.0", "integer"),
        ("2021-13", "gYearMonth"),
        ("2021-1", "gYearMonth"),
        ("soon", "gYear"),
        ("21", "gYear"),
        ("1_000", "integer"),
    ],
)
def test_a_literal_that_does_not_fit_its_datatype_is_a_violation_wherever_it_stands(text: str, datatype: str) -> None:
    literal = Literal(text, datatype=XSD[datatype])
    (found,) = validate_graph([Triple(mint("thing", "x"), SX["value"], literal)])
    assert (found.focus, found.path, found.value) == (mint("thing", "x").value, SX["value"].value, literal)


def test_a_warning_is_no_violation_unless_asked_for() -> None:
    name = mint("person", "ma-lin")
    person = [
        Triple(name, NamedNode(str(RDF.type)), NamedNode("http://xmlns.com/foaf/0.1/Person")),
        Triple(name, NamedNode("http://xmlns.com/foaf/0.1/name"), Literal("Ma Lin", language="en")),
        *(
            Triple(name, NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), Literal(label, language="en"))
            for label in ("Ma Lin", "Ma Lín")
        ),
    ]
    assert validate_graph(person) == ()
    (warning,) = validate_graph(person, warnings=True)
    assert (warning.severity, warning.focus) == ("Warning", name.value)


def test_a_published_document_passes_pyshacl_beside_the_authority_files() -> None:
    data = shacl.to_rdflib(gate(built(*GOOD)).published)
    for name in ("codes", "places", "organizations"):
        data += shacl.to_rdflib(file_triples(name))
    conforms, _, text = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(ONTOLOGY / "shapes.ttl"))
    assert conforms, text
