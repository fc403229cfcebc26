"""Disagreement: what cannot all hold stands side by side, with a reason; nothing is dropped, no copy confirms."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Triple
from stories import (
    COMPANIES,
    DATONG,
    HEBEI,
    OFFICE,
    SHANXI,
    TAIYUAN,
    Story,
    count,
    extractor,
    story,
    texts_of,
    triples_of,
    write_stories,
)

from shanxi_kg import audit, pipeline, queries
from shanxi_kg import facts as f
from shanxi_kg.cli import run
from shanxi_kg.conflicts import conflict_triples, copies, open_as_of
from shanxi_kg.namespaces import RDF, RDFS, SX, mint
from shanxi_kg.ontology import prefixes
from shanxi_kg.settings import Settings
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store, open_graph
from shanxi_kg.turtle import parse_file, serialize
from shanxi_kg.validation import validate_graph

README = Path(__file__).parent.parent / "README.md"


def compared(stories: Mapping[str, Story]) -> set[tuple[str, str, str, str]]:
    """Kind, dimension, reason and explanation of each comparison of stories, all of which must obey the shapes."""
    triples = triples_of(stories)
    found = conflict_triples(triples, texts_of(stories))
    assert validate_graph([*triples, *found], warnings=True) == ()
    values: dict[NamedNode, dict[NamedNode, list[str]]] = {}
    for subject, predicate, term in found:
        values.setdefault(subject, {}).setdefault(predicate, []).append(term.value)
    return {
        (
            "note" if SX["Note"].value in one[RDF["type"]] else "conflict",
            one[SX["dimension"]][0].rpartition("/")[2],
            one[SX["likelyReason"]][0].rpartition("/")[2],
            one[RDFS["comment"]][0],
        )
        for one in values.values()
        if SX["Comparison"].value in one.get(RDF["type"], ())
    }


def one_sentence(content: f.Content, issued: str | None = "2022-01-12", sentence: str = "It is so said") -> Story:
    """A document that says one thing."""
    return story(issued, f"{sentence}.", (content, sentence))


def several(*contents: f.Content, issued: str | None = "2022-01-12") -> Story:
    """A document that says several things, in a sentence each."""
    sentences = [f"This is said in sentence {'x' * number}." for number in range(1, len(contents) + 1)]
    return story(issued, " ".join(sentences), *zip(contents, sentences, strict=True))


# The seed's companies


def test_documents_that_disagree_on_a_count_and_on_a_day_are_set_side_by_side() -> None:
    assert compared(COMPANIES) == {
        ("conflict", "value", "one-is-wrong", "109 for 2021 in seed and 112 for 2021 in rival."),
        (
            "conflict",
            "course",
            "other-definition",
            "115 for 2020-07 in early and 109 for 2021 in seed, told as an increase.",
        ),
        ("note", "course", "other-definition", "112 for 2021 in rival and 292 for 2023-06 in late."),
        ("conflict", "issued", "one-is-wrong", "2021-05-28 in seed and 2021-05-29 in rival."),
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stories of the companies, built by the pipeline."""
    top = tmp_path_factory.mktemp("companies")
    report = pipeline.build([write_stories(top / "texts", COMPANIES)], top / "graph", extract=extractor(COMPANIES))
    assert report.facts.total() == 6
    return top / "graph"


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    """The built stories, loaded."""
    return open_graph(built)


def rows(store: Store, name: str, **given: str) -> list[dict[str, Any]]:
    answer = queries.run(store, queries.stored_query(name), given)
    assert isinstance(answer, Solutions)
    return answer.values()


