"""The states that can be compared: a graph folder, an exported file or a git revision goes in, a `State` comes out.

A revision is written as git writes it, `HEAD~1:graph`. What is published is read; the quarantine and the catalogue are
not. Files in RDF/XML and JSON-LD are not read: nobody should have to trust their parsers with files of others.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from shanxi_kg.changes.facts import documents_in, entities_in, facts_in, statements_in
from shanxi_kg.changes.model import State
from shanxi_kg.errors import GraphError, UsageError
from shanxi_kg.folders import DOCUMENTS, is_document, published_files, settled

FORMATS: Mapping[str, RdfFormat] = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
}
"""The endings of the exported files that can be compared."""

_REVISION = re.compile(r"(?P<revision>[^-:][^:]*):(?P<path>.*)", re.DOTALL)


def read_state(given: str) -> State:
    """Read a state: a graph folder, an exported file, or a git revision such as HEAD~1:graph of this checkout.

    Raises UsageError where there is nothing of that name, GraphError where it cannot be read.
    """
    graph = statements_in(_triples(given))
    if not graph.values:
        raise GraphError(f"{given}: holds no published document; give the graph folder of a build")
    return State(given, facts_in(graph), documents_in(graph), entities_in(graph))


def _triples(given: str) -> Iterator[Triple]:
    path = Path(given)
    files: Iterable[tuple[str, bytes]]
    if settled(path).is_dir():
        files = ((str(file), file.read_bytes()) for file in filter(is_document, published_files(path)))
    elif path.exists():
        files = [(given, path.read_bytes())]
    elif _REVISION.fullmatch(given):
        files = _published_in_git(given)
    else:
        raise UsageError(f"{given}: no such folder or file; a git revision is written as HEAD~1:graph")
    for name, content in files:
        yield from _parsed(content, name)


def _parsed(content: bytes, name: str) -> Iterator[Triple]:
    form = FORMATS.get(Path(name).suffix.lower())
    if form is None:
        raise UsageError(f"{name}: cannot be compared; give a graph folder, or a file in {', '.join(FORMATS)}")
    try:
        yield from (quad.triple for quad in parse(content, format=form))
    except SyntaxError as error:
        raise GraphError(f"{name}:{error.lineno}:{error.offset}: {error.msg}; build the graph again") from error


def _published_in_git(given: str) -> Iterator[tuple[str, bytes]]:
    """Yield the published files of a graph folder in a git revision, by their names in it."""
    listed = _git(given, "ls-tree", "-r", "-z", "--full-tree", given)
    entries = [entry.partition(b"\t") for entry in listed.split(b"\0") if entry]
    blobs = {name.decode("utf-8", "surrogateescape"): words.split()[2] for words, _, name in entries}
    published = [name for name in sorted(blobs) if _is_published(name)]
    if not any(name.startswith(f"{DOCUMENTS}/") for name in published):
        raise GraphError(f"{given}: is no graph folder; give a revision and the folder in it, such as HEAD~1:graph")
    contents = _contents(given, [blobs[name] for name in published])
    yield from ((f"{given.rstrip('/')}/{name}", content) for name, content in zip(published, contents, strict=True))


def _is_published(name: str) -> bool:
    return re.fullmatch(rf"{DOCUMENTS}/[^/]+\.ttl", name) is not None


def _contents(given: str, blobs: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the contents of blobs, all by one call of git."""
    answer = _git(given, "cat-file", "--batch", stdin=b"".join(blob + b"\n" for blob in blobs))
    at = 0
    while at < len(answer):
        first = answer.index(b"\n", at)
        size = int(answer[at:first].split()[2])
        yield answer[first + 1 : first + 1 + size]
        at = first + size + 2


def _git(given: str, *arguments: str, stdin: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", *arguments], input=stdin, capture_output=True, check=False)  # noqa: S603, S607 (git is where the user has it)
    except FileNotFoundError as error:
        raise UsageError(f"{given}: is no folder or file, and git, for a revision, is not installed") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise UsageError(f"{given}: is no folder, file or git revision: {reason}")
    return done.stdout
