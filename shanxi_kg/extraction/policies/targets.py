"""Whom a policy is for: the group that is given something, helped, named behind 'to' and 'for', or owns what is paid.

'Them' and 'their' point back to the group named before, in the sentence or in the policy before.
"""

from __future__ import annotations

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.phrases import children_by, left_edge, list_of, prepositions
from shanxi_kg.extraction.policies.actions import Action
from shanxi_kg.extraction.policies.kinds import classes
from shanxi_kg.extraction.policies.measures import MONEY, core_tokens, joined, measure_tokens
from shanxi_kg.extraction.policies.objects import content
from shanxi_kg.extraction.policies.people import is_people
from shanxi_kg.facts import Certainty, Judgement
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

FOR_WHOM = frozenset({"to", "for", "among", "between", "with", "in", "at"})
DOORS = frozenset({"bedside", "desk", "door", "doorstep", "gate", "home", "house"})  # where people are reached
REACH = 2  # sentences back to the group that 'them' points to
HELPING = frozenset({"help", "support", "encourage", "assist", "enable", "allow", "aid", "attract"})
OWNING = frozenset({"amount", "do", "get", "give"})  # classes of verbs by which the owner of the object gains
POINTING = frozenset({"them", "their"})
ARTICLES = frozenset({"the", "a", "an", "its", "their", ","})

Target = tuple[str | None, Judgement | None]


def target_of(context: Context, read: ReadSentence, action: Action, before: str | None) -> Target:
    """Return the words for the group that a measure is for; `before` is the group of the policy before it."""
    for way in (_getter, _recipient, _helped, _for_whom, _owner, _purpose):
        noun = way(read, action)
        if noun is not None:
            return people_text(context, read, noun), None
    misread = _misread(read, action)
    if misread:
        return joined(context, read.sentence, misread), None
    pronoun = _pointer(read, action)
    return _pointed(context, read, action, pronoun, before) if pronoun is not None else (None, None)


def _getter(read: ReadSentence, action: Action) -> int | None:
    """Return who receives something, people or what is theirs ('ships', 'kilns'), all of a kind."""
    noun = action.receiver
    if noun is None:
        return None
    token = read.sentence.tokens[noun]
    return noun if is_people(read, noun) or token.tag in {"NNS", "WP"} else None


def _recipient(read: ReadSentence, action: Action) -> int | None:
    """Return who is given something: 'firms will be given …', 'give firms …'."""
    sentence = read.sentence
    datives = [c for c in children_by(sentence, action.verb, {"dative"}) if sentence.tokens[c].pos in {"NOUN", "PROPN"}]
    if datives:
        return datives[0]
    subjects = children_by(sentence, action.verb, {"nsubjpass"})
    received = children_by(sentence, action.verb, {"dobj"})
    if len(received) > 1 and received[0] > action.verb and is_people(read, received[0]):
        return received[0]
    return subjects[0] if subjects and received and is_people(read, subjects[0]) else None


def _helped(read: ReadSentence, action: Action) -> int | None:
    lemma = read.sentence.tokens[action.verb].lemma
    rewards = lemma in load_lexicon()["rewarding-verb"] or _is_given_with(read, action)
    helps = action.kind in {"help", "open"} or rewards
    return action.patient if helps and action.patient is not None and is_people(read, action.patient, True) else None


def _is_given_with(read: ReadSentence, action: Action) -> bool:
    """Tell whether the object is who gets what 'with' names ('equip each team with a drum')."""
    gives = read.sentence.tokens[action.verb].lemma in load_lexicon()["giving-with-verb"]
    return gives and any(True for _ in prepositions(read.sentence, action.verb, frozenset({"with"})))


