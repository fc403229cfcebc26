"""Where the words for a speaker begin before a verb of saying, though the parse parts a name from its role or its verb.

'the bureau's director, X, said', 'its vice-president X noted', '"…," X, a herder, sums up'.
"""

from __future__ import annotations

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.statements.phrases import PHRASE_TAGS
from shanxi_kg.extraction.statements.quotes import FINITE, QUOTES
from shanxi_kg.lexicon import load_lexicon

LONGEST_ROLE = 14
OWNING = frozenset({"a", "an", "its", "the", "their"})


def title_start(layout: Layout, verb: int, first: int) -> int:
    """Return where the role before a name begins whose verb stands at `verb`; `first` where no role does."""
    return _apart(layout, first) if layout.word(verb - 1) == "," else _beside(layout, first)


def _apart(layout: Layout, first: int) -> int:
    """Step back over the role of 'the bureau's director, X, said'."""
    if layout.word(first - 1) != ",":
        return first
    opens = (j for j in range(first - 2, max(first - LONGEST_ROLE, 1), -1) if layout.low[j - 1] == ",")
    start = next(opens, first)
    return start if layout.low[start] in OWNING else first


def _beside(layout: Layout, first: int) -> int:
    """Step back over the role of '…, its vice-president X noted', if a comma or a mark stands before it."""
    start = first
    while start > 0 and layout.tokens[start - 1].tag in PHRASE_TAGS:
        start -= 1
    has_role = not load_lexicon()["role"].isdisjoint(layout.low[start:first])
    return start if has_role and layout.word(start - 1) in {",", *QUOTES} and first in layout.persons else first


def named_behind_quote(layout: Layout, verb: int) -> int | None:
    """Return the name right behind the closing mark of '"…," X, a herder, sums up', where only a role is between."""
    mark = next((j for j in range(verb - 1, max(verb - LONGEST_ROLE, 0), -1) if layout.low[j] in QUOTES), None)
    person = layout.persons.get(mark + 1) if mark is not None else None
    if person is None or layout.word(verb - 1) != "," or layout.word(person.last + 1) != ",":
        return None
    between = layout.tokens[person.last + 1 : verb]
    is_role = any(token.text.lower() in load_lexicon()["role"] for token in between)
    return person.last if is_role and not any(token.tag in FINITE for token in between) else None
