"""Reading a list of parties: areas, bodies and companies, over whatever is inserted between its items.

A list is read from left to right: an item, what is said of it ('a carmaker', 'which was the host', 'on the opposite
bank'), a comma or an 'and', the next item. It ends where the words cannot belong to it: at a verb, a purpose, a 'by' or
a 'with'.
"""

from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.extraction.agreements.items import OPENERS_OF_NEXT, WHERE, Items, Named
from shanxi_kg.extraction.agreements.offices import is_office
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.facts import Body
from shanxi_kg.mentions import ReadSentence

__all__ = ["RELATIVE", "TOGETHER", "Named", "listed", "listed_up_to", "mentioned"]

RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD", "TO", "VB"})
PARTICIPLES = frozenset({"VBG", "VBN"})
LINKING = frozenset({"as", "with", "by", "between", "like", "including", "alongside"})
PHRASES = (("as", "well", "as"), ("such", "as"), ("among", "them"))
TOGETHER = frozenset({"along", "together", "jointly"})
ENDS = frozenset(
    {"by", "with", "between", "among", "for", "under", "during", "after", "before", "since", "when", "while", "that"}
    | {"than", "into", "over", "about", "concerning", "regarding", "via", "through", "within", "until", "because"}
    | {"if", "against", "whereby", "who", "which", "on", "to", ";", "upon", "following", "toward", "towards", "amid"}
)


def listed(context: Context, read: ReadSentence, first: int, stop: int) -> tuple[Named, ...]:
    """Return the parties of the list that begins at token `first` and ends before token `stop`, each once."""
    found: dict[str, Named] = {}
    for named in _Scan(context, read, first, stop).parties():
        found.setdefault(named.key, named)
    return tuple(found.values())


def listed_up_to(context: Context, read: ReadSentence, first: int, stop: int) -> tuple[Named, ...]:
    """Return the parties of the list that ends right before token `stop`: it begins at `first`, or behind a comma."""
    commas = [t.i + 1 for t in read.sentence.tokens[first:stop] if t.text in {",", ":"}]
    for start in [first, *commas]:
        scan = _Scan(context, read, start, stop)
        found: dict[str, Named] = {}
        for named in scan.parties():
            found.setdefault(named.key, named)
        if found and not scan.is_broken:
            return tuple(found.values())
    return ()


def mentioned(context: Context, read: ReadSentence, positions: list[int]) -> tuple[Named, ...]:
    """Return the bodies and areas named at some tokens, whatever stands around them, else a company."""
    found: dict[str, Named] = {}
    for i in positions:
        start = read.sentence.tokens[i].start
        body, place = mention_at(read.bodies, start), mention_at(read.places, start)
        if body and body.start == start:
            found.setdefault(body.identity, Named(body.body, body.start, body.end))
        elif place and not body and place.start == start:
            found.setdefault(place.name, Named(place.area, place.start, place.end))
    return tuple(found.values()) or _capitals(context, read, positions)


def _capitals(context: Context, read: ReadSentence, positions: list[int]) -> tuple[Named, ...]:
    tokens = [read.sentence.tokens[i] for i in positions]
    named = [token for token in tokens if token.tag in {"NNP", "NNPS"}]
    if not named or mention_at(read.persons, named[0].start):
        return ()
    start, end = named[0].start, named[-1].end
    return (Named(Body(context.words(start, end)), start, end),)


