"""The ontology: every term is declared, defined in two languages, and used as its vocabulary means it."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SKOS, VANN, VOID, XSD

from shanxi_kg.errors import OntologyError
from shanxi_kg.namespaces import OWL as OWL_TERMS
from shanxi_kg.namespaces import QB as QB_TERMS
from shanxi_kg.namespaces import RDF as RDF_TERMS
from shanxi_kg.namespaces import RDFS as RDFS_TERMS
from shanxi_kg.namespaces import SX
from shanxi_kg.ontology import authority, file_triples, preferred_label, prefixes
from shanxi_kg.validation import validate_graph

ROOT = Path(__file__).parent.parent
FILES = sorted(path.stem for path in (ROOT / "ontology").glob("*.ttl"))
KINDS = ("Regulation", "Agreement", "Agency", "Platform", "Post", "Indicator", "Policy", "Statement")
TYPE = RDF_TERMS["type"]
KNOWN_VOCABULARIES = (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SKOS, VANN, VOID, XSD)
DCAT_3 = {"version", "hasVersion", "DatasetSeries", "inSeries"}


def typed(*classes: NamedNode) -> set[NamedNode]:
    found = (t.subject for t in file_triples("core") if t.predicate == TYPE and t.object in classes)
    return {subject for subject in found if isinstance(subject, NamedNode)}


CLASSES = typed(OWL_TERMS["Class"])
PROPERTIES = typed(OWL_TERMS["ObjectProperty"], OWL_TERMS["DatatypeProperty"])


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_ontology_can_be_read(name: str) -> None:
    assert file_triples(name)


def test_an_ontology_file_that_is_missing_is_named() -> None:
    with pytest.raises(OntologyError, match=r"nothing\.ttl: cannot be read"):
        file_triples("nothing")


def test_the_terms_obey_the_shapes_of_the_ontology() -> None:
    terms = [*file_triples("core"), *file_triples("codes")]
    assert validate_graph(terms, "ontology-shapes", warnings=True) == ()


def test_the_authority_files_obey_the_shapes_of_the_graph() -> None:
    authorities = [*file_triples("places"), *file_triples("organizations")]
    assert validate_graph(authorities, warnings=True) == ()


def test_every_own_term_that_is_used_anywhere_is_declared() -> None:
    declared = {term.value.rpartition("#")[2] for term in CLASSES | PROPERTIES}
    files = [*(ROOT / "ontology").rglob("*.ttl"), *(ROOT / "queries").rglob("*.rq")]
    turtle = {(path.name, term) for path in files for term in re.findall(r"\bsx:(\w+)", uncommented(path))}
    python = {
        (p.name, t) for p in (ROOT / "shanxi_kg").rglob("*.py") for t in re.findall(r'\bSX\["(\w+)"\]', p.read_text())
    }
    examples = {"example_class", "Example", "exampleOf", "ExampleOf", "hasExample"}
    assert {(where, term) for where, term in turtle | python if term not in declared | examples} == set()


def uncommented(path: Path) -> str:
    return "\n".join(line for line in path.read_text().splitlines() if not line.lstrip().startswith("#"))


def test_every_own_term_that_is_declared_is_used_by_the_package_or_its_data() -> None:
    texts = [
        p.read_text()
        for folder, end in (("ontology", "ttl"), ("shanxi_kg", "py"))
        for p in (ROOT / folder).rglob(f"*.{end}")
    ]
    whole = "\n".join(texts)
    names = [term.value.rpartition("#")[2] for term in CLASSES | PROPERTIES]
    unused = [n for n in names if len(re.findall(rf'sx:{n}\b|SX\["{n}"\]|"{n}"', whole)) < 2 and not n.endswith("Fact")]
    assert unused == []


@pytest.mark.parametrize("name", [name for name in FILES if name not in {"shapes", "ontology-shapes"}])
def test_only_terms_that_exist_are_taken_from_other_vocabularies(name: str) -> None:
    used = {term.value for t in file_triples(name) for term in (t.predicate, t.object) if isinstance(term, NamedNode)}
    for vocabulary in KNOWN_VOCABULARIES:
        space = str(vocabulary._NS)
        for iri in sorted(iri for iri in used if iri.startswith(space) and iri != space):
            local = iri.removeprefix(space)
            assert local in vocabulary or local in DCAT_3, iri


def test_the_prefixes_are_sorted_and_stand_for_one_namespace_each() -> None:
    assert list(prefixes()) == sorted(prefixes())
    assert len(set(prefixes().values())) == len(prefixes())
    assert prefixes()["sx"] == "https://w3id.org/shanxi-kg/ontology#"


@pytest.mark.parametrize("path", sorted((ROOT / "ontology").glob("*.ttl")), ids=lambda path: path.stem)
def test_a_file_declares_no_prefix_otherwise_than_the_list(path: Path) -> None:
    own = re.findall(r"@prefix ([\w-]+): <([^>]+)>", path.read_text())
    assert [(prefix, iri) for prefix, iri in own if prefixes().get(prefix, iri) != iri] == []


def test_the_header_names_and_cites_one_and_the_same_version() -> None:
    header = [t for t in file_triples("core") if t.subject == NamedNode("https://w3id.org/shanxi-kg/ontology")]
    said = {t.predicate.value: t.object.value for t in header if not isinstance(t.object, Triple)}
    version = said[str(OWL.versionInfo)]
    assert said[str(OWL.versionIRI)] == f"https://w3id.org/shanxi-kg/ontology/{version}"
    assert said["https://schema.org/version"] == version
    for cited in (t.object for t in header if "itation" in t.predicate.value):
        assert isinstance(cited, Literal)
        assert cited.value.endswith(said[str(OWL.versionIRI)])
        assert version in cited.value.removesuffix(said[str(OWL.versionIRI)])


def test_the_eight_kinds_of_facts_are_disjoint() -> None:
    pairs = {frozenset((t.subject, t.object)) for t in file_triples("core") if t.predicate == OWL_TERMS["disjointWith"]}
    kinds = [SX[f"{kind}Fact"] for kind in KINDS]
    assert pairs == {frozenset(pair) for pair in combinations(kinds, 2)}


def test_no_term_is_both_an_object_and_a_datatype_property_or_class() -> None:
    objects, data = typed(OWL_TERMS["ObjectProperty"]), typed(OWL_TERMS["DatatypeProperty"])
    assert not objects & data
    assert not CLASSES & PROPERTIES


@pytest.mark.parametrize("terms", [CLASSES, PROPERTIES], ids=["classes", "properties"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_classes_and_no_two_properties_share_a_label(terms: set[NamedNode], language: str) -> None:
    labels = [
        label.value
        for subject, predicate, label in file_triples("core")
        if subject in terms
        and predicate == RDFS_TERMS["label"]
        and isinstance(label, Literal)
        and label.language == language
    ]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize(
    "predicate", [RDFS_TERMS["subClassOf"], RDFS_TERMS["subPropertyOf"]], ids=["classes", "properties"]
)
def test_the_hierarchies_have_no_cycles(predicate: NamedNode) -> None:
    steps = {(t.subject, t.object) for t in file_triples("core") if t.predicate == predicate}
    paths = steps
    while longer := {(below, up) for below, middle in paths for start, up in steps if start == middle} - paths:
        paths |= longer
    assert all(below != above for below, above in paths)


def test_the_cube_has_four_dimensions_one_measure_and_three_attributes() -> None:
    roles = {
        role: {t.object for t in file_triples("core") if t.predicate == QB_TERMS[role]}
        for role in ("dimension", "measure", "attribute")
    }
    assert {role: len(found) for role, found in roles.items()} == {"dimension": 4, "measure": 1, "attribute": 3}
    components = {t.object for t in file_triples("core") if t.predicate == QB_TERMS["component"]}
    described = {t.subject for t in file_triples("core") if t.object == QB_TERMS["ComponentSpecification"]}
    assert components == described


def test_the_ontology_files_have_no_blank_nodes_but_the_shapes() -> None:
    for name in FILES:
        if name not in {"shapes", "ontology-shapes"}:
            assert all(
                isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal)
                for t in file_triples(name)
            ), name


def test_what_the_authority_files_say_is_found_by_subject() -> None:
    province = NamedNode("https://w3id.org/shanxi-kg/id/place/CN-SX")
    assert Triple(province, TYPE, SX["AdministrativeDivision"]) in authority()[province]
    assert preferred_label(province) == "Shanxi"
    assert preferred_label(province, "zh") == "山西省"
    assert preferred_label(province, "fr") is None
