"""Policies: what public bodies do or decide to support, protect, promote or enforce, one fact a verb.

Actions are found by their verbs, judged by their objects and by who acts, and told in the text's own words, verb and
object. What a rule, a plan or an agreement says inside is no policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.periods import PeriodFound
from shanxi_kg.extraction.phrases import SUBJECTS, VERBS, children_by
from shanxi_kg.extraction.policies.actions import Action, actions, is_item
from shanxi_kg.extraction.policies.actors import Actor, implied_actor, public_actor
from shanxi_kg.extraction.policies.campaigns import named_campaigns
from shanxi_kg.extraction.policies.judge import is_about_paper, is_implied_policy, is_policy, is_under_text
from shanxi_kg.extraction.policies.measures import joined, lowered, measure_text, measure_tokens
from shanxi_kg.extraction.policies.offers import Offer, offers
from shanxi_kg.extraction.policies.targets import people_text, target_of
from shanxi_kg.facts import Fact, Policy
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

FINITE = frozenset({"MD", "VBD", "VBZ"})


def find(context: Context) -> Iterator[Fact]:
    """Give the policies of a document in order; a campaign's name counts where no policy tells of it."""
    before: Actor | None = None
    paper: int | None = None
    told: list[str] = []
    groups: dict[int, str] = {}
    for read in context:
        paper = read.sentence.paragraph if is_about_paper(read) else paper
        for fact in _policies(context, read, before, groups, paper == read.sentence.paragraph):
            told.append(fact.evidence.quote)
            groups.update(_group(read, fact))
            yield fact
        before = _main_actor(context, read, before)
    yield from named_campaigns(context, told)


def _group(read: ReadSentence, fact: Fact) -> dict[int, str]:
    """Return whom a policy is for, by the number of its sentence."""
    target = fact.content.target if isinstance(fact.content, Policy) else None
    return {read.number: target} if target else {}


def _policies(
    context: Context, read: ReadSentence, before: Actor | None, groups: dict[int, str], in_paper: bool
) -> Iterator[Fact]:
    found = [action for action in actions(read.sentence) if is_policy(read, action)]
    listing = {action.listed_by for action in found}
    offered = [] if in_paper else [offer for offer in offers(read) if not is_under_text(read, offer.verb)]
    told = {token for offer in offered for token in offer.tokens if token != offer.verb}
    for action in found:
        if action.patient in listing or is_under_text(read, action.verb) or (in_paper and _is_to_be(read, action)):
            continue
        actor = _actor(context, read, action, before, in_paper) if told.isdisjoint(_said_by(action)) else None
        if actor:
            told.update(measure_tokens(read, action))
            yield _fact(context, read, action, actor, groups.get(read.number) or groups.get(read.number - 1))
    yield from (_offered(context, read, offer) for offer in offered if offer.verb not in told)


def _is_led(read: ReadSentence) -> bool:
    """Tell whether a sentence without a subject goes on from a line that ends with who acts ('Besides, the county')."""
    lead = (read.sentence.heading or "").rstrip(" :").lower().split()[-1:]
    opens = read.sentence.tokens[0]
    return bool(set(lead) & load_lexicon()["public-actor"]) and (opens.tag in FINITE or opens.dep == "aux")


def _said_by(action: Action) -> set[int]:
    """Return the tokens by which an action is told already: its verb; of a receiver's clause its object too."""
    return {action.verb} | ({action.patient} if action.is_passive and action.patient is not None else set())


def _is_to_be(read: ReadSentence, action: Action) -> bool:
    """Tell whether a verb says what will or must be: behind a paper's title, that is what the paper says."""
    aux = {read.sentence.tokens[c].text.lower() for c in children_by(read.sentence, action.verb, {"aux"})}
    return bool(aux & {"will", "shall", "must"})


def _actor(context: Context, read: ReadSentence, action: Action, before: Actor | None, in_paper: bool) -> Actor | None:
    if action.agent is not None:
        return public_actor(context, read, action.agent, before)
    if is_item(read.sentence) and not action.is_passive:
        return before
    if not action.is_passive and _is_led(read):
        return implied_actor(context, read, action.verb)
    if action.is_passive and not in_paper and is_implied_policy(read, action):
        return implied_actor(context, read, action.verb)
    return None


def _fact(context: Context, read: ReadSentence, action: Action, actor: Actor, group: str | None) -> Fact:
    sentence = read.sentence
    area, area_judgement = actor.area
    period, period_judgement = _period(context, read, action.verb)
    target, target_judgement = target_of(context, read, action, group)
    content = Policy(measure_text(context, read, action), area, target, period)
    tokens = measure_tokens(read, action)
    start, end = sentence.tokens[min(tokens)].start, sentence.tokens[max(tokens)].end
    return context.fact(
        read, content, start, end, [area_judgement, actor.judgement, target_judgement, period_judgement]
    )


def _period(context: Context, read: ReadSentence, verb: int) -> PeriodFound:
    """Return the period of a verb, else the one that the heading or the words before its list give."""
    found = context.periods.at(read.number, verb)
    return found if found[0] else context.periods.above(read.number)


def _offered(context: Context, read: ReadSentence, offer: Offer) -> Fact:
    """Return what is on offer as a fact of the area that holds there."""
    tokens = list(offer.tokens)
    area, area_judgement = implied_actor(context, read, offer.verb).area
    period, period_judgement = _period(context, read, offer.verb)
    measure = lowered(read, tokens[0], joined(context, read.sentence, tokens))
    target = people_text(context, read, offer.whom) if offer.whom is not None else None
    start, end = read.sentence.tokens[tokens[0]].start, read.sentence.tokens[tokens[-1]].end
    return context.fact(read, Policy(measure, area, target, period), start, end, [area_judgement, period_judgement])


def _main_actor(context: Context, read: ReadSentence, before: Actor | None) -> Actor | None:
    """Return who 'it' in the next sentence stands for: the first subject that can act, if it is public."""
    sentence, lexicon = read.sentence, load_lexicon()
    if is_about_paper(read):
        return None
    for token in sentence.tokens:
        if token.dep in SUBJECTS:
            actor = public_actor(context, read, token.i, before)
            acts = token.pos == "PROPN" or token.lemma.lower() in lexicon["group-noun"] | lexicon["regulation-head"]
            if actor or (acts and not is_item(sentence)):
                return actor
    if any(token.pos in VERBS for token in sentence.tokens):
        return before if is_item(sentence) else None
    root = next((token.i for token in sentence.tokens if token.dep == "ROOT"), None)  # an answer: 'The county.'
    return public_actor(context, read, root, before) if root is not None else None
