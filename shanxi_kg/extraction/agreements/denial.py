"""Telling agreements that exist from those that are denied, only planned, or still under talks."""

from __future__ import annotations

from shanxi_kg.extraction.agreements.sites import Frame
from shanxi_kg.extraction.denial import chain, is_open
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon

NONE = frozenset({"no", "neither", "nor", "none", "nobody"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def is_unreal(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether a frame speaks of an agreement that is denied, or not signed yet."""
    if _is_marked(sentence, frame.noun):
        return True
    if frame.verb is not None and sentence.tokens[frame.verb].pos in {"VERB", "AUX"}:
        return is_open(sentence, frame.verb)
    return not _is_definite(sentence, frame.noun) and _is_under_talks(sentence, frame.noun)


def _is_marked(sentence: Sentence, noun: int) -> bool:
    """Tell whether the noun's own words say so: 'no agreement', 'a draft agreement', 'talks on an agreement'."""
    lexicon = load_lexicon()
    beside = [sentence.tokens[c] for c in sentence.children[noun]]
    own = {token.text.lower() for token in (*beside, *sentence.tokens[max(0, noun - 1) : noun])}
    if own & NONE or own & lexicon["unreal-modifier"]:
        return True
    node = noun
    for ancestor in sentence.ancestors(noun):
        if sentence.tokens[node].dep not in {"pobj", "prep", "conj", "compound"}:
            return False
        if sentence.tokens[ancestor].lemma.lower() in lexicon["unreal-noun"] and ancestor < noun:
            return True
        node = ancestor
    return False


def _is_definite(sentence: Sentence, noun: int) -> bool:
    return any(sentence.tokens[c].text.lower() in DEFINITE for c in sentence.children[noun])


def _is_under_talks(sentence: Sentence, noun: int) -> bool:
    """Tell whether a verb that leaves an agreement open, or denies it, governs it: 'is negotiating an agreement'."""
    node = noun
    for ancestor in sentence.ancestors(noun):
        token = sentence.tokens[ancestor]
        if token.pos in {"VERB", "AUX"}:
            below = [sentence.tokens[c] for c in sentence.children[ancestor]]
            direct = sentence.tokens[node].dep in {"dobj", "nsubjpass", "nsubj", "attr", "pobj"}
            lemmas = {sentence.tokens[v].lemma for v in chain(sentence, ancestor)}
            if sentence.tokens[node].dep == "prep" and sentence.tokens[node].text.lower() in {
                "on",
                "for",
                "towards",
                "toward",
            }:
                direct = True
            return direct and (any(t.dep == "neg" for t in below) or bool(lemmas & load_lexicon()["unreal-verb"]))
        node = ancestor
    return False
