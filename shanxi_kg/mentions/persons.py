"""Names of persons: by their form, or by a role or a form of address beside them.

A Chinese family name in pinyin before a given name in pinyin is a person's name wherever it stands. Other names
('Daren Tang', 'Losang Jamcan') are persons where a role says so: ', director general of …', 'President …', 'Ms …'.
Later on the family name alone stands for the person named last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import Lexicon, load_lexicon
from shanxi_kg.mentions.model import PersonMention

FINALS = (
    "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|yue|yu|ve|vn|"
    "a|e|i|o|u|v|ü"
)
SYLLABLE = rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{FINALS})"
GIVEN = re.compile(rf"{SYLLABLE}(?:['’-]?{SYLLABLE}){{0,2}}", re.IGNORECASE)
LONGEST = 6  # tokens of a name, hyphens among them
REACH = 10  # tokens between a name and its role
BESIDE = frozenset({"a", "an", "the", "who", "is", "was", "also", "now", "then", "its", "aged", "'s", "-", "of", "and"})
RANKS = frozenset({"deputy", "vice", "party", "acting", "chief", "executive", "-"})
NO_NAME = (
    "role",
    "role-modifier",
    "role-suffix",
    "honorific",
    "company-marker",
    "agency-head",
    "area-type",
    "not-in-name",
)
PLACING = frozenset({"of", "at", "for", "with", "in", "from", "under"})

Span = tuple[int, int]


def person_spans(sentence: Sentence, barred: frozenset[int]) -> list[Span]:
    """Return the token ranges (end exclusive) of persons' names; tokens of `barred` (places, bodies) are no part."""
    found = list(_by_form(sentence.tokens, barred))
    if any(_is_cue(token) or token.tag == "WP" or _is_heading(token) for token in sentence.tokens):
        taken = barred.union(i for first, last in found for i in range(first, last))
        found += _by_role(sentence, taken, barred)
    return sorted(found)


# by form ----------------------------------------------------------------------------------------------------------
def _by_form(tokens: tuple[Token, ...], barred: frozenset[int]) -> Iterator[Span]:
    i = 0
    while i < len(tokens) - 1:
        end = _name_end(tokens, i) or _southern_end(tokens, i)
        if end and not barred.intersection(range(i, end)):
            yield i, end
            i = end
        else:
            i += 1


def _name_end(tokens: tuple[Token, ...], i: int) -> int | None:
    first, second = tokens[i], tokens[i + 1]
    if not (first.text[:1].isupper() and second.text[:1].isupper() and first.text.lower() in _lexicon()["surname"]):
        return None
    if not second.text[1:].islower() or len(second.text) < 2 or not GIVEN.fullmatch(second.text):
        return None
    end = _after_hyphen(tokens, i + 2)
    follower = tokens[end] if end < len(tokens) else None
    if follower and (follower.text == "-" or (_is_name_word(follower) and not _is_title(follower))):
        return None
    return end


def _southern_end(tokens: tuple[Token, ...], i: int) -> int | None:
    """Return the end of a name with a Cantonese family name: 'Kuok Mei Lin', 'Leung Wai-kit', 'Ip Sio Kai'."""
    named = i > 0 and _is_name_word(tokens[i - 1]) and not _is_title(tokens[i - 1])  # 'John Lam Ka-man'
    if named or not _is_syllable(tokens[i]):
        return None
    if tokens[i].text.lower() not in _lexicon()["southern-surname"]:
        return _wade_giles_end(tokens, i)
    end = i + 1
    while end < min(i + 3, len(tokens)) and _is_syllable(tokens[end]):
        end += 1
    hyphened = end == i + 2 and end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end + 1].text.islower()
    end += 2 if hyphened else 0
    goes_on = end < len(tokens) and _is_name_word(tokens[end]) and not _is_title(tokens[end])
    return end if end > i + 2 and not goes_on else None


def _wade_giles_end(tokens: tuple[Token, ...], i: int) -> int | None:
    """Return the end of a name as Taiwan spells it, whose given name has a hyphen: 'Hsu Mei-ling'."""
    known = tokens[i].text.lower() in _lexicon()["wade-giles-surname"]
    hyphened = i + 3 < len(tokens) and tokens[i + 2].text == "-" and tokens[i + 3].text.islower()
    joined = hyphened and tokens[i + 1].end == tokens[i + 2].start and tokens[i + 2].end == tokens[i + 3].start
    return i + 4 if known and joined and _is_syllable(tokens[i + 1]) and len(tokens[i + 3].text) <= 5 else None


