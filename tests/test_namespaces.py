"""Minting: the same content gives the same IRI, and different names never share one."""

from __future__ import annotations

import re
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_kg.namespaces import BASE, ID, ONTOLOGY, SX, digest, document_name, mint, mint_span, slug


def test_the_namespaces_are_those_that_were_promised() -> None:
    assert BASE == "https://w3id.org/shanxi-kg/"
    assert ONTOLOGY == "https://w3id.org/shanxi-kg/ontology"
    assert ID == "https://w3id.org/shanxi-kg/id/"
    assert SX["Fact"].value == "https://w3id.org/shanxi-kg/ontology#Fact"


@pytest.mark.parametrize(
    ("parts", "iri"),
    [
        (("place", "CN-SX"), "place/CN-SX"),
        (("code", "level", "provincial"), "code/level/provincial"),
        (("document", "2021--april"), "document/2021--april"),
        (("document", "a b?#/%"), "document/a%20b%3F%23%2F%25"),
        (("document", "山西"), "document/%E5%B1%B1%E8%A5%BF"),
        (("document", "Lu\u0308liang"), "document/L%C3%BCliang"),
    ],
)
def test_an_iri_is_minted_from_its_parts(parts: tuple[str, ...], iri: str) -> None:
    assert mint(*parts).value == ID + iri


def test_a_span_is_named_by_its_offsets() -> None:
    assert mint_span(mint("document", "001"), 3, 8).value == ID + "document/001#char=3,8"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Taiyuan Office of the CNIPA", "taiyuan-office-of-the-cnipa"),
        ("Xi'an IP Court", "xian-ip-court"),
        ("Xi’an IP Court", "xian-ip-court"),
        ("Lüliang", "luliang"),
        ("Lu\u0308liang", "luliang"),
        ("  China (Shanxi) IP  Protection Center ", "china-shanxi-ip-protection-center"),
    ],
)
def test_a_slug_is_readable(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shanxi", "Shaanxi"),
        ("Shānxī", "Shǎnxī"),
        ("Shanxi", "Shǎnxī"),
        ("Hunan Customs", "Henan Customs"),
        ("山西", "陕西"),
        ("Office (山西)", "Office (陕西)"),
        ("Datong city", "Datong county"),
        ("x" * 100, "x" * 101),
    ],
)
def test_two_names_never_share_a_slug(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@given(st.text())
def test_a_slug_is_never_empty_and_always_plain(text: str) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert slug(text) == slug(text)
    assert len(slug(text)) <= 89


def test_a_digest_depends_on_where_its_parts_end() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("L\u0308u") != digest("Lu")
    assert digest("Lu\u0308") == digest("Lü")
    assert len(digest("x")) == 12
    assert digest("x", length=8) == digest("x")[:8]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("001.txt", "001"),
        ("2021/april/yangquan.html", "2021--april--yangquan"),
        ("report.v1.2.pdf", "report.v1.2"),
        ("山西/法规.txt", "山西--法规"),
        ("no-ending", "no-ending"),
    ],
)
def test_a_document_is_named_by_its_path_without_the_ending(path: str, name: str) -> None:
    assert document_name(path) == name
    assert document_name(PurePath(path)) == name
