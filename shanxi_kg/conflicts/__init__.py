"""What only all documents together tell: their published triples go in, conflicts, agreement and figures come out.

Facts that cannot all hold become a conflict, facts that only look so a note; each names all facts, in what they differ
and the likely reason. Nothing is dropped and nobody wins. A copied article is marked, since it confirms nothing, and
counts once where facts are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.conflicts import arithmetic, copies, events, quantities
from shanxi_kg.conflicts.claims import Accord, Enactment, Graph, Holding, Quantity, claims_in, graph_of
from shanxi_kg.conflicts.corroborations import corroborations
from shanxi_kg.conflicts.figures import figures
from shanxi_kg.conflicts.model import Comparison, Copies
from shanxi_kg.folders import SOURCES, settled
from shanxi_kg.namespaces import DCTERMS, PROV, RDFS, SKOS, SX, XSD, digest, mint
from shanxi_kg.store import Selection, Store, open_selection, select_until
from shanxi_kg.triples.entities import describe, english, types

__all__ = ["Comparison", "conflict_triples", "document_texts", "open_as_of"]

_NO_TEXTS: Mapping[NamedNode, str] = MappingProxyType({})


def conflict_triples(published: Iterable[Triple], texts: Mapping[NamedNode, str] = _NO_TEXTS) -> tuple[Triple, ...]:
    """Return what the documents of published triples say against one another, agree on and copy, and the figures.

    `texts` are those of the documents, by IRI; copies are only found among these. The same triples give the same
    result, in whatever order they come.
    """
    graph = graph_of(published)
    copied = _copies(graph, texts)
    found = _once(compare(graph, copied))
    links = (Triple(copy, SX["copyOf"], original) for copy, original in sorted(copied.originals.items(), key=str))
    told = (triple for one in found for triple in _written(one))
    return (*told, *links, *corroborations(graph, copied), *figures(graph, copied))


def document_texts(folder: Path) -> dict[NamedNode, str]:
    """Return the texts of a graph folder that can be read, by the IRIs of their documents."""
    found: dict[NamedNode, str] = {}
    for path in sorted((folder / SOURCES).glob("*.txt")):
        try:
            found[mint("document", path.stem)] = path.read_bytes().decode()
        except (OSError, UnicodeDecodeError):  # the audit says so; without its text a document is no copy
            continue
    return found


def open_as_of(folder: Path, day: date) -> tuple[Store, Selection]:
    """Open a graph folder as its documents up to a day would have it, and say which documents that leaves out.

    What documents say against one another is found anew for these. Decisions hold whenever they were made: they are on
    the reading of a document, not on what was known.
    """
    selection = select_until(folder, day)
    published = [triple for triples in selection.documents.values() for triple in triples]
    texts = document_texts(settled(folder))
    told = {mint("document", path.stem): texts.get(mint("document", path.stem), "") for path in selection.documents}
    return open_selection(selection, conflict_triples(published, told)), selection


def compare(graph: Graph, copied: Copies) -> Iterator[Comparison]:
    """Yield all comparisons of the claims of a graph."""
    claims = claims_in(graph)
    counted = [claim for claim in claims if isinstance(claim, Quantity)]
    yield from quantities.differing(counted, copied, graph)
    yield from arithmetic.mismatches(counted, graph)
    yield from events.dates((claim for claim in claims if isinstance(claim, Enactment)), copied, graph)
    yield from events.holders((claim for claim in claims if isinstance(claim, Holding)), copied, graph)
    yield from events.confirmations((claim for claim in claims if isinstance(claim, Accord)), graph)


def _copies(graph: Graph, texts: Mapping[NamedNode, str]) -> Copies:
    """Return each copy's original: of documents that share a text the one of the earliest date, else the first name."""
    names = {document.value: document for document in texts}
    originals: dict[NamedNode, NamedNode] = {}
    for name, group in copies.copies({document.value: text for document, text in texts.items()}).items():
        first = min(group, key=lambda one: (graph.text(names[one], DCTERMS["issued"]) or "9999", one))
        if name != first:
            originals[names[name]] = names[first]
    return Copies(originals)


def _once(found: Iterable[Comparison]) -> list[Comparison]:
    return list({_iri(one): one for one in found}.values())


def _iri(one: Comparison) -> NamedNode:
    kind = "note" if one.is_note else "conflict"
    return mint(kind, digest(one.dimension, *one.key))


def _written(one: Comparison) -> tuple[Triple, ...]:
    expected = None if one.expected is None else Literal(f"{one.expected:f}", datatype=XSD["decimal"])
    return describe(
        _iri(one),
        *types(SX["Comparison"], SX["Note" if one.is_note else "Conflict"], PROV["Entity"]),
        (SKOS["prefLabel"], english(one.label)),
        (RDFS["comment"], english(one.says)),
        (SX["dimension"], mint("code", "dimension", one.dimension)),
        (SX["likelyReason"], mint("code", "likely-reason", one.reason)),
        *((DCTERMS["subject"], subject) for subject in one.subjects),
        *((SX["compares"], told.fact) for told in one.told),
        (SX["expectedValue"], expected),
    )
