"""The fact types: what one document says, with the words that it says it in.

A `Fact` wraps one of the eight kinds of content with its evidence and the judgements that reading it took. Everything
here is a frozen value; nothing here knows RDF. Field names are those of CONTRACT.md's stored queries. Dates and periods
are ISO 8601 strings as precise as the text is ('2021', '2021-07', '2021-07-01', '2021-01/2021-08').
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Certainty(StrEnum):
    """How sure a fact is; the values are the keys of the code list `certainty`."""

    STATED = "stated"
    INFERRED = "inferred"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A span of a document: `text[start:end] == quote`, in Unicode code points, end exclusive."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision that turned words into a field: which field, by which rule, and the reading taken, as a sentence."""

    certainty: Certainty
    rule: str
    field: str
    reading: str


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative area: the name that the document uses and, where it has one, the key of the authority file."""

    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """An organization: the longest name that the document uses and, for a known body, the key of the authority file."""

    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of bodies that the text counts or mentions without naming them ('28 related agencies')."""

    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Regulation:
    """A law, regulation, rule, plan, opinion, guideline or standard."""

    title: str
    area: Area | None = None
    issued: str | None = None
    in_force: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement that binds its parties; `parties` are in the order of the text."""

    parties: tuple[Area | Body, ...]
    subject: str | None = None
    signed: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """A public body with a proper name."""

    body: Body
    parent: Body | None = None
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class Platform:
    """A system, platform, cluster, alliance, zone or fund that serves many.

    `levels` are keys of the code list `level` ('provincial'); `coverage` is what it is said to cover, in words.
    """

    name: str
    area: Area | None = None
    members: tuple[Body | Group, ...] = ()
    levels: tuple[str, ...] = ()
    coverage: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A named person in a role, attested on the document's date; `organization` is an area where that is served."""

    person: str
    role: str
    organization: Body | Area | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A stated quantity: no `unit` for plain counts; `change` in percent; `trend` is 'increase' or 'decrease'."""

    measure: str
    value: Decimal
    unit: str | None = None
    area: Area | None = None
    period: str | None = None
    status: str = "actual"
    change: Decimal | None = None
    trend: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One thing that a public body does or decides to support, protect, promote or enforce."""

    measure: str
    area: Area | None = None
    target: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says, quoted or reported. `speaker` names a person, a body or a group ('experts')."""

    speaker: str
    quote: str
    speaker_is: str = "person"


Content = Regulation | Agreement | Agency | Platform | Post | Indicator | Policy | Statement


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that one document says, with the words it stands on.

    `heading` is the section heading that it stands under. `claims` are purposes or effects that the text adds to it
    ('marking a new stage'). `speaker` is who the text makes answer for it; None where the reporter alone does.
    """

    content: Content
    evidence: Evidence
    judgements: tuple[Judgement, ...] = ()
    heading: str | None = None
    claims: tuple[Evidence, ...] = ()
    speaker: str | None = None

    @property
    def kind(self) -> str:
        """The kind's name in lower case: 'regulation', 'agreement'."""
        return type(self.content).__name__.lower()

    @property
    def certainty(self) -> Certainty:
        """The weakest of its judgements: ambiguous, else inferred, else stated."""
        found = {judgement.certainty for judgement in self.judgements}
        for level in (Certainty.AMBIGUOUS, Certainty.INFERRED):
            if level in found:
                return level
        return Certainty.STATED
