"""The period that holds at a place in the text.

The nearest date of the clause, else of the clauses around it; else the frame that a fronted date ('In 2020, …') set for
the rest of its paragraph. The day on which somebody says something is no period of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import replace

from shanxi_kg.dates import DateExpression, find_dates
from shanxi_kg.dates.readers import POINTED_YEAR
from shanxi_kg.extraction.sections import announcements, date_announced
from shanxi_kg.facts import Certainty, Judgement
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import Reading
from shanxi_kg.quantities import BRACKET, Quantity

PeriodFound = tuple[str | None, Judgement | None]
NEVER: PeriodFound = (None, None)
LINK = re.compile(r" (?:in|at|by|as of|during|for|of|on)(?: the)?(?: end of| year of)? ")
PART_OF = re.compile(r"\b(?:end|rest|start|beginning|middle|course) of $|\b(?:over|during|through) $")
BACKWARD = ("that year", "the same year", "the year")
YEAR_BEFORE = re.compile(
    r"(?: [a-z-]+){0,3}? (?P<words>(?:(?:in|during|over|for|at) )?(?:"
    r"the (?:same|corresponding) (?:period|time|months?|quarter|half)(?: of| in)? "
    r"(?:last year|the (?:previous|preceding) year|(?P<year>(?:19|20)\d\d))"
    r"|(?:the same period )?a year (?:ago|before|earlier)|the (?:year before|previous year)))\b"
)
DAY = len("2021-07-01")
POINTING: tuple[tuple[re.Pattern[str], Callable[[str], str | None]], ...] = (
    (re.compile(r"(?:the|that) same day"), lambda period: period if len(period) == DAY else None),
    (re.compile(r"(?:the same|those) "), lambda period: period),
    (re.compile(r"by then"), lambda period: period.split("/")[-1]),
    (re.compile(r"the (?:year after|following year)"), lambda period: str(int(period[:4]) + 1)),
)
OF_SUM = re.compile(r"\bof (?:that|this|these|those|the) (?:sum|total|amount|figure|number)\b", re.IGNORECASE)
NEW_TIME = re.compile(
    r"(?:Since then|Now|Nowadays|Today|Currently|At present|So far|To date|\w+ years? (?:on|later|earlier))\b"
)
LATER_YEAR = frozenset({"the following year", "the next year"})
IN_POINTED_YEAR = re.compile(rf"(?P<day>.+?),? (?:of |in )?(?P<which>{POINTED_YEAR})")
READINGS = {
    "year-from-dateline": "the year is that nearest to the document's date",
    "a-year-before": "the words count back from the period of what it is compared with",
    "relative-to-dateline": "the words are counted from the document's date",
    "period-named-before": "the words point back to a period named before",
    "year-named-before": "the words point back to a year named before",
    "frame-of-the-paragraph": "a date at the head of a sentence before holds on",
    "announced-above": "the heading or the words before the list give it",
}


class Periods:
    """The periods of one document, sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.dates: list[tuple[DateExpression, ...]] = []
        self.frames: list[str | None] = []
        self.announced = announcements(reading)
        earlier: str | None = None
        frame: str | None = None
        paragraph = -1
        for read in reading.sentences:
            text = reading.document.text
            of_sum = OF_SUM.search(text, read.sentence.start, read.sentence.end) is not None
            goes_on = read.sentence.paragraph == paragraph or of_sum
            frame = frame if goes_on and NEW_TIME.match(text, read.sentence.start) is None else None
            paragraph = read.sentence.paragraph
            resolved: list[DateExpression] = []
            for date in read.dates:
                resolved.append(self._resolved(read.sentence, date, earlier))
                earlier = resolved[-1].period if resolved[-1].period and resolved[-1].role == "in" else earlier
            self.dates.append(tuple(resolved))
            own = [date for date in resolved if date.role == "in" and date.period]
            if own:
                frame = own[0].period if _is_fronted(read.sentence, own[0]) else None
            self.frames.append(frame)

    def at(self, number: int, token: int, without: Container[int] = ()) -> PeriodFound:
        """Return the period that holds at a token of sentence `number`, and the judgement that finding it took.

        Dates that begin at one of the offsets `without` do not count.
        """
        sentence = self.reading.sentences[number].sentence
        beside = self.beside(number, sentence.tokens[token].end)
        if beside:
            return beside.period, self.judgement(beside)
        own = [date for date in self.dates[number] if date.start not in without]
        usable = [date for date in own if self._is_period(sentence, date) and _reaches(sentence, date, token)]
        if usable:
            counted = self.reading.sentences[number].quantities
            best = min(usable, key=lambda d: (_is_of_next(sentence, counted, d, token), _distance(sentence, d, token)))
            return best.period, self.judgement(best)
        frame = self.frames[number]
        return (frame, _judgement("frame-of-the-paragraph", "It", frame)) if frame else NEVER

    def above(self, number: int) -> PeriodFound:
        """Return the period that the heading of sentence `number`, or the words before its list, announce."""
        words = self.announced[number]
        date = date_announced(words, self.reading.document.issued)
        return (date.period, _judgement("announced-above", f"'{words}'", date.period)) if date else NEVER

    def beside(self, number: int, offset: int) -> DateExpression | None:
        """Return the date right behind an offset ('12,300 in 2016'), whatever it is compared with."""
        text = self.reading.document.text
        later = [date for date in self.dates[number] if date.period and date.start > offset and date.role != "since"]
        return next((date for date in later[:1] if LINK.fullmatch(text[offset : date.start])), None)

    def year_before(self, number: int, offset: int, period: str) -> PeriodFound:
        """Return the period a year before `period`, or like it in another year, where the words behind say so.

        They do in '… against 88 million people in the same period of 2020' and '… from 3.4 percent a year earlier'.
        """
        text = self.reading.document.text
        match = YEAR_BEFORE.match(text, offset, self.reading.sentences[number].sentence.end)
        if match is None:
            return NEVER
        named = match["year"]
        back = int(period[:4]) - int(named) if named else 1
        points = [f"{int(point[:4]) - back}{point[4:]}" for point in period.split("/")]
        found = "/".join(points)
        return found, _judgement("a-year-before", f"'{match['words']}'", found)

    def within(self, number: int, start: int, end: int) -> DateExpression | None:
        """Return the first resolved date between two offsets of sentence `number`."""
        return next((d for d in self.dates[number] if d.period and start <= d.start and d.end <= end), None)

    def judgement(self, date: DateExpression, field: str = "period") -> Judgement | None:
        """Return how the date was read, None where its words say it all."""
        words = self.reading.document.text[date.start : date.end]
        return _judgement(date.rule, f"'{words}'", date.period, field) if date.rule and date.period else None

    def _resolved(self, sentence: Sentence, date: DateExpression, earlier: str | None) -> DateExpression:
        """Return a date with the period that its words point to; `earlier` is the one named last before."""
        words = self.reading.document.text[date.start : date.end].lower()
        if self._is_aside(date):
            return replace(date, role="aside")
        issued = self.reading.document.issued
        if issued and words == "the year" and earlier and earlier[:4] < issued[:4] and _looks_ahead(sentence):
            return DateExpression(date.start, date.end, issued[:4], "relative-to-dateline", date.role)
        if date.period is None and earlier and words in BACKWARD:
            return DateExpression(date.start, date.end, earlier[:4], "year-named-before", date.role)
        if date.period is None and earlier and (pointed := self._pointed(date, words, earlier)):
            return pointed
        if date.period is None and issued and words == "the year" and PART_OF.search(self._before(date)):
            return DateExpression(date.start, date.end, issued[:4], "relative-to-dateline", date.role)
        return date

    def _pointed(self, date: DateExpression, words: str, earlier: str) -> DateExpression | None:
        """Return what 'by then', 'the year after' or 'May 1 of that year' means behind a period, None where no more."""
        if match := IN_POINTED_YEAR.fullmatch(words):
            return replace(date, period=self._in_year(match, earlier), rule="year-named-before")
        meant = next((meaning for pattern, meaning in POINTING if pattern.match(words)), None)
        if meant is None or self._before(date).endswith("percent over "):
            return None
        return DateExpression(date.start, date.end, meant(earlier), "period-named-before", "in")

    def _in_year(self, match: re.Match[str], earlier: str) -> str | None:
        """Return the day or month of 'May 1 of that year' or 'June the next year', counted from a period before."""
        words = f"{match['day'].capitalize()} of {int(earlier[:4]) + (match['which'] in LATER_YEAR)}"
        read = find_dates(words, 0, len(words), self.reading.document.issued)
        return read[0].period if read and read[0].end == len(words) else None

    def _before(self, date: DateExpression) -> str:
        return self.reading.document.text[max(0, date.start - 20) : date.start].lower()

    def _is_aside(self, date: DateExpression) -> bool:
        """Tell whether a date stands in a bracket that has a number of its own ('(target for 2025: 95 percent)')."""
        text = self.reading.document.text
        start = max(text.rfind("(", max(0, date.start - 80), date.start), 0)
        bracket = BRACKET.match(text, start)
        if bracket is None or not bracket.start() < date.start < bracket.end():
            return False
        rest = text[bracket.start() : date.start] + text[date.end : bracket.end()]
        return any(character.isdigit() for character in rest)

    def _is_period(self, sentence: Sentence, date: DateExpression) -> bool:
        if date.period is None or date.role != "in":
            return False
        i = sentence.at(date.start)
        return i is None or not _under_saying(sentence, i)


