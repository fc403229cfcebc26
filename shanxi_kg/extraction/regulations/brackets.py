"""The days right behind a title: '(promulgated on Dec 9, 2024; in force since Feb 1, 2025)', 'of 2019'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from shanxi_kg.dates import DateExpression
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.regulations.event_words import FORCE, ISSUE
from shanxi_kg.mentions import ReadSentence

BRACKET = re.compile(r"[\"”’]?\s?\(([^()\n]{5,120})\)")
OF_YEAR = re.compile(r" of (?:19|20)\d\d\b")
PART = re.compile(r"; | and |, (?=[a-z])")
ISSUED = r"adopted|approved|enacted|issued|passed|promulgated|published|released|voted"
IN_FORCE = (
    r"applicable|applied|binding|effective|in (?:effect|force|operation)|implemented|valid|takes? effect|came into"
)
KINDS = ((re.compile(rf"\b(?:{IN_FORCE})\b"), FORCE), (re.compile(rf"\b(?:{ISSUED})\b"), ISSUE))


def bracketed(context: Context, read: ReadSentence, end: int) -> Iterator[tuple[str, DateExpression]]:
    """Give kind and date of each day that a bracket, or 'of' with a year, gives right behind an offset."""
    text = context.reading.document.text
    if OF_YEAR.match(text, end) and (date := context.periods.within(read.number, end, end + len(" of 2019"))):
        yield ISSUE, date
    bracket = BRACKET.match(text, end)
    if bracket is None:
        return
    ends = [part.end() for part in PART.finditer(text, *bracket.span(1))]
    for start, stop in pairwise([bracket.start(1), *ends, bracket.end(1)]):
        kind = next((kind for pattern, kind in KINDS if pattern.search(text, start, stop)), None)
        date = context.periods.within(read.number, start, stop)
        if kind and date:
            yield kind, date
