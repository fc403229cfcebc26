"""What public bodies do or decide to support, protect, promote or enforce: one fact a verb, in the document's words.

The doer is an area, a public body or a public office; the verb is one of the lexicon; what is set up as a body, a
platform, an agreement or a regulation is told by the rules for those. 'Policies such as expanding …, providing …' gives
each of them, and a named campaign is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.areas import CHINA, AreaFound
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.facts import Fact, Policy
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import BodyMention, ReadSentence

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PARTS = frozenset({"dobj", "prep", "prt", "xcomp", "ccomp", "dative", "oprd", "attr", "pobj", "advmod", "acomp"})
SET_UP = frozenset({"set", "establish", "found", "create", "build", "open", "launch", "form", "develop"})
SHORTEST = 2  # words of a measure


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is done, by its verb: the words, their offsets, and the group it is for."""

    verb: int
    words: str
    start: int
    end: int
    target: str | None


def find(context: Context) -> Iterator[Fact]:
    """Give the policies of a document, sentence by sentence, each wording once."""
    seen: set[str] = set()
    for read in context:
        if _tells_contents(read.sentence):
            continue
        for measure in (*_done(context, read), *_named(context, read)):
            if measure.words.lower() not in seen and len(measure.words.split()) >= SHORTEST:
                seen.add(measure.words.lower())
                yield _fact(context, read, measure)


def _tells_contents(sentence: Sentence) -> bool:
    """Tell whether a sentence says what a text holds ('Under the regulation, …')."""
    tokens = sentence.tokens
    texts = load_lexicon()["regulation-head"] | load_lexicon()["agreement-head"]
    opens = tokens[0].text.lower() in {"under", "according"} and len(tokens) > 2
    return opens and any(token.lemma.lower() in texts or token.text.lower() in texts for token in tokens[1:8])


# what is done -----------------------------------------------------------------------------------------------------
def _done(context: Context, read: ReadSentence) -> Iterator[_Measure]:
    for token in read.sentence.tokens:
        if token.pos == "VERB" and token.lemma in load_lexicon()["policy-verb"] and not _is_barred(read, token.i):
            if _is_passive(read.sentence, token.i):
                yield from _passive(context, read, token.i)
            elif _public_doer(context, read, token.i):
                yield _active(context, read, token.i)


def _is_barred(read: ReadSentence, verb: int) -> bool:
    """Tell whether a verb is denied, describes a noun, speaks in general, or sets up what other rules tell."""
    sentence = read.sentence
    token = sentence.tokens[verb]
    negated = any(sentence.tokens[c].dep == "neg" for c in sentence.children[verb])
    describes = token.dep in {"relcl", "acl", "amod", "compound"} or token.tag == "NN"
    is_general = token.lemma in load_lexicon()["general-verb"]
    general = is_general and (read.number == 0 or (token.dep == "advcl" and token.tag == "VBG"))
    purpose = token.dep == "advcl" and any(sentence.tokens[c].tag == "TO" for c in sentence.children[verb])
    helped = token.dep in {"xcomp", "ccomp"} and sentence.tokens[token.head].lemma in load_lexicon()["help-verb"]
    return (
        negated
        or describes
        or general
        or purpose
        or helped
        or _is_told_elsewhere(read, verb)
        or _is_empty(sentence, verb)
    )


def _is_told_elsewhere(read: ReadSentence, verb: int) -> bool:
    sentence, lexicon = read.sentence, load_lexicon()
    objects = [c for c in sentence.children[verb] if sentence.tokens[c].dep in {"dobj", "nsubjpass"}]
    if not objects:
        return False
    noun = sentence.tokens[objects[0]].lemma.lower()
    papers = noun in lexicon["agreement-head"] or sentence.tokens[objects[0]].text.lower() in lexicon["regulation-head"]
    bodies = noun in lexicon["agency-head"] | lexicon["platform-head"] or mention_at(
        read.bodies, sentence.tokens[objects[0]].start
    )
    return papers or (sentence.tokens[verb].lemma in SET_UP and bool(bodies))


