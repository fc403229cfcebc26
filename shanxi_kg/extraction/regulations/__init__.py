"""Laws, regulations, plans, guidelines and standards: named by a title, or described with what befell them.

`titles` finds them, `events` what befell them and when. A title in capitals or quotation marks counts by itself; a
described one ('a regulation on …') where it is issued or in force, or where something is done 'under' it. 'The
regulation' later on adds its dates to the one told of before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.regulations.brackets import bracketed
from shanxi_kg.extraction.regulations.event_words import CHANGE, FORCE, ISSUE, Event, find_events
from shanxi_kg.extraction.regulations.events import events_of, groups
from shanxi_kg.extraction.regulations.fields import area_of, days_of, is_public
from shanxi_kg.extraction.regulations.model import Title, is_head
from shanxi_kg.extraction.regulations.titles import find_titles
from shanxi_kg.facts import Fact, Regulation
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

ANYWHERE = (0, 10**9)
GROUNDS = frozenset({"under", "with", "to", "on", "in", "by"})
GROUND_WORDS = frozenset(
    {"accordance", "line", "according", "pursuant", "basis", "based", "keeping", "compliance", "required", "stipulated"}
)
GENERAL = frozenset({"regulation", "regulations", "rules", "law", "laws"})  # words for any of them
POINTERS = frozenset({"it", "they", "document", "documents", "paper", "text", "both", "these", "which"})


def find(context: Context) -> Iterator[Fact]:
    """Give one fact a regulation; a later mention of it adds the dates that the first lacks."""
    found: list[Fact] = []
    ahead: ReadSentence | None = None  # a sentence that dates 'the measures' that only the next one names
    for read in context:
        told = list(_told(context, read))
        if ahead:
            told = _dated_before(context, ahead, told)
        ahead = None
        for fact in told:
            _add(found, fact)
        if not told and _is_known(read, found):
            found[-1] = _dated_later(context, read, found[-1])
        elif not told:
            ahead = read
    yield from found


def _is_known(read: ReadSentence, found: list[Fact]) -> bool:
    """Tell whether what a sentence points to can be the regulation told last: by its head noun, or by none at all."""
    heads = {t.text.lower() for t in read.sentence.tokens if is_head(t) and t.dep in {"nsubj", "nsubjpass"}}
    return bool(found) and not (heads and heads.isdisjoint(_words(found[-1])) and heads.isdisjoint(GENERAL))


def _words(fact: Fact) -> set[str]:
    return set(_key(fact).split())


def _dated_before(context: Context, ahead: ReadSentence, told: list[Fact]) -> list[Fact]:
    """Add to the regulation that a sentence names the days that the one before tells of 'the measures'."""
    heads = {t.text.lower() for t in ahead.sentence.tokens if is_head(t) and t.dep in {"nsubj", "nsubjpass"}}
    if not told or heads.isdisjoint(_words(told[0])):
        return told
    return [_dated_later(context, ahead, told[0]), *told[1:]]


def _told(context: Context, read: ReadSentence) -> Iterator[Fact]:
    named = find_titles(context, read)
    if not named:
        return
    every = find_events(read.sentence)
    kept = [t for t in named if not t.is_described or _may_be(read, t)]
    kept = [t for t in kept if not _is_held(read, t, kept, every)]
    listed = groups(read, kept)
    own: list[Event] = []
    for i, group in enumerate(listed):
        found = events_of(read, group, [other for other in listed if other is not group], every)
        own = found or (own if _goes_on(read.sentence, group) else [])
        reach = _reach(listed, i)
        for title in group:
            if _counts(read, title, own):
                yield _fact(context, read, title, own, kept, reach)


def _goes_on(sentence: Sentence, group: list[Title]) -> bool:
    """Tell whether an 'and' links a group with what befell the one before ('approved A on May 3 and B on May 9')."""
    first = sentence.at(group[0].start) or 0
    return bool({t.text.lower() for t in sentence.tokens[max(0, first - 2) : first]} & {"and", ","})


def _reach(listed: list[list[Title]], i: int) -> tuple[int, int]:
    """Return the offsets between which a date can be a group's: from it to the next, the first from the very start."""
    start = listed[i][0].start if i else 0
    return start, listed[i + 1][0].start if i + 1 < len(listed) else ANYWHERE[1]


def _is_held(read: ReadSentence, title: Title, kept: list[Title], every: list[Event]) -> bool:
    """Tell whether a title only stands in the words of one described that counts, or the other way round."""
    around = [t for t in kept if t is not title and t.start <= title.start and title.end <= t.end]
    held = [t for t in kept if t is not title and title.start <= t.start and t.end <= title.end]
    if around:
        return _counts(read, around[0], events_of(read, around[:1], [], every))
    return bool(held) and not _counts(read, title, events_of(read, [title], [], every))