def test_the_conflict_query_shows_each_claim_with_its_evidence(built: Path, store: Store) -> None:
    found = rows(store, "conflicts")
    shown = [(row["kind"], row["dimension"], row["said"], row["issued"]) for row in found]
    assert shown == [
        ("conflict", "course", "115", "2020-08-02"),
        ("conflict", "course", "109", "2022-01-12"),
        ("conflict", "issued", "2021-05-28", "2022-01-12"),
        ("conflict", "issued", "2021-05-29", "2022-02-03"),
        ("conflict", "value", "109", "2022-01-12"),
        ("conflict", "value", "112", "2022-02-03"),
        ("note", "course", "112", "2022-02-03"),
        ("note", "course", "292", "2023-07-20"),
    ]
    for row in found:
        text = (built / "sources" / f"{row['document'].rpartition('/')[2]}.txt").read_text("utf-8")
        assert text[row["start"] : row["end"]] == row["evidence"]
    assert {row["kind"] for row in rows(store, "conflicts", only="note")} == {"note"}
    assert {row["dimension"] for row in rows(store, "conflicts", about="issued")} == {"issued"}


def test_a_published_graph_with_conflicts_has_no_findings(built: Path) -> None:
    assert (built / "conflicts.ttl").exists()
    assert audit.audit(built) == ()


def test_nothing_is_dropped_for_a_conflict(store: Store) -> None:
    values = {row["value"] for row in rows(store, "indicators")}
    assert values == {109, 112, 115, 292}


def test_the_same_triples_give_the_same_conflicts_in_whatever_order_they_come() -> None:
    triples = triples_of(COMPANIES)
    texts = texts_of(COMPANIES)
    expected = serialize(conflict_triples(triples, texts), prefixes())
    for seed in range(3):
        shuffled, names = list(triples), list(texts)
        random.Random(seed).shuffle(shuffled)
        random.Random(seed).shuffle(names)
        again = conflict_triples(shuffled, {name: texts[name] for name in names})
        assert serialize(again, prefixes()) == expected


def test_a_graph_without_disagreement_has_figures_alone(tmp_path: Path) -> None:
    one = {"seed": COMPANIES["seed"]}
    pipeline.build([write_stories(tmp_path / "texts", one)], tmp_path / "graph", extract=extractor(one))
    subjects = {triple.subject.value for triple in parse_file(tmp_path / "graph" / "conflicts.ttl")}
    assert subjects == {
        mint("figure", *of).value for of in (("area", "CN-SX"), ("kind", "indicator"), ("kind", "regulation"))
    }


# Quantities

