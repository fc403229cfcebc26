"""Verbs over a role: their subject, and whether they are negated."""

from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.language import Sentence

SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def subject_of(sentence: Sentence, verb: int) -> int | None:
    """Return the subject of a verb: its own, else the one it shares, else the noun that it describes."""
    for node in _chain(sentence, verb):
        own = [c for c in sentence.children[node] if sentence.tokens[c].dep in SUBJECTS]
        if own:
            return own[0]
        if sentence.tokens[node].dep in {"relcl", "acl"}:
            return sentence.tokens[node].head
    return None


def described_by(sentence: Sentence, verb: int) -> int:
    """Return the noun that the relative clause of a verb describes ('X, who led tours and is now head of …')."""
    node = next((n for n in _chain(sentence, verb) if sentence.tokens[n].dep in {"relcl", "acl"}), verb)
    return sentence.tokens[node].head


def _chain(sentence: Sentence, verb: int) -> Iterator[int]:
    """Give a verb and the verbs whose subject it shares."""
    yield verb
    while sentence.tokens[verb].dep in {"conj", "xcomp", "advcl"} and sentence.tokens[verb].head != verb:
        verb = sentence.tokens[verb].head
        yield verb
