"""The gates of the ontology: pitfalls, good practice, terms that exist, and no contradiction with what it reuses.

The questions are those of queries/ontology, named after the catalogue of OOPS! (P…), the tests of FOOPS! that need no
network (OM, VER, …) and the rules of OWL 2 RL. Each must find the fault of tests/data/ontology-faults, and nothing in
the ontology but what queries/ontology/waivers.csv gives a reason for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Store as Engine
from reasonable import PyReasoner

from shanxi_kg import turtle
from shanxi_kg.namespaces import ONTOLOGY, RDF, SKOS
from shanxi_kg.ontology import file_triples, prefixes
from shanxi_kg.queries import StoredQuery, stored_queries
from shanxi_kg.resources import folder
from shanxi_kg.solutions import text
from shanxi_kg.store import Store

HERE = Path(__file__).parent
GATES = stored_queries(folder("queries") / "ontology")
OF_TERMS = [gate for gate in GATES if "contradiction" not in gate.tags]
CONTRADICTIONS = [gate for gate in GATES if "contradiction" in gate.tags]
WAIVERS = folder("queries") / "ontology" / "waivers.csv"
REUSED = HERE / "components" / "node_modules" / "@zazuko" / "rdf-vocabularies" / "ontologies"
VOCABULARIES = "dcat dcterms foaf oa org prov qb sdmx skos skosxl vann void".split()
LANGUAGES_OF_THE_WEB = "owl rdf rdfs sh".split()
NOT_BY_QUERY = {
    **dict.fromkeys(["P01", "P09", "P14", "P15", "P16", "P17", "P18", "P23"], "found by reading only"),
    "P13": "we want no inverses",
    "P37": "needs the network",
}
AUTHORITIES = ("core", "codes", "places", "borders", "organizations", "links")
OWN = "https://w3id.org/shanxi-kg/"


@cache
def vocabulary(name: str) -> frozenset[Triple]:
    """The triples of a reused vocabulary, from the package that holds it."""
    assert REUSED.is_dir(), f"{REUSED} is missing: run tests/components/install.sh"
    return frozenset(quad.triple for quad in parse((REUSED / f"{name}.nq").read_bytes(), format=RdfFormat.N_QUADS))


@cache
def vocabularies() -> frozenset[Triple]:
    own = turtle.parse_file(HERE / "data" / "vocabularies.ttl")
    return frozenset(own).union(*map(vocabulary, VOCABULARIES))


@cache
def kinds() -> frozenset[Triple]:
    """What kind of term each one of the reused vocabularies is; schema.org is written with https here."""
    known = vocabularies().union(*map(vocabulary, [*LANGUAGES_OF_THE_WEB, "schema", "xsd"]))
    typed = (triple for triple in known if triple.predicate == RDF["type"])
    return frozenset(
        Triple(NamedNode(text(t.subject).replace("http://schema.org/", "https://schema.org/")), t.predicate, t.object)
        for t in typed
        if isinstance(t.subject, NamedNode)
    )


def terms() -> frozenset[Triple]:
    return frozenset((*file_triples("core"), *file_triples("prefixes")))


@cache
def facts() -> frozenset[Triple]:
    """The ontology, the authority files and the seed's graph, with the vocabularies."""
    given = (triple for name in AUTHORITIES for triple in file_triples(name))
    seed = (triple for path in (folder("graph") / "documents").glob("*.ttl") for triple in turtle.parse_file(path))
    return vocabularies().union(given, seed)


def loaded(triples: Iterable[Triple]) -> Store:
    """A store with these triples, and the kinds of all reused terms in a graph of their own."""
    engine = Engine()
    engine.extend(Quad(*triple) for triple in triples)
    engine.extend(Quad(*triple, NamedNode("https://example.org/vocabularies")) for triple in kinds())
    return Store(engine)


def closure(triples: Iterable[Triple]) -> set[Triple]:
    """What follows from triples by OWL 2 RL."""
    reasoner = PyReasoner()
    reasoner.from_graph([tuple(map(_rdflib, triple)) for triple in triples])
    derived = (triple for triple in reasoner.reason() if not isinstance(triple[0], rdflib.Literal))
    lines = "".join(" ".join(term.n3() for term in triple) + " .\n" for triple in derived)
    return {quad.triple for quad in parse(lines, format=RdfFormat.TURTLE, lenient=True)}


def _rdflib(term: object) -> rdflib.URIRef | rdflib.Literal | rdflib.BNode:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        return rdflib.Literal(term.value, lang=term.language, datatype=None if term.language else term.datatype.value)
    return rdflib.BNode(str(term).removeprefix("_:"))


def found(store: Store, gate: StoredQuery) -> list[str]:
    return [text(row[0]) for row in store.select(gate.text, gate.name).rows]


