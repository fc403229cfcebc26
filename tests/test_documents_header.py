"""The lines beside the prose: headline, dateline, byline, source."""

from __future__ import annotations

import pytest

from shanxi_kg.documents import Document, paragraphs
from shanxi_kg.documents.dateline import read_inline, read_line

PROSE = "The county office has issued a rule on water."


def body(document: Document) -> list[str]:
    """The texts of the paragraphs."""
    return [document.text[paragraph.start : paragraph.end] for paragraph in paragraphs(document)]


def furniture(document: Document) -> list[str]:
    """The texts of the lines beside the prose."""
    return [document.text[start:end] for start, end in document.furniture]


@pytest.mark.parametrize(
    ("line", "issued", "source"),
    [
        ("Updated: 2021-04-22", "2021-04-22", None),
        ("Updated: 5 20, 2021", "2021-05-20", None),
        ("Updated : 2021-04-22 09:12", "2021-04-22", None),
        ("Last updated: Thursday, April 22nd, 2021 10:05 AM (Beijing Time)", "2021-04-22", None),
        ("Published: July 15, 2016", "2016-07-15", None),
        ("Published on 15 July 2016", "2016-07-15", None),
        ("Date: 2021/04/22", "2021-04-22", None),
        ("2021-08-30", "2021-08-30", None),
        ("2021.8.30", "2021-08-30", None),
        ("Sept. 22, 2025", "2025-09-22", None),
        ("22 sept 2025", "2025-09-22", None),
        ("September 2025", "2025-09", None),
        ("2021年4月22日", "2021-04-22", None),
        ("2021年4月", "2021-04", None),
        ("20/05/2021", "2021-05-20", None),
        ("05/20/2021", "2021-05-20", None),
        ("05/05/2021", "2021-05-05", None),
        ("TAIYUAN, Sept. 22, 2025", "2025-09-22", None),
        ("XI'AN, China, Sept. 22, 2025 (Xinhua)", "2025-09-22", "Xinhua"),
        ("Beijing, 22 September 2025", "2025-09-22", None),
        ("China Daily | 2022-11-30", "2022-11-30", "China Daily"),
        ("China Daily, Updated: 2021-04-23", "2021-04-23", "China Daily"),
        ("(Guiyang Daily, April 11, 2022)", "2022-04-11", "Guiyang Daily"),
        ("China Daily, Sept 22, 2025", "2025-09-22", "China Daily"),
        ("2021-04-22 Guangming Daily", "2021-04-22", "Guangming Daily"),
        ("(Source: China Daily)", None, "China Daily"),
        ("Source: China Daily", None, "China Daily"),
        ("Source: China Daily, 2021-04-22", "2021-04-22", "China Daily"),
        ("Source: Xinhua | 2021-04-22 10:11:12 | Editor: huaxia", "2021-04-22", "Xinhua"),
        ("(China Daily)", None, "China Daily"),
        ("(chinadaily.com.cn)  Updated: 2018-04-22", "2018-04-22", "chinadaily.com.cn"),
        ("By Li Ming | China Daily", None, "China Daily"),
        ("By LI MING and WANG FANG in Taiyuan | China Daily | Updated: 2021-06-05 09:12", "2021-06-05", "China Daily"),
        ("Released at 6 pm, April 22, 2021", "2021-04-22", None),
        ("Updated at 10:05 on April 22, 2021", "2021-04-22", None),
        ("April 22, 2021, 10 am", "2021-04-22", None),
        ("First published: April 22, 2021", "2021-04-22", None),
        ("(Jiangxi Daily, 2021-04-22)", "2021-04-22", "Jiangxi Daily"),
        ("(Nanchang Water Office, April 22, 2021)", "2021-04-22", "Nanchang Water Office"),
        ("-- Jiangxi Daily, April 22, 2021", "2021-04-22", "Jiangxi Daily"),
        ("Issued by the Nanchang Water Office on April 22, 2021", "2021-04-22", "Nanchang Water Office"),
        ("Published April 22, 2021 by Nanchang Water Office", "2021-04-22", "Nanchang Water Office"),
        ("Press release No 12, April 22, 2021", "2021-04-22", None),
        ("Press bulletin, 6 March 2025", "2025-03-06", None),
        ("This article first appeared in Jiangxi Daily on April 22, 2021.", "2021-04-22", "Jiangxi Daily"),
        ("发布时间：2021年4月22日 来源：山西日报", "2021-04-22", "山西日报"),
        ("发布时间：２０２１-０４-２２ 10:11　　来源：山西日报　　作者：张三", "2021-04-22", "山西日报"),
    ],
)
def test_a_dateline_is_read_below_the_headline_and_at_the_end(
    line: str, issued: str | None, source: str | None
) -> None:
    for text in (f"Rule on water\n\n{line}\n\n{PROSE}\n", f"Rule on water\n\n{PROSE}\n\n{line}\n"):
        document = Document.from_text(text)
        assert (document.title, document.issued, document.source) == ("Rule on water", issued, source)
        assert (body(document), sorted(furniture(document))) == ([PROSE], sorted(["Rule on water", line]))


