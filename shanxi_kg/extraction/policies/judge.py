"""Whether an action is a policy: what its object is, who acts, and whether a paper or an agreement says it."""

from __future__ import annotations

from shanxi_kg.extraction.context import mention_at
from shanxi_kg.extraction.phrases import children_by, prepositions
from shanxi_kg.extraction.policies.actions import Action, objects_of
from shanxi_kg.extraction.policies.objects import heads_of, is_fit
from shanxi_kg.extraction.policies.people import is_people
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

LOOSE = frozenset({"decision", "measure", "plan", "program", "standard"})
MEANS = frozenset({"measure", "measures", "program", "programs"})  # in lower case what is done, no paper
UNDER_FIRST = frozenset({"Under", "According"})
UNDER = frozenset({"under", "per", "according", "line", "accordance", "pursuant"})
PLACED = frozenset("blacklist catalog catalogue list place practice protection register supervision".split())
IMPLIED = frozenset({"amount", "do", "give", "improve", "run"})


def is_policy(read: ReadSentence, action: Action) -> bool:
    """Tell whether the object of an action makes it a policy, whoever acts."""
    if read.sentence.tokens[action.verb].dep == "acl" and _is_empty(read, action):
        return False
    return bool(objects_of(read.sentence, action)) and is_fit(read, action) and not _is_goal(read, action)


def _is_goal(read: ReadSentence, action: Action) -> bool:
    """Tell whether an action only names a level to be reached ('lift loans to 5 billion yuan')."""
    sentence = read.sentence
    if action.kind in {"give", "get", "help"}:
        return False
    levels = [noun for _, noun in prepositions(sentence, action.verb, frozenset({"to"}))]
    return any(q.start <= sentence.tokens[i].start < q.end for q in read.quantities for i in levels) and not _is_set(
        read, action
    )


def _is_set(read: ReadSentence, action: Action) -> bool:
    """Tell whether what is brought to a level is a fee, a time or a subsidy, which a body sets by decision."""
    return not _words(read, action).isdisjoint(load_lexicon()["amount-noun"])


def _is_empty(read: ReadSentence, action: Action) -> bool:
    """Tell whether an object only points ('the measures taken by the city')."""
    children = read.sentence.children[action.patient] if action.patient is not None else ()
    tokens = read.sentence.tokens
    return all(tokens[c].text.lower() in {"the", "these", "all"} or c == action.verb for c in children)


def is_implied_policy(read: ReadSentence, action: Action) -> bool:
    """Tell whether an action is a policy though nobody is said to act: something is given, run or put in place."""
    sentence = read.sentence
    if not action.is_passive or sentence.tokens[action.verb].dep in {"acl", "relcl"}:
        return False
    if action.listed_by is not None or _is_put_in_place(read, action):
        return True
    lemma, lexicon = sentence.tokens[action.verb].lemma, load_lexicon()
    if lemma in lexicon["ban-verb"] | lexicon["urge-verb"] | lexicon["budget-verb"]:
        return _is_decided(read, action, lemma)
    if lemma in lexicon["punish-verb"] and _is_for_all(read, action):
        return True
    gaining = action.receiver is not None and action.kind not in {"get", "run"} and _is_for_all(read, action)
    if gaining or action.kind == "attend" or (action.kind in {"get", "give"} and _is_for_people(read, action)):
        return True
    return action.kind in IMPLIED and not _words(read, action).isdisjoint(lexicon["implied-noun"])


def _words(read: ReadSentence, action: Action) -> set[str]:
    tokens = read.sentence.tokens
    return {word for i in heads_of(read, action) for word in (tokens[i].lemma.lower(), tokens[i].text.lower())}


def _is_decided(read: ReadSentence, action: Action, lemma: str) -> bool:
    """Tell whether something is banned, money set aside, or people are trained and urged, by whomever."""
    lexicon, heads = load_lexicon(), heads_of(read, action)
    tokens = read.sentence.tokens
    if not _words(read, action).isdisjoint(lexicon["implied-noun"]):
        return True
    if lemma in lexicon["ban-verb"]:
        return not any(children_by(read.sentence, i, {"nummod"}) for i in heads)
    if lemma in lexicon["budget-verb"]:
        return any(tokens[i].lemma.lower() in {"yuan", "dollar", "money"} for i in heads)
    return any(is_people(read, i) for i in heads)


