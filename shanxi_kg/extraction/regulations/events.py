"""Which of a sentence's events befall a regulation, and when.

A date goes to the event that it hangs on, else to the one right before it; a date in front goes to the next event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from shanxi_kg.dates import DateExpression
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.regulations.event_words import CHANGE, FORCE, Event, find_events, is_approval_of
from shanxi_kg.extraction.regulations.model import FORCES, Title
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

HANGING = frozenset({"nsubj", "nsubjpass", "dobj", "prep", "attr", "conj", "appos", "pobj", "acomp", "dep", "poss"})
ENDING = re.compile(r"\b(?:until|till|through|throughout|up to)(?: the)?(?: end of)? $")
NOT_BEFORE = re.compile(r"\b(?:not|never|nor)\b|n['’]t\b|\b[Ww]ait(?:s|ed|ing)?\b|\bsuspended\b")
ALONG = frozenset(
    {
        ",",
        "and",
        "the",
        "as",
        "well",
        "along",
        "with",
        "its",
        "a",
        "an",
        "new",
        "both",
        ":",
        "together",
        "&",
        '"',
        "“",
        "”",
    }
)


# whose event it is ------------------------------------------------------------------------------------------------
def groups(read: ReadSentence, found: list[Title]) -> list[list[Title]]:
    """Return titles that are listed together ('the Guidelines on X and the Rules on Y') as one group."""
    result: list[list[Title]] = [[title] for title in found[:1]]
    for before, title in pairwise(found):
        between = [t.text.lower() for t in read.sentence.tokens if before.end <= t.start and t.end <= title.start]
        if set(between) <= ALONG:
            result[-1].append(title)
        else:
            result.append([title])
    return result


def events_of(read: ReadSentence, group: list[Title], others: list[list[Title]], found: list[Event]) -> list[Event]:
    """Return the events that befall the titles of a group: those it hangs on, and those between it and the next."""
    start, end = group[0].start, group[-1].end
    after = min((other[0].start for other in others if other[0].start > start), default=read.sentence.end + 1)
    before = max((other[-1].end for other in others if other[-1].end <= start), default=-1)
    tokens = read.sentence.tokens
    apart = [e for e in found if _hangs_on(read.sentence, group, e.token) or _has_clause(read, e, end)]
    inside = [e for e in found if e in apart or not start <= tokens[e.token].start < end]
    behind = [e for e in inside if end <= tokens[e.token].start < after]
    ahead = [e for e in inside if before <= tokens[e.token].start < start]
    near = [e for e in ahead if _reaches(read, e.token, start)]
    found = apart or near or behind
    rest = [e for e in behind if e not in found and _is_same_subject(read, e, end)]
    fronted = [
        e
        for e in ahead
        if e not in found and tokens[e.token].dep in {"advcl", "acl", "amod", "ROOT", "advmod", "acomp", "pcomp"}
    ]
    kept = [*found, *rest, *([e for e in fronted if e.token <= 3])]
    return sorted(set(kept), key=lambda event: event.token)


def _hangs_on(sentence: Sentence, group: list[Title], event: int) -> bool:
    """Tell whether the parse links an event with the head of one of the titles, as its verb or as its clause."""
    for title in group:
        node = title.head
        for ancestor in sentence.ancestors(title.head):
            token, dep = sentence.tokens[ancestor], sentence.tokens[node].dep
            if ancestor == event:
                return dep in HANGING
            if token.pos in {"VERB", "AUX"} and event not in sentence.children[ancestor]:
                break
            if token.pos in {"VERB", "AUX"}:
                return dep in {"nsubj", "nsubjpass", "dobj", "attr"}
            if dep not in {"conj", "appos", "pobj", "prep", "nmod", "compound"} or (
                dep == "pobj" and token.text.lower() not in {"with", "along", "of", "alongside"}
            ):
                break
            node = ancestor
        clauses = [
            c for c in sentence.children[title.head] if sentence.tokens[c].dep in {"acl", "relcl", "appos", "amod"}
        ]
        inner = [
            g
            for c in clauses
            for g in sentence.children[c]
            if sentence.tokens[g].dep in {"acl", "relcl", "conj", "appos"}
        ]
        if event in clauses or event in inner or _is_given(sentence, title.head, event):
            return True
    return False


def _is_given(sentence: Sentence, head: int, event: int) -> bool:
    """Tell whether a verb gives its approval 'to' a title."""
    above = sentence.tokens[sentence.tokens[head].head]
    return above.text.lower() == "to" and event in sentence.ancestors(above.i) and is_approval_of(sentence, event)


def _has_clause(read: ReadSentence, event: Event, end: int) -> bool:
    """Tell whether an event's clause begins right behind a title: 'the rules that Wuxi adopted'."""
    first = read.sentence.at(end)
    if first is not None and read.sentence.tokens[first].text == "," and first + 1 < len(read.sentence.tokens):
        first += 1
    if first is None or event.token <= first or read.sentence.tokens[first].text.lower() not in {"that", "which"}:
        return False
    between = read.sentence.tokens[first : event.token]
    return not any(t.text == "," or t.pos == "VERB" for t in between)


