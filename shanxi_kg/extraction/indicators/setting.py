"""Where and when a value holds: the area and the period of an amount, with the judgements that finding them took."""

from __future__ import annotations

from shanxi_kg.extraction.areas import AreaFound
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.indicators.amounts import Amount, find_amounts
from shanxi_kg.extraction.indicators.counted import Measure
from shanxi_kg.extraction.indicators.lists import paired
from shanxi_kg.extraction.indicators.percents import whole_of
from shanxi_kg.extraction.indicators.phrases import OPENERS, Phrases
from shanxi_kg.extraction.indicators.surroundings import is_compared, is_starting_point, place_acting, place_beside
from shanxi_kg.extraction.periods import NEVER, PeriodFound
from shanxi_kg.facts import Certainty, Indicator, Judgement


def area_of(
    context: Context, phrases: Phrases, amount: Amount, measure: Measure, before: Indicator | None
) -> AreaFound:
    """Return the area of an amount; `before` is the indicator that a sentence pointing back ("This is") points to."""
    if before and not measure.tokens:
        return before.area, _carried("area", before.area.name if before.area else None)
    listed = paired(phrases, amount, find_amounts(phrases.read))
    if listed is not None:
        return listed, None
    beside = place_beside(phrases, amount)
    beside = place_acting(phrases, amount, measure.tokens) if beside is None else beside
    near = _near(phrases, measure) if beside is None else {beside}
    return context.areas.at(phrases.read.number, amount.top, near, whole_of(phrases, amount) or ())


def period_of(
    context: Context, phrases: Phrases, amount: Amount, measure: Measure, before: Indicator | None
) -> PeriodFound:
    """Return the period of an amount; what something rose from has only one that stands right behind it."""
    if before and not measure.tokens:
        return before.period, _carried("period", before.period)
    number = phrases.read.number
    if is_starting_point(phrases, amount) or is_compared(phrases, amount):
        date = context.periods.beside(number, phrases.sentence.tokens[amount.last].end)
        return (date.period, context.periods.judgement(date)) if date else NEVER
    return context.periods.at(number, amount.top)


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
