"""Verbs over a role: their subject, and whether they are negated."""

from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.language import Sentence

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
REFUSING = frozenset({"cease", "decline", "fail", "refuse", "stop"})


def subject_of(sentence: Sentence, verb: int) -> int | None:
    """Return the subject of a verb: its own, else the one it shares, else the noun that it describes."""
    for node in _chain(sentence, verb):
        own = [c for c in sentence.children[node] if sentence.tokens[c].dep in SUBJECTS]
        if own:
            return own[0]
        if sentence.tokens[node].dep in {"relcl", "acl"}:
            return sentence.tokens[node].head
    return None


def is_negated(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is negated, itself or by the verb above it ('has yet to', 'declined to'), or by 'no'."""
    for node in _chain(sentence, verb):
        words = {sentence.tokens[c].text.lower() for c in sentence.children[node] if c < verb}
        if any(sentence.tokens[c].dep == "neg" for c in sentence.children[node]) or words & {"yet", "never", "no"}:
            return True
        if node != verb and sentence.tokens[node].lemma in REFUSING:
            return True
    return False


def _chain(sentence: Sentence, verb: int) -> Iterator[int]:
    """Give a verb and the verbs whose subject it shares."""
    yield verb
    while sentence.tokens[verb].dep in {"conj", "xcomp", "advcl"} and sentence.tokens[verb].head != verb:
        verb = sentence.tokens[verb].head
        yield verb
