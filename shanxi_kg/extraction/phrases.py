"""Noun phrases and lists as the parse gives them: what stands in a phrase, what a list holds, what governs it.

Nothing here knows a kind of fact. Positions are those of tokens in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.language import Sentence

NOUNS = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
EXAMPLES = frozenset({"including", "like"})
MADE_SUCH = "such"


def left_edge(sentence: Sentence, head: int) -> int:
    """Return the first token of the run before a head noun that all depends on it."""
    below = set(sentence.subtree(head))
    first = head
    while first - 1 in below:
        first -= 1
    return first


def list_of(sentence: Sentence, head: int) -> list[int]:
    """Return the heads of a list in order: a noun, its conjuncts, theirs; also those hung on a clause between items."""
    found, stack = [], [head]
    while stack:
        node = stack.pop()
        if sentence.tokens[node].pos in NOUNS:
            found.append(node)
        for child in sentence.children[node]:
            token = sentence.tokens[child]
            if token.dep in {"conj", "relcl"} and child > node and (token.dep == "conj" or node in found):
                stack.append(child)
    return sorted(found)


def examples(sentence: Sentence, head: int) -> list[int]:
    """Return the list that 'such as', 'including' or 'like' opens under a noun, if any."""
    for child in sentence.children[head]:
        token = sentence.tokens[child]
        opens = token.text.lower() in EXAMPLES or _is_such_as(sentence, child)
        if opens and token.dep == "prep":
            return [
                i for c in sentence.children[child] if sentence.tokens[c].dep == "pobj" for i in list_of(sentence, c)
            ]
    return []


def _is_such_as(sentence: Sentence, i: int) -> bool:
    return i > 0 and sentence.tokens[i].text.lower() == "as" and sentence.tokens[i - 1].text.lower() == MADE_SUCH


def first_of_list(sentence: Sentence, i: int) -> int:
    """Return the first item of the list that a noun or verb is a conjunct in, itself where it is none."""
    while sentence.tokens[i].dep == "conj" and sentence.tokens[i].head != i:
        i = sentence.tokens[i].head
    return i


def children_by(sentence: Sentence, i: int, deps: frozenset[str] | set[str]) -> list[int]:
    """Return the children of a token in one of some relations, in order."""
    return [c for c in sentence.children[i] if sentence.tokens[c].dep in deps]


def prepositions(sentence: Sentence, i: int, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give each preposition under a token that is one of `words`, with its object; also one under a particle."""
    for child in sentence.children[i]:
        token = sentence.tokens[child]
        if token.dep in {"prep", "agent", "dative"} and token.text.lower() in words:
            yield from ((child, c) for c in sentence.children[child] if sentence.tokens[c].dep in {"pobj", "pcomp"})
        elif token.dep in {"prt", "prep", "advmod"} and child > i:
            yield from prepositions(sentence, child, words)


def subject_of(sentence: Sentence, verb: int) -> int | None:
    """Return the subject of a verb: its own, else that of the verb it is coordinated with or depends on."""
    for node in _chain(sentence, verb):
        own = children_by(sentence, node, SUBJECTS)
        if own:
            return own[0]
        if sentence.tokens[node].dep in {"relcl", "acl"}:
            return sentence.tokens[node].head
    return _of_clause_before(sentence, verb)


def _of_clause_before(sentence: Sentence, verb: int) -> int | None:
    """Return the subject of the first of three verbs in a list that the parse took for a clause under the second."""
    top = first_of_list(sentence, verb)
    for clause in children_by(sentence, top, {"ccomp"}):
        if clause < top:
            return next(iter(children_by(sentence, clause, SUBJECTS)), None)
    return None


def _chain(sentence: Sentence, verb: int) -> Iterator[int]:
    """Give a verb and the verbs whose subject it shares."""
    node = verb
    yield node
    while sentence.tokens[node].dep in {"conj", "xcomp", "advcl"} and sentence.tokens[node].head != node:
        node = sentence.tokens[node].head
        yield node


def is_negated(sentence: Sentence, verb: int, hedges: frozenset[str] = frozenset()) -> bool:
    """Tell whether a verb is negated or hedged, itself or by the verb above it ('have yet to', 'no … was')."""
    for node in _chain(sentence, verb):
        for child in sentence.children[node]:
            token = sentence.tokens[child]
            if token.dep == "neg" or (
                token.text.lower() in {"yet", *hedges} and child < verb and token.dep in {"advmod", "aux"}
            ):
                return True
            if token.dep in {"nsubj", "nsubjpass", "dobj"} and _has_no(sentence, child):
                return True
        if node != verb and sentence.tokens[node].lemma in {"fail", "refuse", "decline", "stop", "cease"}:
            return True
    return False


def _has_no(sentence: Sentence, noun: int) -> bool:
    return any(sentence.tokens[c].text.lower() in {"no", "neither"} for c in sentence.children[noun])
