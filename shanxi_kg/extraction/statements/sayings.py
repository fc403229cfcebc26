"""The attributions of a sentence: who says, which words attribute, and which words are what is said.

Verbs of saying, 'according to X', 'in X's words', 'as noted by X', and figures that show. Where a sentence has several,
each has its own part of it; what stands inside what another says is none.
"""

from __future__ import annotations

from dataclasses import replace

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.statements.labels import labelled, quoting
from shanxi_kg.extraction.statements.model import SHORTEST, SUBJECTS, Saying
from shanxi_kg.extraction.statements.phrases import closing_comma, phrase_end, phrase_last, phrase_start
from shanxi_kg.extraction.statements.quotes import FINITE, QUOTES
from shanxi_kg.extraction.statements.telling import LIGHT
from shanxi_kg.extraction.statements.verbs import verb_saying
from shanxi_kg.language import Token
from shanxi_kg.lexicon import load_lexicon

SIDE = frozenset({"while", "whereas", "and", "but"})
RELATIVES = frozenset({"which", "who", "whom", "whose", "that", "where", "when"})
OWNING = frozenset({"its", "the", "their"})
CUES = frozenset({"according", ":", *QUOTES})


def sayings(layout: Layout) -> list[Saying]:
    """Return the sayings of a sentence in order, those inside what another says left out."""
    cues = [token.i for token in layout.tokens if is_cue(token)]
    found = [saying for i in cues if (saying := _saying_at(layout, i)) and len(saying.said) >= SHORTEST]
    outside = [saying for saying in found if not _is_quoted(layout, saying)]
    return _apart(layout, outside or found or labelled(layout) or _before_colon(layout) or quoting(layout))


def _is_quoted(layout: Layout, saying: Saying) -> bool:
    """Tell whether a verb of saying stands inside quotation marks itself, and so is part of what is said."""
    marks = [token for token in layout.tokens if token.text in QUOTES]
    after = next((mark for mark in marks if mark.i > saying.trigger), None)
    before = next((mark for mark in reversed(marks) if mark.i < saying.trigger), None)
    return (after is not None and after.tag == "''") or (before is not None and before.tag == "``")


def _before_colon(layout: Layout) -> list[Saying]:
    """Match 'X is not worried: "…"', where no verb of saying tells that the words in quotes are X's."""
    colons = [i for i in range(1, len(layout.low)) if layout.low[i] == ":" and layout.word(i + 1) in QUOTES]
    root = next((t.i for t in layout.tokens if t.dep == "ROOT"), 0)
    verbs = [root, *layout.read.sentence.children[root]]
    subjects = (c for v in verbs for c in layout.read.sentence.children[v] if layout.tokens[c].dep in SUBJECTS)
    head = next((c for c in subjects if colons and c < colons[0]), None)
    head = _owner_of_words(layout, colons[0]) if head is None and colons else head
    if head is None or not _can_be_quoted(layout, head):
        return []
    first = phrase_start(layout, head)
    said = tuple(range(colons[0] + 1, len(layout.low)))
    last = min(phrase_end(layout, head), colons[0] - 1)
    return [Saying(colons[0], first, last, head, first, said, leads=True)] if len(said) >= SHORTEST else []


def _owner_of_words(layout: Layout, colon: int) -> int | None:
    """Return the person whose words a phrase without a verb announces: 'X's answer to critics: "…"'."""
    if any(token.tag in FINITE for token in layout.tokens[:colon]):
        return None
    named = (name.last for name in layout.persons.values() if name.last < colon)
    return next((last for last in named if layout.tokens[last + 1].tag == "POS"), None)


def _can_be_quoted(layout: Layout, head: int) -> bool:
    named = any(name.first <= head <= name.last for name in layout.persons.values())
    return named or layout.low[head] in {"he", "she"} or layout.tokens[head].lemma.lower() in load_lexicon()["role"]


def is_cue(token: Token) -> bool:
    """Tell whether a token can open an attribution; a sentence without any needs no further look."""
    lexicon = load_lexicon()
    verbal = any(token.lemma in lexicon[name] for name in ("say-verb", "show-verb", "quote-verb"))
    word = token.text.lower()
    return verbal or token.lemma in LIGHT or word in CUES or word in lexicon["view-noun"]


def _saying_at(layout: Layout, i: int) -> Saying | None:
    return next((saying for reader in READERS if (saying := reader(layout, i))), None)


# phrases ----------------------------------------------------------------------------------------------------------
def _according(layout: Layout, i: int) -> Saying | None:
    """Match 'according to X'."""
    is_phrase = layout.low[i] == "according" and layout.word(i + 1) == "to"
    return _phrase(layout, i, i + 2) if is_phrase else None


def _as_noted(layout: Layout, i: int) -> Saying | None:
    """Match 'as noted by X'."""
    is_phrase = layout.word(i - 1) == "as" and layout.word(i + 1) == "by" and layout.tokens[i].tag == "VBN"
    return _phrase(layout, i - 1, i + 2) if is_phrase else None


def _phrase(layout: Layout, start: int, first: int) -> Saying | None:
    """Match 'according to X': the phrase ends where a clause of its own begins, or with the sentence."""
    if first >= len(layout.low) or not RELATIVES.isdisjoint(layout.low[max(start - 2, 0) : start]):
        return None
    comma = closing_comma(layout, first)
    end = comma if comma is not None else len(layout.low) - 1
    head = _noun_from(layout, first, end)
    said = [i for i in range(len(layout.low)) if not start <= i <= end]
    return Saying(start, first, phrase_last(layout, head, end), head, start, tuple(said))


