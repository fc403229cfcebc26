"""Stated quantities: what is counted, how many, where, when, whether reached or aimed at, and how it changed.

A growth beside a value is that value's change; a growth alone is an indicator; a share is measured against its whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.indicators.amounts import Amount, find_amounts
from shanxi_kg.extraction.indicators.counted import Measure
from shanxi_kg.extraction.indicators.lists import gapped, runs
from shanxi_kg.extraction.indicators.measures import measure_of
from shanxi_kg.extraction.indicators.percents import (
    Change,
    bracketed,
    change_of,
    changed_amount,
    grown_beside,
    is_share,
    whole_of,
)
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.extraction.indicators.setting import area_of, period_of
from shanxi_kg.extraction.indicators.status import is_target
from shanxi_kg.facts import Fact, Indicator
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence
from shanxi_kg.quantities import PER


@dataclass(frozen=True, slots=True)
class _Value:
    """An amount with what it measures, and the change that was found beside it."""

    amount: Amount
    measure: Measure
    value: Decimal
    change: Change | None = None


def find(context: Context) -> Iterator[Fact]:
    """Give the stated quantities of a document, sentence by sentence."""
    before: Indicator | None = None
    for read in context:
        if read.quantities:
            phrases = Phrases(context, read)
            pointed = Measure(before.measure, ()) if before and _points_back(read) else None
            told = before.measure if before and before.unit is None else None
            facts = [_fact(context, phrases, value, before) for value in _values(phrases, pointed, told)]
            yield from facts
            mains = [f.content for f in facts if isinstance(f.content, Indicator) and f.content.unit != "percent"]
            before = mains[-1] if mains else before


def _points_back(read: ReadSentence) -> bool:
    """Tell whether the sentence's subject is what the sentence before counted ('This is 45 percent of …')."""
    first = read.sentence.tokens[0]
    return first.lemma.lower() in {"this", "that", "it", "they", "these", "both"} and first.dep in {
        "nsubj",
        "nsubjpass",
    }


def _values(phrases: Phrases, before: Measure | None, told: str | None) -> Iterator[_Value]:
    amounts = find_amounts(phrases.read)
    changes = [change for amount in amounts if (change := change_of(phrases, amount))]
    changing = {change.amount for change in changes}
    values = [amount for amount in amounts if amount not in changing]
    owners = {change.amount: changed_amount(phrases, change, values) for change in changes}
    by_owner = {owner: change for change in reversed(changes) if (owner := owners[change.amount])}
    shared = {
        a: run[-1] for run in runs(phrases, values) for a in run[:-1] if a.noun is None or a.noun in run[-1].tokens
    }
    last, latest = before, None
    for amount in amounts:
        if amount in changing:
            if owners[amount] is None:
                yield from _growth(phrases, next(c for c in changes if c.amount == amount), last)
            continue
        gap = gapped(phrases, amount, latest)
        found = Measure(phrases.words(gap[1]), tuple(gap[1]), gap[1][-1]) if gap else None
        measure = found or _measure(phrases, shared.get(amount, amount), last) or _of_those(phrases, amount, told)
        if measure:
            change = by_owner.get(amount) or bracketed(phrases, amount)
            yield _Value(gap[0] if gap else amount, measure, amount.quantity.value, change)
            last = measure if amount.quantity.unit != "percent" or last is None else last
            latest = gap[0] if gap else amount


def _of_those(phrases: Phrases, amount: Amount, told: str | None) -> Measure | None:
    """Match 'Twelve have opened' and 'Yichang got 3 of them' behind a sentence that counts what they are."""
    own = phrases.sentence.tokens
    if told is None or amount.noun is not None or amount.quantity.unit is not None:
        return None
    verb, dep = own[amount.top].head, own[amount.top].dep
    if own[verb].pos not in {"VERB", "AUX"} or dep not in {"nsubj", "nsubjpass", "dobj"}:
        return None
    said = [i for i in phrases.verb_phrase(verb) if i not in amount.tokens and own[i].pos not in {"PRON", "ADP"}]
    said = [i for i in said if own[i].lemma not in {"be", "have"}]
    return Measure(f"{told} {phrases.words(said)}".strip(), (verb,))