PATENTS = "patents granted"
PAIRS: Mapping[str, tuple[f.Content, f.Content, tuple[str, str, str] | None]] = {
    "two values": (count(PATENTS, 100, "2021"), count(PATENTS, 90, "2021"), ("conflict", "value", "one-is-wrong")),
    "one value": (count(PATENTS, 100, "2021"), count("granted patents", 100, "2021"), None),
    "another period": (count(PATENTS, 100, "2021"), count(PATENTS, 90, "2020"), None),
    "no period": (count(PATENTS, 100, None), count(PATENTS, 90, None), None),
    "another area": (count(PATENTS, 100, "2021"), count(PATENTS, 90, "2021", HEBEI), None),
    "no area": (count(PATENTS, 100, "2021", None), count(PATENTS, 90, "2021", None), None),
    "another unit": (count(PATENTS, 100, "2021"), count(PATENTS, 90, "2021", unit="percent"), None),
    "a target": (
        count(PATENTS, 100, "2021", status="target"),
        count(PATENTS, 109, "2021"),
        ("note", "value", "target-and-actual"),
    ),
    "a rounded value": (
        count("exports", 5320000, "2021", unit="yuan"),
        count("exports", 5318400, "2021", unit="yuan"),
        ("note", "value", "rounding"),
    ),
    "another wording": (
        count("companies using patents", 100, "2021"),
        count("enterprises approved to use patents", 90, "2021"),
        ("conflict", "value", "other-definition"),
    ),
    "another thing": (count("invention patents granted", 90, "2021"), count(PATENTS, 100, "2021"), None),
    "the end of the period": (
        count("patents", 100, "2021"),
        count("patents", 90, "2021-12"),
        ("note", "value", "other-period"),
    ),
    "a rise from above": (
        count("patents", 100, "2020"),
        count("patents", 90, "2021", trend="increase"),
        ("conflict", "course", "one-is-wrong"),
    ),
    "a fall from below": (
        count("patents", 80, "2020"),
        count("patents", 90, "2021", trend="decrease"),
        ("conflict", "course", "one-is-wrong"),
    ),
    "a month that is less than a year": (
        count("patents", 100, "2020"),
        count("patents", 9, "2021-01", trend="increase"),
        None,
    ),
    "a rise long after": (count("patents", 100, "2018"), count("patents", 90, "2021", trend="increase"), None),
    "a growth that fits": (count("patents", 100, "2020"), count("patents", 112, "2021", change=f.Decimal(12)), None),
    "a growth in constant prices": (
        count("exports", 1013, "2020", unit="yuan"),
        count("exports", 1168, "2021", unit="yuan", change=f.Decimal("12.1")),
        ("note", "growth", "other-basis"),
    ),
    "a growth that does not fit": (
        count("patents", 100, "2020"),
        count("patents", 150, "2021", change=f.Decimal("11.9")),
        ("conflict", "growth", "one-is-wrong"),
    ),
}


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS.values(), ids=PAIRS)
def test_two_quantities_are_in_conflict_only_where_nothing_else_accounts_for_it(
    one: f.Content, other: f.Content, expected: tuple[str, str, str] | None
) -> None:
    stories = {"a": one_sentence(one), "b": one_sentence(other, "2022-03-01", "So it was said elsewhere")}
    assert {found[:3] for found in compared(stories)} == ({expected} if expected else set())


def test_values_of_one_document_alone_are_no_conflict() -> None:
    assert compared({"a": several(count(PATENTS, 100, "2021"), count(PATENTS, 90, "2021"))}) == set()


def test_measures_that_share_a_head_and_not_much_more_are_kept_apart() -> None:
    ones = {"a": one_sentence(count("companies using patents", 5, "2021"))}
    others = {"b": one_sentence(count("companies with foreign staff", 90, "2021"))}
    assert compared(ones | others) == set()


def test_two_disputes_on_things_with_one_head_are_two_conflicts() -> None:
    stories = {
        name: several(count("companies using patents", one, "2021"), count("companies with foreign staff", two, "2021"))
        for name, one, two in (("a", 5, 7), ("b", 6, 8))
    }
    assert {found[3] for found in compared(stories)} == {
        "5 for 2021 in a and 6 for 2021 in b.",
        "7 for 2021 in a and 8 for 2021 in b.",
    }


# Arithmetic

SUMS: Mapping[str, tuple[tuple[f.Content, ...], tuple[str, str] | None]] = {
    "a share that fits": (
        (
            count("invention patents", 300, "2021"),
            count("patents", 1000, "2021"),
            count("invention patents", 30, "2021", unit="percent"),
        ),
        None,
    ),
    "a share that does not fit": (
        (
            count("invention patents", 300, "2021"),
            count("patents", 1234, "2021"),
            count("invention patents", 30, "2021", unit="percent"),
        ),
        ("share", "30 percent of 1234 is 370.2, not 300."),
    ),
    "imports and exports that fit": (
        (
            count("imports and exports", 100, "2021", unit="yuan"),
            count("imports", 41, "2021", unit="yuan"),
            count("exports", 59, "2021", unit="yuan"),
        ),
        None,
    ),
    "imports and exports that do not fit": (
        (
            count("imports and exports", 123, "2021", unit="yuan"),
            count("imports", 41, "2021", unit="yuan"),
            count("exports", 59, "2021", unit="yuan"),
        ),
        ("sum", "41 yuan + 59 yuan = 100 yuan, not 123 yuan."),
    ),
    "cities that have less than their province": (
        (
            count("patents", 100, "2021"),
            count("patents", 61, "2021", TAIYUAN),
            count("patents", 22, "2021", DATONG),
        ),
        None,
    ),
    "cities that have more than their province": (
        (
            count("patents", 71, "2021"),
            count("patents", 61, "2021", TAIYUAN),
            count("patents", 22, "2021", DATONG),
        ),
        ("sum", "61 + 22 = 83, not 71."),
    ),
    "a fall in one document": (
        (count("patents", 109, "2020"), count("patents", 95, "2021", trend="increase")),
        ("course", "109 for 2020 in a and 95 for 2021 in a, told as an increase."),
    ),
}


