"""The forms that a graph is exported in: name, file ending, media type and EU file type of each.

Six are RDF syntaxes, which hold all that the graph holds; the others are for people and tools without RDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from shanxi_kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: its name here, its file's ending and media type, and what portals are told of it.

    `file_type` is its key in the EU's list of file types; `packed` the media type of what is in an archive.
    """

    name: str
    ending: str
    media_type: str
    label: str
    file_type: str
    specification: str
    packed: str = ""


@dataclass(frozen=True, slots=True)
class Syntax:
    """An RDF syntax: a form with what pyoxigraph calls it, and whether it has named graphs."""

    name: str
    ending: str
    media_type: str
    label: str
    file_type: str
    specification: str
    format: RdfFormat
    has_graphs: bool = False


_W3C = "https://www.w3.org/TR/"

SYNTAXES: Mapping[str, Syntax] = {
    each.name: each
    for each in (
        Syntax("turtle", "ttl", "text/turtle", "Turtle", "RDF_TURTLE", _W3C + "turtle/", RdfFormat.TURTLE),
        Syntax(
            "ntriples", "nt", "application/n-triples", "N-Triples", "RDF_N_TRIPLES", _W3C + "n-triples/",
            RdfFormat.N_TRIPLES,
        ),
        Syntax(
            "nquads", "nq", "application/n-quads", "N-Quads", "RDF_N_QUADS", _W3C + "n-quads/", RdfFormat.N_QUADS, True
        ),
        Syntax("trig", "trig", "application/trig", "TriG", "RDF_TRIG", _W3C + "trig/", RdfFormat.TRIG, True),
        Syntax("jsonld", "jsonld", "application/ld+json", "JSON-LD", "JSON_LD", _W3C + "json-ld11/", RdfFormat.JSON_LD),
        Syntax(
            "rdfxml", "rdf", "application/rdf+xml", "RDF/XML", "RDF_XML", _W3C + "rdf-syntax-grammar/",
            RdfFormat.RDF_XML,
        ),
    )
}  # fmt: skip
"""The RDF syntaxes by name."""

FORMS: Mapping[str, Form | Syntax] = {
    **SYNTAXES,
    "csvw": Form("csvw", "zip", "application/zip", "CSV", "CSV", _W3C + "tabular-metadata/", "text/csv"),
    "graphml": Form(
        "graphml", "graphml", "application/xml", "GraphML", "XML", "http://graphml.graphdrawing.org/specification.html"
    ),
}
"""All forms by name."""


def form_of(path: Path) -> Form | Syntax:
    """Return the form that a file's ending names, before `.gz` where it has that; UsageError names the endings."""
    name = path.name.lower().removesuffix(".gz")
    ending = name.rpartition(".")[2]
    for form in FORMS.values():
        if form.ending == ending:
            return form
    endings = ", ".join("." + form.ending for form in FORMS.values())
    raise UsageError(f"{path}: the ending names no syntax; give --format, or one of {endings}")
