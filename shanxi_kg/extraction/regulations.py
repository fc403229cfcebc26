"""Laws, regulations, plans, guidelines and standards: named by a title, or described with what befell them.

A title stands in quotation marks or capitals; a described one ('a regulation on …') counts where a verb issues it or
puts it in force. Dates go to the one or the other by the verb; 'the regulation' later on adds its dates to the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from shanxi_kg.extraction.areas import CHINA, AreaFound
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.facts import Area, Certainty, Fact, Judgement, Regulation
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

QUOTED = re.compile(r"[\"“]([A-Z][^\"“”\n]{5,160})[\"”]")
LINKS = frozenset(
    {"of", "on", "for", "and", "the", "in", "to", "&", "against", "with", "over", "concerning", "regarding", "-"}
)
DROPPED = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "new",
        "latest",
        "first",
        "this",
        "that",
        "recent",
        "their",
        "another",
        "'s",
        "draft",
        "revised",
    }
)


@dataclass(frozen=True, slots=True)
class _Text:
    """A regulation as named at one place: title, offsets, and the token of its head noun."""

    title: str
    start: int
    end: int
    head: int


def find(context: Context) -> Iterator[Fact]:
    """Give one fact a regulation; a later mention of it adds the dates that the first lacks."""
    found: list[Fact] = []
    for read in context:
        texts = list(_texts(context, read))
        for text in texts:
            _add(found, _fact(context, read, text))
        if not texts and found:
            found[-1] = _dated(context, read, found[-1])
    yield from found


def _add(found: list[Fact], fact: Fact) -> None:
    title = _title(fact)
    for i, known in enumerate(found):
        if title == _title(known):
            found[i] = replace(known, content=_merged(known, fact))
            return
    found.append(fact)


def _title(fact: Fact) -> str:
    return re.sub(r"\W+", " ", cast("Regulation", fact.content).title.lower())


def _merged(known: Fact, other: Fact) -> Regulation:
    one, two = cast("Regulation", known.content), cast("Regulation", other.content)
    return replace(one, issued=one.issued or two.issued, in_force=one.in_force or two.in_force)


# texts ------------------------------------------------------------------------------------------------------------
def _texts(context: Context, read: ReadSentence) -> Iterator[_Text]:
    taken: list[tuple[int, int]] = []
    for text in (*_quoted(context, read), *_capitalised(context, read), *_described(context, read)):
        if not any(a <= text.start < b or a < text.end <= b for a, b in taken):
            taken.append((text.start, text.end))
            yield text


def _quoted(context: Context, read: ReadSentence) -> Iterator[_Text]:
    heads = load_lexicon()["regulation-head"]
    sentence = read.sentence
    for match in QUOTED.finditer(context.reading.document.text, max(0, sentence.start - 1), sentence.end + 1):
        inside = [
            t
            for t in sentence.tokens
            if match.start(1) <= t.start < match.end(1) and t.lemma.lower() in heads | {t.text.lower()} & heads
        ]
        if inside and match[1].split()[-1][:1].isupper():
            yield _Text(context.words(*match.span(1)).strip(" ,."), *match.span(1), inside[0].i)


def _capitalised(context: Context, read: ReadSentence) -> Iterator[_Text]:
    """Find a head noun in capitals, with the capitalised words around it."""
    tokens, heads = read.sentence.tokens, load_lexicon()["regulation-head"]
    for token in tokens:
        if token.text[:1].isupper() and token.text.lower() in heads and not mention_at(read.bodies, token.start):
            first, last = _run_left(tokens, token.i), _run_right(tokens, token.i)
            if last - first >= 1 and not (first == 0 and token.i == 0 and last == 0):
                title = context.words(tokens[first].start, tokens[last].end)
                if len(title.split()) > 1 and title.split()[0].lower() != "party":
                    yield _Text(title, tokens[first].start, tokens[last].end, token.i)


def _run_left(tokens: tuple[Token, ...], i: int) -> int:
    while (
        i > 0
        and tokens[i - 1].text[:1].isupper()
        and tokens[i - 1].text.lower() not in DROPPED | {"under", "according"}
    ):
        i -= 1
    return i


def _run_right(tokens: tuple[Token, ...], i: int) -> int:
    last = i
    j = i + 1
    while j < len(tokens) and (tokens[j].text[:1].isupper() or tokens[j].text.lower() in LINKS):
        if tokens[j].text[:1].isupper():
            last = j
        j += 1
    return last


def _described(context: Context, read: ReadSentence) -> Iterator[_Text]:
    """Find a head noun in lower case that is issued or put in force, or stands under 'under' with a name of its own."""
    sentence, heads = read.sentence, load_lexicon()["regulation-head"]
    for token in sentence.tokens:
        if token.text.lower() not in heads or token.text[:1].isupper() or token.pos != "NOUN":
            continue
        if token.dep in {"compound", "nmod"} or not (_event(sentence, token.i) or _is_under(sentence, token.i)):
            continue
        text = _phrase(context, read, token.i)
        if text and len(text.title.split()) > 1:
            yield text


def _event(sentence: Sentence, head: int) -> str | None:
    """Return 'issue' or 'force' by the verb that a regulation is subject or object of, itself or as a conjunct."""
    node = head
    for ancestor in sentence.ancestors(head):
        token, dep = sentence.tokens[ancestor], sentence.tokens[node].dep
        if token.pos in {"VERB", "AUX"}:
            return (
                _kind_of(sentence, ancestor) if dep in {"nsubj", "nsubjpass", "dobj", "prep", "attr", "conj"} else None
            )
        if dep not in {"conj", "appos", "pobj", "prep"} or (
            dep == "pobj" and token.text.lower() not in {"with", "along", "of"}
        ):
            return None
        node = ancestor
    return None


def _kind_of(sentence: Sentence, verb: int) -> str | None:
    lemma = sentence.tokens[verb].lemma
    below = {sentence.tokens[i].lemma.lower() for i in sentence.children[verb]}
    if any(sentence.tokens[c].dep == "neg" for c in sentence.children[verb]):
        return None
    if lemma in load_lexicon()["force-verb"] or (
        lemma in {"take", "come", "go", "enter", "be", "become"} and below & {"effect", "force", "into", "effective"}
    ):
        return "force"
    return "issue" if lemma in load_lexicon()["issue-verb"] else None


def _is_under(sentence: Sentence, head: int) -> bool:
    """Tell whether the regulation stands as 'Under the latest IP plan of X'."""
    above = sentence.tokens[sentence.tokens[head].head]
    rich = [c for c in sentence.children[head] if sentence.tokens[c].dep in {"compound", "amod", "prep", "nmod"}]
    plain = all(sentence.tokens[c].text.lower() in DROPPED for c in rich)
    return above.text.lower() == "under" and sentence.tokens[head].dep == "pobj" and bool(rich) and not plain


def _phrase(context: Context, read: ReadSentence, head: int) -> _Text | None:
    """Return the head noun with its modifiers and its 'on …', less articles, 'new' and the area that it is of."""
    sentence = read.sentence
    tokens = sentence.tokens
    first = head
    while first > 0 and tokens[first - 1].dep in {
        "amod",
        "compound",
        "nmod",
        "poss",
        "punct",
        "case",
        "det",
        "cc",
        "conj",
    }:
        if (
            tokens[first - 1].text in {",", ";"}
            or tokens[first - 1].tag == "POS"
            or tokens[first - 1].text.lower() in DROPPED
        ):
            break
        first -= 1
    last = head
    for child in sentence.children[head]:
        if (
            tokens[child].dep == "prep"
            and tokens[child].text.lower() in {"on", "for", "about", "concerning", "to"}
            and child > head
        ):
            cut = [
                c for i in sentence.subtree(child) for c in sentence.children[i] if tokens[c].dep in {"relcl", "appos"}
            ]
            inside = [i for i in sentence.subtree(child, without=cut) if tokens[i].dep != "punct" or i < head]
            last = max(last, _contiguous(inside, child))
    if first == last:
        return None
    title = context.words(tokens[first].start, tokens[last].end)
    return _Text(title, tokens[first].start, tokens[last].end, head)


def _contiguous(tokens: list[int], start: int) -> int:
    last = start
    for i in tokens:
        if start <= i <= last + 2:
            last = max(last, i)
    return last


# fields -----------------------------------------------------------------------------------------------------------
def _fact(context: Context, read: ReadSentence, text: _Text) -> Fact:
    area, area_judgement = _area(context, read, text)
    issued, in_force, judgements = _dates(context, read, text.head)
    content = Regulation(text.title, area, issued, in_force)
    dates = [d for d in context.periods.dates[read.number] if d.period in {issued, in_force} and d.period]
    start = min([text.start, *(d.start for d in dates)])
    end = max([text.end, *(d.end for d in dates)])
    return context.fact(read, content, start, end, [area_judgement, *judgements])


def _area(context: Context, read: ReadSentence, text: _Text) -> AreaFound:
    """Return where it applies: named in the title, else the issuer's area, else the sentence's."""
    named = load_gazetteer().places(text.title)
    if named:
        return Area(named[0].surface, named[0].keys[0]), None
    if read.sentence.tokens[text.head].text == "Law":
        reading = f"'{text.title}' names no area; a law is read as one of the whole country."
        return CHINA, Judgement(Certainty.INFERRED, "national-law", "area", reading)
    return context.areas.at(read.number, text.head)


def _dates(context: Context, read: ReadSentence, head: int) -> tuple[str | None, str | None, list[Judgement | None]]:
    """Return the days of issue and of force that the sentence gives, each by the verb that it hangs on."""
    values: dict[str, str] = {}
    judgements: list[Judgement | None] = []
    for date in context.periods.dates[read.number]:
        i = read.sentence.at(date.start)
        verbs = (
            [a for a in read.sentence.ancestors(i) if read.sentence.tokens[a].pos in {"VERB", "AUX"}]
            if i is not None
            else []
        )
        kinds = (_kind_of(read.sentence, verb) for verb in verbs)
        kind = next((kind for kind in kinds if kind), None) or _event(read.sentence, head)
        if kind and date.period and date.role == "in" and kind not in values:
            values[kind] = date.period
            judgements.append(context.periods.judgement(date, {"issue": "issued", "force": "inForce"}[kind]))
    return values.get("issue"), values.get("force"), judgements


def _dated(context: Context, read: ReadSentence, fact: Fact) -> Fact:
    """Add the dates of a sentence whose subject is 'the regulation' or 'it'."""
    tokens = read.sentence.tokens
    subjects = [
        t
        for t in tokens
        if t.dep in {"nsubj", "nsubjpass"} and t.text.lower() in load_lexicon()["regulation-head"] | {"it", "they"}
    ]
    root = next((t.i for t in tokens if t.dep == "ROOT"), 0)
    if not subjects or subjects[0].head != root or _kind_of(read.sentence, root) is None:
        return fact
    issued, in_force, judgements = _dates(context, read, subjects[0].i)
    content = cast("Regulation", fact.content)
    kept = tuple(j for j in judgements if j is not None)
    dated = replace(content, issued=content.issued or issued, in_force=content.in_force or in_force)
    return replace(fact, content=dated, judgements=(*fact.judgements, *kept))
