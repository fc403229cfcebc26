"""The name of a platform at its head noun: modifiers before it, a complement behind it, levels and coverage beside it.

Names are the text's own words, less articles, possessors, counts and words like 'new'; of a list of levels ('provincial
and county-level') the levels are kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.phrases import children_by, left_edge
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

COMPLEMENTS = {"of": 7, "on": 7, "for": 4, "against": 4}
PLACING = frozenset({"in", "across", "at", "by", "with"})
JOINS = frozenset({"and", "&", "-", "–", "of", "for", "'s"})
STORES = frozenset({"database", "pool"})
LEVELS = {"city": "municipal", "state": "national", "town": "township", "village": "township", "district": "county"}
LEVEL_GLUE = frozenset({",", "and", "or", "-", "level", "levels"})
FILLERS = frozenset("a an the this that these those its their \" ' '' `` , - and".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A platform's name: text, token range, the words that tell it from others, and whether it is capitalised."""

    text: str
    first: int
    last: int
    start: int
    end: int
    head: str
    modifiers: tuple[str, ...]
    is_proper: bool
    levels: tuple[str, ...] = ()
    coverage: str | None = None


def name_at(context: Context, read: ReadSentence, i: int) -> Name | None:
    """Return the name that the head noun `i` ends or opens; None where it has no modifier of its own."""
    sentence = read.sentence
    is_proper = sentence.tokens[i].text[:1].isupper() and i > 0 and sentence.tokens[i - 1].text[:1].isupper()
    first, levels = _proper_start(sentence, i) if is_proper else _described_start(sentence, i)
    last = _proper_end(sentence, i) if is_proper else _complement_end(read, i)
    dropped = load_lexicon()["platform-dropped"]
    modifiers = tuple(t.text.lower() for t in sentence.tokens[first:i] if t.text.lower() not in dropped | FILLERS)
    if not modifiers and last == i:
        last = _made_of(read, i)
    if not modifiers and last == i:
        return None
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    text, lemma = context.words(start, end), sentence.tokens[i].lemma.lower()
    return Name(text, first, last, start, end, lemma, modifiers, is_proper, levels, _coverage(context, sentence, i))


# the left end -----------------------------------------------------------------------------------------------------
def _proper_start(sentence: Sentence, i: int) -> tuple[int, tuple[str, ...]]:
    """Return where the run of capitals before a head begins; an 'and' in it only where the parse puts it inside."""
    tokens, below = sentence.tokens, set(sentence.subtree(i))
    dropped = load_lexicon()["not-in-name"]
    first = i
    while first > 0:
        before = tokens[first - 1]
        if before.text[:1].isupper() and before.text.lower() not in dropped:
            first -= 1
        elif _joins(sentence, first - 1) and (before.i in below or before.text in {"-", "–"}):
            first -= 2
        elif _is_second_half(sentence, first - 1):
            first -= 3
        else:
            break
    return first, ()


def _joins(sentence: Sentence, i: int) -> bool:
    tokens = sentence.tokens
    if i == 0 or tokens[i].text.lower() not in JOINS or not tokens[i - 1].text[:1].isupper():
        return False
    return tokens[i].text != "'s" or tokens[i - 1].text.lower() in load_lexicon()["name-possessor"]


def _is_second_half(sentence: Sentence, i: int) -> bool:
    """Tell whether a lower-case token ends a capitalised compound ('High-tech')."""
    tokens = sentence.tokens
    tied = i > 1 and tokens[i - 1].text in {"-", "–"} and tokens[i - 1].end == tokens[i].start
    return tied and _joins(sentence, i - 1)


def _described_start(sentence: Sentence, i: int) -> tuple[int, tuple[str, ...]]:
    """Return where the name of a described platform begins, and the levels of a list that stands before it."""
    tokens = sentence.tokens
    first = left_edge(sentence, i)
    owners = [t.i for t in tokens[first:i] if t.tag in {"POS", "PRP$", "WP$"}]
    first = owners[-1] + 1 if owners else first
    first = _after_numbers(sentence, first, i)
    end, levels = _levels(sentence, first, i)
    first = end if levels else first
    dropped = load_lexicon()["platform-dropped"]
    while first < i and _is_dropped(sentence, first, dropped | FILLERS):
        first += 1
    return first + 3 if _is_level_count(sentence, first) and first + 3 <= i else first, levels


def _is_level_count(sentence: Sentence, i: int) -> bool:
    """Tell whether 'three-level' begins at a token."""
    words = [token.text.lower() for token in sentence.tokens[i + 1 : i + 3]]
    return sentence.tokens[i].tag == "CD" and words in (["-", "level"], ["-", "tier"])


def _is_dropped(sentence: Sentence, i: int, words: frozenset[str]) -> bool:
    """Tell whether a word opens no name: an article, 'new', a number of one that no hyphen ties to the next word."""
    token, follower = sentence.tokens[i], sentence.tokens[i + 1].text
    if token.text.lower() == "one":
        return follower != "-"
    return token.text.lower() in words or token.tag in {"RB", "CC", ":", "JJS"}


