"""What a document says of one platform, gathered over its mentions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from shanxi_kg.extraction.areas import AreaFound
from shanxi_kg.extraction.context import Context
from shanxi_kg.extraction.platforms.names import Name
from shanxi_kg.facts import Body, Fact, Group, Judgement, Platform
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.mentions import ReadSentence


@dataclass(frozen=True, slots=True)
class Member:
    """A body or group that the words from `start` to `end` place in a platform."""

    who: Body | Group
    start: int
    end: int
    judgement: Judgement | None = None


@dataclass(slots=True)
class Record:
    """A platform: where and how it is named first, its area, and its members in the order of the text."""

    read: ReadSentence
    name: Name
    area: AreaFound
    coverage: str | None = None
    members: dict[str, Member] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)

    def add(self, members: Iterable[Member], judgement: Judgement | None, coverage: str | None = None) -> None:
        """Add the members that a mention tells of, and how the mention was resolved where it tells of any."""
        new = [member for member in members if member.who.name.lower() not in self.members]
        self.members.update((member.who.name.lower(), member) for member in new)
        self.coverage = self.coverage or coverage
        self.judgements += [member.judgement for member in new if member.judgement]
        if judgement and new:
            self.judgements.append(judgement)

    def has_groups(self) -> bool:
        """Tell whether a member is a group that the text counts, which a later sentence may name."""
        return any(isinstance(member.who, Group) and member.who.size for member in self.members.values())

    def fact(self, context: Context) -> Fact:
        """Return the platform as a fact, on its name and the words of the same sentence that name members."""
        area, area_judgement = (None, None) if self._is_elsewhere() else self.area
        members = sorted(self.members.values(), key=lambda member: member.start)
        content = Platform(self.name.text, area, tuple(m.who for m in members), self.name.levels, self.coverage)
        near = [m for m in members if self.read.sentence.start <= m.start < self.read.sentence.end]
        start = min([self.name.start, *(m.start for m in near)])
        end = max([self.name.end, *(m.end for m in near)])
        return context.fact(self.read, content, start, end, [area_judgement, *dict.fromkeys(self.judgements)])

    def _is_elsewhere(self) -> bool:
        """Tell whether an area was only inferred, and all members that are areas lie outside it."""
        (area, judgement), gazetteer = self.area, load_gazetteer()
        if judgement is None or area is None or area.key is None:
            return False
        names = [member.who.name for member in self.members.values() if isinstance(member.who, Group)]
        keys = [place.keys[0] for name in names for place in gazetteer.places(name)]
        return bool(keys) and not any(gazetteer.is_within(key, area.key) for key in keys)
