"""What ontology/dataset.ttl says of the dataset in words, for pages and other descriptions than DCAT."""

from __future__ import annotations

from pyoxigraph import Literal

from shanxi_kg.catalog.provenance import DATASET
from shanxi_kg.namespaces import DCAT, DCTERMS, Namespace
from shanxi_kg.ontology import file_triples

_PROPERTIES = {"title": DCTERMS, "description": DCTERMS, "keyword": DCAT}


def words(name: str, language: str) -> tuple[str, ...]:
    """Return the titles, descriptions or keywords of the dataset in a language, sorted.

    >>> words("title", "en")
    ('Shanxi governance knowledge graph',)
    """
    namespace: Namespace = _PROPERTIES[name]
    told = (
        triple.object
        for triple in file_triples("dataset")
        if triple.subject == DATASET and triple.predicate == namespace[name]
    )
    return tuple(sorted(one.value for one in told if isinstance(one, Literal) and one.language == language))
