"""The catalogue: DCAT-AP conformance, figures that are those of the graph, and what other tools make of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import RDF, Graph, Namespace
from small import small_facts

from shanxi_kg import __version__, pipeline, turtle
from shanxi_kg.catalog import CATALOG, DATASET, catalog_triples
from shanxi_kg.exports import FORMS, export
from shanxi_kg.exports.jsonld import curie
from shanxi_kg.folders import published_files
from shanxi_kg.namespaces import DCAT, DCTERMS, PROV, SKOS, SPDX, SX, VOID, XSD, mint
from shanxi_kg.namespaces import RDF as RDF_TERMS
from shanxi_kg.ontology import prefixes
from shanxi_kg.store import authority_files

DATA = Path(__file__).parent / "data" / "catalog"
CKAN = Path(__file__).parent / "components" / "ckan" / "bin" / "python"
HARVEST = """\
import json, sys
from ckanext.dcat.processors import RDFParser
parser = RDFParser(profiles=["euro_dcat_ap_3"])
parser.parse(open(sys.argv[1], encoding="utf-8").read(), _format="turtle")
json.dump(list(parser.datasets()), sys.stdout)
"""
SH = Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture(scope="module")
def released(small_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small graph as a release, which has a catalogue."""
    graph = tmp_path_factory.mktemp("released") / "graph"
    pipeline.build([small_graph / "sources"], graph, extract=small_facts, release="1.0")
    return graph


@pytest.fixture(scope="module")
def published(released: Path) -> set[Triple]:
    return {triple for path in published_files(released) for triple in turtle.parse_file(path)}


@pytest.fixture(scope="module")
def described(released: Path) -> tuple[Triple, ...]:
    return catalog_triples(released)


def objects(triples: tuple[Triple, ...], subject: object, predicate: NamedNode) -> list[Any]:
    return [triple.object for triple in triples if (triple.subject, triple.predicate) == (subject, predicate)]


def number(count: int) -> Literal:
    return Literal(str(count), datatype=XSD["integer"])


def partition(described: tuple[Triple, ...], whole: NamedNode, kind: str, term: NamedNode) -> NamedNode:
    (found,) = (
        part
        for part in objects(described, whole, VOID[f"{kind}Partition"])
        if objects(described, part, VOID[kind]) == [term]
    )
    assert isinstance(found, NamedNode)
    return found


def test_the_size_is_that_of_the_graph(published: set[Triple], described: tuple[Triple, ...]) -> None:
    figures = {
        "triples": len(published),
        "entities": len({triple.subject for triple in published if triple.predicate == RDF_TERMS["type"]}),
        "classes": len({triple.object for triple in published if triple.predicate == RDF_TERMS["type"]}),
        "properties": len({triple.predicate for triple in published}),
        "distinctSubjects": len({triple.subject for triple in published}),
        "distinctObjects": len({triple.object for triple in published}),
    }
    assert {name: objects(described, DATASET, VOID[name]) for name in figures} == {
        name: [number(count)] for name, count in figures.items()
    }


def test_each_class_and_each_property_has_a_partition(published: set[Triple], described: tuple[Triple, ...]) -> None:
    entities = Counter(triple.object for triple in published if triple.predicate == RDF_TERMS["type"])
    triples = Counter(triple.predicate for triple in published)
    assert len(objects(described, DATASET, VOID["classPartition"])) == len(entities)
    assert len(objects(described, DATASET, VOID["propertyPartition"])) == len(triples)
    for kind, count in entities.items():
        assert isinstance(kind, NamedNode)
        assert objects(described, partition(described, DATASET, "class", kind), VOID["entities"]) == [number(count)]
    for predicate, count in triples.items():
        found = partition(described, DATASET, "property", predicate)
        assert objects(described, found, VOID["triples"]) == [number(count)]


def test_a_class_partition_tells_the_properties_of_its_class(described: tuple[Triple, ...]) -> None:
    facts = partition(described, DATASET, "class", SX["IndicatorFact"])
    values = partition(described, facts, "property", SX["value"])
    assert objects(described, values, VOID["triples"]) == [number(2)]
    assert not any(
        objects(described, part, VOID["property"]) == [SX["quote"]]
        for part in objects(described, facts, VOID["propertyPartition"])
    )


