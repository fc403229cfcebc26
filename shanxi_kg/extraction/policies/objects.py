"""What an action's object is: whether it makes the action a policy, by the class of its verb.

No policy is made of bodies and platforms (they have facts of their own), of papers, of what is counted, granted or won,
nor of growth.
"""

from __future__ import annotations

from shanxi_kg.extraction.context import mention_at
from shanxi_kg.extraction.phrases import children_by, prepositions
from shanxi_kg.extraction.policies.actions import Action, objects_of
from shanxi_kg.extraction.policies.free import is_free
from shanxi_kg.extraction.policies.people import is_people
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

ANYBODY = frozenset({"anyone", "anybody", "everyone", "everybody", "those"})
HOUSING = frozenset({"build", "construct", "open"})
STILL = frozenset({"measures", "program", "programs", "policies"})


def is_fit(read: ReadSentence, action: Action) -> bool:
    """Tell whether an action has an object that its class of verbs makes a policy of."""
    return TESTS.get(action.kind, _is_free)(read, action)


def content(sentence: Sentence, noun: int) -> int:
    """Return the noun that says what it is: behind the 'of' of 'half of the interest', itself else."""
    token = sentence.tokens[noun]
    if token.lemma.lower() not in load_lexicon()["partitive"] and token.pos != "NUM":
        return noun
    inner = (i for _, i in prepositions(sentence, noun, frozenset({"of"})) if sentence.tokens[i].pos != "PRON")
    return next(inner, noun)


def heads_of(read: ReadSentence, action: Action) -> list[int]:
    """Return the nouns that say what an action is done to, the partitive ones looked through."""
    return [content(read.sentence, i) for i in objects_of(read.sentence, action)]


def _is_free(read: ReadSentence, action: Action) -> bool:
    return not any(_is_barred(read, action, i) for i in heads_of(read, action)[:1])


def _is_run(read: ReadSentence, action: Action) -> bool:
    """Tell whether an object is itself a policy: a campaign, a course, a subsidy, a channel."""
    sentence, lexicon = read.sentence, load_lexicon()
    nouns = lexicon["policy-noun"]
    first = heads_of(read, action)[0]
    token = sentence.tokens[first]
    modifiers = {sentence.tokens[c].text.lower() for c in children_by(sentence, first, {"compound", "amod"})}
    if token.lemma.lower() == "meeting":
        return bool(modifiers) and modifiers.isdisjoint({"press", "annual", "first", "plenary", "news"})
    lemma, verb = token.lemma.lower(), sentence.tokens[action.verb].lemma
    if lemma == "session" and not modifiers & lexicon["session-kind"]:
        return False
    if lemma == "operation" and verb in {"set", "start", "begin"}:
        return False
    fits = lemma in nouns or token.text.lower() in nouns or _is_typical(verb, lemma)
    opened = verb in HOUSING and _is_for_group(read, action) and not _is_founded(read, token, verb)
    founded = lemma == "fund" and _is_founded(read, token, verb)
    return (fits or opened) and not founded and not mention_at(read.bodies, token.start)


def _is_for_group(read: ReadSentence, action: Action) -> bool:
    """Tell whether something is opened to a group or built for one ('opened its playgrounds to residents')."""
    nodes = [action.verb, *(i for head in heads_of(read, action)[:1] for i in read.sentence.subtree(head))]
    nodes += children_by(read.sentence, action.verb, {"prep"})
    nodes += [noun for prep in nodes[1:] for noun in children_by(read.sentence, prep, {"pobj"})]
    nouns = (noun for node in nodes for _, noun in prepositions(read.sentence, node, frozenset({"for", "to"})))
    return any(is_people(read, noun) for noun in nouns)


def _is_improved(read: ReadSentence, action: Action) -> bool:
    """Tell whether an object is made better by a body, not grown by percent, and no general opening sentence."""
    sentence = read.sentence
    below = sentence.subtree(action.verb)
    if any(sentence.tokens[i].lemma.lower() in {"percent", "%", "percentage"} for i in below):
        return False
    return not _is_general(read, action) and _is_free(read, action)


def _is_general(read: ReadSentence, action: Action) -> bool:
    """Tell whether an object is general: growth and the like; in the first sentence also 'protection of …'."""
    lexicon = load_lexicon()
    first = read.sentence.tokens[heads_of(read, action)[0]]
    lemma = first.lemma.lower()
    return lemma in lexicon["general-noun"] and (read.number == 0 or first.i in read.sentence.children[action.verb])


def _is_helped(read: ReadSentence, action: Action) -> bool:
    sentence = read.sentence
    first = sentence.tokens[heads_of(read, action)[0]]
    general = sentence.tokens[action.verb].lemma in load_lexicon()["general-maker"]
    if general and _is_general(read, action):
        return False
    if first.pos == "PRON" and first.dep == "nsubj":
        return True
    people = first.lemma.lower() in load_lexicon()["group-noun"] or first.pos in {"PROPN", "NUM"}
    return people or _is_free(read, action)