def _reaches(read: ReadSentence, event: int, start: int) -> bool:
    """Tell whether only an article or so stands between a verb and a title ('put into effect rules on …')."""
    between = [t for t in read.sentence.tokens if t.i > event and t.end <= start]
    plain = (
        load_lexicon()["title-opener"]
        | FORCES
        | {"into", "in", "out", "a", "set", "of", "series", "package", "public", '"'}
    )
    return all(token.text.lower() in plain for token in between)


def _is_same_subject(read: ReadSentence, event: Event, end: int) -> bool:
    """Tell whether no other noun than 'which', 'they' or a title's own words can be what befell it."""
    sentence = read.sentence
    subjects = [c for c in sentence.children[event.token] if sentence.tokens[c].dep in {"nsubj", "nsubjpass"}]
    verb = sentence.tokens[event.token]
    if not subjects and verb.dep == "conj":
        return True
    words = {sentence.tokens[c].text.lower() for c in subjects}
    if words and not words & {"which", "that", "they", "it", "both", "these", "document", "regulation"}:
        heads = load_lexicon()["regulation-head"]
        return bool(words & heads) or any(sentence.tokens[c].end <= end for c in subjects)
    objects = [c for c in sentence.children[event.token] if sentence.tokens[c].dep == "dobj"]
    force = {sentence.tokens[c].text.lower() for c in objects} & FORCES
    return not objects or bool(force) or bool({sentence.tokens[c].tag for c in objects} & {"WDT"})


# the dates --------------------------------------------------------------------------------------------------------
def dated(
    context: Context, read: ReadSentence, own: list[Event], inside: list[Title], reach: tuple[int, int]
) -> Iterator[tuple[str, DateExpression, Event]]:
    """Give kind, date and event of the dates that belong to a regulation's own events, none of those in a title."""
    every = find_events(read.sentence)
    allowed = {event.token for event in own}
    for date in context.periods.dates[read.number]:
        if not date.period or date.role == "comparison" or any(t.start <= date.start < t.end for t in inside):
            continue
        if _is_end(context, date):
            continue
        if any(date.end + 1 == title.start for title in inside):
            continue  # 'the 2022 Plan for …'
        if not reach[0] <= date.start < reach[1]:
            continue
        event = _event_of(read, date, every)
        if event and event.token in allowed and event.kind != CHANGE and (date.role == "in" or event.kind == FORCE):
            yield event.kind, date, event


def _is_end(context: Context, date: DateExpression) -> bool:
    """Tell 'applies until the end of 2027' from 'does not apply until Oct 1'."""
    text = context.reading.document.text
    before = text[max(0, date.start - 60) : date.start]
    is_start = NOT_BEFORE.search(before) is not None or text.startswith(", when ", date.end)
    return ENDING.search(before) is not None and not is_start


def _event_of(read: ReadSentence, date: DateExpression, every: list[Event]) -> Event | None:
    sentence = read.sentence
    i = sentence.at(date.start)
    if i is None or not every:
        return None
    at = {event.token: event for event in every}
    before = [event for event in every if event.token < i]
    if before and not _is_parted(sentence, before[-1].token, i):
        return before[-1]
    for ancestor in sentence.ancestors(i):
        if ancestor in at:
            return at[ancestor]
        if sentence.tokens[ancestor].pos in {"VERB", "AUX"}:
            held = [c for c in sentence.children[ancestor] if c in at and sentence.tokens[c].dep != "conj"]
            return at[held[0]] if held else _fronted(i, every)
    return _fronted(i, every)


def _is_parted(sentence: Sentence, event: int, date: int) -> bool:
    """Tell whether another verb stands between an event and a date."""
    between = sentence.tokens[event + 1 : date]
    return any(t.pos == "VERB" and t.dep not in {"amod", "compound"} and t.tag != "VBG" for t in between)


def _fronted(date: int, every: list[Event]) -> Event | None:
    return next((event for event in every if event.token > date), None) if date <= 6 else None
