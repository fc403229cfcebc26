"""A noun as a measure: its phrase, with what the clause says of it ('people prosecuted', 'patents filed')."""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.lexicon import load_lexicon

PARTICIPLES = frozenset({"VBN", "VBD"})
VERBS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Measure:
    """The words for what is measured, the tokens that they are, and the noun among them that is counted."""

    words: str
    tokens: tuple[int, ...]
    noun: int | None = None


def noun_measure(phrases: Phrases, noun: int) -> Measure | None:
    """Return the phrase of a noun as a measure."""
    if phrases.sentence.tokens[noun].pos not in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}:
        return None
    tokens = phrases.noun_phrase(noun)
    words = phrases.words(tokens)
    return Measure(words, tuple(tokens), noun) if words else None


def counted(phrases: Phrases, noun: int, hook: int | None = None) -> Measure | None:
    """Return the phrase of a counted noun, with what the clause says of it: 'people prosecuted', 'patents filed'."""
    phrase = phrases.noun_phrase(noun)
    if not phrase:
        return None
    said = _said_of(phrases, first_conjunct(phrases, hook if hook is not None else noun), phrase)
    words = " ".join(part for part in (phrases.words(phrase), phrases.ratio_after(phrase), phrases.words(said)) if part)
    return Measure(words, tuple(sorted({*phrase, *said})), noun) if words else None


def _said_of(phrases: Phrases, noun: int, phrase: list[int]) -> list[int]:
    """Return the tokens of what a noun's verb says of it, none where the verb adds nothing to the count."""
    token = phrases.sentence.tokens[noun]
    verb = phrases.sentence.tokens[token.head]
    if token.dep in {"attr", "pobj"} and _is_one_of(phrases, noun):
        return _said_behind(phrases, noun)
    if token.dep == "pobj" and verb.text.lower() == "of":
        wraps = phrases.sentence.tokens[verb.head].text.lower() in load_lexicon()["empty-measure"]
        return _said_of(phrases, verb.head, phrase) if wraps else []
    if verb.pos not in VERBS:
        return []
    if token.dep == "nsubj":
        return _done_by(phrases, noun, phrase)
    done_to = token.dep == "nsubjpass" and verb.lemma not in load_lexicon()["light-verb"]
    made = token.dep == "dobj" and verb.tag in PARTICIPLES and not is_level(verb.lemma)
    return [verb.i] if done_to or made else []


def _is_one_of(phrases: Phrases, noun: int) -> bool:
    """Tell whether a counted noun only places somebody among it ('She is one of 26,400 people who …')."""
    own = phrases.sentence.tokens
    above = own[own[noun].head]
    if above.lemma == "be" or above.text.lower() == "among":
        return True
    return above.text.lower() == "of" and own[above.head].text.lower() in {"one", "some", "part"}


def _said_behind(phrases: Phrases, noun: int) -> list[int]:
    """Return what a relative clause says of a noun: 'people who were visited at home'."""
    own = phrases.sentence.tokens
    clause = next((c for c in phrases.sentence.children[noun] if own[c].dep == "relcl"), None)
    if clause is None:
        nouns = [c for c in phrases.sentence.subtree(noun) if own[c].dep == "relcl" and own[c].head > noun]
        clause = next(iter(nouns), None)
    return phrases.verb_phrase(clause) if clause is not None else []


def _done_by(phrases: Phrases, subject: int, phrase: list[int]) -> list[int]:
    """Return what a counted subject does: 'graduates work at headquarters', 'cities are on the list'."""
    verb = phrases.sentence.tokens[phrases.sentence.tokens[subject].head]
    if any(_is_taken(phrases, c) for c in phrases.sentence.children[verb.i] if c != subject):
        return []
    said = [i for i in phrases.verb_phrase(verb.i, without=[subject]) if i not in phrase]
    if verb.lemma == "be":
        return [i for i in said if i != verb.i]
    return [] if is_level(verb.lemma) or verb.lemma in load_lexicon()["say-verb"] else said


def _is_taken(phrases: Phrases, child: int) -> bool:
    """Tell whether a verb's object is a place, or has a number of its own."""
    is_object = phrases.sentence.tokens[child].dep == "dobj"
    return child in phrases.places or (is_object and not phrases.numbers.isdisjoint(phrases.sentence.subtree(child)))


def is_level(lemma: str) -> bool:
    """Tell whether a verb only says how many there are."""
    return lemma in load_lexicon()["level-verb"] or lemma in load_lexicon()["light-verb"]


def first_conjunct(phrases: Phrases, i: int) -> int:
    """Return the first noun of the list that a noun stands in."""
    own = phrases.sentence.tokens
    while own[i].dep == "conj" and own[own[i].head].pos == own[i].pos:
        i = own[i].head
    return i
