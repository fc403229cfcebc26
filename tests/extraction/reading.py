"""What the tests of the rules share: a sentence or two put into an article about Hubei, and the facts of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from shanxi_kg.documents import Document
from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Fact
from shanxi_kg.mentions import read


def facts(
    find: Callable[[Context], Iterable[Fact]], text: str, date: str = "2022-03-15", title: str = "Hubei notes"
) -> list[Fact]:
    document = Document.from_text(f"{title}\n\nUpdated: {date}\n\n{text}\n", "case")
    found = list(find(Context.of(read(document))))
    for fact in found:
        assert document.text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
    return found
