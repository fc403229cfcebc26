"""What an agreement is on: the words behind 'on', 'for' or 'to', else those before its noun."""

from __future__ import annotations

from shanxi_kg.extraction.agreements.sites import FINITE, Frame
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

ABOUT = frozenset({"on", "for", "about", "concerning", "regarding", "covering"})
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


def subject_of(context: Context, read: ReadSentence, frame: Frame) -> str | None:
    """Return what an agreement is on: the words behind 'on', 'for' or 'to', else those before its noun."""
    found = subject_within(context, read, frame, (frame.noun, len(read.sentence.tokens)))
    return found or _purpose(context, read, frame.noun) or _modifiers(context, read.sentence, frame.noun)


def subject_within(context: Context, read: ReadSentence, frame: Frame, unit: tuple[int, int]) -> str | None:
    """Return the 'on …' or 'for …' among some tokens that stands right behind their first or behind a party."""
    tokens = read.sentence.tokens
    behind = unit[0] + 1
    if [t.text.lower() for t in tokens[behind : behind + 2]] in (["of", "understanding"], ["of", "intent"]):
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
        and following[1] not in {"understanding", "intent"}
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
    return None if dated else _phrase(context, read, i)


def _phrase(context: Context, read: ReadSentence, preposition: int) -> str | None:
    sentence = read.sentence
    heads = [c for c in sentence.children[preposition] if sentence.tokens[c].dep in {"pobj", "pcomp", "dobj"}]
    if not heads or sentence.tokens[heads[0]].tag == "PRP" or sentence.tokens[heads[0]].lemma in EMPTY:
        return None
    below = sentence.children[heads[0]]
    cut = [c for c in below if sentence.tokens[c].dep in {"relcl", "appos", "acl"} or _is_marked(sentence, c)]
    cut += [c for c in below if sentence.tokens[c].dep == "punct" and sentence.tokens[c].text not in {"-", "–"}]
    inside = sorted({*sentence.subtree(heads[0], without=cut), *_glued(sentence, heads)} - set(range(preposition)))
    inside = inside[: len(inside) - _day_length(read, inside)]
    inside = inside[: len(inside) - _seat_length(read, inside)]
    return context.words(sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end)


def _day_length(read: ReadSentence, inside: list[int]) -> int:
    """Return how many tokens at a phrase's end are a day and its preposition: 'on Feb 9'."""
    tokens = read.sentence.tokens
    date = next((d for d in read.dates if d.end == tokens[inside[-1]].end), None)
    first = next((i for i in inside if date and tokens[i].start >= date.start), 0)
    return inside[-1] + 2 - first if first > inside[0] + 1 and tokens[first - 1].text.lower() in {"on", "in"} else 0


def _seat_length(read: ReadSentence, inside: list[int]) -> int:
    """Return how many tokens at a phrase's end say where a paper was signed: 'in Enshi' before 'on Jan 17'."""
    tokens, last = read.sentence.tokens, inside[-1]
    behind = tokens[last + 1 : last + 3]
    dated = any(date.start <= token.start < date.end for date in read.dates for token in behind)
    marks = [i for i in inside[1:] if tokens[i].text.lower() in {"in", "at"}]
    place = mention_at(read.places, tokens[marks[-1] + 1].start) if dated and marks and marks[-1] < last else None
    is_town = place is not None and not (place.area.key or "").startswith("CN")
    is_seat = is_town and place is not None and place.start == tokens[marks[-1] + 1].start
    return last + 1 - marks[-1] if is_seat and place is not None and place.end >= tokens[last].start else 0


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
    while first < last and _is_plain(sentence, first):
        first += 1
    while last > first and sentence.tokens[last - 1].text.lower() in PLAIN:
        last -= 1
    return context.words(sentence.tokens[first].start, sentence.tokens[last - 1].end) if first < last else None


def _is_plain(sentence: Sentence, i: int) -> bool:
    """Tell whether a modifier says nothing of what an agreement is on: 'new', 'finalized', 'three-year'."""
    token = sentence.tokens[i]
    is_signed = token.tag in {"VBN", "VBD"} and token.lemma in load_lexicon()["sign-verb"]
    is_span = token.text in {"-", "–"} or token.tag == "CD" or token.text.lower() in {"year", "month", "day"}
    return token.text.lower() in PLAIN or is_signed or is_span
