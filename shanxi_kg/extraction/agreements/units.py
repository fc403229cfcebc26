"""How many agreements a frame tells of: one of all, one a partner, 'one on P and the other on Q', 'respectively'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.agreements.days import Signed, respectively, signed
from shanxi_kg.extraction.agreements.parties import Named
from shanxi_kg.extraction.agreements.sites import Frame, Site
from shanxi_kg.extraction.agreements.subjects import subject_of, subject_within
from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Judgement
from shanxi_kg.mentions import ReadSentence

SEPARATELY = frozenset({"respectively", "separately", "each", "individually"})
IN_TURN = frozenset({"successively"})  # one after the other, but the number of papers stays open
ANCHORS = frozenset({"one", "another", "other", "second", "first", "third", "others"})
BEHIND = frozenset({"with", "on", "for", "between", "concerning", "about", "in", "covering"})
Group = tuple[tuple[Named, ...], bool]


@dataclass(frozen=True, slots=True)
class Unit:
    """One agreement: its parties, what it is on, when it was signed, and whether the count is a reading."""

    parties: tuple[Named, ...]
    subject: str | None
    signed: str | None
    judgement: Judgement | None
    is_ambiguous: bool


def units(context: Context, read: ReadSentence, frame: Frame) -> Iterator[Unit]:
    """Give the agreements that a frame tells of, in order."""
    for part, subject, dated in _parts(context, read, frame):
        groups = _groups(read, part, Site(context, read, frame.noun, frame.verb).end)
        days = respectively(context, read, len(groups)) if _has(read, "respectively") else []
        for i, (parties, is_ambiguous) in enumerate(groups):
            day, judgement = days[i] if days else dated
            yield Unit(parties, subject, day, judgement, is_ambiguous)


def _has(read: ReadSentence, word: str) -> bool:
    return any(token.text.lower() == word for token in read.sentence.tokens)


# parts with a list, a subject or a day of their own -----------------------------------------------------------------
def _parts(context: Context, read: ReadSentence, frame: Frame) -> Iterator[tuple[Frame, str | None, Signed]]:
    anchors = _anchors(read, frame)
    own = subject_of(context, read, frame)
    if not anchors:
        yield from _by_lists(context, read, frame, own)
        return
    is_divided = read.sentence.tokens[anchors[0]].text.lower() in {"one", "first"} and len(anchors) > 1
    starts = anchors if is_divided else [frame.noun, *anchors]
    lead = subject_within(context, read, frame, (frame.noun, anchors[0])) if is_divided else None
    for start, end in zip(starts, [*starts[1:], len(read.sentence.tokens)], strict=True):
        inside = tuple(group for group in frame.partners if start < group[0] < end)
        common = tuple(group for group in frame.partners if group[0] < starts[0] or not _is_split(frame, starts))
        part = Frame(frame.noun, frame.verb, frame.signers, inside or common)
        subject = subject_within(context, read, frame, (start, end)) or (lead if start in anchors else own)
        yield part, subject, signed(context, read, frame, (start, end) if inside else None)


def _is_split(frame: Frame, starts: list[int]) -> bool:
    return len([group for group in frame.partners if group[0] > starts[0]]) > 1


def _anchors(read: ReadSentence, frame: Frame) -> list[int]:
    """Return the tokens of 'one on …', 'another with …', 'the other between …' behind the noun."""
    tokens = read.sentence.tokens
    found = [
        t.i for t in tokens[frame.noun + 1 : -1] if (t.text.lower() in ANCHORS and t.pos != "ADJ") or _is_other(t.text)
    ]
    return [i for i in found if i > frame.noun and i + 1 < len(tokens) and tokens[i + 1].text.lower() in BEHIND]


def _is_other(word: str) -> bool:
    return word.lower() in {"another", "other", "second"}


def _by_lists(
    context: Context, read: ReadSentence, frame: Frame, subject: str | None
) -> Iterator[tuple[Frame, str | None, Signed]]:
    """Give one part for each list with a day of its own ('with B on May 3 and with C on May 9') or each 'between'."""
    marks = [mark for mark, _ in frame.partners]
    ranges = list(zip(marks, [*marks[1:], len(read.sentence.tokens)], strict=False))
    days = [signed(context, read, Frame(frame.noun, None, ()), pair)[0] for pair in ranges]
    subjects = [subject_within(context, read, frame, pair) for pair in ranges]
    if len(marks) > 1 and (all(days) or all(subjects) or not frame.signers):
        for group, pair in zip(frame.partners, ranges, strict=True):
            part = Frame(frame.noun, frame.verb, frame.signers, (group,))
            yield part, subject_within(context, read, part, pair) or subject, signed(context, read, frame, pair)
    else:
        yield frame, subject, signed(context, read, frame)


# groups of parties --------------------------------------------------------------------------------------------------
def _groups(read: ReadSentence, frame: Frame, end: int) -> list[Group]:
    """Return the parties of each agreement that is told before token `end`, and whether their number is open."""
    signers = {named.key for named in frame.signers}
    partners = tuple({n.key: n for _, group in frame.partners for n in group if n.key not in signers}.values())
    is_plural = read.sentence.tokens[frame.noun].tag in {"NNS", "NNPS"}
    words = {token.text.lower() for token in read.sentence.tokens[:end]}
    singly = not SEPARATELY.isdisjoint(words)
    if partners and len(frame.signers) == len(partners) > 1 and _has(read, "respectively"):
        return [(pair, False) for pair in zip(frame.signers, partners, strict=True)]
    if (is_plural or singly or words & IN_TURN) and partners and frame.signers:
        several = len(frame.signers) * len(partners) > 1
        pairs = [(signer, partner) for signer in frame.signers for partner in partners]
        return [(pair, several and not singly) for pair in pairs]
    return [(frame.everyone, False)]
