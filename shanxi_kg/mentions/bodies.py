"""Names of public bodies by their form: capitalised words around a head noun of the lexicon.

'Shanxi Administration for Market Regulation' grows to the right over 'for', 'Yangquan Market Supervision Commission' to
the left; 'the Hefei, Hangzhou and Jinan Intermediate People's Courts' are three courts. A name inside another
('the Taiyuan Office of the China National …') is a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import Lexicon, load_lexicon

LINKS = frozenset({"of", "for", "on", "against", "to"})
LEARNED = frozenset({"university", "college", "school", "hospital", "museum", "library"})
PLURALS = {"ies": "y", "sses": "ss", "s": ""}
IRREGULAR = {"academies": "academy", "ministries": "ministry", "universities": "university", "libraries": "library"}


@dataclass(frozen=True, slots=True)
class BodySpan:
    """A name by its token range. `name` is set where the words do not stand together in the text (a shared head)."""

    first: int
    last: int
    head: int
    name: str | None = None


class NameGrammar:
    """The grammar on one sentence: which tokens are names of places and of persons is known beforehand."""

    def __init__(
        self, text: str, sentence: Sentence, place_starts: frozenset[int], place_tokens: frozenset[int]
    ) -> None:
        self.text = text
        self.tokens = sentence.tokens
        self.place_starts = place_starts
        self.place_tokens = place_tokens
        self.words = [token.text.lower() for token in self.tokens]

    def spans(self) -> list[BodySpan]:
        """Return the names, in order of their first token, the longer first."""
        found = [span for head in range(len(self.tokens)) if self._is_head(head) for span in self._names(head)]
        kept = [span for span in found if not self._runs_on(span)]
        return sorted(set(kept), key=lambda span: (span.first, -span.last, span.name or ""))

    def _is_head(self, i: int) -> bool:
        return _capital(self.tokens[i]) and self.words[i] in _lexicon()["agency-head"]

    def _names(self, head: int) -> Iterator[BodySpan]:
        last = self._right_end(head)
        first = self._left_end(head)
        shared = list(self._shared(head, first, last))
        if shared:
            yield from shared
        elif self._is_proper(first, last):
            yield BodySpan(first, last, head)

    def _is_proper(self, first: int, last: int) -> bool:
        words = self.words[first : last + 1]
        spared = {"group", "bank", "fund"} | (_taught() if words[-1] in LEARNED else set())
        if len(words) < 2 or _lexicon()["company-marker"].intersection(words) - spared:
            return False
        if words[-1] in {"bank", "fund"} or ("group" in words and "leading" not in words and "working" not in words):
            return False
        if words[-1] == "station" and words[-2] in _lexicon()["place-station"]:
            return False
        return not set(words) <= _lexicon()["generic-name-word"]

    def _runs_on(self, span: BodySpan) -> bool:
        """Tell whether the name is only the first part of a longer one ('Taiyuan University' of '… Press')."""
        after = span.last + 1
        if after >= len(self.tokens) or not _capital(self.tokens[after]) or self.tokens[after].text.isupper():
            return False
        word = self.words[after]
        if word in _lexicon()["role"] or word in _lexicon()["role-modifier"] or after in self.place_starts:
            return False
        return not self._starts_name(after)

    def _starts_name(self, i: int) -> bool:
        return self.words[i] in _lexicon()["surname"]

    # the left end -----------------------------------------------------------------------------------------------
    def _left_end(self, head: int) -> int:
        first = head
        while first > 0:
            step = self._left_step(first, head)
            if step is None:
                break
            first = step
        return first

    def _left_step(self, first: int, head: int) -> int | None:
        i = first - 1
        word = self.words[i]
        if self._is_part(i):
            return i
        if self._is_joint(i):
            return i - 1
        if word == "of" and i > 1 and self.words[i - 2 : i] == ["communist", "party"]:
            return i - 2
        if word in {"and", "&"} and i > 0 and first not in self.place_starts:
            return self._over_and(i, head)
        return None

    def _is_joint(self, i: int) -> bool:
        """Tell whether a token goes on the capitalised word before it: a hyphen, the '1' of 'No 1', "People's"."""
        word, before = self.words[i], self.words[i - 1] if i else ""
        if i == 0 or not _capital(self.tokens[i - 1]):
            return False
        if word.isdigit():
            return before.rstrip(".") == "no"
        if word in {"-", "–"}:
            return self.tokens[i - 1].end == self.tokens[i].start
        return word == "'s" and before in _lexicon()["name-possessor"]

    def _over_and(self, i: int, head: int) -> int | None:
        """Step over an 'and' inside a name: what stands before it is capitalised, and no body's name by itself."""
        first = i
        while first > 0 and self._is_part(first - 1):
            first -= 1
        if (
            first == i
            or _lexicon()["agency-head"].intersection(self.words[first:i])
            or self.words[head] in _plural_heads()
        ):
            return None
        if self.words[head] in LEARNED and self.words[i - 1] not in _taught():
            return None  # 'Huayuan Hydrogen and North University of China'
        is_place = all(t in self.place_tokens for t in range(first, i))  # 'in Chengdu and Tongji University'
        if is_place or _lexicon()["company-marker"].intersection(self.words[first:i]):
            return None
        return first if i - first < 6 else None

    def _is_part(self, i: int) -> bool:
        token = self.tokens[i]
        if not _capital(token) or token.dep == "punct":
            return False
        if self.words[i] == "party" and i > 0 and self.words[i + 1 : i + 2] in (["committee"], ["school"]):
            return self._is_part(i - 1)  # 'Fangwan Community Party Committee'
        return self.words[i] not in _lexicon()["not-in-name"] or (i in self.place_tokens)

    # the right end ----------------------------------------------------------------------------------------------
    def _right_end(self, head: int) -> int:
        last = head
        while True:
            step = self._right_step(last)
            if step is None:
                return last
            last = step

    def _right_step(self, last: int) -> int | None:
        link = last + 1
        if link >= len(self.tokens):
            return None
        if self.words[last] == "customs" and self.words[link] == "house" and _capital(self.tokens[link]):
            return link
        if self.words[link] in LINKS:
            start = link + 1 + (link + 1 < len(self.tokens) and self.words[link + 1] == "the")
            end = self._run_end(start)
            named = _lexicon()["agency-head"] & set(self.words[start : (end or 0) + 1])
            is_other = self.words[link] == "to" and end is not None and named
            return None if is_other or (end and self._is_seat(last, start, end)) else end
        if self.words[link] in {"and", "&"} and last > 0:
            return self._over_and_right(link)
        return self._over_fields(link) if self.words[link] == "," else None

    def _is_seat(self, head: int, start: int, end: int) -> bool:
        """Tell whether 'of Jiangsu' says where a body lies whose name has a place: "Huai'an Port Authority"."""
        is_place = all(i in self.place_tokens for i in range(start, end + 1))
        first = self._left_end(head)
        return is_place and first in self.place_starts - {head} and self.words[head] not in {"office", "branch"}

    def _over_fields(self, link: int) -> int | None:
        """Step over a list of fields ('of Culture, Radio, Television and Tourism') that ends in an 'and'."""
        i = link
        while self.words[i] == ",":
            end = self._run_end(i + 1)
            if end is None or end + 1 >= len(self.tokens) or not self._is_field(i + 1, end):
                return None
            i = end + 1
            i += self.words[i] == "," and i + 1 < len(self.tokens) and self.words[i + 1] == "and"
        end = self._run_end(i + 1) if self.words[i] == "and" else None
        return end if end is not None and self._is_field(i + 1, end) else None

    def _is_field(self, first: int, last: int) -> bool:
        """Tell whether capitalised words name a field of work or of learning, not a body or a place."""
        words = set(self.words[first : last + 1])
        heads = _lexicon()["agency-head"]
        return bool(words & _lexicon()["field-noun"]) and not words & heads and first not in self.place_starts

    def _run_end(self, start: int) -> int | None:
        """Return the last token of the capitalised run that begins at `start`, or None where none does."""
        i = start
        while i < len(self.tokens) and (self._is_part(i) or self._is_inner(i)):
            i += 1
        return i - 1 if i > start else None

    def _is_inner(self, i: int) -> bool:
        if self.words[i] == "'s":
            return self.words[i - 1] in _lexicon()["name-possessor"]
        return self.words[i] == "-" and i + 1 < len(self.tokens) and _capital(self.tokens[i + 1])

    def _over_and_right(self, link: int) -> int | None:
        """Step over an 'and' to the right: into the rest of a name ('of Ecology and Environment'), not to the next."""
        start = link + 1
        if self.words[link - 1] in _lexicon()["agency-head"] or start in self.place_starts:
            return None
        end = self._run_end(start)
        heads = _lexicon()["agency-head"]
        if end is None or (heads.intersection(self.words[start : end + 1]) and not self._lacks_head(link)):
            return None
        run = self.tokens[start : end + 1]
        if self.words[end] in _lexicon()["company-marker"]:
            return None
        if any(token.text.isupper() and len(token.text) > 2 for token in run) or self._is_person(start):
            return None
        return end

    def _lacks_head(self, link: int) -> bool:
        """Tell whether the words before an 'and' begin a name that has no head yet ('of the Hubei Science and …')."""
        begin = next((i for i in range(link - 1, -1, -1) if self.words[i] in LINKS), link)
        begin += 2 if self.words[begin + 1] == "the" else 1
        return begin in self.place_starts and not _lexicon()["agency-head"].intersection(self.words[begin:link])

    def _is_person(self, i: int) -> bool:
        return self.words[i] in _lexicon()["surname"] and i + 1 < len(self.tokens) and _capital(self.tokens[i + 1])

    # one head for several names ---------------------------------------------------------------------------------
    def _shared(self, head: int, first: int, last: int) -> Iterator[BodySpan]:
        """Match 'the Liaoning, Jilin and Changchun IP Protection Centers': each item with the common rest."""
        if self.words[head] not in _plural_heads():
            return
        tail = self._tail_start(first, head)
        if tail is None:
            return
        words = [token.text for token in self.tokens[: last + 1]]
        rest = [*words[tail:head], _singular(words[head]), *words[head + 1 :]]
        for item_first, item_last in self._items(tail - 1):
            yield BodySpan(item_first, last, head, _joined([self._item(item_first, item_last), *rest]))

    def _item(self, first: int, last: int) -> str:
        """Return a listed place as written, with a bracket that follows it: 'China (Dalian)'."""
        return self.text[self.tokens[first].start : self.tokens[last + 1].start].strip(" ,")

    def _tail_start(self, first: int, head: int) -> int | None:
        """Return where the common rest begins: after the last place of the list before the head."""
        places = [i for i in range(first, head) if i in self.place_tokens]
        if not places or self.words[max(places[0] - 1, 0)] not in {"and", ",", "&"}:
            return None
        return places[-1] + 1

    def _items(self, last: int) -> list[tuple[int, int]]:
        """Return the token ranges of the listed places that end at token `last`, in order."""
        items: list[tuple[int, int]] = []
        i = last
        while i >= 0:
            end = i
            while i >= 0 and i in self.place_tokens:
                i -= 1
            if i == end:
                break
            items.append((i + 1, end))
            while i >= 0 and self.words[i] in {",", "and", "&"}:
                i -= 1
        return items[::-1]


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _joined(words: list[str]) -> str:
    return " ".join(words).replace(" 's", "'s").replace(" - ", "-")


def _singular(word: str) -> str:
    if word.lower() in IRREGULAR:
        return word[:-3] + "y"
    return word.removesuffix("s")


@cache
def _plural_heads() -> frozenset[str]:
    heads = load_lexicon()["agency-head"]
    return frozenset(head for head in heads if head.endswith("s") and head not in {"customs", "congress"})


def _taught() -> frozenset[str]:
    return load_lexicon()["field-noun"] | load_lexicon()["field-adjective"]


def _lexicon() -> Lexicon:
    return load_lexicon()