@pytest.mark.parametrize(("contents", "expected"), SUMS.values(), ids=SUMS)
def test_what_does_not_add_up_within_a_document_is_said_with_the_sum(
    contents: tuple[f.Content, ...], expected: tuple[str, str] | None
) -> None:
    assert {(one[1], one[3]) for one in compared({"a": several(*contents)})} == ({expected} if expected else set())


def test_a_growth_says_what_the_earlier_value_makes() -> None:
    one, other, _ = PAIRS["a growth that does not fit"]
    (found,) = compared({"a": one_sentence(one), "b": one_sentence(other, "2022-03-01", "So it was said elsewhere")})
    assert found[3] == "100 in a and a change of 11.9 percent make 111.9, not 150 as in b."


def test_numbers_that_are_called_about_or_more_than_are_not_reckoned_with() -> None:
    one, other, _ = PAIRS["a growth that does not fit"]
    stories = {"a": one_sentence(one), "b": one_sentence(other, "2022-03-01", "There were more than 150 patents")}
    assert compared(stories) == set()


# Dates


def rules(issued: str | None, in_force: str | None = None) -> f.Regulation:
    return f.Regulation("Tea Rules of Shanxi", SHANXI, issued, in_force)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("2021-05-28", None), ("2021-05-29", None), {("issued", "one-is-wrong")}),
        (("2021-05-28", None), ("2021-05", None), set()),
        (("2021-05-28", None), ("2021", None), set()),
        ((None, "2021-07-01"), (None, "2021-08"), {("in-force", "one-is-wrong")}),
        (("2021-05-28", "2021-07-01"), ("2021-07-01", None), {("issued", "one-is-wrong")}),
        (("2021-05-28", None), (None, "2021-07-01"), set()),
    ],
)
def test_dates_conflict_where_neither_is_only_more_precise(
    one: tuple[str, str | None], other: tuple[str, str | None], expected: set[tuple[str, str]]
) -> None:
    stories = {"a": one_sentence(rules(*one)), "b": one_sentence(rules(*other), "2022-03-01", "So it was said")}
    assert {found[1:3] for found in compared(stories)} == expected


def test_days_of_adoption_and_of_publication_are_told_apart_by_their_verbs() -> None:
    stories = {
        "a": one_sentence(rules("2021-05-28"), sentence="The rules were adopted on May 28"),
        "b": one_sentence(rules("2021-06-02"), sentence="The rules were published on June 2"),
    }
    assert {found[2] for found in compared(stories)} == {"other-event"}


# Posts


def director(person: str, role: str = "director", body: f.Body = OFFICE) -> f.Post:
    return f.Post(person, role, body)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2021-05-28", "2021-05-28"), True),
        (("2021-05-28", "2021-06-01"), False),
        (("2021-05-28", "2021-05"), True),
        (("2021-05-28", None), False),
    ],
)
def test_two_holders_conflict_on_one_day_and_follow_one_another_on_two(
    days: tuple[str, str | None], expected: bool
) -> None:
    stories = {
        "a": one_sentence(director("Ma Lin"), days[0]),
        "b": one_sentence(director("Li Wei"), days[1], "So it was said elsewhere"),
    }
    found = compared(stories)
    assert {one[:3] for one in found} == ({("conflict", "holder", "one-is-wrong")} if expected else set())


