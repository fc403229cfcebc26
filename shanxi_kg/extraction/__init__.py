"""Document in, facts out: one module a kind of fact, each a function from the context to facts.

The order of the result is that of the text. A fact told twice in one document is one fact, on the words that tell it
first. Text in another language than English gives none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from shanxi_kg.documents import Document
from shanxi_kg.extraction import (
    agencies,
    agreements,
    indicators,
    platforms,
    policies,
    posts,
    regulations,
    statements,
)
from shanxi_kg.extraction.claims import with_claims
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.finish import finish
from shanxi_kg.facts import Fact
from shanxi_kg.mentions import read

KINDS: tuple[Callable[[Context], Iterable[Fact]], ...] = (
    regulations.find,
    agreements.find,
    posts.find,
    agencies.find,
    platforms.find,
    indicators.find,
    policies.find,
    statements.find,
)


def extract(document: Document) -> tuple[Fact, ...]:
    """Return the facts that a document tells, in the order of the text."""
    if document.language != "en":
        return ()
    context = Context.of(read(document))
    return finish(with_claims(context, (fact for find in KINDS for fact in find(context))))
