"""The outline of a query: its form and depth, and what is refused before it runs."""

from __future__ import annotations

import time

import pytest

from shanxi_kg.server.configuration import Limits
from shanxi_kg.server.errors import Problem
from shanxi_kg.server.outline import Outline, outline


@pytest.mark.parametrize(
    ("text", "form", "depth"),
    [
        ("ASK {}", "ASK", 1),
        ("# SELECT\nPREFIX select: <http://example.org/ask#> select * { ?s ?p ?o }", "SELECT", 1),
        ("BASE <http://example.org/> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT", 1),
        ("PREFIX ask: <urn:x> DESCRIBE ask:insert", "DESCRIBE", 0),
        ('SELECT ("{{{ SERVICE" AS ?x) { { ?s ?p ( 1 [] ) } }', "SELECT", 4),
        ("nonsense", None, 0),
    ],
)
def test_form_and_depth_are_seen(text: str, form: str | None, depth: int) -> None:
    assert outline(text, Limits()) == Outline(form, depth)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "PREFIX service: <urn:service:> SELECT * { ?s service:SERVICE service: }",
        "SELECT * { ?s ?p 'SERVICE <http://example.org/> {}' }",
        'SELECT * { ?s ?p """a"b\\"""c SERVICE <http://example.org/> {} """ }',
        "SELECT * { ?s ?p 'x'@service } # SERVICE <http://example.org/> {}",
        "SELECT * { _:service ?p ?o FILTER (?o < 3 && ?o > 1) }",
    ],
)
def test_a_word_that_is_no_keyword_is_not_refused(text: str) -> None:
    assert outline(text, Limits()).form == "SELECT"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "federation-refused"),
        ("SELECT * { service#\n<http://example.org/> { ?s ?p ?o } }", "federation-refused"),
        ("SELECT * { SeRvIcE\tSILENT ?x { ?s ?p ?o } }", "federation-refused"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "malformed-request"),
        ("SELECT * FROM NAMED <relative> { ?s ?p ?o }", "malformed-request"),
        ("LOAD <http://example.org/>", "update-refused"),
        ("PREFIX ex: <urn:x> with ex:g delete { ?s ?p ?o } where { ?s ?p ?o }", "update-refused"),
        ("ASK " + "{" * 101 + "}" * 101, "too-deep"),
        ("ASK {} #" + "x" * 200_000, "request-too-large"),
    ],
)
def test_what_a_reader_must_not_do_is_refused_with_its_reason(text: str, kind: str) -> None:
    with pytest.raises(Problem) as caught:
        outline(text, Limits())
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    "piece", ["a.", "a.a", "<a", '"', "'", '"""', "\\", "_:", "a:%", "((", "-", "@a", "?", "#\n", "é"]
)
def test_an_outline_is_quick_whatever_the_text(piece: str) -> None:
    text = piece * (199_000 // len(piece))
    started = time.perf_counter()
    try:
        outline(text, Limits())
    except Problem as problem:
        assert problem.kind == "too-deep"  # noqa: PT017 (most of them are not refused)
    assert time.perf_counter() - started < 1.5
