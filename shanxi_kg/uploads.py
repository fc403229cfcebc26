"""A graph folder on a server: each published file becomes one named graph there, with a mark of what it was made of.

The mark, `<graph>#upload schema:sha256 "…"`, stands in the graph itself, so that the two come and go together. An
upload sends what the server has not, so it goes on where one was cut off, and takes away what the folder has no
longer; graphs without a mark are somebody else's and stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from shanxi_kg.errors import GraphError, StoreError, UsageError
from shanxi_kg.folders import is_document, published_files
from shanxi_kg.namespaces import ID, SCHEMA, mint
from shanxi_kg.remote import Server
from shanxi_kg.solutions import text
from shanxi_kg.store import Store, authority_files

Progress = Callable[[int, int, str], None]
"""Called with the number of graphs done, the number of all, and the name of the one that is done."""

BATCH = 200_000
"""About how many characters of triples one update holds, where a server takes no whole graphs."""

_MARK = "#upload"
_MARKS = f"""
SELECT ?graph ?sum WHERE {{
  GRAPH ?graph {{ ?mark {SCHEMA["sha256"]} ?sum }}
  FILTER (STRSTARTS(STR(?graph), "{ID}") && STR(?mark) = CONCAT(STR(?graph), "{_MARK}"))
}} ORDER BY ?graph ?sum
"""


@dataclass(frozen=True, slots=True)
class UploadReport:
    """How many named graphs were sent, were there already, and were taken away."""

    sent: int
    kept: int
    dropped: int


def upload(folder: Path, server: Server, progress: Progress = lambda *_: None) -> UploadReport:
    """Make the server hold what the graph folder and the ontology hold, as one named graph a file.

    Each graph is replaced at once. Raises StoreError where the server fails: what was sent until then stays, and the
    next upload goes on from there.
    """
    if not (server.endpoint.graphs or server.endpoint.update):
        unknown = f"{server.endpoint.url}: where it takes data is not known"
        raise UsageError(f"{unknown}; set SHANXI_KG_STORE_GRAPHS or SHANXI_KG_STORE_UPDATE")
    files = {graph_of(path): path for path in (*authority_files(), *published_files(folder))}
    held = uploaded(Store(server))
    changed = [name for name, path in files.items() if held.get(name) != _sum(path)]
    gone = [name for name in held if name not in files]
    for done, name in enumerate(_put(server, changed, files), 1):
        progress(done, len(changed), name.value.removeprefix(ID))
    for name in gone:
        server.drop_graph(name)
    _refuse_other_default_graph(Store(server), next(iter(files)))
    return UploadReport(len(changed), len(files) - len(changed), len(gone))


def graph_of(path: Path) -> NamedNode:
    """Return the named graph of a published file or a file of ontology/."""
    return mint("document" if is_document(path) else "graph", path.stem)


def uploaded(store: Store) -> dict[NamedNode, str]:
    """Return the graphs that uploads put on a server, each with the SHA-256 of its file."""
    rows = store.select(_MARKS, "the list of uploads").rows
    return {graph: text(found) for graph, found in rows if isinstance(graph, NamedNode)}


def graphs(store: Store) -> Iterator[tuple[NamedNode, tuple[Triple, ...]]]:
    """Yield the graphs that uploads put on a server with their triples, without the marks, sorted by name.

    Literals come as the server keeps them: some write numbers in another form.
    """
    for name in sorted(uploaded(store), key=str):
        answer = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}", name.value)
        triples = answer if isinstance(answer, tuple) else ()
        yield name, tuple(triple for triple in triples if triple.subject != _mark(name))


def _put(server: Server, changed: Iterable[NamedNode], files: Mapping[NamedNode, Path]) -> Iterator[NamedNode]:
    """Send graphs and yield the name of each that is there: whole graphs where the server takes them, else updates."""
    if server.endpoint.graphs:
        for name in changed:
            server.put_graph(name, _marked(name, files[name]))
            yield name
        return
    for batch in _batches((name, _replacement(name, files[name])) for name in changed):
        server.update(" ;\n".join(batch.values()))
        yield from batch


def _batches(updates: Iterable[tuple[NamedNode, str]]) -> Iterator[dict[NamedNode, str]]:
    batch: dict[NamedNode, str] = {}
    for name, update in updates:
        if batch and sum(map(len, batch.values())) + len(update) > BATCH:
            yield batch
            batch = {}
        batch[name] = update
    if batch:
        yield batch


def _replacement(name: NamedNode, path: Path) -> str:
    triples = [quad.triple for quad in parse(_marked(name, path), format=RdfFormat.TURTLE)]
    written = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    return f"DROP SILENT GRAPH {name} ;\nINSERT DATA {{ GRAPH {name} {{\n{written}}} }}"


def _marked(name: NamedNode, path: Path) -> bytes:
    return _content(path) + f"\n{_mark(name)} {SCHEMA['sha256']} {Literal(_sum(path))} .\n".encode()


def _mark(name: NamedNode) -> NamedNode:
    return NamedNode(name.value + _MARK)


def _sum(path: Path) -> str:
    return sha256(_content(path)).hexdigest()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}; check that it exists and is readable") from error


def _refuse_other_default_graph(store: Store, name: NamedNode) -> None:
    """Raise StoreError where queries without GRAPH do not see the named graphs."""
    if not store.query(f"ASK {{ {_mark(name)} {SCHEMA['sha256']} ?sum }}"):
        raise StoreError(
            "the server's default graph is not the union of its named graphs, so stored queries would find nothing;"
            " switch that on in its configuration"
        )
