"""The ways to say who is in a platform: each gives the heads of the lists that name them.

'It houses A and B', 'made up of 12 areas', 'an alliance of 30 universities', 'A and B joined the alliance', 'its
members include A', 'a platform where 57 producers meet'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from shanxi_kg.extraction.antecedents import AREA_NOUNS
from shanxi_kg.extraction.phrases import children_by, prepositions
from shanxi_kg.extraction.platforms.joining import (
    BY,
    PLACES,
    WITH,
    as_members,
    belonging,
    belongs,
    founders,
    is_member_noun,
    joining,
    making_up,
    where,
)
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon

OF = frozenset({"of", "from", "on", "between", "among", "by"})
TO = frozenset({"to"})
ON_BOARD = 30  # tokens in which 'on board' is looked for behind 'with'
LINKING = frozenset({"link", "connect", "unite", "join", "tie"})
OPEN_TO = {
    "open": TO,
    "shared": frozenset({"by", "with", "among", "between"}),
    "used": BY,
    "joined": BY,
}


def told(sentence: Sentence, platform: int) -> list[int]:
    """Return the heads of the lists of who is in the platform at a token, each once."""
    return list(dict.fromkeys(head for way in WAYS for head in way(sentence, platform)))


def _told_by_verbs(sentence: Sentence, platform: int) -> Iterator[int]:
    for noun in (c for c in sentence.children[platform] if sentence.tokens[c].lemma == "home"):
        yield from (owner for _, owner in prepositions(sentence, noun, TO))
    for verb in _verbs_of(sentence, platform):
        yield from _holding(sentence, verb)
        yield from _filled(sentence, verb)
        if sentence.tokens[verb].lemma == "be" and _names_members(sentence, platform):
            yield from children_by(sentence, verb, {"attr", "acomp"})


def _holding(sentence: Sentence, verb: int) -> Iterator[int]:
    """Match 'houses A and B', 'links A with B', 'covers 83 sites', 'is made up of A and B', 'is home to A'."""
    lexicon, lemma = load_lexicon(), sentence.tokens[verb].lemma
    if lemma in lexicon["member-verb"]:
        yield from children_by(sentence, verb, {"dobj"})
        yield from _linked_with(sentence, verb)
    if lemma == "cover":
        yield from _covered(sentence, verb)
    if lemma in lexicon["made-of-verb"]:
        yield from (noun for _, noun in prepositions(sentence, verb, OF))
    if sentence.tokens[verb].text == "Home":
        yield from (noun for _, noun in prepositions(sentence, verb, TO))
    if lemma == "be" and verb + 1 < len(sentence.tokens):
        yield from _home(sentence, verb)


def _filled(sentence: Sentence, verb: int) -> Iterator[int]:
    """Match 'has 18 members', 'counts A and B among its tenants', 'attracted 36 suppliers'."""
    owned, lemma = children_by(sentence, verb, {"dobj"}), sentence.tokens[verb].lemma
    if lemma in load_lexicon()["filling-verb"]:
        yield from _organizations(sentence, verb)
    if lemma in {"have", "boast", "count", "attract", "list", "number"}:
        yield from (noun for noun in owned if is_member_noun(sentence, noun) or _is_said_among(sentence, noun))


def _is_said_among(sentence: Sentence, noun: int) -> bool:
    """Tell whether 'among its tenants' or 'as members' closes a list, wherever the parse hangs it."""
    behind = sentence.tokens[noun + 1 :]
    marks = [t.i for t in behind if t.text.lower() in {"among", "as"}]
    near = (sentence.tokens[mark + 1 : mark + 4] for mark in marks)
    return any(belongs(sentence, t.i) for words in near for t in words)


def _names_members(sentence: Sentence, subject: int) -> bool:
    """Tell whether a subject is 'they' or 'the members', which stands for those who are in a platform."""
    token = sentence.tokens[subject]
    return token.text.lower() in {"they", "these"} or is_member_noun(sentence, subject)


def _linked_with(sentence: Sentence, verb: int) -> Iterator[int]:
    """Match the second list of 'links A with B', 'connects A to B'."""
    if sentence.tokens[verb].lemma in LINKING:
        for node in (verb, *children_by(sentence, verb, {"dobj"})):
            yield from (noun for _, noun in prepositions(sentence, node, WITH | TO) if noun > verb)


def _organizations(sentence: Sentence, verb: int) -> Iterator[int]:
    """Match 'now has 28 companies', 'attracted 36 suppliers': counted organizations, no visitors and no yuan."""
    nouns = load_lexicon()["organization-noun"]
    for noun in children_by(sentence, verb, {"dobj"}):
        if children_by(sentence, noun, {"nummod"}) and sentence.tokens[noun].lemma.lower() in nouns:
            yield noun


def _covered(sentence: Sentence, verb: int) -> Iterator[int]:
    """Match 'a platform covering 83 sites': what is counted, but no areas, which are its coverage."""
    for noun in children_by(sentence, verb, {"dobj"}):
        if children_by(sentence, noun, {"nummod"}) and sentence.tokens[noun].lemma.lower() not in AREA_NOUNS:
            yield noun


def _home(sentence: Sentence, verb: int) -> Iterator[int]:
    """Match 'is home to A and B'."""
    for noun in children_by(sentence, verb, {"attr"}):
        if sentence.tokens[noun].lemma == "home":
            yield from (owner for _, owner in prepositions(sentence, noun, TO))
    if sentence.tokens[verb + 1].text == "home":
        yield from (owner for _, owner in prepositions(sentence, verb, TO))


def _verbs_of(sentence: Sentence, platform: int) -> Iterator[int]:
    """Give the verbs whose subject the platform is: of its clause, coordinated, in clauses on it or before it."""
    described = [platform, *children_by(sentence, platform, {"appos"})]
    for child in [c for noun in described for c in children_by(sentence, noun, {"relcl", "acl"})]:
        yield from _with_conjuncts(sentence, child)
        yield from children_by(sentence, child, {"xcomp"})
    for _, noun in prepositions(sentence, platform, frozenset({"of"})):
        yield from (verb for verb in children_by(sentence, noun, {"relcl"}) if _is_of_one(sentence, noun, verb))
    for child in children_by(sentence, platform, {"prep"}):
        if sentence.tokens[child].tag == "VBG":
            yield child
    named = sentence.tokens[platform].head if sentence.tokens[platform].dep == "appos" else platform
    head = sentence.tokens[named].head
    if sentence.tokens[named].dep in {"nsubj", "nsubjpass"}:
        yield from (c for c in sentence.children[head] if sentence.tokens[c].text == "Home")
        for verb in _with_conjuncts(sentence, head):
            yield verb
            yield from children_by(sentence, verb, {"advcl"})


def _is_of_one(sentence: Sentence, noun: int, verb: int) -> bool:
    """Tell whether a clause behind a plural is singular, so that it tells of the platform ('of brands, which is …')."""
    own = [verb, *children_by(sentence, verb, {"aux", "auxpass"})]
    return sentence.tokens[noun].tag == "NNS" and any(sentence.tokens[i].tag == "VBZ" for i in own)


def _with_conjuncts(sentence: Sentence, verb: int) -> Iterator[int]:
    yield verb
    for child in children_by(sentence, verb, {"conj"}):
        if not children_by(sentence, child, {"nsubj", "nsubjpass"}):
            yield from _with_conjuncts(sentence, child)


def _of(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'an alliance of 30 universities', 'a league between A and B'."""
    if sentence.tokens[platform].lemma.lower() in load_lexicon()["collective-head"]:
        yield from (noun for _, noun in prepositions(sentence, platform, frozenset({"of", "between", "among"})))


