"""A quick reader for tests that build often: each line of a text that counts something is one fact.

`python tests/counting.py SOURCES OUTPUT CACHE` builds a graph with it, for tests that kill a build.
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path

from shanxi_kg import facts as f
from shanxi_kg import pipeline
from shanxi_kg.cache import Cache
from shanxi_kg.documents import Document

HUNAN = f.Area("Hunan", "CN-HN")
_COUNT = re.compile(r"In (\d{4}), the (\w+ Bureau) counted (\d+) companies\.")


def counts(document: Document) -> tuple[f.Fact, ...]:
    """Return an indicator for each line that counts, and the bureau that counted as an agency."""
    return tuple(fact for match in _COUNT.finditer(document.text) for fact in (_indicator(match), _agency(match)))


def counts_only(document: Document) -> tuple[f.Fact, ...]:
    """Return the indicators alone, as an older version of the reader might."""
    return tuple(_indicator(match) for match in _COUNT.finditer(document.text))


def text_of(year: int, bureau: str, number: int) -> str:
    """Return a text with one line that counts."""
    return f"Companies in {year}\n\nIn {year}, the {bureau} Bureau counted {number} companies.\n"


def _indicator(match: re.Match[str]) -> f.Fact:
    return f.Fact(f.Indicator("companies", Decimal(match[3]), None, HUNAN, match[1]), _evidence(match, 0))


def _agency(match: re.Match[str]) -> f.Fact:
    return f.Fact(f.Agency(f.Body(match[2]), None, HUNAN), _evidence(match, 2))


def _evidence(match: re.Match[str], group: int) -> f.Evidence:
    return f.Evidence(match.start(group), match.end(group), match[group])


if __name__ == "__main__":
    sources, output, cache = map(Path, sys.argv[1:])
    pipeline.build([sources], output, extract=counts, cache=Cache(cache))
