"""SHACL by shacl-rust, where that is installed: it finds the nodes that break a shape many times sooner than pyshacl.

Triples go in as N-Triples, with their lexical forms as they are. What is wrong with the nodes is pyshacl's to say: of
two values that cannot be compared shacl-rust reports nothing, though it reports that one of them is no such value.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, serialize

from shanxi_kg.errors import UsageError
from shanxi_kg.validation.model import GateError
from shanxi_kg.validation.shacl import load_shapes

if TYPE_CHECKING:
    import rdflib


@cache
def is_installed() -> bool:
    """Say whether shacl-rust can be used."""
    return find_spec("shacl_rust") is not None


def broken_nodes(triples: Iterable[Triple], name: str) -> frozenset[str]:
    """Return the focus nodes that break a shape of ontology/<name>.ttl, as N-Triples terms.

    UsageError where shacl-rust is not installed, GateError where it fails.
    """
    if not is_installed():
        raise UsageError("shacl-rust is not installed; install shanxi-kg[fast], or take pyshacl")
    import shacl_rust

    graph, shapes = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode(), _ntriples(load_shapes(name))
    formats = {"data_format": "nt", "shapes_format": "nt"}
    try:
        report = shacl_rust.validate(graph, shapes, **formats, experimental_index=True)
    except (ValueError, RuntimeError) as error:
        raise GateError(f"ontology/{name}.ttl: validation failed: {error}; nothing is published") from error
    if not (report["results"] or report["conforms"]):
        raise GateError(f"ontology/{name}.ttl: validation failed without a result; nothing is published")
    return frozenset(result["focusNode"] for result in report["results"])


@cache
def _ntriples(shapes: rdflib.Graph) -> str:
    """Return the shapes without what they say to people, which costs time at every call."""
    import rdflib
    from rdflib.namespace import SH

    asked = rdflib.Graph()
    for triple in shapes:
        if triple[1] not in {SH.message, SH.name, SH.description}:
            asked.add(triple)
    return asked.serialize(format="nt")
