"""history.ttl: which release was the first to hold each fact. The history so far and a release go in, triples come out.

A release is a build that was given a name. A fact that is withdrawn stays in the history, so that one which comes back
keeps its first release. Building the latest release again takes back what that release alone had brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.errors import GraphError, OntologyError, UsageError
from shanxi_kg.folders import HISTORY, settled
from shanxi_kg.namespaces import DCTERMS, PROV, SKOS, SX, mint
from shanxi_kg.triples.entities import describe, english, types
from shanxi_kg.turtle import parse_file

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class History:
    """The names of the releases, the oldest first, and the name of the first release of each fact."""

    releases: tuple[str, ...] = ()
    first: Mapping[NamedNode, str] = field(default_factory=dict)


def read_history(folder: Path) -> History:
    """Read the history of a graph folder, empty where it has none; GraphError where history.ttl is broken."""
    path = settled(folder) / HISTORY
    if not path.exists():
        return History()
    try:
        return _history(parse_file(path))
    except OntologyError as error:
        raise GraphError(str(error)) from error
    except (KeyError, ValueError) as error:
        raise GraphError(f"{path}: its releases do not follow one another: {error}; restore the file") from error


def opened(history: History, name: str) -> History:
    """Return the history with a release that holds nothing yet; the latest may be opened again.

    Raises UsageError where the name is none, or that of an older release.
    """
    if not name.strip() or name != name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UsageError(f"{name!r}: is no name of a release; give up to {LONGEST_NAME} printable characters")
    if name in history.releases[:-1]:
        latest = history.releases[-1]
        raise UsageError(f"{name}: is an older release; give {latest} to build the latest one again, or a new name")
    first = {fact: release for fact, release in history.first.items() if release != name}
    return History(tuple(dict.fromkeys((*history.releases, name))), first)


def holding(history: History, facts: Iterable[NamedNode]) -> History:
    """Return the history with the facts that the latest release holds, as far as none before it has held them."""
    return History(history.releases, {**dict.fromkeys(facts, history.releases[-1]), **history.first})


def history_triples(history: History) -> tuple[Triple, ...]:
    """Return a history as RDF."""
    described = (
        triple
        for before, name in zip((None, *history.releases), history.releases, strict=False)
        for triple in describe(
            mint("release", name),
            *types(SX["Release"], PROV["Entity"]),
            (SKOS["prefLabel"], english(name)),
            (DCTERMS["identifier"], Literal(name)),
            (DCTERMS["replaces"], mint("release", before) if before else None),
        )
    )
    first = (Triple(fact, SX["firstRelease"], mint("release", name)) for fact, name in history.first.items())
    return (*described, *first)


def _history(triples: Iterable[Triple]) -> History:
    names: dict[str, str] = {}
    next_release: dict[str, str] = {}
    first: dict[NamedNode, str] = {}
    for subject, predicate, value in triples:
        if not (isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal)):
            continue
        if predicate == DCTERMS["identifier"]:
            names[subject.value] = value.value
        elif predicate == DCTERMS["replaces"]:
            next_release[value.value] = subject.value
        elif predicate == SX["firstRelease"]:
            first[subject] = value.value
    releases = tuple(names[release] for release in _in_order(set(names), next_release))
    return History(releases, {fact: names[release] for fact, release in first.items()})


def _in_order(releases: set[str], next_release: Mapping[str, str]) -> list[str]:
    """Return the releases, the oldest first; ValueError where they are no chain."""
    oldest = releases - set(next_release.values())
    found = sorted(oldest)[:1]
    while found and found[-1] in next_release and len(found) < len(releases):
        found.append(next_release[found[-1]])
    if set(found) != releases or not releases.issuperset((*next_release, *next_release.values())):
        raise ValueError("one of them does not replace the one before")
    return found
