"""A small graph of invented facts about Hunan: its texts, and the facts that a careful reader would give."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from shanxi_kg import facts as f
from shanxi_kg.documents import Document

HUNAN_TEXT = """\
Hunan sets rules for data

Updated: 2021-06-05

Making the rules

The "Data Rules of Hunan Province" were adopted on May 27 and take effect on July 1, opening a new chapter for data.

Hunan signed data cooperation agreements with Hubei and Guangdong.

Serving companies

Li Wei, director of the Hunan Data Bureau, said that the number of data companies in Changsha rose to 1,200 in 2020.

The Changsha Data Center of the Hunan Data Bureau and 12 law firms work in the data service cluster, which reaches the \
provincial and municipal levels and covers all 14 cities.

In 2021, Hunan granted subsidies to small and medium-sized enterprises and protected Olympic signs and special signs.
"""
HUBEI_TEXT = """\
Hubei counts data companies

The number of data companies in Changsha rose to 1,150 in 2020, or 4.3 percent.

A plan for data was drawn up.
"""
CHINESE_TEXT = "湖南公布数据条例\n\n2021年6月5日\n\n《湖南省数据条例》自2021年7月1日起施行。\n"
TEXTS = {"hunan": HUNAN_TEXT, "hubei": HUBEI_TEXT, "zh": CHINESE_TEXT}

HUNAN, HUBEI, GUANGDONG = f.Area("Hunan", "CN-HN"), f.Area("Hubei", "CN-HB"), f.Area("Guangdong", "CN-GD")
CHANGSHA = f.Area("Changsha", "430100")
BUREAU, CENTER = f.Body("Hunan Data Bureau"), f.Body("Changsha Data Center")


def evidence(text: str, quote: str) -> f.Evidence:
    """Cut a quote out of a text; it must stand there once."""
    assert text.count(quote) == 1, quote
    return f.Evidence(text.index(quote), text.index(quote) + len(quote), quote)


def small_facts(document: Document) -> tuple[f.Fact, ...]:
    """The facts of the small texts, as a careful reader would give them."""
    found = {"hunan": _hunan, "hubei": _hubei}.get(document.name)
    return found() if found else ()


def _hunan() -> tuple[f.Fact, ...]:
    def fact(content: f.Content, quote: str, *judgements: f.Judgement, **more: Any) -> f.Fact:
        return f.Fact(content, evidence(HUNAN_TEXT, quote), judgements, **more)

    rules = f.Regulation("Data Rules of Hunan Province", HUNAN, "2021-05-27", "2021-07-01")
    year = f.Judgement(
        f.Certainty.INFERRED, "year-of-dateline", "inForce", "'July 1' is read as 2021, the dateline's year."
    )
    papers = f.Judgement(
        f.Certainty.AMBIGUOUS, "pair-per-partner", "parties", "The text does not say how many were signed."
    )
    signed = "signed data cooperation agreements with Hubei and Guangdong"
    group = f.Group("12 law firms", 12)
    cluster = f.Platform(
        "data service cluster", CHANGSHA, (CENTER, group), ("provincial", "municipal"), "all 14 cities"
    )
    count = f.Indicator(
        "data companies", Decimal(1200), None, CHANGSHA, "2020", trend="increase", change=Decimal("11.9")
    )
    return (
        fact(
            rules,
            '"Data Rules of Hunan Province" were adopted on May 27 and take effect on July 1',
            year,
            heading="Making the rules",
            claims=(evidence(HUNAN_TEXT, "opening a new chapter for data"),),
        ),
        fact(f.Agreement((HUNAN, HUBEI), "data cooperation"), signed, papers, heading="Making the rules"),
        fact(f.Agreement((HUNAN, GUANGDONG), "data cooperation"), signed, papers, heading="Making the rules"),
        fact(f.Post("Li Wei", "director", BUREAU), "Li Wei, director of the Hunan Data Bureau"),
        fact(f.Agency(BUREAU, None, HUNAN), "director of the Hunan Data Bureau"),
        fact(
            f.Statement("Li Wei", "the number of data companies in Changsha rose to 1,200 in 2020"),
            "the number of data companies in Changsha rose to 1,200 in 2020",
            speaker="Li Wei",
        ),
        fact(count, "data companies in Changsha rose to 1,200 in 2020", speaker="Li Wei"),
        fact(f.Agency(CENTER, BUREAU, CHANGSHA), "Changsha Data Center of the Hunan Data Bureau"),
        fact(cluster, "12 law firms work in the data service cluster"),
        fact(
            f.Policy("granted subsidies", HUNAN, "small and medium-sized enterprises", "2021"),
            "granted subsidies to small and medium-sized enterprises",
        ),
        fact(
            f.Policy("protected Olympic signs and special signs", HUNAN, None, "2021"),
            "protected Olympic signs and special signs",
        ),
    )


def _hubei() -> tuple[f.Fact, ...]:
    count = f.Indicator(
        "data companies", Decimal(1150), None, CHANGSHA, "2020", trend="increase", change=Decimal("4.3")
    )
    return (
        f.Fact(count, evidence(HUBEI_TEXT, "rose to 1,150 in 2020")),
        f.Fact(f.Regulation("plan for data"), evidence(HUBEI_TEXT, "A plan for data was drawn up")),
    )


def write_texts(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    """Write texts as files of a new folder."""
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8", newline="")
    return folder
