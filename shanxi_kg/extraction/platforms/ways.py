"""The ways to say who is in a platform: each gives the heads of the lists that name them.

'It houses A and B', 'made up of 12 areas', 'an alliance of 30 universities', 'A and B joined the alliance', 'its
members include A', 'a platform where 57 producers meet'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from shanxi_kg.extraction.phrases import children_by, list_of, prepositions, subject_of
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon

OF = frozenset({"of", "from", "on", "between", "among", "by"})
WITH = frozenset({"with"})
BY = frozenset({"by"})
TO = frozenset({"to"})
PLACES = frozenset({"in", "into", "at", "inside", "within", "on", "as"})
ON_BOARD = 30  # tokens in which 'on board' is looked for behind 'with'
FOUNDING = frozenset({"form", "found", "establish", "set", "create", "launch"})
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
    lexicon = load_lexicon()
    for verb in _verbs_of(sentence, platform):
        lemma = sentence.tokens[verb].lemma
        if lemma in lexicon["member-verb"]:
            yield from children_by(sentence, verb, {"dobj"})
        if lemma in lexicon["made-of-verb"]:
            yield from (noun for _, noun in prepositions(sentence, verb, OF))
        if sentence.tokens[verb].text == "Home":
            yield from (noun for _, noun in prepositions(sentence, verb, TO))
        if lemma == "be" and verb + 1 < len(sentence.tokens):
            yield from _home(sentence, verb)
        if lemma in {"have", "boast", "count", "attract"}:
            owned = children_by(sentence, verb, {"dobj"})
            yield from (noun for noun in owned if is_member_noun(sentence, noun))


def _home(sentence: Sentence, verb: int) -> Iterator[int]:
    """Match 'is home to A and B'."""
    for noun in children_by(sentence, verb, {"attr"}):
        if sentence.tokens[noun].lemma == "home":
            yield from (owner for _, owner in prepositions(sentence, noun, TO))
    if sentence.tokens[verb + 1].text == "home":
        yield from (owner for _, owner in prepositions(sentence, verb, TO))


def _verbs_of(sentence: Sentence, platform: int) -> Iterator[int]:
    """Give the verbs whose subject the platform is: of its clause, coordinated, in clauses on it or before it."""
    for child in children_by(sentence, platform, {"relcl", "acl"}):
        yield from _with_conjuncts(sentence, child)
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
    for node in (platform, head, *children_by(sentence, head, {"xcomp"})):
        for marker, noun in prepositions(sentence, node, WITH):
            named = is_member_noun(sentence, noun) or _is_on_board(sentence, noun)
            if (
                named
                or any(is_member_noun(sentence, n) for _, n in prepositions(sentence, noun, PLACES))
                or any(is_member_noun(sentence, n) for _, n in prepositions(sentence, marker, PLACES))
            ):
                yield noun


def _is_on_board(sentence: Sentence, noun: int) -> bool:
    """Tell whether 'on board' or 'aboard' closes a 'with' phrase within its clause."""
    words = [token.text.lower() for token in sentence.tokens[noun : noun + ON_BOARD]]
    return "aboard" in words or any(pair == ("on", "board") for pair in pairwise(words))


def _joining(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'A and B joined the alliance', 'set up operation in the cluster', 'are based in the park'."""
    token = sentence.tokens[platform]
    above = sentence.tokens[token.head]
    verb = above.i if token.dep == "dobj" and above.lemma in {"join", "enter"} else None
    if token.dep == "pobj" and above.text.lower() in PLACES:
        verb = next((a for a in sentence.ancestors(above.i) if sentence.tokens[a].pos == "VERB"), None)
        near = above.head == verb or sentence.tokens[above.head].dep in {"dobj", "prt", "prep", "advmod"}
        verb = verb if near else None
    if token.dep == "nsubjpass" and above.lemma == "join":
        yield from (noun for _, noun in prepositions(sentence, above.i, BY))
    if verb is None or sentence.tokens[verb].lemma not in load_lexicon()["join-verb"]:
        return
    subject = subject_of(sentence, verb)
    if subject is not None and subject < verb:
        yield subject
        yield from (noun for mark, noun in prepositions(sentence, verb, WITH) if _is_along(sentence, mark))


def _is_along(sentence: Sentence, mark: int) -> bool:
    """Tell whether a 'with' is that of 'along with' and 'together with'."""
    return mark > 0 and sentence.tokens[mark - 1].text.lower() in {"along", "together", "jointly"}


def _where(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'a platform where 57 producers meet', 'the platform, on which 3,200 traders are registered'."""
    for verb in children_by(sentence, platform, {"relcl"}):
        inside = [w for w in sentence.children[verb] if sentence.tokens[w].tag == "WRB"]
        inside += [p for p in children_by(sentence, verb, {"prep"}) if _is_which(sentence, p)]
        if inside:
            yield from children_by(sentence, verb, {"nsubj", "nsubjpass"})


def _is_which(sentence: Sentence, prep: int) -> bool:
    objects = children_by(sentence, prep, {"pobj"})
    return sentence.tokens[prep].text.lower() in PLACES and any(sentence.tokens[o].tag == "WDT" for o in objects)


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


def _as_members(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'members of the alliance include A and B', 'A and B are members of the alliance'."""
    for verb in children_by(sentence, platform, {"relcl"}):
        if any(is_member_noun(sentence, c) for c in children_by(sentence, verb, {"nsubj"})):
            yield from children_by(sentence, verb, {"dobj", "attr"})
    above = sentence.tokens[sentence.tokens[platform].head]
    noun = above.head if sentence.tokens[platform].dep == "pobj" and above.text.lower() == "of" else above.i
    if not is_member_noun(sentence, noun):
        return
    verb = sentence.tokens[noun].head
    if sentence.tokens[noun].dep == "nsubj" and sentence.tokens[verb].lemma in {"include", "be", "comprise"}:
        yield from children_by(sentence, verb, {"dobj", "attr"})
    elif sentence.tokens[noun].dep == "attr" or sentence.tokens[verb].text.lower() == "as":
        subject = subject_of(sentence, verb)
        if subject is not None:
            yield subject


def _founders(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'an alliance formed by A and B': two or more founders of what joins them are in it."""
    if sentence.tokens[platform].lemma.lower() not in load_lexicon()["collective-head"]:
        return
    verbs = children_by(sentence, platform, {"acl"})
    verbs += [sentence.tokens[platform].head] if sentence.tokens[platform].dep == "nsubjpass" else []
    for verb in verbs:
        if sentence.tokens[verb].lemma in FOUNDING:
            agents = (noun for _, noun in prepositions(sentence, verb, BY))
            yield from (noun for noun in agents if len(list_of(sentence, noun)) > 1)


def is_member_noun(sentence: Sentence, i: int) -> bool:
    """Tell whether a noun is one for members, or has such a noun under it."""
    token = sentence.tokens[i]
    nouns = load_lexicon()["member-noun"]
    return token.text.lower() in nouns or any(sentence.tokens[c].text.lower() in nouns for c in sentence.children[i])


WAYS: tuple[Callable[[Sentence, int], Iterator[int]], ...] = (
    _told_by_verbs,
    _of,
    _with,
    _joining,
    _where,
    _open_to,
    _as_members,
    _founders,
)
