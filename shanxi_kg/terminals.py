r"""The terminals of a SPARQL query: its words, told from what stands in strings, IRIs, comments and names.

They are those of SPARQL 1.1, section 19.8; an escape such as \u0053 outside a string or an IRI is nothing that the
engine reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PATTERN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>"{3}(?:[^"\\]|\\.|"(?!""))*+"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
        |"(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
    |(?P<name>[?$]\w+ | @[A-Za-z][\w-]* | (?:_|[^\W\d_][\w.-]{0,39}+)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*+)
    |(?P<word>\w+)
    |(?P<open>[({\[])
    |(?P<close>[)}\]])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


def terminals_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield kind and text of the terminals without comments and spaces; words are in capitals."""
    for match in _PATTERN.finditer(text):
        kind = str(match.lastgroup)
        if kind != "comment" and not (kind == "other" and match[0].isspace()):
            yield kind, match[0].upper() if kind == "word" else match[0]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a query, in capitals.

    >>> sorted(words_of("SELECT ?from { ?s <urn:graph> 'from' } # GRAPH"))
    ['SELECT']
    """
    return frozenset(word for kind, word in terminals_of(text) if kind == "word")
