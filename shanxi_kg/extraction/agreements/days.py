"""The day of an agreement's signing: by the verb of signing, by 'dated', 'since' or the year before its noun."""

from __future__ import annotations

from shanxi_kg.dates import DateExpression
from shanxi_kg.extraction.agreements.sites import Frame
from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Certainty, Judgement
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

Signed = tuple[str | None, Judgement | None]
UNDATED: Signed = (None, None)
MEETING = frozenset({"meet", "gather", "convene", "assemble", "visit", "come"})
IN_FORCE = frozenset({"force", "effect", "operation", "place"})  # since when it holds, not when it was signed
LASTING = frozenset({"have", "be", "exist", "maintain", "share", "keep", "bind", "link", "tie"})
HAPPENING = frozenset({"come", "follow", "date", "emerge", "materialize", "result", "arrive"})


def signed(context: Context, read: ReadSentence, frame: Frame, unit: tuple[int, int] | None = None) -> Signed:
    """Return the day that the signing is dated to; within the tokens of `unit`, where an agreement has its own."""
    date = _within(context, read, unit) if unit is not None else None
    date = date or _dating(context, read) or _beside_noun(context, read, frame.noun)
    if date:
        return date.period, context.periods.judgement(date, "signed")
    if not context.periods.dates[read.number]:
        return _date_there(context, read) if frame.verb is not None else UNDATED
    if frame.verb is None and IN_FORCE & {token.text.lower() for token in read.sentence.tokens[frame.noun :]}:
        return UNDATED
    verb = _happening(read.sentence, frame.noun) if frame.verb is None else frame.verb
    verb = _signed_behind(read.sentence, frame.noun) if verb is None else verb
    found = _by_verb(context, read, verb) if verb is not None and _is_near(context, read, frame) else UNDATED
    return found if found[0] else _lasting(context, read, frame.noun)


def _beside_noun(context: Context, read: ReadSentence, noun: int) -> DateExpression | None:
    """Return the year right before the noun's own words: 'a 2017 agreement on …'."""
    tokens = read.sentence.tokens
    for date in context.periods.dates[read.number]:
        i = _token(read.sentence, date)
        if date.period and i == noun + 2 and tokens[noun + 1].text.lower() == "of":
            return date
        own = range(max(0, noun - 4), noun)
        if date.period and i in own and all(tokens[j].pos in {"NOUN", "ADJ", "NUM", "PROPN"} for j in range(i, noun)):
            return date
    return None


def _signed_behind(sentence: Sentence, noun: int) -> int | None:
    """Return the verb of signing in '…; the document was signed on May 3'."""
    behind = (
        t for t in sentence.tokens[noun + 1 :] if t.tag == "VBN" and t.lemma in {"sign", "conclude", "ink", "seal"}
    )
    return next(
        (t.i for t in behind if any(sentence.tokens[c].dep == "nsubjpass" for c in sentence.children[t.i])), None
    )


def _happening(sentence: Sentence, noun: int) -> int | None:
    """Return the verb by which an agreement comes about without being signed: 'A year later came a pact'."""
    verb = sentence.tokens[sentence.tokens[noun].head]
    links = {"nsubj", "nsubjpass", "attr", "dobj"}
    return verb.i if verb.lemma in HAPPENING and sentence.tokens[noun].dep in links else None


def _lasting(context: Context, read: ReadSentence, noun: int) -> Signed:
    """Return the day since which there is an agreement: 'A has had a pact with B since 2019'."""
    sentence = read.sentence
    verbs = [a for a in sentence.ancestors(noun) if sentence.tokens[a].pos in {"VERB", "AUX"}][:1]
    for date in context.periods.dates[read.number]:
        above = [a for a in sentence.ancestors(_token(sentence, date)) if a in verbs] if date.period else []
        if date.role == "since" and any(sentence.tokens[a].lemma in LASTING for a in above):
            return date.period, context.periods.judgement(date, "signed")
    return UNDATED


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
    """Return the date of 'the agreement dates from …', 'dated …' and 'bears the date of …'."""
    tokens = read.sentence.tokens
    verbs = [t.i for t in tokens if t.lemma == "date" and (t.pos == "VERB" or tokens[t.head].lemma == "bear")]
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
    """Return the day of the sentence before, where this one points to its occasion: 'there', 'at the forum', 'They'."""
    if not read.number:
        return UNDATED
    before = context.reading.sentences[read.number - 1]
    points = any(_points_back(read.sentence, token) for token in read.sentence.tokens)
    if not points and not (_opens_with_pointer(read.sentence) and _is_of_meeting(before.sentence)):
        return UNDATED
    dates = [date for date in context.periods.dates[before.number] if date.period and date.role == "in"]
    if not dates:
        return UNDATED
    reading = f"The words point to the occasion of the sentence before, dated {dates[0].period}."
    return dates[0].period, Judgement(Certainty.INFERRED, "there-points-back", "signed", reading)


def _opens_with_pointer(sentence: Sentence) -> bool:
    """Tell whether a sentence's subject is 'they', 'the two sides' and the like."""
    words = [token.text.lower() for token in sentence.tokens[:2]]
    return words[:1] == ["they"] or words in (["the", "two"], ["the", "three"], ["both", "sides"], ["the", "sides"])


def _is_of_meeting(sentence: Sentence) -> bool:
    root = next((t for t in sentence.tokens if t.dep == "ROOT"), None)
    return root is not None and root.lemma in MEETING


def _points_back(sentence: Sentence, token: Token) -> bool:
    """Tell whether a token is 'there', or a meeting that was told of before."""
    if token.text.lower() == "there":
        return token.tag == "RB"
    is_event = token.lemma.lower() in load_lexicon()["meeting-noun"]
    before = {t.text.lower() for t in sentence.tokens[max(0, token.i - 2) : token.i]}
    return is_event and token.dep == "pobj" and bool(before & {"the", "this", "that", "same", "these"})
