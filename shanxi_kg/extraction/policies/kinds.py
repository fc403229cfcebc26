"""The classes of verbs that tell of a policy, as their particles and objects make them ('set aside', 'receive aid')."""

from __future__ import annotations

from functools import cache

from shanxi_kg.extraction.phrases import children_by, prepositions
from shanxi_kg.extraction.policies.free import is_free
from shanxi_kg.extraction.policies.roles import WITHOUT_OBJECT, giver
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon

CLASSES = ("give", "help", "enforce", "amount", "improve", "do", "run", "on")
PAST = frozenset({"before", "formerly", "once", "previously"})
EASED = frozenset("accessible affordable available cheaper compulsory free mandatory optional".split())
TURNING = frozenset({"acomp", "ccomp", "oprd", "prep"})
INTO = frozenset({"into"})
TURNS = {
    "keep": frozenset({"away", "open", "out"}),
    "make": EASED,
    "release": INTO,
    "turn": INTO,
}
NEVER = "policy-never say-verb pledge-verb sign-verb issue-verb force-verb rise change-verb effect-verb".split()
GETTING = frozenset({"claim", "collect", "draw", "enjoy", "get", "obtain", "receive", "recoup", "recover"})
TELLING = frozenset({"direct", "instruct", "tell"})
BEARING = frozenset({"absorb", "assume", "handle", "make", "meet", "pick", "settle", "stand"})


@cache
def classes() -> dict[str, str]:
    """Return the class of each verb of a policy by its lemma; the first class that lists it."""
    found: dict[str, str] = {}
    for kind in CLASSES:
        for lemma in sorted(load_lexicon()[f"policy-{kind}"]):
            found.setdefault(lemma, kind)
    return found


@cache
def phrases() -> dict[str, list[list[str]]]:
    """Return what stands between a verb and its object, by the verb ('vouch for', 'do away with')."""
    found: dict[str, list[list[str]]] = {}
    for form in sorted(load_lexicon()["policy-phrase"]):
        lemma, *marks = form.split()
        found.setdefault(lemma, []).append(marks)
    return found


@cache
def never() -> frozenset[str]:
    """Return the lemmas of verbs that tell no policy, whoever acts."""
    return frozenset[str]().union(*(load_lexicon()[name] for name in NEVER))


def kind_of(sentence: Sentence, token: Token) -> str | None:
    """Return the class of a verb with its particles and objects, None where it tells no policy.

    A verb of no class is 'open': what a public body does by it is a policy, unless the object says otherwise.
    """
    lemma = token.lemma.lower()
    particles = {sentence.tokens[c].text.lower() for c in children_by(sentence, token.i, {"prt", "advmod"})}
    if particles & PAST and token.tag == "VBD":
        return None
    turned = _turned(sentence, token, particles)
    if turned:
        return turned
    bare = not children_by(sentence, token.i, {"prt"}) and not particles & {"back", "down", "out", "up"}
    if bare and lemma in load_lexicon()["policy-particle"]:
        return "for" if lemma in load_lexicon()["policy-for"] else None
    forms = (lemma, *_lemmas(token.text.lower()))  # of rare participles the parser's lemma is often none ('fin')
    known = next((classes()[form] for form in forms if form in classes()), None)
    return known or _of_others(sentence, token.i, forms)


def _of_others(sentence: Sentence, verb: int, forms: tuple[str, ...]) -> str | None:
    """Return the class of a verb that tells of many things: 'for' where it is done for a group, else 'open' or none."""
    lexicon = load_lexicon()
    if not lexicon["policy-for"].isdisjoint(forms):
        return "for"
    if not never().isdisjoint(forms):
        return "for" if is_free(sentence, verb) else None
    return "open"


def _is_phrase(sentence: Sentence, token: Token, particles: set[str]) -> bool:
    """Tell whether a verb has one of the phrases that make it tell a policy, and no object of its own."""
    if children_by(sentence, token.i, {"dobj", "nsubjpass"}):
        return False
    preps = {sentence.tokens[mark].text.lower() for mark, _ in prepositions(sentence, token.i, WITHOUT_OBJECT)}
    return any({*marks[:-1]} <= particles and marks[-1] in preps for marks in phrases()[token.lemma.lower()])


