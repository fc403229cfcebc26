"""Which nouns are people or organizations that a policy can be for: known words, '-er' and '-ist', 'the injured'."""

from __future__ import annotations

import re

from shanxi_kg.extraction.context import mention_at
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

NO_GROUPS = frozenset({"area", "zone", "industry", "city", "province", "county"})
ENDINGS = ("er", "folk", "ian", "ist", "man", "or")
EACH = frozenset({"each", "every"})


def is_people(read: ReadSentence, noun: int, named: bool = False) -> bool:
    """Tell whether a noun is a group of people or organizations; with `named` also a proper name."""
    token = read.sentence.tokens[noun]
    if mention_at(read.places, token.start):
        return False
    return _is_group(read.sentence, token) or (named and token.pos == "PROPN")


def _is_group(sentence: Sentence, token: Token) -> bool:
    lexicon, lemma = load_lexicon(), token.lemma.lower()
    as_written = token.tag == "NNPS" or (token.tag == "NNS" and token.i == 0)  # the parser leaves 'Kilns' as it is
    lemma = lemma.removesuffix("s") if as_written else lemma
    before = [sentence.tokens[c].text.lower() for c in sentence.children[token.i] if c < token.i]
    if {lemma, _hyphened(sentence, token)} & (lexicon["group-noun"] - NO_GROUPS):
        return True
    if re.fullmatch(r"(over|under)?-?\d\ds", token.text.lower()):
        return True
    if token.text.lower() == "those":
        return any(sentence.tokens[c].dep == "relcl" for c in sentence.children[token.i])
    if token.text.lower() in lexicon["people-adjective"]:
        return before == ["the"]
    several = token.tag in {"NNS", "NNPS"} or bool(EACH & set(before))
    return several and lemma.endswith(ENDINGS) and lemma not in lexicon["thing-noun"]


def _hyphened(sentence: Sentence, token: Token) -> str:
    """Return a word with what a hyphen parts from it, singular ('start-up' of 'start-ups')."""
    if token.i < 2 or sentence.tokens[token.i - 1].text != "-":
        return ""
    return f"{sentence.tokens[token.i - 2].text.lower()}-{token.text.lower().removesuffix('s')}"
