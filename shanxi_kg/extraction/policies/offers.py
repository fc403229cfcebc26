"""Policies told from the side of those who gain: 'advice is free for …', 'parents no longer pay', 'a ban took effect'.

No verb of doing tells them, and nobody is said to act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.context import mention_at
from shanxi_kg.extraction.phrases import SUBJECTS, VERBS, children_by, is_negated, list_of, prepositions
from shanxi_kg.extraction.policies.actions import is_item
from shanxi_kg.extraction.policies.free import is_free
from shanxi_kg.extraction.policies.kinds import is_standing
from shanxi_kg.extraction.policies.measures import BEHIND, core_tokens
from shanxi_kg.extraction.policies.people import is_people
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

FOR = frozenset({"for"})
STATES = frozenset({"offer", "way"})
FREED = frozenset({"due", "eligible", "entitled", "exempt"})
DUTIES = frozenset({"have", "need", "pay", "require"})
LITTLE = frozenset({"half", "less", "lower", "no", "only", "reduced"})
FORCES = frozenset({"effect", "force", "place"})
LASTING = frozenset({"apply", "come", "enter", "go", "remain", "stay", "take"})


@dataclass(frozen=True, slots=True)
class Offer:
    """What is on offer, by the verb of its clause and the tokens of its words; `whom` is the group it is for."""

    verb: int
    tokens: tuple[int, ...]
    whom: int | None


def offers(read: ReadSentence) -> Iterator[Offer]:
    """Give the offers of a sentence."""
    sentence = read.sentence
    if is_item(sentence) and not any(token.pos == "AUX" for token in sentence.tokens):
        yield from _listed(read)
    for token in sentence.tokens:
        acts = token.pos in VERBS or token.lemma == "cost"
        subjects = children_by(sentence, token.i, SUBJECTS) if acts else []
        for subject in subjects[:1]:
            if token.lemma == "be" and not is_negated(sentence, token.i, frozenset({"if"})):
                yield from _state(read, token.i, subject)
            elif token.lemma in LASTING:
                yield from _in_force(read, token.i, subject)
            elif token.lemma == "cost":
                yield from _costless(read, token.i)
            elif token.lemma in {"allow", "permit"} and _is_no_longer(sentence, token.i):
                told = (*core_tokens(read, subject), *_told(read, token.i, subject))
                yield Offer(token.i, told, subject if is_people(read, subject) else None)
            elif _gains(read, subject) and _is_relieved(sentence, token.i):
                yield Offer(token.i, (*_head(read, subject), *_told(read, token.i, subject)), subject)


# '- free transport to hospital for expectant mothers' ---------------------------------------------------------------
def _listed(read: ReadSentence) -> Iterator[Offer]:
    """Read an item of a list that names what is given and to whom, under a line that says it is on offer."""
    sentence = read.sentence
    root = next((token for token in sentence.tokens if token.dep == "ROOT"), sentence.tokens[0])
    lead = set((sentence.heading or "").lower().rstrip(":").split())
    groups = [noun for i in range(len(sentence.tokens)) for _, noun in prepositions(sentence, i, FOR)]
    whom = next((noun for noun in groups if is_people(read, noun)), None)
    if root.pos == "NOUN" and whom is not None and not lead.isdisjoint(load_lexicon()["offer-word"]):
        yield Offer(root.i, tuple(i for i in core_tokens(read, root.i) if i), whom)


# 'is free for …', 'are exempt from …' -------------------------------------------------------------------------------
def _state(read: ReadSentence, verb: int, subject: int) -> Iterator[Offer]:
    sentence = read.sentence
    said = children_by(sentence, verb, {"acomp"})
    words = {sentence.tokens[c].text.lower() for c in said}
    if words & FREED and is_people(read, subject):
        yield Offer(verb, (*_head(read, subject), *core_tokens(read, said[0], priced=True)), subject)
    stands = bool(words & {"available", "free"}) or _is_on_offer(sentence, verb)
    whom, free = _whom(read, verb, said), "free" in words
    given = any(sentence.tokens[i].lemma.lower() in load_lexicon()["implied-noun"] for i in list_of(sentence, subject))
    if stands and (given or (whom is not None and (free or "available" in words))):
        told = core_tokens(read, said[0]) if words & {"available", "free"} else []
        yield Offer(verb, (*core_tokens(read, subject, priced=not free), *told), whom)


def _is_on_offer(sentence: Sentence, verb: int) -> bool:
    preps = children_by(sentence, verb, {"prep"})
    return any(sentence.tokens[o].text.lower() in STATES for p in preps for o in children_by(sentence, p, {"pobj"}))


def _whom(read: ReadSentence, verb: int, said: list[int]) -> int | None:
    """Return the group behind 'available to' or 'for'."""
    sentence = read.sentence
    for node in [*said, verb]:
        for prep in children_by(sentence, node, {"prep"}):
            for noun in children_by(sentence, prep, {"pobj"}):
                if is_people(read, noun):
                    return noun
    return None


# 'a ban took effect' ------------------------------------------------------------------------------------------------
def _in_force(read: ReadSentence, verb: int, subject: int) -> Iterator[Offer]:
    """Read what a public body alone can put in force: 'a ban on … took effect', 'the waiver applies to …'."""
    sentence, tokens = read.sentence, read.sentence.tokens
    below = {tokens[i].text.lower() for i in sentence.subtree(verb) if i > verb}
    lasting = tokens[verb].lemma == "apply" or bool(FORCES & below)
    decided = tokens[subject].lemma.lower() in load_lexicon()["decision-noun"]
    if lasting and decided and not is_negated(sentence, verb):
        yield Offer(verb, tuple(core_tokens(read, subject)), _whom(read, subject, []))


def _costless(read: ReadSentence, verb: int) -> Iterator[Offer]:
    """Read 'parking costs drivers nothing'."""
    sentence = read.sentence
    below = [i for i in sentence.subtree(verb) if i > verb]
    groups = [i for i in below if is_people(read, i)]
    if groups and any(sentence.tokens[i].lemma == "nothing" for i in below):
        yield Offer(verb, tuple(core_tokens(read, verb)), groups[0])


# 'parents no longer pay' --------------------------------------------------------------------------------------------
def _is_relieved(sentence: Sentence, verb: int) -> bool:
    """Tell whether people need no longer do something, pay less, or have something at public expense."""
    return _is_spared(sentence, verb) or _pays_little(sentence, verb) or _is_had_free(sentence, verb)


def _is_spared(sentence: Sentence, verb: int) -> bool:
    return sentence.tokens[verb].lemma in DUTIES and _is_no_longer(sentence, verb)


def _is_no_longer(sentence: Sentence, verb: int) -> bool:
    before = [t.text.lower() for t in sentence.tokens[max(0, verb - 3) : verb]]
    return "no longer" in " ".join(before)


def _pays_little(sentence: Sentence, verb: int) -> bool:
    if sentence.tokens[verb].lemma != "pay" or not is_standing(sentence, verb):
        return False
    objects = children_by(sentence, verb, {"dobj"})
    return any(sentence.tokens[i].text.lower() in LITTLE for o in objects for i in sentence.subtree(o))


def _is_had_free(sentence: Sentence, verb: int) -> bool:
    """Tell whether somebody can do something at public expense or free of charge."""
    aux = {sentence.tokens[c].text.lower() for c in children_by(sentence, verb, {"aux"})}
    standing = bool(aux & {"can", "may", "will"}) or (not aux and is_standing(sentence, verb))
    return standing and is_free(sentence, verb)


def _gains(read: ReadSentence, subject: int) -> bool:
    """Tell whether a subject is a group that can gain, not a body by its name, which gives."""
    return is_people(read, subject) and mention_at(read.bodies, read.sentence.tokens[subject].start) is None


def _head(read: ReadSentence, subject: int) -> list[int]:
    """Return the words for who gains, less clauses and phrases behind."""
    return core_tokens(read, subject, children_by(read.sentence, subject, BEHIND))


def _told(read: ReadSentence, verb: int, subject: int) -> tuple[int, ...]:
    """Return the words of a clause behind its subject, less auxiliaries."""
    sentence = read.sentence
    last = max(sentence.subtree(subject))
    aux = children_by(sentence, verb, {"aux", "auxpass"})
    cut = [i for i in sentence.subtree(verb) if sentence.tokens[i].lemma == "courtesy"]
    cut += [c for c in children_by(sentence, verb, {"conj"}) if children_by(sentence, c, SUBJECTS)]
    kept = [i for i in core_tokens(read, verb, [subject, *cut]) if i > last and i not in aux]
    return tuple(kept)
