"""The words that say what befalls a regulation: a verb, a verb with a noun, an adjective, a noun, a date in front.

'issued', 'became law', 'gave its approval to', 'kick in', 'becomes binding', 'with effect from', 'the adoption of', and
'Starting May 1, the rules will …', each with its kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.denial import is_open
from shanxi_kg.extraction.regulations.model import FORCES, is_head
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon

ISSUE, FORCE, CHANGE = "issued", "inForce", "changed"
LAW = "law"  # 'became law': issued, or in force where the day of issue is told apart
CARRIERS = frozenset({"take", "come", "go", "enter", "be", "become", "bring", "put", "remain", "have", "set"})
PARTICLES = frozenset({"public", "out", "known", "through", "down"})
LIGHT = frozenset({"come", "put", "make", "bring", "vote", "send", "hand", "roll", "lay"})
DRAWING = frozenset({"draw", "work"})  # 'drew up rules': they are there, though not issued yet
BECOMING = frozenset({"become", "be", "make", "turn"})
INTO_LAW = frozenset({"become", "sign", "pass", "make", "vote"})
GIVING = frozenset({"give", "get", "gain", "grant", "obtain", "receive", "win", "secure", "earn"})
COMPLEMENTS = frozenset({"acomp", "attr", "oprd", "ccomp", "xcomp"})
BINDING = frozenset({"binding", "mandatory", "compulsory", "applicable", "enforceable"})
FORCE_ADJECTIVES = frozenset({"effective", "operative", "valid"})
STARTS = frozenset({"starting", "beginning", "effective", "from", "as", "since"})
UNSURE = frozenset({"before", "pending", "until", "without", "for", "awaiting"})
TEXTS_OF_AIMS = frozenset({"plan", "plans", "program", "outline", "blueprint", "decision", "roadmap"})
SETS = frozenset({"set", "package", "series", "batch"})
OBEYING = frozenset({"follow", "obey", "observe", "comply", "abide", "respect"})


@dataclass(frozen=True, slots=True)
class Event:
    """A thing that befalls a regulation, at a token; `is_open` where it is denied or left open."""

    token: int
    kind: str
    is_open: bool


def find_events(sentence: Sentence) -> list[Event]:
    """Return the events of a sentence, in order."""
    found = [*_fronted(sentence)]
    for token in sentence.tokens:
        kind = _kind(sentence, token)
        if kind:
            found.append(Event(token.i, kind, _is_left_open(sentence, token, kind)))
    return found


def _is_left_open(sentence: Sentence, token: Token, kind: str) -> bool:
    if token.pos == "NOUN":
        return _is_unsure(sentence, token)
    if token.lemma in OBEYING:
        return False  # 'have to obey', 'must follow'
    return is_open(sentence, verb_of(sentence, token), may_come=kind == FORCE)


def verb_of(sentence: Sentence, token: Token) -> int:
    """Return the verb that carries an event told by an adjective, a noun or a preposition ('be effective')."""
    head = sentence.tokens[token.head]
    return head.i if token.pos not in {"VERB", "AUX"} and head.pos in {"VERB", "AUX"} else token.i


def _kind(sentence: Sentence, token: Token) -> str | None:
    if token.pos in {"ADJ", "ADP"}:
        return FORCE if _is_force_phrase(sentence, token) else None
    if token.pos == "NOUN":
        return _kind_of_noun(sentence, token)
    is_participle = token.dep in {"ROOT", "acl", "relcl"} and token.tag == "VBN"
    return _kind_of_verb(sentence, token) if token.pos in {"VERB", "AUX"} or is_participle else None


def _kind_of_verb(sentence: Sentence, token: Token) -> str | None:
    if token.lemma in CARRIERS and _carries_force(sentence, token.i):
        return FORCE
    if phrase := _kind_of_phrase(sentence, token):
        return phrase
    following = [t.text.lower() for t in sentence.tokens[token.i + 1 : token.i + 4]]
    if token.lemma in LIGHT:
        return ISSUE if PARTICLES & set(following) else None
    if token.lemma in DRAWING:
        return CHANGE if following[:1] in (["up"], ["out"]) else None
    table = ((FORCE, "force-verb"), (ISSUE, "issue-verb"), (CHANGE, "amend-verb"))
    return next((kind for kind, name in table if token.lemma in load_lexicon()[name]), None)


# phrases ----------------------------------------------------------------------------------------------------------
def _kind_of_phrase(sentence: Sentence, verb: Token) -> str | None:
    """Return what a verb says together with a noun, an adjective or a particle right behind it."""
    near = {t.text.lower() for t in sentence.tokens[verb.i + 1 : verb.i + 5]}
    if verb.lemma == "kick" and "in" in near:
        return FORCE
    if verb.lemma in BECOMING and _has_below(sentence, verb.i, BINDING):
        return FORCE
    if _is_dated_force(sentence, verb, near):
        return FORCE
    if verb.lemma in INTO_LAW and "law" in near and _is_law_itself(sentence, verb):
        return LAW if verb.lemma == "become" else ISSUE
    return ISSUE if _passes(sentence, verb, near) else None


def _passes(sentence: Sentence, verb: Token, near: set[str]) -> bool:
    """Tell whether a text passes: it enters the statute book, gets approval, clears a congress."""
    if verb.lemma in {"enter", "join", "reach"} and {"statute", "statutes"} & near:
        return True
    if verb.lemma in GIVING and is_approval_of(sentence, verb.i):
        return True
    if verb.lemma in {"clear", "pass"}:
        cleared = {
            sentence.tokens[c].lemma.lower() for c in sentence.children[verb.i] if sentence.tokens[c].dep == "dobj"
        }
        return bool(cleared & load_lexicon()["legislature-noun"])
    if verb.lemma == "come":  # 'Then came the Plan for …'
        return any(is_head(t) and (t.i > verb.i or _arrives(sentence, verb)) for t in _subjects(sentence, verb))
    return verb.lemma == "follow" and (_follows_with(sentence, verb.i) or _arrives(sentence, verb))


def _subjects(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Give the words below a verb that can be what comes: its own, and what 'a set of' and the like are of."""
    for child in sentence.children[verb.i]:
        yield sentence.tokens[child]
        below = sentence.children[child] if sentence.tokens[child].lemma in SETS else ()
        yield from (sentence.tokens[i] for of in below for i in sentence.children[of])