def _for_whom(read: ReadSentence, action: Action) -> int | None:
    """Return whom a phrase among the words of the measure names: 'to small firms', 'for 500 officials'."""
    sentence = read.sentence
    fronted = [c for c in children_by(sentence, action.verb, {"prep"}) if c < action.verb]
    for i in [*sorted(measure_tokens(read, action)), *fronted]:
        token = sentence.tokens[i]
        owned = token.text.lower() == "of" and token.head == action.patient and _is_cost(sentence, token.head)
        if not (owned or token.text.lower() in FOR_WHOM) or token.dep not in {"prep", "dative"}:
            continue
        strict = token.text.lower() in {"with", "in", "at"}
        for place in children_by(sentence, i, {"pobj"}):
            noun = _behind_door(read, place)
            if is_people(read, noun) and not (strict and not _is_held_by(sentence, noun)):
                return noun
    return None


def _behind_door(read: ReadSentence, noun: int) -> int:
    """Return the people whose doors or homes a noun names, else the noun itself ('to the doors of the old')."""
    sentence = read.sentence
    if sentence.tokens[noun].lemma.lower() not in DOORS:
        return noun
    owners = [*(i for _, i in prepositions(sentence, noun, frozenset({"of"}))), *children_by(sentence, noun, {"poss"})]
    return next((i for i in owners if is_people(read, i)), noun)


def _is_cost(sentence: Sentence, noun: int) -> bool:
    return sentence.tokens[noun].lemma.lower() in load_lexicon()["amount-noun"]


def _is_held_by(sentence: Sentence, noun: int) -> bool:
    """Tell whether 'in …' names whom something reaches: households, schools, firms."""
    return sentence.tokens[noun].lemma.lower() in load_lexicon()["place-of-use"]


def _purpose(read: ReadSentence, action: Action) -> int | None:
    """Return who is to be helped: 'to help small firms innovate', also behind the last of a list of measures."""
    sentence = read.sentence
    node: int | None = action.verb
    while node is not None:
        for clause in [*children_by(sentence, node, {"advcl", "xcomp"}), *_below_object(sentence, node)]:
            if sentence.tokens[clause].lemma in HELPING:
                found = _object_of_help(sentence, clause)
                if found is not None and is_people(read, found):
                    return found
        tag = sentence.tokens[node].tag
        later = [c for c in children_by(sentence, node, {"conj"}) if sentence.tokens[c].tag == tag]
        node = later[0] if later else None
    return None


def _below_object(sentence: Sentence, verb: int) -> list[int]:
    return [c for o in children_by(sentence, verb, {"dobj"}) for c in children_by(sentence, o, {"acl", "relcl"})]


def _object_of_help(sentence: Sentence, verb: int) -> int | None:
    objects = children_by(sentence, verb, {"dobj"})
    clauses = children_by(sentence, verb, {"ccomp", "xcomp"})
    objects += [s for c in clauses for s in children_by(sentence, c, {"nsubj"})]
    return objects[0] if objects else None


def _rewards(read: ReadSentence, noun: int) -> list[int]:
    """Return what hangs on a group and tells what it is given: 'citizens with 500 yuan'."""
    sums = [q for q in read.quantities if q.unit in MONEY]
    tokens = read.sentence.tokens
    given = prepositions(read.sentence, noun, frozenset({"with"}))
    return [prep for prep, i in given if any(q.start <= tokens[i].start < q.end for q in sums)]


def _is_sum_given(read: ReadSentence, i: int) -> bool:
    """Tell whether 'with' and a sum of money begin at a token ('growers who change crops with 3,000 yuan')."""
    tokens = read.sentence.tokens
    if tokens[i].text.lower() != "with" or i + 1 >= len(tokens):
        return False
    return any(q.unit in MONEY and q.start <= tokens[i + 1].start < q.end for q in read.quantities)


