"""Periods: from an ISO 8601 string as precise as the text, to its first and last day and its labels."""

from __future__ import annotations

import calendar
import re
from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def days(period: str) -> tuple[date, date] | None:
    """Return the first and the last day of a year, month, day or interval; None where it is none.

    >>> days("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    >>> days("2016/2020") == (date(2016, 1, 1), date(2020, 12, 31)), days("2021-13")
    (True, None)
    """
    first, _, last = period.partition("/")
    start, end = _days_of(first), _days_of(last if "/" in period else first)
    return (start[0], end[1]) if start and end else None


def label(period: str, language: str) -> str:
    """Return a period in words, in English or Chinese.

    >>> label("2021-07-01", "en"), label("2021-01/2021-08", "en"), label("2021-07", "zh")
    ('1 July 2021', 'January 2021 to August 2021', '2021年7月')
    """
    join = {"en": " to ", "zh": "至"}[language]
    written = {"en": _in_english, "zh": _in_chinese}[language]
    return join.join(written(part) for part in period.split("/"))


def _days_of(point: str) -> tuple[date, date] | None:
    match = _DAY.fullmatch(point)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    first, last = month or 1, month or 12
    try:
        return date(year, first, day or 1), date(year, last, day or calendar.monthrange(year, last)[1])
    except ValueError:  # no such month, day or year
        return None


def _in_english(point: str) -> str:
    match = _DAY.fullmatch(point)
    if not match or not _days_of(point):
        return point
    year, month, day = match.groups()
    return (f"{int(day)} " if day else "") + (f"{_MONTHS[int(month) - 1]} " if month else "") + year


def _in_chinese(point: str) -> str:
    match = _DAY.fullmatch(point)
    if not match or not _days_of(point):
        return point
    year, month, day = match.groups()
    return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
