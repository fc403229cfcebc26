"""Units that stand beside a role without 'of': in a list of person, role and body, or behind a fronted phrase."""

from __future__ import annotations

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.posts.model import Unit
from shanxi_kg.extraction.posts.units import called, named_body, unit_from

FRONTS = frozenset({"under", "with", "led", "headed"})
ENDING = frozenset({"", ",", ";", ".", ")"})


def unit_listed(layout: Layout, first: int, last: int) -> Unit | None:
    """Read the body that a list names behind a role: 'X, chief engineer, Zhangye Water Affairs Bureau'."""
    if layout.word(last + 1) != "," or layout.word(first - 1) != "," or first - 2 not in layout.persons_by_end:
        return None
    found = named_body(layout, last + 2)
    return found if found and layout.word(found.last + 1) in ENDING else None


def fronting_unit(layout: Layout, first: int, last: int) -> Unit | None:
    """Read the body that a phrase with its head leads to: 'Under Director X, the … Court opened …'."""
    opens = first <= 2 and layout.low[0] in FRONTS and layout.word(last + 1) == ","
    return unit_from(layout, last + 2, (named_body, called)) if opens else None
