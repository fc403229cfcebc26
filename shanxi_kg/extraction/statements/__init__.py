"""What somebody says: direct quotes and reported speech, with who says it.

The words of what is said are the document's own. Each attribution is one statement; a sentence that stands in quotes
without one is said by who speaks in the same quotation, else by who spoke in the sentence before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.statements.model import SHORTEST, Saying
from shanxi_kg.extraction.statements.quotes import quote_around, quote_words, quoted_spans
from shanxi_kg.extraction.statements.sayings import is_cue, sayings
from shanxi_kg.extraction.statements.speakers import Speaker, speakers
from shanxi_kg.facts import Certainty, Fact, Judgement, Statement
from shanxi_kg.mentions import ReadSentence


@dataclass(slots=True)
class _Told:
    """A sentence's layout with its sayings, each with who says it."""

    layout: Layout
    said: list[tuple[Saying, list[Speaker]]] = field(default_factory=list)


def find(context: Context) -> Iterator[Fact]:
    """Give the statements of a document, in order."""
    told = list(_told(context))
    spans = quoted_spans(context)
    for number, here in enumerate(told):
        if here.said:
            yield from _stated(here)
        else:
            yield from _continued(context, told, number, spans)


def _told(context: Context) -> Iterator[_Told]:
    latest: Speaker | None = None
    silent = 0
    for read in context:
        here = _Told(Layout.of(context, read))
        if any(is_cue(token) for token in read.sentence.tokens):
            here.said = _spoken(here.layout, latest)
        silent = 0 if here.said else silent + 1
        latest = here.said[-1][1][-1] if here.said else _still(latest, read) if silent < 3 else None
        yield here


def _still(latest: Speaker | None, read: ReadSentence) -> Speaker | None:
    """Return whom 'he' can mean behind a sentence that says nothing: a person whom it names, else who spoke before."""
    if read.persons and (latest is None or latest.kind == "person"):
        return Speaker(read.persons[0].name, "person")
    return latest


def _spoken(layout: Layout, latest: Speaker | None) -> list[tuple[Saying, list[Speaker]]]:
    """Return the sayings of a sentence that have a speaker; a shared one has that of the saying before."""
    found: list[tuple[Saying, list[Speaker]]] = []
    for saying in sayings(layout):
        named = found[-1][1] if saying.shared and found else _speakers(layout, saying, latest)
        if named:
            found.append((saying, named))
            latest = named[-1]
    return found


def _speakers(layout: Layout, saying: Saying, latest: Speaker | None) -> list[Speaker]:
    return speakers(layout, saying.first, saying.last, saying.head, latest)


# facts ------------------------------------------------------------------------------------------------------------
def _stated(here: _Told) -> Iterator[Fact]:
    alone = len(here.said) == 1
    for saying, named in here.said:
        for speaker in named:
            yield _fact(here.layout, saying, speaker, alone)


def _fact(layout: Layout, saying: Saying, speaker: Speaker, alone: bool) -> Fact:
    said = list(saying.said)
    inside = [*said, saying.start, saying.trigger, saying.first, saying.last]
    first, last = (0, len(layout.low) - 1) if alone else (min(inside), max(inside))
    content = Statement(speaker.name, quote_words(layout, said, saying.leads), speaker.kind)
    return layout.context.fact(
        layout.read, content, layout.tokens[first].start, layout.tokens[last].end, [speaker.judgement]
    )


def _continued(context: Context, told: Sequence[_Told], number: int, spans: list[tuple[int, int]]) -> Iterator[Fact]:
    """Give the statement of a sentence that is all in quotes, as said by the speaker of the sentence beside it."""
    layout = told[number].layout
    span = quote_around(layout.read, context, spans)
    said = list(range(len(layout.low)))
    if span is None or len(said) < SHORTEST:
        return
    speaker = _in_same_quote(told, number, span) or _before(context, told, number, spans)
    if speaker:
        reading = f"The sentence stands in quotes beside words of {speaker.name}, and is read as theirs."
        judgement = Judgement(Certainty.INFERRED, "quote-goes-on", "speaker", reading)
        content = Statement(speaker.name, quote_words(layout, said), speaker.kind)
        yield context.fact(layout.read, content, layout.tokens[0].start, layout.tokens[-1].end, [judgement])


def _in_same_quote(told: Sequence[_Told], number: int, span: tuple[int, int]) -> Speaker | None:
    for later in told[number + 1 :]:
        if later.layout.read.sentence.start >= span[1]:
            return None
        if later.said:
            return later.said[0][1][0]
    return None


def _before(context: Context, told: Sequence[_Told], number: int, spans: list[tuple[int, int]]) -> Speaker | None:
    """Return who spoke in the sentence before, over sentences that stand in quotes themselves."""
    for earlier in reversed(told[:number]):
        if earlier.said:
            return earlier.said[-1][1][-1]
        if quote_around(earlier.layout.read, context, spans) is None:
            return None
    return None
