"""Dates as newspapers print them beside an article: from a pattern's match to ISO 8601, as precise as the print.

`PATTERN` is the source of a regular expression with named groups; `printed_date` reads a match of it. Nothing is filled
in: a date without a year gives none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DECEMBER = len(_MONTHS)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s{1,3})?"
_YEAR, _MONTH_NUMBER, _DAY = r"(?:19|20)[0-9]{2}", r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12][0-9]|0?[1-9])"
_NUMBER, _ORDINAL, _GAP = r"[0-9]{1,2}", r"(?:st|nd|rd|th)?", r"[\s,]{0,3}"

_SHAPES = (
    rf"(?P<y1>{_YEAR})\s?(?P<sep>[-/.])\s?(?P<m1>{_NUMBER})(?:\s?(?P=sep)\s?(?P<d1>{_NUMBER}))?(?![0-9])",
    rf"(?P<y2>{_YEAR})\s?年\s?(?P<m2>{_NUMBER})\s?月(?:\s?(?P<d2>{_NUMBER})\s?[日号])?",
    rf"{_WEEKDAY}(?P<m3>{MONTH})\s{{0,3}}(?P<d3>{_DAY}){_ORDINAL}\b(?:{_GAP}(?P<y3>{_YEAR})\b)?",
    rf"{_WEEKDAY}(?<![0-9])(?P<d4>{_DAY}){_ORDINAL}(?:\sof)?[\s-]{{0,3}}(?P<m4>{MONTH})(?:[\s,-]{{0,3}}(?P<y4>{_YEAR})\b)?",
    rf"(?P<m5>{MONTH}){_GAP}(?P<y5>{_YEAR})\b",
    rf"(?<![0-9])(?P<m6>{_MONTH_NUMBER})\s(?P<d6>{_DAY}),\s?(?P<y6>{_YEAR})\b",
    rf"(?<![0-9])(?P<a7>{_NUMBER})[/.-](?P<b7>{_NUMBER})[/.-](?P<y7>{_YEAR})\b",
)
PATTERN = "(?P<date>(?i:" + "|".join(_SHAPES) + "))"
_AT_START = re.compile(rf"\s{{0,3}}{PATTERN}")
_ZONE = r"(?:\s?\(?(?:z|gmt|utc|bjt|cst|beijing\stime)(?:\s?[+-][0-9:]{1,5})?\)?|\s?[+-][0-9]{2}:?[0-9]{2})?"
_NOON = r"\s?[ap]\.?m\b\.?"
_CLOCK = rf"(?:[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{{1,9}})?)?(?:{_NOON})?|[01]?[0-9]{_NOON})"
TIME_PATTERN = rf"(?i:(?:[t,\s]\s{{0,3}}|\sat\s){_CLOCK}{_ZONE})?"
"""The time of day that may follow a date; it is passed over."""
TIME_BEFORE = rf"(?i:(?:at\s)?{_CLOCK}{_ZONE},?\s(?:on\s)?)?"
"""The time of day that may stand before a date ('at 6 pm, '); it is passed over, too."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A printed date in ISO 8601, as precise as the print; None, or less than the print, where `problem` says why."""

    iso: str | None
    problem: str | None = None


def printed_date(match: re.Match[str]) -> PrintedDate:
    """Read a match of `PATTERN`.

    >>> printed_date(re.search(PATTERN, "Sept. 22, 2025"))
    PrintedDate(iso='2025-09-22', problem=None)
    >>> printed_date(re.search(PATTERN, "July 2016"))
    PrintedDate(iso='2016-07', problem=None)
    """
    year = _group(match, "y")
    if year is None:
        return PrintedDate(None, f"the printed date '{match['date']}' has no year")
    if match["a7"]:
        return _two_numbers(match["date"], int(year), int(match["a7"]), int(match["b7"]))
    return _calendar_date(match["date"], int(year), _month_number(_group(match, "m") or ""), _group(match, "d"))


def date_at_start(text: str) -> str | None:
    """Return the date that a text opens with, in ISO 8601; None where it opens with none.

    >>> date_at_start("2021-06-05T09:12:00+08:00")
    '2021-06-05'
    """
    match = _AT_START.match(text)
    return printed_date(match).iso if match else None


def _group(match: re.Match[str], letter: str) -> str | None:
    """Return what the groups of one letter caught: 'y' for y1 to y7."""
    values = (value for name, value in match.groupdict().items() if name[0] == letter and name[1:].isdigit())
    return next((value for value in values if value), None)


def _month_number(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.index(word[:3].lower()) + 1


def _two_numbers(printed: str, year: int, first: int, second: int) -> PrintedDate:
    """Read '20/5/2021' and '5/20/2021'; where both orders give a day, only the year is certain."""
    if first != second and first <= _DECEMBER and second <= _DECEMBER:
        return PrintedDate(str(year), f"the printed date '{printed}' can be read as two days; only its year is taken")
    month, day = (second, first) if first > _DECEMBER else (first, second)
    return _calendar_date(printed, year, month, str(day))


def _calendar_date(printed: str, year: int, month: int, day: str | None) -> PrintedDate:
    try:
        found = date(year, month, int(day or 1))
    except ValueError:
        return PrintedDate(None, f"the printed date '{printed}' is no day of the calendar")
    return PrintedDate(found.isoformat() if day else found.isoformat()[:7])
