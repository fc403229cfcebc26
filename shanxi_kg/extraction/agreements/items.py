"""The items of a list of parties: which area, body or company begins at a token, and whether it can be a party.

An area is a party where it stands for itself or its offices, not where it only says where something is.
"""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.extraction.agreements.offices import governed_area, is_named_area, is_office, seated
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.posts.units import LEVELS, at_level
from shanxi_kg.facts import Area, Body
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.language import Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence
from shanxi_kg.mentions.places import BESIDE

Party = Area | Body
WHERE = frozenset({"in", "at", "from", "across", "near", "outside", "around"})
OPENERS = frozenset(
    {"by", "with", ",", "and", "as", "between", "&", ":", "or", "among", "plus", "both", "'s", "against", "-", "–", "—"}
)
OPENERS_OF_NEXT = frozenset({"including", "namely", "like", "involving"})
NO_NAME = frozenset({"DT", "IN", "PRP", "PRP$", "CC", "WDT", "WRB", "CD", "EX", "TO", "MD", "WP"})
SUFFIXES = frozenset({"ltd", "inc", "llc", "plc"})


@dataclass(frozen=True, slots=True)
class Named:
    """A party with the offsets of the words that name it."""

    party: Party
    start: int
    end: int

    @property
    def key(self) -> str:
        """What two names of one party share."""
        return self.party.key or self.party.name.lower()


