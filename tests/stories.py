"""Short texts of several documents that say things against one another, with the facts of a careful reader."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Triple
from small import evidence

from shanxi_kg import facts as f
from shanxi_kg.documents import Document
from shanxi_kg.namespaces import mint
from shanxi_kg.triples import document_triples

SHANXI, TAIYUAN, DATONG = f.Area("Shanxi", "CN-SX"), f.Area("Taiyuan", "140100"), f.Area("Datong", "140200")
HEBEI = f.Area("Hebei", "CN-HE")
OFFICE = f.Body("Shanxi IP Administration")


@dataclass(frozen=True)
class Story:
    """One document: the day that it prints, its text, and its facts as pairs of content and quote."""

    issued: str | None
    text: str
    facts: tuple[f.Fact, ...]


def story(issued: str | None, text: str, *told: tuple[f.Content, str], **more: Any) -> Story:
    """A document that says these contents in these words of its text."""
    return Story(issued, text, tuple(f.Fact(content, evidence(text, quote), **more) for content, quote in told))


def count(measure: str, value: str | int, when: str | None, area: f.Area | None = SHANXI, **more: Any) -> f.Indicator:
    """A stated quantity."""
    return f.Indicator(measure, Decimal(value), more.pop("unit", None), area, when, **more)


def document(name: str, told: Story) -> Document:
    """The document of a story."""
    return Document(
        name=name, path=None, text=told.text, title=f"On {name}", issued=told.issued, source=None, language="en",
        sha256=hashlib.sha256(told.text.encode()).hexdigest(),
    )  # fmt: skip


def triples_of(stories: Mapping[str, Story]) -> list[Triple]:
    """The published triples of stories."""
    parts = (document_triples(document(name, told), told.facts) for name, told in stories.items())
    return [triple for part in parts for triple in part.triples]


def texts_of(stories: Mapping[str, Story]) -> dict[NamedNode, str]:
    """The texts of stories by document."""
    return {mint("document", name): told.text for name, told in stories.items()}


def write_stories(folder: Path, stories: Mapping[str, Story]) -> Path:
    """Write the texts of stories as files, with the day in a line of its own."""
    folder.mkdir(parents=True)
    for name, told in stories.items():
        (folder / f"{name}.txt").write_text(printed(name, told), "utf-8", newline="")
    return folder


def printed(name: str, told: Story) -> str:
    """A story as a file: its title, the day, and the text."""
    day = f"Updated: {told.issued}\n\n" if told.issued else ""
    return f"On {name}\n\n{day}{told.text}\n"


def extractor(stories: Mapping[str, Story]) -> Any:
    """A reader that gives the facts of stories, found again in the text of the document."""

    def extract(document: Document) -> Sequence[f.Fact]:
        return tuple(_moved(fact, document.text) for fact in stories[document.name].facts)

    return extract


def _moved(fact: f.Fact, text: str) -> f.Fact:
    return dataclasses.replace(fact, evidence=evidence(text, fact.evidence.quote))


COMPANIES: Mapping[str, Story] = {
    "seed": story(
        "2022-01-12",
        "The number of Shanxi companies using geographical indications increased to 109 in 2021. "
        "The Regulations on Data in Shanxi were adopted on May 28, 2021.",
        (
            count("Shanxi companies using geographical indications", 109, "2021", trend="increase"),
            "Shanxi companies using geographical indications increased to 109 in 2021",
        ),
        (
            f.Regulation("Regulations on Data in Shanxi", SHANXI, "2021-05-28", "2021-07-01"),
            "Regulations on Data in Shanxi were adopted on May 28, 2021",
        ),
    ),
    "early": story(
        "2020-08-02",
        "By July 2020 some Shanxi enterprises had the right: 115 enterprises approved to use geographical indications.",
        (
            count("enterprises approved to use geographical indications", 115, "2020-07"),
            "115 enterprises approved to use geographical indications",
        ),
    ),
    "rival": story(
        "2022-02-03",
        "In 2021 Shanxi had 112 companies using geographical indications. Lawmakers adopted the Regulations on Data in "
        "Shanxi on May 29, 2021.",
        (
            count("companies using geographical indications", 112, "2021"),
            "112 companies using geographical indications",
        ),
        (
            f.Regulation("Regulations on Data in Shanxi", SHANXI, "2021-05-29", "2021-07"),
            "adopted the Regulations on Data in Shanxi on May 29, 2021",
        ),
    ),
    "late": story(
        "2023-07-20",
        "By the middle of 2023 Shanxi counted 292 companies authorized to use geographical indications.",
        (
            count("companies authorized to use geographical indications", 292, "2023-06"),
            "292 companies authorized to use geographical indications",
        ),
    ),
}
"""The seed's 109 companies beside 115, 112 and 292, and a regulation's adoption on two days."""
