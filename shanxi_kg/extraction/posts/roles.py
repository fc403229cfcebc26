"""Role phrases: 'executive deputy head', 'Party secretary', 'director general', 'chairman and CEO'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.lexicon import Lexicon, load_lexicon

ARTICLES = frozenset({"the", "a", "an"})
SEATS = {("in", "the"), ("at", "the"), ("to", "the")}
AND = frozenset({"and", "&", "as", "well", "concurrently", "also", "a", "an"})


@dataclass(frozen=True, slots=True)
class Role:
    """A role phrase by its tokens `first` to `last`; `noun` is the role noun, `plural` where several hold it."""

    first: int
    last: int
    noun: int
    plural: bool = False


def role_groups(layout: Layout) -> list[list[Role]]:
    """Return the role phrases of a sentence; those that only 'and' parts are one group ('chairman and CEO of X')."""
    groups: list[list[Role]] = []
    for role in _roles(layout):
        if groups and _is_joined(layout, groups[-1][-1].last, role.first):
            groups[-1].append(role)
        else:
            groups.append([role])
    return groups


def role_words(layout: Layout, role: Role) -> str:
    """Return the words of a role, in the singular ('deputy directors' is 'deputy director')."""
    words = layout.words(role.first, role.last)
    noun = layout.tokens[role.noun]
    return words.replace(noun.text, noun.lemma) if role.plural else words


def base_noun(layout: Layout, role: Role) -> str:
    """Return the role noun in lower case: 'director' of 'deputy directors'."""
    word = layout.low[role.noun]
    return word if word in _lexicon()["role"] else layout.tokens[role.noun].lemma.lower()


def _roles(layout: Layout) -> Iterator[Role]:
    inside = {i for named in layout.persons.values() for i in range(named.first, named.last + 1)}
    bodies = {i for named in layout.units.values() for i in range(named.first, named.last + 1)}
    after = 0
    for i in range(len(layout.low)):
        if i >= after and _is_role(layout, i) and i not in inside and not _is_seat(layout, i):
            role = _whole(layout, i, after, inside | bodies)
            if i not in bodies or role.last not in bodies:
                yield role
                after = role.last + 1


def _is_role(layout: Layout, i: int) -> bool:
    token, roles = layout.tokens[i], _lexicon()["role"]
    possessive = i + 1 < len(layout.low) and layout.tokens[i + 1].tag == "POS"
    if token.pos not in {"NOUN", "PROPN", "ADJ", "NUM"} or (possessive and token.tag == "NNS"):
        return False
    return layout.low[i] in roles or (token.tag in {"NNS", "NNPS"} and token.lemma.lower() in roles)


def _is_seat(layout: Layout, i: int) -> bool:
    """Tell whether the word is a place to sit or stand ('in the chair was', 'at the head of')."""
    return layout.low[max(i - 2, 0) : i] in SEATS and layout.low[i] in {"chair", "head"}


def _whole(layout: Layout, i: int, after: int, barred: set[int]) -> Role:
    """Grow a role phrase around a role noun, over further role nouns to the right and modifiers to the left."""
    noun = i
    while (further := _next_role(layout, noun, barred)) is not None:
        noun = further
    first = i
    while first > after and first - 1 not in barred and _is_modifier(layout, first - 1, first):
        first -= 1
    while layout.low[first] == "-":
        first += 1
    last = _with_suffix(layout, noun)
    plural = layout.tokens[noun].tag in {"NNS", "NNPS"} and layout.low[noun] not in _lexicon()["role"]
    return Role(first, last, noun, plural)


def _next_role(layout: Layout, noun: int, barred: set[int]) -> int | None:
    """Return the role noun that goes on with a phrase, right behind or over modifiers ('deputy general manager')."""
    i = noun + 1
    while i < len(layout.low) and i not in barred and not _is_role(layout, i):
        if layout.low[i] != "-" and layout.low[i] not in _lexicon()["role-modifier"]:
            return None
        i += 1
    return i if i < len(layout.low) and i not in barred else None


def _is_modifier(layout: Layout, i: int, first: int) -> bool:
    word, token = layout.low[i], layout.tokens[i]
    if word == "-":
        return i > 0 and (layout.low[i - 1] in _lexicon()["role-modifier"] or layout.low[i - 1] in _lexicon()["role"])
    if word in _lexicon()["role-not-modifier"]:
        return False
    if word in _lexicon()["role-modifier"] or _is_role(layout, i):
        return True
    is_noun = token.pos in {"NOUN", "PROPN"} and (word == token.text or (token.text.isupper() and len(word) == 2))
    return is_noun and token.tag in {"NN", "NNP", "NNS"} and token.dep in {"compound", "nmod", "amod"} and first > 0


def _with_suffix(layout: Layout, noun: int) -> int:
    """Step over 'general' of 'director general' and 'in chief' of 'editor-in-chief'."""
    hyphen = layout.word(noun + 1) == "-"
    behind = noun + 1 + hyphen
    if layout.word(behind) in _lexicon()["role-suffix"] and (hyphen or behind not in layout.persons):
        return behind
    if layout.word(behind) == "in" and layout.word(behind + 1 + hyphen) == "chief":
        return behind + 1 + hyphen
    return noun


def _is_joined(layout: Layout, last: int, first: int) -> bool:
    between = layout.low[last + 1 : first]
    has_link = not {"and", "&", "well"}.isdisjoint(between)
    return between == (",",) or (has_link and all(word in AND for word in between))


def _lexicon() -> Lexicon:
    return load_lexicon()
