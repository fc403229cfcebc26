"""What the groups of a date expression mean: a match and the calendar of a text go in, a period comes out.

A reading is the period, and the name of the rule that filled in what the words leave unsaid (None where they say all).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from shanxi_kg.dates.calendar import Calendar, iso
from shanxi_kg.quantities import WORDS

Reading = tuple[str | None, str | None]
Reader = Callable[[re.Match[str], Calendar], Reading]
UNRESOLVED: Reading = (None, "unresolved")
MONTHS = {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BACKWARD = frozenset({"that year", "the same year", "the year", "the previous year"})
POINTED_YEAR = "that year|the same year|the following year|the next year"
OFFSETS = {"last": -1, "next": 1, "yesterday": -1, "tomorrow": 1}


def read_day(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'July 1, 2021', '1 July', 'July 1'."""
    month, day = _month(match["month"]), int(match["day"])
    year, rule = _year(match, calendar, month, day)
    return (iso(year, month, day), rule) if year and _is_day(year, month, day) else UNRESOLVED


def read_first_day(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'the first day of 2024', 'the first day of July', "New Year's Day"."""
    month = _month(match["month"]) if match.groupdict().get("month") else 1
    year, rule = _year(match, calendar, month, 1)
    return (iso(year, month, 1), rule) if year else UNRESOLVED


def read_day_range(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'July 1 to 5', 'Jan 1 and Aug 25'."""
    first, last = _month(match["month"]), _month(match["month2"] or match["month"])
    day, day2 = int(match["day"]), int(match["day2"])
    year, rule = _year(match, calendar, last, day2)
    if not year or not (_is_day(year - (first > last), first, day) and _is_day(year, last, day2)):
        return UNRESOLVED
    return f"{iso(year - (first > last), first, day)}/{iso(year, last, day2)}", rule


def read_month(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'July 2021', 'July last year', 'July'."""
    month = _month(match["month"])
    year, rule = _year(match, calendar, month)
    return (iso(year, month), rule) if year else UNRESOLVED


def read_this_month_by_name(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'this July': the month of the document's year."""
    return (iso(calendar.year, _month(match["month"])), "relative-to-dateline") if calendar.year else UNRESOLVED


def read_month_range(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'January to August', 'November 2020 to March 2021'."""
    first, last = _month(match["month"]), _month(match["month2"])
    year, rule = _year(match, calendar, last)
    if not year:
        return UNRESOLVED
    begin = int(match["year1"]) if match["year1"] else year - (first > last)
    return f"{iso(begin, first)}/{iso(year, last)}", rule


def read_first_months(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'first 11 months of 2019'."""
    count = _number(match["count"].lower())
    return _months(match, calendar, 1, count) if 1 <= count <= 12 else UNRESOLVED


def read_three_quarters(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'first three quarters of 2021'."""
    return _months(match, calendar, 1, 9)


def read_half(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'first half of 2021'."""
    return _months(match, calendar, *((1, 6) if match["half"].lower() == "first" else (7, 12)))


def read_quarter(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'second quarter of 2021', 'Q2 2021'."""
    number = int(match["q"]) if match["q"] else QUARTERS[match["quarter"].lower()]
    return _months(match, calendar, 3 * number - 2, 3 * number)


def read_years(match: re.Match[str], _: Calendar) -> Reading:
    """Read '2016 to 2020', '2016-20'."""
    first, last = match["year"], match["year2"]
    last = first[:2] + last if len(last) == 2 else last
    return (f"{first}/{last}", None) if first < last else UNRESOLVED


def read_years_to(match: re.Match[str], _: Calendar) -> Reading:
    """Read 'three years to 2020'."""
    count, last = _number(match["count"].lower()), int(match["year2"])
    return (f"{last - count + 1}/{last}", None) if count > 1 else UNRESOLVED


def read_five_years(match: re.Match[str], _: Calendar) -> Reading:
    """Read '13th Five-Year Plan period'; the first began in 1953, the third, after a pause, in 1966."""
    number = int(match["number"])
    first = (1951 if number > 2 else 1948) + 5 * number
    return f"{first}/{first + 4}", None


def read_year(match: re.Match[str], _: Calendar) -> Reading:
    """Read '2021'."""
    return match["year"], None


def read_relative_year(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'this year', 'last year'; 'that year' points back in the text and is not resolved here."""
    words = " ".join(match["words"].lower().split())
    if calendar.year is None or words in BACKWARD:
        return UNRESOLVED
    offset = -1 if words == "the past year" else OFFSETS.get(words.split()[0], 0)
    return str(calendar.year + offset), "relative-to-dateline"


def read_year_end(match: re.Match[str], calendar: Calendar) -> Reading:  # noqa: ARG001 (a reader like the others)
    """Read 'year-end': the year of the document's date."""
    return (str(calendar.year), "relative-to-dateline") if calendar.year else UNRESOLVED


def read_pointing(match: re.Match[str], calendar: Calendar) -> Reading:  # noqa: ARG001 (a reader like the others)
    """Read 'the same period', 'by then': they point back in the text and are not resolved here."""
    return UNRESOLVED


def read_relative_month(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'last month'; the document's date must have a month."""
    if calendar.issued is None or len(calendar.issued) < len("2021-07"):
        return UNRESOLVED
    months = int(calendar.issued[:4]) * 12 + int(calendar.issued[5:7]) - 1 + OFFSETS.get(match["which"].lower(), 0)
    return iso(months // 12, months % 12 + 1), "relative-to-dateline"


def read_relative_day(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'today', 'four days ago'; the document's date must have a day."""
    if calendar.issued is None or len(calendar.issued) < len("2021-07-01"):
        return UNRESOLVED
    words = match["which"].lower()
    offset = -_number(words.split()[0]) if words.endswith("ago") else OFFSETS.get(words, 0)
    return (date.fromisoformat(calendar.issued) + timedelta(days=offset)).isoformat(), "relative-to-dateline"


def read_weekday(match: re.Match[str], calendar: Calendar) -> Reading:
    """Read 'on Thursday': the last one up to the document's date, or the next where the words look ahead."""
    if calendar.issued is None or len(calendar.issued) < len("2021-07-01"):
        return UNRESOLVED
    issued = date.fromisoformat(calendar.issued)
    back = (issued.weekday() - WEEKDAYS.index(match["weekday"])) % 7
    days = 7 - back if calendar.ahead else -back
    return (issued + timedelta(days=days)).isoformat(), "relative-to-dateline"


def read_comparison(match: re.Match[str], calendar: Calendar) -> Reading:  # noqa: ARG001 (a reader like the others)
    """Read 'a year earlier': it names no period of the fact beside it."""
    return UNRESOLVED


def _month(name: str) -> int:
    return MONTHS[name[:3].lower()]


def _number(words: str) -> int:
    return int(words) if words.isdigit() else WORDS.get(words, 1)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _year(match: re.Match[str], calendar: Calendar, month: int, day: int = 1) -> tuple[int | None, str | None]:
    """Return the year that the words give, else the one that the calendar gives the month, and the rule."""
    groups = match.groupdict()
    words = groups.get("year") or groups.get("some_year")
    if words and words[0].isdigit():
        return int(words), None
    if words:
        known = calendar.year is not None and words not in POINTED_YEAR.split("|")
        year = calendar.year + OFFSETS.get(words.split()[0], 0) if known and calendar.year else None
        return year, "relative-to-dateline"
    return calendar.year_of(month, day), "year-from-dateline"


def _months(match: re.Match[str], calendar: Calendar, first: int, last: int) -> Reading:
    year, rule = _year(match, calendar, last)
    return (f"{iso(year, first)}/{iso(year, last)}", rule) if year else UNRESOLVED
