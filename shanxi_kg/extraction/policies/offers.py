"""Policies that no verb of doing tells: 'free advice is available to …', 'firms are exempt from …'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.context import mention_at
from shanxi_kg.extraction.phrases import children_by, is_negated, list_of
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

STATES = frozenset({"offer", "way"})
FREED = frozenset({"eligible", "entitled", "exempt"})


@dataclass(frozen=True, slots=True)
class Offer:
    """What is on offer, by the verb 'be' and the token that the words hang on; `whom` is the group it is for.

    `free` is the word that says so, where what is on offer is had before.
    """

    verb: int
    phrase: int
    whom: int | None
    free: int | None = None


def offers(read: ReadSentence) -> Iterator[Offer]:
    """Give the offers of a sentence."""
    sentence = read.sentence
    for token in sentence.tokens:
        if token.lemma != "be" or is_negated(sentence, token.i, frozenset({"if"})):
            continue
        for subject in children_by(sentence, token.i, {"nsubj"}):
            yield from _offer(read, token.i, subject)


def _offer(read: ReadSentence, verb: int, subject: int) -> Iterator[Offer]:
    sentence, lexicon = read.sentence, load_lexicon()
    said = children_by(sentence, verb, {"acomp"})
    words = {sentence.tokens[c].text.lower() for c in said}
    noun = sentence.tokens[subject]
    if words & FREED and noun.lemma.lower() in lexicon["group-noun"] and not mention_at(read.places, noun.start):
        yield Offer(verb, said[0], subject)
    stands = bool(words & {"available", "free"}) or _is_on_offer(read, verb)
    given = any(sentence.tokens[i].lemma.lower() in lexicon["implied-noun"] for i in list_of(sentence, subject))
    if stands and given:
        yield Offer(verb, subject, _whom(read, verb, said), said[0] if "free" in words else None)


def _is_on_offer(read: ReadSentence, verb: int) -> bool:
    sentence = read.sentence
    preps = children_by(sentence, verb, {"prep"})
    return any(sentence.tokens[o].text.lower() in STATES for p in preps for o in children_by(sentence, p, {"pobj"}))


def _whom(read: ReadSentence, verb: int, said: list[int]) -> int | None:
    """Return the group behind 'available to' or 'for'."""
    sentence = read.sentence
    for node in [*said, verb]:
        for prep in children_by(sentence, node, {"prep"}):
            for noun in children_by(sentence, prep, {"pobj"}):
                if sentence.tokens[noun].lemma.lower() in load_lexicon()["group-noun"]:
                    return noun
    return None
