"""Pages of stored queries: a query and a number of rows go in, its first rows come out, without all the others.

Sorted rows need all rows, and of a large graph that takes long. But where the header's `pages` tells by a pattern what
the answer goes through in its order, such as documents, the first of these have the first rows: the query is asked for
them alone, and for more where they have too few. It stays as it is but for that one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from shanxi_kg.errors import QueryError
from shanxi_kg.queries import StoredQuery, bind
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store

_OPENING = "\nWHERE {"
_ORDER = re.compile(r"^ORDER BY(?P<keys>(?: \?\w+)+)\s*\Z", re.MULTILINE)
_SHARES = (1, 16)
"""How many of the things are tried for each row that is wanted, before all are."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of an answer; `total` is how many it has in all, None where more come and were not counted."""

    solutions: Solutions
    total: int | None


def page(store: Store, query: StoredQuery, given: Mapping[str, str], limit: int, offset: int = 0) -> Page:
    """Answer a stored query with at most `limit` rows, from the one after `offset` on.

    The rows are counted where no more come, where the query has no `pages`, and where the limit is 0.
    """
    text = bind(store, query, given)
    end = offset + limit
    for narrow in narrower(query, text, end + 1) if limit else ():
        solutions = store.select(narrow, query.name)
        if len(solutions.rows) > end:
            return Page(Solutions(solutions.variables, solutions.rows[offset:end]), None)
    solutions = store.select(text, query.name)
    return Page(Solutions(solutions.variables, solutions.rows[offset:end]), len(solutions.rows))


def narrower(query: StoredQuery, text: str, number: int) -> Iterator[str]:
    """Yield texts for the first rows of a query that was bound, so many at most, each cheaper than what follows.

    One that gives fewer rows says nothing of those that come after: then the next one is to be asked, or the query.
    """
    if not query.pages:
        return
    keys, where = " ".join(f"?{name}" for name in leading(query)), text.index(_OPENING) + len(_OPENING)
    for things in (share * number for share in _SHARES):
        first = f"{{ SELECT DISTINCT {keys} WHERE {{ {query.pages} }} ORDER BY {keys} LIMIT {things} }}"
        yield f"{text[:where]} {first}{text[where:]}LIMIT {number}\n"


def leading(query: StoredQuery) -> list[str]:
    """Return the variables of the pattern that the rows are sorted by first; QueryError where they are not."""
    order = _ORDER.search(query.text)
    held = set(re.findall(r"\?(\w+)", query.pages))
    keys = list(takewhile(held.__contains__, order["keys"].replace("?", "").split())) if order else []
    if keys and _OPENING in query.text:
        return keys
    raise QueryError(
        f"query {query.name}: its pages go through {query.pages!r}, but the rows are not in that order; write a line"
        " `WHERE {`, and last a line `ORDER BY` with a variable of that pattern first"
    )