def _arrives(sentence: Sentence, verb: Token) -> bool:
    """Tell whether a text is what comes or follows, at some time: 'rules on eels followed in May'."""
    below = [sentence.tokens[c] for c in sentence.children[verb.i]]
    is_text = any(t.dep == "nsubj" and is_head(t) for t in _subjects(sentence, verb)) or any(
        t.dep == "nsubj" and t.lemma in SETS for t in below
    )
    is_dated = any(t.dep == "npadvmod" or t.text.lower() in {"in", "on", "later", "soon"} for t in below)
    return is_text and is_dated and not any(t.dep in {"dobj", "acomp", "attr"} for t in below)


def _is_dated_force(sentence: Sentence, verb: Token, near: set[str]) -> bool:
    """Tell whether 'bind', 'govern' and 'carry out' say since or from when a text is in force."""
    is_running = verb.tag != "VBG" or any(sentence.tokens[c].lemma == "be" for c in sentence.children[verb.i])
    objects = [c for c in sentence.children[verb.i] if sentence.tokens[c].dep in {"dobj", "nsubjpass"}]
    is_held = verb.lemma in OBEYING and any(is_head(sentence.tokens[c]) for c in objects)
    is_force = verb.lemma in {"bind", "govern"} or (verb.lemma == "carry" and "out" in near) or is_held
    return (is_running and is_force) and any(
        sentence.tokens[c].text.lower() in {"since", "from", "as", "on"} for c in sentence.children[verb.i]
    )


def _has_below(sentence: Sentence, verb: int, words: frozenset[str]) -> bool:
    below = (sentence.tokens[c] for c in sentence.children[verb])
    return any(token.text.lower() in words and token.dep in COMPLEMENTS for token in below)


def _is_law_itself(sentence: Sentence, verb: Token) -> bool:
    """Tell 'became law' and 'was signed into law' from 'became a law on …' and 'passed the law'."""
    following = [t.text.lower() for t in sentence.tokens[verb.i + 1 : verb.i + 3]]
    return following[:1] == ["law"] or following == ["into", "law"]


def is_approval_of(sentence: Sentence, verb: int) -> bool:
    """Tell whether the object of a verb is an approval or 'the green light'."""
    nouns = load_lexicon()["approval-noun"]
    below = [sentence.tokens[c] for c in sentence.children[verb]]
    given = [t for t in below if t.dep in {"dobj", "oprd", "attr"} and t.lemma.lower() in nouns]
    return any(t.lemma != "light" or sentence.tokens[t.i - 1].text.lower() == "green" for t in given)


