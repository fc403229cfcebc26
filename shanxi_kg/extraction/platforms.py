"""Systems, platforms, clusters, alliances, zones and funds that serve many: named or described, also planned ones.

The name is the head noun with its modifiers; members are the bodies and groups that the sentence places in it
('houses', 'made up of', 'set up operation in'). 'The alliance' later on is the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from shanxi_kg.extraction.areas import CHINA, area_in_name
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.facts import Body, Fact, Group, Platform
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import BodyMention, ReadSentence

MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "case", "punct", "conj", "cc", "npadvmod"})
LEVELS = {
    "national": "national", "provincial": "provincial", "municipal": "municipal", "county": "county",
    "county-level": "county", "city-level": "municipal", "township": "township",
}  # fmt: skip
Member = Body | Group


@dataclass(frozen=True, slots=True)
class _Named:
    """A platform as a sentence names it: its tokens `first` to `last`, the head noun, and the name."""

    first: int
    last: int
    head: int
    name: str


def find(context: Context) -> Iterator[Fact]:
    """Give one fact a platform; a sentence that points back to it adds members."""
    facts: list[Fact] = []
    for read in context:
        named = list(_named(context, read))
        for platform in named:
            _add(facts, _fact(context, read, platform))
        if not named and facts:
            facts[-1] = _joined(context, read, facts[-1])
    yield from facts


def _add(facts: list[Fact], fact: Fact) -> None:
    new = cast("Platform", fact.content)
    for i, known in enumerate(facts):
        old = cast("Platform", known.content)
        if old.name.lower() == new.name.lower():
            members = (*old.members, *(member for member in new.members if member not in old.members))
            facts[i] = replace(known, content=replace(old, members=members))
            return
    facts.append(fact)


# names ------------------------------------------------------------------------------------------------------------
def _named(context: Context, read: ReadSentence) -> Iterator[_Named]:
    heads = load_lexicon()["platform-head"]
    for token in read.sentence.tokens:
        if token.lemma.lower() not in heads or token.pos not in {"NOUN", "PROPN"} or token.dep in {"compound", "nmod"}:
            continue
        if mention_at(read.bodies, token.start) or _is_counted(read.sentence, token.i):
            continue
        named = _name(context, read.sentence, token.i)
        if named and _serves(read.sentence, named):
            yield named


def _is_counted(sentence: Sentence, head: int) -> bool:
    """Tell whether the noun is only counted ('15 zones'), or means money ('funds')."""
    counted = any(sentence.tokens[c].dep == "nummod" for c in sentence.children[head])
    return counted or sentence.tokens[head].text.lower() == "funds"


def _name(context: Context, sentence: Sentence, head: int) -> _Named | None:
    tokens = sentence.tokens
    first = _first(sentence, head)
    if first == head:
        last = _of_phrase(sentence, head)
        if last is None:
            return None
    else:
        last = _for_phrase(sentence, head)
    if tokens[first].text.lower() in load_lexicon()["level-word"] and tokens[head].lemma == "system":
        first = _past_levels(sentence, first, head)
    name = context.words(tokens[first].start, tokens[last].end)
    return _Named(first, last, head, name)


def _first(sentence: Sentence, head: int) -> int:
    """Return the first token of the modifiers before a head, less articles, numbers and owners."""
    tokens = sentence.tokens
    first = head
    while first > 0:
        token = tokens[first - 1]
        inside = head in {token.head, *sentence.ancestors(token.i)}
        if not inside or token.dep not in MODIFIERS or token.tag in {"POS", "PRP$", "DT", "CD"} or token.text == ",":
            break
        first -= 1
    if tokens[first].text == "-" and first + 2 <= head:  # 'three-level system': no half of a word
        first += 2
    while first < head and (
        tokens[first].text.lower() in load_lexicon()["platform-opener"] or tokens[first].dep in {"punct", "cc"}
    ):
        first += 1
    return first


def _past_levels(sentence: Sentence, first: int, head: int) -> int:
    """Step over 'provincial, municipal and county-level' at the front of a name."""
    while first < head and sentence.tokens[first].text.lower() in {
        *load_lexicon()["level-word"],
        ",",
        "and",
        "-",
        "level",
    }:
        first += 1
    return first


def _of_phrase(sentence: Sentence, head: int) -> int | None:
    """Return the last token of 'hub of operation services', where the head has no modifier before it."""
    preps = [c for c in sentence.children[head] if sentence.tokens[c].text.lower() == "of"]
    if not preps:
        return None
    cut = [
        c
        for i in sentence.subtree(preps[0])
        for c in sentence.children[i]
        if sentence.tokens[c].dep in {"relcl", "appos", "prep"} and c != preps[0]
    ]
    return max(sentence.subtree(preps[0], without=cut))


def _for_phrase(sentence: Sentence, head: int) -> int:
    """Return the last token of the name: over a 'for …' right behind the head."""
    preps = [c for c in sentence.children[head] if c == head + 1 and sentence.tokens[c].text.lower() == "for"]
    if not preps:
        return head
    cut = [
        c
        for i in sentence.subtree(preps[0])
        for c in sentence.children[i]
        if sentence.tokens[c].dep in {"relcl", "appos"} or (sentence.tokens[c].dep == "prep" and c != preps[0])
    ]
    inside = sentence.subtree(preps[0], without=cut)
    last = preps[0]
    for i in inside:
        if i == last + 1:
            last = i
    return last if last > preps[0] else head


def _serves(sentence: Sentence, named: _Named) -> bool:
    """Tell whether the name is more than 'the legal system': a modifier of the lexicon, or a capitalised name."""
    tokens = sentence.tokens[named.first : named.last + 1]
    words = {token.text.lower() for token in tokens if token.i != named.head}
    if sentence.tokens[named.head].text[:1].isupper() and len(tokens) > 1:
        return True
    if named.last > named.head and words - {"for"}:
        return True
    strong = sentence.tokens[named.head].lemma.lower() in load_lexicon()["strong-platform-head"]
    return bool(words) and (strong or not words.isdisjoint(load_lexicon()["platform-modifier"]))


# members ----------------------------------------------------------------------------------------------------------
def _members(context: Context, read: ReadSentence, head: int) -> list[Member]:
    """Return who the sentence places in the platform at token `head`."""
    sentence = read.sentence
    for clause in sentence.children[head]:
        if (
            sentence.tokens[clause].dep in {"relcl", "acl"}
            and sentence.tokens[clause].lemma in load_lexicon()["hold-verb"]
        ):
            return _listed(context, read, clause, clause)
    for verb in sentence.ancestors(head):
        token = sentence.tokens[verb]
        if token.pos not in {"VERB", "AUX"}:
            continue
        home = _home_of(sentence, verb)
        if home is not None and _is_subject(sentence, head, verb):
            return _items(context, read, home)
        if token.lemma in load_lexicon()["hold-verb"] and _is_subject(sentence, head, verb):
            return _listed(context, read, verb, max(verb, head))
        if token.lemma in load_lexicon()["settle-verb"] and not _is_subject(sentence, head, verb):
            return _subjects(context, read, verb)
        break
    return []


def _home_of(sentence: Sentence, verb: int) -> int | None:
    """Return the noun of 'is home to 120 companies'."""
    homes = [c for c in sentence.children[verb] if sentence.tokens[c].text.lower() == "home"]
    reached = [g for c in homes for p in sentence.children[c] for g in sentence.children[p]]
    return next((i for i in reached if sentence.tokens[i].dep == "pobj"), None)


def _is_subject(sentence: Sentence, head: int, verb: int) -> bool:
    subjects = [c for c in sentence.children[verb] if sentence.tokens[c].dep in {"nsubj", "nsubjpass"}]
    below = {i for c in subjects for i in sentence.subtree(c)}
    return head in below or (not subjects and head < verb)


def _listed(context: Context, read: ReadSentence, verb: int, after: int) -> list[Member]:
    objects = [c for c in read.sentence.subtree(verb) if c > after and read.sentence.tokens[c].dep in {"dobj", "pobj"}]
    return _items(context, read, objects[0]) if objects else []


def _subjects(context: Context, read: ReadSentence, verb: int) -> list[Member]:
    subjects = [c for c in read.sentence.children[verb] if read.sentence.tokens[c].dep == "nsubj"]
    if not subjects:
        return []
    below = read.sentence.subtree(subjects[0])
    start, end = read.sentence.tokens[below[0]].start, read.sentence.tokens[below[-1]].end
    named: list[Member] = [b.body for b in _outer(read, start, end)]
    groups = [
        _counted_group(context, read, q.start, end)
        for q in read.quantities
        if start <= q.start < end and q.unit is None
    ]
    return [*named, *groups]


def _outer(read: ReadSentence, start: int, end: int) -> list[BodyMention]:
    inside = [b for b in read.bodies if start <= b.start and b.end <= end]
    return [b for b in inside if not any(o != b and o.start <= b.start and b.end <= o.end for o in inside)]


def _counted_group(context: Context, read: ReadSentence, start: int, end: int) -> Group:
    quantity = next(q for q in read.quantities if q.start == start)
    return Group(context.words(start, end).strip(" ,"), int(quantity.value))


def _items(context: Context, read: ReadSentence, head: int) -> list[Member]:
    """Return the items of a list: named bodies by name, all else in the document's words, counted where they are."""
    sentence = read.sentence
    items: list[Member] = []
    for node in _conjuncts(sentence, head):
        body = mention_at(read.bodies, sentence.tokens[node].start)
        if body:
            items.append(body.body)
            continue
        cut = [
            c
            for c in sentence.children[node]
            if sentence.tokens[c].dep in {"conj", "cc", "relcl", "appos", "punct", "det", "acl"}
        ]
        inside = sentence.subtree(node, without=cut)
        start, end = sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end
        size = next((int(q.value) for q in read.quantities if start <= q.start < end and q.unit is None), None)
        items.append(Group(context.words(start, end), size))
    return items


