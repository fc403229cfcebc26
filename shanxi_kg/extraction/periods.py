"""The period that holds at a place in the text.

The nearest date of the clause, else of the clauses around it; else the frame that a fronted date ('In 2020, …') set for
the rest of its paragraph. The day on which somebody says something is no period of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from shanxi_kg.dates import DateExpression
from shanxi_kg.facts import Certainty, Judgement
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import Reading
from shanxi_kg.quantities import Quantity

PeriodFound = tuple[str | None, Judgement | None]
NEVER: PeriodFound = (None, None)
LINK = re.compile(r" (?:in|at|by|as of|during|for|of|on)(?: the)?(?: end of| year of)? ")
BACKWARD = ("that year", "the same year", "the year")
READINGS = {
    "year-from-dateline": "the year is that nearest to the document's date",
    "relative-to-dateline": "the words are counted from the document's date",
    "year-named-before": "the words point back to a year named before",
    "frame-of-the-paragraph": "a date at the head of a sentence before holds on",
}


class Periods:
    """The periods of one document, sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.dates: list[tuple[DateExpression, ...]] = []
        self.frames: list[str | None] = []
        year: str | None = None
        frame: str | None = None
        paragraph = -1
        for read in reading.sentences:
            frame = frame if read.sentence.paragraph == paragraph else None
            paragraph = read.sentence.paragraph
            resolved: list[DateExpression] = []
            for date in read.dates:
                resolved.append(self._resolved(date, year))
                year = resolved[-1].period[:4] if resolved[-1].period and date.role == "in" else year
            self.dates.append(tuple(resolved))
            own = [date for date in resolved if date.role == "in" and date.period]
            if own:
                frame = own[0].period if _is_fronted(read.sentence, own[0]) else None
            self.frames.append(frame)

    def at(self, number: int, token: int) -> PeriodFound:
        """Return the period that holds at a token of sentence `number`, and the judgement that finding it took."""
        sentence = self.reading.sentences[number].sentence
        beside = self.beside(number, sentence.tokens[token].end)
        if beside:
            return beside.period, self.judgement(beside)
        usable = [d for d in self.dates[number] if self._is_period(sentence, d) and _reaches(sentence, d, token)]
        if usable:
            own = self.reading.sentences[number].quantities
            best = min(usable, key=lambda d: (_is_of_next(sentence, own, d, token), _distance(sentence, d, token)))
            return best.period, self.judgement(best)
        frame = self.frames[number]
        return (frame, _judgement("frame-of-the-paragraph", "It", frame)) if frame else NEVER

    def beside(self, number: int, offset: int) -> DateExpression | None:
        """Return the date right behind an offset ('12,300 in 2016'), whatever it is compared with."""
        text = self.reading.document.text
        later = [date for date in self.dates[number] if date.period and date.start > offset and date.role != "since"]
        return next((date for date in later[:1] if LINK.fullmatch(text[offset : date.start])), None)

    def within(self, number: int, start: int, end: int) -> DateExpression | None:
        """Return the first resolved date between two offsets of sentence `number`."""
        return next((d for d in self.dates[number] if d.period and start <= d.start and d.end <= end), None)

    def judgement(self, date: DateExpression, field: str = "period") -> Judgement | None:
        """Return how the date was read, None where its words say it all."""
        words = self.reading.document.text[date.start : date.end]
        return _judgement(date.rule, f"'{words}'", date.period, field) if date.rule and date.period else None

    def _resolved(self, date: DateExpression, year: str | None) -> DateExpression:
        words = self.reading.document.text[date.start : date.end].lower()
        if date.period is None and year and words in BACKWARD:
            return DateExpression(date.start, date.end, year, "year-named-before", date.role)
        return date

    def _is_period(self, sentence: Sentence, date: DateExpression) -> bool:
        if date.period is None or date.role != "in":
            return False
        i = sentence.at(date.start)
        return i is None or not _under_saying(sentence, i)


def _is_fronted(sentence: Sentence, date: DateExpression) -> bool:
    """Tell whether the sentence opens with the date ('In 2020, …', 'By the end of June …')."""
    opens = sentence.tokens[0].pos in {"ADP", "SCONJ"} or date.start == sentence.start
    return opens and date.start - sentence.start <= len("By the end of the first ")


def _judgement(rule: str, words: str, period: str | None, field: str = "period") -> Judgement:
    reason = READINGS.get(rule, "the words leave it open")
    return Judgement(Certainty.INFERRED, rule, field, f"{words} is read as {period}: {reason}.")


def _under_saying(sentence: Sentence, i: int) -> bool:
    """Tell whether the nearest verb above a token is one of saying ('said on Aug 26')."""
    for ancestor in sentence.ancestors(i):
        token = sentence.tokens[ancestor]
        if token.pos in {"VERB", "AUX"}:
            return token.lemma in load_lexicon()["say-verb"] and (i > ancestor or i <= 4)
    return False


def _reaches(sentence: Sentence, date: DateExpression, token: int) -> bool:
    """Tell whether a date can hold at a token: not from inside a clause that hangs beside it ('Founded in 1958, …')."""
    i = sentence.at(date.start)
    its = _verbs(sentence, i) if i is not None else []
    if not its or its[0] in _verbs(sentence, token):
        return True
    return sentence.tokens[its[0]].dep not in {"advcl", "acl", "relcl", "conj"}


def _verbs(sentence: Sentence, i: int) -> list[int]:
    return [a for a in [i, *sentence.ancestors(i)] if sentence.tokens[a].pos in {"VERB", "AUX"}]


def _is_of_next(sentence: Sentence, quantities: Sequence[Quantity], date: DateExpression, token: int) -> bool:
    """Tell whether a date behind a token stands behind another quantity too, and so is that one's first."""
    return any(sentence.tokens[token].end <= q.start and q.end <= date.start for q in quantities)


def _distance(sentence: Sentence, date: DateExpression, token: int) -> tuple[int, int]:
    """Rank a date for a token: same clause first, then the clauses around it; then the nearer, a later one before."""
    i = sentence.at(date.start)
    if i is None:
        return 3, 0
    own, its = _verbs(sentence, token), _verbs(sentence, i)
    if its and own and its[0] == own[0]:
        rank = 0
    elif its and its[0] in own:
        rank = 1
    else:
        rank = 2
    gap = i - token
    return rank, gap * 2 if gap > 0 else -gap * 2 + 1
