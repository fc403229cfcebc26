"""'The China-EU agreement on …': two parties joined by a hyphen before the noun."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shanxi_kg.extraction.agreements.subjects import about
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.facts import Agreement, Body, Fact
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

PAIR = re.compile(
    r"\b([A-Z][A-Za-z]+)[-–]([A-Z][A-Za-z]+)(?: [\w-]+){0,3}? "
    r"(?:[Aa]greement|[Aa]ccord|[Pp]act|[Tt]reaty|[Mm]emorandum|M[Oo]U|deal|FTA)\b"
)


def named_pairs(context: Context, read: ReadSentence) -> Iterator[Fact]:
    """Give the agreements that a hyphened pair names, one of them at least an area."""
    sentence = read.sentence
    for match in PAIR.finditer(context.reading.document.text, sentence.start, sentence.end):
        found = [mention_at(read.places, match.start(group)) for group in (1, 2)]
        i = sentence.at(match.start())
        before = {token.text.lower() for token in sentence.tokens[max(0, (i or 0) - 2) : i or 0]}
        if not any(found) or before & load_lexicon()["unreal-modifier"] or "no" in before:
            continue
        parties = tuple(place.area if place else Body(match[g]) for place, g in zip(found, (1, 2), strict=True))
        behind = sentence.at(match.end())
        subject = about(context, read, behind) if behind is not None else None
        yield context.fact(read, Agreement(parties, subject), match.start(), match.end())
