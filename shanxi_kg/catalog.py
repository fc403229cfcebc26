"""The description of a graph for data portals: its published triples go in, DCAT-AP 3 and VoID triples come out.

Counts, coverage and contents are those of the triples; nothing is read from a clock, so the same graph has the same
description. What is counted can be taken from each document once and put together later. Where the files can be had is
stated under the project's own namespace.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.exports import SYNTAXES, Syntax
from shanxi_kg.namespaces import BASE, DCAT, DCTERMS, FOAF, LANGUAGE, RDF, SCHEMA, VOID, XSD, Namespace, mint, slug

AUTHORITY = "http://publications.europa.eu/resource/authority/"
FILE_TYPES = {
    "turtle": "RDF_TURTLE",
    "ntriples": "RDF_N_TRIPLES",
    "nquads": "RDF_N_QUADS",
    "trig": "RDF_TRIG",
    "jsonld": "JSON_LD",
    "rdfxml": "RDF_XML",
}
TITLES = {"en": "Shanxi governance knowledge graph", "zh": "山西治理知识图谱"}
DESCRIPTIONS = {
    "en": "Facts on how a Chinese province is governed, read from news, each with the words that it stands on.",
    "zh": "从新闻中读取的关于中国省级治理的事实，每条事实均附有其原文依据。",
}
KEYWORDS = ("governance", "regulation", "intellectual property", "Shanxi", "knowledge graph")

CATALOG, DATASET = mint("catalog", "shanxi-kg"), mint("dataset", "graph")
_PUBLISHER = mint("agent", "shanxi-kg-contributors")
_LICENCE = NamedNode(AUTHORITY + "licence/CC_BY_4_0")
_TYPE = RDF["type"]


_SUBJECTS, _OBJECTS, _PROPERTY, _CLASS = "subjects", "objects", "property ", "class "
_HASH_SIZE = 8


@dataclass(frozen=True, slots=True)
class Contents:
    """What is counted of some triples, as hashes, so that what several documents say is counted once.

    `counted` says what: subjects, objects, the triples of a property, the subjects of a class; `numbers` how many
    hashes, of eight bytes each, stand for it in `hashes`, in that order. `days` are those printed on documents.
    """

    counted: tuple[str, ...]
    numbers: tuple[int, ...]
    hashes: bytes
    days: tuple[str, ...]


def catalog_triples(published: Iterable[Triple]) -> tuple[Triple, ...]:
    """Describe published triples as a DCAT catalog with one dataset, its distributions and its VoID statistics."""
    return described([contents_of(published)])


def contents_of(published: Iterable[Triple]) -> Contents:
    """Return what is counted of some published triples."""
    known = set(published)
    found: dict[str, set[bytes]] = defaultdict(set)
    for triple in known:
        subject = _hash(triple.subject)
        found[_SUBJECTS].add(subject)
        found[_OBJECTS].add(_hash(triple.object))
        found[_PROPERTY + triple.predicate.value].add(_hash(triple))
        if triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
            found[_CLASS + triple.object.value].add(subject)
    counted = tuple(sorted(found))
    hashes = b"".join(one for name in counted for one in sorted(found[name]))
    return Contents(counted, tuple(len(found[name]) for name in counted), hashes, tuple(sorted(_days(known))))


def described(parts: Iterable[Contents]) -> tuple[Triple, ...]:
    """Describe a graph of which each part holds some triples; what several parts hold is counted once."""
    known = tuple(parts)
    return (
        *_texts(CATALOG),
        *_texts(DATASET),
        *_catalog(),
        *_dataset(),
        *_coverage(sorted({day for part in known for day in part.days})),
        *_statistics(known),
        *(triple for syntax in SYNTAXES.values() for triple in _distribution(syntax)),
    )


def _texts(subject: NamedNode) -> Iterator[Triple]:
    for language in sorted(TITLES):
        yield Triple(subject, DCTERMS["title"], Literal(TITLES[language], language=language))
        yield Triple(subject, DCTERMS["description"], Literal(DESCRIPTIONS[language], language=language))
    yield Triple(subject, DCTERMS["publisher"], _PUBLISHER)
    yield Triple(subject, DCTERMS["language"], LANGUAGE["ENG"])


def _catalog() -> Iterator[Triple]:
    yield Triple(CATALOG, _TYPE, DCAT["Catalog"])
    yield Triple(CATALOG, DCTERMS["license"], _LICENCE)
    yield Triple(CATALOG, DCAT["dataset"], DATASET)
    yield Triple(_PUBLISHER, _TYPE, FOAF["Agent"])
    yield Triple(_PUBLISHER, FOAF["name"], Literal("shanxi-kg contributors"))


def _dataset() -> Iterator[Triple]:
    yield Triple(DATASET, _TYPE, DCAT["Dataset"])
    yield Triple(DATASET, _TYPE, VOID["Dataset"])
    yield Triple(DATASET, DCTERMS["license"], _LICENCE)
    yield Triple(DATASET, DCTERMS["accessRights"], NamedNode(AUTHORITY + "access-right/PUBLIC"))
    yield Triple(DATASET, DCTERMS["spatial"], NamedNode(AUTHORITY + "country/CHN"))
    yield Triple(DATASET, DCAT["theme"], NamedNode(AUTHORITY + "data-theme/GOVE"))
    yield Triple(DATASET, VOID["uriSpace"], Literal(BASE))
    yield Triple(DATASET, VOID["vocabulary"], NamedNode(BASE + "ontology"))
    for keyword in KEYWORDS:
        yield Triple(DATASET, DCAT["keyword"], Literal(keyword, language="en"))


def _days(triples: set[Triple]) -> Iterator[str]:
    """Yield the days that are printed on the documents among the subjects."""
    documents = {triple.subject for triple in triples if triple.object == SCHEMA["NewsArticle"]}
    for subject, predicate, value in triples:
        if predicate == DCTERMS["issued"] and subject in documents:
            yield from [value.value] if isinstance(value, Literal) and value.datatype == XSD["date"] else []


def _coverage(days: list[str]) -> Iterator[Triple]:
    """Say from which day to which day the documents are, as far as they print one."""
    if days:
        period = mint("coverage", f"{days[0]}--{days[-1]}")
        yield Triple(DATASET, DCTERMS["temporal"], period)
        yield Triple(period, _TYPE, DCTERMS["PeriodOfTime"])
        yield Triple(period, DCAT["startDate"], Literal(days[0], datatype=XSD["date"]))
        yield Triple(period, DCAT["endDate"], Literal(days[-1], datatype=XSD["date"]))


def _statistics(parts: tuple[Contents, ...]) -> Iterator[Triple]:
    counts = _counts(parts)
    classes, properties = _terms(counts, _CLASS), _terms(counts, _PROPERTY)
    yield _count(DATASET, "triples", sum(properties.values()))
    yield _count(DATASET, "distinctSubjects", counts.get(_SUBJECTS, 0))
    yield _count(DATASET, "distinctObjects", counts.get(_OBJECTS, 0))
    yield from _partitions("class", "entities", classes)
    yield from _partitions("property", "triples", properties)


def _counts(parts: Iterable[Contents]) -> dict[str, int]:
    """Return how many different things there are of what is counted."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for part in parts:
        end = 0
        for name, number in zip(part.counted, part.numbers, strict=True):
            start, end = end, end + number * _HASH_SIZE
            found[name].append(part.hashes[start:end])
    return {name: len(set(array("Q", b"".join(hashes)))) for name, hashes in found.items()}


