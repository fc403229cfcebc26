"""A document as its page shows it: facts go in, the sentences that they stand in come out, with all evidence marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shanxi_kg.pages.facts import FactView, Passage


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage cut into stretches, each marked or not, the facts read from it, and the fragments that lead to it."""

    stretches: tuple[tuple[str, bool], ...]
    facts: tuple[FactView, ...]
    fragments: tuple[str, ...]


def paragraphs(facts: Iterable[FactView]) -> list[Paragraph]:
    """Return the facts of one document by the passage that they stand in, in the order of the text.

    Each fragment (`char=3,9`) stands at one passage: the first that has a fact with that span.
    """
    grouped: dict[tuple[int, int], list[FactView]] = defaultdict(list)
    for fact in facts:
        grouped[fact.passage.bounds].append(fact)
    seen: set[str] = set()
    found = []
    for (start, _), members in sorted(grouped.items()):
        fragments = sorted({_fragment(span) for fact in members for span in (fact.passage, *fact.claims)} - seen)
        seen.update(fragments)
        found.append(Paragraph(tuple(_stretches(members, start)), tuple(members), tuple(fragments)))
    return found


def _fragment(passage: Passage) -> str:
    return passage.iri.partition("#")[2]


def _stretches(facts: Sequence[FactView], start: int) -> Iterator[tuple[str, bool]]:
    """Yield the passage of the facts in stretches: what is evidence of one of them, and what is of none."""
    first = facts[0].passage
    text, position = first.before + first.words + first.after, 0
    for begin, end in _merged(sorted((fact.passage.start - start, fact.passage.end - start) for fact in facts)):
        yield text[position:begin], False
        yield text[begin:end], True
        position = end
    yield text[position:], False


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap.

    >>> _merged([(0, 4), (2, 6), (8, 9)])
    [(0, 6), (8, 9)]
    """
    merged: list[tuple[int, int]] = []
    for begin, end in spans:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