def _is_barred(read: ReadSentence, action: Action, i: int) -> bool:
    """Tell whether an object is a body, a platform that is made, a rule, an agreement, or nothing done for others."""
    lexicon, token = load_lexicon(), read.sentence.tokens[i]
    verb, lemma = read.sentence.tokens[action.verb].lemma, token.lemma.lower()
    if lemma in lexicon["policy-not"]:
        return not _is_typical(verb, lemma)
    honoured = verb in lexicon["naming-verb"] and mention_at(read.places, token.start) is not None
    gaining = verb in lexicon["rewarding-verb"] and token.text.lower() == "them"
    empty = token.pos == "PRON" and token.text.lower() not in ANYBODY and verb != "make" and not gaining
    owners = {read.sentence.tokens[c].text.lower() for c in children_by(read.sentence, i, {"poss"})}
    empty = empty or not owners.isdisjoint({"my", "our"} if action.kind == "enforce" else {"my"})
    return empty or honoured or _is_text(token, verb) or _is_founded(read, token, verb)


def _is_text(token: Token, verb: str) -> bool:
    """Tell whether an object is an agreement or a rule that the verb does not just spread or enforce."""
    lexicon, word = load_lexicon(), token.text.lower()
    if token.lemma.lower() in lexicon["agreement-head"]:
        return True
    is_rule = not {token.lemma.lower(), word}.isdisjoint(lexicon["regulation-head"])
    still = word in STILL and token.text.islower()
    return is_rule and not still and verb not in lexicon["popular-verb"]


def _is_founded(read: ReadSentence, token: Token, verb: str) -> bool:
    """Tell whether a body or a platform comes to be, which is a fact of another kind."""
    lexicon, lemma = load_lexicon(), token.lemma.lower()
    things = (lexicon["platform-head"] | lexicon["platform-head-made"] | lexicon["agency-head"]) - {"service"}
    is_thing = lemma in things or mention_at(read.bodies, token.start) is not None
    return verb in lexicon["founding-verb"] and is_thing and (lemma not in lexicon["policy-noun"] or lemma == "fund")


def _is_typical(verb: str, lemma: str) -> bool:
    """Tell whether only this verb makes a policy of an object: publishing model cases, buying back a licence."""
    if lemma in load_lexicon()["permit-noun"]:
        return verb in load_lexicon()["permit-verb"]
    return lemma == "case" and verb in {"announce", "issue", "publicise", "publicize", "publish", "release", "unveil"}


def _is_amount(read: ReadSentence, action: Action) -> bool:
    """Tell whether what is raised or cut is a fee, a time, a subsidy: what a body sets by decision."""
    sentence, lexicon = read.sentence, load_lexicon()
    nouns = lexicon["amount-noun"]
    return any(sentence.tokens[i].lemma.lower() in nouns for i in heads_of(read, action))


def _is_attended(read: ReadSentence, action: Action) -> bool:  # noqa: ARG001 (a test like the others)
    """Accept 'paid special attention to …', whatever to."""
    return True


def _is_open(read: ReadSentence, action: Action) -> bool:
    """Tell whether any other verb has an object that is neither general nor a place or person by name."""
    sentence = read.sentence
    first = sentence.tokens[heads_of(read, action)[0]]
    if action.agent is None or mention_at(read.places, first.start) or mention_at(read.persons, first.start):
        return False
    general = first.lemma.lower() in load_lexicon()["general-noun"]
    return not general and not _is_yield(read, action) and _is_free(read, action)


def _is_yield(read: ReadSentence, action: Action) -> bool:
    """Tell whether an object is so much of what an area makes or gets ('the province mined 120 million tons')."""
    tokens = read.sentence.tokens
    agent = tokens[action.agent] if action.agent is not None else None
    if agent is None or not (
        mention_at(read.places, agent.start) or agent.lemma.lower() in load_lexicon()["area-type"]
    ):
        return False
    nouns = objects_of(read.sentence, action)
    below = [tokens[i].start for noun in nouns for i in read.sentence.subtree(noun)]
    shares = not load_lexicon()["partitive"].isdisjoint(tokens[i].lemma.lower() for i in nouns)
    return shares or any(q.start <= start < q.end for q in read.quantities for start in below)


def _is_done_for(read: ReadSentence, action: Action) -> bool:
    """Tell whether something is done for a group, to its homes, or for nothing ('posted interpreters for buyers')."""
    sentence = read.sentence
    if is_free(sentence, action.verb) or any(is_people(read, c) for c in _datives(sentence, action.verb)):
        return True
    if any(sentence.tokens[i].lemma.lower() in load_lexicon()["policy-noun"] for i in heads_of(read, action)):
        return sentence.tokens[action.verb].lemma == "deliver"
    homes = load_lexicon()["place-of-use"]
    reached = prepositions(sentence, action.verb, frozenset({"to"}))
    presented = bool(children_by(sentence, action.verb, {"prep"})) and sentence.tokens[action.verb].lemma == "present"
    return (
        _is_for_group(read, action)
        or any(sentence.tokens[noun].lemma.lower() in homes for _, noun in reached)
        or (presented and action.patient is not None and is_people(read, action.patient))
    )


def _datives(sentence: Sentence, verb: int) -> list[int]:
    return children_by(sentence, verb, {"dative"})


TESTS = {
    "for": _is_done_for,
    "open": _is_open,
    "attend": _is_attended,
    "amount": _is_amount,
    "run": _is_run,
    "improve": _is_improved,
    "help": _is_helped,
}
