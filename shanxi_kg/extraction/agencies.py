"""Public bodies with proper names, their parents and their areas: a fact for each body that the document names.

'The Taiyuan Office of the China … Administration' gives the office, with the administration as parent, and that too.
Inner units in lower case ('the trade division of the … Bureau') are told by the rule for posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Agency, Body, Certainty, Fact, Judgement
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import BodyMention, ReadSentence

BELONGS = re.compile(
    r"(?:,? (?:which|that))?,? (?:(?:is|was) )?(?:(?:an?|the|now) )?(?:[a-z]+ )?"
    r"(?:(?:part|arm|branch|unit|division|affiliate|institution|school|college) (?:of|under)|under|within|at|belongs to"
    r"|belonging to|(?:affiliated|attached|subordinate) (?:to|with)|administered by) (?:the )?"
)


def find(context: Context) -> Iterator[Fact]:
    """Give one fact a body, on its first full name."""
    seen: set[str] = set()
    for read in context:
        for mention in read.bodies:
            if mention.identity in seen or mention.is_alias or _is_union(mention):
                continue
            seen.add(mention.identity)
            yield _agency(context, read, mention)


def _is_union(mention: BodyMention) -> bool:
    return mention.body.name.lower().removeprefix("the ") in load_lexicon()["union-of-states"]


def _agency(context: Context, read: ReadSentence, mention: BodyMention) -> Fact:
    parent = _parent(context, read, mention)
    area, judgement = context.areas.of_body(mention, read.number)
    content = Agency(mention.body, parent, area)
    judgements = [judgement, _shared_head(context, mention)]
    return context.fact(read, content, mention.start, mention.end, judgements)


def _parent(context: Context, read: ReadSentence, mention: BodyMention) -> Body | None:
    """Return the body whose name ends this one after an 'of', or that the words make its owner.

    They do by 's, by 'its', and by 'a part of', 'under' and the like behind the name.
    """
    for other in read.bodies:
        inside = mention.start < other.start and other.end == mention.end
        if inside and context.words(mention.start, other.start).split()[-1] in {"of", "the"}:
            return other.body
        if other.start > mention.end and BELONGS.fullmatch(context.reading.document.text, mention.end, other.start):
            return other.body
        if other.end < mention.start and context.words(other.end, mention.start) in {"'s", "’s"}:
            return other.body
    return _owner(context, read, mention)


def _owner(context: Context, read: ReadSentence, mention: BodyMention) -> Body | None:
    """Resolve 'its' before a name to the body that is the subject: 'the university founded its Institute of …'."""
    tokens = read.sentence.tokens
    i = read.sentence.at(mention.start)
    if not i or tokens[i - 1].text.lower() not in {"its", "their"}:
        return None
    earlier = [b for s in context.reading.sentences[: read.number + 1] for b in s.bodies if b.start < mention.start]
    heads = [t.text.lower() for t in tokens if t.dep == "nsubj" and t.i < i]
    named = [b for b in reversed(earlier) if any(head in b.body.name.lower() for head in heads)]
    return named[0].body if named else None


def _shared_head(context: Context, mention: BodyMention) -> Judgement | None:
    written = context.words(mention.start, mention.end)
    if mention.is_alias or mention.body.name in written or written in mention.body.name:
        return None
    reading = f"'{mention.body.name}' shares its head with other names of the list '{written}'."
    return Judgement(Certainty.INFERRED, "shared-head", "name", reading)
