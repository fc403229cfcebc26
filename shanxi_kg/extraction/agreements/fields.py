"""What an agreement is on, and the day of its signing."""

from __future__ import annotations

from shanxi_kg.dates import DateExpression
from shanxi_kg.extraction.agreements.sites import FINITE, Frame
from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Certainty, Judgement
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

ABOUT = frozenset({"on", "for", "about", "concerning", "regarding", "covering"})
Signed = tuple[str | None, Judgement | None]
UNDATED: Signed = (None, None)
EMPTY = frozenset({"matter", "subject", "issue", "topic"})
PLAIN = frozenset(
    {
        "new",
        "first",
        "second",
        "such",
        "latest",
        "joint",
        "similar",
        "further",
        "several",
        "many",
        "framework",
        "strategic",
    }
    | {"bilateral", "tripartite", "formal", "wide", "sweeping", "existing", "present", "current", "last", "old"}
)


def signed(context: Context, read: ReadSentence, frame: Frame, unit: tuple[int, int] | None = None) -> Signed:
    """Return the day that the signing is dated to; within the tokens of `unit`, where an agreement has its own."""
    date = _dating(context, read) if unit is None else _within(context, read, unit) or _dating(context, read)
    if date:
        return date.period, context.periods.judgement(date, "signed")
    if frame.verb is None:
        return UNDATED
    if not context.periods.dates[read.number]:
        return _date_there(context, read)
    return _by_verb(context, read, frame.verb) if _is_near(context, read, frame) else UNDATED


def _within(context: Context, read: ReadSentence, unit: tuple[int, int]) -> DateExpression | None:
    dates = (d for d in context.periods.dates[read.number] if d.role == "in" and d.period)
    return next((d for d in dates if unit[0] <= _token(read.sentence, d) < unit[1]), None)


def _by_verb(context: Context, read: ReadSentence, verb: int) -> Signed:
    """Return the day that holds at the verb of signing."""
    if read.sentence.tokens[verb].lemma in load_lexicon()["say-verb"]:
        return _nearest(context, read, verb)
    period, judgement = context.periods.at(read.number, verb)
    if period is None:
        return _beside(context, read, verb)
    return period, judgement and Judgement(judgement.certainty, judgement.rule, "signed", judgement.reading)


def respectively(context: Context, read: ReadSentence, count: int) -> list[Signed]:
    """Return the dates of a sentence where there is one for each of `count` agreements, else none."""
    dates = [d for d in context.periods.dates[read.number] if d.role == "in" and d.period]
    if len(dates) != count or count < 2:
        return []
    return [(date.period, context.periods.judgement(date, "signed")) for date in dates]


def _token(sentence: Sentence, date: DateExpression) -> int:
    i = sentence.at(date.start)
    return len(sentence.tokens) if i is None else i


def _is_near(context: Context, read: ReadSentence, frame: Frame) -> bool:
    """Tell whether a date can be the signing's: where that is told in a participle, no date of the main verb is."""
    sentence, verb = read.sentence, frame.verb or 0
    if sentence.tokens[verb].dep not in {"acl", "relcl"}:
        return True
    finite = (t.i for t in sentence.tokens[verb + 1 :] if t.tag in {"VBZ", "VBD", "VBP", "MD"} and t.head != verb)
    end = next(finite, len(sentence.tokens))
    return any(verb < _token(sentence, d) < end for d in context.periods.dates[read.number] if d.period)


def _dating(context: Context, read: ReadSentence) -> DateExpression | None:
    """Return the date of 'the agreement dates from …'."""
    verbs = [t.i for t in read.sentence.tokens if t.lemma == "date" and t.pos == "VERB"]
    dates = [d for d in context.periods.dates[read.number] if d.period]
    found = [d for d in dates for verb in verbs if verb < _token(read.sentence, d) <= verb + 5]
    return found[0] if found else None


def _beside(context: Context, read: ReadSentence, verb: int) -> Signed:
    """Return a date that stands in the verb's clause by its place, where the parse hangs it elsewhere."""
    for date in context.periods.dates[read.number]:
        first, last = sorted((_token(read.sentence, date), verb))
        between = read.sentence.tokens[first + 1 : last]
        parted = any(t.pos in {"VERB", "AUX"} or t.text == "," for t in between)
        if date.period and date.role == "in" and not parted:
            return date.period, context.periods.judgement(date, "signed")
    return UNDATED


def _nearest(context: Context, read: ReadSentence, verb: int) -> Signed:
    """Return the date nearest to a verb that may also mean saying ('concluded on May 3')."""
    dates = [d for d in context.periods.dates[read.number] if d.role == "in" and d.period]
    if not dates:
        return UNDATED
    best = min(dates, key=lambda date: abs(_token(read.sentence, date) - verb))
    return best.period, context.periods.judgement(best, "signed")


def _date_there(context: Context, read: ReadSentence) -> Signed:
    """Return the day of the sentence before, where this one points to it by 'there' or 'at the forum'."""
    points = any(_points_back(read.sentence, token) for token in read.sentence.tokens)
    before = context.periods.dates[read.number - 1] if points and read.number else ()
    dates = [date for date in before if date.period and date.role == "in"]
    if not dates:
        return UNDATED
    reading = f"The words point to the occasion of the sentence before, dated {dates[0].period}."
    return dates[0].period, Judgement(Certainty.INFERRED, "there-points-back", "signed", reading)


