"""What is done with all facts of a document together: one fact where it is told twice, and who answers for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shanxi_kg.facts import Evidence, Fact, Statement


def finish(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Sort the facts by their place in the text, keep the first of equals, and add who answers for each."""
    ordered = sorted(facts, key=lambda fact: (fact.evidence.start, fact.kind, fact.evidence.end, repr(fact.content)))
    kept: dict[tuple[str, str], Fact] = {}
    for fact in ordered:
        kept.setdefault((fact.kind, repr(fact.content)), fact)
    statements = [(fact.evidence, fact.content) for fact in kept.values() if isinstance(fact.content, Statement)]
    return tuple(_attributed(fact, statements) for fact in kept.values())


def _attributed(fact: Fact, statements: Iterable[tuple[Evidence, Statement]]) -> Fact:
    for evidence, statement in statements:
        inside = evidence.start <= fact.evidence.start and fact.evidence.end <= evidence.end
        if inside and not isinstance(fact.content, Statement):
            return replace(fact, speaker=statement.speaker)
    return fact
