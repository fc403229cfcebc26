"""The front page: what this is, six questions, one fact with its sentence, figures, the latest documents, the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from shanxi_kg import __version__
from shanxi_kg.catalog import DATASET
from shanxi_kg.namespaces import BASE, DCAT, DCTERMS, SX
from shanxi_kg.pages.addresses import Address
from shanxi_kg.pages.browse import documents
from shanxi_kg.pages.facts import FactView, fact_kind, facts_of, view_fact
from shanxi_kg.pages.questions import File, questions
from shanxi_kg.pages.rendering import render
from shanxi_kg.pages.statements import Statements
from shanxi_kg.pages.words import words
from shanxi_kg.queries import StoredQuery

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LATEST = 6
QUERY_OF_KIND = {
    "regulation": "regulations",
    "policy": "policies",
    "agreement": "agreements",
    "agency": "agencies",
    "platform": "platforms",
    "post": "posts",
    "indicator": "indicators",
    "statement": "statements",
}
"""The kinds of facts in the order of the page, and the stored query that lists each."""


def front_page(
    statements: Statements, queries: Iterable[StoredQuery], language: str, files: Sequence[File] = ()
) -> str:
    """Return the front page of a graph; `files` are those that hold it whole."""
    found = documents(statements)
    counts = Counter(fact_kind(statements, fact) for fact in statements.instances(SX["Fact"]))
    return render(
        "front.html",
        Address("index.html", language),
        questions=[one for one in questions(queries, language) if one.front],
        example=_example(statements, language),
        figures=[(kind, query, counts[kind]) for kind, query in QUERY_OF_KIND.items()],
        facts=sum(counts.values()),
        number=len(found),
        latest=found[:LATEST],
        files=files,
        dataset=dataset(statements, language, [source.issued for source, _ in found], files),
    )


def _example(statements: Statements, language: str) -> FactView | None:
    """Return the first fact of the latest document that has one."""
    for source, number in documents(statements):
        if number:
            return view_fact(statements, facts_of(statements, NamedNode(source.iri))[0], language)
    return None


def dataset(statements: Statements, language: str, days: Iterable[str], files: Sequence[File]) -> Mapping[str, object]:
    """Return the graph as a schema.org Dataset, as its catalogue describes it; addresses are the permanent ones."""
    printed = sorted(day for day in days if day)
    described: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": DATASET.value,
        "name": _told(statements, "title", language) or words(language)["site"],
        "description": _told(statements, "description", language) or words(language)["tagline"],
        "url": BASE,
        "version": __version__,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "keywords": sorted(
            term.value for term in statements.values(DATASET, DCAT["keyword"]) if isinstance(term, Literal)
        ),
        "creator": {"@type": "Organization", "name": "shanxi-kg contributors", "url": BASE},
        "distribution": [
            {"@type": "DataDownload", "name": file.name, "contentUrl": BASE + file.path} for file in files
        ],
    }
    return described | ({"temporalCoverage": f"{printed[0]}/{printed[-1]}"} if printed else {})


def _told(statements: Statements, name: str, language: str) -> str:
    """Return what the catalogue tells of the dataset in a language; '' where there is no catalogue."""
    found = (term for term in statements.values(DATASET, DCTERMS[name]) if isinstance(term, Literal))
    return next((term.value for term in found if term.language == language), "")