class _Scan:
    """One walk over a list; `is_broken` once a word has ended it, `is_described` once an insertion was stepped over."""

    def __init__(self, context: Context, read: ReadSentence, first: int, stop: int) -> None:
        self.items = Items(context, read, first, stop)
        self.read = read
        self.tokens, self.words = self.items.tokens, self.items.words
        self.first, self.stop = first, self.items.stop
        self.is_broken = False
        self.is_described = False

    def parties(self) -> Iterator[Named]:
        """Give the parties in order."""
        i = self.first
        while i < self.stop:
            after = self._over(i)
            if after is None:
                named, after = self.items.item(i)
                if named and not self.items.describes(named, i) and not self.items.goes_on(i):
                    self.items.last = named
                    yield named
                elif after == i + 1 and not named and self._ends(i):
                    self.is_broken = True
                    return
            i = max(after, i + 1)

    def _over(self, i: int) -> int | None:
        """Return where to go on behind a date, an insertion or a linking word at token `i`, None where none is."""
        date = next((d for d in self.read.dates if d.start <= self.tokens[i].start < d.end), None)
        if date:
            return self.items.after(i, date.end)
        if self.words[i] == "," and i + 1 < self.stop and self._is_inserted(i + 1):
            self.is_described = True
            return self._insertion_end(i + 1)
        phrase = next((p for p in PHRASES if tuple(self.words[i : i + len(p)]) == p), None)
        if phrase:
            return i + len(phrase)
        if self.words[i] == "with" and self.words[i - 1] in TOGETHER:
            return i + 1
        if self.words[i] in {"on", "in", "by", "of"} and i + 1 < len(self.tokens) and self._is_dated(i + 1):
            return i + 1
        return i + 1 if self.words[i] in OPENERS_OF_NEXT else None

    def _is_dated(self, i: int) -> bool:
        i += self.words[i] in {"the", "late", "early"} and i + 1 < len(self.tokens)
        return any(d.start <= self.tokens[i].start < d.end for d in self.read.dates)

    def _is_inserted(self, i: int) -> bool:
        """Tell whether what begins behind a comma only describes the item before it."""
        token, word, following = self.tokens[i], self.words[i], self.words[i + 1 : i + 2]
        is_clause = token.tag in PARTICIPLES and token.text.islower() and word not in OPENERS_OF_NEXT
        is_like = word in {"that", "those"} and following == ["of"] and self.is_described
        if word in {"a", "an"} or token.tag in RELATIVE or is_clause or is_like:
            return True
        if word == "the":
            return self._is_definite_description(i)
        if word in {"its", "their"} or self.items.names_at(i):
            return False
        is_place = token.tag == "IN" and word not in LINKING
        return is_place or (word in {"both", "all"} and not (WHERE | {"of"}).isdisjoint(following))

    def _is_definite_description(self, i: int) -> bool:
        """Tell 'the capital of Jiangsu' and 'the appliance maker' from 'the counties of …' and 'the Bank of …'."""
        j = i + 1
        while j < self.stop and self.words[j] not in {",", "and", "of"} and not self.items.names_at(j):
            j += 1
        words = self.words[i + 1 : j]
        if j < self.stop and self.items.names_at(j):
            owner = j + 1 < self.stop and any(t.tag == "POS" for t in self.tokens[j + 1 : j + 4])
            return owner and not is_office(self.tokens[i : self._segment_end(i)])
        if any(token.text[:1].isupper() for token in self.tokens[i + 1 : j]):
            return False
        special = any(token.tag in {"JJS", "RBS"} for token in self.tokens[i + 1 : j]) or "capital" in words
        return special or not (j < self.stop and self.words[j] == "of" and is_office(self.tokens[i + 1 : j]))

    def _insertion_end(self, i: int) -> int:
        """Return the comma that closes an insertion, or the end; a list inside it ('borders A, B and C') is of it."""
        end = self._segment_end(i)
        while self._ends_in_list(end):
            end = self._segment_end(end + 1)
        return end

    def _segment_end(self, i: int) -> int:
        return next((j for j in range(i, self.stop) if self.words[j] in {",", ";"}), self.stop)

    def _ends_in_list(self, comma: int) -> bool:
        """Tell whether a name stands on both sides of a comma, and the first is the object of an insertion's verb."""
        if comma >= self.stop - 1 or comma == 0 or not self.items.names_at(comma + 1):
            return False
        before = self.tokens[comma - 1]
        verb = self.tokens[before.head]
        return before.dep == "dobj" and verb.pos == "VERB" and verb.i < comma

    def _ends(self, i: int) -> bool:
        token, word = self.tokens[i], self.words[i]
        if word in WHERE:
            return not self._names_near(i + 1)
        if word == "that" and i + 1 < self.stop and self.words[i + 1] == "of":
            return False
        if word in ENDS or (word == "as" and i + 1 < self.stop and self.tokens[i + 1].pos == "AUX"):
            return True
        if token.tag in PARTICIPLES:
            return token.pos == "VERB" and token.text.islower() and token.dep != "amod"
        return token.tag in FINITE and token.pos in {"VERB", "AUX", "PART"}

    def _names_near(self, i: int) -> bool:
        return any(self.items.names_at(j) for j in range(i, min(i + 4, self.stop)))
