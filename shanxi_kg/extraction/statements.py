from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Fact


def find(context: Context) -> Iterator[Fact]:
    yield from ()