def _is_syllable(token: Token) -> bool:
    return token.tag == "NNP" and token.text.istitle() and len(token.text) <= 6


def _after_hyphen(tokens: tuple[Token, ...], end: int) -> int:
    """Step over the second half of a given name ('Xiao-ming')."""
    if end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end].start == tokens[end - 1].end:
        half = tokens[end + 1]
        if half.text.islower() and half.start == tokens[end].end and GIVEN.fullmatch(half.text):
            return end + 2
    return end


def _is_name_word(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[:1].isupper()


def _is_title(token: Token) -> bool:
    word = token.text.lower()
    return word in _lexicon()["role"] or word in _lexicon()["role-modifier"] or word in WEEKDAYS


WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


# by a role beside the name ----------------------------------------------------------------------------------------
def _is_cue(token: Token) -> bool:
    return _is_role(token) or token.text.lower() in _lexicon()["honorific"]


def _is_role(token: Token) -> bool:
    return (token.pos in {"NOUN", "PROPN"} or token.tag == "JJR") and (
        token.text.lower() in _lexicon()["role"] or token.lemma.lower() in _lexicon()["role"]
    )


def _by_role(sentence: Sentence, taken: frozenset[int], barred: frozenset[int]) -> Iterator[Span]:
    tokens = sentence.tokens
    i = 0
    while i < len(tokens):
        end = _run_end(tokens, i, taken)
        if end > i and any(
            tells(tokens, i, end, barred) for tells in (_is_addressed, _has_role_behind, _is_heading_one)
        ):
            yield i, end
        i = max(end, i + 1)


def _run_end(tokens: tuple[Token, ...], i: int, taken: frozenset[int]) -> int:
    """Return the end of a run of capitalised words that could be a name, `i` where there is none."""
    end = i
    while end < len(tokens) and end not in taken and _could_be_name(tokens, end):
        end += 1
        if end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end + 1].start == tokens[end].end:
            end += 2 if tokens[end + 1].tag.startswith("NN") else 0
    touches = (i > 0 and i - 1 in taken and tokens[i - 1].tag != "POS") or (end < len(tokens) and end in taken)
    return i if end - i > LONGEST or touches else end


def _could_be_name(tokens: tuple[Token, ...], i: int) -> bool:
    token, word = tokens[i], tokens[i].text.lower()
    opens = i == 0 and token.tag in {"JJ", "NN"} and len(tokens) > 1 and tokens[1].text == ","
    if not (token.tag == "NNP" or opens) or not token.text[:1].isupper() or (token.text.isupper() and len(word) > 2):
        return False
    return not any(word in _lexicon()[name] for name in NO_NAME)


def _is_addressed(tokens: tuple[Token, ...], i: int, end: int, _: frozenset[int]) -> bool:
    """Tell whether a title or a form of address leads to the name ('Director General X', 'Ms X', 'its head, X,')."""
    if i == 0:
        return False
    if tokens[i - 1].text.lower() in _lexicon()["honorific"]:
        return True
    if _is_job(tokens[i - 1]) and tokens[i - 1].text.islower():
        return True
    before = i - 1
    if (
        tokens[before].text == ","
        and end < len(tokens)
        and (tokens[end].text == "," or tokens[end].pos in {"VERB", "AUX"})
    ):
        before -= 1
    if tokens[before].text.lower() in _lexicon()["role-suffix"] and before > 0:
        before -= 2 if tokens[before - 1].text == "-" else 1
    return before >= 0 and end - i > 1 and _is_personal(tokens, before)


def _is_personal(tokens: tuple[Token, ...], i: int) -> bool:
    """Tell whether the token is a role that only persons hold: 'director', also 'deputy head', but not 'leader'."""
    token, shared = tokens[i], _lexicon()["shared-role"]
    if not _is_role(token):
        return False
    is_ranked = i > 0 and tokens[i - 1].text.lower() in RANKS
    return is_ranked or shared.isdisjoint({token.text.lower(), token.lemma.lower()})


def _is_job(token: Token) -> bool:
    """Tell whether the token is what one person does for a living ('herder', 'nurse'), and no company."""
    word = token.text.lower()
    return token.tag in {"NN", "JJR"} and word in _lexicon()["occupation"] and word not in _lexicon()["shared-role"]


