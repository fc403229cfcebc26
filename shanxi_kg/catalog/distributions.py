"""The files in which the dataset can be had: exports go in, a distribution for each form comes out.

Sizes and checksums are those of the bytes that `shanxi-kg export` writes of the whole graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.catalog.provenance import DATASET
from shanxi_kg.exports import Form, Syntax
from shanxi_kg.namespaces import ADMS, BASE, DCAT, DCATAP, DCTERMS, LANGUAGE, RDF, SPDX, VOID, XSD, Namespace, mint

AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")
MEDIA_TYPES = Namespace("https://www.iana.org/assignments/media-types/")
_TYPE = RDF["type"]
_DESCRIPTIONS = {
    "named graphs": (
        "All published facts, each document in its named graph.",
        "全部已发布的事实，每份文档位于其命名图中。",
    ),
    "merged": ("All published facts of all documents as one graph.", "所有文档已发布的全部事实，合为一图。"),
    "csvw": (
        "A ZIP archive with one CSV table a kind of fact and CSVW metadata.",
        "ZIP 压缩包，每类事实一个 CSV 表，并附 CSVW 元数据。",
    ),
}


Exported = Iterable[tuple[Form | Syntax, bytes]]


def distribution_triples(exported: Exported) -> Iterator[Triple]:
    """Yield the distributions that the exports of a graph are, each with the size and the SHA-256 of its file."""
    for form, content in exported:
        distribution, address = mint("distribution", form.name), NamedNode(f"{BASE}graph.{form.ending}")
        yield Triple(DATASET, DCAT["distribution"], distribution)
        if isinstance(form, Syntax):
            yield Triple(DATASET, VOID["dataDump"], address)
        yield Triple(distribution, _TYPE, DCAT["Distribution"])
        yield Triple(distribution, DCAT["accessURL"], address)
        yield Triple(distribution, DCAT["downloadURL"], address)
        yield from _description(distribution, form)
        yield from _terms(distribution)
        yield from _file(distribution, form, content)


def _description(distribution: NamedNode, form: Form | Syntax) -> Iterator[Triple]:
    kind = "named graphs" if isinstance(form, Syntax) and form.has_graphs else "merged"
    english, chinese = _DESCRIPTIONS.get(form.name, _DESCRIPTIONS[kind])
    yield Triple(distribution, DCTERMS["title"], Literal(f"The graph as {form.label}", language="en"))
    yield Triple(distribution, DCTERMS["title"], Literal(f"{form.label} 格式的图谱", language="zh"))
    yield Triple(distribution, DCTERMS["description"], Literal(english, language="en"))
    yield Triple(distribution, DCTERMS["description"], Literal(chinese, language="zh"))
    yield Triple(distribution, DCTERMS["conformsTo"], NamedNode(form.specification))
    for code in ("ENG", "ZHO"):
        yield Triple(distribution, DCTERMS["language"], LANGUAGE[code])


def _terms(distribution: NamedNode) -> Iterator[Triple]:
    yield Triple(distribution, DCTERMS["license"], AUTHORITY["licence/CC_BY_4_0"])
    yield Triple(distribution, DCTERMS["rights"], AUTHORITY["access-right/PUBLIC"])
    yield Triple(distribution, DCATAP["availability"], AUTHORITY["planned-availability/STABLE"])
    yield Triple(distribution, ADMS["status"], AUTHORITY["distribution-status/COMPLETED"])


def _file(distribution: NamedNode, form: Form | Syntax, content: bytes) -> Iterator[Triple]:
    checksum, digest = mint("checksum", form.name), hashlib.sha256(content).hexdigest()
    yield Triple(distribution, DCTERMS["format"], AUTHORITY[f"file-type/{form.file_type}"])
    if isinstance(form, Form) and form.packed:
        yield Triple(distribution, DCAT["packageFormat"], MEDIA_TYPES[form.media_type])
        yield Triple(distribution, DCAT["mediaType"], MEDIA_TYPES[form.packed])
    else:
        yield Triple(distribution, DCAT["mediaType"], MEDIA_TYPES[form.media_type])
    yield Triple(distribution, DCAT["byteSize"], Literal(str(len(content)), datatype=XSD["nonNegativeInteger"]))
    yield Triple(distribution, SPDX["checksum"], checksum)
    yield Triple(checksum, _TYPE, SPDX["Checksum"])
    yield Triple(checksum, SPDX["algorithm"], SPDX["checksumAlgorithm_sha256"])
    yield Triple(checksum, SPDX["checksumValue"], Literal(digest, datatype=XSD["hexBinary"]))
