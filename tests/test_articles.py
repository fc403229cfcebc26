"""The gold of tests/articles/more and varied: what each of its facts says can be found in its article."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ARTICLES = Path(__file__).parent / "articles"
FOLDERS = ("more", "varied")
NAMES = sorted(f"{folder}/{path.stem}" for folder in FOLDERS for path in (ARTICLES / folder).glob("*.json"))
FIELDS = {
    "regulation": {"title", "area", "issued", "inForce"},
    "agreement": {"parties", "subject", "signed"},
    "agency": {"name", "parent", "area"},
    "platform": {"name", "area", "members"},
    "post": {"person", "role", "organization"},
    "indicator": {"measure", "value", "unit", "area", "period", "status", "change"},
    "policy": {"measure", "area", "target", "period"},
    "statement": {"speaker", "quote"},
}
VERBATIM = ("title", "name", "person", "speaker", "quote", "parties", "members")
DATES = ("issued", "inForce", "signed", "period")
DATE = r"\d{4}(-\d\d){0,2}"


def facts_of(name: str) -> list[dict[str, Any]]:
    """Read the gold facts of an article."""
    gold = json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))
    assert gold["document"] == Path(name).name
    return list(gold["facts"])


def values(fact: dict[str, Any], fields: tuple[str, ...]) -> list[str]:
    """List what a fact gives in some fields, the items of a list one by one."""
    given = [fact[field] for field in fields if field in fact]
    return [item for value in given for item in (value if isinstance(value, list) else [value])]


@pytest.mark.parametrize("name", NAMES)
def test_names_and_quotes_stand_in_the_article(name: str) -> None:
    text = (ARTICLES / f"{name}.txt").read_text("utf-8").casefold()
    assert [v for fact in facts_of(name) for v in values(fact, VERBATIM) if v.casefold() not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_numbers_stand_in_the_article(name: str) -> None:
    text = (ARTICLES / f"{name}.txt").read_text("utf-8")
    spelled = {word: float(i) for i, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
    numbers = {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    numbers |= {number for word, number in spelled.items() if re.search(rf"\b{word}\b", text)}
    scales = (1, 1_000_000, 1_000_000_000)
    stated = [abs(fact["value"]) for fact in facts_of(name) if fact["type"] == "indicator"]
    assert [value for value in stated if not {round(value / scale, 6) for scale in scales} & numbers] == []


@pytest.mark.parametrize("name", NAMES)
def test_fields_and_dates_are_those_of_the_kind(name: str) -> None:
    facts = facts_of(name)
    assert [fact for fact in facts if not fact.keys() - {"type"} <= FIELDS[fact["type"]]] == []
    assert [d for fact in facts for d in values(fact, DATES) if not re.fullmatch(rf"{DATE}(/{DATE})?", d)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_kind_is_told_of_at_least_a_dozen_times(folder: str) -> None:
    kinds = Counter(fact["type"] for name in NAMES if name.startswith(folder) for fact in facts_of(name))
    assert {kind for kind in FIELDS if kinds[kind] < 12} == set()
