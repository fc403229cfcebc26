"""The stored queries as pages: a list of questions, and a page a question with its form and its answer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import NamedNode

from shanxi_kg.namespaces import SX
from shanxi_kg.pages.addresses import Address
from shanxi_kg.pages.answers import Answer
from shanxi_kg.pages.browse import fact_counts, place_labels_path
from shanxi_kg.pages.rendering import render
from shanxi_kg.pages.statements import Statements
from shanxi_kg.queries import Parameter, StoredQuery
from shanxi_kg.resources import PACKAGE

INPUTS = {"date": "date", "integer": "number", "decimal": "number", "iri": "url"}
"""What kind of field a type of parameter has; all others are text fields."""


@dataclass(frozen=True, slots=True)
class Question:
    """A stored query as people ask it."""

    name: str
    words: str
    topic: str = "other"
    front: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file to download: what it is called and the way to it from the site's top."""

    name: str
    path: str


@cache
def _entries() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((PACKAGE / "pages" / "questions.toml").read_text("utf-8"))


def questions(queries: Iterable[StoredQuery], language: str) -> list[Question]:
    """Return the stored queries as questions, in the order in which pages list them."""
    order = {name: number for number, name in enumerate(_entries())}
    return [question(query, language) for query in sorted(queries, key=lambda query: order.get(query.name, len(order)))]


def question(query: StoredQuery, language: str) -> Question:
    """Return a stored query as a question; by its summary where nobody has put it as one."""
    entry = _entries().get(query.name)
    if entry is None:
        return Question(query.name, query.summary)
    return Question(query.name, entry[language], entry["topic"], entry.get("front", False))


def questions_page(queries: Iterable[StoredQuery], language: str) -> str:
    """Return the page that lists all questions by topic."""
    topics: dict[str, list[Question]] = {}
    for one in questions(queries, language):
        topics.setdefault(one.topic, []).append(one)
    return render("questions.html", Address("queries.html", language), topics=topics)


def question_page(
    query: StoredQuery,
    answer: Answer | None,
    language: str,
    *,
    given: Mapping[str, str],
    files: Sequence[File] = (),
    problem: str = "",
    places: Sequence[str] = (),
    action: str = "",
    results: str = "",
) -> str:
    """Return the page of a stored query with its form, filled with what was `given`, and its answer.

    `action` is where the form leads, this page unless told otherwise; `results` the way from the site's top to the
    answer as SPARQL 1.1 Query Results JSON, from which a view may be drawn; `places` are names to choose from.
    """
    return render(
        "question.html",
        Address(f"query/{query.name}.html", language),
        query=query,
        question=question(query, language),
        fields=[(parameter, _input(parameter), _held(parameter, given)) for parameter in query.parameters],
        answer=answer,
        files=files,
        problem=problem,
        places=places,
        action=action,
        results=results,
        labels=place_labels_path(language),
    )


def _input(parameter: Parameter) -> str:
    return INPUTS.get(parameter.type, "text")


def _held(parameter: Parameter, given: Mapping[str, str]) -> str:
    return given.get(parameter.name, parameter.default or "")


def place_names(statements: Statements, language: str) -> tuple[str, ...]:
    """Return the names of the places that facts name, for a form to offer, sorted."""
    counts = fact_counts(statements)
    places = (node for node in statements.instances(SX["AdministrativeDivision"]) if isinstance(node, NamedNode))
    return tuple(sorted(statements.label(node, language) for node in places if counts[node.value]))
