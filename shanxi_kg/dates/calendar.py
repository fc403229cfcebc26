"""ISO 8601 periods and days, and the year of words that leave it unsaid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Calendar:
    """What year-less words are resolved against: the document's date, and whether the words look ahead."""

    issued: str | None
    ahead: bool = False

    @property
    def year(self) -> int | None:
        """The year of the document's date."""
        return int(self.issued[:4]) if self.issued else None

    def year_of(self, month: int, day: int = 1) -> int | None:
        """Return the year of a month and day: the nearest to the document's date, on the side that the words look to.

        >>> Calendar("2022-01-12").year_of(7, 1), Calendar("2022-01-12", ahead=True).year_of(7, 1)
        (2021, 2022)
        """
        if self.issued is None:
            return None
        parts = [int(part) for part in self.issued.split("-")]
        year, now_month, now_day = [*parts, *(12, 31)[len(parts) - 1 :]]
        if self.ahead:
            return year + (month < now_month)
        return year - ((month, day) > (now_month, now_day))


def iso(year: int | str, month: int | None = None, day: int | None = None) -> str:
    """Write a point in time as precisely as it is given.

    >>> iso(2021, 7)
    '2021-07'
    """
    return "-".join([str(year)] + [f"{part:02}" for part in (month, day) if part is not None])


def days_of(period: str) -> tuple[date, date]:
    """Return the first and the last day of an ISO 8601 period.

    >>> days_of("2021-01/2021-02")
    (datetime.date(2021, 1, 1), datetime.date(2021, 2, 28))
    """
    first, _, last = period.partition("/")
    return _first_day(first), _last_day(last or first)


def _first_day(point: str) -> date:
    parts = [int(part) for part in point.split("-")]
    return date(*[*parts, 1, 1][:3])


def _last_day(point: str) -> date:
    parts = [int(part) for part in point.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = [*parts, 12][:2]
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
