"""Content negotiation: which written form an Accept header gets, of results and of graphs."""

from __future__ import annotations

import pytest

from shanxi_kg.server.errors import Problem
from shanxi_kg.server.negotiation import GRAPHS, RESULTS, choose, prefers_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name", "media_type"),
    [
        (None, "json", "application/sparql-results+json"),
        ("", "json", "application/sparql-results+json"),
        ("*/*", "json", "application/sparql-results+json"),
        ("application/json", "json", "application/json"),
        ("APPLICATION/JSON", "json", "application/json"),
        ("text/*", "csv", "text/csv"),
        ("text/*;q=0.5, text/tab-separated-values", "tsv", "text/tab-separated-values"),
        ("application/sparql-results+xml;q=0.9, text/csv;q=0.8", "xml", "application/sparql-results+xml"),
        ("application/*;q=0.1, text/csv;q=0.2", "csv", "text/csv"),
        ("text/csv;q=0, */*", "json", "application/sparql-results+json"),
        ("text/csv; header=present", "csv", "text/csv"),
        ("nonsense, text/csv", "csv", "text/csv"),
        ("text/csv;q=2", "csv", "text/csv"),
        (BROWSER, "xml", "application/xml"),
    ],
)
def test_results_come_in_the_form_that_is_liked_best(accept: str | None, name: str, media_type: str) -> None:
    form, chosen = choose(accept, list(RESULTS.values()))
    assert (form.name, chosen) == (name, media_type)


@pytest.mark.parametrize(
    ("accept", "name", "media_type"),
    [
        (None, "turtle", "text/turtle"),
        ("application/ld+json, text/turtle;q=0.9", "jsonld", "application/ld+json"),
        ("application/xml", "rdfxml", "application/xml"),
        ("application/trig", "trig", "application/trig"),
        ("application/n-quads", "nquads", "application/n-quads"),
        ("application/n-triples;q=0.4, application/rdf+xml;q=0.5", "rdfxml", "application/rdf+xml"),
    ],
)
def test_graphs_come_in_the_form_that_is_liked_best(accept: str | None, name: str, media_type: str) -> None:
    form, chosen = choose(accept, list(GRAPHS.values()))
    assert (form.name, chosen) == (name, media_type)


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "*/*;q=0", "text/csv;q=nan", "nonsense"])
def test_what_cannot_be_served_is_not_acceptable_and_what_can_is_said(accept: str) -> None:
    with pytest.raises(Problem, match=r"accept one of application/sparql-results\+json") as caught:
        choose(accept, list(RESULTS.values()))
    assert (caught.value.kind, caught.value.status) == ("not-acceptable", 406)


@pytest.mark.parametrize(
    ("accept", "page"),
    [(BROWSER, True), ("text/html;q=0.5, text/turtle", False), ("*/*", False), (None, False), ("text/turtle", False)],
)
def test_only_who_names_html_first_wants_a_page(accept: str | None, page: bool) -> None:
    assert prefers_html(accept) is page