def _terms(counts: Mapping[str, int], kind: str) -> dict[NamedNode, int]:
    return {NamedNode(name.removeprefix(kind)): count for name, count in counts.items() if name.startswith(kind)}


def _hash(term: object) -> bytes:
    return blake2b(str(term).encode("utf-8", "surrogatepass"), digest_size=_HASH_SIZE).digest()


def _partitions(kind: str, counted: str, counts: Mapping[NamedNode, int]) -> Iterator[Triple]:
    for term in sorted(counts, key=str):
        partition = mint(f"{kind}-partition", slug(term.value))
        yield Triple(DATASET, VOID[f"{kind}Partition"], partition)
        yield Triple(partition, _TYPE, VOID["Dataset"])
        yield Triple(partition, VOID[kind], term)
        yield _count(partition, counted, counts[term])


def _count(subject: NamedNode, counted: str, number: int) -> Triple:
    return Triple(subject, VOID[counted], Literal(str(number), datatype=XSD["integer"]))


def _distribution(syntax: Syntax) -> Iterator[Triple]:
    distribution = mint("distribution", syntax.name)
    address = NamedNode(f"{BASE}graph.{syntax.ending}")
    yield Triple(DATASET, DCAT["distribution"], distribution)
    yield Triple(DATASET, VOID["dataDump"], address)
    yield Triple(distribution, _TYPE, DCAT["Distribution"])
    yield Triple(distribution, DCTERMS["title"], Literal(f"The graph as {syntax.media_type}", language="en"))
    yield Triple(distribution, DCTERMS["license"], _LICENCE)
    yield Triple(distribution, DCTERMS["format"], NamedNode(f"{AUTHORITY}file-type/{FILE_TYPES[syntax.name]}"))
    yield Triple(
        distribution, DCAT["mediaType"], Namespace("https://www.iana.org/assignments/media-types/")[syntax.media_type]
    )
    yield Triple(distribution, DCAT["accessURL"], address)
    yield Triple(distribution, DCAT["downloadURL"], address)
