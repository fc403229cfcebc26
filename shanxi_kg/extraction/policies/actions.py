"""Which verbs tell of a policy: their class, their place in the sentence, and who does what.

An action is a verb with its patient (object, or subject of the passive) and its agent. Negated and hedged verbs,
purposes and conditions are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.phrases import VERBS, children_by, first_of_list, is_negated, list_of, subject_of
from shanxi_kg.extraction.policies.kinds import classes, kind_of, kind_of_participle
from shanxi_kg.extraction.policies.misread import (
    is_beside_let,
    is_clause,
    is_misread,
    is_misread_root,
    stem_of,
    verb_before,
)
from shanxi_kg.extraction.policies.roles import agent_of, gainer_of, giver, is_passive, keeper_of, patient_of
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon

HEDGES = frozenset({"can", "could", "may", "might", "must", "should"})
CONDITIONS = frozenset({"if", "unless", "whether", "because", "until", "before", "when", "as"})
LISTING = frozenset({"as", "including", "include", "like"})
MAIN = frozenset({"ROOT", "ccomp", "parataxis"})
JOINT = frozenset({"collaborate", "cooperate", "join", "move", "team", "unite", "work"})
READY = frozenset({"about", "due", "ready"})
EFFORTS = frozenset({"action", "effort", "measure", "step"})
BULLETS = frozenset({"*", "-", "•", "·", "–", "—"})
THINGS = frozenset({"appos", "dobj", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Action:
    """A verb of class `kind` with its patient and its agent; `is_passive` where the patient is its subject.

    `listed_by` is the noun whose 'such as' lists the verb ('policies such as expanding …'), `receiver` who gains by it
    where the words name somebody as the subject ('firms receive …', 'firms have their fees paid').
    """

    verb: int
    kind: str
    patient: int | None
    agent: int | None
    is_passive: bool = False
    listed_by: int | None = None
    receiver: int | None = None


def is_item(sentence: Sentence) -> bool:
    """Tell whether a sentence is an item of a list, by the mark that opens it."""
    return sentence.tokens[0].text in BULLETS


def actions(sentence: Sentence) -> Iterator[Action]:
    """Give the actions of a sentence in order of their verbs."""
    for token in sentence.tokens:
        if token.pos not in VERBS and not is_clause(sentence, token):
            yield from _item(sentence, token)
            continue
        action = _progressive(sentence, token) if token.lemma == "be" else _verb(sentence, token)
        hedges = HEDGES if action and action.kind != "get" else frozenset()
        if action and not is_negated(sentence, token.i, hedges) and not _is_conditional(sentence, token.i):
            yield action


def objects_of(sentence: Sentence, action: Action) -> list[int]:
    """Return the nouns of an action's patient, its list spread out."""
    if action.patient is None:
        return []
    return list_of(sentence, action.patient) or [action.patient]


def _verb(sentence: Sentence, token: Token) -> Action | None:
    """Return what a verb does in its place in the sentence: main, infinitive, gerund of a list, participle."""
    kind, keeper = kind_of(sentence, token), keeper_of(sentence, token.i)
    if kind is None or keeper is not None:
        return _kept(sentence, token, kind, keeper) if kind and keeper is not None else None
    base = first_of_list(sentence, token.i)
    dep = sentence.tokens[base].dep
    if dep == "amod":
        opens = token.i == 1 and is_item(sentence)
        return Action(token.i, kind, token.head, None) if opens else _mistaken(sentence, token, kind)
    if dep == "ccomp" and is_beside_let(sentence, token, base):
        return _of_verb(sentence, token, kind, sentence.tokens[base].head, None)
    if dep in MAIN or dep == "conj":
        return _clause(sentence, token, kind) if dep != "ccomp" or _is_reported(sentence, base) else None
    reader = PLACES.get(dep)
    return reader(sentence, token, kind, base) if reader else None


def _item(sentence: Sentence, token: Token) -> Iterator[Action]:
    """Read verbs that the parser took for others: the participle that opens an item, '… and rewards each caretaker'."""
    if is_misread_root(sentence, token.i):
        things = [t.i for t in sentence.tokens[token.i + 1 :] if t.dep in THINGS and t.pos == "NOUN"]
        yield from [Action(token.i, classes()[stem_of(token)], thing, token.i - 1) for thing in things[:1]]
    if is_misread(sentence, token.i):
        things = [t.i for t in sentence.tokens[token.i + 1 :] if t.dep in THINGS and t.pos == "NOUN"]
        above = next((a for a in sentence.ancestors(token.i) if sentence.tokens[a].pos in VERBS), None)
        if things and above is not None:
            yield Action(token.i, classes()[stem_of(token)], things[0], subject_of(sentence, above))
        return
    kind = kind_of_participle(token.text.lower()) if token.i == 1 and is_item(sentence) else None
    if kind and token.dep == "amod":
        yield Action(token.i, kind, token.head, None)


