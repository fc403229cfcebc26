"""Agreements and who they bind: one agreement of all that sign it together, one a partner where somebody signs several.

`frames` finds the noun, the verb and the parties, `parties` reads the lists, `antecedents` what 'it' and 'the two
sides' mean; `denial` drops what is denied or yet to come; `subjects` and `days` give what it is on and when it was
signed. What a later sentence
says of an agreement told before is added to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from shanxi_kg.extraction.agreements.days import signed
from shanxi_kg.extraction.agreements.denial import is_unreal
from shanxi_kg.extraction.agreements.frames import frame_of, frame_within
from shanxi_kg.extraction.agreements.heads import find_heads, is_business, is_definite, later_mention
from shanxi_kg.extraction.agreements.lists import Intro, intro_of, listed_agreement
from shanxi_kg.extraction.agreements.pairs import named_pairs
from shanxi_kg.extraction.agreements.sites import Frame
from shanxi_kg.extraction.agreements.units import Unit, units
from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Agreement, Area, Certainty, Fact, Judgement
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence


def find(context: Context) -> Iterator[Fact]:
    """Give the agreements of a document; what is told again adds the day or the subject that was lacking."""
    found: list[Fact] = []
    intro: Intro | None = None
    for read in context:
        count = len(found)
        for noun in find_heads(context, read):
            _tell(context, read, noun, found)
        intro = intro_of(context, read, intro)
        for fact in listed_agreement(context, read, intro) if intro and len(found) == count else ():
            _add(found, fact, is_again=False)
        for fact in named_pairs(context, read):
            _add(found, fact, is_again=True)
    yield from found


def _tell(context: Context, read: ReadSentence, noun: int, found: list[Fact]) -> None:
    frame = frame_of(context, read, noun)
    if frame is None or is_unreal(read.sentence, frame):
        frame = frame_within(context, read, noun) or frame
    if frame is None:
        _date_later(context, read, noun, found)
    elif not is_unreal(read.sentence, frame):
        is_again = is_definite(read.sentence, noun)
        for unit in units(context, read, frame):
            if not is_business(read.sentence, noun) or _is_of_public_body(read, unit):
                _add(found, _fact(context, read, frame, unit), is_again)


def _is_of_public_body(read: ReadSentence, unit: Unit) -> bool:
    """Tell whether a public body buys, borrows or lends by a paper: such a paper of firms alone is none of ours."""
    named = {body.start for body in read.bodies}
    words = [set(party.party.name.lower().split()) for party in unit.parties]
    heads = load_lexicon()["agency-head"] - load_lexicon()["company-marker"]
    if sum(isinstance(party.party, Area) for party in unit.parties) > 1:
        return True
    return any(party.start in named for party in unit.parties) or any(own & heads for own in words)


def _date_later(context: Context, read: ReadSentence, noun: int, found: list[Fact]) -> None:
    """Add the day of 'the agreement was signed on …' to the agreement told of before."""
    verb = later_mention(read, noun)
    if verb is None or not found:
        return
    content = cast("Agreement", found[-1].content)
    frame = Frame(noun, verb, ())
    day, judgement = signed(context, read, frame)
    if content.signed is None and day and not is_unreal(read.sentence, frame):
        found[-1] = _with(found[-1], replace(content, signed=day), judgement)


def _with(fact: Fact, content: Agreement, judgement: Judgement | None) -> Fact:
    return replace(fact, content=content, judgements=(*fact.judgements, *([judgement] if judgement else [])))


def _fact(context: Context, read: ReadSentence, frame: Frame, unit: Unit) -> Fact:
    content = Agreement(tuple(named.party for named in unit.parties), unit.subject, unit.signed)
    tokens = [read.sentence.tokens[i] for i in (frame.noun, frame.verb) if i is not None]
    spans = [(t.start, t.end) for t in tokens] + [(n.start, n.end) for n in unit.parties if n.start < n.end]
    spans += [(d.start, d.end) for d in context.periods.dates[read.number] if d.period and d.period == unit.signed]
    reading = "The text does not say how many papers were signed; one agreement a partner is read."
    unclear = Judgement(Certainty.AMBIGUOUS, "agreement-a-partner", "party", reading) if unit.is_ambiguous else None
    return context.fact(read, content, min(s for s, _ in spans), max(e for _, e in spans), [unit.judgement, unclear])


def _add(found: list[Fact], fact: Fact, is_again: bool) -> None:
    """Add a fact, or what it says beyond the fact of the same agreement that is known already."""
    other = cast("Agreement", fact.content)
    for i, known in enumerate(found):
        content = cast("Agreement", known.content)
        if _parties(content) != _parties(other):
            continue
        alike = content.subject == other.subject and content.signed in {other.signed, None}
        if alike or is_again or (other.subject is None and other.signed is None):
            merged = replace(content, subject=content.subject or other.subject, signed=content.signed or other.signed)
            found[i] = replace(known, content=merged) if merged != content else known
            return
    found.append(fact)


def _parties(content: Agreement) -> frozenset[str]:
    return frozenset(party.key or party.name.lower() for party in content.parties)
