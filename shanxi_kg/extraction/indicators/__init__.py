"""Stated quantities: what is counted, how many, where, when, whether reached or aimed at, and how it changed.

A growth beside a value is that value's change; a growth alone is an indicator; a share is measured against its whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.asides import BRACKET_BEHIND, Aside, aside_of
from shanxi_kg.extraction.indicators.counted import Measure
from shanxi_kg.extraction.indicators.lists import Run, noun_beside, run_with, runs_of, whole_run
from shanxi_kg.extraction.indicators.measures import measure_of
from shanxi_kg.extraction.indicators.percents import (
    Change,
    change_of,
    changed_amount,
    grown,
    is_share,
    whole_of,
)
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.extraction.indicators.setting import area_of, period_of
from shanxi_kg.extraction.indicators.status import is_ahead, is_over, is_target
from shanxi_kg.extraction.periods import NEVER, PeriodFound
from shanxi_kg.facts import Fact, Indicator
from shanxi_kg.language import Token
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
    aside: Aside | None = None


def find(context: Context) -> Iterator[Fact]:
    """Give the stated quantities of a document, sentence by sentence."""
    before: Indicator | None = None
    recent: list[Indicator] = []
    for read in context:
        if read.quantities:
            phrases = Phrases(context, read)
            pointed = _pointed(read, before, recent)
            counted = before.measure if before and before.unit is None else None
            facts = [_fact(context, phrases, value, before) for value in _values(phrases, pointed, counted)]
            yield from facts
            recent = [fact.content for fact in facts if isinstance(fact.content, Indicator)] or recent
            before = next((content for content in reversed(recent) if content.unit != "percent"), before)


def _pointed(read: ReadSentence, before: Indicator | None, recent: list[Indicator]) -> Measure | None:
    """Return what the sentence before measured, where the subject is that: 'This is 45 percent of …', 'the figure'.

    A figure is the last of `recent` in the same unit, 'this' what was counted last, no share of it.
    """
    own = read.sentence.tokens
    subjects = (t for t in own if t.dep == "nsubj" and t.text.lower() in {"figure", "number", "total"})
    bare = (t.i for t in subjects if {own[c].dep for c in read.sentence.children[t.i]} == {"det"})
    figure = next(bare, None)
    if figure is not None:
        unit = read.quantities[0].unit
        last = next((indicator for indicator in reversed(recent) if indicator.unit == unit), before)
        return Measure(last.measure, (figure,)) if last else None
    return Measure(before.measure, ()) if before and _points_back(own[0]) else None


def _points_back(first: Token) -> bool:
    return first.lemma.lower() in {"this", "that", "it", "they", "these", "both"} and first.dep in {
        "nsubj",
        "nsubjpass",
    }


def _values(phrases: Phrases, before: Measure | None, told: str | None) -> Iterator[_Value]:
    amounts = phrases.amounts
    runs = runs_of(phrases, amounts)
    changes = {change.amount: change for change in _changes(phrases, amounts, runs)}
    values = [amount for amount in amounts if amount not in changes]
    owners = {amount: _owner(phrases, change, values, runs) for amount, change in changes.items()}
    by_owner = {owner: changes[amount] for amount, owner in reversed(owners.items()) if owner}
    last = before
    for amount in amounts:
        if amount in changes:
            if owners[amount] is None:
                yield from _growth(phrases, changes[amount], run_with(runs, amount), last)
            continue
        measure = _measure_in(phrases, amount, last, run_with(runs, amount)) or _of_those(phrases, amount, told)
        if measure:
            aside = aside_of(phrases, amount, _limit(phrases, amount, amounts))
            changed = aside if aside and aside.change is not None else None
            yield _Value(amount, measure, amount.quantity.value, by_owner.get(amount), changed)
            if aside and aside.value is not None:
                yield _Value(amount, measure, aside.value, None, aside)
            last = measure if amount.quantity.unit != "percent" or last is None else last


def _of_those(phrases: Phrases, amount: Amount, told: str | None) -> Measure | None:
    """Match 'Twelve have opened' and 'Yichang got 3 of them' behind a sentence that counts what they are."""
    own = phrases.sentence.tokens
    if told is None or amount.noun is not None or amount.quantity.unit is not None:
        return None
    verb, dep = own[amount.top].head, own[amount.top].dep
    there = any(own[c].dep == "expl" for c in phrases.sentence.children[verb])  # 'There were 97 last year'
    if own[verb].pos not in {"VERB", "AUX"} or not (dep in {"nsubj", "nsubjpass", "dobj"} or there):
        return None
    said = [i for i in phrases.verb_phrase(verb) if i not in amount.tokens and own[i].pos not in {"PRON", "ADP"}]
    said = [i for i in said if own[i].lemma not in {"be", "have"}]
    return Measure(f"{told} {phrases.words(said)}".strip(), (verb,))


def _limit(phrases: Phrases, amount: Amount, amounts: list[Amount]) -> int:
    """Return the offset up to which a bracket is an amount's own: that of the next amount, else the sentence's end."""
    bracket = BRACKET_BEHIND.match(phrases.context.reading.document.text, phrases.sentence.end)
    end = bracket.end() if bracket else phrases.sentence.end
    return next((a.quantity.start for a in amounts if a.first > amount.last), end)


def _changes(phrases: Phrases, amounts: list[Amount], runs: list[Run]) -> Iterator[Change]:
    """Give the changes among amounts; those of a list all go the way of its first ('up 38.4 and 22.1 percent')."""
    for amount in amounts:
        run = run_with(runs, amount)
        change = change_of(phrases, run[0] if run else amount)
        if change and run:
            yield Change(amount, amount.quantity.value.copy_sign(change.value))
        elif change:
            yield change


def _owner(phrases: Phrases, change: Change, values: list[Amount], runs: list[Run]) -> Amount | None:
    """Return the value that a change belongs to, for one of a list the one at its place in the list of values."""
    run = run_with(runs, change.amount)
    if run is None:
        return changed_amount(phrases, change, values)
    owner = changed_amount(phrases, replace(change, amount=whole_run(run)), values)
    owners = run_with(runs, owner)
    if owners is None or len(owners) != len(run):
        return None
    return owners[run.index(change.amount)]


def _measure_in(phrases: Phrases, amount: Amount, last: Measure | None, run: Run | None) -> Measure | None:
    """Return what an amount measures; in a list that is what all of it does, unless as many nouns are listed."""
    if run is None:
        return _measure(phrases, amount, last)
    noun = noun_beside(phrases.context, phrases, run, amount)
    if noun:
        return Measure(phrases.words(noun), tuple(noun))
    return _measure(phrases, whole_run(run), last)


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
    nearer = last is None or (subject is not None and _is_nearer(phrases, subject, last))
    if subject is not None and nearer and not phrases.is_place(subject) and own[subject].pos != "PRON":
        part = phrases.noun_phrase(subject)
        return Measure(f"{phrases.words(part)}, {words}", (*part, *whole))
    if last:
        return Measure(f"{last.words}, {words}", (*last.tokens, *whole), last.noun)
    is_share_verb = verb is None or own[verb].lemma in load_lexicon()["share-verb"]
    said = [] if verb is None or is_share_verb else [i for i in phrases.verb_phrase(verb) if i not in whole]
    return Measure(f"{phrases.words(said) or 'share'} {words}", (*said, *whole))


def _is_nearer(phrases: Phrases, subject: int, last: Measure) -> bool:
    """Tell whether a subject stands behind what was measured last, or around it ('a zone with 46 firms accounts …')."""
    if subject > max(last.tokens, default=len(phrases.sentence.tokens)):
        return True
    inside = set(last.tokens) <= set(phrases.sentence.subtree(subject))
    return bool(last.tokens) and inside and last.noun != subject


def _growth(phrases: Phrases, change: Change, run: Run | None, last: Measure | None) -> Iterator[_Value]:
    noun = noun_beside(phrases.context, phrases, run, change.amount) if run else None
    phrase = noun or grown(phrases, whole_run(run) if run else change.amount)
    if phrase and last and last.noun is not None and _is_owner(phrases, phrase):
        words = phrases.words(_without_owner(phrases, last.noun))
        yield _Value(change.amount, Measure(f"{words} growth", tuple(phrase)), change.value)
    elif phrase:
        words = phrases.words(phrase)
        named = words.split()[-1].lower() in {"growth", "increase"}
        measure = Measure(words if named else f"{words} growth", tuple(phrase), phrase[-1])
        yield _Value(change.amount, measure, change.value)


def _is_owner(phrases: Phrases, phrase: list[int]) -> bool:
    """Tell whether a phrase is an area's name with an 's alone ("while Yichang's rose 7.6 percent")."""
    behind = phrase[0] + 1
    return phrase[0] in phrases.places and phrases.sentence.tokens[behind].tag == "POS"


def _without_owner(phrases: Phrases, noun: int) -> list[int]:
    """Return the phrase of a noun without whose it is."""
    own = phrases.sentence.tokens
    owners = [c for c in phrases.sentence.children[noun] if own[c].dep == "poss"]
    owned = {i for c in owners for i in phrases.sentence.subtree(c)}
    return [i for i in phrases.noun_phrase(noun) if i not in owned]


def _fact(context: Context, phrases: Phrases, value: _Value, before: Indicator | None) -> Fact:
    area, area_judgement = area_of(context, phrases, value.amount, value.measure, before)
    period, period_judgement = _period(context, phrases, value, before)
    change = _change(value)
    target = _is_target(context, phrases, value, period)
    if target and period and is_over(context, period):
        period, period_judgement = NEVER
    content = Indicator(
        measure=value.measure.words,
        value=value.value,
        unit=_unit(value),
        area=area,
        period=period,
        status="target" if target else "actual",
        change=change,
        trend=None if change is None else "increase" if change > 0 else "decrease",
    )
    start, end = _span(phrases, value)
    return context.fact(phrases.read, content, start, end, [area_judgement, period_judgement])


def _period(context: Context, phrases: Phrases, value: _Value, before: Indicator | None) -> PeriodFound:
    aside = value.aside
    if aside is None or aside.value is None:
        return period_of(context, phrases, value.amount, value.measure, before, _change(value) is not None)
    return (aside.period.period, context.periods.judgement(aside.period)) if aside.period else NEVER


def _is_target(context: Context, phrases: Phrases, value: _Value, period: str | None) -> bool:
    aside = value.aside
    if aside is None or aside.value is None:
        return is_target(context, phrases, value.amount, period)
    return aside.is_goal or is_ahead(context, period)


def _change(value: _Value) -> Decimal | None:
    if value.change:
        return value.change.value
    return value.aside.change if value.aside else None


def _unit(value: _Value) -> str | None:
    """Return the quantity's unit, or the 'per 10,000 people' that the measure has."""
    ratio = PER.search(value.measure.words)
    return value.amount.quantity.unit or (" ".join(ratio.group().split()) if ratio else None)


def _span(phrases: Phrases, value: _Value) -> tuple[int, int]:
    changing = value.change.amount.tokens if value.change else ()
    tokens = sorted({*value.measure.tokens, *value.amount.tokens, *changing})
    own = phrases.sentence.tokens
    return own[tokens[0]].start, max(own[tokens[-1]].end, value.aside.end if value.aside else 0)