def _is_fronted(sentence: Sentence, date: DateExpression) -> bool:
    """Tell whether the sentence opens with the date ('In 2020, …', 'By the end of June …')."""
    opens = sentence.tokens[0].pos in {"ADP", "SCONJ"} or date.start == sentence.start
    return opens and date.start - sentence.start <= len("By the end of the first ")


def _looks_ahead(sentence: Sentence) -> bool:
    """Tell whether a sentence has a verb that puts it into the future."""
    verbs = (token.lemma.lower() for token in sentence.tokens if token.pos in {"VERB", "AUX"})
    return not load_lexicon()["target-cue"].isdisjoint(verbs)


def _judgement(rule: str, words: str, period: str | None, field: str = "period") -> Judgement:
    reason = READINGS.get(rule, "the words leave it open")
    return Judgement(Certainty.INFERRED, rule, field, f"{words} is read as {period}: {reason}.")


def _under_saying(sentence: Sentence, i: int) -> bool:
    """Tell whether the nearest verb above a token is one of saying ('said on Aug 26')."""
    for ancestor in sentence.ancestors(i):
        token = sentence.tokens[ancestor]
        if token.pos in {"VERB", "AUX"}:
            says = token.lemma in load_lexicon()["say-verb"] and not _has_noun_object(sentence, ancestor)
            return says and (i > ancestor or i <= 4)
    return False