def _turned(sentence: Sentence, token: Token, particles: set[str]) -> str | None:
    """Return the class that its complement gives to a verb of many meanings ('made … free', 'pay attention')."""
    lemma = token.lemma.lower()
    if lemma in GETTING and _is_benefited(sentence, token.i):
        return "get"
    if lemma in phrases() and _is_phrase(sentence, token, particles):
        return "on"
    marks = {sentence.tokens[c].text.lower() for c in children_by(sentence, token.i, TURNING)} | particles
    if (lemma in TURNS and marks & TURNS[lemma]) or (lemma == "set" and "aside" in particles):
        return "give"
    objects = children_by(sentence, token.i, {"dobj", "nsubjpass"})
    if lemma in TELLING and objects and children_by(sentence, token.i, {"xcomp"}):
        return "help"
    borne = lemma in BEARING and any(_is_burden(sentence, c) for c in objects)
    if borne or any(f"{lemma} {particle}" in load_lexicon()["policy-pair"] for particle in particles):
        return "give"
    return "attend" if lemma == "pay" and any(sentence.tokens[c].lemma == "attention" for c in objects) else None


def _is_burden(sentence: Sentence, noun: int) -> bool:
    """Tell whether it is what somebody bears for others: a fee, a bill, 'the rest', 'the tab'."""
    return sentence.tokens[noun].lemma.lower() in load_lexicon()["burden-noun"]


def _is_benefited(sentence: Sentence, verb: int) -> bool:
    """Tell whether somebody receives a benefit, or money from somebody."""
    objects = children_by(sentence, verb, {"dobj"})
    money = any(sentence.tokens[c].lemma in {"yuan", "dollar", "money", "percent", "%"} for c in objects)
    below = [c for o in objects for c in sentence.subtree(o)]
    back = any(sentence.tokens[c].text == "back" for c in [*children_by(sentence, verb, {"prt", "advmod"}), *below])
    if back and (money or any(_is_paid(sentence, c) for c in objects)):
        return True
    if any(sentence.tokens[noun].lemma == "credit" for _, noun in prepositions(sentence, verb, frozenset({"on"}))):
        return bool(objects)
    given = any(giver(sentence, verb, c) is not None for c in objects)
    if given and any(_is_paid(sentence, c) for c in objects):
        return True
    return (money and (given or is_standing(sentence, verb))) or any(_is_benefit(sentence, c) for c in objects)


def _is_paid(sentence: Sentence, noun: int) -> bool:
    """Tell whether a noun, or what it is a part of, is a fee, a cost, a tax."""
    nouns = [noun, *(i for _, i in prepositions(sentence, noun, frozenset({"of"})))]
    return any(sentence.tokens[i].lemma.lower() in load_lexicon()["amount-noun"] for i in nouns)


def is_standing(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb says what holds or will hold for all ('winners receive 500,000 yuan')."""
    aux = {sentence.tokens[c].text.lower() for c in children_by(sentence, verb, {"aux"})}
    return sentence.tokens[verb].tag in {"VBP", "VBZ"} or bool(aux & {"can", "will"})


def _is_benefit(sentence: Sentence, noun: int) -> bool:
    token = sentence.tokens[noun]
    taxed = token.lemma in {"break", "cut"} and any(sentence.tokens[c].lemma == "tax" for c in sentence.children[noun])
    return taxed or token.lemma.lower() in load_lexicon()["benefit-noun"]


def kind_of_participle(word: str) -> str | None:
    """Return the class of a participle that the parser took for an adjective, so that it has no lemma."""
    return next((classes()[form] for form in _lemmas(word) if form in classes()), None)


def _lemmas(word: str) -> tuple[str, ...]:
    """Return what a word in '-ed' or '-ing' can be a form of."""
    if not word.endswith(("ed", "ing")):
        return ()
    stem = word.removesuffix("ing").removesuffix("ed")
    return (stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem)
