"""What of a graph folder is exported: the folder and a selection go in, triples by named graph come out.

All is read from the published files, never from the store, so that every literal keeps the form it has there. Only what
a stored CONSTRUCT query makes comes from the store, which gives a number in its canonical form ('1.50' as '1.5').
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Triple

from shanxi_kg import queries, turtle
from shanxi_kg.errors import UsageError
from shanxi_kg.exports.quotes import read_runs, without_quotes
from shanxi_kg.folders import is_document, published_files
from shanxi_kg.namespaces import RDF, SX, mint
from shanxi_kg.queries import StoredQuery
from shanxi_kg.resources import folder as data_folder
from shanxi_kg.store import Store, authority_files, open_graph
from shanxi_kg.uploads import graph_of, graphs

_DOCUMENT = mint("document", "").value

TABLES: Mapping[str, str] = {
    "agency": "agencies",
    "agreement": "agreements",
    "indicator": "indicators",
    "platform": "platforms",
    "policy": "policies",
    "post": "posts",
    "regulation": "regulations",
    "statement": "statements",
}
"""The stored query that gives the facts of each kind."""

Statements = Mapping[NamedNode | DefaultGraph, tuple[Triple, ...]]
"""Triples by the named graph that they stand in."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export: all, one document (by name), the facts of one kind, or what a stored CONSTRUCT query makes.

    `quotes=False` is the reduced profile, without the words of the sources.
    """

    document: str | None = None
    kind: str | None = None
    query: StoredQuery | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    with_ontology: bool = False
    quotes: bool = True


def construct_query(name: str) -> StoredQuery:
    """Return a query of queries/constructs/ by its name; UsageError names those that there are if there is none."""
    return queries.stored_query(name, data_folder("queries") / "constructs")


def select(folder: Path, selection: Selection) -> Statements:
    """Return the selected statements of a graph folder.

    Raises GraphError where the folder is none or a text of it is missing, UsageError where the selection fits nothing.
    """
    query = selection.query
    found = _constructed(folder, query, selection) if query else _published(folder, selection)
    return found if selection.quotes else without_quotes(found, read_runs(folder))


def select_from_store(store: Store, with_ontology: bool) -> Statements:
    """Return the statements that uploads put on a server, those of the ontology and the authority files on demand."""
    authorities = {graph_of(path) for path in authority_files()}
    found: dict[NamedNode | DefaultGraph, tuple[Triple, ...]] = {}
    for name, triples in graphs(store):
        if with_ontology or name not in authorities:
            graph = name if name.value.startswith(_DOCUMENT) else DefaultGraph()
            found[graph] = (*found.get(graph, ()), *triples)
    return found


def _constructed(folder: Path, query: StoredQuery, selection: Selection) -> Statements:
    if selection.document or selection.kind:
        raise UsageError("--query: goes with neither --document nor --kind; select in the query")
    answer = queries.run(open_graph(folder), query, selection.parameters)
    if not isinstance(answer, tuple):
        raise UsageError(
            f"query {query.name}: makes no triples; export takes CONSTRUCT queries,"
            f" `shanxi-kg query {query.name}` gives the rows of the others"
        )
    authority = authority_files() if selection.with_ontology else ()
    return {DefaultGraph(): (*answer, *(triple for path in authority for triple in turtle.parse_file(path)))}


def _published(folder: Path, selection: Selection) -> Statements:
    files: dict[NamedNode | DefaultGraph, tuple[Path, ...]] = {}
    for path in _files(folder, selection):
        graph = mint("document", path.stem) if is_document(path) else DefaultGraph()
        files[graph] = (*files.get(graph, ()), path)
    if selection.with_ontology:
        files[DefaultGraph()] = (*files.get(DefaultGraph(), ()), *authority_files())
    return _Files(files, selection.kind)


@dataclass(frozen=True, slots=True, eq=False)
class _Files(Mapping[NamedNode | DefaultGraph, tuple[Triple, ...]]):
    """The statements of files by graph, read when they are asked for and not kept, since a graph may be large.

    Of documents they are those of the kind, where there is one.
    """

    files: Mapping[NamedNode | DefaultGraph, tuple[Path, ...]]
    kind: str | None

    def __getitem__(self, graph: NamedNode | DefaultGraph) -> tuple[Triple, ...]:
        triples = tuple(triple for path in self.files[graph] for triple in turtle.parse_file(path))
        return tuple(of_kind(triples, self.kind)) if self.kind and isinstance(graph, NamedNode) else triples

    def __iter__(self) -> Iterator[NamedNode | DefaultGraph]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def _files(folder: Path, selection: Selection) -> tuple[Path, ...]:
    """Return the published files, without the decisions where one document or one kind is asked for."""
    if selection.document:
        return (document_file(folder, selection.document),)
    published = published_files(folder)
    return tuple(filter(is_document, published)) if selection.kind else published


def document_file(folder: Path, document: str) -> Path:
    """Return the published file of a document, given by its name or its IRI; UsageError where there is none."""
    for path in filter(is_document, published_files(folder)):
        if document in {path.stem, mint("document", path.stem).value}:
            return path
    raise UsageError(
        f"--document {document}: {folder} has no document of that name; `shanxi-kg query documents` lists them"
    )


def check_kind(kind: str) -> str:
    """Return a kind of fact if it is one; UsageError names those that there are if not."""
    if kind in TABLES:
        return kind
    raise UsageError(f"--kind {kind}: no such kind of fact; there are: {', '.join(TABLES)}")


def of_kind(triples: Iterable[Triple], kind: str) -> Iterator[Triple]:
    """Yield of a document's triples those on the facts of one kind and on what these speak of, in their order."""
    about: dict[object, list[Triple]] = defaultdict(list)
    for triple in triples:
        about[triple.subject].append(triple)
    facts = _typed(about, SX["Fact"])
    reached = _reached(about, _typed(about, SX[f"{check_kind(kind).title()}Fact"]), facts)
    spoken_of = {triple.object for subject in reached for triple in about[subject]}
    for subject, own in about.items():
        if subject in reached or any(one.predicate == SX["mentionOf"] and one.object in spoken_of for one in own):
            yield from own


def _typed(about: Mapping[object, list[Triple]], kind: NamedNode) -> set[object]:
    return {
        subject
        for subject, own in about.items()
        if any(one.predicate == RDF["type"] and one.object == kind for one in own)
    }


def _reached(about: Mapping[object, list[Triple]], start: set[object], stops: set[object]) -> set[object]:
    """Follow the triples from their subjects to their objects, but to no other fact."""
    reached, waiting = set(start), list(start)
    while waiting:
        for triple in about[waiting.pop()]:
            value = triple.object
            if value in about and value not in reached and value not in stops:
                reached.add(value)
                waiting.append(value)
    return reached
