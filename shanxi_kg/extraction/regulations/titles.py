"""Finding the regulations that a sentence names: in quotation marks, in capitals, or described in lower case.

A title goes to the right over links ('on', 'of', 'for the') as far as capitals reach, to the left over capitals; a
description has its modifiers and its 'on …', without article, date or issuer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.regulations.descriptions import find_descriptions, subject_to
from shanxi_kg.extraction.regulations.model import Title, is_head
from shanxi_kg.language import Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

QUOTED = re.compile(r"[\"“‘《]([A-Z][^\"“”’‘《》\n]{5,200})[\"”’》]")
BRACKET = re.compile(
    r"\s?\((?:(?![^()\n]*(?:[a-z]ed|force|effect|effective)\b)[^()\n]*\d{4}[^()\n]*|[^()\n]*(?:[Tt]rial|[Dd]raft|[Ii]nterim|[Rr]evis)[^()\n]*)\)"
)
LINKS = frozenset(
    {
        "of",
        "on",
        "for",
        "and",
        "the",
        "in",
        "to",
        "&",
        "against",
        "with",
        "over",
        "concerning",
        "regarding",
        "-",
        "a",
        "an",
    }
    | {"about", "by", "under", "at", "into", "within", "from", "'s", "further", "its", "other", "between", "among"}
)


def find_titles(context: Context, read: ReadSentence) -> list[Title]:
    """Return the regulations that a sentence names, in order; a described one may hold the title of another."""
    named: list[Title] = []
    for title in (*_quoted(context, read), *_capitalised(context, read)):
        if not any(_overlap(title, other) for other in named):
            named.append(title)
    described_ones = [t for t in find_descriptions(context, read) if not any(_is_inside(t, other) for other in named)]
    return sorted((*named, *described_ones), key=lambda title: (title.start, -title.end))


def _overlap(one: Title, two: Title) -> bool:
    return one.start < two.end and two.start < one.end


def _is_inside(one: Title, two: Title) -> bool:
    """Tell whether the head of a described regulation stands in a title, or its words do."""
    return two.start <= one.start < two.end


# in quotation marks -----------------------------------------------------------------------------------------------
def _quoted(context: Context, read: ReadSentence) -> Iterator[Title]:
    sentence = read.sentence
    for match in QUOTED.finditer(context.reading.document.text, max(0, sentence.start - 1), sentence.end + 1):
        inside = [t for t in sentence.tokens if match.start(1) <= t.start < match.end(1) and is_head(t)]
        if inside and all(_fits_title(word) for word in match[1].split()):
            yield Title(context.words(*match.span(1)).strip(" ,."), *match.span(1), inside[0].i)


def _fits_title(word: str) -> bool:
    return not word[:1].islower() or word.strip(",.") in LINKS


# in capitals ------------------------------------------------------------------------------------------------------
def _capitalised(context: Context, read: ReadSentence) -> Iterator[Title]:
    tokens = read.sentence.tokens
    done = -1
    for token in tokens:
        if token.i <= done or not (token.text[:1].isupper() and is_head(token)) or mention_at(read.bodies, token.start):
            continue
        first, last = _run_left(read, token.i), _run_right(read, token.i)
        behind = subject_to(read, token.i) if _is_of_years(tokens, first, last) else last
        if behind > last:
            done = behind
            text = context.words(tokens[first].start, tokens[behind].end)
            yield Title(text, tokens[first].start, tokens[behind].end, token.i, is_described=True)
            continue
        if first == last or _is_part_of_name(read, token.i, last) or _is_plain(tokens, first, last):
            continue
        done = last
        end = _with_bracket(context, tokens[last].end)
        yield Title(context.words(tokens[first].start, end), tokens[first].start, end, token.i)


def _run_left(read: ReadSentence, i: int) -> int:
    tokens, first = read.sentence.tokens, i
    while first > 0 and _goes_left(read, first - 1):
        first -= 1
    while first < i and (tokens[first].text.lower() in load_lexicon()["title-opener"] or tokens[first].tag == "HYPH"):
        first += 1
    return first


def _goes_left(read: ReadSentence, i: int) -> bool:
    token = read.sentence.tokens[i]
    lexicon = load_lexicon()
    if token.text.lower() in lexicon["title-opener"] or any(d.start <= token.start < d.end for d in read.dates):
        return False
    if token.text == "-" or token.text[:1].isdigit():
        return _is_hyphen(read, i) or (token.tag in {"HYPH", "JJ", "CD"} and token.text[-1:] != "0")
    if token.tag == "POS":
        return i > 0 and read.sentence.tokens[i - 1].text.lower() in lexicon["name-possessor"]
    return token.text[:1].isupper() and token.tag not in {"IN", "DT", "PRP", "PRP$", "CC", "WRB", "VBG"}


def _is_hyphen(read: ReadSentence, i: int) -> bool:
    """Tell whether a dash joins the words around it ('Post-Flood'), with no space on either side."""
    around = read.sentence.tokens[max(0, i - 1) : i + 2]
    return read.sentence.tokens[i].text == "-" and all(one.end == two.start for one, two in pairwise(around))


def _run_right(read: ReadSentence, i: int) -> int:
    tokens, last, j = read.sentence.tokens, i, i + 1
    while j < len(tokens) and not _starts_other(read, j):
        word = tokens[j].text
        if word[:1].isupper() or (word[:1].isdigit() and tokens[j - 1].text.lower() in {"-", "of", "for"}):
            last = j
        elif word.islower() and tokens[j - 1].text == "-" and tokens[j - 1].end == tokens[j].start:
            pass  # 'Innovation-driven'
        elif word.lower() not in LINKS and not (word == "," and _is_listed(tokens, j)):
            break
        j += 1
    return last


def _starts_other(read: ReadSentence, i: int) -> bool:
    """Tell whether a date or another title begins at a token."""
    tokens = read.sentence.tokens
    if any(d.start <= tokens[i].start < d.end for d in read.dates):
        return True
    if tokens[i].text.lower() not in {"and", ",", "&"}:
        return False
    after = i + 1 + (i + 1 < len(tokens) and tokens[i + 1].text.lower() == "the")
    run = after
    while run < len(tokens) and run < after + 6 and tokens[run].text[:1].isupper() and not is_head(tokens[run]):
        run += 1
    ends = run < len(tokens) and tokens[run].text[:1].isupper() and is_head(tokens[run])
    return ends and (run == after or after > i + 1)


def _is_listed(tokens: tuple[Token, ...], i: int) -> bool:
    """Tell whether a comma stands inside a title ('Utilization, Protection and Management')."""
    ahead = tokens[i + 1 : i + 8]
    capital = [token.text[:1].isupper() for token in ahead]
    link = next((k for k, token in enumerate(ahead) if token.text.lower() in {"and", "&"}), None)
    return (
        link is not None
        and all(c or t.text == "," for c, t in zip(capital[:link], ahead[:link], strict=True))
        and any(capital[link + 1 : link + 2])
    )


def _is_part_of_name(read: ReadSentence, head: int, last: int) -> bool:
    """Tell whether a capital or a noun follows that makes the word a part of another name ('Law School')."""
    tokens = read.sentence.tokens
    if head == last and head + 1 < len(tokens):
        following = tokens[head + 1]
        return following.tag in {"NN", "NNS"} and following.text.lower() in load_lexicon()["plan-time"]
    following = tokens[head + 1]
    return following.text[:1].isupper() and following.tag.startswith("NNP")


def _is_plain(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Tell whether capitals make no title: 'Rule of Law', 'the 14th Five-Year Plan' (a time), a single word."""
    words = [token.text.lower() for token in tokens[first : last + 1]]
    if words[:3] == ["rule", "of", "law"] or words[0] == "party":
        return True
    return _is_of_years(tokens, first, last) or len(words) < 2


def _is_of_years(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Tell whether capitals are 'the 14th Five-Year Plan', which alone is a time."""
    words = [token.text.lower() for token in tokens[first : last + 1]]
    return words[-3:] == ["-", "year", "plan"] or words[-2:] == ["five-year", "plan"]


def _with_bracket(context: Context, end: int) -> int:
    match = BRACKET.match(context.reading.document.text, end)
    return match.end() if match else end
