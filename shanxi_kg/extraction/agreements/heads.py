"""Nouns that may stand for an agreement in a sentence, and pronouns for one of the sentence before."""

from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.extraction.agreements.verbs import WEAK_VERBS, sign_verb
from shanxi_kg.extraction.context import Context
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

POINTERS = {
    "nsubjpass": frozenset({"it", "they", "both", "this", "these", "which"}),
    "dobj": frozenset({"another", "one"}),
}
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "it", "they"})


def find_heads(context: Context, read: ReadSentence) -> Iterator[int]:
    """Give the tokens that stand for an agreement, in order; else 'it' for one of the sentence before."""
    found = list(_nouns(read))
    if not found and read.number and any(_nouns(context.reading.sentences[read.number - 1])):
        found = list(_pronouns(read.sentence))
    yield from found


def _pronouns(sentence: Sentence) -> Iterator[int]:
    """Give the words for an agreement after one told of before: 'it was signed', 'A and B signed another'."""
    strong = load_lexicon()["sign-verb"] - WEAK_VERBS
    for token in sentence.tokens:
        words = POINTERS.get(token.dep, frozenset())
        if token.text.lower() in words and sentence.tokens[token.head].lemma in strong:
            yield token.i


def _nouns(read: ReadSentence) -> Iterator[int]:
    sentence, heads = read.sentence, load_lexicon()["agreement-head"]
    for token in sentence.tokens:
        if token.pos not in {"NOUN", "PROPN"} or not (token.lemma.lower() in heads or _is_pact(sentence, token)):
            continue
        if not _is_modifier(sentence, token):
            yield token.i


def is_definite(sentence: Sentence, noun: int) -> bool:
    """Tell whether the words point to an agreement that is known: 'the agreement', 'their pact'."""
    beside = {sentence.tokens[c].text.lower() for c in sentence.children[noun] if c < noun}
    return bool(beside & DEFINITE) or sentence.tokens[noun].text.lower() in DEFINITE


def later_mention(read: ReadSentence, noun: int) -> int | None:
    """Return the verb of signing of 'the agreement was signed on …', None where no agreement told before is meant."""
    return sign_verb(read.sentence, noun) if is_definite(read.sentence, noun) else None


def _is_modifier(sentence: Sentence, token: Token) -> bool:
    """Tell whether the noun only modifies another ('agreement areas'), or ends the name of a treaty in passing."""
    following = sentence.tokens[token.i + 1].text.lower() if token.i + 1 < len(sentence.tokens) else ""
    if token.dep in {"compound", "nmod"} and following != "signing":
        return sentence.tokens[token.head].i > token.i and sentence.tokens[token.head].tag in {"NN", "NNS"}
    return token.pos == "PROPN" and following in {"filings", "applications"}


def is_business(sentence: Sentence, noun: int) -> bool:
    """Tell whether the paper is one of purchase, loan and the like, or is told by its worth."""
    lexicon, token = load_lexicon(), sentence.tokens[noun]
    own = {
        sentence.tokens[i].lemma.lower()
        for i in range(max(0, token.i - 4), token.i)
        if _is_within(sentence, i, token.i)
    }
    worth = {sentence.tokens[i].text.lower() for i in range(token.i + 1, min(token.i + 3, len(sentence.tokens)))}
    return bool(own & lexicon["business-modifier"]) or "worth" in worth


def _is_within(sentence: Sentence, i: int, noun: int) -> bool:
    return noun in sentence.ancestors(i) and sentence.tokens[i].dep in {"amod", "compound", "nmod", "conj", "punct"}


def _is_pact(sentence: Sentence, token: Token) -> bool:
    """Tell whether a word of many meanings is a paper that binds: it is signed, or one of cooperation."""
    lexicon, lemma = load_lexicon(), token.lemma.lower()
    if lemma not in lexicon["weak-agreement-head"] | lexicon["loose-agreement-head"]:
        return False
    own = {sentence.tokens[c].lemma.lower() for c in sentence.children[token.i] if c < token.i}
    if own & lexicon["pact-modifier"]:
        return True
    if lemma in lexicon["loose-agreement-head"]:
        return _is_of_intent(sentence, token.i)
    if token.dep == "nsubj" and sentence.tokens[token.head].lemma in {"bind", "commit"}:
        return True
    verb = sign_verb(sentence, token.i)
    strong = lexicon["sign-verb"] - WEAK_VERBS | {"put", "shake", "reach", "renew"}
    return verb is not None and sentence.tokens[verb].lemma in strong


def _is_of_intent(sentence: Sentence, noun: int) -> bool:
    """Tell whether a paper is 'a letter of intent' and the like."""
    behind = [token.text.lower() for token in sentence.tokens[noun + 1 : noun + 3]]
    return behind[:1] == ["of"] and behind[-1] in {"intent", "understanding", "cooperation", "commitment"}
