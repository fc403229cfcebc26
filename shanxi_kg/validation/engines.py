"""What breaks the shapes: triples and the name of a shapes file go in, sorted violations come out.

pyshacl is the reference, and each violation is one that it finds. Where shacl-rust is installed it looks first, and
only the nodes that it finds broken are left to pyshacl; most graphs have none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Triple

from shanxi_kg.validation import accelerator, shacl
from shanxi_kg.validation.literals import ill_typed, ill_typed_violation
from shanxi_kg.validation.model import Violation, order

ENGINES = ("shacl-rust", "pyshacl")
"""The engines by their speed, the fastest first; the last is always installed."""


def violations(triples: Iterable[Triple], shapes: str, engine: str | None = None) -> tuple[Violation, ...]:
    """Return the violations of a graph against ontology/<shapes>.ttl, sorted; GateError where an engine fails.

    A literal that does not fit its datatype ("2021-02-30"^^xsd:date) is a violation wherever it stands, and is taken
    out before, so that no engine stumbles over it. Without the name of an `engine` the fastest looks first.
    """
    given = frozenset(triples)
    wrong = frozenset(ill_typed(given))
    doubtful = _doubtful(given - wrong, shapes, engine or fastest())
    found = shacl.results(doubtful, shapes) if doubtful else ()
    return tuple(sorted((*found, *map(ill_typed_violation, wrong)), key=order))


def fastest() -> str:
    """Return the name of the fastest engine that is installed."""
    return "shacl-rust" if accelerator.is_installed() else "pyshacl"


def _doubtful(triples: frozenset[Triple], shapes: str, engine: str) -> frozenset[Triple]:
    """Return the triples that pyshacl is to look at: those of broken nodes and of all that these lead to."""
    if engine == "pyshacl":
        return triples
    nodes = accelerator.broken_nodes(triples, shapes)
    return triples if nodes and shacl.looks_back(shacl.load_shapes(shapes)) else _reached(triples, nodes)


def _reached(triples: frozenset[Triple], nodes: frozenset[str]) -> frozenset[Triple]:
    """Return the triples that can be reached from nodes, given as N-Triples terms, from subject to object."""
    by_subject: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples if nodes else ():
        by_subject[str(triple.subject)].append(triple)
    reached: set[Triple] = set()
    left = set(nodes)
    while left:
        found = [triple for node in left for triple in by_subject.pop(node, ())]
        reached.update(found)
        left = {str(triple.object) for triple in found}
    return frozenset(reached)
