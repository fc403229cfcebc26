"""Time: a query as of a day answers as the documents up to that day would have, and says what that leaves out."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stories import COMPANIES, Story, count, extractor, story, write_stories

from shanxi_kg import pipeline, queries
from shanxi_kg.cli import run
from shanxi_kg.conflicts import open_as_of
from shanxi_kg.errors import GraphError
from shanxi_kg.settings import Settings
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store, open_graph, select_until

UNDATED = story(None, "There were 7 tea growers in 2019.", (count("tea growers", 7, "2019"), "7 tea growers in 2019"))
MONTH = story("2021-05", "8 tea growers were there in 2020.", (count("tea growers", 8, "2020"), "8 tea growers were"))
STORIES: dict[str, Story] = {**COMPANIES, "undated": UNDATED, "month": MONTH}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stories of the companies with a document of a month and one without a date."""
    top = tmp_path_factory.mktemp("as-of")
    pipeline.build([write_stories(top / "texts", STORIES)], top / "graph", extract=extractor(STORIES))
    return top / "graph"


def names(store: Store, query: str = "documents") -> list[str]:
    return sorted({str(row["document"]).rpartition("/")[2] for row in rows(store, query)})


def rows(store: Store, name: str) -> list[dict[str, Any]]:
    answer = queries.run(store, queries.stored_query(name))
    assert isinstance(answer, Solutions)
    return answer.values()


@pytest.mark.parametrize(
    ("day", "expected", "conflicts"),
    [
        ("2019-01-01", [], []),
        ("2021-05-30", ["early"], []),
        ("2021-05-31", ["early", "month"], []),
        ("2022-01-11", ["early", "month"], []),
        ("2022-01-12", ["early", "month", "seed"], ["early", "seed"]),
        ("2022-02-03", ["early", "month", "rival", "seed"], ["early", "rival", "seed"]),
        ("2030-01-01", ["early", "late", "month", "rival", "seed"], ["early", "late", "rival", "seed"]),
    ],
)
def test_documents_and_what_they_say_against_one_another_are_those_up_to_the_day(
    graph: Path, day: str, expected: list[str], conflicts: list[str]
) -> None:
    store, _ = open_as_of(graph, date.fromisoformat(day))
    assert names(store) == expected
    assert names(store, "conflicts") == conflicts


def test_documents_that_came_later_and_those_without_a_date_are_named(graph: Path) -> None:
    selection = select_until(graph, date(2022, 1, 31))
    assert [path.stem for path in selection.documents] == ["early", "month", "seed"]
    assert (selection.later, selection.undated) == (("late", "rival"), ("undated",))


def test_each_document_is_a_named_graph_as_it_is_without_a_day(graph: Path) -> None:
    question = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    store, _ = open_as_of(graph, date(2022, 1, 31))
    assert [str(row["g"]).rpartition("/")[2] for row in store.select(question).values()] == ["early", "month", "seed"]


def test_a_day_after_all_documents_gives_what_no_day_gives_but_for_the_undated(graph: Path) -> None:
    whole = [row for row in rows(open_graph(graph), "facts") if not str(row["document"]).endswith("/undated")]
    store, _ = open_as_of(graph, date(2030, 1, 1))
    assert rows(store, "facts") == whole
    assert rows(store, "conflicts") == rows(open_graph(graph), "conflicts")


def test_what_a_person_decided_holds_on_every_day(graph: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(graph, tmp_path / "graph"))
    (copy / "decisions.ttl").write_text("<http://example.org/a> <http://example.org/b> 1 .\n", "utf-8")
    store, _ = open_as_of(copy, date(2019, 1, 1))
    assert store.query("ASK { <http://example.org/a> ?b ?c }") is True


def test_a_folder_that_is_none_or_broken_is_an_error(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such folder"):
        open_as_of(tmp_path / "nowhere", date(2022, 1, 1))
    copy = Path(shutil.copytree(graph, tmp_path / "graph"))
    (copy / "documents" / "seed.ttl").write_text("nonsense", "utf-8")
    with pytest.raises(GraphError, match=r"seed\.ttl:1"):
        open_as_of(copy, date(2022, 1, 1))


def test_the_command_says_how_many_documents_answered(graph: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    arguments = ["query", "documents", "--as-of", "2022-01-31", "--graph", str(graph), "--format", "csv"]
    assert run(arguments, Settings()) == 0
    told = capfdbinary.readouterr()
    assert told.out.decode().count("\r\n") == 4
    assert told.err.decode().splitlines() == [
        "as of 2022-01-31: 3 of 6 documents",
        "left out, since no date is printed on them: undated",
    ]


def test_a_day_that_is_none_is_wrong_usage(graph: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["query", "documents", "--as-of", "2022-02-30", "--graph", str(graph)], Settings()) == 2
    assert b"2022-02-30" in capfdbinary.readouterr().err