def _kept(sentence: Sentence, token: Token, kind: str, keeper: int) -> Action | None:
    """Read 'have their fees paid by the city': what is done to what somebody has."""
    subject = gainer_of(sentence, keeper)
    things = children_by(sentence, token.i, {"nsubj"}) or [token.head]
    if subject is None or is_negated(sentence, keeper):
        return None
    return Action(token.i, kind, things[0], agent_of(sentence, token.i), True, receiver=subject)


def _mistaken(sentence: Sentence, token: Token, kind: str) -> Action | None:
    """Read a participle that the parser took for an adjective: 'shortened clearance and waived fees'."""
    if sentence.tokens[token.head].dep not in {"conj", "dobj"} or verb_before(sentence, token.head) != token.i:
        return None
    above = next(a for a in sentence.ancestors(token.head) if sentence.tokens[a].pos in VERBS)
    if is_passive(sentence, above):
        return None
    return Action(token.i, kind, token.head, subject_of(sentence, above))


def _is_reported(sentence: Sentence, clause: int) -> bool:
    """Tell whether a clause is what somebody says, what 'it was X that' stresses, or stands before the main one."""
    above = sentence.tokens[sentence.tokens[clause].head]
    telling = load_lexicon()["say-verb"] | load_lexicon()["pledge-verb"]
    return clause < above.i or above.lemma == "be" or above.lemma in telling


def _clause(sentence: Sentence, token: Token, kind: str) -> Action | None:
    passive = is_passive(sentence, token.i)
    patient = patient_of(sentence, token.i, kind, passive)
    if kind == "get" and patient is not None:
        subject = gainer_of(sentence, token.i)
        return Action(token.i, kind, patient, giver(sentence, token.i, patient), True, receiver=subject)
    agent = agent_of(sentence, token.i) if passive else subject_of(sentence, token.i)
    given = passive and children_by(sentence, token.i, {"dobj"})
    receiver = gainer_of(sentence, token.i) if given else None
    return Action(token.i, kind, patient, agent, passive, receiver=receiver)


def _infinitive(sentence: Sentence, token: Token, kind: str, base: int) -> Action | None:
    """Read 'plans to offer', 'is to be opened'; the infinitive under another verb is no act of its subject."""
    above = sentence.tokens[sentence.tokens[base].head]
    effort = _effort(sentence, token, kind, base)
    if effort:
        return effort
    if above.lemma == "include":
        return _included(sentence, token, kind, base)
    if above.lemma.lower() not in load_lexicon()["commit-verb"] | READY or is_negated(sentence, above.i, HEDGES):
        return None
    if above.lemma == "be" and token.tag == "VBG":
        return _included(sentence, token, kind, base)
    top = sentence.tokens[first_of_list(sentence, above.head if above.dep == "acomp" else above.i)]
    if top.dep not in MAIN | {"conj", "xcomp", "relcl"} or (top.dep == "ccomp" and not _is_reported(sentence, top.i)):
        return None
    return _clause(sentence, token, kind)


def _gerund(sentence: Sentence, token: Token, kind: str, base: int) -> Action | None:
    """Read the gerunds of 'policies such as expanding …, providing …' and of 'by simplifying …'."""
    marker = sentence.tokens[sentence.tokens[base].head]
    own = children_by(sentence, base, {"nsubj"})
    if marker.text.lower() == "with" and own:  # 'with the district paying the rest'
        return Action(token.i, kind, patient_of(sentence, token.i, kind, False), own[0])
    above = sentence.tokens[marker.head]
    listed = above.i if above.pos == "NOUN" and marker.text.lower() in LISTING else None
    verb = above.i if marker.text.lower() == "by" and above.pos in VERBS else None
    if listed is not None:
        verb = next((a for a in sentence.ancestors(above.i) if sentence.tokens[a].pos in VERBS), None)
    if verb is None:
        return None
    return _of_verb(sentence, token, kind, verb, listed)


def _of_verb(sentence: Sentence, token: Token, kind: str, verb: int, listed: int | None) -> Action:
    """Return the act of a gerund, whose agent is that of the verb above it."""
    agent = agent_of(sentence, verb) if is_passive(sentence, verb) else subject_of(sentence, verb)
    return Action(token.i, kind, patient_of(sentence, token.i, kind, False), agent, False, listed)


