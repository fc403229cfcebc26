"""The difference of two states: what was added, withdrawn, changed in value, and changed in evidence only."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from small import HUNAN_TEXT, small_facts, write_texts

from shanxi_kg import changes, exports, pipeline
from shanxi_kg import facts as f
from shanxi_kg.cli import run
from shanxi_kg.documents import Document
from shanxi_kg.errors import GraphError, UsageError
from shanxi_kg.settings import Settings

Captured = pytest.CaptureFixture[str]
Edit = Callable[[f.Fact], Sequence[f.Fact]]


def built(top: Path, texts: dict[str, str], edit: Edit = lambda fact: (fact,)) -> Path:
    """Build texts with the small facts, shifted to where the words stand now, each edited."""

    def read(document: Document) -> tuple[f.Fact, ...]:
        return tuple(_shifted(new, document.text) for fact in small_facts(document) for new in edit(fact))

    pipeline.build([write_texts(top / "texts", texts)], top / "graph", extract=read)
    return top / "graph"


def _shifted(fact: f.Fact, text: str) -> f.Fact:
    spans = [f.Evidence(text.index(one.quote), text.index(one.quote) + len(one.quote), one.quote)
             for one in (fact.evidence, *fact.claims)]  # fmt: skip
    return replace(fact, evidence=spans[0], claims=tuple(spans[1:]))


def difference(old: Path, new: Path) -> changes.Changes:
    return changes.compare(changes.read_state(str(old)), changes.read_state(str(new)))


def only(kind: type[f.Content], **values: object) -> Edit:
    """Return an edit that gives the facts of one kind other values."""

    def edit(fact: f.Fact) -> Sequence[f.Fact]:
        return (replace(fact, content=replace(fact.content, **values)) if isinstance(fact.content, kind) else fact,)  # type: ignore[type-var]

    return edit


HUNAN = {"hunan": HUNAN_TEXT}


@pytest.fixture(scope="module")
def hunan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the text about Hunan."""
    return built(tmp_path_factory.mktemp("hunan"), HUNAN)


def test_a_graph_does_not_differ_from_itself(hunan: Path, capsys: Captured) -> None:
    assert not difference(hunan, hunan)
    assert run(["diff", str(hunan), str(hunan)], Settings()) == 0
    assert capsys.readouterr() == ("facts: no difference\n", "")


def test_an_added_fact_and_a_withdrawn_one_are_told_by_document(hunan: Path, tmp_path: Path) -> None:
    def without_platform(fact: f.Fact) -> Sequence[f.Fact]:
        return () if fact.kind == "platform" else (fact,)

    fewer = built(tmp_path, HUNAN, without_platform)
    (document,) = difference(hunan, fewer).documents
    assert (document.document, document.state) == ("hunan", "changed")
    assert [fact.label for fact in document.withdrawn] == ["Data Service Cluster (Changsha)"]
    assert (document.added, document.changed, document.evidence) == ((), (), ())
    (document,) = difference(fewer, hunan).documents
    assert [(fact.kind, fact.evidence.quote) for fact in document.added] == [
        ("platform", "12 law firms work in the data service cluster")
    ]


def test_a_changed_value_of_the_same_entity_is_told_field_by_field(hunan: Path, tmp_path: Path) -> None:
    other = built(tmp_path, HUNAN, only(f.Regulation, issued="2021-05-28"))
    (document,) = difference(hunan, other).documents
    (change,) = document.changed
    assert change.fields == (changes.FieldChange("issued", ("2021-05-27",), ("2021-05-28",)),)
    assert change.old.iri == change.new.iri
    assert (document.added, document.withdrawn) == ((), ())


def test_a_fact_with_another_iri_is_matched_by_what_it_counts(hunan: Path, tmp_path: Path) -> None:
    other = built(tmp_path, HUNAN, only(f.Indicator, value=Decimal(1300), period="2021"))
    (document,) = difference(hunan, other).documents
    (change,) = document.changed
    assert change.old.iri != change.new.iri
    assert {one.field: (one.old, one.new) for one in change.fields if one.field in {"value", "period"}} == {
        "value": (("1200",), ("1300",)),
        "period": (("2020",), ("2021",)),
    }
    assert (document.added, document.withdrawn) == ((), ())


