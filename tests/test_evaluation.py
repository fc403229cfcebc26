"""Scoring: the figures are those of the scorer that stands beside the gold facts, and what is wrong is named."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import TEXTS

from shanxi_kg.errors import SourceError, UsageError
from shanxi_kg.evaluation import Evaluation, Measures, Score, Told, evaluate, read_gold
from shanxi_kg.evaluation.kinds import KINDS
from shanxi_kg.evaluation.pairing import best_pairs
from shanxi_kg.queries import run, stored_query
from shanxi_kg.solutions import to_json
from shanxi_kg.store import Store, open_graph

GOLD = Path(__file__).parent / "gold"
Facts = list[dict[str, Any]]

HUNAN_GOLD: Facts = [
    {"type": "regulation", "title": "Data Rules of Hunan Province", "area": "Hunan", "issued": "2021-05-27"},
    {"type": "agreement", "parties": ["Hunan", "Hubei"]},
    {"type": "agreement", "parties": ["Hunan", "Guangxi"]},
    {"type": "post", "person": "Li Wei", "role": "director", "organization": "Hunan Data Bureau"},
    {"type": "indicator", "measure": "data companies", "value": "1,200", "area": "Hunan", "period": "2020"},
    {"type": "platform", "name": "data service cluster", "area": None, "members": ["12 law firms"]},
]


def figures(evaluation: Evaluation) -> dict[str, Any]:
    """Write an evaluation as the scorer writes its own."""
    kinds: dict[str, Any] = {
        kind: {"gold": score.gold, "rows": score.found, "core": _three(score.core), "full": _three(score.full)}
        for kind, score in (*evaluation.scores.items(), ("all", evaluation.total))
    }
    return kinds | {"grounded": [evaluation.grounded, evaluation.rows]}


def _three(measures: Measures) -> list[float]:
    return [measures.precision, measures.recall, measures.f1]


def scorers(gold: Path, store: Store, top: Path) -> dict[str, Any]:
    """Return the figures of the scorer, which reads nothing but the answers of the stored queries."""
    for kind in KINDS.values():
        (top / f"{kind.query}.json").write_text(to_json(run(store, stored_query(kind.query))), "utf-8")
    command = [sys.executable, str(GOLD / "score.py"), str(gold), str(top), "--texts", str(gold), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.fixture(scope="module")
def gold_store(gold_graph: Path) -> Store:
    return open_graph(gold_graph)


@pytest.fixture
def small_gold(tmp_path: Path) -> Path:
    """Gold facts of one small text, which the small graph answers in part."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "hunan.txt").write_text(TEXTS["hunan"], "utf-8")
    (folder / "hunan.json").write_text(json.dumps({"facts": HUNAN_GOLD}), "utf-8")
    return folder


def as_they_are(facts: Facts, _: Mapping[str, Facts], __: int) -> Facts:
    return facts


def of_the_next_document(_: Facts, everything: Mapping[str, Facts], number: int) -> Facts:
    return list(everything.values())[(number + 1) % len(everything)]


def every_second_one(facts: Facts, _: Mapping[str, Facts], __: int) -> Facts:
    return facts[::2]


def with_other_fields(facts: Facts, _: Mapping[str, Facts], __: int) -> Facts:
    swapped = {"area": "Hunan Province", "period": "1999", "unit": "yuan", "status": "target", "members": ["no one"]}
    return [{name: swapped.get(name, value) for name, value in fact.items()} for fact in facts]


def with_fewer_words(facts: Facts, _: Mapping[str, Facts], __: int) -> Facts:
    long = ("title", "name", "measure", "quote")
    return [{name: _shorter(value) if name in long else value for name, value in fact.items()} for fact in facts]