def _included(sentence: Sentence, token: Token, kind: str, base: int) -> Action | None:
    """Read 'Its measures include granting …': what is included belongs to what includes it."""
    above = sentence.tokens[sentence.tokens[base].head]
    subject = subject_of(sentence, above.i)
    if above.lemma not in {"include", "be", "range"} or token.tag != "VBG" or subject is None:
        return None
    noun = sentence.tokens[subject]
    if noun.lemma.lower() not in load_lexicon()["policy-noun"] | {"measure", "step"}:
        return None
    owners = children_by(sentence, subject, {"poss"})
    agent = owners[0] if owners else None
    return Action(token.i, kind, patient_of(sentence, token.i, kind, False), agent, agent is None, subject)


def _effort(sentence: Sentence, token: Token, kind: str, base: int) -> Action | None:
    """Read 'efforts will be made to protect …' and 'steps are taken to …': what is done is what the infinitive says."""
    above = sentence.tokens[base].head
    efforts = [c for c in children_by(sentence, above, {"nsubjpass"}) if sentence.tokens[c].lemma.lower() in EFFORTS]
    if not efforts or sentence.tokens[base].tag != "VB":
        return None
    agent = agent_of(sentence, above)
    return Action(token.i, kind, patient_of(sentence, token.i, kind, False), agent, agent is None, efforts[0])


def _participle(sentence: Sentence, token: Token, kind: str, base: int) -> Action | None:
    """Read '…, offering free advice to firms'; of 'promoting growth' and the like nothing but an effect is told."""
    effort = _effort(sentence, token, kind, base)
    if effort:
        return effort
    first, above = sentence.tokens[base], sentence.tokens[sentence.tokens[base].head]
    follows = base > above.i and sentence.tokens[base - 1].text == "," and kind in {"give", "run"}
    opens = base <= 1 and base < above.i and kind in {"give", "help", "run"}
    if first.tag == "VBG" and (follows or opens):
        return Action(token.i, kind, patient_of(sentence, token.i, kind, False), subject_of(sentence, base))
    if first.tag == "VB" and above.lemma in JOINT and base > above.i:
        return _clause(sentence, token, kind)
    marks = {sentence.tokens[c].text.lower() for c in sentence.children[base]}
    finite = first.tag != "VBG" or bool(children_by(sentence, base, {"aux"}))
    return _clause(sentence, token, kind) if marks & {"while", "whereas"} and finite else None


def _relative(sentence: Sentence, token: Token, kind: str, base: int) -> Action | None:
    """Read 'the office, which offers free advice' and 'the subsidies that the city pays'."""
    own = children_by(sentence, base, {"nsubj"})
    if own and sentence.tokens[own[0]].tag in {"WDT", "WP"}:
        aside = sentence.tokens[own[0] - 1].text == ","
        return _clause(sentence, token, kind) if aside or kind in {"give", "help", "run"} else None
    noun = sentence.tokens[sentence.tokens[base].head]
    if noun.dep == "attr" and sentence.tokens[base].tag == "VB" and not own:
        agent = subject_of(sentence, noun.head)
        return Action(token.i, kind, patient_of(sentence, token.i, kind, False), agent)
    offered = kind == "give" and noun.lemma.lower() in load_lexicon()["policy-noun"]
    return Action(token.i, kind, noun.i, own[0], True) if own and offered else None


def _done_by(sentence: Sentence, token: Token, kind: str, base: int) -> Action | None:
    """Read 'a campaign launched by the bureau'."""
    agent = agent_of(sentence, base)
    if sentence.tokens[base].tag != "VBN" or agent is None:
        return None
    return Action(token.i, kind, sentence.tokens[base].head, agent, True)


PLACES = {
    "xcomp": _infinitive,
    "pcomp": _gerund,
    "advcl": _participle,
    "relcl": _relative,
    "acl": _done_by,
}


def _progressive(sentence: Sentence, token: Token) -> Action | None:
    """Read 'is fitting clean heating' where the parser takes the participle for an adjective."""
    nouns = children_by(sentence, token.i, {"attr"})
    subjects = children_by(sentence, token.i, {"nsubj"})
    if not nouns or not subjects or nouns[0] < token.i:
        return None
    first = min(sentence.subtree(nouns[0]))
    word = sentence.tokens[first]
    kind = kind_of_participle(word.text.lower()) if word.dep == "amod" and first > token.i else None
    return Action(first, kind, nouns[0], subjects[0]) if kind else None


def _is_conditional(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb, or a clause that it stands in, opens with a condition."""
    for node in (verb, *sentence.ancestors(verb)):
        if sentence.tokens[node].dep != "advcl":
            continue
        marks = children_by(sentence, node, {"mark", "advmod"})
        if any(c < node and sentence.tokens[c].text.lower() in CONDITIONS for c in marks):
            return True
    return False