def _points_back(sentence: Sentence, token: Token) -> bool:
    """Tell whether a token is 'there', or a meeting that was told of before."""
    if token.text.lower() == "there":
        return token.tag == "RB"
    is_event = token.lemma.lower() in load_lexicon()["meeting-noun"]
    before = {t.text.lower() for t in sentence.tokens[max(0, token.i - 2) : token.i]}
    return is_event and token.dep == "pobj" and bool(before & {"the", "this", "that", "same", "these"})


def subject_of(context: Context, read: ReadSentence, frame: Frame) -> str | None:
    """Return what an agreement is on: the words behind 'on', 'for' or 'to', else those before its noun."""
    found = subject_within(context, read, frame, (frame.noun, len(read.sentence.tokens)))
    return found or _purpose(context, read, frame.noun) or _modifiers(context, read.sentence, frame.noun)


def subject_within(context: Context, read: ReadSentence, frame: Frame, unit: tuple[int, int]) -> str | None:
    """Return the 'on …' or 'for …' among some tokens that stands right behind their first or behind a party."""
    tokens = read.sentence.tokens
    behind = unit[0] + 1
    if [t.text.lower() for t in tokens[behind : behind + 2]] == ["of", "understanding"]:
        behind += 2
    ends = sorted({i for named in frame.everyone if (i := read.sentence.at(named.end)) is not None})
    places = [behind, *(i for i in ends if behind < i < unit[1])]
    return next((subject for i in places if i < len(tokens) and (subject := about(context, read, i))), None)


def _purpose(context: Context, read: ReadSentence, noun: int) -> str | None:
    """Return the verb phrase of 'an agreement to share data', the noun of 'a memorandum of cooperation'."""
    tokens = read.sentence.tokens
    following = [token.text.lower() for token in tokens[noun + 1 : noun + 3]]
    if (
        len(following) == 2
        and following[0] == "of"
        and tokens[noun + 2].tag == "NN"
        and following[1] != "understanding"
    ):
        return tokens[noun + 2].text
    if len(following) < 2 or following[0] != "to" or tokens[noun + 2].tag != "VB":
        return None
    ends = (t.i for t in tokens[noun + 3 :] if t.text == "," or t.tag in FINITE or t.text.lower() in {"with", "by"})
    last = next(ends, len(tokens) - 1)
    return context.words(tokens[noun + 2].start, tokens[last - 1].end)


def about(context: Context, read: ReadSentence, i: int) -> str | None:
    """Return the words behind an 'on' or 'for' at token `i`, None where there is none, or a date follows."""
    tokens = read.sentence.tokens
    if i >= len(tokens) - 1 or tokens[i].text.lower() not in ABOUT:
        return None
    dated = any(date.start <= tokens[i + 1].start < date.end for date in read.dates)
    return None if dated else _phrase(context, read.sentence, i)


def _phrase(context: Context, sentence: Sentence, preposition: int) -> str | None:
    heads = [c for c in sentence.children[preposition] if sentence.tokens[c].dep in {"pobj", "pcomp", "dobj"}]
    if not heads or sentence.tokens[heads[0]].tag == "PRP" or sentence.tokens[heads[0]].lemma in EMPTY:
        return None
    below = sentence.children[heads[0]]
    cut = [c for c in below if sentence.tokens[c].dep in {"relcl", "appos", "acl"} or _is_marked(sentence, c)]
    cut += [c for c in below if sentence.tokens[c].dep == "punct" and sentence.tokens[c].text not in {"-", "–"}]
    inside = sorted({*sentence.subtree(heads[0], without=cut), *_glued(sentence, heads)} - set(range(preposition)))
    return context.words(sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end)


def _glued(sentence: Sentence, heads: list[int]) -> list[int]:
    """Return the parts of a word with a hyphen that the parse hung side by side ('anti-monopoly')."""
    hyphens = [i for i in heads if sentence.tokens[i].text == "-"]
    return [i for hyphen in hyphens for i in (hyphen, hyphen + 1) if i in heads]


def _is_marked(sentence: Sentence, i: int) -> bool:
    return sentence.tokens[i].text.lower() in {"by", "with", "between", "and"} and sentence.tokens[i].dep in {
        "prep",
        "agent",
    }


def _modifiers(context: Context, sentence: Sentence, noun: int) -> str | None:
    """Return the words right before the noun: 'strategic cooperation'."""
    first = noun
    while first > 0 and (
        sentence.tokens[first - 1].dep in {"amod", "compound", "nmod"} or sentence.tokens[first - 1].text == "-"
    ):
        first -= 1
    last = noun
    while first < last and sentence.tokens[first].text.lower() in PLAIN:
        first += 1
    while last > first and sentence.tokens[last - 1].text.lower() in PLAIN:
        last -= 1
    return context.words(sentence.tokens[first].start, sentence.tokens[last - 1].end) if first < last else None
