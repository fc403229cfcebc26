"""Where the dataset comes from and what time it covers: published triples go in, PROV-O and DCTERMS triples come out.

The build is an activity without a time of its own: what it made is told by what it used. The day on which the dataset
was modified is the latest that its documents, its decisions and the ontology bear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg import __version__
from shanxi_kg.namespaces import DCAT, DCTERMS, ONTOLOGY, OWL, PROV, RDF, RDFS, SCHEMA, XSD, mint
from shanxi_kg.ontology import file_triples

CATALOG, DATASET = mint("catalog", "shanxi-kg"), mint("dataset", "graph")
_BUILD, _SOFTWARE, _STATEMENT = mint("activity", "build"), mint("software", "shanxi-kg"), mint("provenance", "graph")
_TYPE = RDF["type"]
_HOW = {
    "en": "Read from the texts of news by the rules of shanxi-kg, held against the SHACL shapes of its ontology, and"
    " decided on by people where decisions.ttl says so.",
    "zh": "由 shanxi-kg 的规则从新闻文本中读取，经其本体的 SHACL 形状校验，并在 decisions.ttl 所载之处由人工裁定。",
}


def date_triples(published: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the day of the latest change that the inputs tell of, for the catalogue and the dataset."""
    days = [*_days(published, DCTERMS["issued"]), *_days(published, DCTERMS["date"])]
    days += _days(file_triples("core"), DCTERMS["modified"])
    for resource in (CATALOG, DATASET):
        yield Triple(resource, DCTERMS["modified"], _date(max(days)))


def coverage_triples(published: Iterable[Triple]) -> Iterator[Triple]:
    """Say from which day to which day the documents are, as far as they print one."""
    triples = list(published)
    documents = {triple.subject for triple in triples if triple.object == SCHEMA["NewsArticle"]}
    days = sorted(_days((triple for triple in triples if triple.subject in documents), DCTERMS["issued"]))
    if days:
        period = mint("coverage", f"{days[0]}--{days[-1]}")
        yield Triple(DATASET, DCTERMS["temporal"], period)
        yield Triple(period, _TYPE, DCTERMS["PeriodOfTime"])
        yield Triple(period, DCAT["startDate"], _date(days[0]))
        yield Triple(period, DCAT["endDate"], _date(days[-1]))


def provenance_triples(published: Iterable[Triple]) -> Iterator[Triple]:
    """Say by what software and from which documents, ontology and code the dataset was made."""
    documents = {triple.subject for triple in published if triple.object == SCHEMA["NewsArticle"]}
    yield Triple(DATASET, DCTERMS["provenance"], _STATEMENT)
    yield Triple(_STATEMENT, _TYPE, DCTERMS["ProvenanceStatement"])
    for language, text in _HOW.items():
        yield Triple(_STATEMENT, RDFS["label"], Literal(text, language=language))
    yield Triple(DATASET, DCAT["version"], Literal(__version__))
    yield Triple(DATASET, OWL["versionInfo"], Literal(__version__))
    yield Triple(DATASET, PROV["wasGeneratedBy"], _BUILD)
    yield Triple(_BUILD, _TYPE, PROV["Activity"])
    yield Triple(_BUILD, RDFS["label"], Literal("Build of the graph", language="en"))
    yield Triple(_BUILD, RDFS["label"], Literal("图谱构建", language="zh"))
    yield Triple(_BUILD, PROV["wasAssociatedWith"], _SOFTWARE)
    for used in {*documents, NamedNode(ONTOLOGY), *_version_iri()}:
        if isinstance(used, NamedNode):
            yield Triple(_BUILD, PROV["used"], used)
    yield Triple(_SOFTWARE, _TYPE, PROV["SoftwareAgent"])
    yield Triple(_SOFTWARE, RDFS["label"], Literal(f"shanxi-kg {__version__}"))
    yield Triple(_SOFTWARE, SCHEMA["softwareVersion"], Literal(__version__))


def _version_iri() -> set[NamedNode]:
    found = (triple.object for triple in file_triples("core") if triple.predicate == OWL["versionIRI"])
    return {value for value in found if isinstance(value, NamedNode)}


def _days(triples: Iterable[Triple], predicate: NamedNode) -> list[str]:
    return [
        triple.object.value
        for triple in triples
        if triple.predicate == predicate
        and isinstance(triple.object, Literal)
        and triple.object.datatype == XSD["date"]
    ]


def _date(day: str) -> Literal:
    return Literal(day, datatype=XSD["date"])
