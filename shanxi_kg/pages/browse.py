"""Lists of what has a page: the kinds of things, and the members of one kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from shanxi_kg.namespaces import SCHEMA, SKOS, SX, mint
from shanxi_kg.pages.addresses import LANGUAGES, Address
from shanxi_kg.pages.facts import Source, view_source
from shanxi_kg.pages.phrases import Piece
from shanxi_kg.pages.rendering import render
from shanxi_kg.pages.statements import Statements, minted

KINDS = {
    "regulation": "regulations",
    "policy": "policies",
    "agreement": "agreements",
    "organization": "organizations",
    "platform": "platforms",
    "person": "persons",
    "post": "posts",
    "place": "places",
    "indicator": "indicators",
    "statement": "statements",
    "period": "periods",
    "decision": "decisions",
}
"""The kinds of things that a reader may want to leaf through, and the word for many of them."""


@dataclass(frozen=True, slots=True)
class Member:
    """A thing in a list: its names, and how many facts name it."""

    piece: Piece
    translated: str
    facts: int


@lru_cache(maxsize=4)
def fact_counts(statements: Statements) -> Counter[str]:
    """Return how many facts name each thing, by its IRI."""
    counts: Counter[str] = Counter()
    for fact in statements.instances(SX["Fact"]):
        counts.update({triple.object.value for triple in statements.of[fact] if isinstance(triple.object, NamedNode)})
    return counts


def members(statements: Statements, kind: str, language: str) -> list[Member]:
    """Return the things of a kind by name."""
    other = next(spoken for spoken in LANGUAGES if spoken != language)
    counts, found = fact_counts(statements), []
    for node in minted(statements, mint(kind, "").value):
        label, translated = (statements.label(node, spoken) for spoken in (language, other))
        found.append(Member(Piece(label, node.value), translated if translated != label else "", counts[node.value]))
    return sorted(found, key=lambda member: (member.piece.text.casefold(), member.piece.iri))


def documents(statements: Statements) -> list[tuple[Source, int]]:
    """Return the documents with the number of facts read from each, the latest first, undated ones last."""
    counts = fact_counts(statements)
    nodes = [node for node in statements.instances(SCHEMA["NewsArticle"]) if isinstance(node, NamedNode)]
    found = [(view_source(statements, node), counts[node.value]) for node in sorted(nodes, key=str)]
    return sorted(found, key=lambda pair: pair[0].issued, reverse=True)


def code_lists(statements: Statements, language: str) -> list[tuple[Piece, int]]:
    """Return the code lists with the number of their concepts, by name."""
    schemes = [node for node in statements.instances(SKOS["ConceptScheme"]) if isinstance(node, NamedNode)]
    found = [
        (Piece(statements.label(node, language), node.value), len(statements.subjects(SKOS["inScheme"], node)))
        for node in schemes
    ]
    return sorted(found, key=lambda pair: pair[0].text)


def kinds(statements: Statements) -> dict[str, int]:
    """Return the number of things of each kind that there are any of."""
    counts = {kind: sum(1 for _ in minted(statements, mint(kind, "").value)) for kind in KINDS}
    return {kind: number for kind, number in counts.items() if number}


def browse_page(statements: Statements, language: str) -> str:
    """Return the page that lists the kinds, the code lists and the documents."""
    return render(
        "browse.html",
        Address("browse.html", language),
        kinds=kinds(statements),
        plurals=KINDS,
        lists=code_lists(statements, language),
        documents=documents(statements),
    )


def kind_page(statements: Statements, kind: str, language: str) -> str:
    """Return the page that lists the things of a kind: those that facts name, then those of the authority file."""
    found = members(statements, kind, language)
    return render(
        "kind.html",
        Address(f"kind/{kind}.html", language),
        plural=KINDS[kind],
        named=[member for member in found if member.facts],
        others=[member for member in found if not member.facts],
    )


def place_labels(statements: Statements, language: str) -> dict[str, str]:
    """Return the names of all places by IRI, for a map to show."""
    places = (node for node in statements.instances(SX["AdministrativeDivision"]) if isinstance(node, NamedNode))
    return {node.value: statements.label(node, language) for node in sorted(places, key=str)}


def place_labels_path(language: str) -> str:
    """Return the path of the file with the names of all places."""
    return f"workbench/places-{language}.json"
