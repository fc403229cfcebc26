"""Search over labels, English and Chinese: words go in, the things that have such a name come out, best first."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from shanxi_kg.namespaces import DCTERMS, FOAF, ID, ONTOLOGY, SKOS, SX
from shanxi_kg.pages.addresses import Address
from shanxi_kg.pages.browse import fact_counts
from shanxi_kg.pages.rendering import render
from shanxi_kg.pages.resource import kind_of, kind_word
from shanxi_kg.pages.statements import Statements
from shanxi_kg.pages.words import words

MOST = 60
NAMES = (SKOS["prefLabel"], SKOS["altLabel"], SKOS["hiddenLabel"], DCTERMS["title"], FOAF["name"], SX["surfaceForm"])
_LEFT_OUT = {"name", "judgement", "catalog", "distribution", "fact"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: its IRI and label, what its kind is called, and the name that fits, if another one."""

    iri: str
    label: str
    kind: str
    name: str
    facts: int


def fold(text: str) -> str:
    """Return a text as it is compared: case, width and marks aside.

    >>> fold("Lüliang"), fold("ＩＰ")
    ('luliang', 'ip')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


@lru_cache(maxsize=4)
def _names(statements: Statements) -> Mapping[str, tuple[str, ...]]:
    """Return the names of each thing that can be found, by IRI."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for node, triples in statements.of.items():
        if isinstance(node, NamedNode) and _is_found(node.value):
            for triple in triples:
                if triple.predicate in NAMES and isinstance(triple.object, Literal):
                    found[_meant(statements, node)][triple.object.value] = None
    return {iri: tuple(names) for iri, names in found.items()}


def _is_found(iri: str) -> bool:
    return iri.startswith(ONTOLOGY + "#") or (iri.startswith(ID) and kind_of(iri) not in _LEFT_OUT)


def _meant(statements: Statements, node: NamedNode) -> str:
    """Return the thing that a name leads to: what a mention mentions, else the node itself."""
    mentioned = statements.value(node, SX["mentionOf"])
    return mentioned.value if isinstance(mentioned, NamedNode) else node.value


def search(statements: Statements, text: str, language: str) -> list[Hit]:
    """Return what has a name with all the words of a text: whole names first, then beginnings, then the rest.

    Words are found anywhere in a name, as Chinese asks for; within a rank, what more facts name comes first.
    """
    wanted = fold(text)
    ranked = sorted(_ranked(statements, wanted)) if wanted else []
    return [_hit(statements, iri, name, language) for *_, iri, name in ranked[:MOST]]


def _ranked(statements: Statements, wanted: str) -> Iterator[tuple[int, int, int, str, str]]:
    counts, parts = fact_counts(statements), wanted.split()
    for iri, names in _names(statements).items():
        found = [(_rank(fold(name), wanted), len(name), name) for name in names if all(p in fold(name) for p in parts)]
        if found:
            rank, length, name = min(found)
            yield rank, -counts[iri], length, iri, name


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    return 1 if name.startswith(wanted) else 2 if f" {wanted}" in f" {name}" else 3


def _hit(statements: Statements, iri: str, name: str, language: str) -> Hit:
    label = statements.label(NamedNode(iri), language)
    kind = words(language)["ontology"] if iri.startswith(ONTOLOGY) else kind_word(iri, language)
    return Hit(iri, label, kind, name if name != label else "", fact_counts(statements)[iri])


def search_page(text: str, hits: list[Hit] | None, language: str) -> str:
    """Return the page of a search with what it found; with None the page searches by itself, by a script."""
    return render("search.html", Address("search.html", language), text=text, hits=hits)
