"""A regulation as a sentence names it, and the words that name one."""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.language import Token
from shanxi_kg.lexicon import load_lexicon

FORCES = frozenset({"effect", "force", "operation", "application", "practice"})


@dataclass(frozen=True, slots=True)
class Title:
    """A regulation as named at one place: title, offsets, the token of its head, and how it is written."""

    text: str
    start: int
    end: int
    head: int
    is_described: bool = False


def is_head(token: Token) -> bool:
    """Tell whether a word is one for regulations."""
    heads = load_lexicon()["regulation-head"]
    return token.text.lower() in heads or (token.lemma.lower() in heads and token.tag in {"NNS", "NNPS"})
