"""The description of a graph for data portals: a graph folder goes in, DCAT-AP 3.0.1 and VoID triples come out.

What needs no figure stands in ontology/dataset.ttl. All else is computed from the published files: the sizes and
checksums of the exports, the days that the documents are from, statistics, links, and what the build used. Nothing is
read from a clock, so the same graph has the same description.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Triple

from shanxi_kg import turtle
from shanxi_kg.catalog.distributions import Exported, distribution_triples
from shanxi_kg.catalog.provenance import CATALOG, DATASET, coverage_triples, date_triples, provenance_triples
from shanxi_kg.catalog.statistics import linkset_triples, statistics_triples
from shanxi_kg.exports import export_all
from shanxi_kg.folders import published_files
from shanxi_kg.ontology import file_triples, prefixes
from shanxi_kg.store import authority_files

__all__ = ["CATALOG", "DATASET", "catalog_triples", "catalog_turtle"]


def catalog_triples(folder: Path, exported: Exported | None = None) -> tuple[Triple, ...]:
    """Describe a graph folder as a DCAT catalogue with one dataset, its distributions, statistics and links.

    `exported` are the files of the distributions, where they are made already, such as those of the reduced profile.
    Raises GraphError where the folder is none.
    """
    published = {triple for path in published_files(folder) for triple in turtle.parse_file(path)}
    authority = {triple for path in authority_files() for triple in turtle.parse_file(path)}
    described = file_triples("dataset")
    return (
        *(triple for triple in described if "/linked-dataset/" not in str(triple.subject)),
        *date_triples(published),
        *coverage_triples(published),
        *provenance_triples(published),
        *statistics_triples(published),
        *linkset_triples(published | authority, described),
        *distribution_triples(export_all(folder) if exported is None else exported),
    )


def catalog_turtle(folder: Path, exported: Exported | None = None) -> str:
    """Write the description of a graph folder as Turtle, as `catalog_triples` has it."""
    return turtle.serialize(catalog_triples(folder, exported), prefixes())