def _may_be(read: ReadSentence, title: Title) -> bool:
    """Tell whether a described regulation is one by itself, not 'no regulation' and not one of a company."""
    tokens = read.sentence.tokens
    before = {token.text.lower() for token in tokens[max(0, title.head - 6) : title.head] if token.start >= title.start}
    edge = read.sentence.at(title.start) or 0
    return not ({"no", "any", "neither", "nor", "draft"} & (before | {tokens[edge - 1].text.lower() if edge else ""}))


def _counts(read: ReadSentence, title: Title, own: list[Event]) -> bool:
    open_only = bool(own) and all(event.is_open for event in own)
    if not title.is_described:
        return not open_only and (bool(own) or read.sentence.tokens[title.head].text != "Program")
    real = [event for event in own if not event.is_open]
    if real and not open_only:
        return is_public(read, title, real)
    return not own and _is_ground(read.sentence, title.head) and len(title.text.split()) > 1


def _is_ground(sentence: Sentence, head: int) -> bool:
    """Tell whether something is done by a regulation: 'under the latest IP plan', 'in line with rules on …'."""
    token = sentence.tokens[head]
    above = sentence.tokens[token.head]
    if token.dep != "pobj" or above.text.lower() not in GROUNDS:
        return False
    before = {t.text.lower() for t in sentence.tokens[max(0, above.i - 2) : above.i]}
    rich = [c for c in sentence.children[head] if sentence.tokens[c].dep in {"compound", "amod", "prep", "nmod"}]
    plain = all(sentence.tokens[c].text.lower() in load_lexicon()["title-opener"] for c in rich)
    return (above.text.lower() == "under" or bool(before & GROUND_WORDS)) and bool(rich) and not plain


# the facts --------------------------------------------------------------------------------------------------------
def _fact(
    context: Context, read: ReadSentence, title: Title, own: list[Event], named: list[Title], reach: tuple[int, int]
) -> Fact:
    area, area_judgement = area_of(context, read, title, own)
    days = days_of(context, read, own, named, reach)
    told = dict(bracketed(context, read, title.end))
    issued, in_force = (told[kind].period if kind in told else None for kind in (ISSUE, FORCE))
    content = Regulation(title.text, area, days.issued or issued, days.in_force or in_force)
    dates = [*days.dates, *told.values()]
    start = min([title.start, *(d.start for d in dates)])
    end = max([title.end, *(d.end for d in dates)])
    return context.fact(read, content, start, end, [area_judgement, *days.judgements])


def _add(found: list[Fact], fact: Fact) -> None:
    for i, known in enumerate(found):
        if _key(fact) == _key(known):
            one, two = cast("Regulation", known.content), cast("Regulation", fact.content)
            merged = replace(one, issued=one.issued or two.issued, in_force=one.in_force or two.in_force)
            found[i] = replace(known, content=merged) if merged != one else known
            return
    found.append(fact)


def _key(fact: Fact) -> str:
    return re.sub(r"\W+", " ", cast("Regulation", fact.content).title.lower()).strip()


def _dated_later(context: Context, read: ReadSentence, fact: Fact) -> Fact:
    """Add the dates of a sentence in which 'the regulation' or 'it' is issued or takes effect."""
    sentence = read.sentence
    own = [e for e in find_events(sentence) if not e.is_open and e.kind != CHANGE and _is_pointed(sentence, e.token)]
    if not own:
        return fact
    content = cast("Regulation", fact.content)
    days = days_of(context, read, own, [], ANYWHERE, is_issued=content.issued is not None)
    dated = replace(content, issued=content.issued or days.issued, in_force=content.in_force or days.in_force)
    return replace(fact, content=dated, judgements=(*fact.judgements, *days.judgements)) if dated != content else fact


def _is_pointed(sentence: Sentence, event: int) -> bool:
    """Tell whether the subject of an event is 'it', 'the document' or 'the regulation', or its object is 'them'."""
    objects = [sentence.tokens[c].text.lower() for c in sentence.children[event] if sentence.tokens[c].dep == "dobj"]
    objects = objects or [token.text.lower() for token in sentence.tokens[event + 1 : event + 2]]  # 'made it public'
    if objects and objects[0] in {"it", "them", "this", "these"}:
        return True
    node = event
    for verb in (event, *sentence.ancestors(event)):
        subjects = [c for c in sentence.children[verb] if sentence.tokens[c].dep in {"nsubj", "nsubjpass"}]
        if subjects:
            token = sentence.tokens[subjects[0]]
            return token.text.lower() in POINTERS or is_head(token)
        if sentence.tokens[node].dep not in {"conj", "acomp", "prep", "xcomp", "advmod", "advcl", "acl"}:
            return False
        node = verb
    return False
