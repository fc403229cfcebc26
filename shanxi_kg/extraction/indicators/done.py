"""What is done with an amount: 'invested in roads' of 'Wuhan invested 2 billion yuan in roads'."""

from __future__ import annotations

from shanxi_kg.extraction.context import mention_at
from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.counted import Measure, is_level, noun_measure
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.extraction.indicators.surroundings import is_money, is_thing
from shanxi_kg.lexicon import load_lexicon


def done_with(phrases: Phrases, amount: Amount, verb: int) -> Measure | None:
    """Return the words for what is done with an amount; a verb alone says little, and has its subject with it."""
    own, subject = phrases.sentence.tokens, phrases.subject(verb)
    if subject is not None and own[verb].dep in {"advcl", "acl"} and own[subject].pos == "NOUN":
        return _doing_by(phrases, noun_measure(phrases, subject), verb)
    givers = _givers(phrases, verb)
    said = [i for i in phrases.verb_phrase(verb) if i not in amount.tokens and i not in givers]
    if subject is None or not said or subject in amount.tokens:
        return Measure(phrases.words(said), tuple(said)) if said else None
    bare = len(said) == 1 and own[subject].pos == "NOUN" and not phrases.is_place(subject)
    if bare or (is_money(amount) and is_thing(phrases, subject)):
        said = sorted({*phrases.noun_phrase(subject), *said})
    return Measure(phrases.words(said), tuple(said))


def _givers(phrases: Phrases, verb: int) -> set[int]:
    """Return 'from the Wuhan Tourism Bureau' of 'claim 150 yuan from the Wuhan Tourism Bureau'."""
    own, below = phrases.sentence.tokens, phrases.sentence.children
    links = (c for c in below[verb] if own[c].text.lower() == "from")
    named = (c for c in links if any(mention_at(phrases.read.bodies, own[n].start) for n in below[c]))
    return {i for c in named for i in phrases.sentence.subtree(c)}


def does_so(phrases: Phrases, verb: int) -> bool:
    """Tell whether a verb only repeats the one before ('9,150 of them did so')."""
    own = phrases.sentence.tokens
    so = any(own[c].text.lower() in {"so", "likewise"} for c in phrases.sentence.children[verb])
    return so and own[verb].lemma == "do"


def _doing_by(phrases: Phrases, measure: Measure | None, verb: int) -> Measure | None:
    """Add 'spending' to the 'tourists' of '…, spending 9 billion yuan', where the verb says more than a level."""
    lemma = phrases.sentence.tokens[verb].lemma
    if measure is None or is_level(lemma) or lemma in load_lexicon()["worth-word"]:
        return measure
    return Measure(f"{measure.words} {phrases.sentence.tokens[verb].text}", (*measure.tokens, verb), measure.noun)
