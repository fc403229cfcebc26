"""Who does what by a verb: its patient (object, or subject of the passive) and its agent, as the parse gives them."""

from __future__ import annotations

from shanxi_kg.extraction.phrases import VERBS, children_by, prepositions, subject_of
from shanxi_kg.language import Sentence

BY = frozenset({"by"})
GERUNDS = frozenset({"NN", "VBG"})
FROM = frozenset({"from"})
KEEPING = frozenset({"get", "have"})
AMOUNTS = frozenset("% end half means percent point quarter third time way year".split())
WITHOUT_OBJECT = frozenset({"after", "for", "in", "on", "over", "to", "upon", "with"})


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is passive, itself or as a participle coordinated with one that is."""
    base = verb
    while True:
        if children_by(sentence, base, {"nsubjpass", "auxpass"}):
            return True
        own = children_by(sentence, base, {"nsubj", "aux", "dobj"})
        if own or sentence.tokens[base].dep != "conj" or sentence.tokens[base].tag != "VBN":
            return False
        base = sentence.tokens[base].head


def patient_of(sentence: Sentence, verb: int, kind: str, passive: bool) -> int | None:
    """Return what a verb of a class acts on: its object, one after a preposition, or that of the next verb."""
    objects = children_by(sentence, verb, {"dobj"})
    if objects:
        return next((o for o in objects if sentence.tokens[o].pos != "PRON"), objects[0])
    if passive:
        return subject_of(sentence, verb)
    if kind == "on" or sentence.tokens[verb].lemma == "pay":
        return next((noun for mark, noun in prepositions(sentence, verb, WITHOUT_OBJECT) if mark > verb), None)
    gerunds = [c for c in children_by(sentence, verb, {"xcomp"}) if sentence.tokens[c].tag in GERUNDS]
    named = kind in {"amount", "give"} and gerunds[:1] == [verb + 1]  # 'waives filing fees', read as a verb
    if gerunds and (named or kind == "enforce"):  # 'stopped charging farmers'
        return next(iter(children_by(sentence, gerunds[0], {"dobj"})), None)
    clauses = [c for c in children_by(sentence, verb, {"ccomp"}) if c > verb and children_by(sentence, c, {"nsubj"})]
    if clauses and kind in {"help", "enforce", "give"}:
        return children_by(sentence, clauses[0], {"nsubj"})[0]

    return next((o for c in children_by(sentence, verb, {"conj"}) for o in _shared_object(sentence, verb, c)), None)


def _shared_object(sentence: Sentence, verb: int, other: int) -> list[int]:
    """Return the object of a verb coordinated right behind one that has none ('protect and promote brands')."""
    return children_by(sentence, other, {"dobj"}) if other - verb <= 2 else []


def agent_of(sentence: Sentence, verb: int) -> int | None:
    """Return the noun after the 'by' of a passive, of its own or of a verb that it is coordinated with."""
    payers = payers_of(sentence, verb)
    if payers:
        return payers[0]
    nodes = [verb, *children_by(sentence, verb, {"conj", "dobj", "prep", "dative"})]
    nodes += [sentence.tokens[verb].head] if sentence.tokens[verb].dep == "conj" else []
    for node in nodes:
        found = [noun for _, noun in prepositions(sentence, node, BY) if _can_act(sentence, noun)]
        if found:
            return found[0]
    return _late_agent(sentence, verb)


def giver(sentence: Sentence, verb: int, patient: int) -> int | None:
    """Return who gives what somebody receives: 'an allowance from the county', 'part of the cost from the city'."""
    for node in (verb, *children_by(sentence, verb, {"advmod"}), *sentence.subtree(patient)):
        for mark, noun in prepositions(sentence, node, FROM):
            if mark > verb:  # 'from June, apprentices will enjoy …' tells when
                return noun
    return next(iter(payers_of(sentence, verb)), None)


def gainer_of(sentence: Sentence, verb: int) -> int | None:
    """Return who gains by a verb: its subject, also one that the parse made a clause ('whoever reports it gets …')."""
    clauses = children_by(sentence, verb, {"csubj", "csubjpass"})
    inside = [s for c in clauses for s in children_by(sentence, c, {"nsubj"})]
    return inside[0] if inside else subject_of(sentence, verb)


def payers_of(sentence: Sentence, verb: int) -> list[int]:
    """Return at whose expense something is done: 'at the county's expense', 'courtesy of the city'."""
    found = []
    for node in sentence.subtree(verb):
        token = sentence.tokens[node]
        if token.lemma == "courtesy":
            found += [noun for _, noun in prepositions(sentence, node, frozenset({"of"}))]
        elif token.lemma == "expense" and token.dep == "pobj":
            found += children_by(sentence, node, {"poss"})
    return found


def keeper_of(sentence: Sentence, verb: int) -> int | None:
    """Return the verb 'have' of 'have their fees paid'; None for a participle anywhere else."""
    token = sentence.tokens[verb]
    above = sentence.tokens[token.head]
    if token.tag != "VBN" or children_by(sentence, verb, {"aux", "auxpass", "mark"}):
        return None
    verbs = [sentence.tokens[a] for a in sentence.ancestors(verb) if sentence.tokens[a].pos in VERBS]
    fits = token.dep == "ccomp" or (token.dep == "acl" and above.dep in {"dobj", "pobj"})
    return verbs[0].i if fits and verbs and verbs[0].lemma in KEEPING else None


def _can_act(sentence: Sentence, noun: int) -> bool:
    """Tell whether the noun after a 'by' can be who acts: no amount and no date ('by half', 'by the end of May')."""
    token = sentence.tokens[noun]
    return token.pos in {"NOUN", "PROPN", "PRON"} and token.lemma.lower() not in AMOUNTS


def _late_agent(sentence: Sentence, verb: int) -> int | None:
    """Return the noun after a 'by' that the parse hung on what stands between ('given to firms by the city')."""
    for child in children_by(sentence, verb, {"prep", "dative", "xcomp", "oprd"}):
        for node in sentence.subtree(child):
            token = sentence.tokens[node]
            free = sentence.tokens[token.head].pos not in VERBS
            if token.text.lower() == "by" and child > verb and free and token.dep in {"prep", "agent"}:
                return next((n for n in children_by(sentence, node, {"pobj"}) if _can_act(sentence, n)), None)
    return None