def _is_empty(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb and its object tell no measure: an approval, a report, patents held, 'policies such as'."""
    objects = [c for c in sentence.children[verb] if sentence.tokens[c].dep in {"dobj", "nsubjpass"}]
    nouns = {sentence.tokens[c].lemma.lower() for c in objects}
    if not nouns.isdisjoint(load_lexicon()["no-measure-noun"]):
        return True
    if sentence.tokens[verb].lemma == "set" and nouns & {"operation", "business", "shop"}:
        return True
    if sentence.tokens[verb].lemma in {"hold", "host", "stage", "run"}:
        return nouns.isdisjoint(load_lexicon()["event-noun"])
    examples = any(
        sentence.tokens[g].text.lower() in {"as", "including"} for c in objects for g in sentence.children[c]
    )
    return examples and not nouns.isdisjoint(load_lexicon()["policy-noun"])


def _is_passive(sentence: Sentence, verb: int) -> bool:
    return any(sentence.tokens[c].dep in {"auxpass", "nsubjpass"} for c in sentence.children[verb])


def _public_doer(context: Context, read: ReadSentence, verb: int) -> bool:
    """Tell whether who does it is an area, a public body or a public office, over coordination and 'plans to'."""
    sentence = read.sentence
    if _is_example(sentence, verb):
        return True
    node = verb
    while True:
        subjects = [c for c in sentence.children[node] if sentence.tokens[c].dep in SUBJECTS]
        if subjects:
            return _is_public(context, read, subjects[0])
        if sentence.tokens[node].dep not in {"conj", "xcomp", "advcl", "pcomp"} or sentence.tokens[node].head == node:
            return False
        node = sentence.tokens[node].head


def _is_example(sentence: Sentence, verb: int) -> bool:
    """Tell whether a gerund is one of the examples of 'policies such as …'."""
    nouns = load_lexicon()["policy-noun"]
    if sentence.tokens[verb].tag != "VBG":
        return False
    above = [sentence.tokens[a] for a in sentence.ancestors(verb)]
    opened = any(token.text.lower() in {"as", "including", "like"} for token in above[:4])
    return opened and any(token.lemma.lower() in nouns for token in above[:6])


def _is_public(context: Context, read: ReadSentence, subject: int) -> bool:
    sentence = read.sentence
    token = sentence.tokens[subject]
    if token.text.lower() == "it":
        return context.areas.focus[read.number][0] is not None and not _is_private_before(context, read)
    offices = load_lexicon()["public-noun"]
    if mention_at(read.bodies, token.start) or token.lemma.lower() in offices or token.text.lower() in offices:
        return True
    inside = set(sentence.subtree(subject))
    if any(ref.token == subject for ref in context.areas.refs[read.number]):
        return True
    typed = token.text.lower() in load_lexicon()["area-type"]
    return typed and any(ref.token in inside for ref in context.areas.refs[read.number])


def _is_private_before(context: Context, read: ReadSentence) -> bool:
    """Tell whether the subject of the sentence before is a company or a text, which 'it' would mean."""
    if read.number == 0:
        return True
    sentence = context.reading.sentences[read.number - 1].sentence
    words = {token.text.lower().rstrip(".") for token in sentence.tokens if token.dep in SUBJECTS}
    return not words.isdisjoint(
        load_lexicon()["company-marker"] | load_lexicon()["regulation-head"] | load_lexicon()["legal-text"]
    )


def _active(context: Context, read: ReadSentence, verb: int) -> _Measure:
    sentence = read.sentence
    inside = _complement(read, verb)
    start, end = sentence.tokens[verb].start, sentence.tokens[inside[-1]].end
    return _Measure(verb, context.words(start, end), start, end, _target(context, read, verb, inside))


def _complement(read: ReadSentence, verb: int) -> list[int]:
    """Return the tokens of a verb and what completes it, as one run, less dates and places at its end."""
    sentence = read.sentence
    kept = [verb]
    for child in sentence.children[verb]:
        token = sentence.tokens[child]
        if child > verb and token.dep in PARTS and not _only_when(read, child):
            cut = [c for i in sentence.subtree(child) for c in sentence.children[i] if _ends_measure(sentence, c)]
            kept += sentence.subtree(child, without=cut)
    last = verb
    for i in sorted(kept):
        if i <= last + 4:
            last = max(last, i)
    while last > verb and sentence.tokens[last].dep in {"punct", "cc"}:
        last -= 1
    return list(range(verb, last + 1))


def _ends_measure(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    is_verb = token.pos == "VERB" and token.dep in {"conj", "advcl", "parataxis"}
    return is_verb or token.dep == "appos"


def _only_when(read: ReadSentence, child: int) -> bool:
    """Tell whether a phrase is a date ('this year', 'in early February'), or only an adverb."""
    token = read.sentence.tokens[child]
    if token.dep == "advmod":
        return True
    below = read.sentence.subtree(child)
    dated = [i for i in below if any(d.start <= read.sentence.tokens[i].start < d.end for d in read.dates)]
    return bool(dated) and len(below) - len(dated) <= 4


def _passive(context: Context, read: ReadSentence, verb: int) -> Iterator[_Measure]:
    """Read '60 sessions were held by the district' and 'protection has been put in place'."""
    sentence = read.sentence
    subjects = [c for c in sentence.children[verb] if sentence.tokens[c].dep == "nsubjpass"]
    agents = [g for c in sentence.children[verb] if sentence.tokens[c].dep == "agent" for g in sentence.children[c]]
    by_public = any(_is_public(context, read, g) for g in agents) or _is_by_public(read, verb)
    placed = sentence.tokens[verb].lemma == "put" and "place" in {
        sentence.tokens[i].text.lower() for i in sentence.subtree(verb)
    }
    nouns = {sentence.tokens[c].lemma.lower() for c in subjects}
    benefit = not agents and not nouns.isdisjoint(load_lexicon()["benefit-noun"])
    if not subjects or not (by_public or benefit or (placed and not agents)):
        return
    cut = [
        c for c in sentence.children[subjects[0]] if sentence.tokens[c].dep in {"relcl", "punct"} and c > subjects[0]
    ]
    inside = sentence.subtree(subjects[0], without=cut if not placed else [])
    start, end = sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end
    given = [c for c in sentence.children[verb] if sentence.tokens[c].dep == "dobj"]
    if given:
        below = [i for i in sentence.subtree(given[0]) if i < min(agents, default=len(sentence.tokens))]
        start, end = sentence.tokens[verb].start, sentence.tokens[_noun_end(sentence, given[0], below)].end
        words = context.words(start, end)
    else:
        words = context.words(start, end) if placed else f"{sentence.tokens[verb].text} {context.words(start, end)}"
    yield _Measure(verb, words, start, sentence.tokens[verb].end, _target(context, read, verb, inside))


def _is_by_public(read: ReadSentence, verb: int) -> bool:
    """Tell whether a public body or an area stands right behind a 'by' after the verb, whatever the parse says."""
    tokens = read.sentence.tokens
    for token in tokens[verb + 1 : -1]:
        if token.text.lower() == "by":
            after = tokens[token.i + 1 : token.i + 3]
            return any(mention_at(read.bodies, t.start) or mention_at(read.places, t.start) for t in after)
    return False


def _noun_end(sentence: Sentence, noun: int, below: list[int]) -> int:
    """Return the last token of a noun's own words, before 'of' and 'by'."""
    later = [i for i in below if i > noun and sentence.tokens[i].dep == "prep"]
    return min(later) - 1 if later else max(below)


# whom it is for ---------------------------------------------------------------------------------------------------
def _target(context: Context, read: ReadSentence, verb: int, inside: list[int]) -> str | None:
    """Return the group that a measure is for: whom it helps, else the people or firms behind 'to' or 'for'."""
    sentence, groups = read.sentence, load_lexicon()["target-noun"]
    if sentence.tokens[verb].lemma in load_lexicon()["help-verb"]:
        helped = [
            c for i in (verb, *sentence.children[verb]) for c in sentence.children[i] if _is_helped(sentence, c, i)
        ]
        if helped:
            return _group(context, sentence, helped[0])
    behind = [i for i in range(len(sentence.tokens)) if i in inside or i > max(inside)]
    return next((_group(context, sentence, i) for i in behind if _is_reached(sentence, i, groups)), None)


def _is_reached(sentence: Sentence, i: int, groups: frozenset[str]) -> bool:
    """Tell whether a noun is whom something is for: a group behind 'to' or 'for', or whoever it is 'to help'."""
    token = sentence.tokens[i]
    head = sentence.tokens[token.head]
    if token.dep not in {"pobj", "dobj", "nsubj", "dative"}:
        return False
    helps = any(t.lemma in load_lexicon()["help-verb"] and t.tag == "VB" for t in (head, sentence.tokens[head.head]))
    return helps or (token.lemma.lower() in groups and head.text.lower() in {"to", "for"})


def _is_helped(sentence: Sentence, child: int, above: int) -> bool:
    token = sentence.tokens[child]
    return token.dep == "dobj" or (token.dep == "nsubj" and sentence.tokens[above].dep in {"ccomp", "xcomp"})


def _group(context: Context, sentence: Sentence, noun: int) -> str:
    cut = [c for c in sentence.children[noun] if sentence.tokens[c].dep in {"det", "appos"}]
    inside = sentence.subtree(noun, without=cut)
    return context.words(sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end).strip(" ,")


# named campaigns --------------------------------------------------------------------------------------------------
def _named(context: Context, read: ReadSentence) -> Iterator[_Measure]:
    """Find 'the Clear Sky Action': a campaign by its name."""
    tokens = read.sentence.tokens
    for token in tokens:
        if token.text[:1].isupper() and token.text.lower() in load_lexicon()["campaign-noun"]:
            first = token.i
            while first > 0 and tokens[first - 1].text[:1].isupper() and tokens[first - 1].pos == "PROPN":
                first -= 1
            follows = (
                token.i + 1 < len(tokens) and tokens[token.i + 1].text.lower() in load_lexicon()["regulation-head"]
            )
            if first < token.i and not follows and not mention_at(read.bodies, token.start):
                yield _Measure(
                    token.i, context.words(tokens[first].start, token.end), tokens[first].start, token.end, None
                )


def _area(context: Context, read: ReadSentence, verb: int) -> AreaFound:
    """Return the area of who does it: of the body, of the office named before, else what holds at the verb."""
    sentence = read.sentence
    doers = [g for c in sentence.children[verb] if sentence.tokens[c].dep == "agent" for g in sentence.children[c]]
    for node in [verb, *sentence.ancestors(verb)]:
        doers += [c for c in sentence.children[node] if sentence.tokens[c].dep == "nsubj"]
    for doer in doers[:1]:
        words = {sentence.tokens[i].text.lower() for i in (doer, *sentence.children[doer])}
        if words & {"central", "state"} and "government" in words:
            return CHINA, None
        mention = mention_at(read.bodies, sentence.tokens[doer].start) or _office(context, read, doer)
        found = context.areas.of_body(mention, read.number) if mention else (None, None)
        if found[0]:
            return found
    return context.areas.at(read.number, verb)


def _office(context: Context, read: ReadSentence, doer: int) -> BodyMention | None:
    """Return the last body before whose name has the noun ('the bureau')."""
    token = read.sentence.tokens[doer]
    word = token.text.lower()
    if word not in load_lexicon()["agency-head"]:
        return None
    before = [b for s in context.reading.sentences[: read.number + 1] for b in s.bodies if b.start < token.start]
    return next((b for b in reversed(before) if word in b.body.name.lower().split()), None)


def _fact(context: Context, read: ReadSentence, measure: _Measure) -> Fact:
    area, area_judgement = _area(context, read, measure.verb)
    period, period_judgement = context.periods.at(read.number, measure.verb)
    content = Policy(measure.words, area, measure.target, period)
    return context.fact(read, content, measure.start, measure.end, [area_judgement, period_judgement])