def _measure(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    whole = whole_of(phrases, amount)
    if whole is not None:
        return _share(phrases, amount, whole, last)
    if is_share(phrases, amount) and last:
        return Measure(f"share of {last.words}", last.tokens, last.noun)
    return measure_of(phrases, amount, last)


def _share(phrases: Phrases, amount: Amount, whole: list[int], last: Measure | None) -> Measure | None:
    """Return 'patents granted, of the provincial total': the part is the subject, else what was measured last."""
    own = phrases.sentence.tokens
    if last and all(own[i].pos in {"PRON", "DET"} for i in whole):
        whole = list(last.tokens)
    words = f"of {phrases.words(whole)}"
    verb = next((a for a in phrases.sentence.ancestors(amount.top) if own[a].pos in {"VERB", "AUX"}), None)
    if own[amount.top].dep in {"nsubj", "nsubjpass"} and verb is not None:
        reports = own[verb].lemma in load_lexicon()["say-verb"]
        said = [] if reports else [i for i in phrases.verb_phrase(verb) if i not in whole]
        kept = whole[1:] if own[whole[0]].dep in {"det", "poss"} else whole
        return Measure(f"{phrases.words(kept)} {phrases.words(said)}".strip(), (*whole, *said))
    own_subject = verb is not None and own[verb].dep in {"ROOT", "conj", "ccomp", "relcl"}
    subject = phrases.subject(verb) if verb is not None and own_subject else None
    nearer = last is None or (subject is not None and subject > max(last.tokens, default=len(own)))
    if subject is not None and nearer and subject not in phrases.places and own[subject].pos != "PRON":
        part = phrases.noun_phrase(subject)
        return Measure(f"{phrases.words(part)}, {words}", (*part, *whole))
    if last:
        return Measure(f"{last.words}, {words}", (*last.tokens, *whole), last.noun)
    is_share_verb = verb is None or own[verb].lemma in load_lexicon()["share-verb"]
    said = [] if verb is None or is_share_verb else [i for i in phrases.verb_phrase(verb) if i not in whole]
    return Measure(f"{phrases.words(said) or 'share'} {words}", (*said, *whole))


def _growth(phrases: Phrases, change: Change, last: Measure | None) -> Iterator[_Value]:
    own = phrases.sentence.tokens
    verb = next((a for a in phrases.sentence.ancestors(change.amount.top) if own[a].pos in {"VERB", "AUX"}), None)
    subject = grown_beside(phrases, change.amount)
    if subject is None and verb is not None:
        subject = phrases.subject(verb)
    if subject is None or subject in change.amount.tokens:
        return
    phrase = [
        i for i in phrases.noun_phrase(subject) if i < change.amount.first and own[i].text.lower() not in {"up", "down"}
    ]
    if subject in phrases.places and own[subject + 1].tag == "POS" and last and last.noun is not None:
        owned = {
            i for c in phrases.sentence.children[last.noun] if own[c].dep == "poss" for i in phrases.sentence.subtree(c)
        }
        words = phrases.words(i for i in phrases.noun_phrase(last.noun) if i not in owned)
        yield _Value(change.amount, Measure(f"{words} growth", (subject,)), change.value)
    elif phrase:
        words = phrases.words(phrase)
        named = words.split()[-1].lower() in {"growth", "increase"}
        measure = Measure(words if named else f"{words} growth", tuple(phrase), subject)
        yield _Value(change.amount, measure, change.value)


def _fact(context: Context, phrases: Phrases, value: _Value, before: Indicator | None) -> Fact:
    area, area_judgement = area_of(context, phrases, value.amount, value.measure, before)
    period, period_judgement = period_of(context, phrases, value.amount, value.measure, before)
    content = Indicator(
        measure=value.measure.words,
        value=value.value,
        unit=_unit(value),
        area=area,
        period=period,
        status="target" if is_target(context, phrases, value.amount, period) else "actual",
        change=value.change.value if value.change else None,
        trend=_trend(value),
    )
    start, end = _span(phrases, value)
    return context.fact(phrases.read, content, start, end, [area_judgement, period_judgement])


def _unit(value: _Value) -> str | None:
    """Return the quantity's unit, or the 'per 10,000 people' that the measure has."""
    ratio = PER.search(value.measure.words)
    return value.amount.quantity.unit or (" ".join(ratio.group().split()) if ratio else None)


def _trend(value: _Value) -> str | None:
    if value.change is None:
        return None
    return "increase" if value.change.value > 0 else "decrease"


def _span(phrases: Phrases, value: _Value) -> tuple[int, int]:
    changing = value.change.amount.tokens if value.change else ()
    tokens = sorted({*value.measure.tokens, *value.amount.tokens, *changing})
    own = phrases.sentence.tokens
    return own[tokens[0]].start, own[tokens[-1]].end
