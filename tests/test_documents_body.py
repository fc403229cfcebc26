"""The body's paragraphs and headings, the language, and what holds for the spans of any text."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shanxi_kg.documents import Document, paragraphs
from shanxi_kg.documents.scripts import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PROSE = "The county office has issued a rule on water."


def body(document: Document) -> list[str]:
    """The texts of the paragraphs."""
    return [document.text[paragraph.start : paragraph.end] for paragraph in paragraphs(document)]


def headings(text: str) -> list[str]:
    """The headings of a text."""
    return [text[p.start : p.end] for p in paragraphs(Document.from_text(text)) if p.is_heading]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Serving companies", PROSE], ["Serving companies"]),
        (["Part one", "Serving companies", PROSE], ["Part one", "Serving companies"]),
        (["“Serve” first", PROSE, "2. Further aims", PROSE], ["“Serve” first", "2. Further aims"]),
        ([PROSE, "To be continued"], []),
        (["Datong", "Yangquan", "Jincheng", PROSE], []),
        (["The rules are these:", PROSE], []),
        (["and so on", PROSE], []),
        (["Year | Visitors", PROSE], []),
        (["Serving " * 20 + "companies", PROSE], []),
    ],
)
def test_a_heading_is_a_short_line_that_announces_prose(lines: list[str], expected: list[str]) -> None:
    assert headings("\n\n".join(["Rule on water", PROSE, *lines])) == expected


def test_each_line_is_a_paragraph_with_or_without_blank_lines() -> None:
    document = Document.from_text(f"Rule on water\r\n{PROSE}  \r\n\r\n\t{PROSE}\r\n\x0b{PROSE}\u2028more.")
    assert body(document) == [PROSE, PROSE, f"{PROSE}\u2028more."]


WRAPPED = """Rule on water

Updated: 2021-04-22

The county office has issued a rule on water, which the villages of
the county have to follow from the beginning of next year, said Lin
Yue.

Further aims
It is the first of its kind in the north of the province. The office
wants to save 20 percent of the water that is used by fields and by
factories.
"""


def test_prose_wrapped_at_a_fixed_width_is_joined() -> None:
    assert [text.replace("\n", " ") for text in body(Document.from_text(WRAPPED))] == [
        (
            "The county office has issued a rule on water, which the villages of the county have to follow from the "
            "beginning of next year, said Lin Yue."
        ),
        "Further aims",
        (
            "It is the first of its kind in the north of the province. The office wants to save 20 percent of the "
            "water that is used by fields and by factories."
        ),
    ]
    assert headings(WRAPPED) == ["Further aims"]


def test_a_chinese_paragraph_of_an_english_text_is_left_out() -> None:
    document = Document.from_text(f"Rule on water\n\n{PROSE}\n\n县政府发布了用水规定。\n\n{PROSE}\n")
    assert (document.language, body(document)) == ("en", [PROSE, PROSE])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE, "en"),
        ("Datong: 5,000", "en"),
        ("县政府发布了用水规定。", "zh"),
        (f"{PROSE} (县政府)", "en"),
        ("県政府は水の使い方についての規則を発表しました。", "und"),
        ("Провинция приняла новый закон о воде.", "und"),
        ("12345", "und"),
        ("Hubei notes. The Yichang court set up a tribunal in May. It heard 210 cases in a year, some in Enshi.", "en"),
        ("Die Provinz hat ein neues Gesetz erlassen, das den Schutz des Wassers regelt und ab Juli gilt. " * 2, "und"),
        (
            "La province a adopté une nouvelle loi sur la protection de l'eau, qui entre en vigueur en juillet. " * 2,
            "und",
        ),
    ],
)
def test_the_language_is_told_by_script_and_small_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_another_language_is_a_notice() -> None:
    notice = "the text is not English; it is listed, but no facts are read from it"
    assert Document.from_text("Провинция приняла новый закон о воде.").notices == (notice,)


# Properties

LINES = st.sampled_from(
    [
        PROSE,
        "Serving companies",
        "Updated: 2021-04-22",
        "China Daily | 2022-11-30",
        f"(Xinhua) -- {PROSE}",
        "(Source: Xinhua)",
    ]
)
TEXTS = st.lists(LINES | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=12)
BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \n\t\n"])


def spans_of(document: Document) -> Iterator[tuple[int, int]]:
    """The spans of furniture and paragraphs."""
    yield from document.furniture
    yield from ((paragraph.start, paragraph.end) for paragraph in paragraphs(document))


@settings(deadline=None)
@given(TEXTS, BREAKS)
@example([PROSE, f"(Xinhua) -- {PROSE}", PROSE, PROSE], "\n")
def test_spans_never_overlap_and_leave_out_nothing_but_another_script(lines: list[str], line_break: str) -> None:
    document = Document.from_text(line_break.join(lines))
    spans = sorted(spans_of(document))
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    outside = list(document.text)
    for start, end in reversed(spans):
        del outside[start:end]
    if document.language != "en":
        assert not "".join(outside).strip().strip("\ufeff").strip()


@settings(deadline=None)
@given(TEXTS, BREAKS)
def test_named_spans_are_cut_out_of_the_text(lines: list[str], line_break: str) -> None:
    document = Document.from_text(line_break.join(lines))
    named = (document.title_span, document.dateline_span, document.source_span)
    assert {span for span in named if span} <= set(document.furniture)
    assert document.title_span is None or document.text[slice(*document.title_span)] == document.title


@pytest.mark.parametrize(
    "text",
    [
        "x" * 500_000,
        "A " * 100_000,
        "A\n" * 50_000,
        "(A, " * 50_000,
        "2021-" * 50_000,
        "— " * 50_000,
        " " * 500_000 + "x",
    ],
    ids=["word", "words", "lines", "brackets", "dates", "dashes", "blanks"],
)
def test_reading_takes_linear_time(text: str) -> None:
    before = time.process_time()
    paragraphs(Document.from_text(text))
    assert time.process_time() - before < 2
