"""GraphML: networkx reads the nodes, edges and attributes that the graph has."""

from __future__ import annotations

import io
from pathlib import Path

import networkx
import pytest

from shanxi_kg.exports import FORMS, Selection, construct_query, export, select
from shanxi_kg.exports.jsonld import identifier
from shanxi_kg.namespaces import RDF


@pytest.fixture(scope="module")
def network(small_graph: Path) -> networkx.MultiDiGraph:
    return networkx.read_graphml(io.BytesIO(export(small_graph, FORMS["graphml"])), force_multigraph=True)


def test_the_edges_are_the_triples_between_resources(small_graph: Path, network: networkx.MultiDiGraph) -> None:
    edges = {
        (identifier(triple.subject), identifier(triple.object), identifier(triple.predicate))
        for triples in select(small_graph, Selection()).values()
        for triple in triples
        if not hasattr(triple.object, "datatype") and triple.predicate != RDF["type"]
    }
    assert {(source, target, held["property"]) for source, target, held in network.edges(data=True)} == edges
    assert network.number_of_edges() == len(edges) > 150


def test_a_node_has_its_types_labels_and_typed_values(network: networkx.MultiDiGraph) -> None:
    values = [held for _, held in network.nodes(data=True) if "sx:IndicatorFact" in held.get("type", "")]
    assert sorted(held["sx:value"] for held in values) == [1150.0, 1200.0]
    assert {held["type"] for held in values} == {"prov:Entity | sx:Fact | sx:IndicatorFact"}
    assert {type(held["oa:start"]) for _, held in network.nodes(data=True) if "oa:start" in held} == {int}
    assert network.nodes["res:organization/hunan-data-bureau"]["label"] == "Hunan Data Bureau"


def test_a_construct_query_makes_a_network_with_labels_in_both_languages(small_graph: Path) -> None:
    content = export(small_graph, FORMS["graphml"], Selection(query=construct_query("cooperation-network")))
    drawn = networkx.read_graphml(io.BytesIO(content))
    assert {held["label_zh"] for _, held in drawn.nodes(data=True) if "label_zh" in held} == {
        "湖北省",
        "湖南省",
        "广东省",
    }
    assert {held["property"] for _, _, held in drawn.edges(data=True)} == {"sx:party"}
    assert drawn.number_of_edges() == 4
