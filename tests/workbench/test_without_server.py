"""The workbench of a portal, where the page itself answers queries."""

from __future__ import annotations

import json

import pytest
from at_work import active, ask, drawn, ready, write
from playwright.sync_api import expect
from visiting import Visitor

from shanxi_kg import queries
from shanxi_kg.solutions import Solutions, to_json
from shanxi_kg.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_the_browser_itself_answers_stored_queries_as_the_store_does(reader: Visitor, small_store: Store) -> None:
    page = ready(reader.open("sparql/"))
    asked = [query for query in queries.stored_queries() if not any(given.required for given in query.parameters)]
    differing = []
    for query in asked:
        expected = queries.run(small_store, query)
        assert isinstance(expected, Solutions)
        answer = page.evaluate(
            """async (query) => {
              const headers = { accept: "application/sparql-results+json" };
              const body = new URLSearchParams({ query });
              const response = await fetch("in-this-page", { method: "POST", headers, body });
              return await response.json();
            }""",
            query.text,
        )
        if _bindings(answer) != _bindings(json.loads(to_json(expected))):
            differing.append(query.name)
    assert differing == []


def _bindings(answer: dict[str, dict[str, list[dict[str, dict[str, str]]]]]) -> list[dict[str, tuple[str | None, ...]]]:
    return [
        {name: tuple(term.get(key) for key in ("type", "value", "datatype", "xml:lang")) for name, term in row.items()}
        for row in answer["results"]["bindings"]
    ]


def test_a_page_without_a_server_draws_and_labels_too(reader: Visitor) -> None:
    page = ready(reader.open("sparql/"))
    ask(page, "agreements")
    expect(drawn(page, "graph").locator("[role=status]")).to_have_text("3 things, 2 links (data cooperation)")


def test_a_broken_query_is_answered_with_its_place(reader: Visitor) -> None:
    page = ready(reader.open("sparql/"))
    write(page, "SELECT * WHERE { ?s ?p }|")
    page.keyboard.press("Control+Enter")
    expect(active(page, ".errorResult [role=alert]")).to_contain_text("1:")


def test_a_query_that_is_called_off_does_not_stand_in_the_way_of_the_next(reader: Visitor) -> None:
    page = ready(reader.open("sparql/"))
    write(page, "SELECT (COUNT(*) AS ?all) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }|")
    active(page, ".yasqe_queryButton").click()
    expect(active(page, ".yasqe_queryButton.busy")).to_be_visible()
    active(page, ".yasqe_queryButton").click()
    expect(active(page, ".yasqe_queryButton.busy")).to_have_count(0)
    ask(page, "agreements")
    expect(drawn(page, "graph").locator("[role=status]")).to_have_text("3 things, 2 links (data cooperation)")
