"""Finding date expressions in text: the longest match at each place, and what role it plays in the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shanxi_kg.dates.calendar import Calendar
from shanxi_kg.dates.grammar import GRAMMAR

CUE = re.compile(
    r"\d|year|month|quarter|half|day|tomorrow|previous|then|same period|New Year"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)  # what no date is without: most sentences need no further look
SAME = (
    r"(?: the (?:same|corresponding) \w+(?: of| in| a)?| the (?:end|whole) of| all of"
    r"| the (?:level|figure)s? (?:of|in|for))?"
)
COMPARED = (
    rf"than(?: that| those| it was)?(?: in| at| of| for| during)?{SAME}",
    rf"(?:compared (?:with|to)|up from|down from|above|below)(?: that| those)?(?: in| of| at)?{SAME}",
    r"the same (?:period|time|months?|quarter|half)(?: of| in| last)?",
    r"the corresponding (?:period|months?|quarter|half)(?: of| in)?",
    r"from(?: \S+){1,5} in",
    r"over|against|before",
)
SINCE = (
    r"(?:since|starting from|beginning from|after)"
    r"(?: early| late| the (?:beginning|end|start) of| (?:its|their|the) \w+ in)?"
)
ANY_MONTH = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")  # the patterns of months wait for one
SET_OFF = re.compile(r",? (?:it |they |which )?(\w+)")
FRONT = re.compile(r"(?:In|By|At|From|On|During|Before|After|Over|Within)\b")
BREAK = re.compile(r" and |[;:]|(?<!\bbe) \w+ed (?=(?:in|on|at|by)\b)")  # what is told before says nothing of the date
COMING = re.compile(r"\b(?:takes?|comes?|goes?|enters?) (?:effect|(?:into )?(?:force|effect))\b")
ROLES = (
    (re.compile(rf"\b{SINCE}\s*$", re.IGNORECASE), "since"),
    (re.compile(rf"\b(?:{'|'.join(COMPARED)})\s*$", re.IGNORECASE), "comparison"),
)


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that name a period: `rule` says how an unsaid part was filled in; `role` is in, since or comparison."""

    start: int
    end: int
    period: str | None
    rule: str | None
    role: str


def find_dates(
    text: str, start: int, end: int, issued: str | None, cues: frozenset[str] = frozenset()
) -> list[DateExpression]:
    """Find the date expressions of `text[start:end]`, longest first where they overlap, in order.

    `issued` is the document's date (ISO, as precise as printed); `cues` are words that make a date look ahead.

    >>> [d.period for d in find_dates("from January to August, up from 2020", 0, 36, "2021-09-22")]
    ['2021-01/2021-08', '2020']
    """
    if CUE.search(text, start, end) is None:
        return []
    has_month = ANY_MONTH.search(text, start, end) is not None
    usable = ((pattern, read) for pattern, read in GRAMMAR if has_month or "month" not in pattern.groupindex)
    matches = [(match, read) for pattern, read in usable for match in pattern.finditer(text, start, end)]
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    found: list[DateExpression] = []
    for match, read in matches:
        if found and match.start() < found[-1].end:
            continue
        ahead = _looks_ahead(text, start, end, match.start(), cues) or _is_set_before_cue(text, match, end, cues)
        period, rule = read(match, Calendar(issued, ahead))
        found.append(DateExpression(match.start(), match.end(), period, rule, _role(text, start, match.start())))
    return found


def _looks_ahead(text: str, start: int, end: int, offset: int, cues: frozenset[str]) -> bool:
    """Tell whether a cue stands before a date in its part of the sentence, or anywhere behind one that opens it."""
    if FRONT.match(text, start, offset) and offset - start <= len("By the end of next "):
        part = text[start:end]
    else:
        part = BREAK.split(text[start:offset])[-1]
    return not cues.isdisjoint(re.findall(r"\w+", part.lower())) or COMING.search(part) is not None


def _is_set_before_cue(text: str, match: re.Match[str], end: int, cues: frozenset[str]) -> bool:
    """Tell whether a date is set off by commas before a cue ('and, from September, will pay …')."""
    follows = SET_OFF.match(text, match.end(), end)
    return follows is not None and follows[1].lower() in cues


def _role(text: str, start: int, offset: int) -> str:
    before = text[max(start, offset - 60) : offset]
    if before.strip() == "Over":  # it opens the sentence: 'Over the same year, …'
        return "in"
    return next((role for pattern, role in ROLES if pattern.search(before)), "in")
