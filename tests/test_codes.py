"""Code lists: concepts are found by their labels, and the lists satisfy those who read them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib.namespace import RDF, SKOS

from shanxi_kg import codes
from shanxi_kg.codes import (
    broader_keys,
    code,
    concept_named,
    concepts,
    concepts_in,
    head_concept,
    narrowest,
)
from shanxi_kg.errors import OntologyError
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.ontology import file_triples

CODES = Path(__file__).parent.parent / "ontology" / "codes.ttl"
SCHEMES = [
    *("attribution", "body-kind", "certainty", "dimension", "instrument", "ip-kind", "legal-act", "level"),
    *("likely-reason", "missing", "platform-kind", "status", "target-group", "trend", "unit"),
]


@pytest.mark.parametrize(
    ("text", "scheme", "keys"),
    [
        ("geographical indications, Olympic signs, official signs, and special signs", "ip-kind",
         ("geographical-indication", "olympic-sign", "official-sign", "special-sign")),
        ("Patents and INVENTION PATENTS", "ip-kind", ("patent", "invention-patent")),
        ("a trade-mark and new plant varieties", "ip-kind", ("trademark", "plant-variety")),
        ("designed by patentlyobvious copyrights", "ip-kind", ("copyright",)),
        ("granting financial rewards and subsidies", "instrument", ("reward", "subsidy")),
        ("providing green channels", "instrument", ("green-channel",)),
        ("expanding data opening", "instrument", ("data-opening",)),
        ("offering one-stop IP services", "instrument", ("one-stop-service",)),
        ("small and medium-sized enterprises", "target-group", ("small-and-medium-sized-enterprises",)),
        ("innovators and small businesses", "target-group", ("innovators", "small-and-medium-sized-enterprises")),
        ("provincial, municipal and county-level", "level", ("provincial", "municipal", "county")),
        ("", "level", ()),
    ],
)  # fmt: skip
def test_concepts_are_found_as_whole_words_the_longest_first(text: str, scheme: str, keys: tuple[str, ...]) -> None:
    assert concepts_in(text, scheme) == keys


@pytest.mark.parametrize(
    ("name", "scheme", "key"),
    [
        ("Taiyuan Office of the China National Intellectual Property Administration", "body-kind", "office"),
        ("China (Shanxi) IP Protection Center", "body-kind", "public-centre"),
        ("High People's Court of Hunan Province", "body-kind", "court"),
        ("Changsha Customs", "body-kind", "customs-house"),
        ("Standing Committee of the Hunan People's Congress", "body-kind", "committee"),
        ("Hunan University of Technology", "body-kind", "university"),
        ("Regulations on Intellectual Property Protection Work", "legal-act", "regulation"),
        ("Implementation Plan for the Patent Law", "legal-act", "plan"),
        ("Copyright Law", "legal-act", "law"),
        ("IP assistance system", "platform-kind", "assistance-system"),
        ("Ningbo IP service industrial cluster", "platform-kind", "service-cluster"),
        ("IP evaluation system", "platform-kind", "evaluation-system"),
        ("Something else", "platform-kind", None),
    ],
)
def test_the_head_of_a_name_says_what_kind_it_is(name: str, scheme: str, key: str | None) -> None:
    assert head_concept(name, scheme) == key


def test_a_concept_is_named_by_a_whole_label_only() -> None:
    assert concept_named("Yuan", "unit") == "yuan"
    assert concept_named("tons of standard coal", "unit") == "tons-of-standard-coal"
    assert concept_named("yuan per person", "unit") is None


@pytest.mark.parametrize("unit", sorted(load_lexicon().units))
def test_every_unit_of_the_lexicon_is_a_concept(unit: str) -> None:
    assert concept_named(unit, "unit")


def test_a_broader_concept_gives_way_to_a_narrower_one() -> None:
    assert broader_keys("invention-patent", "ip-kind") == ("patent", "intellectual-property")
    assert narrowest(("intellectual-property", "trademark"), "ip-kind") == ("trademark",)
    assert narrowest(("intellectual-property",), "ip-kind") == ("intellectual-property",)


def test_an_unknown_scheme_or_key_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(OntologyError, match="no scheme 'levels'; use one of attribution"):
        concepts("levels")
    with pytest.raises(OntologyError, match="no concept 'up'; use one of decrease, increase"):
        code("trend", "up")


def test_the_schemes_are_all_there() -> None:
    found = {
        triple.subject.value.rpartition("/")[2]
        for triple in file_triples("codes")
        if isinstance(triple.subject, NamedNode) and triple.object == NamedNode(str(SKOS.ConceptScheme))
    }
    assert sorted(found) == SCHEMES


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_two_concepts_of_a_scheme_share_a_label(scheme: str) -> None:
    labels = [label.casefold() for concept in concepts(scheme).values() for label in dict.fromkeys(concept.labels)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_label_finds_its_own_concept(scheme: str) -> None:
    for key, concept in concepts(scheme).items():
        for label in concept.labels:
            assert concept_named(label, scheme) == key, label


def test_a_notation_is_the_key_of_its_concept() -> None:
    for triple in file_triples("codes"):
        if triple.predicate.value == str(SKOS.notation):
            assert isinstance(triple.object, Literal)
            assert isinstance(triple.subject, NamedNode)
            assert triple.subject.value.endswith("/" + triple.object.value)


def test_every_code_that_the_package_names_exists() -> None:
    sources = Path(codes.__file__).parent.rglob("*.py")
    named = {
        found for path in sources for found in re.findall(r'code\("([a-z-]+)", "([a-z0-9-]+)"\)', path.read_text())
    }
    assert named
    for scheme, key in named:
        assert code(scheme, key)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_passes_the_multilingual_vocpub_validator(scheme: str) -> None:
    folder = os.environ.get("SHANXI_KG_CONFORMANCE")
    if not folder:
        pytest.skip("SHANXI_KG_CONFORMANCE names no folder with the VocPub validator")
    validator = rdflib.Graph().parse(Path(folder) / "vocpub" / "validator.multilang.ttl")
    conforms, _, text = pyshacl.validate(_one_scheme(scheme), shacl_graph=validator, advanced=True, allow_warnings=True)
    assert conforms, text


def _one_scheme(key: str) -> rdflib.Graph:
    """A file of its own for one scheme: its concepts, and the agent that made it."""
    whole = rdflib.Graph().parse(CODES)
    scheme = next(
        subject for subject in whole.subjects(RDF.type, SKOS.ConceptScheme) if str(subject).endswith("/" + key)
    )
    one = rdflib.Graph()
    for subject in {scheme, *whole.subjects(SKOS.inScheme, scheme)}:
        for triple in whole.triples((subject, None, None)):
            one.add(triple)
    core = rdflib.Graph().parse(CODES.parent / "core.ttl")
    for triple in core.triples(
        (rdflib.URIRef("https://w3id.org/shanxi-kg/id/agent/shanxi-kg-contributors"), None, None)
    ):
        one.add(triple)
    return one
