"""`shanxi-kg evaluate` and `shanxi-kg explain` as their users meet them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from small import write_texts

from shanxi_kg.cli import run
from shanxi_kg.settings import Settings

GOLD = Path(__file__).parent / "gold"
Captured = pytest.CaptureFixture[str]


def shanxi_kg(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments], Settings())


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A gold folder of two documents."""
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("001", "003"):
        for ending in ("txt", "json"):
            shutil.copy(GOLD / f"{name}.{ending}", folder)
    return folder


def test_the_table_has_a_line_a_kind_and_the_sum(two: Path, capsys: Captured) -> None:
    assert shanxi_kg("evaluate", two) == 0
    out, err = capsys.readouterr()
    lines = [line.split() for line in out.splitlines() if line.strip()]
    assert [line[0] for line in lines[2:-1]] == [
        "regulation", "agreement", "agency", "post", "indicator", "policy", "platform", "statement", "all",
    ]  # fmt: skip
    assert out.splitlines()[-1].startswith("  rows that stand in their text: ")
    assert err == ""


def test_json_has_the_same_and_the_misses_on_demand(gold_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg("evaluate", GOLD, "--graph", gold_graph, "--format", "json", "--only", "001", "--only", "003") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["grounded"] == report["rows"] > 50
    assert report["kinds"]["all"]["core"]["f1"] >= 0.9
    assert "misses" not in report


def test_misses_are_listed_with_their_sentence(two: Path, gold_graph: Path, capsys: Captured) -> None:
    gold = json.loads((two / "003.json").read_text("utf-8"))
    indicators = [fact for fact in gold["facts"] if fact["type"] == "indicator"]
    indicators[0]["area"] = "Datong"
    gold["facts"].remove(indicators[1])
    gold["facts"].append({"type": "policy", "measure": "building a wall around rivals"})
    (two / "003.json").write_text(json.dumps(gold), "utf-8")
    assert shanxi_kg("evaluate", two, "--graph", gold_graph, "--only", "003", "--misses") == 0
    out = capsys.readouterr().out
    first, second, third = out.split("\n\n")[:3]
    assert [first.splitlines()[0], second.splitlines()[0], third.splitlines()[0]] == [
        "003 indicator spurious",
        "003 indicator incomplete: area",
        "003 policy missed",
    ]
    assert "filed 893 patents, up 11.9 percent" in second.splitlines()[1]
    assert "area: Datong" in second.splitlines()[2]
    assert "area: Yangquan" in second.splitlines()[3]
    assert "they feared rivals would copy" in third.splitlines()[1]


def test_a_text_that_cannot_be_read_is_named_and_the_rest_is_scored(two: Path, capsys: Captured) -> None:
    (two / "003.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    assert shanxi_kg("evaluate", two, "--format", "json") == 3
    out, err = capsys.readouterr()
    assert "003.txt" in err
    assert json.loads(out)["kinds"]["agreement"]["core"]["recall"] == 1.0


def test_wrong_usage_and_bad_input_have_their_statuses(two: Path, tmp_path: Path, capsys: Captured) -> None:
    assert shanxi_kg("evaluate", tmp_path / "nowhere") == 2
    assert shanxi_kg("evaluate", two, "--only", "002") == 2
    assert shanxi_kg("evaluate", two, "--graph", tmp_path / "nowhere") == 3
    (two / "003.json").write_text("{}", "utf-8")
    assert shanxi_kg("evaluate", two) == 3
    assert "003.json: it holds no gold facts as they should be" in capsys.readouterr().err


def test_a_pipe_gets_the_text_with_the_words_in_brackets_and_the_facts(capsys: Captured) -> None:
    assert shanxi_kg("explain", GOLD / "003.txt") == 0
    out, err = capsys.readouterr()
    assert "[[" in out
    assert "\x1b" not in out + err
    assert out.count("[[") == out.count("]]")
    heads = [line for line in out.splitlines() if line.endswith(tuple("0123456789")) and "characters" in line]
    assert out.count("[[") == len(heads)
    assert "    value: 893" in out.splitlines()


def test_a_page_is_written_to_a_file(tmp_path: Path, capsys: Captured) -> None:
    page = tmp_path / "page.html"
    assert shanxi_kg("explain", GOLD / "003.txt", "--html", page) == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert capsys.readouterr() == ("", f"wrote {page}\n")


def test_a_folder_and_a_missing_file_cannot_be_explained(tmp_path: Path, capsys: Captured) -> None:
    assert shanxi_kg("explain", write_texts(tmp_path / "texts")) == 2
    assert "holds 3 texts; give one file" in capsys.readouterr().err
    assert shanxi_kg("explain", tmp_path / "none.txt") == 2


def test_a_text_in_another_language_has_no_facts(tmp_path: Path, capsys: Captured) -> None:
    assert shanxi_kg("explain", write_texts(tmp_path / "texts") / "zh.txt") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "no facts"


def test_a_text_cannot_steer_the_terminal(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "one.txt").write_text(
        "Data\n\nHunan opened the \x1b[31mHunan Data Bureau\x1b]0;x\x07 in 2021.\n", "utf-8"
    )
    assert shanxi_kg("explain", tmp_path / "one.txt") == 0
    assert set(capsys.readouterr().out).isdisjoint("\x1b\x07")
