"""What holds for all facts of one document, gathered before any of them is turned into triples."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Triple

    from shanxi_kg.documents import Document


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity: its IRI, its preferred label, the triples that describe it, and its name as the document writes it."""

    iri: NamedNode
    label: str
    triples: tuple[Triple, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker of a document: 'person', 'organization' or 'group', and the posts that the document gives a person."""

    kind: str
    posts: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """A document and its IRI; the bodies that it tells of, and their units, by bare name; its speakers by name."""

    document: Document
    node: NamedNode
    bodies: dict[str, Entity] = field(default_factory=dict)
    units: dict[str, Entity] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)
