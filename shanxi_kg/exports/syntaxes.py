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
    """A form of export: its name here, its file's ending, its media type and its key in the EU's list of file types."""

    name: str
    ending: str
    media_type: str
    file_type: str


@dataclass(frozen=True, slots=True)
class Syntax:
    """An RDF syntax: a form with what pyoxigraph calls it, and whether it has named graphs."""

    name: str
    ending: str
    media_type: str
    file_type: str
    format: RdfFormat
    has_graphs: bool = False


SYNTAXES: Mapping[str, Syntax] = {
    syntax.name: syntax
    for syntax in (
        Syntax("turtle", "ttl", "text/turtle", "RDF_TURTLE", RdfFormat.TURTLE),
        Syntax("ntriples", "nt", "application/n-triples", "RDF_N_TRIPLES", RdfFormat.N_TRIPLES),
        Syntax("nquads", "nq", "application/n-quads", "RDF_N_QUADS", RdfFormat.N_QUADS, has_graphs=True),
        Syntax("trig", "trig", "application/trig", "RDF_TRIG", RdfFormat.TRIG, has_graphs=True),
        Syntax("jsonld", "jsonld", "application/ld+json", "JSON_LD", RdfFormat.JSON_LD),
        Syntax("rdfxml", "rdf", "application/rdf+xml", "RDF_XML", RdfFormat.RDF_XML),
    )
}
"""The RDF syntaxes by name."""

FORMS: Mapping[str, Form | Syntax] = {
    **SYNTAXES,
    "csvw": Form("csvw", "zip", "application/zip", "ZIP"),
    "graphml": Form("graphml", "graphml", "application/graphml+xml", "XML"),
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