def _after_numbers(sentence: Sentence, first: int, i: int) -> int:
    """Return the first token behind an amount before the head ('a 100-million-yuan compensation fund')."""
    tokens, units = sentence.tokens, load_lexicon().units
    money = units["yuan"] | units["US dollars"]
    ends = [t.i for t in tokens[first:i] if t.text in money]
    return ends[-1] + 1 if ends else first


def _levels(sentence: Sentence, first: int, i: int) -> tuple[int, tuple[str, ...]]:
    """Return the end of a run of levels and the levels, where there are two or more, or one with '-level'."""
    tokens, words, found, j = sentence.tokens, load_lexicon()["level-word"], [], first
    while j < i and (tokens[j].text.lower() in words | LEVEL_GLUE | FILLERS):
        if tokens[j].text.lower() in words:
            found.append(LEVELS.get(tokens[j].text.lower(), tokens[j].text.lower()))
        j += 1
    is_list = len(found) > 1 or any(t.text.lower() in {"level", "levels"} for t in tokens[first:j])
    return (j, tuple(dict.fromkeys(found))) if found and is_list else (first, ())


# the right end ----------------------------------------------------------------------------------------------------
def _proper_end(sentence: Sentence, i: int) -> int:
    """Return the last token of a capitalised name: over 'of' and 'for' to the capitals behind them."""
    tokens, last = sentence.tokens, i
    j = i + 1
    if j < len(tokens) and tokens[j].text.lower() in {"of", "for"}:
        j += 2 if j + 1 < len(tokens) and tokens[j + 1].text.lower() == "the" else 1
        while j < len(tokens) and tokens[j].text[:1].isupper():
            last, j = j, j + 1
    return last


def _complement_end(read: ReadSentence, i: int) -> int:
    """Return the last token of a short complement ('of IP services', 'for its key industries')."""
    sentence = read.sentence
    if i + 1 >= len(sentence.tokens) or i + 1 not in sentence.children[i]:
        return i
    word, objects = sentence.tokens[i + 1].text.lower(), children_by(sentence, i + 1, {"pobj"})
    if word not in COMPLEMENTS or not objects or not _describes(read, i, word, objects[0]):
        return i
    inside = [i + 1, *_core(sentence, objects[0])]
    last = i
    for j in inside:
        last = j if j == last + 1 else last
    while sentence.tokens[last].pos == "PUNCT":
        last -= 1
    return last if len(inside) <= COMPLEMENTS[word] else i


def _describes(read: ReadSentence, head: int, word: str, noun: int) -> bool:
    """Tell whether a complement says what the platform is about: no place, no count, nobody who is in it."""
    sentence, lexicon = read.sentence, load_lexicon()
    token = sentence.tokens[noun]
    if mention_at(read.places, token.start) or mention_at(read.bodies, token.start) or token.pos in {"PRON", "NUM"}:
        return False
    if any(quantity.start <= token.start < quantity.end for quantity in read.quantities):
        return False
    if children_by(sentence, noun, {"nummod"}) or token.text.lower() in lexicon["area-type"] | lexicon["platform-head"]:
        return False
    collective = word == "of" and sentence.tokens[head].lemma.lower() in lexicon["collective-head"]
    return not (collective and token.lemma.lower() in lexicon["group-noun"])


def _made_of(read: ReadSentence, i: int) -> int:
    """Return the last word of what is in a platform that has no other name ('an alliance of 30 universities')."""
    sentence = read.sentence
    holding = load_lexicon()["collective-head"] | STORES
    if sentence.tokens[i].lemma.lower() not in holding or i + 1 >= len(sentence.tokens):
        return i
    for noun in children_by(sentence, i + 1, {"pobj"}) if sentence.tokens[i + 1].text.lower() == "of" else []:
        inside = [j for j in _core(sentence, noun) if j > i]
        while inside and sentence.tokens[inside[-1]].pos == "PUNCT":
            inside.pop()
        return inside[-1] if inside and inside == list(range(inside[0], inside[-1] + 1)) else i
    return i


def _core(sentence: Sentence, noun: int) -> list[int]:
    cut = [c for n in sentence.subtree(noun) for c in children_by(sentence, n, {"relcl", "acl", "appos"})]
    placed = [c for c in sentence.children[noun] if sentence.tokens[c].text.lower() in PLACING]
    return sentence.subtree(noun, without=[*cut, *placed])


def _coverage(context: Context, sentence: Sentence, i: int) -> str | None:
    """Return what a platform is said to cover ('covering all 11 cities', 'which covers the whole province')."""
    for node in sentence.subtree(i):
        token = sentence.tokens[node]
        if token.lemma == "cover" and token.dep in {"acl", "relcl"}:
            return _object_words(context, sentence, node)
    above = sentence.tokens[sentence.tokens[i].head]
    if above.lemma == "cover" and sentence.tokens[i].dep == "nsubj":
        return _object_words(context, sentence, above.i)
    return None


def _object_words(context: Context, sentence: Sentence, verb: int) -> str | None:
    for noun in children_by(sentence, verb, {"dobj"}):
        inside = [j for j in _core(sentence, noun) if j > verb]
        return context.words(sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end)
    return None
