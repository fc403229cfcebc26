"""Purposes and effects that the text adds to what it tells: '…, marking a new stage', '… to help small firms innovate'.

They are claims, not facts: a participle or a purpose clause behind a regulation, an agreement, a platform or a policy
of the same sentence, as far as no fact stands on those words itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Evidence, Fact
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon

CLAIMED = frozenset({"regulation", "agreement", "platform", "policy"})
SHORTEST = 4  # tokens; 'to date', 'to name a few' claim nothing


def with_claims(context: Context, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, each with the claims that its sentence adds to it."""
    told = list(facts)
    by_sentence: dict[int, list[Fact]] = defaultdict(list)
    for fact in told:
        by_sentence[_sentence_of(context, fact)].append(fact)
    claims = {number: list(_claims(context, number, group)) for number, group in by_sentence.items()}
    return [_claimed(fact, claims[_sentence_of(context, fact)]) for fact in told]


def _sentence_of(context: Context, fact: Fact) -> int:
    starts = (read.number for read in context if read.sentence.start <= fact.evidence.start < read.sentence.end)
    return next(starts, -1)


def _claims(context: Context, number: int, facts: list[Fact]) -> Iterator[Evidence]:
    if number < 0 or not any(fact.kind in CLAIMED for fact in facts):
        return
    sentence = context.reading.sentences[number].sentence
    taken = [(fact.evidence.start, fact.evidence.end) for fact in facts if fact.kind not in {"statement", "regulation"}]
    for token in sentence.tokens:
        if _is_result(sentence, token.i) or _is_purpose(sentence, token.i):
            start, end = _span(sentence, token.i)
            if not any(a < end and start < b for a, b in taken):
                yield context.evidence(start, end)


def _is_result(sentence: Sentence, i: int) -> bool:
    """Tell whether a participle behind a comma says what came of it ('…, marking a new stage')."""
    token = sentence.tokens[i]
    is_participle = token.dep == "advcl" and token.tag == "VBG" and i > 0 and sentence.tokens[i - 1].text == ","
    return is_participle and token.lemma in load_lexicon()["effect-verb"] and len(sentence.subtree(i)) >= SHORTEST


def _is_purpose(sentence: Sentence, i: int) -> bool:
    """Tell whether an infinitive says what it is for ('… to help small firms innovate')."""
    token = sentence.tokens[i]
    is_infinitive = token.tag == "VB" and any(sentence.tokens[c].text.lower() == "to" for c in sentence.children[i])
    fits = token.dep in {"advcl", "relcl", "acl"} and token.lemma in load_lexicon()["effect-verb"]
    return is_infinitive and fits and len(sentence.subtree(i)) >= SHORTEST


def _span(sentence: Sentence, i: int) -> tuple[int, int]:
    inside = [t for t in sentence.subtree(i) if sentence.tokens[t].dep != "punct" or t != max(sentence.subtree(i))]
    return sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end


def _claimed(fact: Fact, claims: list[Evidence]) -> Fact:
    own = tuple(claim for claim in claims if claim.start >= fact.evidence.end)
    return replace(fact, claims=own) if own and fact.kind in CLAIMED else fact
