"""The static portal: every minted IRI has its files, no link is dead, and the same graph gives the same bytes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html
from portal_site import ADDRESS
from pyoxigraph import RdfFormat, Store, parse

from shanxi_kg.cli import run
from shanxi_kg.namespaces import ID
from shanxi_kg.pages.addresses import LANGUAGES, Address, resource_path
from shanxi_kg.pages.statements import minted, read_statements
from shanxi_kg.portal import write_portal
from shanxi_kg.portal.contents import contents_of
from shanxi_kg.portal.index import records
from shanxi_kg.resources import folder
from shanxi_kg.settings import Settings


def pages(portal: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    for path in sorted(portal.rglob("*.html")):
        yield path.relative_to(portal).as_posix(), html.document_fromstring(path.read_text("utf-8"))


def test_every_minted_iri_has_its_page_in_each_language_and_its_files(portal: Path) -> None:
    nodes = list(minted(read_statements(folder("graph")), ID))
    assert len(nodes) > 1000
    wanted = {
        name
        for node in nodes
        for name in (
            *(Address(f"{resource_path(node.value)}.html", language).file for language in LANGUAGES),
            *(f"{resource_path(node.value)}.{ending}" for ending in ("ttl", "jsonld")),
        )
    }
    assert sorted(name for name in wanted if not (portal / name).is_file()) == []


def test_no_link_is_dead_and_none_leaves_the_portal_by_its_own_root(portal: Path) -> None:
    files = {path.relative_to(portal).as_posix() for path in portal.rglob("*") if path.is_file()}
    anchors: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for name, page in pages(portal):
        anchors[name] = set(page.xpath("//@id"))
        links += [
            (name, link) for link in page.xpath("//@href | //@src | //@action | //@data-results | //@data-labels")
        ]
    dead = []
    for name, link in set(links):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = normpath(join(name, "..", unquote(parts.path))) if parts.path else name
        target = target if target in files else normpath(join(target, "index.html"))
        if target not in files or (parts.fragment and parts.fragment not in anchors.get(target, set())):
            dead.append((name, link))
    assert sorted(dead) == []
    assert len(links) > 10_000


def test_pages_are_whole_html_with_one_heading_and_a_title(portal: Path) -> None:
    for name, page in pages(portal):
        assert page.get("lang") == ("zh" if name.startswith("zh/") else "en"), name
        assert len(page.xpath("//h1")) == 1, name
        assert page.findtext(".//title"), name
        identifiers = page.xpath("//@id")
        assert len(identifiers) == len(set(identifiers)), name


def test_the_files_of_all_resources_hold_the_published_graph(portal: Path) -> None:
    whole = Store()
    for path in sorted((portal / "doc").rglob("*.ttl")):
        whole.load(path=path, format=RdfFormat.TURTLE)
    published = {quad.triple for quad in parse(path=folder("graph") / "documents" / "001.ttl", format=RdfFormat.TURTLE)}
    held = Store()
    held.bulk_extend(parse(path=folder("graph") / "documents" / "001.ttl", format=RdfFormat.TURTLE))
    assert {quad.triple for quad in held} <= {quad.triple for quad in whole}
    assert len(published) > 500


@pytest.mark.parametrize(("ending", "form"), [("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)])
def test_both_files_of_a_resource_hold_the_same(portal: Path, ending: str, form: RdfFormat) -> None:
    stem = portal / "doc" / "document" / "001"
    turtle = {quad.triple for quad in parse(path=stem.with_suffix(".ttl"), format=RdfFormat.TURTLE)}
    assert {quad.triple for quad in parse(path=stem.with_suffix(f".{ending}"), format=form)} == turtle


def test_stored_queries_stand_there_with_their_answers(portal: Path) -> None:
    lines = (portal / "query" / "partners.csv").read_bytes().decode().splitlines()
    assert lines[1].startswith(
        "Anhui,IP protection cooperation,not stated,ambiguous,https://w3id.org/shanxi-kg/id/place/"
    )
    assert len(lines) == 13
    page = html.document_fromstring((portal / "zh" / "query" / "partners.html").read_text("utf-8"))
    assert [cell.text_content() for cell in page.xpath("//tbody/tr/td[1]")] == [
        *("安徽省", "甘肃省", "河南省", "湖北省", "湖南省", "内蒙古自治区"),
        *("江西省", "宁夏回族自治区", "青海省", "陕西省", "山东省", "四川省"),
    ]


def test_the_sitemap_lists_every_page_but_the_search_and_what_is_missing(portal: Path) -> None:
    sitemap = etree.fromstring((portal / "sitemap.xml").read_bytes())
    listed = {unquote(place.removeprefix(ADDRESS)) for place in sitemap.xpath("//*[local-name()='loc']/text()")}
    made = {name for name, _ in pages(portal)}
    assert made - listed == {"404.html", "search.html", "zh/404.html", "zh/search.html"}
    assert listed - made == set()
    assert (portal / "robots.txt").read_text() == f"User-agent: *\nAllow: /\n\nSitemap: {ADDRESS}sitemap.xml\n"


@pytest.mark.parametrize(
    ("path", "accept", "language", "there"),
    [
        ("id/place/CN-SX", "text/html", "en", "303 doc/place/CN-SX.html"),
        ("id/place/CN-SX", "text/html", "zh-CN,zh;q=0.9", "303 zh/doc/place/CN-SX.html"),
        ("id/place/CN-SX", "text/turtle", "zh", "303 doc/place/CN-SX.ttl"),
        ("id/fact/001/05b963c14e9b", "application/ld+json", "", "303 doc/fact/001/05b963c14e9b.jsonld"),
        ("ontology", "text/turtle;q=0.9", "", "303 ontology.ttl"),
        ("ontology/0.1.0", "*/*", "", "303 ontology.html"),
        ("graph.nq", "*/*", "", "302 graph.nq"),
        ("", "text/html", "", "302 "),
    ],
)
def test_the_permanent_addresses_lead_to_the_portal(
    portal: Path, path: str, accept: str, language: str, there: str
) -> None:
    assert redirected((portal / ".htaccess").read_text(), path, accept, language) == there.replace(" ", f" {ADDRESS}")


def redirected(rules: str, path: str, accept: str, language: str) -> str:
    """Follow the rules as mod_rewrite does: the first one whose pattern and condition match."""
    headers = {"%{HTTP_ACCEPT}": accept, "%{HTTP:Accept-Language}": language}
    holds = True
    for line in rules.splitlines():
        word, *rest = line.split() or [""]
        if word == "RewriteCond":
            holds = re.search(rest[1], headers[rest[0]], re.IGNORECASE) is not None
        elif word == "RewriteRule":
            match = re.search(rest[0], path)
            if match and holds:
                return f"{rest[2][3:6]} {match.expand(rest[1].replace('$1', chr(92) + '1'))}"
            holds = True
    raise AssertionError(path)


def test_the_same_graph_gives_the_same_portal(portal: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_portal(folder("graph"), again, ADDRESS)
    first, second = (
        {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (portal, again)
    )
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_the_index_knows_names_in_both_languages_and_sentences() -> None:
    held = {record.path: record for record in records(contents_of(folder("graph")), "zh")}
    place = held["doc/place/140100.html"]
    assert (place.title, place.kind, place.names) == ("太原市", "地点", "Taiyuan 太原市 太原 原市")
    assert held["query/who-said-what.html"].title == "谁说了什么？"


def test_a_portal_is_replaced_as_a_whole_or_stays_as_it_was(
    small_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, broken = tmp_path / "portal", tmp_path / "broken"
    assert run(["portal", str(out), "--graph", str(small_graph), "--address", ADDRESS], Settings()) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert re.fullmatch(rf"{re.escape(str(out))}: \d+ resources in \d+ files\n", told.err)
    (out / "doc" / "left-over.html").write_text("old")
    assert run(["portal", str(out), "--graph", str(small_graph)], Settings()) == 0
    assert (out / "doc" / "document" / "zh.html").is_file()
    assert not (out / "doc" / "left-over.html").exists()
    before = sorted(out.rglob("*"))
    shutil.copytree(small_graph, broken)
    (broken / "documents" / "hunan.ttl").write_text("<a> <b> .")
    assert run(["portal", str(out), "--graph", str(broken)], Settings()) == 3
    assert sorted(out.rglob("*")) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken", "portal"]


def test_a_folder_that_is_no_portal_is_not_replaced(
    small_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("all my work")
    assert run(["portal", str(tmp_path), "--graph", str(small_graph)], Settings()) == 2
    expected = f"Error: {tmp_path}: holds something else than a portal; give an empty folder or a portal\n"
    assert capsys.readouterr().err == expected
    assert (tmp_path / "thesis.txt").read_text() == "all my work"


def test_an_address_that_is_none_is_refused(small_graph: Path, tmp_path: Path) -> None:
    assert run(["portal", str(tmp_path / "out"), "--graph", str(small_graph), "--address", "ftp://x"], Settings()) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_portal_without_quotes_holds_no_five_words_of_a_source(tmp_path: Path) -> None:
    out = tmp_path / "portal"
    write_portal(folder("graph"), out, ADDRESS, quotes=False)
    text = " ".join((folder("graph") / "sources" / "001.txt").read_text("utf-8").split())
    words = re.findall(r"[^ ]+", text)
    runs = {" ".join(words[start : start + 5]) for start in range(len(words) - 4)}
    ours = " ".join(path.read_text("utf-8") for path in folder("ontology").glob("*.ttl"))
    runs = {run for run in runs if run not in ours}
    held = [path for path in out.rglob("*") if path.suffix in {".html", ".ttl", ".jsonld", ".nq", ".csv", ".json"}]
    quoting = {
        (path.relative_to(out).as_posix(), run)
        for path in held
        for content in [path.read_text("utf-8")]
        for run in runs
        if run in content
    }
    assert sorted(quoting) == []
    page = html.document_fromstring((out / "doc" / "fact" / "001" / "43963231cd67.html").read_text("utf-8"))
    assert "Words withheld, characters 734–997" in [found.text_content() for found in page.xpath("//p")]
