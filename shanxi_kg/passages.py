"""The passage of a text that a span stands in: text and offsets go in, the bounds of its sentences come out.

Only marks and line ends are looked at; no grammar is read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[A-Z0-9\"“‘(])|[。！？][”’）]*")
_LINE_END = re.compile(r"[\r\n]+")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence, or sentences, that hold a span, within its paragraph.

    >>> text = "One came. Two came. Three came."
    >>> first, last = sentence_around(text, 14, 18)
    >>> text[first:last]
    'Two came.'
    """
    breaks = _breaks(text)
    first = breaks[bisect_right(breaks, start) - 1]
    last = breaks[bisect_left(breaks, end)] if end <= breaks[-1] else len(text)
    return first, first + len(text[first:last].rstrip())


@lru_cache(maxsize=64)
def _breaks(text: str) -> tuple[int, ...]:
    """Return where sentences and lines end, in order; the text's own bounds are among them."""
    ends = {match.end() for pattern in (_LINE_END, _SENTENCE_END) for match in pattern.finditer(text)}
    return tuple(sorted({0, len(text), *ends}))
