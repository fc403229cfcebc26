"""The page of a minted IRI: the graph's statements and the IRI go in, HTML text or its triples come out.

A page says what is known of the thing in words, shows the facts that name it with their evidence, and links to what
names it. Documents and facts have pages of their own make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.namespaces import FOAF, ID, OA, RDF, RDFS, SCHEMA, SKOS, SX
from shanxi_kg.pages.addresses import LANGUAGES, Address, resource_path
from shanxi_kg.pages.facts import facts_of, is_fact, view_fact, view_source, view_term
from shanxi_kg.pages.paragraphs import paragraphs
from shanxi_kg.pages.phrases import Piece
from shanxi_kg.pages.rendering import render
from shanxi_kg.pages.statements import Statements, short
from shanxi_kg.pages.words import vocabulary, words

MOST_FACTS, MOST_LINKS = 200, 60
_NAMED_ABOVE = {SKOS["prefLabel"], RDFS["label"], SKOS["definition"], RDF["type"], FOAF["name"], SKOS["hiddenLabel"]}
_SAID_BY_FACTS = {SX["mentionOf"], SX["inDocument"], OA["hasSource"]}


@dataclass(frozen=True, slots=True)
class Row:
    """What a property is called, its IRI, and what stands on its other side; `left_out` more are not shown."""

    property: Piece
    values: tuple[Piece, ...]
    left_out: int = 0


def kind_of(iri: str) -> str:
    """Return the kind of a minted IRI, the first step of its path.

    >>> kind_of("https://w3id.org/shanxi-kg/id/code/level/provincial")
    'code'
    """
    return iri.removeprefix(ID).partition("/")[0]


def kind_word(iri: str, language: str) -> str:
    """Return what the kind of a minted IRI is called."""
    return words(language).get(f"kind.{kind_of(iri)}", words(language)["kind.thing"])


def resource_page(statements: Statements, iri: str, language: str) -> str | None:
    """Return the page of a minted IRI; None where the graph says nothing of it."""
    node, path = NamedNode(iri), resource_path(iri)
    if path is None or not (node in statements.of or node in statements.to):
        return None
    address = Address(f"{path}.html", language)
    if is_fact(statements, node):
        return _fact_page(statements, node, address)
    if SCHEMA["NewsArticle"] in statements.values(node, RDF["type"]):
        return _document_page(statements, node, address)
    return _thing_page(statements, node, address)


def _thing_page(statements: Statements, node: NamedNode, address: Address) -> str:
    facts = facts_of(statements, node)
    return render(
        "thing.html",
        address,
        **_head(statements, node, address),
        definition=_definition(statements, node, address.language),
        known=_known(statements, node, address.language),
        facts=[view_fact(statements, fact, address.language) for fact in facts[:MOST_FACTS]],
        left_out=max(0, len(facts) - MOST_FACTS),
        named_by=_named_by(statements, node, address.language),
    )


def _fact_page(statements: Statements, node: NamedNode, address: Address) -> str:
    return render(
        "fact.html",
        address,
        **_head(statements, node, address),
        fact=view_fact(statements, node, address.language),
        known=_known(statements, node, address.language),
        named_by=_named_by(statements, node, address.language),
    )


def _document_page(statements: Statements, node: NamedNode, address: Address) -> str:
    facts = [view_fact(statements, fact, address.language) for fact in facts_of(statements, node)]
    return render(
        "document.html",
        address,
        **_head(statements, node, address),
        source=view_source(statements, node),
        paragraphs=paragraphs(facts),
        known=_known(statements, node, address.language),
    )


def _head(statements: Statements, node: NamedNode, address: Address) -> Mapping[str, object]:
    other = next(language for language in LANGUAGES if language != address.language)
    label, translated = (statements.label(node, language) for language in (address.language, other))
    path = resource_path(node.value)
    return {
        "iri": node.value,
        "kind": kind_of(node.value),
        "kind_word": kind_word(node.value, address.language),
        "label": label,
        "translated": translated if translated != label else "",
        "other": other,
        "files": {ending: f"{path}.{ending}" for ending in ("ttl", "jsonld")},
    }


def _definition(statements: Statements, node: NamedNode, language: str) -> str:
    found = [text for text in statements.values(node, SKOS["definition"]) if isinstance(text, Literal)]
    return next((text.value for text in found if text.language == language), found[0].value if found else "")


def _known(statements: Statements, node: NamedNode, language: str) -> list[Row]:
    """Return what the node's own statements say, but for what stands in the page's head; the types come last."""
    found: dict[NamedNode, list[Piece]] = defaultdict(list)
    for triple in statements.of.get(node, ()):
        if triple.predicate not in _NAMED_ABOVE and _is_readable(triple, language):
            found[triple.predicate].append(view_term(statements, triple.object, language))
    rows = [_row(statements, predicate, pieces, language) for predicate, pieces in found.items()]
    types = [view_term(statements, term, language) for term in statements.values(node, RDF["type"])]
    return [*sorted(rows, key=lambda row: row.property.text), _row(statements, RDF["type"], types, language)]


def _is_readable(triple: Triple, language: str) -> bool:
    """Leave out what the page says in its other language."""
    spoken = triple.object.language if isinstance(triple.object, Literal) else None
    return spoken in {None, language} or triple.predicate == SKOS["altLabel"] or language not in LANGUAGES


def _named_by(statements: Statements, node: NamedNode, language: str) -> list[Row]:
    """Return what names the node, by property; facts, mentions and spans are shown elsewhere."""
    found: dict[NamedNode, list[Piece]] = defaultdict(list)
    for triple in statements.to.get(node, ()):
        if triple.predicate not in _SAID_BY_FACTS and not is_fact(statements, triple.subject):
            found[triple.predicate].append(view_term(statements, triple.subject, language))
    rows = [_row(statements, predicate, pieces, language) for predicate, pieces in found.items()]
    return sorted(rows, key=lambda row: row.property.text)


def _row(statements: Statements, predicate: NamedNode, pieces: list[Piece], language: str) -> Row:
    ordered = sorted(set(pieces), key=lambda piece: (piece.text, piece.iri or ""))
    name = property_word(statements, predicate, language)
    return Row(name, tuple(ordered[:MOST_LINKS]), max(0, len(ordered) - MOST_LINKS))


def property_word(statements: Statements, predicate: NamedNode, language: str) -> Piece:
    """Return what a property or class is called: by its own label, by our word for it, or by its short IRI."""
    own = statements.given_label(predicate, language)
    return Piece(own or vocabulary(language).get(short(predicate), short(predicate)), predicate.value)


def description(statements: Statements, iri: str) -> list[Triple]:
    """Return the triples that the RDF files of a minted IRI hold.

    They are those of the thing and those that name it; a fact brings its span and judgements along, a document its
    spans, so that what is linked can be read in the same file.
    """
    node = NamedNode(iri)
    found = dict.fromkeys((*statements.of.get(node, ()), *statements.to.get(node, ())))
    for triple in list(found):
        for near in (triple.subject, triple.object):
            if _belongs(near, node):
                found.update(dict.fromkeys(statements.of.get(near, ())))  # type: ignore[arg-type]
    return list(found)


def _belongs(near: object, node: NamedNode) -> bool:
    """Say whether a neighbour is read only together with the node: its spans, its judgements."""
    if not isinstance(near, NamedNode) or near == node:
        return False
    is_fact_of_ours = kind_of(node.value) == "fact"
    return near.value.startswith(node.value + "#") or (
        is_fact_of_ours and (kind_of(near.value) == "judgement" or "#char=" in near.value)
    )
