"""Where and when a value holds: the area and the period of an amount, with the judgements that finding them took."""

from __future__ import annotations

import re

from shanxi_kg.extraction.areas import AreaFound
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.counted import Measure
from shanxi_kg.extraction.indicators.lists import area_beside, period_beside, run_with, runs_of
from shanxi_kg.extraction.indicators.percents import whole_of
from shanxi_kg.extraction.indicators.phrases import OPENERS, Phrases
from shanxi_kg.extraction.indicators.surroundings import is_compared, place_acting, place_beside
from shanxi_kg.extraction.periods import NEVER, PeriodFound
from shanxi_kg.facts import Certainty, Indicator, Judgement

SHARE_OF_IT = re.compile(r", of the (?:\w+ )?total$", re.IGNORECASE)
LEFT_UNSAID = frozenset({"the", "these", "those", "them"})


def area_of(
    context: Context, phrases: Phrases, amount: Amount, measure: Measure, before: Indicator | None
) -> AreaFound:
    """Return the area of an amount; `before` is the indicator that a sentence pointing back ("This is") points to."""
    if before and not measure.tokens:
        return before.area, _carried("area", before.area.name if before.area else None)
    run = run_with(runs_of(phrases, phrases.amounts), amount)
    paired, pointed = area_beside(context, phrases, run, amount) if run else (None, False)
    if paired is not None:
        return paired, _carried("area", paired.name) if pointed else None
    beside = place_beside(phrases, amount)
    beside = place_acting(phrases, amount, measure.tokens) if beside is None else beside
    if beside is not None:
        return next(ref.area for ref in context.areas.refs[phrases.read.number] if ref.token == beside), None
    whole = whole_of(phrases, amount) or ()
    return context.areas.at(phrases.read.number, amount.top, _near(phrases, measure), whole)


def period_of(
    context: Context, phrases: Phrases, amount: Amount, measure: Measure, before: Indicator | None, is_changed: bool
) -> PeriodFound:
    """Return the period of an amount; what another is compared with has only one that stands right behind it.

    `is_changed` where its change is told, too; `before` is what the sentence before counted.
    """
    if before and not measure.tokens:
        return before.period, _carried("period", before.period)
    number = phrases.read.number
    run = run_with(runs_of(phrases, phrases.amounts), amount)
    paired = period_beside(context, phrases, run, amount) if run else None
    if paired is not None:
        return paired, None
    if is_compared(phrases, amount):
        date = context.periods.beside(number, phrases.sentence.tokens[amount.last].end)
        return (date.period, context.periods.judgement(date)) if date else _year_before(context, phrases, amount)
    found = context.periods.at(number, amount.top, without=_dates_of_compared(context, phrases, amount))
    if found[0]:
        return found
    series = _of_series(phrases, measure, before, is_changed)
    return series if series[0] else context.periods.above(number)


def _year_before(context: Context, phrases: Phrases, amount: Amount) -> PeriodFound:
    """Return the period a year before that of the amount which this one is compared with, where the words say so."""
    earlier = [a for a in phrases.amounts if a.last < amount.first and a.quantity.unit == amount.quantity.unit]
    number = phrases.read.number
    main = context.periods.at(number, earlier[-1].top)[0] if earlier else None
    return context.periods.year_before(number, amount.quantity.end, main) if main else NEVER


def _dates_of_compared(context: Context, phrases: Phrases, amount: Amount) -> set[int]:
    """Return the offsets of dates right behind what an amount is compared with ('against 18 percent in 2015')."""
    others = (a for a in phrases.amounts if a != amount and is_compared(phrases, a))
    dates = (context.periods.beside(phrases.read.number, a.quantity.end) for a in others)
    return {date.start for date in dates if date}


def _of_series(phrases: Phrases, measure: Measure, before: Indicator | None, is_changed: bool) -> PeriodFound:
    """Return the period of what was counted right before, for a part or a share of it whose own is left unsaid."""
    if before is None or before.period is None or phrases.dates:
        return NEVER
    is_part = is_changed and before.change is not None
    first, second = (token.text.lower() for token in phrases.sentence.tokens[:2])
    of_it = SHARE_OF_IT.search(measure.words)
    figure = len(measure.tokens) == 1 and phrases.sentence.tokens[measure.tokens[0]].text.lower() == "figure"
    if is_part or of_it or figure or (first == "of" and second in LEFT_UNSAID):
        return before.period, _carried("period", before.period)
    return NEVER


def _carried(field: str, value: str | None) -> Judgement | None:
    reading = f"The {field} is read as {value}: the sentence points back to what the one before counts."
    return Judgement(Certainty.INFERRED, "what-the-sentence-points-to", field, reading) if value else None


def _near(phrases: Phrases, measure: Measure) -> set[int]:
    """Return the tokens whose areas are the measure's: the whole phrase of its noun, less what is coordinated."""
    if measure.noun is None:
        return set(measure.tokens)
    own = phrases.sentence.tokens
    below = phrases.sentence.children[measure.noun]
    others = [c for c in below if own[c].dep in {"conj", "relcl", "appos", "acl"} or own[c].text.lower() in OPENERS]
    return {*measure.tokens, *phrases.sentence.subtree(measure.noun, without=others)}
