"""Telling what happened from what is denied, only meant, or left open: by a verb's words and the verbs above it."""

from __future__ import annotations

from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon

COMING = frozenset({"will", "shall", "'ll"})
DOUBTFUL = frozenset({"would", "may", "might", "can", "could", "should", "must", "'d"})
HYPOTHETICAL = frozenset(
    {"if", "unless", "until", "whether", "once", "without", "before", "instead", "rather", "against"}
)


def is_open(sentence: Sentence, verb: int, *, may_come: bool = False) -> bool:
    """Tell whether a verb's doing is denied, or left open; where it `may_come`, 'will' leaves nothing open."""
    for node in chain(sentence, verb):
        below = [sentence.tokens[c] for c in sentence.children[node]]
        words = {token.text.lower() for token in below}
        is_denied = any(token.dep == "neg" for token in below) and not words & {"until", "only"}
        yet = "yet" in words and "to" in {t.text.lower() for t in sentence.tokens}
        if is_denied and not _opens_with_not(sentence, below):
            return True
        if (
            yet
            or _has_modal(below, DOUBTFUL if may_come else DOUBTFUL | COMING)
            or _is_hypothetical(sentence, node, below)
        ):
            return True
        if _denied_subject(sentence, below):
            return True
    return _is_intended(sentence, verb, may_come=may_come)


def chain(sentence: Sentence, verb: int) -> list[int]:
    """Return the verb and the verbs above it that it is part of ('has failed to reach')."""
    found = [verb]
    while sentence.tokens[found[-1]].dep in {"xcomp", "pcomp", "prep", "conj", "auxpass"}:
        head = sentence.tokens[found[-1]].head
        if sentence.tokens[found[-1]].dep == "conj" and sentence.tokens[head].pos not in {"VERB", "AUX"}:
            break
        if head in found:
            break
        found.append(head)
        if sentence.tokens[found[-2]].dep == "conj":
            break
    return found


def _opens_with_not(sentence: Sentence, below: list[Token]) -> bool:
    """Tell 'Not until May did …' and 'not only' from a denial."""
    negations = [token.i for token in below if token.dep == "neg"]
    following = {sentence.tokens[i + 1].text.lower() for i in negations if i + 1 < len(sentence.tokens)}
    return bool(following & {"until", "only"})


def _has_modal(below: list[Token], modals: frozenset[str]) -> bool:
    return any(token.text.lower() in modals and token.dep in {"aux", "auxpass"} for token in below)


def _is_hypothetical(sentence: Sentence, node: int, below: list[Token]) -> bool:
    token = sentence.tokens[node]
    marks = {t.text.lower() for t in below if t.dep in {"mark", "advmod"} and t.i < node}
    above = sentence.tokens[token.head].text.lower()
    return bool(marks & (HYPOTHETICAL - {"before"})) or (token.dep == "pcomp" and above in HYPOTHETICAL)


def _denied_subject(sentence: Sentence, below: list[Token]) -> bool:
    subjects = [token for token in below if token.dep in {"nsubj", "nsubjpass"}]
    inside = [sentence.tokens[c] for token in subjects for c in (*sentence.children[token.i], token.i)]
    before = [sentence.tokens[token.i - 1] for token in subjects if token.i]
    return any(t.text.lower() in {"no", "neither", "none", "nobody"} for t in (*inside, *before))


def _is_intended(sentence: Sentence, verb: int, *, may_come: bool) -> bool:
    """Tell whether an infinitive only says what is meant to come: not so behind 'met', 'came', 'the first'."""
    token = sentence.tokens[verb]
    below = [sentence.tokens[c] for c in sentence.children[verb]]
    if not any(t.tag == "TO" for t in below):
        return _is_wanted_gerund(sentence, token)
    head = sentence.tokens[token.head]
    if head.lemma in load_lexicon()["real-verb"] or (may_come and head.pos == "AUX"):
        return False
    if token.dep in {"advcl", "relcl", "acl"}:
        return head.lemma.lower() in load_lexicon()["unreal-noun"] | load_lexicon()["unreal-verb"]
    return True


def _is_wanted_gerund(sentence: Sentence, token: Token) -> bool:
    head = sentence.tokens[token.head]
    above = sentence.tokens[head.head]
    wanted = load_lexicon()["unreal-verb"] | load_lexicon()["unreal-noun"]
    return token.tag == "VBG" and bool({head.lemma.lower(), above.lemma.lower() if head.pos == "ADP" else ""} & wanted)