def _shorter(value: str) -> str:
    words = value.split()
    return " ".join(words[: max(1, 3 * len(words) // 4)])


@pytest.mark.parametrize(
    "change", [as_they_are, of_the_next_document, every_second_one, with_other_fields, with_fewer_words]
)
def test_the_figures_are_the_scorers_to_the_digit(
    gold_store: Store, tmp_path: Path, change: Callable[[Facts, Mapping[str, Facts], int], Facts]
) -> None:
    everything = {path.stem: json.loads(path.read_text("utf-8"))["facts"] for path in sorted(GOLD.glob("*.json"))}
    folder = tmp_path / "gold"
    folder.mkdir()
    for number, (name, facts) in enumerate(everything.items()):
        (folder / f"{name}.txt").write_bytes((GOLD / f"{name}.txt").read_bytes())
        (folder / f"{name}.json").write_text(json.dumps({"facts": change(facts, everything, number)}), "utf-8")
    assert figures(evaluate(gold_store, read_gold(folder))) == scorers(folder, gold_store, tmp_path)


def test_the_figures_of_a_small_graph_are_the_scorers_too(small_store: Store, small_gold: Path, tmp_path: Path) -> None:
    assert figures(evaluate(small_store, read_gold(small_gold))) == scorers(small_gold, small_store, tmp_path)


def test_what_is_wrong_is_named_with_its_columns(small_store: Store, small_gold: Path) -> None:
    evaluation = evaluate(small_store, read_gold(small_gold))
    wrong = {(miss.kind, miss.what, miss.columns) for miss in evaluation.misses}
    assert {
        ("agreement", "missed", ()),
        ("agreement", "spurious", ()),
        ("indicator", "incomplete", ("area",)),
    } <= wrong
    assert evaluation.scores["regulation"] == Score(1, 1, 1, 1)
    assert evaluation.scores["agreement"] == Score(2, 2, 1, 1)
    missed = next(miss for miss in evaluation.misses if miss.what == "missed")
    assert missed.gold == Told("agreement", {"party": ("Hunan", "Guangxi")})
    spurious = next(miss for miss in evaluation.misses if (miss.kind, miss.what) == ("agreement", "spurious"))
    assert spurious.found is not None
    assert set(spurious.found.texts["party"]) == {"Hunan", "Guangdong"}


def test_every_fact_is_a_hit_or_a_miss(gold_store: Store) -> None:
    evaluation = evaluate(gold_store, read_gold(GOLD))
    total = evaluation.total
    count = {
        what: sum(miss.what == what for miss in evaluation.misses) for what in ("missed", "spurious", "incomplete")
    }
    assert count == {
        "missed": total.gold - total.core_hits,
        "spurious": total.found - total.core_hits,
        "incomplete": total.core_hits - total.full_hits,
    }


def test_only_the_documents_that_are_asked_for_count(gold_store: Store) -> None:
    evaluation = evaluate(gold_store, read_gold(GOLD, ["001"]))
    assert evaluation.total.gold == len(json.loads((GOLD / "001.json").read_text("utf-8"))["facts"])
    assert {miss.document for miss in evaluation.misses} <= {"001"}


def test_a_row_that_its_text_does_not_hold_is_not_grounded(small_store: Store, small_gold: Path) -> None:
    before = evaluate(small_store, read_gold(small_gold))
    (small_gold / "hunan.txt").write_text("Some" + TEXTS["hunan"], "utf-8")
    after = evaluate(small_store, read_gold(small_gold))
    (small_gold / "hunan.txt").unlink()
    without = evaluate(small_store, read_gold(small_gold))
    assert before.grounded == before.rows == after.rows > 0
    assert (after.grounded, without.rows) == (0, 0)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[", "Expecting value"),
        ("{}", "'facts'"),
        ('{"facts": [{"type": "treaty"}]}', "type 'treaty' is none of regulation"),
        ('{"facts": [{"type": "indicator", "value": 3}]}', "a fact of type indicator has no measure"),
        ('{"facts": [3]}', "not subscriptable"),
    ],
)
def test_broken_gold_is_named_with_what_is_wrong(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "one.json").write_text(content, "utf-8")
    with pytest.raises(SourceError, match=r"one\.json: ") as caught:
        read_gold(tmp_path)
    assert problem in str(caught.value)


def test_a_folder_without_gold_and_an_unknown_name_are_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no gold facts"):
        read_gold(tmp_path)
    with pytest.raises(UsageError, match=r"has no 9\.json; it has 001, "):
        read_gold(GOLD, ["9"])


SIDE = st.integers(min_value=0, max_value=4)
WORTH = st.fractions(min_value=Fraction(1, 10), max_value=12, max_denominator=10)


@given(st.dictionaries(st.tuples(SIDE, SIDE), WORTH, max_size=20))
def test_no_assignment_is_worth_more_than_the_one_found(worths: dict[tuple[int, int], Fraction]) -> None:
    pairs = best_pairs(worths)
    assert len(set(pairs.values())) == len(pairs)
    best = max(
        sum((worths.get(pair, Fraction(0)) for pair in enumerate(rights)), Fraction(0))
        for rights in permutations(range(5))
    )
    assert sum((worths[pair] for pair in pairs.items()), Fraction(0)) == best
