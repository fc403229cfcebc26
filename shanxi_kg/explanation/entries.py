"""The facts of one passage, told as briefly as they can be: what they share once, what tells them apart in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shanxi_kg.explanation import Explained
from shanxi_kg.facts import Judgement


@dataclass(frozen=True, slots=True)
class Entry:
    """What is told in one go: fields with one or more values, and judgements, of one fact or of several alike."""

    fields: tuple[tuple[str, tuple[str, ...]], ...]
    judgements: tuple[Judgement, ...]
    reasons: tuple[str, ...]
    names: tuple[str, ...]


def entries(facts: Sequence[Explained]) -> tuple[Entry, ...]:
    """Return the facts of a passage as entries: one for all where they differ in one field at most, else one each."""
    fields = list(dict.fromkeys(field for fact in facts for field, _ in fact.fields))
    values = {field: [dict(fact.fields).get(field, "") for fact in facts] for field in fields}
    differing = [field for field in fields if len(set(values[field])) > 1]
    alike = len({(fact.fact.judgements, fact.reasons) for fact in facts}) == 1
    if len(facts) > 1 and not (alike and len(differing) <= 1):
        return tuple(one for fact in facts for one in entries([fact]))
    merged = tuple((field, tuple(dict.fromkeys(values[field]))) for field in fields)
    return (Entry(merged, facts[0].fact.judgements, facts[0].reasons, tuple(fact.name for fact in facts)),)