def _follows_with(sentence: Sentence, verb: int) -> bool:
    marks = [c for c in sentence.children[verb] if sentence.tokens[c].text.lower() == "with"]
    return any(is_head(sentence.tokens[c]) for mark in marks for c in sentence.children[mark])


# nouns ------------------------------------------------------------------------------------------------------------
def _kind_of_noun(sentence: Sentence, token: Token) -> str | None:
    """Return what a noun of doing says of the text it is 'of': 'the adoption of …', 'its entry into force'."""
    lexicon, lemma = load_lexicon(), token.lemma.lower()
    kind = ISSUE if lemma in lexicon["issue-noun"] else FORCE if lemma in lexicon["force-noun"] else None
    if kind is None and lemma == "entry":
        kind = FORCE if FORCES & {t.text.lower() for t in sentence.tokens[token.i + 1 : token.i + 3]} else None
    return kind if kind and any(is_head(owner) for owner in _owners(sentence, token.i)) else None


def _owners(sentence: Sentence, noun: int) -> Iterator[Token]:
    for child in sentence.children[noun]:
        token = sentence.tokens[child]
        if token.dep == "poss":
            yield token
        elif token.text.lower() == "of":
            yield from (sentence.tokens[c] for c in sentence.children[child])


def _is_unsure(sentence: Sentence, noun: Token) -> bool:
    """Tell whether a noun of doing stands where the doing may never come ('pending the approval of the rules')."""
    above = sentence.tokens[noun.head]
    if above.pos in {"VERB", "AUX"}:
        return above.lemma in load_lexicon()["unreal-verb"] or is_open(sentence, above.i)
    return above.text.lower() in UNSURE


# adjectives, prepositions and dates in front ------------------------------------------------------------------------
def _is_force_phrase(sentence: Sentence, token: Token) -> bool:
    """Tell whether an adjective or a preposition says that something is in force: 'effective', 'in effect'."""
    word = token.text.lower()
    if token.pos == "ADJ":
        return word in FORCE_ADJECTIVES and _is_predicate(sentence, token)
    following = sentence.tokens[token.i + 1 : token.i + 2]
    return word in {"in", "with"} and bool(following) and following[0].text.lower() in FORCES


def _carries_force(sentence: Sentence, verb: int) -> bool:
    """Tell 'takes effect' and 'came into force' from 'was in force', which 'in' tells."""
    ahead = sentence.tokens[verb + 1 : verb + 4]
    at = next((t.i for t in ahead if t.text.lower() in FORCES), None)
    preps = [c for c in sentence.children[verb] if sentence.tokens[c].text.lower() == "into"]
    into = {sentence.tokens[c].text.lower() for prep in preps for c in sentence.children[prep]}
    return (at is not None and sentence.tokens[at - 1].text.lower() != "in") or bool(into & FORCES)


def _is_predicate(sentence: Sentence, token: Token) -> bool:
    following = sentence.tokens[token.i + 1 : token.i + 2]
    return token.dep != "amod" or (bool(following) and following[0].tag not in {"NN", "NNS", "JJ"})


def _fronted(sentence: Sentence) -> Iterator[Event]:
    """Give the event of 'Starting May 1, the rules will …' and 'From May 1, drivers must follow the rules'."""
    first = sentence.tokens[0]
    if first.text.lower() not in STARTS or (first.text == "As" and sentence.tokens[1].text.lower() != "of"):
        return
    root = next((t for t in sentence.tokens if t.dep == "ROOT"), first)
    if not _holds_now(sentence, root) or _kind(sentence, first):
        return
    wanted = {"nsubj", "nsubjpass", "dobj", "prep"} if root.lemma in OBEYING else {"nsubj", "nsubjpass"}
    below = [c for c in sentence.children[root.i] if sentence.tokens[c].dep in wanted]
    nouns = [sentence.tokens[i] for c in below for i in (c, *sentence.children[c]) if sentence.tokens[i].dep != "conj"]
    if any(is_head(t) and t.text.lower() not in TEXTS_OF_AIMS for t in nouns):
        top = next((i for i in (0, *sentence.ancestors(0)) if sentence.tokens[i].head == root.i), 0)
        yield Event(top, FORCE, is_open=False)


def _holds_now(sentence: Sentence, verb: Token) -> bool:
    """Tell whether a verb speaks of what is or will be: 'requires', 'will require', 'has banned'."""
    helpers = [sentence.tokens[c] for c in sentence.children[verb.i] if sentence.tokens[c].dep in {"aux", "auxpass"}]
    return any(token.tag in {"MD", "VBZ", "VBP"} for token in (verb, *helpers))
