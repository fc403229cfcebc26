"""decisions.ttl: decisions go in and come out, whether a command or a hand wrote them.

What a hand wrote is checked as it is read, and an error names the file, the line and what to mend. A file is replaced
at once; statements that are no decision's stay in it, comments do not outlive a command.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg import turtle
from shanxi_kg.decisions.model import Decision, FactDecision, Merge, Stamp, verb
from shanxi_kg.decisions.reading import CLASSES, Statements, read_statements
from shanxi_kg.errors import GraphError, OntologyError
from shanxi_kg.folders import DECISIONS, settled
from shanxi_kg.namespaces import DCTERMS, FOAF, PROV, RDFS, SX, XSD, mint, slug
from shanxi_kg.ontology import prefixes
from shanxi_kg.triples.entities import describe, english, types


def read_decisions(folder: Path) -> tuple[Decision, ...]:
    """Return the decisions of a graph folder, the older first; none where it has no decisions.ttl.

    Raises GraphError, with file and line, where the file is broken, a decision is incomplete or two contradict.
    """
    path = settled(folder) / DECISIONS
    return read_statements(_statements(path)) if path.exists() else ()


def add_decisions(folder: Path, added: Iterable[Decision]) -> None:
    """Add decisions to the decisions.ttl of a graph folder; GraphError, and the old file, where they do not fit in."""
    path = settled(folder) / DECISIONS
    given = _statements(path).triples if path.exists() else ()
    triples = tuple(dict.fromkeys(chain(given, *map(decision_triples, added))))
    text = turtle.serialize(triples, prefixes())
    read_statements(Statements(path, text, triples))
    _replace(path, text)


def decision_triples(decision: Decision) -> tuple[Triple, ...]:
    """Return a decision as RDF, with the agent who made it."""
    return (*describe(decision.iri, *_values(decision)), *_author(decision.stamp))


def _values(decision: Decision) -> Iterator[tuple[NamedNode, NamedNode | Literal | None]]:
    yield from types(SX["Decision"], CLASSES[verb(decision)], PROV["Entity"])
    yield PROV["wasAttributedTo"], _agent(decision.stamp.author)
    yield DCTERMS["date"], Literal(decision.stamp.date, datatype=XSD["date"])
    yield DCTERMS["description"], Literal(decision.stamp.reason)
    yield from ((DCTERMS["replaces"], iri) for iri in decision.replaces)
    if isinstance(decision, FactDecision):
        yield from _of_fact(decision)
    elif isinstance(decision, Merge):
        yield SX["keeps"], decision.kept
        yield from ((SX["merges"], iri) for iri in decision.merged)
        yield SX["entityLabel"], english(decision.label)
    else:
        yield SX["splits"], decision.entity
        yield SX["splitOff"], decision.new
        yield from ((SX["onDocument"], iri) for iri in decision.documents)
        yield SX["entityLabel"], english(decision.label)


def _of_fact(decision: FactDecision) -> Iterator[tuple[NamedNode, NamedNode | Literal | None]]:
    fact = decision.fact
    yield SX["onFact"], fact.iri
    yield SX["onDocument"], fact.document
    yield SX["onKind"], SX[f"{fact.kind.title()}Fact"]
    yield from ((SX["onSubject"], iri) for iri in fact.subjects)
    yield SX["onQuote"], Literal(fact.quote)
    if fact.value:
        yield SX["onValue"], Literal(fact.value, datatype=XSD["decimal"])
    if decision.field:
        yield SX["field"], Literal(decision.field)
        yield SX["correctedValue"], Literal(decision.value)


def _author(stamp: Stamp) -> tuple[Triple, ...]:
    return describe(
        _agent(stamp.author),
        *types(PROV["Agent"], FOAF["Agent"]),
        (FOAF["name"], Literal(stamp.author)),
        (RDFS["label"], english(stamp.author)),
    )


def _agent(name: str) -> NamedNode:
    return mint("agent", slug(name))


def _statements(path: Path) -> Statements:
    try:
        triples = tuple(turtle.parse_file(path))
    except OntologyError as error:
        raise GraphError(str(error)) from error
    return Statements(path, path.read_bytes().decode(), triples)


def _replace(path: Path, text: str) -> None:
    """Put a new file in the place of the old one, which is there until the new one is on the disk."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}; the decision is not kept") from error
    new = Path(file.name)
    new.chmod(path.stat().st_mode if path.exists() else 0o644)
    new.replace(path)
