"""Units that stand beside a role without 'of': in a list of person, role and body, or behind a fronted phrase.

Also the phrases behind a role that name no unit: 'head of the laboratory', 'owner of a noodle shop'.
"""

from __future__ import annotations

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.posts.model import Unit
from shanxi_kg.extraction.posts.roles import ARTICLES
from shanxi_kg.extraction.posts.units import called, named_body, unit_from
from shanxi_kg.lexicon import load_lexicon

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


def unnamed_end(layout: Layout, last: int) -> int | None:
    """Return the noun of 'of the laboratory' behind a role, where no name tells which one that is."""
    i = last + 3
    if layout.word(last + 1) != "of" or layout.word(last + 2) not in ARTICLES:
        return None
    while i < len(layout.low) and layout.tokens[i].pos in {"NOUN", "ADJ"} and not layout.is_capital(i):
        i += 1
    return i - 1 if i > last + 3 and layout.tokens[i - 1].tag == "NN" else None


def owns_business(layout: Layout, last: int) -> bool:
    """Tell whether an owner has a business of no name: 'owner of a noodle shop', not 'owner of a small car'."""
    end = unnamed_end(layout, last)
    return end is not None and layout.low[end] in load_lexicon()["group-noun"]
