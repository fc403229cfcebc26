"""Further forms of attribution: '…, said X', 'it was announced by X that …', 'X, who said that …, left'."""

from __future__ import annotations

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.statements.model import SUBJECTS, Saying
from shanxi_kg.extraction.statements.phrases import closing_comma, content_start, phrase_end, phrase_last, phrase_start
from shanxi_kg.extraction.statements.quotes import FINITE, QUOTES

BREAKS = frozenset({",", "-", "—", "?", "!", ".", *QUOTES})


def inverted(layout: Layout, verb: int, head: int) -> Saying | None:
    """Match '…, said X, director of …', '"…," said X, "…"' and 'Said X: "…"'."""
    first = verb + 1
    last = phrase_end(layout, head)
    colon = next((i for i in range(last, len(layout.low)) if layout.low[i] == ":"), None) if verb < 2 else None
    if colon is not None:
        return Saying(verb, first, last, head, verb, tuple(range(colon + 1, len(layout.low))), leads=True)
    if verb == 0 or layout.low[verb - 1] not in BREAKS:
        return None
    said = list(range(verb))
    comma = closing_comma(layout, head + 1) if not any(layout.tokens[i].tag in FINITE for i in said) else None
    if comma is not None:
        whole = (*said, *range(comma + 1, len(layout.low)))
        return Saying(verb, first, phrase_last(layout, head, comma), head, verb, whole)
    opening = [i for i in range(last, len(layout.low)) if layout.low[i] in QUOTES]
    if opening and (layout.low[verb - 1] in QUOTES or layout.word(opening[0] - 1) == "," == layout.low[verb - 1]):
        said += range(opening[0], len(layout.low))
    return Saying(verb, first, last, head, verb, tuple(said))


def passive(layout: Layout, verb: int) -> Saying | None:
    """Match 'it was announced by X that …' and, before it, '…, it was announced by X'."""
    children = layout.read.sentence.children[verb]
    agents = [c for c in children if layout.tokens[c].dep == "agent" or (layout.low[c] == "by" and c > verb)]
    subjects = [c for c in children if layout.tokens[c].dep in SUBJECTS]
    heads = [c for a in agents for c in layout.read.sentence.children[a] if layout.tokens[c].dep == "pobj"]
    if not heads or not subjects or layout.low[subjects[0]] != "it":
        return None
    first, head = agents[0] + 1, heads[0]
    that = next((i for i in range(head, len(layout.low)) if layout.low[i] == "that"), None)
    if that is None:
        return Saying(verb, first, phrase_end(layout, head), head, subjects[0], tuple(range(subjects[0])))
    last = min(phrase_end(layout, head), that - 1)
    return Saying(verb, first, last, head, subjects[0], tuple(range(that, len(layout.low))), leads=True)


def relative(layout: Layout, verb: int) -> Saying | None:
    """Match 'X, who said that …, opened the fair': only the clause behind the verb is said."""
    head = layout.tokens[verb].head
    clauses = [c for c in layout.read.sentence.children[verb] if layout.tokens[c].dep == "ccomp" and c > verb]
    if layout.tokens[verb].dep != "relcl" or not clauses:
        return None
    i, last = content_start(layout, verb), max(layout.read.sentence.subtree(clauses[0]))
    last = next((j - 1 for j in range(i, last) if layout.low[j] == "," and layout.tokens[j + 1].tag in FINITE), last)
    first = phrase_start(layout, head)
    return Saying(verb, first, head, head, first, tuple(range(i, last + 1)), leads=True)


def subject_above(layout: Layout, verb: int) -> int | None:
    """Return the subject of the nearest verb above that has one."""
    sentence = layout.read.sentence
    for ancestor in sentence.ancestors(verb):
        own = [c for c in sentence.children[ancestor] if layout.tokens[c].dep in SUBJECTS]
        if own:
            return own[0]
    return None