def people_text(context: Context, read: ReadSentence, noun: int) -> str:
    """Return the words for a group, less the article and the mark of the possessive."""
    sentence = read.sentence
    head = sentence.tokens[noun].head
    clause = sentence.tokens[noun].dep == "nsubj" and sentence.tokens[head].dep in {"csubj", "csubjpass"}
    kept = [
        i for i in core_tokens(read, head if clause else noun, _rewards(read, noun)) if i >= left_edge(sentence, noun)
    ]
    while kept and sentence.tokens[kept[0]].text.lower() in ARTICLES:
        kept = kept[1:]
    kept = kept[: next((at for at, i in enumerate(kept) if at and _is_sum_given(read, i)), len(kept))]
    if kept and sentence.tokens[kept[-1]].tag == "POS":
        kept = kept[:-1]
    return joined(context, sentence, kept)


# who owns, and whom a pronoun means -------------------------------------------------------------------------------
def _owner(read: ReadSentence, action: Action) -> int | None:
    """Return who has what is done to: 'the licenses of retired fishermen', 'pensioners' fees'."""
    if action.patient is None or action.kind not in OWNING:
        return None
    noun = content(read.sentence, action.patient)
    owners = children_by(read.sentence, noun, {"poss"})
    below = [noun, *(i for i in read.sentence.subtree(noun) if read.sentence.tokens[i].dep == "pobj")]
    owners += [i for node in below for _, i in prepositions(read.sentence, node, frozenset({"of"}))]
    return next((i for i in owners if is_people(read, i)), None)


def _misread(read: ReadSentence, action: Action) -> list[int]:
    """Return the group behind a 'to' whose first word the parser took for a verb ('lends pumps to village schools')."""
    sentence = read.sentence
    for verb in children_by(sentence, action.verb, {"xcomp"}) if action.kind in {"give", "do"} else []:
        objects = children_by(sentence, verb, {"dobj"})
        unknown = sentence.tokens[verb].tag == "VB" and sentence.tokens[verb].lemma.lower() not in classes()
        if unknown and objects and left_edge(sentence, objects[0]) == verb + 1 and is_people(read, objects[0]):
            return list(range(verb, objects[0] + 1))
    return []


def _pointer(read: ReadSentence, action: Action) -> int | None:
    """Return the 'them' or 'their' that says whom a measure is for."""
    sentence = read.sentence
    found = [*children_by(sentence, action.verb, {"dative", "dobj"})]
    for prep in children_by(sentence, action.verb, {"prep", "dative"}):
        found += children_by(sentence, prep, {"pobj"}) if sentence.tokens[prep].text.lower() in {"to", "for"} else []
    if action.patient is not None:
        found += [action.patient, *(i for i in sentence.subtree(action.patient) if sentence.tokens[i].dep == "poss")]
    return next((i for i in found if sentence.tokens[i].text.lower() in POINTING), None)


def _pointed(context: Context, read: ReadSentence, action: Action, pronoun: int, before: str | None) -> Target:
    """Return what a pronoun means: the last group named before it that does not act, else that of the policy before."""
    sentence = read.sentence
    acting = list_of(sentence, action.agent) if action.agent is not None else []
    nouns = [t.i for t in sentence.tokens[:pronoun] if t.tag in {"NNS", "NNPS"} and t.i not in acting]
    groups = [i for i in nouns if is_people(read, i)]
    words = people_text(context, read, groups[-1]) if groups else before or _named_before(context, read)
    if words is None:
        return None, None
    reading = f"'{sentence.tokens[pronoun].text}' is read as {words}, named before."
    return words, Judgement(Certainty.INFERRED, "antecedent", "target", reading)


def _named_before(context: Context, read: ReadSentence) -> str | None:
    """Return the last group that the sentences before name, in the same paragraph."""
    for earlier in reversed(context.reading.sentences[max(0, read.number - REACH) : read.number]):
        tokens = earlier.sentence.tokens if earlier.sentence.paragraph == read.sentence.paragraph else ()
        several = [t.i for t in tokens if t.tag in {"NNS", "NNPS"} or t.text.lower() == "those"]
        groups = [i for i in several if is_people(earlier, i)]
        if groups:
            return people_text(context, earlier, groups[-1])
    return None
