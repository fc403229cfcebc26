"""Headers of stored queries: the part of YAML that they are written in."""

from __future__ import annotations

import pytest

from shanxi_kg import headers
from shanxi_kg.errors import QueryError

WHOLE = """\
#+ summary: What took effect when
#+ description: >-
#+   One row a regulation;
#+   note: the second line holds a colon.
#+ tags:
#+   - regulations
#+   - time
#+ parameters:
#+   - name: area
#+     type: place
#+     default: "Shanxi: all of it"
#+   - name: since
#+     type: date
# an ordinary comment
SELECT ?s WHERE { ?s ?p "#+ not a header" }
"""


def test_a_header_gives_texts_folded_texts_lists_and_groups() -> None:
    assert headers.parse(WHOLE, "q.rq") == {
        "summary": "What took effect when",
        "description": "One row a regulation; note: the second line holds a colon.",
        "tags": ["regulations", "time"],
        "parameters": [
            {"name": "area", "type": "place", "default": "Shanxi: all of it"},
            {"name": "since", "type": "date"},
        ],
    }


def test_a_query_without_a_header_has_an_empty_one() -> None:
    assert headers.parse("SELECT * { ?s ?p ?o }", "q.rq") == {}


def test_accessors_give_nothing_for_a_key_of_another_kind() -> None:
    header = headers.parse(WHOLE, "q.rq")
    assert headers.string(header, "tags") == ""
    assert headers.strings(header, "summary") == ()
    assert headers.entries(header, "tags") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("#+ - loose", 1),
        ("#+ summary: one\n#+ no key here", 2),
        ("#+ parameters:\n#+     type: place", 2),
        ("#+ tags:\n#+   words without a dash", 2),
    ],
)
def test_a_line_that_fits_nothing_is_named_by_file_and_number(text: str, line: int) -> None:
    with pytest.raises(QueryError, match=rf"^q\.rq:{line}: "):
        headers.parse(text, "q.rq")
