"""The verb of signing that an agreement stands with, as the parse links them, or as they stand near each other."""

from __future__ import annotations

from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon

LINKED = frozenset({"dobj", "nsubjpass", "nsubj", "attr", "oprd"})
WEAK_VERBS = frozenset({"have", "join", "enter", "exchange", "reach", "renew", "make", "close"})
UPWARD = frozenset({"pobj", "prep", "conj", "appos", "compound", "nmod", "pcomp"})


def sign_verb(sentence: Sentence, noun: int) -> int | None:
    """Return the verb of signing that an agreement is object, passive subject or noun of a clause of, or 'signing'."""
    participle = clause_verb(sentence, noun, frozenset({"acl", "advcl"}))
    if participle is None:
        participle = _fronted(sentence, noun)
    if participle is not None:
        return participle
    above = _verb_above(sentence, noun)
    return clause_verb(sentence, noun, frozenset({"relcl"})) if above is None else above


def clause_verb(sentence: Sentence, noun: int, deps: frozenset[str]) -> int | None:
    """Return the verb of signing in a clause that describes the agreement ('signed by', 'which was signed by')."""
    verbs = load_lexicon()["sign-verb"]
    for token in sentence.tokens[noun + 1 : noun + 16]:
        is_its = token.head == noun or (token.tag == "VBN" and noun in sentence.ancestors(token.i))
        if is_its and token.lemma in verbs and token.dep in deps:
            return token.i
    return None


def _fronted(sentence: Sentence, noun: int) -> int | None:
    """Return the participle before a main clause that an agreement is the subject of: 'Signed on May 3, the pact …'."""
    verb, first = sentence.tokens[noun].head, sentence.tokens[0]
    is_own = first.head == verb and sentence.tokens[noun].dep in {"nsubj", "nsubjpass"}
    return 0 if is_own and first.tag == "VBN" and first.lemma in load_lexicon()["sign-verb"] - WEAK_VERBS else None


def _verb_above(sentence: Sentence, noun: int) -> int | None:
    verbs = load_lexicon()["sign-verb"]
    node = noun
    for ancestor in sentence.ancestors(noun):
        token, dep = sentence.tokens[ancestor], sentence.tokens[node].dep
        if token.text.lower() in {"signing", "conclusion", "signature"}:
            return ancestor
        if token.pos in {"VERB", "AUX"}:
            names = token.lemma in {"put", "add", "set", "lend", "affix", "shake"} and _puts_name(sentence, ancestor)
            names = names or (token.lemma == "follow" and sentence.tokens[node].text.lower() == "with")
            return ancestor if names or (token.lemma in verbs and dep in _links(token)) else None
        if dep not in UPWARD or token.text.lower() in {"under", "by", "through"}:
            return None
        node = ancestor
    return None


def _links(verb: Token) -> frozenset[str]:
    """Return how an agreement may hang on a verb: 'entered into' and the like take a preposition."""
    return LINKED | {"prep"} if verb.lemma in {"enter", "join", "come", "agree"} else LINKED | {"advcl"}


def _puts_name(sentence: Sentence, verb: int) -> bool:
    objects = [sentence.tokens[c].lemma for c in sentence.children[verb] if sentence.tokens[c].dep == "dobj"]
    return any(lemma in {"name", "signature", "seal", "hand", "pen"} for lemma in objects)


def verb_near(sentence: Sentence, noun: int) -> int | None:
    """Return the first verb of signing behind the noun, else the last before it, where the parse links none."""
    heads = [t.i for t in sentence.tokens if t.lemma.lower() in load_lexicon()["agreement-head"] and t.tag[0] == "N"]
    if heads != [noun] or sentence.tokens[noun].dep == "compound":
        return None
    verbs = load_lexicon()["sign-verb"] - {"have", "join", "enter", "exchange", "make", "close"}
    found = [t.i for t in sentence.tokens if t.lemma in verbs and t.pos == "VERB"]
    return next((i for i in found if i > noun), next((i for i in reversed(found) if i < noun), None))