def _conjuncts(sentence: Sentence, head: int) -> list[int]:
    found = [head]
    for child in sentence.children[head]:
        if sentence.tokens[child].dep == "conj" and sentence.tokens[child].pos in {"NOUN", "PROPN"}:
            found += _conjuncts(sentence, child)
    return found


# facts ------------------------------------------------------------------------------------------------------------
def _fact(context: Context, read: ReadSentence, named: _Named) -> Fact:
    tokens = read.sentence.tokens
    near = range(named.first, named.last + 3)
    own = area_in_name(Body(named.name))
    area, judgement = (own, None) if own and own != CHINA else context.areas.at(read.number, named.head, near)
    members = tuple(_members(context, read, named.head))
    content = Platform(
        named.name, area, members, _levels(read.sentence, named.head), _coverage(context, read, named.head)
    )
    whole = bool(members)
    start = tokens[0].start if whole else tokens[named.first].start
    end = tokens[-1].end if whole else tokens[named.last].end
    return context.fact(read, content, start, end, [judgement])


def _levels(sentence: Sentence, head: int) -> tuple[str, ...]:
    words = [sentence.tokens[i].text.lower() for i in sentence.subtree(head) if i < head]
    found = [LEVELS[word] for word in words if word in LEVELS]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else ()


def _coverage(context: Context, read: ReadSentence, head: int) -> str | None:
    """Return what it covers: the object of a 'covering' that hangs below it."""
    sentence = read.sentence
    for i in sentence.subtree(head):
        if sentence.tokens[i].lemma == "cover" and sentence.tokens[i].pos == "VERB":
            objects = [c for c in sentence.children[i] if sentence.tokens[c].dep == "dobj"]
            if objects:
                below = sentence.subtree(objects[0])
                return context.words(sentence.tokens[below[0]].start, sentence.tokens[below[-1]].end)
    return None


def _joined(context: Context, read: ReadSentence, fact: Fact) -> Fact:
    """Add the members that a sentence with 'it' or 'the alliance' as its subject names."""
    content = cast("Platform", fact.content)
    last_word = content.name.split()[-1].lower()
    for token in read.sentence.tokens:
        if token.dep in {"nsubj", "nsubjpass"} and token.text.lower() in {"it", last_word}:
            verb = read.sentence.tokens[token.head]
            holds = [c for c in (verb.i, *read.sentence.children[verb.i]) if _holds(read.sentence, c)]
            if holds:
                members = tuple(_listed(context, read, holds[0], holds[0]))
                return replace(fact, content=replace(content, members=(*content.members, *members)))
    return fact


def _holds(sentence: Sentence, i: int) -> bool:
    return sentence.tokens[i].pos == "VERB" and sentence.tokens[i].lemma in load_lexicon()["hold-verb"]
