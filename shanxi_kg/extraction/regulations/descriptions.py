"""Describing regulations: a head noun in lower case with its modifiers and its 'on …', less article and date."""

from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.regulations.model import FORCES, Title, is_head
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

SUBJECTS = frozenset(
    {"on", "for", "about", "concerning", "regarding", "to", "governing", "against", "covering", "over"}
)
MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "punct", "cc", "conj", "advmod", "npadvmod", "quantmod"})


def find_descriptions(context: Context, read: ReadSentence) -> Iterator[Title]:
    """Give the phrases of head nouns in lower case; whether they tell of a regulation is for what befell it to say."""
    tokens = read.sentence.tokens
    for token in tokens:
        is_lower = (
            not token.text[:1].isupper()
            or token.i == 0
            or (token.i == 1 and tokens[0].text.lower() in {"local", "new"})
        )
        is_noun = token.pos in {"NOUN", "PROPN"} or token.dep in {"nsubj", "nsubjpass", "dobj", "pobj"}
        if is_lower and is_noun and is_head(token) and not _modifies(read.sentence, token):
            title = _description(context, read, token.i)
            if title:
                yield title


def _modifies(sentence: Sentence, token: Token) -> bool:
    head = sentence.tokens[token.head]
    return token.dep in {"compound", "nmod"} and head.i > token.i and head.pos in {"NOUN", "PROPN"}


def _description(context: Context, read: ReadSentence, head: int) -> Title | None:
    """Return the head noun with its modifiers and its 'on …', less articles, 'new' and the area that it is of."""
    tokens = read.sentence.tokens
    first = _modified_from(read, head)
    last = subject_to(read, head)
    apart = _apart(read, head) if last == head else None
    if first == last and apart is None:
        return None
    text = context.words(tokens[first].start, tokens[last].end)
    end = tokens[last].end
    if apart:
        text, end = f"{text} {context.words(tokens[apart[0]].start, tokens[apart[1]].end)}", tokens[apart[1]].end
    return Title(text, tokens[first].start, end, head, is_described=True)


def _modified_from(read: ReadSentence, head: int) -> int:
    tokens, lexicon = read.sentence.tokens, load_lexicon()
    first = head
    while first > 0:
        token = tokens[first - 1]
        joined = token.end == tokens[first].start  # 'three-year': parts that no space parts
        if token.text.lower() in lexicon["title-opener"] | FORCES and not joined:
            break
        if token.text in {",", ";", ":"} or token.tag in {"POS", "DT", "PRP$"}:
            break
        if not joined and token.tag == "CD":
            break
        if not joined and (
            token.dep not in MODIFIERS or token.tag in {"VBD", "VBZ", "VBP", "IN"} or _is_place(read, token)
        ):
            break
        if token.tag == "CC" and tokens[first - 2].pos not in {"ADJ", "NOUN", "PROPN"}:
            break
        first -= 1
    while first < head and (tokens[first].text in {"-", ",", '"'} or tokens[first].tag == "CC"):
        first += 1
    return first


def _is_place(read: ReadSentence, token: Token) -> bool:
    return mention_at(read.places, token.start) is not None


def subject_to(read: ReadSentence, head: int) -> int:
    """Return the last token of the 'on …' or 'for …' of a described regulation."""
    sentence, last = read.sentence, head
    beside = (head + 1,) if head + 1 < len(sentence.tokens) and sentence.tokens[head + 1].tag in {"IN", "VBG"} else ()
    for child in (c for c in (*sentence.children[head], *beside) if c > head):
        token = sentence.tokens[child]
        is_subject = token.text.lower() in SUBJECTS and not _is_dated(read, child)
        if is_subject or (token.tag == "VB" and sentence.tokens[child - 1].tag == "TO"):
            last = max(last, _end_of(read, child))
    return last


def _end_of(read: ReadSentence, start: int) -> int:
    """Return the last token of a phrase, less its clauses, dates, insertions and whatever stands apart."""
    sentence = read.sentence
    last = start
    for i in sentence.subtree(start):
        token = sentence.tokens[i]
        if i < start:
            continue
        if token.text in {",", ";", ":", "."} and not _is_series(sentence, i):
            break
        if (token.dep in {"relcl", "acl"} and token.tag in {"VBN", "VBD", "VBZ", "VBP"}) or token.tag in {
            "WDT",
            "WP",
            "WRB",
            "MD",
        }:
            break
        if i > last + 1 or (token.tag == "IN" and _is_dated(read, i)) or (i > start and token.text.lower() == "by"):
            break
        last = i
    return last


def _is_series(sentence: Sentence, i: int) -> bool:
    """Tell whether a comma stands in a series that an 'and' closes ('discounts, subsidies and compensation')."""
    before, after = sentence.tokens[i - 1], sentence.tokens[i + 1 : i + 2]
    if not after or after[0].tag in {"WDT", "WRB", "DT", "IN", "VBN", "VBG"}:
        return False
    linked = [
        c
        for a in (before.i, *sentence.ancestors(before.i))
        for c in sentence.children[a]
        if sentence.tokens[c].dep == "conj"
    ]
    return any(c > i for c in linked)


def _is_dated(read: ReadSentence, preposition: int) -> bool:
    following = read.sentence.tokens[preposition + 1 : preposition + 3]
    return any(d.start <= token.start < d.end for d in read.dates for token in following[:1]) or any(
        token.text in {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
        for token in following[:1]
    )


def _apart(read: ReadSentence, head: int) -> tuple[int, int] | None:
    """Return the 'on …' that the verb parts from its noun: 'Guidelines have been issued on second-hand cars'."""
    sentence = read.sentence
    verb = sentence.tokens[sentence.tokens[head].head]
    if verb.pos != "VERB" or sentence.tokens[head].dep != "nsubjpass":
        return None
    marks = [t.i for t in sentence.tokens[verb.i + 1 :] if t.text.lower() in {"on", "for", "concerning", "regarding"}]
    mark = next((i for i in marks if not _is_dated(read, i)), None)
    return (mark, _end_of(read, mark)) if mark is not None and _end_of(read, mark) > mark else None
