"""manifest.json: what a graph folder was made of and what it holds, by checksums, so that a change by hand is noticed.

It is written last, into the new folder that then takes the place of the old one. No time stands in it: the same
sources, ontology, decisions and code give the same manifest. decisions.ttl is an input: people may change it at any
time, and the next build applies it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shanxi_kg import __version__
from shanxi_kg.errors import GraphError
from shanxi_kg.folders import DECISIONS, MANIFEST, contents, settled
from shanxi_kg.language import PIPELINE, WEIGHTS
from shanxi_kg.software import checksum, code_checksum, ontology_checksums


@dataclass(frozen=True, slots=True)
class Manifest:
    """SHA-256 checksums in hexadecimal digits.

    `software` is what made the graph; `ontology` are the files of ontology/, `sources` the files that were read, by the
    names of their documents, `decisions` is decisions.ttl as it was applied; `outputs` are the files of the folder.
    """

    software: Mapping[str, Any]
    release: str | None
    ontology: Mapping[str, str]
    sources: Mapping[str, str]
    decisions: str | None
    outputs: Mapping[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A file of a graph folder that is not as the build wrote it, and what is the matter with it."""

    path: str
    problem: str


def write_manifest(folder: Path, sources: Mapping[str, str], release: str | None) -> None:
    """Write the manifest of a graph folder as it stands; `sources` are the checksums of what was read, by document."""
    decisions = checksum(folder / DECISIONS) if (folder / DECISIONS).exists() else None
    made = Manifest(_software(), release, dict(ontology_checksums()), dict(sources), decisions, _outputs(folder))
    fields = {name: getattr(made, name) for name in Manifest.__dataclass_fields__}
    text = json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / MANIFEST).write_bytes(text.encode())


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a graph folder; GraphError where it is missing or broken."""
    path = settled(folder) / MANIFEST
    try:
        return Manifest(**json.loads(path.read_bytes()))
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}; build the graph again") from error
    except (ValueError, TypeError) as error:
        raise GraphError(f"{path}: is no manifest: {error}; build the graph again") from error


def differences(folder: Path) -> Iterator[Difference]:
    """Yield what in a graph folder is not as the build wrote it: changed, missing or added by hand."""
    try:
        wanted = read_manifest(folder).outputs
    except GraphError as error:
        yield Difference(MANIFEST, str(error))
        return
    found = _outputs(settled(folder))
    for path in sorted(wanted.keys() | found.keys()):
        problem = _problem(wanted.get(path), found.get(path))
        if problem:
            yield Difference(path, problem)


def _problem(wanted: str | None, found: str | None) -> str | None:
    if found is None:
        return f"is in {MANIFEST} but not in the folder; build the graph again"
    if wanted is None:
        return f"is in the folder but not in {MANIFEST}; take it out, or build the graph again"
    return None if found == wanted else "was changed after the build; keep the change as a decision and build again"


def _software() -> dict[str, object]:
    parser = {"name": PIPELINE, "weights": dict(sorted(WEIGHTS.items()))}
    return {"name": "shanxi-kg", "version": __version__, "code": code_checksum(), "parser": parser}


def _outputs(folder: Path) -> dict[str, str]:
    inputs = {MANIFEST, DECISIONS}
    files = {path.relative_to(folder).as_posix(): path for path in contents(folder) if path.is_file()}
    return {name: checksum(path) for name, path in sorted(files.items()) if name not in inputs}
