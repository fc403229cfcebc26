"""Campaigns by their proper names ('the Clean Net Action'), where no other policy of the document tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shanxi_kg.extraction.areas import AreaFound
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.phrases import VERBS, children_by, is_negated, left_edge
from shanxi_kg.extraction.policies.actions import HEDGES
from shanxi_kg.extraction.seats import CHINA
from shanxi_kg.facts import Fact, Policy
from shanxi_kg.language import Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

AIMS = frozenset({"against", "on", "for", "over"})
ASIDE = 8  # tokens behind a name in which an apposition says whose campaign it is
QUOTES = frozenset({'"', "“", "”", "''", "``"})
CALLED = frozenset({"call", "name", "dub", "codename", "title"})
AIMING = frozenset({"aim", "target", "combat", "fight", "promote", "protect", "curb", "focus"})


@dataclass(frozen=True, slots=True)
class _Name:
    """A campaign's words and their tokens."""

    text: str
    first: int
    last: int


def named_campaigns(context: Context, told: Sequence[str]) -> Iterator[Fact]:
    """Give a policy for each campaign named or described; `told` is the evidence of the policies found otherwise."""
    seen: set[str] = set()
    for read in context:
        for token in read.sentence.tokens:
            name = _campaign(context, read, token)
            if name and name.text not in seen and not any(_is_told(quote, token, name.text) for quote in told):
                seen.add(name.text)
                yield _fact(context, read, token.i, name)


def _is_told(quote: str, token: Token, name: str) -> bool:
    """Tell whether a policy found already tells of a campaign: by its name, or by the noun where it has none."""
    return name in quote or (not token.text[:1].isupper() and token.lemma.lower() in quote)


def _campaign(context: Context, read: ReadSentence, token: Token) -> _Name | None:
    if token.dep in {"compound", "nmod", "appos", "attr"} or token.text.lower() not in load_lexicon()["campaign-head"]:
        return None
    if token.text[:1].isupper() or _is_named(read, token.i):
        first, last = _first(read, token.i), token.i
        return _name(context, read, first, last) if first < token.i else None
    return _described(context, read, token)


def _is_named(read: ReadSentence, head: int) -> bool:
    """Tell whether two capitalised words stand before the noun ('the Blue Sky campaign')."""
    words = [t for t in read.sentence.tokens[max(0, head - 4) : head] if t.pos != "PUNCT"]
    before = words[-2:]
    places = any(mention_at(read.places, t.start) or mention_at(read.bodies, t.start) for t in before)
    capitals = all(t.text[:1].isupper() and t.pos in {"PROPN", "ADJ", "NOUN"} for t in before)
    return len(before) == 2 and capitals and not places


def _described(context: Context, read: ReadSentence, token: Token) -> _Name | None:
    """Read 'a special campaign against piracy': new by its article, and told by what it is against or for."""
    sentence = read.sentence
    articles = {sentence.tokens[c].text.lower() for c in children_by(sentence, token.i, {"det"})}
    aims = [c for c in children_by(sentence, token.i, {"prep"}) if sentence.tokens[c].text.lower() in AIMS]
    behind = [c for c in children_by(sentence, token.i, {"acl"}) if c > token.i]
    aims += [c for c in behind if sentence.tokens[c].lemma in AIMING | CALLED]
    governor = next((a for a in sentence.ancestors(token.i) if sentence.tokens[a].pos in VERBS), None)
    if not articles & {"a", "an"} or not aims or (governor is not None and is_negated(sentence, governor, HEDGES)):
        return None
    first = left_edge(sentence, token.i)
    cut = [c for i in sentence.subtree(aims[0]) for c in children_by(sentence, i, {"relcl", "appos"})]
    return _name(context, read, first + 1, max(sentence.subtree(aims[0], without=cut)))


def _name(context: Context, read: ReadSentence, first: int, last: int) -> _Name:
    tokens = read.sentence.tokens
    while tokens[last].pos == "PUNCT":
        last -= 1
    quotes = sum(token.text in QUOTES for token in tokens[first : last + 1])
    last += quotes % 2 and last + 1 < len(tokens) and tokens[last + 1].text in QUOTES
    return _Name(context.words(tokens[first].start, tokens[last].end), first, last)


def _first(read: ReadSentence, head: int) -> int:
    tokens, barred = read.sentence.tokens, load_lexicon()["not-in-name"]
    first = head
    while first > 0 and _is_of_name(tokens[first - 1]) and tokens[first - 1].text.lower() not in barred:
        first -= 1
    return first


def _is_of_name(token: Token) -> bool:
    return token.text[:1].isupper() or token.text in {'"', "'", "''", "``"}


def _fact(context: Context, read: ReadSentence, head: int, name: _Name) -> Fact:
    area, judgement = _area(context, read, head)
    tokens = read.sentence.tokens
    period, period_judgement = context.periods.at(read.number, head)
    content = Policy(name.text, area, None, period)
    return context.fact(read, content, tokens[name.first].start, tokens[name.last].end, [judgement, period_judgement])


def _area(context: Context, read: ReadSentence, head: int) -> AreaFound:
    """Return whose campaign it is: what is said of it in apposition, else the area that holds there."""
    sentence = read.sentence
    aside = [i for c in children_by(sentence, head, {"appos"}) for i in sentence.subtree(c)]
    follower = sentence.tokens[head + 1].text if head + 1 < len(sentence.tokens) else ""
    if not aside and follower == ",":
        aside = [t.i for t in sentence.tokens[head + 2 : head + ASIDE]]
    words = {sentence.tokens[i].text.lower() for i in aside}
    if words & {"chinese", "national", "nationwide"}:
        return CHINA, None
    return context.areas.at(read.number, head, aside)
