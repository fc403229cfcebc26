"""The frame of every page: its links lead from wherever the page stands, in both languages."""

from __future__ import annotations

from posixpath import join, normpath
from urllib.parse import unquote

import pytest
from lxml import html

from shanxi_kg.pages.addresses import LANGUAGES, Address, link, resource_iri, resource_path
from shanxi_kg.pages.rendering import STATIC, render
from shanxi_kg.pages.words import words


def targets(page: str, address: Address) -> list[str]:
    """Return where the frame's links lead, as paths below the site's top."""
    folder = address.file.rpartition("/")[0]
    found = html.fromstring(page).xpath("//a/@href | //link/@href | //img/@src | //form/@action")
    return [normpath(join(folder, unquote(target.partition("#")[0]))) for target in found if target[0] != "#"]


@pytest.mark.parametrize("path", ["index.html", "sparql", "doc/place/CN-SX.html", "doc/fact/001/05b963c14e9b.html"])
def test_the_frame_leads_to_the_same_places_from_wherever_a_page_stands(path: str) -> None:
    address = Address(path, "zh")
    assert targets(render("base.html", address), address) == [
        *("static/icon.svg", "static/site.css", path, f"zh/{path}", "zh", "static/icon.svg"),
        *("zh/queries.html", "zh/browse.html", "zh/ontology.html", "zh/sparql", "zh/search.html"),
        *(path, f"zh/{path}", "zh/index.html", "catalog.ttl", "ontology.ttl"),
    ]


def test_the_frame_asks_for_files_that_there_are() -> None:
    assert {path.name for path in STATIC.iterdir()} >= {"site.css", "icon.svg"}


def test_every_word_stands_in_each_language() -> None:
    first, *others = (words(language).keys() for language in LANGUAGES)
    assert all(keys == first for keys in others)


@pytest.mark.parametrize(
    "iri",
    [
        "https://w3id.org/shanxi-kg/id/place/CN-SX",
        "https://w3id.org/shanxi-kg/id/document/%E5%B1%B1%20%25",
        "https://w3id.org/shanxi-kg/id/fact/001/05b963c14e9b",
    ],
)
def test_a_minted_iri_and_the_path_of_its_documents_give_each_other(iri: str) -> None:
    assert resource_iri(str(resource_path(iri))) == iri


def test_an_iri_of_others_is_linked_as_it_is() -> None:
    assert link("http://www.wikidata.org/entity/Q46913", "../") == "http://www.wikidata.org/entity/Q46913"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "document/..%2F..%2Fetc", "document/%2e%2e", "document/", "", "document/a%00", "a//b"]
)
def test_a_name_that_leads_astray_has_no_path(name: str) -> None:
    assert resource_path(f"https://w3id.org/shanxi-kg/id/{name}") is None