class Items:
    """The words of one list; `last` is the party read last, `skipped` the token of the area passed over last."""

    def __init__(self, context: Context, read: ReadSentence, first: int, stop: int) -> None:
        self.context = context
        self.read = read
        self.tokens = read.sentence.tokens
        self.words = [token.text.lower() for token in self.tokens]
        self.first = first
        self.stop = min(stop, len(self.tokens))
        self.skipped: int | None = None
        self.last: Named | None = None

    def item(self, i: int) -> tuple[Named | None, int]:
        """Return the party that begins at token `i`, None where none does, and the token to go on with."""
        token = self.tokens[i]
        body = mention_at(self.read.bodies, token.start)
        if body and body.start == token.start:
            after = self.after(i, body.end)
            if self._is_owner(after) and not self._owns_office(after):
                return None, after
            return Named(governed_area(body.body) or seated(body.body), body.start, body.end), after
        place = mention_at(self.read.places, token.start)
        if place and place.start == token.start:
            return self._area(i, place.area, place.end)
        refs = self.context.areas.refs[self.read.number]
        ref = next((r for r in refs if r.token == i and r.rule and r.rule not in {"the-country", "there"}), None)
        if ref and self._is_party(i, i + 1) and not self._is_owner(i + 1):
            return Named(ref.area, token.start, token.end), i + 1
        owner = ref.area if ref and self._is_owner(i + 1) else None
        office = self._office_end(i + 2 if owner else i + 1) if owner or self._opens_office(i) else None
        if office is not None:
            return self._office(i, office, owner), office + 1
        return self._pointed(i) if self._points(i) else self._company(i)

    def _points(self, i: int) -> bool:
        """Tell whether an item is 'the court', or 'the Department' that stands alone."""
        token = self.tokens[i]
        if not i or self.words[i - 1] != "the" or token.tag not in {"NN", "NNP"}:
            return False
        alone = i + 1 < len(self.tokens) and self._ends_noun(i + 1)
        return token.text.islower() or (alone and self.words[i] in load_lexicon()["agency-head"])

    def _pointed(self, i: int) -> tuple[Named | None, int]:
        """Resolve an item like 'the court' to the body named first in the text whose name has the word."""
        alone = i + 1 >= len(self.tokens) or self._ends_noun(i + 1)
        if not alone or self.words[i] not in load_lexicon()["agency-head"]:
            return None, i + 1
        earlier = self.context.reading.sentences[: self.read.number]
        named = [b.body for s in earlier for b in s.bodies if self.words[i] in b.body.name.lower().split()]
        return (Named(named[0], self.tokens[i].start, self.tokens[i].end) if named else None), i + 1

    def _ends_noun(self, i: int) -> bool:
        """Tell whether what follows 'the court' adds nothing to it, as another noun or an 'of' would."""
        return self.tokens[i].tag not in {"NN", "NNS", "NNP", "POS"} and self.words[i] not in {"of", "for", "in", "at"}

    def _opens_office(self, i: int) -> bool:
        """Tell whether 'provincial' and the like open an item, and no area stands before them."""
        before = self.words[i - 1] if i else ""
        return self.words[i] in LEVELS and (i == self.first or before == "the" or before in OPENERS)

    def _office_end(self, first: int) -> int | None:
        """Return the head noun of 'the provincial forestry bureau' and 'the city's court', None where it is none."""
        heads = [j for j, token in enumerate(self._nouns(first), first) if token.text in load_lexicon()["agency-head"]]
        return heads[-1] if heads else None

    def _office(self, i: int, last: int, owner: Area | None) -> Named | None:
        """Return an office told by its level: the body named before that has its words, else that of the area."""
        start, end = self.tokens[i].start, self.tokens[last].end
        first = i + (2 if owner else 1)
        own = set(self.words[first : last + 1])
        earlier = self.context.reading.sentences[: self.read.number]
        named = [b.body for s in earlier for b in s.bodies if own <= set(b.body.name.lower().split())]
        about = self.context.areas.focus[self.read.number][0]
        area = owner or (at_level(about, LEVELS[self.words[i]]) if about else None)
        words = self.context.words(self.tokens[first].start, end)
        body = named[-1] if named else Body(f"{area.name} {words}") if area else None
        return Named(body, start, end) if body else None

    def _area(self, i: int, area: Area, end: int) -> tuple[Named | None, int]:
        after = self.after(i, end)
        if self.words[after : after + 2] in (["city", "of"], ["state", "of"], ["province", "of"]):
            return None, after + 2  # 'the Italian city of …'
        following = self.tokens[after] if after < len(self.tokens) else None
        if following and following.pos == "PROPN" and following.text[:1].isupper() and not self._names_office(after):
            return self._company(i)
        if self._is_party(i, after):
            return Named(area, self.tokens[i].start, end), after
        self.skipped = None if self._follows_item(i) else i
        return None, after

    def _names_office(self, after: int) -> bool:
        """Tell whether the capitals behind an area make an office's name ('Tianjin Port'), no company's."""
        run = [token for token in self._nouns(after) if token.text[:1].isupper()]
        return is_office(self.tokens[after : after + 1]) and is_office(tuple(run[-1:]))

    def _follows_item(self, i: int) -> bool:
        """Tell whether 'in X' says where the item right before lies ('Jining in Shandong and …')."""
        return self.last is not None and self.tokens[max(0, i - 2)].end == self.last.end

    def after(self, i: int, offset: int) -> int:
        """Return the first token from `i` on that begins at an offset or behind it."""
        while i < len(self.tokens) and self.tokens[i].start < offset:
            i += 1
        return i

    def _is_party(self, i: int, after: int) -> bool:
        """Tell whether an area stands for itself or an office of its own: 'the counties of X', 'X's IP office'."""
        if self._is_glued(i, i - 1) or self._is_glued(after - 1, after):
            return False
        before = i - 1
        while before > 0 and (
            self.words[before] in {"the", "both"} or self.words[before] in load_lexicon()["area-type"]
        ):
            before -= 1
        if before >= 0 and self.words[before] in WHERE | {"of"}:
            return before > 0 and is_office(self._phrase_before(before), is_strict=self.words[before] != "of")
        if self._is_owner(after):
            return self._owns_office(after)
        return self._is_office_of(after)

    def _is_glued(self, i: int, hyphen: int) -> bool:
        """Tell whether a hyphen joins a name to another word ('Beijing-based')."""
        if not 0 <= hyphen < len(self.tokens) or self.words[hyphen] not in {"-", "–"}:
            return False
        first, second = sorted((i, hyphen))
        return self.tokens[first].end == self.tokens[second].start

    def _phrase_before(self, i: int) -> tuple[Token, ...]:
        """Return the noun phrase that ends before token `i`."""
        first = i
        while first > 0 and self.tokens[first - 1].pos in {"NOUN", "PROPN", "ADJ", "PRON", "CCONJ", "DET", "NUM"}:
            first -= 1
        return self.tokens[first:i]

    def _is_owner(self, after: int) -> bool:
        return after < len(self.tokens) and self.tokens[after].tag == "POS"

    def _owns_office(self, possessive: int) -> bool:
        run = self._nouns(possessive + 1)
        return bool(run) and is_office(run[-1:]) and not is_named_area(run)

    def _is_office_of(self, after: int) -> bool:
        """Tell whether the nouns behind a place are none, or end in one for an area or its offices."""
        run = self._nouns(after)
        return not run or is_office(run[-1:])

    def _nouns(self, i: int) -> tuple[Token, ...]:
        last = i
        while last < len(self.tokens) and self.tokens[last].pos in {"NOUN", "PROPN", "ADJ"} and not self._starts(last):
            last += 1
        while last > i and self.tokens[last - 1].pos == "ADJ":
            last -= 1
        return self.tokens[i:last]

    def describes(self, named: Named, i: int) -> bool:
        """Tell whether an area behind a comma or 'of' says where the item before lies ('Suzhou, Jiangsu province')."""
        if self.last is None or i < 2 or self.words[i - 1] not in {",", "of"}:
            return False
        if self.words[i - 1] == "of":
            return isinstance(self.last.party, Body) and self.tokens[i - 2].end == self.last.end
        if self.tokens[i - 2].end > self.last.end + len(" autonomous prefecture"):
            return False
        before, area = self.last.party, named.party
        if area.name.lower() in load_lexicon()["country-name"]:
            return isinstance(before, Body) and before.name.lower() not in load_lexicon()["country-name"]
        if not (isinstance(before, Area) and before.key and isinstance(area, Area) and area.key):
            return False
        return before.key != area.key and load_gazetteer().is_within(before.key, area.key)

    def goes_on(self, i: int) -> bool:
        """Tell whether an item is of the list of an area passed over ('companies from A and B')."""
        if self.skipped is None or self.tokens[i].dep != "conj":
            return False
        is_next = self.tokens[i].head == self.skipped
        self.skipped = i if is_next else self.skipped
        return is_next

    def _company(self, i: int) -> tuple[Named | None, int]:
        """Return a capitalised name that stands as an item and is no person, paper or feature of the land."""
        person = mention_at(self.read.persons, self.tokens[i].start)
        if person:
            return None, self.after(i, person.end)
        if not self._opens_item(i):
            return None, i + 1
        end = i + 1
        while end < len(self.tokens) and self._is_part(end):
            end += 1
        if self._is_plain(i, end):
            return None, end
        start, stop = self.tokens[i].start, self.tokens[end - 1].end
        return Named(Body(self.context.words(start, stop)), start, stop), end

    def _opens_item(self, i: int) -> bool:
        token = self.tokens[i]
        if token.tag in NO_NAME or token.text in BESIDE or not _has_capital(token) or (i == 0 and token.pos != "PROPN"):
            return False
        back = 2 if i > 1 and self.words[i - 1] in {"the", "both"} else self._apposed(i)
        if self.words[i - 1] == "of" and i > self.first:
            return is_office(self._phrase_before(i - 1))
        return i < back or i == self.first or self.words[i - back] in OPENERS or self.words[i - 1] in OPENERS_OF_NEXT

    def _apposed(self, i: int) -> int:
        """Return how far back the words begin that a name stands in apposition to ('the chipmaker …'), else 1."""
        first = i
        while (
            first > self.first
            and self.tokens[first - 1].tag in {"NN", "NNS", "JJ"}
            and self.tokens[first - 1].text.islower()
        ):
            first -= 1
        if first < i and first > self.first and self.words[first - 1] in {"the", "a", "an"}:
            first -= 1
        return i - first + 1

    def _is_part(self, i: int) -> bool:
        """Tell whether a token goes on a company's name: capitals, '&', 'of' behind 'Bank', ', Ltd'."""
        token, word = self.tokens[i], self.words[i]
        if _has_capital(token):
            return not any(d.start <= token.start < d.end for d in self.read.dates)
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if following is None:
            return False
        if word == ",":
            return following.text.lower().strip(".") in SUFFIXES
        named = following.text[:1].isupper() and following.tag not in NO_NAME
        return named and (word in {"-", "&"} or (word == "of" and self._takes_of(self.words[i - 1])))

    def _takes_of(self, word: str) -> bool:
        return word in load_lexicon()["company-marker"] or word in load_lexicon()["agency-head"] or word == "port"

    def _is_plain(self, first: int, end: int) -> bool:
        """Tell whether capitalised words name no company: a paper, a river, a meeting, or a modifier of a noun."""
        lexicon, last = load_lexicon(), self.tokens[end - 1].lemma.lower()
        if any(last in lexicon[name] for name in ("agreement-head", "regulation-head", "land-feature", "meeting-noun")):
            return True
        if self.words[end - 1] in lexicon["supraregion"] or self.words[first] in {"ip", "party"}:
            return True
        return (
            end < len(self.tokens)
            and self.tokens[end].tag in {"NN", "NNS", "POS"}
            and self.words[end] not in lexicon["area-type"]
        )

    def _starts(self, i: int) -> bool:
        """Tell whether another name, or a date, begins at a token."""
        return self.names_at(i) or any(d.start <= self.tokens[i].start < d.end for d in self.read.dates)

    def names_at(self, i: int) -> bool:
        """Tell whether a token is part of the name of a body or an area."""
        start = self.tokens[i].start
        return mention_at(self.read.bodies, start) is not None or mention_at(self.read.places, start) is not None


def _has_capital(token: Token) -> bool:
    """Tell whether a word is written as names are, 'iFlytek' too."""
    return token.text[:1].isupper() or (token.text[:1].isalpha() and any(c.isupper() for c in token.text[1:2]))