@cache
def waivers() -> dict[tuple[str, str], str]:
    with WAIVERS.open(encoding="utf-8", newline="") as lines:
        return {(row["gate"], _iri(row["term"])): row["reason"] for row in csv.DictReader(lines)}


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return prefixes()[prefix] + local if prefix in prefixes() else name.strip("<>")


@pytest.fixture(scope="module")
def ontology() -> Store:
    return loaded(terms())


@pytest.fixture(scope="module")
def closed() -> Store:
    return loaded(closure(facts()))


@pytest.mark.parametrize("gate", OF_TERMS, ids=lambda gate: gate.name)
def test_the_ontology_has_no_fault_that_is_not_waived(ontology: Store, gate: StoredQuery) -> None:
    waived = sorted(term for name, term in waivers() if name == gate.name)
    assert sorted(found(ontology, gate)) == waived


@pytest.mark.parametrize("gate", CONTRADICTIONS, ids=lambda gate: gate.name)
def test_nothing_that_follows_contradicts_the_reused_vocabularies(closed: Store, gate: StoredQuery) -> None:
    assert found(closed, gate) == []


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.name)
def test_a_gate_finds_the_fault_that_was_put_before_it(gate: StoredQuery) -> None:
    path = HERE / "data" / "ontology-faults" / f"{gate.name}.ttl"
    given = {t for t in terms() if not _without(path.read_text("utf-8"), t)} | set(turtle.parse_file(path))
    expected = [_iri(name) for name in re.findall(r"^# finds (.*)$", path.read_text("utf-8"), re.MULTILINE)[0].split()]
    assert [term for term in found(loaded(given), gate) if (gate.name, term) not in waivers()] == expected


def _without(fault: str, triple: Triple) -> bool:
    """Say whether a fault leaves a triple of ours out: `# without SUBJECT PREDICATE`, the subject `*` for any."""
    left_out = re.search(r"^# without (\S+) (\S+)$", fault, re.MULTILINE)
    if not left_out or not text(triple.subject).startswith(OWN):
        return False
    return left_out[1] in {"*", str(triple.subject)} and _iri(left_out[2]) == triple.predicate.value


def test_every_gate_has_one_fault_and_every_waiver_a_gate_and_a_reason() -> None:
    faults = {path.stem for path in (HERE / "data" / "ontology-faults").glob("*.ttl")}
    assert faults == {gate.name for gate in GATES}
    assert {name for name, _ in waivers()} <= faults
    assert all(reason.endswith(".") for reason in waivers().values())


def test_the_gates_are_documented_and_cover_what_queries_can_find() -> None:
    assert all(gate.summary and gate.description.endswith(".") and "ORDER BY" in gate.text for gate in GATES)
    covered = {tag for gate in GATES for tag in gate.tags}
    assert {f"P{number:02}" for number in range(1, 42)} - covered == NOT_BY_QUERY.keys()
    assert {"FIND1", "HTTP1", "OM1", "OM2", "OM3", "OM4.1", "OM5.1", "OM5.2", "PURL1", "URI2", "VER1"} <= covered
    assert {"VOC1", "VOC2", "VOC3", "VOC4"} <= covered


def test_a_contradiction_far_off_is_found_through_the_closure() -> None:
    fact = NamedNode("https://example.org/fact")
    activity = Triple(fact, NamedNode("http://www.w3.org/ns/prov#used"), NamedNode("https://example.org/thing"))
    given = {*facts(), Triple(fact, RDF["type"], NamedNode(ONTOLOGY + "#AgreementFact")), activity}
    gate = next(gate for gate in CONTRADICTIONS if gate.name == "member-of-disjoint-classes")
    assert found(loaded(closure(given)), gate) == [fact.value]


@pytest.mark.parametrize("name", [*AUTHORITIES, "lexicon", "shapes", "ontology-shapes", "seed", "catalog"])
def test_every_term_that_is_taken_from_another_vocabulary_exists_there(name: str) -> None:
    files = {"seed": folder("graph") / "documents" / "001.ttl", "catalog": folder("graph") / "catalog.ttl"}
    triples = turtle.parse_file(files.get(name, folder("ontology") / f"{name}.ttl"))
    used = {t.predicate.value for t in triples} | {text(t.object) for t in triples if t.predicate == RDF["type"]}
    foreign = {term for term in used if not term.startswith(OWN)}
    assert foreign - declared() == set()


def declared() -> set[str]:
    return {text(triple.subject) for triple in kinds()}


def test_a_term_that_does_not_exist_is_missed() -> None:
    assert "http://purl.org/dc/terms/title" in declared()
    assert SKOS["prefLable"].value not in declared()