def test_a_holder_who_is_attested_before_and_after_another_is_in_conflict() -> None:
    stories = {
        "a": one_sentence(director("Ma Lin"), "2020-01-01"),
        "b": one_sentence(director("Li Wei"), "2021-01-01", "So it was said elsewhere"),
        "c": one_sentence(director("Ma Lin"), "2022-01-01", "And so it was said in a third place"),
    }
    (found,) = compared(stories)
    assert found[3] == "Li Wei in b (2021-01-01), Ma Lin in a (2020-01-01) and Ma Lin in c (2022-01-01)."


@pytest.mark.parametrize("role", ["deputy director", "professor", "vice-mayor", "former governor", "member"])
def test_a_role_that_several_may_have_gives_no_conflict(role: str) -> None:
    stories = {
        "a": one_sentence(director("Ma Lin", role)),
        "b": one_sentence(director("Li Wei", role), sentence="So it was said elsewhere"),
    }
    assert compared(stories) == set()


# Agreements

PACT = f.Agreement((SHANXI, HEBEI), "tea")


def spoken(speaker: str | None, *more: f.Content) -> Story:
    """A document that gives the pact as somebody's words."""
    told = several(PACT, *more)
    return dataclasses.replace(told, facts=tuple(dataclasses.replace(one, speaker=speaker) for one in told.facts))


def test_an_agreement_that_only_one_side_answers_for_is_noted() -> None:
    (found,) = compared({"a": spoken("Ma Lin", director("Ma Lin"))})
    assert found[:3] == ("note", "confirmation", "one-side-only")
    assert found[3] == "It rests on the words of Ma Lin, for Shanxi; nobody for Hebei is heard."


@pytest.mark.parametrize(
    "other",
    [spoken("Li Wei", director("Li Wei", body=f.Body("Hebei IP Administration"))), spoken(None)],
    ids=["the other side", "the reporter"],
)
def test_an_agreement_that_others_tell_of_too_is_not_noted(other: Story) -> None:
    assert compared({"a": spoken("Ma Lin", director("Ma Lin")), "b": other}) == set()


# Copies and corroboration

LONG = " ".join(f"Sentence number {number} tells of tea in its own words." for number in range(60))


def long(value: int, issued: str | None = "2022-01-12", more: str = "") -> Story:
    quote = f"{value} growers"
    return story(issued, f"{LONG} It counts {quote}.{more}", (count("tea growers", value, "2021"), quote))


def test_a_copied_article_is_marked_and_named_as_the_reason() -> None:
    stories = {"first": long(100, "2022-01-12"), "copy": long(190, "2022-01-20")}
    assert {found[2] for found in compared(stories)} == {"copied-article"}
    links = {t for t in conflict_triples(triples_of(stories), texts_of(stories)) if t.predicate == SX["copyOf"]}
    assert links == {Triple(mint("document", "copy"), SX["copyOf"], mint("document", "first"))}


def test_the_search_for_copies_finds_what_comparing_all_pairs_finds() -> None:
    chance = random.Random(7)
    words = [f"word{number}" for number in range(400)]
    base = [" ".join(chance.choices(words, k=120)) for _ in range(6)]
    texts = {}
    for number, text in enumerate(base):
        for edits in (0, 1, 2, 4, 9):
            changed = text.split()
            for _ in range(edits):
                changed[chance.randrange(len(changed))] = "other"
            texts[f"{number}-{edits}"] = " ".join(changed)
    expected = {
        (one, other) for one in texts for other in texts if one < other and copies.are_copies(texts[one], texts[other])
    }
    found = copies.copies(texts)
    assert expected
    assert {(one, other) for one, other in expected if other in found[one]} == expected
    assert all(name[0] == other[0] for name, group in found.items() for other in group)