def _is_heading(token: Token) -> bool:
    """Tell whether a verb makes its subject the head of a body ('heads', 'led')."""
    return token.pos == "VERB" and any(token.lemma in _lexicon()[name] for name in ("role-making-verb", "heading-verb"))


def _is_heading_one(tokens: tuple[Token, ...], i: int, end: int, _: frozenset[int]) -> bool:
    """Tell whether two words or more are who heads something: 'headed by X', 'X chairs the …'."""
    if end - i < 2:
        return False
    led = i > 1 and tokens[i - 1].text == "by" and tokens[i - 2].tag == "VBN" and _is_heading(tokens[i - 2])
    heads = end < len(tokens) and tokens[end].tag == "VBZ" and tokens[end].lemma in _lexicon()["role-making-verb"]
    return led or (heads and tokens[end].pos == "VERB")


def _has_role_behind(tokens: tuple[Token, ...], _: int, end: int, barred: frozenset[int]) -> bool:
    """Tell whether ', director of …', ', the bureau's head …', ', its chairman,' or ', who' follows the name."""
    if end >= len(tokens) or tokens[end].text != ",":
        return False
    if end + 1 < len(tokens) and tokens[end + 1].text == "who" and tokens[end - 1].dep != "compound":
        return end > 1 and tokens[end - 2].tag == "NNP" and tokens[end - 2].text[:1].isupper()
    for j in range(end + 1, min(end + REACH, len(tokens))):
        if _is_personal(tokens, j):
            return _is_placed(tokens, end + 1, j)
        known = (
            j in barred
            or tokens[j].text.lower() in _lexicon()["role-modifier"]
            or tokens[j].text.lower() in BESIDE
            or tokens[j].pos in {"NUM", "ADJ", "NOUN", "PROPN"}
        )
        if not known or tokens[j].text == ",":
            return False
    return False


def _is_placed(tokens: tuple[Token, ...], start: int, role: int) -> bool:
    """Tell whether the role at `role` is held somewhere: 'of …' behind it, an owner before it, or is a living."""
    behind = {token.text.lower() for token in tokens[role + 1 : role + 4]}
    lives = _is_job(tokens[role]) and tokens[start].text.lower() in {"a", "an"}
    if lives and role + 1 < len(tokens) and tokens[role + 1].text in {",", "."}:
        return True
    owned = any(token.tag == "POS" or token.text.lower() in {"its", "who"} for token in tokens[start:role])
    return owned or not PLACING.isdisjoint(behind)


# short forms ------------------------------------------------------------------------------------------------------
class Families:
    """The persons of a document by the names that stand for them alone, in the order of the text."""

    def __init__(self, persons: Iterable[tuple[int, str]]) -> None:
        self.named: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for offset, name in persons:
            if " " in name or name not in self.named:
                for short in _short_forms(name):
                    self.named[short].append((offset, name))

    def person(self, short: str, offset: int) -> str | None:
        """Return the full name that a short form stands for: that of the person named last before, else next behind."""
        known = self.named.get(short, ())
        return next((name for start, name in reversed(known) if start < offset), known[0][1] if known else None)

    def mentions(self, sentence: Sentence, full: Iterable[tuple[int, int, str]]) -> Iterator[PersonMention]:
        """Give the persons of a sentence: those named in full there, and those that a short form stands for."""
        tokens = sentence.tokens
        starts = {first: (last, name) for first, last, name in full}
        inside = {i for first, (last, _) in starts.items() for i in range(first, last)}
        for token in tokens:
            if token.i in starts:
                last, name = starts[token.i]
                name = name if " " in name else self.person(name, token.start) or name
                yield PersonMention(token.start, tokens[last - 1].end, name)
            elif token.i not in inside and token.text in self.named and _stands_alone(tokens, token.i):
                known = self.person(token.text, token.start)
                if known:
                    yield PersonMention(token.start, token.end, known)


def _short_forms(name: str) -> tuple[str, ...]:
    words = name.split()
    if len(words) == 1 or (words[0].lower() in _lexicon()["surname"] and GIVEN.fullmatch(words[1])):
        return (words[0],)
    return (words[-1], words[0])


def _stands_alone(tokens: tuple[Token, ...], i: int) -> bool:
    if not _is_name_word(tokens[i]):
        return False
    around = [tokens[j] for j in (i - 1, i + 1) if 0 <= j < len(tokens)]
    return not any(_is_name_word(token) and not _is_title(token) and not _is_cue(token) for token in around)


@cache
def _lexicon() -> Lexicon:
    return load_lexicon()
