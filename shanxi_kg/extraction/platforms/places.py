"""The area of a platform: named in its name, that of what it belongs to, else the one that holds at its mention."""

from __future__ import annotations

from collections.abc import Sequence

from shanxi_kg.extraction.areas import AreaFound
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.phrases import children_by, subject_of
from shanxi_kg.extraction.platforms.names import Name
from shanxi_kg.extraction.platforms.record import Record
from shanxi_kg.facts import Area, Certainty, Judgement
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.mentions import ReadSentence


def area_of(context: Context, read: ReadSentence, token: int, name: Name, records: Sequence[Record]) -> AreaFound:
    """Return the area of a new platform at a token, with the judgement that it took."""
    named = [p for p in load_gazetteer().places(name.text) if p.keys[0] != "CN"]
    if name.is_proper and named:
        return Area(named[0].surface, named[0].keys[0]), None
    owner = _owner(read, token, records)
    if owner and owner.area[0]:
        reading = f"The area is read as {owner.area[0].name}: that of {owner.name.text}, which it belongs to."
        return owner.area[0], Judgement(Certainty.INFERRED, "area-of-the-owner", "area", reading)
    clauses = children_by(read.sentence, token, {"relcl", "acl", "appos", "conj"})
    near = [*range(name.first, name.last + 1), *read.sentence.subtree(token, without=clauses)]
    return context.areas.at(read.number, token, near)


def _owner(read: ReadSentence, token: int, records: Sequence[Record]) -> Record | None:
    """Return the platform that owns or runs a platform: 'the zone's alliance', 'the alliance runs a platform'."""
    sentence = read.sentence
    owners = children_by(sentence, token, {"poss"})
    verb = sentence.tokens[token].head
    subject = subject_of(sentence, verb) if sentence.tokens[token].dep == "dobj" else None
    candidates = [*owners, *([subject] if subject is not None else [])]
    for i in candidates:
        lemma = sentence.tokens[i].lemma.lower()
        for record in reversed(records):
            if record.name.head == lemma:
                return record
    return None
