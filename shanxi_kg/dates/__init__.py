"""The grammar of dates and periods: text in, ISO 8601 periods out, each with its offsets.

A period is as precise as the words are: '2021', '2021-07', '2021-07-01', '2021-01/2021-08'. What leaves its year unsaid
is resolved against the document's date, and says by which rule; what cannot be resolved has no period.
"""

from __future__ import annotations

from shanxi_kg.dates.calendar import Calendar, days_of
from shanxi_kg.dates.expressions import DateExpression, find_dates

__all__ = ["Calendar", "DateExpression", "days_of", "find_dates"]
