"""Whether a value is reached or aimed at: its clause looks ahead, or its period is after the document's date."""

from __future__ import annotations

from shanxi_kg.dates import days_of
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.extraction.indicators.surroundings import SUBJECT_DEPS, is_compared
from shanxi_kg.extraction.sections import is_goal_announced
from shanxi_kg.lexicon import load_lexicon


def is_target(context: Context, phrases: Phrases, amount: Amount, period: str | None) -> bool:
    """Tell whether an amount is a goal or a forecast."""
    if is_ahead(context, period) or _is_announced(context, phrases):
        return True
    if is_compared(phrases, amount):
        return False
    own = phrases.sentence.tokens
    if _is_of_goal(phrases, amount):
        return True
    own_nouns = {amount.top, amount.noun, _with_what(phrases, amount)}
    for node in [amount.top, *phrases.sentence.ancestors(amount.top)]:
        token = own[node]
        if node != amount.noun and _looks_ahead(phrases, node):
            return True
        if (token.dep in SUBJECT_DEPS and node not in own_nouns) or _is_bounded(phrases, node):
            return False
    return False


def _is_announced(context: Context, phrases: Phrases) -> bool:
    """Tell whether the words above a sentence say that goals follow, and no verb in it tells of what was."""
    if any(token.tag == "VBD" and token.dep == "ROOT" for token in phrases.sentence.tokens):
        return False
    return is_goal_announced(context.periods.announced[phrases.read.number])


def _is_of_goal(phrases: Phrases, amount: Amount) -> bool:
    """Tell whether the subject of an amount's verb is a goal ('The goal is 60')."""
    own = phrases.sentence.tokens
    verb = own[own[amount.top].head]
    subjects = (own[c].lemma.lower() for c in phrases.sentence.children[verb.i] if own[c].dep == "nsubj")
    return verb.lemma == "be" and not load_lexicon()["goal-noun"].isdisjoint(subjects)


def is_over(context: Context, period: str) -> bool:
    """Tell whether a period ended before the document's date, so that nothing can be hoped for in it."""
    issued = context.reading.document.issued
    return issued is not None and days_of(period)[1] < days_of(issued)[0]


def _is_bounded(phrases: Phrases, node: int) -> bool:
    """Tell whether a clause or phrase stands for itself, so that what is above it says nothing of what is in it."""
    token = phrases.sentence.tokens[node]
    fronted = token.head > node
    if token.dep == "prep" and token.text.lower() == "with":
        return fronted
    if not phrases.is_verb(node):
        return False
    if token.dep in {"ccomp", "conj"}:
        return not _has_to(phrases, node)
    return token.dep in {"ROOT", "relcl"} or (token.dep == "advcl" and fronted and token.tag == "VBN")


def _looks_ahead(phrases: Phrases, node: int) -> bool:
    """Tell whether a word puts what hangs on it into the future: 'will', 'aims', 'is to', 'is set to'."""
    own, lexicon = phrases.sentence.tokens, load_lexicon()
    token, head = own[node], own[own[node].head]
    cues = lexicon["target-cue"]
    if token.lemma.lower() in cues or token.text.lower() in cues:
        return True
    if token.text.lower() in lexicon["limit-noun"] and head.lemma in lexicon["limiting-verb"]:
        return True
    if token.lemma == "be" and any(
        own[c].dep == "xcomp" and _has_to(phrases, c) for c in phrases.sentence.children[node]
    ):
        return True
    auxiliaries = [own[c].lemma.lower() for c in phrases.sentence.children[node] if own[c].dep == "aux"]
    if not cues.isdisjoint(auxiliaries):
        return True
    leads = head.lemma == "be" or head.text.lower() in lexicon["ahead-word"]
    return phrases.is_verb(node) and "to" in auxiliaries and token.dep in {"xcomp", "ccomp"} and leads


def _with_what(phrases: Phrases, amount: Amount) -> int | None:
    """Return the noun that an amount belongs to by 'with' ('197 communities with 48,300 households')."""
    own = phrases.sentence.tokens
    link = own[own[amount.top if amount.noun is None else amount.noun].head]
    return link.head if link.text.lower() == "with" else None


def _has_to(phrases: Phrases, verb: int) -> bool:
    return any(phrases.sentence.tokens[c].text.lower() == "to" for c in phrases.sentence.children[verb])


def is_ahead(context: Context, period: str | None) -> bool:
    """Tell whether a period begins and ends after the document's date."""
    issued = context.reading.document.issued
    if not (period and issued):
        return False
    return days_of(period)[1] > days_of(issued)[1] and days_of(period)[0] > days_of(issued)[0]
