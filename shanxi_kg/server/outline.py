"""The outline of a query, seen without parsing it: its form, its depth, and whether it wants what no reader may.

This is the polite refusal, with a reason, of what the sandbox of a query would stop anyway; it is no wall by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.server.configuration import Limits
from shanxi_kg.server.errors import Problem
from shanxi_kg.terminals import terminals_of

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split())


@dataclass(frozen=True, slots=True)
class Outline:
    """What can be seen of a query: its form where it has one, and its deepest nesting of brackets."""

    form: str | None
    depth: int


def outline(text: str, limits: Limits) -> Outline:
    """Return the outline of a query that may run; raise Problem where it is an update, asks others or is too deep."""
    if len(text) > limits.query:
        raise Problem("request-too-large", f"the query has {len(text)} characters; send one of at most {limits.query}")
    terminals = list(terminals_of(text))
    form = next((word for kind, word in terminals if kind == "word" and word in {*FORMS, *UPDATES}), None)
    if form in UPDATES:
        raise Problem("update-refused", f"{form} is an update; send a SELECT, ASK, CONSTRUCT or DESCRIBE query")
    _refuse_others(terminals)
    depth = _depth(terminals)
    if depth > limits.nesting:
        raise Problem("too-deep", f"brackets are open {depth} deep; nest at most {limits.nesting} deep")
    return Outline(form, depth)


def _refuse_others(terminals: list[tuple[str, str]]) -> None:
    before = ""
    for kind, written in terminals:
        if kind == "word" and written == "SERVICE":
            raise Problem("federation-refused", "SERVICE asks another server; ask that server itself")
        if kind == "iri" and before in {"FROM", "NAMED"} and not is_graph_name(written[1:-1]):
            raise Problem(
                "malformed-request", f"{written} names no graph here; graph names begin with http, https or urn"
            )
        before = written if kind == "word" else ""


def is_graph_name(iri: str) -> bool:
    """Say whether an IRI can name a graph of the server: no file, no script, nothing relative."""
    return iri.lower().startswith(("http://", "https://", "urn:"))


def _depth(terminals: list[tuple[str, str]]) -> int:
    depth = deepest = 0
    for kind, _ in terminals:
        depth += (kind == "open") - (kind == "close")
        deepest = max(deepest, depth)
    return deepest
