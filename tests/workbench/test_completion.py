"""What the workbench completes: all that the graph uses or the ontology defines, with its labels."""

from __future__ import annotations

import json

from pyoxigraph import NamedNode

from shanxi_kg.ontology import prefixes
from shanxi_kg.pages.addresses import Address
from shanxi_kg.pages.completion import vocabulary
from shanxi_kg.pages.workbench import InBrowser, Served, workbench_files, workbench_page
from shanxi_kg.queries import stored_queries
from shanxi_kg.store import Store

SX = "https://w3id.org/shanxi-kg/ontology#"


def test_our_classes_and_properties_have_both_labels_and_a_definition(small_store: Store) -> None:
    known = vocabulary(small_store)
    ours = [term for term in [*known["classes"], *known["properties"]] if term["iri"].startswith(SX)]
    assert all(term["zh"] and term["definition"] and term["en"] != "" for term in ours)
    assert next(term for term in known["classes"] if term["iri"] == SX + "CooperationAgreement") == {
        "iri": SX + "CooperationAgreement",
        "en": "cooperation agreement",
        "zh": "合作协议",
        "definition": next(term["definition"] for term in ours if term["iri"] == SX + "CooperationAgreement"),
    }


def test_what_the_graph_uses_of_others_is_completed_too_by_its_local_name(small_store: Store) -> None:
    known = vocabulary(small_store)
    posts = [term for term in known["classes"] if term["iri"] == "http://www.w3.org/ns/org#Post"]
    assert posts == [{"iri": "http://www.w3.org/ns/org#Post", "en": "Post", "zh": None, "definition": None}]
    used = {
        row[0].value
        for row in small_store.select("SELECT DISTINCT ?p { ?s ?p ?o }").rows
        if isinstance(row[0], NamedNode)
    }
    assert used <= {term["iri"] for term in known["properties"]}


def test_terms_come_once_and_in_the_order_of_their_iris(small_store: Store) -> None:
    known = vocabulary(small_store)
    for iris in ([term["iri"] for term in terms] for terms in (known["classes"], known["properties"], known["places"])):
        assert iris == sorted(set(iris))
    assert known["prefixes"] == dict(prefixes())


def test_places_have_the_keys_and_names_that_parameters_take(small_store: Store) -> None:
    places = {place["key"]: place for place in vocabulary(small_store)["places"]}
    assert places["140100"] == {
        "key": "140100",
        "iri": "https://w3id.org/shanxi-kg/id/place/140100",
        "en": "Taiyuan",
        "zh": "太原市",
    }
    assert len(places) == len(small_store.select(f"SELECT ?p {{ ?p a <{SX}AdministrativeDivision> }}").rows)


def test_the_files_beside_the_page_are_json_and_the_same_each_time(small_store: Store) -> None:
    files = workbench_files(small_store, stored_queries())
    assert files == workbench_files(small_store, stored_queries())
    assert json.loads(files["workbench/vocabulary.json"]) == vocabulary(small_store)
    written = json.loads(files["workbench/queries.json"])
    assert sorted(query["name"] for query in written) == sorted(query.name for query in stored_queries())
    partners = next(query for query in written if query["name"] == "partners")
    assert partners["view"] == "map"
    assert partners["question"] == {"en": "With whom does Shanxi cooperate?", "zh": "山西与哪些地区合作？"}
    assert set(partners["topic"]) == {"en", "zh"}
    assert partners["parameters"] == [
        {
            "name": "area",
            "type": "place",
            "description": "The place whose partners are asked for.",
            "default": "Shanxi",
            "required": False,
        }
    ]


def test_the_page_asks_the_endpoint_where_there_is_a_server_and_its_own_dump_where_there_is_none() -> None:
    served = workbench_page(Address("sparql", "zh"), Served())
    assert '"endpoint": "../sparql"' in served
    assert '"dump": null' in served
    local = workbench_page(Address("sparql.html"), InBrowser("graph.nq"))
    assert '"dump": "./graph.nq"' in local
    assert '"endpoint": null' in local
    assert "SPARQL 1.1 Protocol" not in local