def _noun_from(layout: Layout, first: int, end: int) -> int:
    """Return the noun of the phrase that begins at `first`: the end of its first run, or the name beside it."""
    named = next((n for i in range(first, min(first + 8, end + 1)) for n in [layout.persons.get(i)] if n), None)
    i = first
    while i + 1 < end and (layout.tokens[i].pos not in {"NOUN", "PROPN", "PRON"} or _same_run(layout, i)):
        i += 1
    beside = i + 2 if layout.word(i + 1) == "," and layout.low[first] in OWNING else i + 1
    return named.last if named and named.first <= beside else i


def _same_run(layout: Layout, i: int) -> bool:
    follower = layout.tokens[i + 1]
    return follower.pos in {"NOUN", "PROPN", "PART"} or follower.text in {"-", "'s"}


def _in_words(layout: Layout, i: int) -> Saying | None:
    """Match 'in X's words', 'in his view' and 'in the opinion of X'."""
    if layout.low[i] not in load_lexicon()["view-noun"]:
        return None
    if layout.word(i + 1) == "of" and layout.low[max(i - 2, 0) : i] == ("in", "the"):
        return _phrase(layout, i - 2, i + 2)
    possessive = i > 1 and layout.tokens[i - 1].tag in {"POS", "PRP$"}
    start = next((j for j in range(i - 1, max(i - 8, -1), -1) if layout.low[j] == "in"), None)
    if start is None or not possessive:
        return None
    comma = closing_comma(layout, i)
    end = comma if comma is not None else len(layout.low) - 1
    head = i - 2 if layout.tokens[i - 1].tag == "POS" else i - 1
    said = tuple(j for j in range(len(layout.low)) if not start <= j <= end)
    return Saying(i, start + 1, head, head, start, said)


def _closing_report(layout: Layout, verb: int) -> Saying | None:
    """Match '…, statistics from X show.', whose verb the parser takes for a noun."""
    if layout.low[verb] not in {"show", "shows"} or layout.tokens[verb].pos != "NOUN":
        return None
    nouns = load_lexicon()["report-noun"]
    comma = next((i for i in range(verb, 0, -1) if layout.low[i] == ","), None)
    heads = [i for i in range(comma or verb, verb) if layout.tokens[i].lemma.lower() in nouns]
    if layout.word(verb + 1) not in {".", ""} or comma is None or not heads or comma < SHORTEST:
        return None
    return Saying(verb, comma + 1, verb - 1, heads[0], comma + 1, tuple(range(comma)))


def _view_is(layout: Layout, i: int) -> Saying | None:
    """Match 'X's view is that …', 'word from the bureau is that …' and 'it is the view of X that …'."""
    if layout.low[i] not in load_lexicon()["view-noun"]:
        return None
    be = next((j for j in range(i + 1, len(layout.low)) if layout.tokens[j].tag in FINITE), len(layout.low))
    if layout.word(be) not in {"is", "was", "remains"} or layout.word(be + 1) != "that":
        return None
    said = tuple(range(be + 1, len(layout.low)))
    if layout.word(i + 1) in {"of", "from"}:
        head = _noun_from(layout, i + 2, be)
        return Saying(i, i + 2, be - 1, head, phrase_start(layout, i), said, leads=True)
    if i < 2 or layout.tokens[i - 1].tag != "POS":
        return None
    return Saying(i, phrase_start(layout, i - 2), i - 2, i - 2, phrase_start(layout, i - 2), said, leads=True)


READERS = (_according, _in_words, _view_is, _as_noted, _closing_report, verb_saying)


# several in one sentence ------------------------------------------------------------------------------------------
def _apart(layout: Layout, found: list[Saying]) -> list[Saying]:
    """Give each saying its own part of the sentence; leave out those inside what another says."""
    kept: list[Saying] = []
    for saying in found:
        outer = kept[-1] if kept else None
        if outer is None:
            kept.append(saying)
        elif saying.trigger not in outer.said or _is_beside(layout, saying):
            begin = _begin(layout, saying)
            kept[-1] = replace(
                outer, said=tuple(i for i in outer.said if i < begin or (i in saying.said and i < outer.trigger))
            )
            kept.append(_own_part(saying, outer))
    return [saying for saying in kept if len(saying.said) >= SHORTEST]


def _is_beside(layout: Layout, saying: Saying) -> bool:
    """Tell whether a saying stands beside the one before: 'adding that …', 'while X said …', 'and added that …'."""
    if saying.shared:
        return True
    if saying.leads:
        return layout.word(saying.first - 1) in {"while", "whereas", ";"} or (
            layout.word(saying.first - 1) in {"and", "but"} and layout.word(saying.first - 2) == ","
        )
    return False


def _begin(layout: Layout, saying: Saying) -> int:
    """Return the token where a saying begins, with the 'while' or 'and' that leads to it."""
    if saying.shared:
        return saying.trigger
    begin = min(saying.first, saying.trigger) if saying.leads else 0
    while begin > 0 and layout.low[begin - 1] in SIDE | {",", ";"}:
        begin -= 1
    return begin


def _own_part(saying: Saying, outer: Saying) -> Saying:
    """Leave the words before a saying to the one before it."""
    if saying.leads:
        return saying
    last = max(outer.trigger, outer.last)
    return replace(saying, said=tuple(i for i in saying.said if i > last))
