"""Numbers in lists: which share a noun ('7.9 and 1.2 billion yuan'), and which areas they are paired with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from shanxi_kg.extraction.areas import AreaRef
from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.facts import Area
from shanxi_kg.quantities import LAST_LINK, LIST_LINK

BETWEEN = frozenset({",", "and", ";", "&"})


def runs(phrases: Phrases, amounts: list[Amount]) -> Iterator[list[Amount]]:
    """Give the amounts that are listed side by side ('5, 7 and 12 tons'), two or more of one unit."""
    run: list[Amount] = amounts[:1]
    for before, amount in pairwise(amounts):
        if _is_linked(phrases, before, amount):
            run.append(amount)
            continue
        if len(run) > 1:
            yield run
        run = [amount]
    if len(run) > 1:
        yield run


def _is_linked(phrases: Phrases, before: Amount, amount: Amount) -> bool:
    between = phrases.context.reading.document.text[before.quantity.end : amount.quantity.start]
    linked = LAST_LINK.fullmatch(between) or LIST_LINK.fullmatch(between)
    return bool(linked) and before.quantity.unit == amount.quantity.unit


def paired(phrases: Phrases, amount: Amount, amounts: list[Amount]) -> Area | None:
    """Return the area of an amount where areas and amounts are listed in the same order, 'respectively' or not."""
    refs = [ref for ref in phrases.context.areas.refs[phrases.read.number] if not ref.in_body]
    if any(token.text.lower() == "respectively" for token in phrases.sentence.tokens):
        alike = [a for a in amounts if a.quantity.unit == amount.quantity.unit]
        return refs[alike.index(amount)].area if len(refs) == len(alike) > 1 else None
    run = next((run for run in runs(phrases, amounts) if amount in run), [])
    listed = [ref for ref in refs if run and ref.token < run[0].first and ref.rule is None]
    return listed[run.index(amount)].area if len(listed) == len(run) > 1 and _is_list(phrases, listed) else None


def _is_list(phrases: Phrases, refs: list[AreaRef]) -> bool:
    """Tell whether areas stand side by side, the later hanging on the first."""
    own = phrases.sentence.tokens
    return all(own[ref.token].dep == "conj" for ref in refs[1:]) and own[refs[0].token].dep != "conj"


def gapped(phrases: Phrases, amount: Amount, before: Amount | None) -> tuple[Amount, list[int]] | None:
    """Read 'solar made up 17 kilowatts, wind 9 and hydropower 11': the noun right before is what is measured.

    Returns the amount, with the unit of the one before it where it has none, and the tokens of its noun.
    """
    own, last = phrases.sentence.tokens, amount.first - 1
    if before is None or last <= before.last or not (own[last].pos == "NOUN" or _is_mistaken(phrases, last)):
        return None
    first = last
    while own[first - 1].pos in {"NOUN", "ADJ"} and first - 1 not in phrases.dates:
        first -= 1
    counts = amount.noun is not None and amount.noun > amount.last
    if counts or first <= before.last + 1 or own[first - 1].text.lower() not in BETWEEN:
        return None
    named = list(range(first, last + 1))
    unit = amount.quantity.unit or before.quantity.unit
    return replace(amount, quantity=replace(amount.quantity, unit=unit)), named


def _is_mistaken(phrases: Phrases, i: int) -> bool:
    """Tell whether a bare verb in a sentence about the past or one thing is a noun that the parser mistook."""
    own = phrases.sentence.tokens
    root = next((token for token in own if token.dep == "ROOT"), own[0])
    bare = own[i].tag in {"VB", "VBP"} and root.tag in {"VBD", "VBZ"}
    return bare and not any(own[c].dep in {"aux", "nsubj"} for c in phrases.sentence.children[i])
