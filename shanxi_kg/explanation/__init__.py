"""A document as it was read: each fact at its words, with its fields and how each was come by, and what was kept back.

A document goes in, an `Explanation` comes out; `page` writes it as a page. Nothing here decides anything: the facts are
those that a build would publish or put into quarantine, before people decide on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shanxi_kg.decisions.fields import FIELDS, written
from shanxi_kg.documents import Document
from shanxi_kg.extraction import extract
from shanxi_kg.facts import Certainty, Evidence, Fact
from shanxi_kg.namespaces import ID
from shanxi_kg.triples import FactTriples, document_triples
from shanxi_kg.validation import Violation, gate

KINDS = tuple(FIELDS)
"""The kinds of facts, in the order of the legend."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A fact with its name (its IRI without the common beginning) and, where it was kept back, the reasons."""

    name: str
    fact: Fact
    reasons: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields that the fact has, by their columns, as texts."""
        texts = ((field, written(self.fact.content, field)) for field in FIELDS[self.fact.kind])
        return tuple((field, text) for field, text in texts if text)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the text and the facts of one kind that stand on them; `number` counts passages in the text's order."""

    number: int
    kind: str
    evidence: Evidence
    facts: tuple[Explained, ...]
    is_published: bool

    @property
    def certainty(self) -> Certainty:
        """How sure the least sure of its facts is."""
        order = (Certainty.AMBIGUOUS, Certainty.INFERRED, Certainty.STATED)
        return min((explained.fact.certainty for explained in self.facts), key=order.index)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document and its passages in the order of the text, a longer one before a shorter one that begins with it."""

    document: Document
    passages: tuple[Passage, ...]

    @property
    def counts(self) -> Counter[str]:
        """The number of published facts by kind."""
        return Counter(passage.kind for passage in self.passages for _ in passage.facts if passage.is_published)

    @property
    def kept_back(self) -> int:
        """The number of facts in quarantine."""
        return sum(len(passage.facts) for passage in self.passages if not passage.is_published)


def explain(document: Document, extract: Callable[[Document], Sequence[Fact]] = extract) -> Explanation:
    """Read a document and return what a build would make of it; GateError where that cannot be decided."""
    passed = gate(document_triples(document, extract(document)))
    reasons = _reasons(passed.quarantined)
    everything = [_explained(told, ()) for told in passed.facts]
    everything += [_explained(told, reasons.get(told.iri.value, ("The document itself is broken.",)))
                   for told in passed.kept_back]  # fmt: skip
    return Explanation(document, _passages(everything))


def _explained(told: FactTriples, reasons: Sequence[str]) -> Explained:
    return Explained(told.iri.value.removeprefix(ID), told.fact, tuple(reasons))


def _reasons(violations: Iterable[Violation]) -> dict[str, list[str]]:
    """Return by fact, without repetition, why it was kept back."""
    reasons: dict[str, list[str]] = {}
    for violation in violations:
        messages = reasons.setdefault(violation.fact, [])
        if violation.message not in messages:
            messages.append(violation.message)
    return reasons


def _passages(everything: Iterable[Explained]) -> tuple[Passage, ...]:
    grouped: dict[tuple[Evidence, str, bool], list[Explained]] = {}
    for one in everything:
        grouped.setdefault((one.fact.evidence, one.fact.kind, not one.reasons), []).append(one)
    keys = sorted(grouped, key=lambda key: (key[0].start, -key[0].end, *key[1:]))
    return tuple(
        Passage(number, kind, evidence, tuple(grouped[evidence, kind, published]), published)
        for number, (evidence, kind, published) in enumerate(keys, 1)
    )
