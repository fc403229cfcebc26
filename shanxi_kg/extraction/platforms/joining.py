"""How bodies come to be in a platform by what they do or are: they join it, make it up, found it, are its members.

Each function gives the heads of the lists that name them, for the platform at a token.
"""

from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.extraction.phrases import children_by, list_of, prepositions, subject_of
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon

WITH = frozenset({"with"})
BY = frozenset({"by"})
PLACES = frozenset({"in", "into", "at", "inside", "within", "on", "as"})
FOUNDING = frozenset({"form", "found", "establish", "set", "create", "launch", "initiate"})
MAKING_UP = frozenset({"make", "constitute", "compose", "form"})
BELONGING = frozenset(
    {"accede", "admit", "affiliate", "attach", "belong", "connect", "hook", "link", "plug", "sign", "subscribe"}
)
ENROLLED = frozenset({"enrolled", "registered", "subscribed"})
TAKING_PART = frozenset({"take", "participate"})


def joining(sentence: Sentence, platform: int) -> Iterator[int]:
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


def where(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'a platform where 57 producers meet', 'the platform, on which 3,200 traders are registered'."""
    for verb in children_by(sentence, platform, {"relcl"}):
        inside = [w for w in sentence.children[verb] if sentence.tokens[w].tag == "WRB"]
        inside += [p for p in children_by(sentence, verb, {"prep"}) if _is_which(sentence, p)]
        if inside:
            yield from children_by(sentence, verb, {"nsubj", "nsubjpass"})


def _is_which(sentence: Sentence, prep: int) -> bool:
    objects = children_by(sentence, prep, {"pobj"})
    return sentence.tokens[prep].text.lower() in PLACES and any(sentence.tokens[o].tag == "WDT" for o in objects)


def belonging(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match '56 hospitals belong to the network', 'A was admitted to …', 'connected to it are A and B'."""
    above = sentence.tokens[sentence.tokens[platform].head]
    if sentence.tokens[platform].dep != "pobj" or above.text.lower() not in {"to", "in", "of"}:
        return
    if above.text.lower() == "of":
        part = sentence.tokens[above.head]
        subject = subject_of(sentence, part.head) if part.lemma == "part" and part.dep in {"attr", "dobj"} else None
        yield from [subject] if subject is not None else []
        return
    verb = above.head if sentence.tokens[above.head].dep not in {"prt", "dobj"} else sentence.tokens[above.head].head
    lemmas = BELONGING if above.text.lower() == "to" else TAKING_PART
    if sentence.tokens[verb].lemma not in lemmas or (
        sentence.tokens[verb].lemma == "take" and not _takes_part(sentence, verb)
    ):
        return
    if sentence.tokens[verb].tag == "VBG" and sentence.tokens[sentence.tokens[verb].head].lemma == "be":
        yield from (c for c in children_by(sentence, sentence.tokens[verb].head, {"nsubj", "attr"}) if c > platform)
        return
    inverted = [
        c
        for aux in children_by(sentence, verb, {"auxpass", "aux"})
        for c in children_by(sentence, aux, {"nsubj", "attr"})
    ]
    subject = subject_of(sentence, verb)
    yield from inverted or ([_counted_by_total(sentence, subject)] if subject is not None else [])


def _takes_part(sentence: Sentence, verb: int) -> bool:
    return any(sentence.tokens[c].lemma == "part" for c in children_by(sentence, verb, {"dobj"}))


def _counted_by_total(sentence: Sentence, noun: int) -> int:
    """Return what 'a total of' or 'some of' counts, else the noun itself."""
    if sentence.tokens[noun].lemma.lower() not in {"total", "number", "all"}:
        return noun
    return next((inner for _, inner in prepositions(sentence, noun, frozenset({"of"}))), noun)


def making_up(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'A and 14 colleges make up the alliance' and 'A, B and C founded the alliance'."""
    token = sentence.tokens[platform]
    verb = sentence.tokens[token.head]
    if token.dep != "dobj":
        return
    is_made = verb.lemma in MAKING_UP | FOUNDING and token.lemma.lower() in load_lexicon()["collective-head"]
    if is_made or verb.lemma == "share":
        own = subject_of(sentence, verb.i)
        is_list = own is not None and own < verb.i and _are_several(sentence, own)
        yield from [own] if own is not None and is_list else []


def _are_several(sentence: Sentence, head: int) -> bool:
    return len(list_of(sentence, head)) > 1 or any(sentence.tokens[c].dep == "appos" for c in sentence.children[head])


def as_members(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'members of the alliance include A and B', 'A and B are members of the alliance'."""
    for verb in children_by(sentence, platform, {"relcl"}):
        if any(belongs(sentence, c) for c in children_by(sentence, verb, {"nsubj"})):
            yield from children_by(sentence, verb, {"dobj", "attr"})
    above = sentence.tokens[sentence.tokens[platform].head]
    noun = above.head if sentence.tokens[platform].dep == "pobj" and above.text.lower() == "of" else above.i
    if sentence.tokens[platform].text.lower() == "them":
        noun = platform
    elif not belongs(sentence, noun):
        return
    verb = sentence.tokens[noun].head
    if sentence.tokens[noun].dep == "pobj" and sentence.tokens[verb].text.lower() == "among":
        verb = sentence.tokens[verb].head
        yield from (c for c in children_by(sentence, verb, {"nsubj", "attr"}) if c > noun)
        return
    if sentence.tokens[noun].dep == "nsubj" and sentence.tokens[verb].lemma in {"include", "be", "comprise"}:
        yield from children_by(sentence, verb, {"dobj", "attr", "acomp"})
    elif sentence.tokens[noun].dep == "attr" or sentence.tokens[verb].text.lower() == "as":
        subject = subject_of(sentence, verb)
        if subject is not None:
            yield subject


def founders(sentence: Sentence, platform: int) -> Iterator[int]:
    """Match 'an alliance formed by A and B': two or more founders of what joins them are in it."""
    if sentence.tokens[platform].lemma.lower() not in load_lexicon()["collective-head"]:
        return
    verbs = children_by(sentence, platform, {"acl"})
    verbs += [sentence.tokens[platform].head] if sentence.tokens[platform].dep == "nsubjpass" else []
    for verb in verbs:
        if sentence.tokens[verb].lemma in FOUNDING:
            agents = (noun for _, noun in prepositions(sentence, verb, BY))
            yield from (noun for noun in agents if _are_several(sentence, noun))


def is_member_noun(sentence: Sentence, i: int) -> bool:
    """Tell whether a noun is one for members, or has such a noun or 'registered' under it."""
    token = sentence.tokens[i]
    nouns = load_lexicon()["member-noun"] | ENROLLED
    return token.text.lower() in nouns or any(sentence.tokens[c].text.lower() in nouns for c in sentence.children[i])


def belongs(sentence: Sentence, i: int) -> bool:
    """Tell whether a noun is one for members, or for users, founders and the like, which count where they are named."""
    return is_member_noun(sentence, i) or sentence.tokens[i].lemma.lower() in load_lexicon()["belonging-noun"]
