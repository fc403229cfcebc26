"""The reduced profile: no five words in a row of a source are left, in no form, and what is left stays whole."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, parse

from shanxi_kg import exports, pipeline, turtle
from shanxi_kg.errors import GraphError
from shanxi_kg.exports import SYNTAXES, Selection, export
from shanxi_kg.exports.quotes import cut, runs_of
from shanxi_kg.folders import published_files
from shanxi_kg.namespaces import OA, RDF, SX
from shanxi_kg.ontology import authority
from shanxi_kg.resources import folder

REDUCED = Selection(quotes=False)
ARTICLES = Path(__file__).parent / "articles"


def five_words_of(text: str) -> set[tuple[str, ...]]:
    """All runs of five words of a text, found in another way than the package's; apostrophes are no part of words."""
    words = re.findall(r"[a-z0-9]+", re.sub("['’]", "", text.casefold()))
    return set(zip(*(words[start:] for start in range(5)), strict=False))


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of real articles, read by the real rules."""
    graph = tmp_path_factory.mktemp("articles") / "graph"
    sources = [
        *sorted(ARTICLES.glob("*.txt")),
        *sorted((ARTICLES / "wider").glob("*.txt"))[:4],
        folder("graph") / "sources",
    ]
    pipeline.build(sources, graph)
    return graph


def sources_of(graph: Path) -> set[tuple[str, ...]]:
    return {run for path in (graph / "sources").glob("*.txt") for run in five_words_of(path.read_text("utf-8"))}


def texts_and_names(content: bytes) -> Iterator[str]:
    """All literals of N-Quads, and all IRIs but those that the authority files give to a thing."""
    for quad in parse(content, format=SYNTAXES["nquads"].format):
        for term in quad:
            if isinstance(term, Literal) or (isinstance(term, NamedNode) and term not in authority()):
                yield term.value


def test_no_five_words_of_a_source_are_left_in_rdf(articles: Path) -> None:
    own = sources_of(articles)
    assert [
        text for text in texts_and_names(export(articles, SYNTAXES["nquads"], REDUCED)) if five_words_of(text) & own
    ] == []


def test_the_whole_graph_does_hold_such_words_so_that_the_test_above_can_fail(articles: Path) -> None:
    own = sources_of(articles)
    whole = [text for text in texts_and_names(export(articles, SYNTAXES["nquads"])) if five_words_of(text) & own]
    assert len(whole) > 400


def test_no_five_words_of_a_source_are_left_in_a_table(articles: Path) -> None:
    own = sources_of(articles)
    archive = zipfile.ZipFile(io.BytesIO(export(articles, exports.FORMS["csvw"], REDUCED)))
    cells = [
        cell
        for name in archive.namelist()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(archive.read(name).decode(), newline=""))
        for cell in row
        if NamedNode(cell if ":" in cell and " " not in cell else "x:") not in authority()
    ]
    assert len(cells) > 2000
    assert [cell for cell in cells if five_words_of(cell) & own] == []


@pytest.mark.parametrize("name", ["turtle", "jsonld", "rdfxml", "trig", "ntriples", "graphml"])
def test_every_form_has_the_reduced_statements(small_graph: Path, name: str) -> None:
    quote = "take effect on July 1"
    assert quote in export(small_graph, exports.FORMS[name]).decode()
    assert quote not in export(small_graph, exports.FORMS[name], REDUCED).decode()


def test_a_span_keeps_its_offsets_and_gets_the_checksum_of_its_words(small_graph: Path) -> None:
    whole = {triple for triples in exports.select(small_graph, Selection()).values() for triple in triples}
    reduced = {triple for triples in exports.select(small_graph, REDUCED).values() for triple in triples}
    spans = {triple.subject: triple.object.value for triple in whole if triple.predicate == OA["exact"]}
    assert len(spans) > 10
    for span, words in spans.items():
        of_span = {(triple.predicate, triple.object) for triple in reduced if triple.subject == span}
        before = {(triple.predicate, triple.object) for triple in whole if triple.subject == span}
        assert of_span - before == {(SX["withheldSha256"], Literal(hashlib.sha256(words.encode()).hexdigest()))}
        assert before - of_span == {(OA["exact"], Literal(words)), (RDF["type"], OA["TextQuoteSelector"])}


def test_every_checksum_is_that_of_a_text_of_the_same_thing(articles: Path) -> None:
    whole = {triple for triples in exports.select(articles, Selection()).values() for triple in triples}
    known = {
        hashlib.sha256(triple.object.value.encode()).hexdigest()
        for triple in whole
        if isinstance(triple.object, Literal)
    }
    said = {
        triple.object.value
        for triples in exports.select(articles, REDUCED).values()
        for triple in triples
        if triple.predicate == SX["withheldSha256"]
    }
    assert len(said) > 200
    assert said <= known


def test_facts_numbers_dates_and_short_names_stay(small_graph: Path) -> None:
    reduced = export(small_graph, SYNTAXES["turtle"], REDUCED).decode()
    for kept in (
        'sx:value "1200"^^xsd:decimal',
        'sx:role "director"@en',
        'sx:name "Hunan Data Bureau"@en',
        '"2021-05-27"',
    ):
        assert kept in reduced
    assert reduced.count("a prov:Entity,\n        sx:Fact") + reduced.count("        sx:Fact,") >= 13


def test_a_cut_name_is_the_same_wherever_it_stands(articles: Path) -> None:
    subjects, objects = set(), set()
    for quad in parse(export(articles, SYNTAXES["nquads"], REDUCED), format=SYNTAXES["nquads"].format):
        subjects.add(quad.subject)
        objects.add(quad.object)
    before = {triple.subject for path in published_files(articles) for triple in turtle.parse_file(path)}
    assert len(subjects) == len(before)
    assert len(before - subjects) > 20
    assert not (before - subjects) & objects


def test_a_text_that_is_missing_stops_the_export(small_graph: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(small_graph, tmp_path / "graph"))
    (graph / "sources" / "hunan.txt").unlink()
    with pytest.raises(GraphError, match=r"hunan\.txt: cannot be read: .* nobody can tell which words are its own"):
        export(graph, SYNTAXES["turtle"], REDUCED)


def test_chinese_characters_count_half_a_word() -> None:
    assert list(runs_of("湖南省数据条例自施行")) == ["湖 南 省 数 据 条 例 自 施 行"]
    assert list(runs_of("湖南省数据条例自施")) == []
    assert list(runs_of("two words 湖南省数据条")) == ["two words 湖 南 省 数 据 条"]
    assert cut("湖南省数据条例自施行") == "湖南省数据条例自 …"
    assert cut("four words are kept") == "four words are kept"
