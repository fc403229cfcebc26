"""The phrases around an attribution: the speaker's words, and how far 'said on Monday at a forum' reaches."""

from __future__ import annotations

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.statements.quotes import FINITE, QUOTES
from shanxi_kg.lexicon import load_lexicon

ADVERBS = frozenset(
    "also further then later earlier however recently once often has have had again repeatedly all now still".split()
)
PREPOSITIONS = frozenset("on at in during to with after before from via through while by for about of".split())
PHRASE_TAGS = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "HYPH", "PRP$", "VBN", "JJR", "JJS"})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
CLOSING = frozenset({"who", "which", "whose", "where", "whom"})


def phrase_start(layout: Layout, head: int) -> int:
    """Return the first token of the words for a speaker that stands before its verb."""
    if layout.tokens[head].pos == "PRON":
        return head
    inside = set(layout.read.sentence.subtree(head))
    named = next((n for n in layout.persons.values() if n.first <= head <= n.last), None)
    first = min(head, named.first if named else head)
    while first - 1 in inside and layout.low[first - 1] not in QUOTES:
        first -= 1
    words = range(first, head)
    verbs = [i for i in words if layout.tokens[i].tag in FINITE and layout.tokens[i].dep not in {"relcl", "aux"}]
    if verbs:
        first = max((i + 1 for i in words if layout.low[i] in {","} | QUOTES), default=first)
    while layout.low[first] in {",", "and", "but"}:
        first += 1
    return first


def phrase_end(layout: Layout, head: int) -> int:
    """Return the last token of the words for a speaker that stands behind its verb: the noun's own phrase."""
    inside = set(layout.read.sentence.subtree(head))
    last = head
    named = next((n for n in layout.persons.values() if n.first <= head <= n.last), None)
    last = max(last, named.last if named else last)
    while last + 1 in inside:
        last += 1
    return last


def content_start(layout: Layout, verb: int) -> int:
    """Return where what is said can begin behind a verb: over hearer, time and place ('told them on Monday')."""
    i = verb + 1
    if layout.tokens[verb].lemma in load_lexicon()["hearer-verb"]:
        hearer = _over_noun_phrase(layout, i)
        is_subject = hearer < len(layout.low) and layout.tokens[hearer].tag in FINITE  # 'warn the lake could vanish'
        i = i if is_subject else hearer
    while i < len(layout.low):
        after = _step(layout, i)
        if after == i:
            break
        i = after
    return i


def _step(layout: Layout, i: int) -> int:
    token, word = layout.tokens[i], layout.low[i]
    if (
        word == "out"
        or word in ADVERBS
        or word in DAYS
        or (token.pos == "ADV" and token.tag == "RB" and _is_short(layout, i))
    ):
        return i + 1
    if word == "," and layout.word(i + 1) == "however" and layout.word(i + 2) == ",":
        return i + 2
    date = next((d for d in layout.read.dates if d.start <= token.start < d.end), None)
    if date:
        return (
            (layout.read.sentence.at(date.end) or len(layout.low))
            if date.end < layout.read.sentence.end
            else len(layout.low)
        )
    if word in PREPOSITIONS:
        return _over_place(layout, i)
    return i


def _is_short(layout: Layout, i: int) -> bool:
    """Tell whether an adverb belongs to the verb of saying: 'that', a comma or a preposition follows."""
    return layout.word(i + 1) in {"that", ",", ":", ".", "on", "in", "at"} | QUOTES


def _over_place(layout: Layout, i: int) -> int:
    """Step over 'at a press conference', where 'that' follows or its noun is a place or time of talk."""
    end = _over_noun_phrase(layout, i + 1)
    if end == i + 1:
        return i
    while layout.word(end) in {"of", "for", "and"} and layout.word(end - 1) != "and":
        further = _over_noun_phrase(layout, end + 1)
        if further == end + 1:
            break
        end = further
    lemmas = {token.lemma.lower() for token in layout.tokens[i + 1 : end]}
    talks = not load_lexicon()["venue-noun"].isdisjoint(lemmas) or not DAYS.isdisjoint(lemmas)
    later = layout.word(end) in {"that", ",", ":", "."} | QUOTES or end >= len(layout.low)
    return end if talks or later or _leads_to_that(layout, end) else i


def _leads_to_that(layout: Layout, i: int) -> bool:
    """Tell whether only further phrases stand before 'that'."""
    for j in range(i, min(i + 12, len(layout.low))):
        if layout.low[j] == "that":
            return True
        if layout.tokens[j].pos in {"VERB", "AUX"} or layout.low[j] in {",", ":"}:
            return False
    return False


def _over_noun_phrase(layout: Layout, i: int) -> int:
    """Return the token behind the noun phrase that begins at `i`; `i` where none does."""
    start, has_noun = i, False
    while i < len(layout.low) and layout.tokens[i].tag in PHRASE_TAGS | {"PRP"}:
        tag = layout.tokens[i].tag
        if has_noun and (tag in {"DT", "PRP", "PRP$"} or layout.low[i - 1] in DAYS):
            break
        has_noun = has_noun or tag in NOUNS or tag == "PRP"
        i += 1
    ends_open = i > start + 1 and layout.word(i) in {"that", ","} and layout.low[start] in {"a", "an", "the"}
    return i if has_noun or ends_open else start


def closing_comma(layout: Layout, start: int) -> int | None:
    """Return the comma that ends an attribution begun before: the first behind which a clause of its own stands."""
    commas = [i for i in range(start, len(layout.low)) if layout.low[i] == "," and layout.word(i + 1) not in CLOSING]
    for comma in commas:
        if _opens_clause(layout, comma + 1):
            return comma
    plain = [i for i in commas if not _is_aside(layout, i + 1)]
    opens = start < 4 or not any(token.pos in {"VERB", "AUX"} for token in layout.tokens[: start - 2])
    return plain[0] if plain and plain[0] < len(layout.low) - 3 and opens else None


def _opens_clause(layout: Layout, i: int) -> bool:
    """Tell whether a finite verb that is in no relative clause follows before the next comma."""
    for j in range(i, len(layout.low)):
        if layout.low[j] == "," and j > i:
            return False
        token = layout.tokens[j]
        if token.tag in FINITE and not _in_relative(layout, j):
            return True
    return False


def _in_relative(layout: Layout, i: int) -> bool:
    sentence = layout.read.sentence
    return any(sentence.tokens[a].dep in {"relcl", "acl"} for a in [i, *sentence.ancestors(i)])


def _is_aside(layout: Layout, i: int) -> bool:
    """Tell whether an apposition or a further item of a list follows a comma."""
    words = layout.low[i : i + 4]
    return not load_lexicon()["role"].isdisjoint(words) or i in layout.persons or words[:1] == ("and",)


def phrase_last(layout: Layout, head: int, end: int) -> int:
    """Return the last token of a speaker's words inside an attribution that ends at token `end`."""
    last = phrase_end(layout, head)
    stop = next((i for i in range(head, end + 1) if layout.low[i] in {",", ".", ";"} | QUOTES), end + 1)
    return min(max(last, head), max(stop - 1, head))
