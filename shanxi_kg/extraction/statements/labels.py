"""Attributions without a verb of saying: 'X, a midwife: "…"', and a quotation beside the one person that is named."""

from __future__ import annotations

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.statements.model import SHORTEST, Saying
from shanxi_kg.extraction.statements.quotes import FINITE, QUOTES

LONGEST_LABEL = 20  # tokens of a name with its role before the colon
STOPS = frozenset({",", ".", "!", "?", "…"})


def labelled(layout: Layout) -> list[Saying]:
    """Match 'Cui Yanhong, deputy director of the commission: "…"': a label without a verb opens the sentence."""
    colon = next((i for i in range(1, min(LONGEST_LABEL, len(layout.low))) if layout.low[i] == ":"), None)
    if colon is None or any(token.tag in FINITE for token in layout.tokens[:colon]):
        return []
    named = [name for name in layout.persons.values() if name.last < colon]
    opens = bool(named) and layout.word(named[0].last + 1) in {":", ","}
    said = tuple(range(colon + 1, len(layout.low)))
    if len(named) != 1 or not opens or len(said) < SHORTEST or not _is_clause(layout, said):
        return []
    return [Saying(colon, named[0].first, named[0].last, named[0].last, 0, said, leads=True)]


def quoting(layout: Layout) -> list[Saying]:
    """Match '"…" was the answer of X' and 'For X the rule is simple: "…"': a whole clause in quotes, and one person."""
    spans = [span for span in _quotations(layout) if _is_clause(layout, range(*span))]
    if not spans or not _is_closed(layout, spans[-1][1]):
        return []
    inside = {i for first, end in spans for i in range(first, end)}
    outside = [name for name in layout.persons.values() if name.first not in inside]
    if len(outside) != 1 or not any(token.tag in FINITE for token in layout.tokens if token.i not in inside):
        return []
    name, said = outside[0], tuple(sorted(inside))
    return [Saying(spans[0][0], name.first, name.last, name.last, name.first, said, leads=name.first < said[0])]


def _quotations(layout: Layout) -> list[tuple[int, int]]:
    """Return the token ranges between quotation marks, marks left out."""
    marks = [i for i, word in enumerate(layout.low) if word in QUOTES]
    return [(a + 1, b) for a, b in zip(marks[::2], marks[1::2], strict=False) if b > a + SHORTEST]


def _is_clause(layout: Layout, inside: range | tuple[int, ...]) -> bool:
    return any(layout.tokens[i].tag in FINITE for i in inside)


def _is_closed(layout: Layout, mark: int) -> bool:
    """Tell whether a quotation ends as a sentence does: with a stop before or behind its closing mark."""
    return layout.low[mark - 1] in STOPS or layout.word(mark + 1) in STOPS | {"", ":"}
