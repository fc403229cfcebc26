"""What the workbench's editor completes and its forms offer: a store goes in, a JSON value of its vocabulary comes out.

Prefixes are those of ontology/prefixes.ttl; classes and properties are all that the graph uses or the ontology defines,
with their labels; places are those of the authority file. The order is that of the IRIs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from shanxi_kg.ontology import prefixes
from shanxi_kg.solutions import Value
from shanxi_kg.store import Store


class VocabularyTerm(TypedDict):
    """A class or property; labels and definition are None where the graph has none, and `en` is then its local name."""

    iri: str
    en: str
    zh: str | None
    definition: str | None


class PlaceName(TypedDict):
    """A place as a parameter takes it: by key or by name."""

    key: str
    iri: str
    en: str
    zh: str | None


class Vocabulary(TypedDict):
    """What can be completed."""

    prefixes: dict[str, str]
    classes: list[VocabularyTerm]
    properties: list[VocabularyTerm]
    places: list[PlaceName]


_TERMS = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?iri (STR(?enLabel) AS ?en) (STR(?zhLabel) AS ?zh) (STR(?definitionText) AS ?definition)
WHERE {
  { SELECT DISTINCT ?iri WHERE { %s } }
  OPTIONAL { ?iri skos:prefLabel ?enLabel . FILTER (LANG(?enLabel) = "en") }
  OPTIONAL { ?iri skos:prefLabel ?zhLabel . FILTER (LANG(?zhLabel) = "zh") }
  OPTIONAL { ?iri skos:definition ?definitionText . FILTER (LANG(?definitionText) = "en") }
}
ORDER BY ?iri
"""
_USED = {
    "classes": "{ ?some a ?iri } UNION { ?iri a owl:Class }",
    "properties": "{ ?some ?iri ?any } UNION { ?iri a owl:ObjectProperty } UNION { ?iri a owl:DatatypeProperty }",
}
_PLACES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sx: <https://w3id.org/shanxi-kg/ontology#>
SELECT ?iri (STR(?enLabel) AS ?en) (STR(?zhLabel) AS ?zh)
WHERE {
  ?iri a sx:AdministrativeDivision ; skos:prefLabel ?enLabel . FILTER (LANG(?enLabel) = "en")
  OPTIONAL { ?iri skos:prefLabel ?zhLabel . FILTER (LANG(?zhLabel) = "zh") }
}
ORDER BY ?iri
"""


def vocabulary(store: Store) -> Vocabulary:
    """Return what the workbench completes over this store.

    Raises QueryError where the store cannot be asked.
    """
    return Vocabulary(
        prefixes=dict(prefixes()),
        classes=_terms(store, "classes"),
        properties=_terms(store, "properties"),
        places=[_place(row) for row in store.select(_PLACES, "places").values()],
    )


def _terms(store: Store, kind: str) -> list[VocabularyTerm]:
    return [_term(row) for row in store.select(_TERMS % _USED[kind], kind).values()]


def _term(row: Mapping[str, Value]) -> VocabularyTerm:
    iri = str(row["iri"])
    return VocabularyTerm(
        iri=iri, en=_text(row["en"]) or _local_name(iri), zh=_text(row["zh"]), definition=_text(row["definition"])
    )


def _place(row: Mapping[str, Value]) -> PlaceName:
    iri = str(row["iri"])
    return PlaceName(key=_local_name(iri), iri=iri, en=str(row["en"]), zh=_text(row["zh"]))


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _local_name(iri: str) -> str:
    """Return what follows the last `/` or `#`.

    >>> _local_name("http://www.w3.org/ns/org#Post")
    'Post'
    """
    return iri.replace("#", "/").rpartition("/")[2]