def test_one_partner_of_many_in_one_sentence_is_exchanged_for_another(hunan: Path, tmp_path: Path) -> None:
    def with_anhui(fact: f.Fact) -> Sequence[f.Fact]:
        content = fact.content
        if isinstance(content, f.Agreement) and content.parties[1].name == "Guangdong":
            content = replace(content, parties=(content.parties[0], f.Area("Anhui", "CN-AH")))
        return (replace(fact, content=content),)

    (document,) = difference(hunan, built(tmp_path, HUNAN, with_anhui)).documents
    (change,) = document.changed
    assert next(one for one in change.fields if one.field == "party").old == ("Guangdong", "Hunan")
    assert next(one for one in change.fields if one.field == "party").new == ("Anhui", "Hunan")


def test_words_that_merely_stand_elsewhere_change_the_evidence_only(hunan: Path, tmp_path: Path) -> None:
    longer = HUNAN_TEXT.replace("Making the rules", "A line that is new.\n\nMaking the rules", 1)
    (document,) = difference(hunan, built(tmp_path, {"hunan": longer})).documents
    assert (document.added, document.withdrawn, document.changed) == ((), (), ())
    assert len(document.evidence) == 11
    assert all(change.is_moved for change in document.evidence)
    assert [one.field for one in document.fields] == ["sha256"]


def test_other_words_for_the_same_fact_change_the_evidence_only(hunan: Path, tmp_path: Path) -> None:
    def shorter(fact: f.Fact) -> Sequence[f.Fact]:
        return (replace(fact, evidence=f.Evidence(0, 6, "Li Wei")) if fact.kind == "post" else fact,)

    (document,) = difference(hunan, built(tmp_path, {"hunan": HUNAN_TEXT}, shorter)).documents
    (change,) = document.evidence
    assert not change.is_moved
    quotes = (change.old.evidence.quote, change.new.evidence.quote)
    assert quotes == ("Li Wei, director of the Hunan Data Bureau", "Li Wei")


def test_other_words_beside_the_evidence_are_shown_as_they_were_and_are(hunan: Path, tmp_path: Path) -> None:
    def shorter(fact: f.Fact) -> Sequence[f.Fact]:
        claims = tuple(f.Evidence(one.start, one.end - 9, one.quote[:-9]) for one in fact.claims)
        return (replace(fact, claims=claims),)

    def without(fact: f.Fact) -> Sequence[f.Fact]:
        return (replace(fact, claims=()),)

    told = [built(tmp_path / edit.__name__, HUNAN, edit) for edit in (shorter, without)]
    lines = [changes.WRITERS["text"](difference(hunan, graph)).splitlines()[1] for graph in told]
    assert [line.partition(": ")[2] for line in lines] == [
        '"opening a new chapter for data" -> "opening a new chapter"',
        '"opening a new chapter for data" -> nothing',
    ]


def test_documents_come_and_go(hunan: Path, small_graph: Path) -> None:
    more = {one.document: (one.state, len(one.added)) for one in difference(hunan, small_graph).documents}
    assert more == {"hubei": ("added", 2), "zh": ("added", 0)}
    fewer = {one.document: (one.state, len(one.withdrawn)) for one in difference(small_graph, hunan).documents}
    assert fewer == {"hubei": ("withdrawn", 2), "zh": ("withdrawn", 0)}


def test_what_is_said_of_an_entity_is_compared_too(small_graph: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(small_graph, tmp_path / "other"))
    path = other / "documents" / "hunan.ttl"
    text = path.read_text("utf-8")
    assert text.count('skos:prefLabel "Hunan Data Bureau"@en') == 1
    path.write_text(text.replace('skos:prefLabel "Hunan Data Bureau"@en', 'skos:prefLabel "Data Bureau"@en'), "utf-8")
    found = difference(small_graph, other)
    labels = [(one.iri.rpartition("/")[2], one.fields) for one in found.entities]
    expected = (changes.FieldChange("prefLabel", ("Hunan Data Bureau",), ("Data Bureau",)),)
    assert ("hunan-data-bureau", expected) in labels


