"""Answers without the words of the documents: solutions go in, the same solutions in the reduced profile come out."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from shanxi_kg.exports.quotes import Runs, cut, cut_iri, is_quote
from shanxi_kg.solutions import Solutions, Term

QUOTING = frozenset({"claim", "evidence", "heading", "quote"})
"""The columns of stored queries that hold words of a document by their nature; they are left empty."""


def reduced(solutions: Solutions, runs: Runs) -> Solutions:
    """Return solutions as the reduced profile of the graph would tell them: shortened texts, no quotes."""
    rows = (zip(solutions.variables, row, strict=True) for row in solutions.rows)
    return Solutions(solutions.variables, tuple(tuple(_term(name, term, runs) for name, term in row) for row in rows))


def _term(name: str, term: Term | None, runs: Runs) -> Term | None:
    if name in QUOTING:
        return None
    if isinstance(term, NamedNode):
        return cut_iri(term, runs)
    if isinstance(term, Literal) and is_quote(term.value, runs):
        return Literal(cut(term.value))
    return term
