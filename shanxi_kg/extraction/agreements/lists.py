"""Lists of agreements as reports print them: a heading or a line with a colon, then an item without a verb for each.

'Agreements signed last month' / '18 February: A with B, on S.'; 'Papers signed by the bureau:' / '- with B, on S (12
April)'; '(a) a memorandum on S, by A and B;'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.dates import DateExpression
from shanxi_kg.extraction.agreements.parties import Named, listed
from shanxi_kg.extraction.agreements.subjects import about
from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Agreement, Fact, Judgement
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
LEADING = frozenset({"-", "–", "—", "•", "*", ":"})
PAPERS = frozenset({"paper", "papers", "document", "documents", "deal", "deals"})
WORD = re.compile(r"[a-z-]+")


@dataclass(frozen=True, slots=True)
class Intro:
    """What the line above a list says of all its items: the paragraph where it stands, who signed, and when."""

    paragraph: int
    signers: tuple[Named, ...] = ()
    date: DateExpression | None = None


def intro_of(context: Context, read: ReadSentence, before: Intro | None) -> Intro | None:
    """Return the line that announces a list at or above a sentence; `before` is that of the sentence before."""
    tokens = read.sentence.tokens
    if tokens[-1].text == ":" and _announces([t.text for t in tokens]):
        by = next((t.i for t in tokens if t.text.lower() == "by"), None)
        signers = listed(context, read, by + 1, len(tokens)) if by is not None else ()
        dates = [date for date in context.periods.dates[read.number] if date.period]
        return Intro(read.sentence.paragraph, signers, dates[0] if dates and len(dates[0].period or "") > 4 else None)
    if before and read.sentence.paragraph == before.paragraph + 1 and _is_item(read):
        return Intro(read.sentence.paragraph, before.signers, before.date)
    heading = read.sentence.heading
    is_under = heading is not None and _announces(heading.split()) and _is_item(read)
    return Intro(read.sentence.paragraph) if is_under else None


def _announces(words: list[str]) -> bool:
    """Tell whether words speak of papers that were signed."""
    lexicon = load_lexicon()
    lower = {word for text in words for word in WORD.findall(text.lower())}
    papers = lexicon["agreement-head"] | PAPERS
    named = any(word in papers or word.removesuffix("s") in papers for word in lower)
    return named and bool(lower & {"signed", "concluded", "sealed", "inked", "reached"})


def _is_item(read: ReadSentence) -> bool:
    return not any(token.tag in FINITE for token in read.sentence.tokens)


def listed_agreement(context: Context, read: ReadSentence, intro: Intro) -> Iterator[Fact]:
    """Give the agreement that an item of a list tells of, if it names two parties."""
    parties = _parties(context, read, intro)
    if len(parties) < 2 or not _is_item(read):
        return
    own = [date for date in context.periods.dates[read.number] if date.period]
    date = own[0] if own else intro.date
    subjects = (about(context, read, t.i) for t in read.sentence.tokens if t.text.lower() == "on")
    subject = next((subject for subject in subjects if subject), None)
    inside = [(named.start, named.end) for named in parties if read.sentence.start <= named.start < read.sentence.end]
    inside += [(found.start, found.end) for found in own[:1]]
    judgement: Judgement | None = context.periods.judgement(date, "signed") if date else None
    content = Agreement(tuple(named.party for named in parties), subject, date.period if date else None)
    yield context.fact(read, content, min(s for s, _ in inside), max(e for _, e in inside), [judgement])


def _parties(context: Context, read: ReadSentence, intro: Intro) -> tuple[Named, ...]:
    """Return who an item binds: 'A with B', 'with B' of the signers above, 'by A and B', 'between A and B'."""
    tokens, stop = read.sentence.tokens, len(read.sentence.tokens)
    mark = next((t.i for t in tokens if t.text.lower() in {"with", "by", "between", "and"}), None)
    if mark is None or tokens[mark].text.lower() == "and":
        return ()
    first = next((t.i + 1 for t in reversed(tokens[:mark]) if t.text in LEADING), 0)
    before = listed(context, read, first, mark) if tokens[mark].text.lower() == "with" else ()
    signers = before or (intro.signers if tokens[mark].text.lower() == "with" else ())
    found = {named.key: named for named in (*signers, *listed(context, read, mark + 1, stop))}
    return tuple(found.values())
