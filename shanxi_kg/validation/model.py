"""What a validation finds: violations of shapes, and the error of a gate that cannot decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shanxi_kg.errors import GraphError

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    from shanxi_kg.facts import Evidence


class GateError(GraphError):
    """The gate itself failed: nothing of the document may be published."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a fact breaks a shape.

    `fact` is the fact's IRI, or that of the node at fault where it belongs to no fact; `focus` the node at fault;
    `path` the IRI of the property, or several joined by blanks; `value` the term that broke the shape; `severity` one
    of 'Violation', 'Warning' and 'Info'; `component` the IRI of SHACL's constraint component, none for grounding.
    """

    fact: str
    shape: str
    message: str
    focus: str
    path: str | None = None
    value: NamedNode | Literal | None = None
    severity: str = "Violation"
    evidence: Evidence | None = None
    component: str | None = None

    def __str__(self) -> str:
        place = f" (at {self.evidence.start}: {self.evidence.quote!r})" if self.evidence else ""
        return f"<{self.fact}>: {self.message}{place}"


def order(one: Violation) -> tuple[str, ...]:
    """Return the key by which violations are sorted."""
    return (one.focus, one.shape, one.path or "", str(one.value), one.message, one.component or "")
