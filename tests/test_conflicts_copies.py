"""Copies as papers print them are found, whatever was done to them; stories that only sound alike are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from generator import article
from retold import EDITS, printed_again, texts_with_copies

from shanxi_kg.conflicts.copies import copies

DATA = Path(__file__).parent / "data" / "copies"
STORY, REPORT = ((DATA / f"{name}.txt").read_text("utf-8") for name in ("story", "report"))
NUMBER = re.compile(r"\d+")
COMBINED = ("another headline", "another date", "agency line", "caption", "typography")


def moved(text: str, by: int) -> str:
    """Return a text with other numbers, as next month's report has them."""
    return NUMBER.sub(lambda found: str(int(found[0]) + by), text)


@pytest.mark.parametrize("edits", [*([name] for name in EDITS), COMBINED, (*COMBINED, "last cut")], ids=" and ".join)
def test_a_copy_is_found_whatever_a_paper_does_to_it(edits: list[str]) -> None:
    again = printed_again(STORY, *(EDITS[name] for name in edits))
    assert again != STORY
    both = frozenset({"first", "again"})
    assert copies({"first": STORY, "again": again, "other": REPORT}) == {"first": both, "again": both}


def test_a_story_cut_to_five_eighths_is_still_a_copy() -> None:
    half = "\n\n".join(STORY.split("\n\n")[:6])
    assert len(half) < 5 / 8 * len(STORY)
    assert set(copies({"whole": STORY, "half": half})) == {"whole", "half"}


def test_reports_in_the_same_phrases_with_other_numbers_are_no_copies() -> None:
    assert copies({f"{month}": moved(REPORT, month) for month in range(12)}) == {}


def test_a_report_of_another_city_in_the_same_phrases_is_no_copy() -> None:
    other = moved(REPORT, 3).replace("Jinzhong", "Linfen").replace("glassware", "coke")
    assert copies({"jinzhong": REPORT, "linfen": other}) == {}


def test_a_story_that_quotes_a_paragraph_of_another_is_no_copy() -> None:
    quoting = REPORT + "\n" + STORY.split("\n\n")[3] + "\n"
    assert copies({"story": STORY, "report": quoting}) == {}


def test_articles_of_one_template_are_no_copies_of_one_another() -> None:
    assert copies({f"{number}": article(0, number).document.text for number in range(1, 200)}) == {}


def test_all_copies_among_many_texts_are_found_and_nothing_else() -> None:
    found = copies(texts_with_copies(400))
    copied = {name for name in found if name.startswith("copy-of-")}
    assert len(copied) == 20
    assert {name: group for name, group in found.items() if name in copied} == {
        name: frozenset({name, name.removeprefix("copy-of-")}) for name in copied
    }
