"""The ontology folder, loaded once: the triples of its files, the prefixes, and what they say of one thing.

Files go in by name, pyoxigraph triples come out. What the triples mean is said in the files; nothing here judges them.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from shanxi_kg.errors import OntologyError
from shanxi_kg.namespaces import SH, SKOS
from shanxi_kg.resources import folder
from shanxi_kg.turtle import parse_file

if TYPE_CHECKING:
    from collections.abc import Mapping

Subject = NamedNode | BlankNode | Triple

AUTHORITY_FILES = ("codes", "places", "organizations")


@cache
def file_triples(name: str) -> tuple[Triple, ...]:
    """Return the triples of ontology/<name>.ttl, in the order of the file; OntologyError where it is broken or missing.

    >>> len(file_triples("prefixes")) > 40
    True
    """
    return tuple(parse_file(folder("ontology") / f"{name}.ttl"))


@cache
def prefixes() -> Mapping[str, str]:
    """Return the namespaces by prefix, as ontology/prefixes.ttl declares them, sorted by prefix.

    >>> prefixes()["sx"]
    'https://w3id.org/shanxi-kg/ontology#'
    """
    names = {t.subject: _text(t) for t in file_triples("prefixes") if t.predicate == SH["prefix"]}
    spaces = {t.subject: _text(t) for t in file_triples("prefixes") if t.predicate == SH["namespace"]}
    if not names or names.keys() != spaces.keys():
        raise OntologyError("ontology/prefixes.ttl: a declaration lacks its sh:prefix or sh:namespace; mend the file")
    return MappingProxyType(dict(sorted((names[node], spaces[node]) for node in names)))


@cache
def authority() -> Mapping[Subject, tuple[Triple, ...]]:
    """Return what the code lists and authority files say, by subject: the concepts, places and known bodies."""
    statements: dict[Subject, list[Triple]] = defaultdict(list)
    for name in AUTHORITY_FILES:
        for triple in file_triples(name):
            statements[triple.subject].append(triple)
    return MappingProxyType({subject: tuple(triples) for subject, triples in statements.items()})


def preferred_label(subject: NamedNode, language: str = "en") -> str | None:
    """Return the preferred label of a concept, place or known body; None where it has none in that language.

    >>> from shanxi_kg.namespaces import mint
    >>> preferred_label(mint("code", "level", "provincial")), preferred_label(mint("code", "level", "none"))
    ('provincial', None)
    """
    for triple in authority().get(subject, ()):
        label = triple.object
        if triple.predicate == SKOS["prefLabel"] and isinstance(label, Literal) and label.language == language:
            return label.value
    return None


def _text(triple: Triple) -> str:
    if not isinstance(triple.object, Literal):
        raise OntologyError(f"ontology/prefixes.ttl: {triple} should end in a literal; mend the file")
    return triple.object.value
