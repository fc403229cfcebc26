"""Platforms: systems, platforms, clusters, alliances, zones and funds that serve many, and who is in them.

Each mention is found by its head noun and named by its modifiers; 'the alliance' later on, or 'it', is the one before.
One platform is one fact, on the words that name it first with those of that sentence that place members in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.platforms.members import members
from shanxi_kg.extraction.platforms.mentions import PlatformMention, mentions
from shanxi_kg.extraction.platforms.places import area_of
from shanxi_kg.extraction.platforms.record import Record
from shanxi_kg.facts import Fact


def find(context: Context) -> Iterator[Fact]:
    """Give one fact a platform, with the members that all its mentions place in it."""
    records: list[Record] = []
    for read in context:
        for mention in mentions(context, read, records):
            record = mention.record or _opened(context, mention, records)
            if record:
                coverage = mention.name.coverage if mention.name else None
                record.add(members(context, read, mention.token), mention.judgement, coverage)
    for record in records:
        yield record.fact(context)


def _opened(context: Context, mention: PlatformMention, records: list[Record]) -> Record | None:
    """Open a record for a platform that is named for the first time; None where nothing names it."""
    if mention.name is None:
        return None
    area = area_of(context, mention.read, mention.token, mention.name, records)
    record = Record(mention.read, mention.name, area, mention.name.coverage)
    records.append(record)
    return record