def _with(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'with 62 members', 'with A and B as members'."""
    head = sentence.tokens[platform].head
    above = sentence.tokens[head].head  # 'buys through a platform with …': a 'with' right behind is the platform's
    beside = [pair for pair in prepositions(sentence, above, WITH) if pair[0] == platform + 1]
    for node in (platform, head, *children_by(sentence, head, {"xcomp"})):
        for marker, noun in dict.fromkeys((*prepositions(sentence, node, WITH), *beside)):
            named = is_member_noun(sentence, noun) or _is_on_board(sentence, noun)
            if (
                named
                or any(is_member_noun(sentence, n) for _, n in prepositions(sentence, noun, PLACES))
                or any(is_member_noun(sentence, n) for _, n in prepositions(sentence, marker, PLACES))
                or _closes_as_member(sentence, noun)
            ):
                yield noun


def _closes_as_member(sentence: Sentence, noun: int) -> bool:
    """Tell whether 'as members' or 'as a partner' stands under the last item of a list."""
    below = [sentence.tokens[i] for i in sentence.subtree(noun) if i > noun]
    marks = [t.i for t in below if t.text.lower() in {"as", "among"}]
    return any(belongs(sentence, t.i) for mark in marks for t in sentence.tokens[mark + 1 : mark + 4])


def _is_on_board(sentence: Sentence, noun: int) -> bool:
    """Tell whether 'on board' or 'aboard' closes a 'with' phrase within its clause."""
    words = [token.text.lower() for token in sentence.tokens[noun : noun + ON_BOARD]]
    return "aboard" in words or any(pair == ("on", "board") for pair in pairwise(words))


def _open_to(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'a base open to 40 schools', 'the base is open to …', 'a database, which is shared with 12 courts'."""
    for child in children_by(sentence, platform, {"amod", "acl"}):
        token = sentence.tokens[child]
        marks = OPEN_TO.get(token.text.lower()) if child > platform else None
        yield from (noun for _, noun in prepositions(sentence, child, marks or frozenset()))
    for verb in _verbs_of(sentence, platform):
        for node in (verb, *children_by(sentence, verb, {"acomp"})):
            marks = OPEN_TO.get(sentence.tokens[node].text.lower(), frozenset())
            yield from (noun for _, noun in prepositions(sentence, node, marks) if noun > platform)


WAYS: tuple[Callable[[Sentence, int], Iterator[int]], ...] = (
    _told_by_verbs,
    _of,
    _with,
    joining,
    belonging,
    making_up,
    where,
    _open_to,
    as_members,
    founders,
)
