"""The description of a graph for data portals: its published triples go in, DCAT-AP 3 and VoID triples come out.

Counts, coverage and contents are those of the triples; nothing is read from a clock, so the same graph has the same
description. Where the files can be had is stated under the project's own namespace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.exports import SYNTAXES, Syntax
from shanxi_kg.namespaces import BASE, DCAT, DCTERMS, FOAF, LANGUAGE, RDF, SCHEMA, VOID, XSD, Namespace, mint, slug

AUTHORITY = "http://publications.europa.eu/resource/authority/"
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


def catalog_triples(published: Iterable[Triple]) -> tuple[Triple, ...]:
    """Describe published triples as a DCAT catalog with one dataset, its distributions and its VoID statistics."""
    triples = set(published)
    return (
        *_texts(CATALOG),
        *_texts(DATASET),
        *_catalog(),
        *_dataset(),
        *_coverage(triples),
        *_statistics(triples),
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


def _coverage(triples: set[Triple]) -> Iterator[Triple]:
    """Say from which day to which day the documents are, as far as they print one."""
    documents = {triple.subject for triple in triples if triple.object == SCHEMA["NewsArticle"]}
    issued = [triple for triple in triples if triple.predicate == DCTERMS["issued"] and triple.subject in documents]
    days = sorted(
        triple.object.value
        for triple in issued
        if isinstance(triple.object, Literal) and triple.object.datatype == XSD["date"]
    )
    if days:
        period = mint("coverage", f"{days[0]}--{days[-1]}")
        yield Triple(DATASET, DCTERMS["temporal"], period)
        yield Triple(period, _TYPE, DCTERMS["PeriodOfTime"])
        yield Triple(period, DCAT["startDate"], Literal(days[0], datatype=XSD["date"]))
        yield Triple(period, DCAT["endDate"], Literal(days[-1], datatype=XSD["date"]))


def _statistics(triples: set[Triple]) -> Iterator[Triple]:
    yield _count(DATASET, "triples", len(triples))
    yield _count(DATASET, "distinctSubjects", len({triple.subject for triple in triples}))
    yield _count(DATASET, "distinctObjects", len({triple.object for triple in triples}))
    classes = Counter(
        triple.object for triple in triples if triple.predicate == _TYPE and isinstance(triple.object, NamedNode)
    )
    properties = Counter(triple.predicate for triple in triples)
    yield from _partitions("class", "entities", classes)
    yield from _partitions("property", "triples", properties)


def _partitions(kind: str, counted: str, counts: Counter[NamedNode]) -> Iterator[Triple]:
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
    yield Triple(distribution, DCTERMS["format"], NamedNode(f"{AUTHORITY}file-type/{syntax.file_type}"))
    yield Triple(
        distribution, DCAT["mediaType"], Namespace("https://www.iana.org/assignments/media-types/")[syntax.media_type]
    )
    yield Triple(distribution, DCAT["accessURL"], address)
    yield Triple(distribution, DCAT["downloadURL"], address)
