"""Verbs that the parser took for others: participles for adjectives, verbs in '-s' for nouns, heads for nouns."""

from __future__ import annotations

from shanxi_kg.extraction.phrases import VERBS, left_edge
from shanxi_kg.extraction.policies.kinds import classes
from shanxi_kg.language import Sentence, Token

LETTING = frozenset({"allow", "enable", "help", "let"})


def is_clause(sentence: Sentence, token: Token) -> bool:
    """Tell whether a word heads the sentence with subject and object, a verb that the parser took for a noun."""
    deps = {sentence.tokens[c].dep for c in sentence.children[token.i]} if token.dep == "ROOT" else set()
    return "nsubj" in deps and bool(deps & {"dobj", "prep"})


def verb_before(sentence: Sentence, noun: int) -> int | None:
    """Return the participle that opens a noun of a list and is a verb of its own ('cut fees and waived charges')."""
    first = left_edge(sentence, noun)
    token = sentence.tokens[first]
    before = sentence.tokens[first - 1].text.lower() if first else ""
    opens = token.dep == "amod" and token.tag in {"VBN", "VBD"} and before in {",", "and"}
    above = next((a for a in sentence.ancestors(noun) if sentence.tokens[a].pos in VERBS), None)
    past = above is not None and sentence.tokens[above].tag in {"VBN", "VBD"}
    return first if opens and past and token.lemma.lower() in classes() else None


def is_misread(sentence: Sentence, i: int) -> bool:
    """Tell whether a verb in '-s' was taken for a noun: 'refunds their bills and rewards each caretaker'."""
    token, follower = sentence.tokens[i], sentence.tokens[min(i + 1, len(sentence.tokens) - 1)]
    joined = i > 0 and sentence.tokens[i - 1].text in {"and", ","} and token.dep in {"conj", "dobj", "appos"}
    return token.tag == "NNS" and joined and follower.pos == "DET" and stem_of(token) in classes()


def is_misread_root(sentence: Sentence, i: int) -> bool:
    """Tell whether the head of a sentence is a verb in '-s' behind a name: 'Shanxi shoulders half of the cost'."""
    token, follower = sentence.tokens[i], sentence.tokens[min(i + 1, len(sentence.tokens) - 1)]
    named = i > 0 and sentence.tokens[i - 1].pos == "PROPN" and sentence.tokens[i - 1].head == i
    plain = token.tag == "NNS" and token.dep == "ROOT" and follower.pos in {"DET", "NUM"}
    return named and plain and stem_of(token) in classes()


def stem_of(token: Token) -> str:
    """Return the lemma of a verb in '-s', its own text where no class lists it."""
    word = token.text.lower()
    return next((s for s in (word[:-1], word[:-2]) if s in classes()), word)


def is_beside_let(sentence: Sentence, token: Token, base: int) -> bool:
    """Tell whether a verb in the form of 'lets' was joined to what it lets do ('lets doctors live … and matches')."""
    above = sentence.tokens[sentence.tokens[base].head]
    return token.i != base and above.lemma in LETTING and token.tag in {above.tag} - {sentence.tokens[base].tag, "VB"}
