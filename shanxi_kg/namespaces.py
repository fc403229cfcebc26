"""The namespaces of the graph, and the one place where IRIs are minted.

Text goes in, IRIs come out: the same content always gives the same IRI, and nothing here reads a clock, a counter or a
file. Terms of a vocabulary are written `SX["Fact"]`; resources are minted as `…/id/<kind>/<name>`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from urllib.parse import quote

from pyoxigraph import NamedNode

BASE = "https://w3id.org/shanxi-kg/"
ONTOLOGY = BASE + "ontology"
ID = BASE + "id/"


@dataclass(frozen=True, slots=True)
class Namespace:
    """A namespace IRI; indexing it by a local name gives the term.

    >>> Namespace("http://purl.org/dc/terms/")["title"]
    <NamedNode value=http://purl.org/dc/terms/title>
    """

    iri: str

    def __getitem__(self, local: str) -> NamedNode:
        """Return the term with that local name."""
        return _node(self.iri + local)


SX = Namespace(ONTOLOGY + "#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SKOSXL = Namespace("http://www.w3.org/2008/05/skos-xl#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
ADMS = Namespace("http://www.w3.org/ns/adms#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VOID = Namespace("http://rdfs.org/ns/void#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SCHEMA = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
QB = Namespace("http://purl.org/linked-data/cube#")
SDMX_DIMENSION = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")
SDMX_MEASURE = Namespace("http://purl.org/linked-data/sdmx/2009/measure#")
SDMX_ATTRIBUTE = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
SH = Namespace("http://www.w3.org/ns/shacl#")
LANGUAGE = Namespace("http://publications.europa.eu/resource/authority/language/")

SLUG_LENGTH = 80
_APOSTROPHES = re.compile("['’‘ʼ`]")
_NOT_A_WORD = re.compile("[^a-z0-9]+")
_DIAERESIS = "\N{COMBINING DIAERESIS}"


@cache
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


def mint(kind: str, *parts: str) -> NamedNode:
    """Return the IRI `…/id/<kind>/<part>/…`; each part is put into NFC and percent-encoded.

    >>> mint("place", "CN-SX").value
    'https://w3id.org/shanxi-kg/id/place/CN-SX'
    >>> mint("code", "level", "provincial").value
    'https://w3id.org/shanxi-kg/id/code/level/provincial'
    """
    segments = (quote(unicodedata.normalize("NFC", part), safe="") for part in (kind, *parts))
    return NamedNode(ID + "/".join(segments))


def mint_span(document: NamedNode, start: int, end: int) -> NamedNode:
    """Return the IRI of a span of a document, by RFC 5147, in code points with the end exclusive.

    >>> mint_span(mint("document", "001"), 0, 38).value
    'https://w3id.org/shanxi-kg/id/document/001#char=0,38'
    """
    return NamedNode(f"{document.value}#char={start},{end}")


def digest(*parts: str, length: int = 12) -> str:
    """Return the first `length` hexadecimal digits of the SHA-256 of the parts.

    The parts are put into NFC and joined by U+001F, so that ("ab", "c") and ("a", "bc") differ.

    >>> digest("agency", "Shanxi IP Administration")
    '996d6add14b5'
    """
    joined = "\x1f".join(unicodedata.normalize("NFC", part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(text: str) -> str:
    """Return a readable ASCII name for a text: lower case, its words joined by '-', never empty.

    Apostrophes go, and umlauts lose their dots. Whatever else ASCII cannot hold (tone marks, other scripts) and what is
    cut off a long name is made up for by a digest, so that two names share a slug only where they share their words.

    >>> slug("Lüliang People's Congress")
    'luliang-peoples-congress'
    >>> slug("Shaanxi IP Administration"), slug("Shanxi IP Administration")
    ('shaanxi-ip-administration', 'shanxi-ip-administration')
    """
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", unicodedata.normalize("NFC", text)).casefold())
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    words = _NOT_A_WORD.sub("-", plain).strip("-")
    if len(words) <= SLUG_LENGTH and not _loses_letters(folded) and words:
        return words
    kept = words if len(words) <= SLUG_LENGTH else words[:SLUG_LENGTH].rpartition("-")[0] or words[:SLUG_LENGTH]
    return f"{kept}-{digest(folded, length=8)}".strip("-")


def _loses_letters(folded: str) -> bool:
    """Say whether a folded text holds letters, digits or marks beyond ASCII, the diaeresis apart."""
    beyond = (character for character in folded if not character.isascii() and character != _DIAERESIS)
    return any(unicodedata.category(character)[0] in "LMN" for character in beyond)


def document_name(relative_path: PurePath | str) -> str:
    """Return a document's name: its path below the folder given, the ending dropped, '/' written '--', in NFC.

    >>> document_name("2021/april/yangquan.txt")
    '2021--april--yangquan'
    """
    path = PurePath(relative_path)
    return unicodedata.normalize("NFC", path.with_suffix("").as_posix().replace("/", "--"))
