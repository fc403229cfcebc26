"""The figures of the dataset in VoID: triples go in, counts by class, by property and by linked dataset come out.

A class partition has property partitions of its own, which is what query editors read to complete what is typed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from shanxi_kg.catalog.provenance import DATASET
from shanxi_kg.exports.jsonld import curie
from shanxi_kg.namespaces import ID, RDF, VOID, XSD, mint, slug

_TYPE = RDF["type"]

Subject = NamedNode | BlankNode | Triple


def statistics_triples(published: Collection[Triple]) -> Iterator[Triple]:
    """Yield the size of the dataset and its partitions by class, by property, and by property of each class."""
    types = _types(published)
    properties = Counter(triple.predicate for triple in published)
    yield _count(DATASET, "triples", len(published))
    yield _count(DATASET, "entities", len(types))
    yield _count(DATASET, "classes", len({kind for kinds in types.values() for kind in kinds}))
    yield _count(DATASET, "properties", len(properties))
    yield _count(DATASET, "distinctSubjects", len({triple.subject for triple in published}))
    yield _count(DATASET, "distinctObjects", len({triple.object for triple in published}))
    yield from _property_partitions(DATASET, properties)
    yield from _class_partitions(published, types)


def _types(published: Iterable[Triple]) -> dict[Subject, set[NamedNode]]:
    found: dict[Subject, set[NamedNode]] = defaultdict(set)
    for triple in published:
        if triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
            found[triple.subject].add(triple.object)
    return found


def _class_partitions(published: Iterable[Triple], types: dict[Subject, set[NamedNode]]) -> Iterator[Triple]:
    entities = Counter(kind for kinds in types.values() for kind in kinds)
    properties: dict[NamedNode, Counter[NamedNode]] = defaultdict(Counter)
    for triple in published:
        for kind in types.get(triple.subject, ()):
            properties[kind][triple.predicate] += 1
    for kind in sorted(entities, key=str):
        partition = mint("class-partition", _short(kind))
        yield Triple(DATASET, VOID["classPartition"], partition)
        yield Triple(partition, _TYPE, VOID["Dataset"])
        yield Triple(partition, VOID["class"], kind)
        yield _count(partition, "entities", entities[kind])
        yield from _property_partitions(partition, properties[kind])


def _property_partitions(whole: NamedNode, counts: Counter[NamedNode]) -> Iterator[Triple]:
    for predicate in sorted(counts, key=str):
        within = ID if whole == DATASET else f"{whole.value}/"
        partition = NamedNode(f"{within}property-partition/{_short(predicate)}")
        yield Triple(whole, VOID["propertyPartition"], partition)
        yield Triple(partition, _TYPE, VOID["Dataset"])
        yield Triple(partition, VOID["property"], predicate)
        yield _count(partition, "triples", counts[predicate])


def _short(term: NamedNode) -> str:
    """Return a readable name of a term for an IRI: its CURIE with '-', or a slug where it has no prefix."""
    short = curie(term)
    return slug(short) if "/" in short else short.replace(":", "-")


def linkset_triples(triples: Iterable[Triple], described: Iterable[Triple]) -> Iterator[Triple]:
    """Yield a linkset for each property by which the graph or its authority files name things of a known dataset."""
    known = list(described)
    spaces = {
        triple.object.value: triple.subject
        for triple in known
        if triple.predicate == VOID["uriSpace"] and isinstance(triple.object, Literal) and triple.subject != DATASET
    }
    links: Counter[tuple[Subject, NamedNode]] = Counter()
    for triple in triples:
        if isinstance(triple.object, NamedNode) and triple.predicate != _TYPE:
            value = triple.object.value
            links.update((target, triple.predicate) for space, target in spaces.items() if value.startswith(space))
    for target, predicate in sorted(links, key=str):
        if isinstance(target, NamedNode):
            yield from _linkset(target, predicate, links[target, predicate])
    yield from (triple for triple in known if triple.subject in {target for target, _ in links})


def _linkset(target: NamedNode, predicate: NamedNode, number: int) -> Iterator[Triple]:
    linkset = mint("linkset", target.value.rpartition("/")[2], _short(predicate))
    yield Triple(DATASET, VOID["subset"], linkset)
    yield Triple(linkset, _TYPE, VOID["Linkset"])
    yield Triple(linkset, VOID["subjectsTarget"], DATASET)
    yield Triple(linkset, VOID["objectsTarget"], target)
    yield Triple(linkset, VOID["linkPredicate"], predicate)
    yield _count(linkset, "triples", number)


def _count(subject: NamedNode, counted: str, number: int) -> Triple:
    return Triple(subject, VOID[counted], Literal(str(number), datatype=XSD["integer"]))