@pytest.mark.parametrize(
    ("dateline", "issued", "source"),
    [
        ("July 15, 2016 (China Daily) -- ", "2016-07-15", "China Daily"),
        ("TAIYUAN, Sept. 22, 2025 (Xinhua/Li Ming) -- ", "2025-09-22", "Xinhua"),
        ("Taiyuan, 22 September 2025 — ", "2025-09-22", None),
        ("XI'AN, China, 2025-09-22 -- ", "2025-09-22", None),
        ("(Xinhua) -- ", None, "Xinhua"),
        ("Beijing (China Daily) - ", None, "China Daily"),
        ("TAIYUAN — ", None, None),
        ("Datong, 2021-07-05. ", "2021-07-05", None),
        ("Linfen city, Shanxi province, July 5, 2021. ", "2021-07-05", None),
        ("5 July 2021. ", "2021-07-05", None),
    ],
)
def test_a_dateline_that_opens_a_sentence_is_cut_off_it(dateline: str, issued: str | None, source: str | None) -> None:
    document = Document.from_text(f"Rule on water\n\n{dateline}{PROSE}\n\nIt holds.\n")
    assert (document.issued, document.source) == (issued, source)
    assert (furniture(document), body(document)) == (["Rule on water", dateline], [PROSE, "It holds."])


def test_a_text_may_begin_with_its_dateline() -> None:
    document = Document.from_text(f"China Daily | 2022-11-30\n\nRule on water\n\n{PROSE}")
    assert (document.title, document.issued, body(document)) == ("Rule on water", "2022-11-30", [PROSE])
    document = Document.from_text(f"TAIYUAN, Sept. 22, 2025 (Xinhua) -- {PROSE}")
    assert (document.title, document.issued, body(document)) == (None, "2025-09-22", [PROSE])


@pytest.mark.parametrize(
    "line",
    [
        "The office opened on July 1, 2021.",
        "Patents in 2021",
        "July 1, 2021: new rule",
        "May 2021 sees record patents",
        "IP Week: April 20, 2021",
        "Patent Report - July 2021",
        "Source of pride: the city's cheese",
        "From: field to table",
        "Time: money",
        "Released by the dam, April waters rose",
        "Issued in April 2021",
        "The rule appeared on April 22, 2021.",
        "2021",
        "2021-2025",
        "Copyright protection",
        "By land and by sea",
        "Water Office, Data Office",
        "(IP)",
    ],
)
def test_prose_and_headings_are_no_datelines(line: str) -> None:
    assert read_line(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "In July 2021 -- a wet month -- the office closed.",
        "On July 1, 2021 — the day of the Party — the office opened.",
        "WIPO -- the agency -- signed.",
        "CNIPA (the office) -- and others signed.",
        "The first law - on water - passed.",
        "County-level offices opened.",
        "July 2021. The rain would not stop.",
        "In Datong, July 5. The rain would not stop.",
        "The office was opened in Datong, July 5, 2021. It has a roof.",
    ],
)
def test_asides_between_dashes_are_no_datelines(line: str) -> None:
    assert read_inline(line) is None


@pytest.mark.parametrize(
    ("line", "issued", "notice"),
    [
        ("Updated: Sept 22", None, "the printed date 'Sept 22' has no year"),
        ("Updated: 2021-02-30", None, "the printed date '2021-02-30' is no day of the calendar"),
        ("05/06/2021", "2021", "the printed date '05/06/2021' can be read as two days; only its year is taken"),
    ],
)
def test_what_a_printed_date_lacks_is_not_filled_in_but_said(line: str, issued: str | None, notice: str) -> None:
    document = Document.from_text(f"Rule on water\n\n{line}\n\n{PROSE}")
    assert (document.issued, document.notices) == (issued, (notice,))


@pytest.mark.parametrize(
    ("lines", "issued"),
    [
        (("Updated: 2021-04-23", "Published: 2021-04-22"), "2021-04-22"),
        (("2021-04-24", "Updated: 2021-04-23"), "2021-04-23"),
        (("Published: Sept 22", "2021-04-24"), "2021-04-24"),
    ],
)
def test_a_published_date_goes_before_an_updated_one_and_a_labelled_one_before_a_bare_one(
    lines: tuple[str, str], issued: str
) -> None:
    for first, second in (lines, reversed(lines)):
        assert Document.from_text(f"Rule on water\n\n{first}\n{second}\n\n{PROSE}").issued == issued


def test_dates_in_sentences_are_never_the_date_of_issue() -> None:
    text = "Rule on water\n\nOn July 1, 2021 the office issued a rule.\n\nIt was drafted in May 2020.\n"
    assert (Document.from_text(text).issued, Document.from_text(text).dateline_span) == (None, None)


def test_a_date_line_inside_the_body_stays_there() -> None:
    text = f"Rule on water\n\nUpdated: 2021-04-22\n\n{PROSE}\n\n2019-01-01\n\n{PROSE}\n"
    assert (Document.from_text(text).issued, body(Document.from_text(text))) == (
        "2021-04-22",
        [PROSE, "2019-01-01", PROSE],
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Rule on water\n{PROSE}", "Rule on water"),
        (f"\n\n  Is water scarce?\n\n{PROSE}", "Is water scarce?"),
        (f"A rule for the U.S.\n\nUpdated: 2021-04-22\n\n{PROSE}", "A rule for the U.S."),
        (f"{PROSE}\n\n{PROSE}", None),
        (PROSE, None),
        ("Rule on water", None),
        ("x " * 200 + "\n\n" + PROSE, None),
        ("2021-04-22", None),
    ],
)
def test_the_headline_is_the_first_line_unless_it_is_prose(text: str, title: str | None) -> None:
    assert Document.from_text(text).title == title


def test_editors_pictures_and_copyright_at_the_end_are_no_prose() -> None:
    ends = ["(Editor: Zhao Lei)", "[Photo by Li Ming/China Daily]", "Copyright 2021 China Daily. All rights reserved."]
    document = Document.from_text("\n\n".join(["Rule on water", PROSE, *ends]))
    assert (body(document), furniture(document)) == ([PROSE], ["Rule on water", *ends])
