"""Whether a value is reached or aimed at: its clause looks ahead, or its period is after the document's date."""

from __future__ import annotations

from shanxi_kg.dates import days_of
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.extraction.indicators.surroundings import is_starting_point
from shanxi_kg.lexicon import load_lexicon

BOUNDARIES = frozenset({"ROOT", "relcl", "conj", "ccomp"})


def is_target(context: Context, phrases: Phrases, amount: Amount, period: str | None) -> bool:
    """Tell whether an amount is a goal or a forecast."""
    issued = context.reading.document.issued
    if period and issued and days_of(period)[1] > days_of(issued)[1] and days_of(period)[0] > days_of(issued)[0]:
        return True
    if is_starting_point(phrases, amount):
        return False
    cues, own = load_lexicon()["target-cue"], phrases.sentence.tokens
    for node in [amount.top, *phrases.sentence.ancestors(amount.top)]:
        token = own[node]
        children = [own[c] for c in phrases.sentence.children[node]]
        is_set = token.lemma == "set" and any(c.dep == "xcomp" for c in children)
        if is_set or token.lemma.lower() in cues or any(c.lemma.lower() in cues and c.dep == "aux" for c in children):
            return True
        if token.dep in {"nsubj", "nsubjpass"} and node not in {amount.top, amount.noun}:
            return False
        infinite = token.tag == "VB" and any(c.tag == "TO" for c in children)
        if token.pos in {"VERB", "AUX"} and token.dep in BOUNDARIES and not (infinite and token.dep == "conj"):
            return False
    return False