def _has_noun_object(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb has a thing as object and no clause ('concluded 268 cases', 'reported five floods')."""
    deps = {sentence.tokens[c].dep for c in sentence.children[verb]}
    return bool(deps & {"dobj", "nsubjpass"}) and not deps & {"ccomp", "xcomp"}


def _reaches(sentence: Sentence, date: DateExpression, token: int) -> bool:
    """Tell whether a date can hold at a token: not from inside a clause that hangs beside it ('Founded in 1958, …')."""
    i = sentence.at(date.start)
    if i is not None and i > token and any(t.text == ";" for t in sentence.tokens[token:i]):
        return False
    its = _verbs(sentence, i) if i is not None else []
    if not its or its[0] in _verbs(sentence, token):
        return True
    clause = sentence.tokens[its[0]]
    if clause.head in sentence.subtree(sentence.tokens[token].head) and _tells_who(sentence, its[0]):
        return True
    return clause.dep not in {"advcl", "acl", "relcl", "conj"}


def _tells_who(sentence: Sentence, verb: int) -> bool:
    """Tell whether a clause says which people or things are meant ('drivers who passed the test last year')."""
    if sentence.tokens[verb].dep != "relcl":
        return False
    below = sentence.children[verb]
    relatives = {sentence.tokens[i].text.lower() for c in below for i in (c, *sentence.children[c])}
    return bool(relatives & {"who", "that", "whom"}) or sentence.tokens[min(sentence.subtree(verb)) - 1].text != ","


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
