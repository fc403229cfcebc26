"""The code lists: concepts by scheme and key, and the concepts that a text names.

Text goes in, keys of ontology/codes.ttl come out. A concept is found by its English labels (preferred, alternative and
hidden) as whole words, whatever their case, with or without a plural s, the longest first. No grammar is read here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from shanxi_kg.errors import OntologyError
from shanxi_kg.namespaces import SKOS, mint
from shanxi_kg.ontology import file_triples

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEMES = mint("code", "").value
_LABELS = (SKOS["prefLabel"], SKOS["altLabel"], SKOS["hiddenLabel"])
_HEAD_ENDS = re.compile(r"\s(?:of|on|for|in|at|under|to|about|concerning|regarding|with|between|by)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a code list; `label` is the preferred one in English, `labels` all English ones, `broader` a key."""

    key: str
    label: str
    labels: tuple[str, ...]
    broader: str | None = None


def code(scheme: str, key: str) -> NamedNode:
    """Return the IRI of a concept; OntologyError where the scheme has no such key.

    >>> code("certainty", "stated").value
    'https://w3id.org/shanxi-kg/id/code/certainty/stated'
    """
    if key not in concepts(scheme):
        known = ", ".join(concepts(scheme))
        raise OntologyError(f"ontology/codes.ttl: scheme {scheme!r} has no concept {key!r}; use one of {known}")
    return mint("code", scheme, key)


def concepts(scheme: str) -> Mapping[str, Concept]:
    """Return the concepts of a scheme by key, sorted; OntologyError where there is no such scheme.

    >>> list(concepts("trend"))
    ['decrease', 'increase']
    """
    try:
        return _all_concepts()[scheme]
    except KeyError:
        known = ", ".join(sorted(_all_concepts()))
        raise OntologyError(f"ontology/codes.ttl: no scheme {scheme!r}; use one of {known}") from None


def concepts_in(text: str, scheme: str) -> tuple[str, ...]:
    """Return the keys of the concepts that a text names, in the order in which it first names them.

    >>> concepts_in("geographical indications, Olympic signs and patents", "ip-kind")
    ('geographical-indication', 'olympic-sign', 'patent')
    """
    return tuple(dict.fromkeys(_occurrences(text, scheme)))


def concept_named(label: str, scheme: str) -> str | None:
    """Return the key of the concept that has this very label, whatever its case; None where none has.

    >>> concept_named("US dollars", "unit"), concept_named("micrograms of US dollars", "unit")
    ('us-dollars', None)
    """
    pattern, keys = _matcher(scheme)
    match = pattern.fullmatch(label)
    return keys[match.lastindex or 0] if match else None


def narrowest(keys: tuple[str, ...], scheme: str) -> tuple[str, ...]:
    """Drop each key that is broader than another one of the tuple.

    >>> narrowest(("intellectual-property", "patent", "invention-patent", "copyright"), "ip-kind")
    ('invention-patent', 'copyright')
    """
    covered = {ancestor for key in keys for ancestor in broader_keys(key, scheme)}
    return tuple(key for key in keys if key not in covered)


def broader_keys(key: str, scheme: str) -> tuple[str, ...]:
    """Return the keys above a concept, the nearest first.

    >>> broader_keys("invention-patent", "ip-kind")
    ('patent', 'intellectual-property')
    """
    above: list[str] = []
    parent = concepts(scheme)[key].broader
    while parent is not None and parent not in above:
        above.append(parent)
        parent = concepts(scheme)[parent].broader
    return tuple(above)


def head_concept(name: str, scheme: str) -> str | None:
    """Return the key of the concept that the head of a name has: the last one before the first preposition.

    >>> head_concept("Taiyuan Office of the China National Intellectual Property Administration", "body-kind")
    'office'
    >>> head_concept("Measures on the Implementation of the Patent Law", "legal-act")
    'measures'
    """
    head = _HEAD_ENDS.split(name, maxsplit=1)[0]
    found = _occurrences(head, scheme) or _occurrences(name, scheme)[:1]
    return found[-1] if found else None


def _occurrences(text: str, scheme: str) -> list[str]:
    pattern, keys = _matcher(scheme)
    return [keys[match.lastindex or 0] for match in pattern.finditer(text)]


@cache
def _all_concepts() -> Mapping[str, Mapping[str, Concept]]:
    labels: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    preferred: dict[tuple[str, str], str] = {}
    broader: dict[tuple[str, str], str] = {}
    for triple in file_triples("codes"):
        concept = _concept_of(triple.subject)
        if concept is None:
            continue
        if isinstance(triple.object, Literal) and triple.predicate in _LABELS and triple.object.language == "en":
            labels[concept][triple.object.value] = None
            if triple.predicate == SKOS["prefLabel"]:
                preferred[concept] = triple.object.value
        elif triple.predicate == SKOS["broader"]:
            broader[concept] = str(triple.object).rstrip(">").rpartition("/")[2]
    schemes: dict[str, dict[str, Concept]] = defaultdict(dict)
    for scheme, key in sorted(labels):
        name = (scheme, key)
        schemes[scheme][key] = Concept(key, preferred.get(name, key), tuple(labels[name]), broader.get(name))
    return MappingProxyType({scheme: MappingProxyType(found) for scheme, found in schemes.items()})


def _concept_of(subject: object) -> tuple[str, str] | None:
    """Return scheme and key of a concept's IRI; None for a scheme and whatever else is no concept."""
    if not isinstance(subject, NamedNode) or not subject.value.startswith(_SCHEMES):
        return None
    scheme, slash, key = subject.value.removeprefix(_SCHEMES).partition("/")
    return (scheme, key) if slash else None


@cache
def _matcher(scheme: str) -> tuple[re.Pattern[str], list[str]]:
    """Return one pattern with a group a label, the longest first, and the keys by group number (0 is unused)."""
    labels = {label.casefold(): concept.key for concept in concepts(scheme).values() for label in concept.labels}
    ordered = sorted(labels, key=lambda label: (-len(label), label))
    groups = "|".join(f"({_written(label)})" for label in ordered)
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)", re.IGNORECASE), ["", *(labels[label] for label in ordered)]


def _written(label: str) -> str:
    """Return the pattern of a label: blanks and hyphens stand for each other, and a word may end in a plural s."""
    words = r"[-\s]+".join(re.escape(word) for word in re.split(r"[-\s]+", label))
    return words + ("(?:e?s)?" if label[-1:].isalpha() else "")
