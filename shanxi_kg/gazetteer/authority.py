"""The authority files ontology/places.ttl and ontology/organizations.ttl, read into one gazetteer.

A resource with sx:level is an area, one with org:classification a body; a concept of places.ttl that has no level only
keeps its names from being taken for areas. The header of each file says how its labels are read.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from shanxi_kg.errors import OntologyError
from shanxi_kg.gazetteer.lookup import TYPES, Gazetteer
from shanxi_kg.gazetteer.model import KnownBody, Place
from shanxi_kg.namespaces import DCTERMS, ID, ORG, SKOS, SX
from shanxi_kg.resources import folder
from shanxi_kg.turtle import parse_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PLACES, BODIES = ID + "place/", ID + "organization/"
LEVELS = {"national": "country", "provincial": "province", "municipal": "prefecture", "county": "county"}
LEVEL_ORDER = list(LEVELS.values())
HEADLINE_LENGTH = 5  # shorter names, when in capitals, are as likely acronyms
LABELS = tuple(SKOS[name].value for name in ("prefLabel", "altLabel", "hiddenLabel"))
LEVEL, RANK, BROADER = SX["level"].value, SX["namesakeRank"].value, SKOS["broader"].value
PARENT, AREA, CLASSIFICATION = (
    ORG["subOrganizationOf"].value,
    DCTERMS["spatial"].value,
    ORG["classification"].value,
)

Description = dict[str, list[NamedNode | Literal]]


@cache
def load_gazetteer() -> Gazetteer:
    """Read the two authority files of ontology/, once.

    >>> load_gazetteer().place("140100").name
    'Taiyuan'
    """
    return read_gazetteer(folder("ontology") / "places.ttl", folder("ontology") / "organizations.ttl")


def read_gazetteer(places_file: Path, bodies_file: Path) -> Gazetteer:
    """Read two authority files; OntologyError where a label or a level is missing or two bodies share a name."""
    areas, bodies = _describe(places_file), _describe(bodies_file)
    places = {place.key: place for place in (_place(iri, d) for iri, d in areas.items() if LEVEL in d)}
    known = {body.key: body for body in (_body(iri, d) for iri, d in bodies.items() if CLASSIFICATION in d)}
    return Gazetteer(places, known, _place_names(areas, places), _body_names(bodies))


def _describe(path: Path) -> dict[str, Description]:
    """Return what the file says of each resource: IRI to predicate to objects."""
    described: dict[str, Description] = {}
    for subject, predicate, value in parse_file(path):
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            described.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)
    return described


def _place(iri: str, description: Description) -> Place:
    name, name_zh = _names(iri, description)
    level = description[LEVEL][0].value.rpartition("/")[2]
    if level not in LEVELS:
        raise OntologyError(f"{iri}: {level!r} is no level of an area; use one of {', '.join(LEVELS)}")
    return Place(iri.removeprefix(PLACES), name, name_zh, LEVELS[level], _key(description, BROADER, PLACES))


def _body(iri: str, description: Description) -> KnownBody:
    name, name_zh = _names(iri, description)
    parent, area = _key(description, PARENT, BODIES), _key(description, AREA, PLACES)
    return KnownBody(iri.removeprefix(BODIES), name, name_zh, parent, area)


def _names(iri: str, description: Description) -> tuple[str, str]:
    labels = {v.language: v.value for v in description.get(LABELS[0], []) if isinstance(v, Literal)}
    if not labels.keys() >= {"en", "zh"}:
        raise OntologyError(f"{iri}: has no skos:prefLabel in English and Chinese; add them")
    return labels["en"], labels["zh"]


def _key(description: Description, predicate: str, namespace: str) -> str | None:
    return next((value.value.removeprefix(namespace) for value in description.get(predicate, [])), None)


def _english(description: Description) -> Iterator[str]:
    for predicate in LABELS:
        for value in description.get(predicate, []):
            if isinstance(value, Literal) and value.language == "en":
                yield value.value


def _place_names(areas: dict[str, Description], places: dict[str, Place]) -> dict[str, tuple[str, ...]]:
    """Return the areas of each surface form, likeliest first; none for the names that mean no area."""
    found: dict[str, set[str]] = defaultdict(set)
    for iri, description in areas.items():
        key = iri.removeprefix(PLACES)
        for label in _english(description):
            for form in _place_forms(label, places.get(key)):
                found[form].update({key} & places.keys())
    ranks = {iri.removeprefix(PLACES): int(d[RANK][0].value) for iri, d in areas.items() if RANK in d}

    def rank(key: str) -> tuple[int, int, str]:
        return LEVEL_ORDER.index(places[key].level), ranks.get(key, 0), key

    return {form: tuple(sorted(keys, key=rank)) for form, keys in found.items()}


def _place_forms(label: str, place: Place | None) -> Iterable[str]:
    """Give the ways to write a label: type word in capitals, accents as marks of their own, a headline's capitals."""
    yield label
    yield unicodedata.normalize("NFD", label)
    stem, word = _split(label)
    if word:
        yield f"{stem} {word.title()}"
    elif place and place.level != "county" and len(label) >= HEADLINE_LENGTH:
        yield label.upper()


def _split(label: str) -> tuple[str, str]:
    """Split a label from its type word, the longest that fits; the word is empty where it has none."""
    for word in sorted(TYPES, key=len, reverse=True):
        if label.endswith(f" {word}"):
            return label.removesuffix(f" {word}"), word
    return label, ""


def _body_names(bodies: dict[str, Description]) -> dict[str, str]:
    names: dict[str, str] = {}
    for iri, description in bodies.items():
        if CLASSIFICATION not in description:
            continue
        key = iri.removeprefix(BODIES)
        for form in {form for label in _english(description) for form in _body_forms(label)}:
            if names.setdefault(form, key) != key:
                raise OntologyError(
                    f"{iri}: its name {form!r} is also one of {names[form]!r}; give it to one of the two"
                )
    return names


def _body_forms(label: str) -> Iterable[str]:
    """Give the ways to write a body's name: 'and' as '&', 'of the' as 'of', type word in capitals, accents as marks."""
    stem, word = _split(label)
    for form in (label, f"{stem} {word.title()}".strip()):
        for spelled in (form, unicodedata.normalize("NFD", form)):
            for joined in (spelled, spelled.replace(" and ", " & ")):
                yield joined
                yield joined.replace(" of the ", " of ")
