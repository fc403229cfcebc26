"""Amounts that are listed together, and what is listed in the same order: areas, measures, dates.

'Haikou and Sanya recorded densities of 13 and 11 micrograms' is 13 in Haikou and 11 in Sanya, with 'respectively' or
without it. The amounts of a list share their unit, and what they measure unless that is listed too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from shanxi_kg.extraction.about import AWAY
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.extraction.phrases import list_of
from shanxi_kg.facts import Area
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import BodyMention, PlaceName, ReadSentence

Item = TypeVar("Item")
Run = tuple[Amount, ...]
BRACKET = r"(?:\s?\([^()\n]{1,80}\))?"
SOFT = r"(?:(?:about|around|nearly|over|some|just|roughly|almost|more than|up|down) )*"
AMOUNT_LINK = re.compile(rf"{BRACKET}(?:,|,? and) {SOFT}")
NAME_LINK = re.compile(
    r"(?: (?:city|province|county|district|prefecture|cities|provinces|counties))?(?:,|,? and) (?:the )?"
)
DATE_LINK = re.compile(r"(?:,|,? and) (?:in )?")
PLURALS = frozenset({"their", "they", "both", "two"})
REACH = 2  # sentences back to the list that 'their' points to


def runs_of(phrases: Phrases, amounts: Iterable[Amount]) -> list[Run]:
    """Return the amounts that are listed together, with one unit, two or more in a list."""
    runs: list[list[Amount]] = []
    for amount in amounts:
        if runs and _is_next(phrases, runs[-1][-1], amount):
            runs[-1].append(amount)
        else:
            runs.append([amount])
    return [tuple(run) for run in runs if len(run) > 1 and not _is_span(phrases, run[0])]


def run_with(runs: Iterable[Run], amount: Amount | None) -> Run | None:
    """Return the list that an amount stands in."""
    return next((run for run in runs if amount in run), None)


def whole_run(run: Run) -> Amount:
    """Return a list as one amount, for what all of it measures ('5,000, 300 and 20 patents')."""
    first, last = run[0], run[-1]
    top = last.top if first.noun is not None and last.first <= first.noun <= last.last else first.top
    noun = last.noun if last.noun is not None and last.noun > last.last else first.noun
    inside = noun is not None and first.first <= noun <= last.last
    return replace(last, first=first.first, top=top, noun=None if inside else noun)


def area_beside(context: Context, phrases: Phrases, run: Run, amount: Amount) -> tuple[Area | None, bool]:
    """Return the area that is listed where an amount is, None where as many are not; and whether it is pointed to."""
    found = _areas(context, phrases, run)
    pointed = not _own_areas(context, phrases, run)
    return found[run.index(amount)] if found else None, pointed


def period_beside(context: Context, phrases: Phrases, run: Run, amount: Amount) -> str | None:
    """Return the period that is listed where an amount is ('5 and 7 in 2019 and 2020'), else None."""
    number, text = phrases.read.number, context.reading.document.text
    dates = [date for date in context.periods.dates[number] if date.period]
    groups = _linked([(date.start, date.end, date.period) for date in dates], text, DATE_LINK)
    periods = next((group for group in groups if len(group) == len(run)), None)
    return periods[run.index(amount)] if periods else None


def noun_beside(context: Context, phrases: Phrases, run: Run, amount: Amount) -> list[int] | None:
    """Return the phrase of the noun that is listed where an amount is ('Exports and imports reached 4 and 6 tons')."""
    verb = next((a for a in phrases.sentence.ancestors(run[0].top) if phrases.is_verb(a)), None)
    lexicon = load_lexicon()
    levels = lexicon["level-verb"] | lexicon["change-verb"]
    if verb is None or phrases.sentence.tokens[verb].lemma not in levels or _areas(context, phrases, run):
        return None
    subject = phrases.subject(verb)
    heads = list_of(phrases.sentence, subject) if subject is not None else []
    if len(heads) != len(run) or any(phrases.sentence.tokens[head].pos != "NOUN" for head in heads):
        return None
    head = heads[run.index(amount)]
    others = {i for other in heads if other > head for i in phrases.sentence.subtree(other)}
    return phrases.trimmed([i for i in phrases.noun_phrase(head) if i not in others])


def _is_next(phrases: Phrases, before: Amount, amount: Amount) -> bool:
    text = phrases.context.reading.document.text
    link = text[before.quantity.end : amount.quantity.start]
    return before.quantity.unit == amount.quantity.unit and AMOUNT_LINK.fullmatch(link) is not None


def _is_span(phrases: Phrases, amount: Amount) -> bool:
    """Tell whether a list is none, but the bounds of one number ('between 5 and 7 percent')."""
    return amount.first > 0 and phrases.sentence.tokens[amount.first - 1].text.lower() == "between"


def _areas(context: Context, phrases: Phrases, run: Run) -> list[Area | None]:
    """Return the areas that are listed as the amounts of a run are, in the sentence or where 'their' points to."""
    chosen = _own_areas(context, phrases, run) or _pointed_to(context, phrases, len(run))
    return [_area_of(context, phrases.read.number, mention) for mention in chosen or ()]


def _own_areas(context: Context, phrases: Phrases, run: Run) -> list[PlaceName | BodyMention] | None:
    """Return the list of areas in the sentence that is as long as a run: the nearest before it, else the first."""
    groups = [group for group in _groups(context, phrases.read) if len(group) == len(run)]
    before = [group for group in groups if group[0].start < run[0].quantity.start]
    return next(iter([*reversed(before), *groups]), None)


def _pointed_to(context: Context, phrases: Phrases, count: int) -> list[PlaceName | BodyMention] | None:
    """Return the list that 'their' or 'they' points back to."""
    words = {token.text.lower() for token in phrases.sentence.tokens}
    number = phrases.read.number
    if words.isdisjoint(PLURALS):
        return None
    earlier = reversed(context.reading.sentences[max(0, number - REACH) : number])
    groups = (group for read in earlier for group in _groups(context, read))
    return next((group for group in groups if len(group) == count), None)


def _groups(context: Context, read: ReadSentence) -> Iterator[list[PlaceName | BodyMention]]:
    """Give the lists of areas and bodies of a sentence, less those that something leads to ('sent to A and B')."""
    text, sentence = context.reading.document.text, read.sentence
    own = [place for place in read.places if not any(b.start <= place.start < b.end for b in read.bodies)]
    mentions: list[PlaceName | BodyMention] = sorted([*own, *read.bodies], key=lambda mention: mention.start)
    for group in _linked([(mention.start, mention.end, mention) for mention in mentions], text, NAME_LINK):
        i = sentence.at(group[0].start) or 0
        if len(group) > 1 and not (i and sentence.tokens[i - 1].text.lower() in AWAY):
            yield group


def _linked(items: Iterable[tuple[int, int, Item]], text: str, link: re.Pattern[str]) -> list[list[Item]]:
    """Gather items that stand in one list: nothing but `link` is between their ends and starts."""
    groups: list[list[Item]] = []
    last_end = -1
    for start, end, item in items:
        if groups and link.fullmatch(text[last_end:start]):
            groups[-1].append(item)
        else:
            groups.append([item])
        last_end = end
    return groups


def _area_of(context: Context, number: int, mention: PlaceName | BodyMention) -> Area | None:
    return mention.area if isinstance(mention, PlaceName) else context.areas.of_body(mention, number)[0]