def test_the_order_of_the_texts_does_not_change_which_are_copies() -> None:
    texts = {f"{number}": f"{LONG} Edition {number // 3} has its own {number // 3} words." for number in range(9)}
    backwards = dict(reversed(texts.items()))
    assert copies.copies(texts) == copies.copies(backwards)
    assert copies.copies(texts)["0"] >= {"0", "1", "2"}


def test_documents_corroborate_one_another_unless_they_are_copies(tmp_path: Path) -> None:
    stories = {
        "first": long(100),
        "copy": long(100, "2022-01-20", " The end."),
        "own": one_sentence(count("tea growers", 100, "2021"), "2022-02-01", "The growers of tea were 100"),
        "other": one_sentence(count("bakers", 7, "2021"), "2022-02-01", "The bakers were seven"),
    }
    pipeline.build([write_stories(tmp_path / "texts", stories)], tmp_path / "graph", extract=extractor(stories))
    store = open_graph(tmp_path / "graph")
    found = [(row["document"].rpartition("/")[2], row["sources"]) for row in rows(store, "corroboration")]
    assert found == [("first", 2), ("copy", 2), ("own", 2)]
    assert rows(store, "corroboration", only="post") == []
    assert [row["document"].rpartition("/")[2] for row in rows(store, "copies")] == ["copy"]
    assert audit.audit(tmp_path / "graph") == ()


def test_a_story_that_several_documents_print_counts_once(tmp_path: Path) -> None:
    stories = {
        "first": long(100),
        "copy": long(100, "2022-01-20", " The end."),
        "own": one_sentence(count("tea growers", 100, "2021", TAIYUAN), "2022-02-01", "The growers of tea were 100"),
    }
    pipeline.build([write_stories(tmp_path / "texts", stories)], tmp_path / "graph", extract=extractor(stories))
    store = open_graph(tmp_path / "graph")
    assert len(rows(store, "facts")) == 3
    assert rows(store, "fact-counts") == [
        {"kind": "indicator", "facts": 2, "stated": 2, "inferred": 0, "ambiguous": 0, "documents": 2}
    ]
    areas = [(row["area"], row["facts"], row["documents"]) for row in rows(store, "facts-by-area")]
    assert areas == [("Shanxi", 1, 1), ("Taiyuan", 1, 1)]
    as_of, _ = open_as_of(tmp_path / "graph", date(2022, 1, 31))
    assert [(row["facts"], row["documents"]) for row in rows(as_of, "fact-counts")] == [(1, 1)]


def test_figures_are_what_counting_all_facts_gives(built: Path, store: Store) -> None:
    counted = """SELECT ?kind (COUNT(?fact) AS ?facts) (COUNT(DISTINCT ?document) AS ?documents) WHERE {
      ?fact a sx:Fact, ?class ; sx:inDocument ?document . FILTER (?class != sx:Fact && STRENDS(STR(?class), "Fact"))
      BIND (LCASE(STRBEFORE(STRAFTER(STR(?class), "#"), "Fact")) AS ?kind) } GROUP BY ?kind ORDER BY ?kind"""
    expected = store.select(f"PREFIX sx: <{SX['x'].value[:-1]}> {counted}").values()
    found = [{name: row[name] for name in ("kind", "facts", "documents")} for row in rows(store, "fact-counts")]
    assert found == expected
    assert audit.audit(built) == ()


def test_a_copy_alone_corroborates_nothing(tmp_path: Path) -> None:
    stories = {"first": long(100), "copy": long(100, "2022-01-20", " The end.")}
    pipeline.build([write_stories(tmp_path / "texts", stories)], tmp_path / "graph", extract=extractor(stories))
    assert rows(open_graph(tmp_path / "graph"), "corroboration") == []


def test_the_readme_shows_the_conflicts_of_these_documents(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert run(["query", "conflicts", "--graph", str(built), "--format", "table"], Settings()) == 0
    assert f"```text\n{capsys.readouterr().out.strip(chr(10))}\n```\n" in README.read_text("utf-8")
