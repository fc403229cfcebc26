"""What the benchmarks stand upon: costs are measured in processes of their own, texts and tables are as promised."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dealt
import paper
import pytest
import tables
from growth import merged, save
from measuring import costs, peak_megabytes
from plots import draw

from shanxi_kg.conflicts.copies import copies

HERE = Path(__file__).parent


def work(megabytes: int) -> Iterator[tuple[str, Callable[[], int]]]:
    """Idle, count, and fill memory."""
    yield "idle", lambda: int(time.sleep(0.2) or 7)
    yield "count", lambda: sum(1 for _ in range(3_000_000))
    yield "fill", lambda: len(bytearray(b"x") * (megabytes * 10**6))


def test_costs_are_those_of_the_work_alone() -> None:
    before = peak_megabytes()
    found = costs(work, 200)
    assert [(name, cost.answer) for name, cost in found.items()] == [
        ("idle", 7), ("count", 3_000_000), ("fill", 200_000_000),
    ]  # fmt: skip
    assert found["idle"].cpu < 0.1
    assert found["idle"].wall >= 0.2
    assert found["count"].cpu > found["idle"].cpu
    assert found["count"].megabytes + 190 < found["fill"].megabytes < found["count"].megabytes + 300
    assert peak_megabytes() < before + 100


def test_work_that_dies_is_named() -> None:
    with pytest.raises(SystemExit, match=r"dying\(\): the process died after \['first'\]"):
        costs(dying)


def dying() -> Iterator[tuple[str, Callable[[], int]]]:
    yield "first", lambda: 1
    yield "second", lambda: __import__("os")._exit(9)


def test_a_dealt_text_depends_on_its_number_alone_and_none_copies_another() -> None:
    texts = dict(dealt.texts(range(1, 60)))
    assert texts["text-0000042"] == dealt.text(42)
    assert len(set(texts.values())) == 59
    assert all(re.match(r".+\n\nUpdated: 20\d\d-\d\d-\d\d\n\n", text) for text in texts.values())
    assert copies(texts) == {}


def test_no_text_that_is_kept_unread_is_dealt() -> None:
    read = [path for name in dealt.FOLDERS for path in (dealt.TESTS / name).glob("*.txt") if dealt.free(path)]
    assert {path.parent.name for path in read} == {"gold", "articles", "more", "wider"}
    assert all(int(path.stem) % 3 != 2 for path in read if path.parent.name == "gold")


def test_results_of_one_size_replace_one_another_and_are_sorted(tmp_path: Path) -> None:
    known = [{"size": 10, "cpu": 1}, {"size": 30, "cpu": 3}]
    assert merged(known, {"size": 10, "cpu": 2}) == [{"size": 10, "cpu": 2}, {"size": 30, "cpu": 3}]
    for size in (30, 10):
        save(tmp_path / "results" / "some.json", iter([("load", {"size": size, "cpu": 1.23456})]))
    assert (tmp_path / "results" / "some.json").read_text("utf-8").count("1.2346") == 2


def test_the_plot_is_small_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        draw(tmp_path / name, tables.growth_results())
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    assert (HERE / "growth.svg").stat().st_size < 60_000


def test_the_tables_of_the_readme_are_those_of_the_results() -> None:
    text = tables.README.read_text("utf-8")
    assert sorted(match["name"] for match in tables.BLOCK.finditer(text)) == sorted(tables.TABLES)
    assert tables.renewed(text) == text


def test_twice_the_speed_halves_what_the_paper_tells() -> None:
    slow = paper.Rates(characters=2000, seconds=0.2, triples=500, megabytes=600)
    fast = paper.Rates(characters=2000, seconds=0.1, triples=500, megabytes=600)
    one, other = paper.estimate(slow), paper.estimate(fast)
    assert one.core_hours == pytest.approx(1e8 * 0.4 / paper.EFFICIENCY * paper.RERUN / 3600)
    assert one.dollars == pytest.approx(2 * other.dollars)
    assert one.triples == other.triples == 1e11