@pytest.mark.parametrize("syntax", ["turtle", "ntriples", "nquads", "trig"])
def test_an_exported_file_is_a_state_like_its_folder(small_graph: Path, tmp_path: Path, syntax: str) -> None:
    file = tmp_path / f"graph.{exports.SYNTAXES[syntax].ending}"
    file.write_bytes(exports.export(small_graph, exports.SYNTAXES[syntax]))
    assert not difference(small_graph, file)


def test_a_git_revision_is_a_state(small_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Li", "-c", "user.email=li@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    shutil.copytree(small_graph, tmp_path / "data" / "graph")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    (tmp_path / "data" / "graph" / "documents" / "hubei.ttl").unlink()
    git("commit", "-qam", "two")
    monkeypatch.chdir(tmp_path / "data")
    assert not changes.compare(changes.read_state("HEAD~1:data/graph"), changes.read_state(str(small_graph)))
    found = changes.compare(changes.read_state("HEAD~1:data/graph"), changes.read_state("HEAD:data/graph/"))
    assert [(one.document, one.state) for one in found.documents] == [("hubei", "withdrawn")]


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ("nowhere", UsageError, "no such folder or file; a git revision is written as HEAD~1:graph"),
        ("nobody:graph", UsageError, "is no folder, file or git revision: "),
        ("--output=x:graph", UsageError, "no such folder or file"),
        ("texts", GraphError, "is no graph folder"),
        ("graph.rdf", UsageError, "cannot be compared; give a graph folder, or a file in .nq, .nt, .trig, .ttl"),
        ("broken.ttl", GraphError, "broken.ttl:1:"),
        ("empty.nt", GraphError, "holds no published document"),
    ],
)
def test_what_is_no_state_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, error: type[Exception], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_texts(tmp_path / "texts")
    for name, content in (("graph.rdf", "<rdf/>"), ("broken.ttl", "<x"), ("empty.nt", "")):
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(error, match=message.replace(".", r"\.")):
        changes.read_state(given)


def test_the_command_says_in_words_and_as_json_what_changed(hunan: Path, tmp_path: Path, capsys: Captured) -> None:
    def edit(fact: f.Fact) -> Sequence[f.Fact]:
        return () if fact.kind == "platform" else only(f.Regulation, issued="2021-05-28")(fact)

    other = built(tmp_path, HUNAN, edit)
    assert run(["diff", str(hunan), str(other)], Settings()) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines()[:4] == [
        "hunan",
        '  - platform Data Service Cluster (Changsha): "12 law firms work in the data service cluster"',
        "  ~ regulation Data Rules of Hunan Province",
        "      issued: 2021-05-27 -> 2021-05-28",
    ]
    assert out.splitlines()[-1] == "facts: 1 withdrawn, 1 changed in value"
    assert run(["diff", str(hunan), str(other), "--format", "json"], Settings()) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["counts"] == {"added": 0, "withdrawn": 1, "changed": 1, "evidence": 0}
    (document,) = record["documents"]
    assert document["changed"][0]["fields"] == [{"field": "issued", "old": ["2021-05-27"], "new": ["2021-05-28"]}]
    assert document["withdrawn"][0]["evidence"]["quote"] == "12 law firms work in the data service cluster"


def test_the_order_of_the_states_triples_does_not_show(small_graph: Path, hunan: Path, tmp_path: Path) -> None:
    lines = exports.export(small_graph, exports.SYNTAXES["ntriples"]).splitlines(keepends=True)
    file = tmp_path / "graph.nt"
    file.write_bytes(b"".join(lines[::-1]))
    straight, turned = difference(hunan, small_graph), difference(hunan, file)
    assert straight.documents == turned.documents
