"""What a span of time measures: 'clearance of a truck takes 35 minutes'."""

from __future__ import annotations

from shanxi_kg.extraction.indicators.amounts import SHORT_UNITS, Amount
from shanxi_kg.extraction.indicators.counted import Measure
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.lexicon import load_lexicon


def lasting(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Return who or what takes so long, with the verb; None for another amount."""
    verb = phrases.sentence.tokens[amount.top].head
    lemma, unit = phrases.sentence.tokens[verb].lemma, amount.quantity.unit or ""
    short = unit in SHORT_UNITS and lemma in load_lexicon()["duration-verb"]
    behind = {token.text.lower() for token in phrases.sentence.tokens[amount.last + 1 : amount.last + 3]}
    if not short and not (unit.endswith("days") and lemma in {"last", "wait"} and "average" in behind):
        return None
    subject = phrases.subject(verb)
    if subject is None or subject in amount.tokens:
        return None
    words = [*phrases.noun_phrase(subject), verb]
    return Measure(phrases.words(words), tuple(words), subject)
