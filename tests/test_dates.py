"""The grammar of dates: as precise as the words, resolved against the document's date, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_kg.dates import days_of, find_dates

ISSUED = "2022-05-10"


def periods(text: str, issued: str | None = ISSUED) -> list[str | None]:
    return [found.period for found in find_dates(text, 0, len(text), issued, frozenset({"will"}))]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("on March 3, 2019", "2019-03-03"),
        ("on 3 March 2019", "2019-03-03"),
        ("on Sept. 3, 2019", "2019-09-03"),
        ("in March 2019", "2019-03"),
        ("on the first day of 2019", "2019-01-01"),
        ("on the first day of June 2019", "2019-06-01"),
        ("on New Year's Day 2019", "2019-01-01"),
        ("In 2018-20, it", "2018/2020"),
        ("from January to mid-May 2019", "2019-01/2019-05"),
        ("During the 13th Five-Year Plan, it", "2016/2020"),
        ("in the 13th five-year plan period", "2016/2020"),
        ("from the beginning of 2018 to the end of 2020", "2018/2020"),
        ("in the three years to 2020", "2018/2020"),
        ("in the latter half of 2019", "2019-07/2019-12"),
        ("in March of last year", "2021-03"),
        ("this April", "2022-04"),
        ("Four days ago it", "2022-05-06"),
        ("some 12 days ago", "2022-04-28"),
        ("a day ago", "2022-05-09"),
        ("this October", "2022-10"),
        ("in 2019", "2019"),
        ("from March to May 2019", "2019-03/2019-05"),
        ("from November 2019 to February 2020", "2019-11/2020-02"),
        ("between Feb 1 and Apr 25, 2020", "2020-02-01/2020-04-25"),
        ("in the first 10 months of 2018", "2018-01/2018-10"),
        ("in the first ten months of 2018", "2018-01/2018-10"),
        ("in the first three quarters of 2020", "2020-01/2020-09"),
        ("in the first half of 2021", "2021-01/2021-06"),
        ("in the second half of last year", "2021-07/2021-12"),
        ("in the third quarter of 2017", "2017-07/2017-09"),
        ("in Q1 2017", "2017-01/2017-03"),
        ("from 2016 to 2020", "2016/2020"),
        ("between 2011 and 2015", "2011/2015"),
        ("in 2016-20", "2016/2020"),
        ("during the 14th Five-Year Plan period (2021-25)", "2021/2025"),
        ("by the end of 2023", "2023"),
    ],
)
def test_a_date_that_is_said_in_full_is_read_as_precisely_as_it_is_said(text: str, period: str) -> None:
    assert periods(text, issued=ISSUED) == [period]


@pytest.mark.parametrize(
    ("text", "issued", "period", "rule"),
    [
        ("on July 1", "2022-01-12", "2021-07-01", "year-from-dateline"),
        ("on Monday", "2022-01-12", "2022-01-10", "relative-to-dateline"),
        ("on Wednesday", "2022-01-12", "2022-01-12", "relative-to-dateline"),
        ("last Thursday", "2022-01-12", "2022-01-06", "relative-to-dateline"),
        ("on Jan 3", "2022-01-12", "2022-01-03", "year-from-dateline"),
        ("from January to November", "2020-01-10", "2019-01/2019-11", "year-from-dateline"),
        ("in the first quarter", "2020-05-10", "2020-01/2020-03", "year-from-dateline"),
        ("last year", "2021-04-22", "2020", "relative-to-dateline"),
        ("this year", "2021-04-22", "2021", "relative-to-dateline"),
        ("last month", "2021-01-22", "2020-12", "relative-to-dateline"),
        ("yesterday", "2021-03-01", "2021-02-28", "relative-to-dateline"),
    ],
)
def test_what_is_left_unsaid_comes_from_the_documents_date_and_says_so(
    text: str, issued: str, period: str, rule: str
) -> None:
    [found] = find_dates(text, 0, len(text), issued)
    assert (found.period, found.rule) == (period, rule)


def test_words_that_look_ahead_take_the_next_such_month() -> None:
    assert periods("It will open by the end of October", "2021-08-30") == ["2021-10"]
    assert periods("It will open by the end of February", "2021-08-30") == ["2022-02"]
    assert periods("It will open on Friday", "2021-08-30") == ["2021-09-03"]
    assert periods("It pays and, from October, will lend", "2021-08-30") == ["2021-10"]
    assert periods("It paid and, in October, lent", "2021-08-30") == ["2020-10"]
    assert periods("It will apply under a pact signed on Friday", "2021-08-30") == ["2021-08-27"]
    assert periods("It was passed on July 31 and will apply from September 1", "2021-08-02") == [
        "2021-07-31",
        "2021-09-01",
    ]


@pytest.mark.parametrize(
    "text", ["on July 1", "on Monday", "last year", "in March", "yesterday", "last month", "from May to June"]
)
def test_without_a_document_date_nothing_is_filled_in(text: str) -> None:
    assert periods(text, issued=None) == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grew from 2016 to 45,600", ["2016"]),  # a year, and a count
        ("It may march on.", []),
        ("during the 14th Five-Year Plan for seeds", []),
        ("every Thursday", []),
        ("2000 people", []),
        ("It cost 2,021 yuan", []),
    ],
)
def test_counts_and_words_that_only_look_like_dates_are_none(text: str, expected: list[str]) -> None:
    assert periods(text) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("since 2012", "since"),
        ("since its founding in 2012", "since"),
        ("since the beginning of 2020", "since"),
        ("more than in 2020", "comparison"),
        ("more than in the same months of 2020", "comparison"),
        ("above the level of 2020", "comparison"),
        ("compared with 2020", "comparison"),
        ("over the same period of 2020", "comparison"),
        ("in 2020", "in"),
    ],
)
def test_the_words_before_a_date_say_what_it_does_in_the_sentence(text: str, role: str) -> None:
    assert [found.role for found in find_dates(text, 0, len(text), ISSUED)] == [role]


def test_a_day_that_the_calendar_does_not_have_is_not_resolved() -> None:
    assert periods("on February 30, 2021") == [None]


@given(st.dates(), st.dates())
def test_a_written_day_is_read_back_whatever_the_documents_date(day, issued) -> None:  # type: ignore[no-untyped-def]
    if not 1900 <= day.year < 2100:
        day = day.replace(year=2021, day=min(day.day, 28))
    text = f"on {day.strftime('%B')} {day.day}, {day.year}"
    assert periods(text, issued.isoformat()) == [day.isoformat()]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-07-01", "2021-07-01", "2021-07-01"),
        ("2016/2020", "2016-01-01", "2020-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str, first: str, last: str) -> None:
    assert tuple(day.isoformat() for day in days_of(period)) == (first, last)
