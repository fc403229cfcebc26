"""The values that comparing takes and gives. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """A span of a document, and its words."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A published fact as it is compared.

    `subjects` are the IRIs of what it is about and, for an indicator, of what is counted; `fields` are its values as
    texts, by the names of their properties; `evidence` is where it stands, `claims` what the text adds to it.
    """

    iri: str
    document: str
    kind: str
    label: str
    subjects: frozenset[str]
    fields: Mapping[str, Values]
    evidence: Words
    claims: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """What documents tell of, with the values of its properties as texts."""

    iri: str
    label: str
    fields: Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class State:
    """A graph: facts and entities by IRI, and what is said of each document, by name; `name` is how it was given."""

    name: str
    facts: Mapping[str, StatedFact]
    documents: Mapping[str, Mapping[str, Values]]
    entities: Mapping[str, Entity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its old and new values; either is empty where there were or are none."""

    field: str
    old: Values
    new: Values


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that stayed, but not as it was: `fields` have other values; none has where only its words changed."""

    old: StatedFact
    new: StatedFact
    fields: tuple[FieldChange, ...] = ()

    @property
    def is_moved(self) -> bool:
        """Whether the same words merely stand elsewhere in the text."""
        pairs = zip((self.old.evidence, *self.old.claims), (self.new.evidence, *self.new.claims), strict=False)
        same_number = len(self.old.claims) == len(self.new.claims)
        return not self.fields and same_number and all(old.quote == new.quote for old, new in pairs)


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity of both states of which something else is said now."""

    iri: str
    label: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """What changed in one document.

    `state` is 'added', 'withdrawn' or 'changed', `fields` what else is said of the document. The facts: `added`,
    `withdrawn`, `changed` in value, and changed in `evidence` only.
    """

    document: str
    state: str
    fields: tuple[FieldChange, ...] = ()
    added: tuple[StatedFact, ...] = ()
    withdrawn: tuple[StatedFact, ...] = ()
    changed: tuple[FactChange, ...] = ()
    evidence: tuple[FactChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is no difference at all."""
        facts = (self.added, self.withdrawn, self.changed, self.evidence)
        return self.state == "changed" and not self.fields and not any(facts)


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences between two states, by document and by entity; `old` and `new` are how the states were given."""

    old: str
    new: str
    documents: tuple[DocumentChanges, ...] = ()
    entities: tuple[EntityChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.entities)

    @property
    def counts(self) -> dict[str, int]:
        """The number of facts added, withdrawn, changed in value and changed in evidence only."""
        parts = ("added", "withdrawn", "changed", "evidence")
        return {part: sum(len(getattr(one, part)) for one in self.documents) for part in parts}