@pytest.mark.parametrize(
    ("target", "space", "predicate"),
    [
        ("geonames", "https://sws.geonames.org/", SKOS["exactMatch"]),
        ("wikidata", "http://www.wikidata.org/entity/", SKOS["exactMatch"]),
        ("eu-authority-tables", "http://publications.europa.eu/resource/authority/", DCTERMS["language"]),
    ],
)
def test_linksets_count_the_links_to_known_datasets(
    published: set[Triple], described: tuple[Triple, ...], target: str, space: str, predicate: NamedNode
) -> None:
    authority = {triple for path in authority_files() for triple in turtle.parse_file(path)}
    links = [t for t in published | authority if t.predicate == predicate and str(t.object).startswith(f"<{space}")]
    linkset = mint("linkset", target, curie(predicate).replace(":", "-"))
    assert objects(described, DATASET, VOID["subset"]).count(linkset) == 1
    assert objects(described, linkset, VOID["triples"]) == [number(len(links))]
    assert objects(described, linkset, VOID["linkPredicate"]) == [predicate]
    assert objects(described, linkset, VOID["objectsTarget"]) == [mint("linked-dataset", target)]
    assert objects(described, mint("linked-dataset", target), VOID["uriSpace"]) == [Literal(space)]
    assert len(links) >= 3


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_a_distribution_has_the_size_and_checksum_of_its_export(
    released: Path, described: tuple[Triple, ...], form: Any
) -> None:
    content = export(released, form)
    distribution = mint("distribution", form.name)
    assert distribution in objects(described, DATASET, DCAT["distribution"])
    (checksum,) = objects(described, distribution, SPDX["checksum"])
    assert objects(described, checksum, SPDX["checksumValue"]) == [
        Literal(hashlib.sha256(content).hexdigest(), datatype=XSD["hexBinary"])
    ]
    assert objects(described, distribution, DCAT["byteSize"]) == [
        Literal(str(len(content)), datatype=XSD["nonNegativeInteger"])
    ]
    assert objects(described, distribution, DCAT["downloadURL"]) == [
        NamedNode(f"https://w3id.org/shanxi-kg/graph.{form.ending}")
    ]


def test_a_form_that_cannot_hold_the_graph_is_no_distribution(released: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(released, tmp_path / "graph"))
    (graph / "decisions.ttl").write_text('<http://example.org/a> <http://example.org/b> "bell \\u0007" .', "utf-8")
    names = {value.value.rpartition("/")[2] for value in objects(catalog_triples(graph), DATASET, DCAT["distribution"])}
    assert names == set(FORMS) - {"rdfxml", "graphml"}


def test_the_coverage_is_from_the_first_printed_day_to_the_last(described: tuple[Triple, ...]) -> None:
    (period,) = objects(described, DATASET, DCTERMS["temporal"])
    for end in ("startDate", "endDate"):
        assert objects(described, period, DCAT[end]) == [Literal("2021-06-05", datatype=XSD["date"])]


def test_the_build_tells_what_it_used_and_no_time(described: tuple[Triple, ...]) -> None:
    (build,) = objects(described, DATASET, PROV["wasGeneratedBy"])
    used = {
        value.value.removeprefix("https://w3id.org/shanxi-kg/") for value in objects(described, build, PROV["used"])
    }
    assert used == {"id/document/hunan", "id/document/hubei", "id/document/zh", "ontology", "ontology/0.1.0"}
    assert not {triple.predicate for triple in described} & {PROV["startedAtTime"], PROV["endedAtTime"]}


def test_a_later_document_or_decision_is_the_day_of_the_last_change(released: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(released, tmp_path / "graph"))
    assert objects(catalog_triples(graph), DATASET, DCTERMS["modified"]) == [
        Literal("2026-11-24", datatype=XSD["date"])
    ]
    decision = (
        '<http://example.org/d> <http://purl.org/dc/terms/date> "2031-02-03"^^<http://www.w3.org/2001/XMLSchema#date> .'
    )
    (graph / "decisions.ttl").write_text(decision, "utf-8")
    for resource in (CATALOG, DATASET):
        assert objects(catalog_triples(graph), resource, DCTERMS["modified"]) == [
            Literal("2031-02-03", datatype=XSD["date"])
        ]