def _is_for_all(read: ReadSentence, action: Action) -> bool:
    """Tell whether a passive says what is or will be done to all of a group ('will be punished')."""
    aux = {read.sentence.tokens[c].text.lower() for c in children_by(read.sentence, action.verb, {"aux", "auxpass"})}
    standing = bool(aux & {"are", "can", "will"} or (action.receiver is not None and "is" in aux)) and "been" not in aux
    gaining = [action.receiver] if action.receiver is not None else heads_of(read, action)
    return standing and any(is_people(read, i) for i in gaining)


def _is_for_people(read: ReadSentence, action: Action) -> bool:
    """Tell whether people get or are given a benefit or money: 'winners will be rewarded with 1 million yuan'."""
    sentence = read.sentence
    subjects = children_by(sentence, action.verb, {"nsubj", "nsubjpass"})
    if not any(is_people(read, i) for i in subjects):
        return False
    below = sentence.subtree(action.verb)
    start, end = sentence.tokens[action.verb].start, sentence.tokens[below[-1]].end
    money = any(start <= q.start < end and q.unit in {"yuan", "US dollars", "percent"} for q in read.quantities)
    later = {sentence.tokens[i].lemma.lower() for i in below if i > action.verb}
    return money or "free" in later or not later.isdisjoint(load_lexicon()["implied-noun"])


def is_under_text(read: ReadSentence, verb: int) -> bool:
    """Tell whether a clause only tells what a paper says ('Under the regulation, …', 'the plan says that …')."""
    sentence = read.sentence
    for node in (verb, *sentence.ancestors(verb)):
        for child in sentence.children[node]:
            token = sentence.tokens[child]
            below = sentence.subtree(child) if token.dep == "prep" and token.text.lower() in UNDER else []
            said = node != verb and token.dep == "nsubj" and is_paper(read, child)
            if said or any(is_paper(read, i) for i in below):
                return True
    return False


def is_paper(read: ReadSentence, i: int) -> bool:
    """Tell whether a noun is a rule, a plan or an agreement."""
    token, lexicon = read.sentence.tokens[i], load_lexicon()
    is_head = token.pos in {"NOUN", "PROPN"} and token.dep not in {"compound", "nmod"}
    if not is_head or mention_at(read.bodies, token.start):
        return False
    plain = token.text.islower() or i == 0
    texts = (lexicon["regulation-head"] | lexicon["agreement-head"]) - (MEANS if plain else frozenset())
    return token.lemma.lower() in texts or token.text.lower() in texts


def is_about_paper(read: ReadSentence) -> bool:
    """Tell whether a sentence issues or signs a paper, or tells what one says."""
    lexicon = load_lexicon()
    verbs = lexicon["issue-verb"] | lexicon["force-verb"] | lexicon["sign-verb"]
    for token in read.sentence.tokens:
        if token.dep in {"nsubj", "nsubjpass", "dobj"} and is_paper(read, token.i):
            above = read.sentence.tokens[token.head]
            if above.lemma in verbs or (token.dep == "nsubj" and token.lemma.lower() not in LOOSE):
                return True
    return any(t.text in UNDER_FIRST and is_under_text(read, t.i) for t in read.sentence.tokens[:1])


def _is_put_in_place(read: ReadSentence, action: Action) -> bool:
    sentence = read.sentence
    token = sentence.tokens[action.verb]
    after = {t.text.lower() for t in sentence.tokens[action.verb + 1 : action.verb + 6]}
    where = PLACED if token.lemma in {"bring", "list", "place", "put"} else frozenset()
    return bool(after & where) and not _is_paper(read, action)


def _is_paper(read: ReadSentence, action: Action) -> bool:
    heads = load_lexicon()["regulation-head"] | load_lexicon()["platform-head"]
    return any(read.sentence.tokens[i].text.lower() in heads for i in heads_of(read, action))
