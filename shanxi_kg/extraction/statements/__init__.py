"""What somebody says: direct quotes and reported speech, with who says it.

The words of what is said are the document's own. Each attribution is one statement, with all sentences of its
quotation; a quotation without one is said by who spoke in the sentence before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.statements.model import SHORTEST, Saying
from shanxi_kg.extraction.statements.quotes import QUOTES, quote_around, quote_words, quoted_spans
from shanxi_kg.extraction.statements.sayings import is_cue, sayings
from shanxi_kg.extraction.statements.speakers import Speaker, speakers, subjects_of
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
    done: set[int] = set()
    for number in range(len(told)):
        if number in done:
            continue
        run = _same_quote(told, number, spans)
        speaking = next((i for i in run if told[i].said), None)
        if speaking is None:
            yield from _continued(context, told, run, spans)
        else:
            yield from _stated(
                told[speaking],
                [told[i].layout for i in run if i < speaking],
                [told[i].layout for i in run if i > speaking],
            )
        done.update(run)


def _same_quote(told: Sequence[_Told], number: int, spans: list[tuple[int, int]]) -> list[int]:
    """Return a sentence and those behind it that one quotation joins to it, the one that says whose it is included."""
    run = [number]
    for later in range(number + 1, len(told)):
        end = told[later - 1].layout.read.sentence.end
        start = told[later].layout.read.sentence.start
        joined = any(a < end and start < b for a, b in spans)
        if not joined or (told[later].said and any(told[i].said for i in run)):
            break
        run.append(later)
    return run


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
def _stated(here: _Told, lead: Sequence[Layout], tail: Sequence[Layout]) -> Iterator[Fact]:
    """Give the statements of a sentence; `lead` and `tail` are the sentences that stand in the same quotation."""
    alone = len(here.said) == 1
    for saying, named in here.said:
        for speaker in named:
            first = lead if saying is here.said[0][0] else ()
            last = tail if saying is here.said[-1][0] else ()
            yield _fact(here.layout, saying, speaker, alone, first, last)


def _fact(
    layout: Layout, saying: Saying, speaker: Speaker, alone: bool, lead: Sequence[Layout], tail: Sequence[Layout]
) -> Fact:
    said = list(saying.said)
    inside = [*said, saying.start, saying.trigger, saying.first, saying.last]
    first, last = (0, len(layout.low) - 1) if alone else (min(inside), max(inside))
    words = [
        *(_whole(other) for other in lead),
        quote_words(layout, said, saying.leads),
        *(_whole(other) for other in tail),
    ]
    start = lead[0].tokens[0].start if lead else layout.tokens[first].start
    end = tail[-1].tokens[-1].end if tail else layout.tokens[last].end
    content = Statement(speaker.name, _sentences(words), speaker.kind)
    return layout.context.fact(layout.read, content, start, end, [speaker.judgement])


def _whole(layout: Layout) -> str:
    """Return the words of a sentence that stands in quotes, with the mark that closes it if that asks or calls."""
    words = quote_words(layout, list(range(len(layout.low))))
    mark = next((word for word in reversed(layout.low) if word not in QUOTES), "")
    return words + mark if mark in {"?", "!"} else words


def _sentences(words: Sequence[str]) -> str:
    """Return sentences as one text, a full stop between them."""
    return (
        " ".join(w if w.endswith(("?", "!")) else f"{w}." for w in words[:-1]) + (" " if words[:-1] else "") + words[-1]
    )


def _continued(
    context: Context, told: Sequence[_Told], run: Sequence[int], spans: list[tuple[int, int]]
) -> Iterator[Fact]:
    """Give the statement of sentences that are all in quotes, as said by the speaker of the sentence before."""
    layouts = [told[number].layout for number in run]
    if any(quote_around(layout.read, context, spans) is None for layout in layouts):
        return
    speaker = _beside(context, told, run, spans) if len(layouts[0].low) >= SHORTEST else None
    if speaker:
        reading = f"The sentence stands in quotes beside words of {speaker.name}, and is read as theirs."
        judgement = Judgement(Certainty.INFERRED, "quote-goes-on", "speaker", reading)
        content = Statement(speaker.name, _sentences([_whole(layout) for layout in layouts]), speaker.kind)
        start, end = layouts[0].tokens[0].start, layouts[-1].tokens[-1].end
        yield context.fact(layouts[0].read, content, start, end, [judgement])


def _beside(
    context: Context, told: Sequence[_Told], run: Sequence[int], spans: list[tuple[int, int]]
) -> Speaker | None:
    """Return who spoke before, else the one whom the sentence before or behind in the paragraph is about."""
    paragraph = told[run[0]].layout.read.sentence.paragraph
    around = [told[i].layout for i in (run[0] - 1, run[-1] + 1) if 0 <= i < len(told)]
    asked = "?" in told[run[-1]].layout.low[-3:]
    near = (layout for layout in around if layout.read.sentence.paragraph == paragraph and not asked)
    named = (str(name.what) for layout in near for name in subjects_of(layout)[:1] if name.first < 4)
    about = next(named, None)
    return _before(context, told, run[0], spans) or (Speaker(about, "person") if about else None)


def _before(context: Context, told: Sequence[_Told], number: int, spans: list[tuple[int, int]]) -> Speaker | None:
    """Return who spoke in the sentence before, over sentences that stand in quotes themselves."""
    for earlier in reversed(told[:number]):
        if earlier.said:
            return earlier.said[-1][1][-1]
        if quote_around(earlier.layout.read, context, spans) is None:
            return None
    return None