def test_an_empty_graph_has_a_description_without_coverage(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    described = catalog_triples(tmp_path)
    assert objects(described, CATALOG, DCAT["dataset"]) == [DATASET]
    assert objects(described, DATASET, DCTERMS["temporal"]) == []
    assert objects(described, DATASET, VOID["triples"]) == [number(0)]


def test_the_description_has_no_blank_node_and_is_that_of_the_folder(
    released: Path, described: tuple[Triple, ...]
) -> None:
    assert not [term for triple in described for term in triple if isinstance(term, BlankNode)]
    assert (released / "catalog.ttl").read_text("utf-8") == turtle.serialize(described, prefixes())


# What others make of it


def test_rapper_and_rdflib_read_it_without_a_warning(
    released: Path, described: tuple[Triple, ...], caplog: pytest.LogCaptureFixture
) -> None:
    command = ["rapper", "--count", "--input", "turtle", str(released / "catalog.ttl")]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60)
    assert done.stderr.splitlines()[1:] == [f"rapper: Parsing returned {len(set(described))} triples"]
    assert len(Graph().parse(released / "catalog.ttl")) == len(set(described))
    assert caplog.messages == []


@pytest.fixture(scope="module")
def shapes() -> Path:
    folder = os.environ.get("SHANXI_KG_CONFORMANCE")
    if not folder:
        pytest.skip("SHANXI_KG_CONFORMANCE names no folder with the shapes of DCAT-AP")
    return Path(folder) / "dcat-ap-3.0.1"


def broken(catalog: Path, shapes: Path) -> set[tuple[str, str]]:
    """What the shapes find in a catalogue: (focus node, path), whatever the severity."""
    from pyshacl import validate

    _, report, _ = validate(Graph().parse(catalog), shacl_graph=Graph().parse(shapes))
    assert isinstance(report, Graph)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultPath)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_it_conforms_to_dcat_ap(released: Path, shapes: Path) -> None:
    assert broken(released / "catalog.ttl", shapes / "shapes.ttl") == set()


def test_it_follows_the_recommendations_of_dcat_ap_but_those_waived_with_a_reason(released: Path, shapes: Path) -> None:
    waivers = json.loads((DATA / "waivers.json").read_text("utf-8"))
    assert all(set(waiver) == {"focus", "path", "reason"} and waiver["reason"].endswith(".") for waiver in waivers)
    waived = {(waiver["focus"], waiver["path"]) for waiver in waivers}
    assert broken(released / "catalog.ttl", shapes / "shapes_recommended.ttl") == waived


def test_the_shapes_can_find_something(released: Path, shapes: Path, tmp_path: Path) -> None:
    kept = [
        triple
        for triple in turtle.parse_file(released / "catalog.ttl")
        if triple.predicate not in {DCTERMS["title"], DCTERMS["license"]}
    ]
    (tmp_path / "catalog.ttl").write_text(turtle.serialize(kept, prefixes()), "utf-8")
    title, licence = str(DCTERMS["title"]).strip("<>"), str(DCTERMS["license"]).strip("<>")
    assert (DATASET.value, title) in broken(tmp_path / "catalog.ttl", shapes / "shapes.ttl")
    assert (CATALOG.value, licence) in broken(tmp_path / "catalog.ttl", shapes / "shapes_recommended.ttl")


@pytest.fixture(scope="module")
def harvested(released: Path) -> dict[str, Any]:
    """The dataset that CKAN's harvester makes of the catalogue, by ckanext-dcat in an environment of its own."""
    done = subprocess.run(
        [str(CKAN), "-c", HARVEST, str(released / "catalog.ttl")],
        capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (dataset,) = json.loads(done.stdout)
    assert isinstance(dataset, dict)
    return dataset


def test_ckan_harvests_the_catalogue_with_all_fields_filled(harvested: dict[str, Any]) -> None:
    expected = json.loads((DATA / "harvested.json").read_text("utf-8"))
    found = {entry["key"]: entry["value"] for entry in harvested["extras"]}
    assert {key: harvested[key] for key in expected["dataset"]} == expected["dataset"]
    assert harvested["version"] == __version__
    assert found == expected["extras"]
    assert all(found.values())


def test_ckan_finds_each_file_with_format_size_and_checksum(harvested: dict[str, Any], released: Path) -> None:
    resources = {resource["uri"].rpartition("/")[2]: resource for resource in harvested["resources"]}
    assert set(resources) == set(FORMS)
    fields = {"name", "description", "url", "access_url", "download_url", "mimetype", "format", "license", "rights",
              "status", "availability", "language", "conforms_to", "size", "hash", "hash_algorithm"}  # fmt: skip
    for name, resource in resources.items():
        assert {field for field in fields if resource.get(field)} == fields
        assert resource["hash"] == hashlib.sha256(export(released, FORMS[name])).hexdigest()
    assert resources["csvw"]["package_format"].endswith("/application/zip")
