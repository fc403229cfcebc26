"""A graph folder: what is in it, which of its files are published, and how it is replaced as a whole.

    sources/<name>.txt   the texts that offsets count        decisions.ttl   what people decided
    documents/<name>.ttl  the published facts of a document   catalog.ttl     the description for portals
    quarantine/<name>.ttl the facts that broke a shape

A folder is replaced by writing a new one beside it and switching: readers find the old state or the new one. Nothing
here knows RDF.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from shanxi_kg.errors import GraphError

DOCUMENTS, QUARANTINE, SOURCES = "documents", "quarantine", "sources"
DECISIONS, CATALOG = "decisions.ttl", "catalog.ttl"
_ENDINGS = {DOCUMENTS: ".ttl", QUARANTINE: ".ttl", SOURCES: ".txt"}


def published_files(folder: Path) -> tuple[Path, ...]:
    """Return the published Turtle files of a graph folder, in order; GraphError where it is no graph folder."""
    top = settled(folder)
    if not (top / DOCUMENTS).is_dir():
        found = "is no graph folder" if top.exists() else "no such folder"
        raise GraphError(f"{folder}: {found}; make one with `shanxi-kg build --output {folder}`")
    decisions = top / DECISIONS
    return (*sorted((top / DOCUMENTS).glob("*.ttl")), *([decisions] if decisions.exists() else []))


def is_document(path: Path) -> bool:
    """Say whether a published file is that of a document, whose name is the file's."""
    return path.parent.name == DOCUMENTS


def settled(folder: Path) -> Path:
    """Return the folder, or the old one that a build, killed while it switched, left beside it."""
    previous = _previous(folder)
    return previous if previous.is_dir() and not folder.exists() else folder


@contextmanager
def replacing(folder: Path, given: Collection[Path] = ()) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `folder` when the block ends, and is gone if it raises.

    Decisions are kept. GraphError where the folder holds what a build would not write again: files of another kind, or
    texts that no build has read and that are not among the `given` sources.
    """
    import shutil

    folder = folder.resolve()
    _restore(folder)
    _refuse_foreign(folder, {path.resolve() for path in given})
    new = _beside(folder)
    try:
        for name in (DOCUMENTS, SOURCES):
            (new / name).mkdir()
        _carry_decisions(folder, new)
        yield new
        _carry_decisions(folder, new)  # somebody may have decided meanwhile
        _switch(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _carry_decisions(folder: Path, new: Path) -> None:
    import shutil

    if (folder / DECISIONS).exists():
        shutil.copy2(folder / DECISIONS, new / DECISIONS)


def _beside(folder: Path) -> Path:
    import tempfile

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.building-", dir=folder.parent))
        new.chmod(0o755)
    except OSError as error:
        raise GraphError(
            f"{folder}: no folder can be made beside it: {error.strerror}; choose another place"
        ) from error
    return new


def _switch(new: Path, folder: Path) -> None:
    import shutil

    previous = _previous(folder)
    try:
        if folder.exists():
            folder.rename(previous)
        new.rename(folder)
    except OSError as error:
        _restore(folder)
        raise GraphError(f"{folder}: cannot be replaced: {error.strerror}; it is as it was") from error
    shutil.rmtree(previous, ignore_errors=True)


def _restore(folder: Path) -> None:
    """Take back what a build that was killed while it switched had moved aside."""
    import shutil

    previous = _previous(folder)
    if not previous.is_dir():
        return
    if folder.exists():
        shutil.rmtree(previous, ignore_errors=True)
    else:
        previous.rename(folder)


def _previous(folder: Path) -> Path:
    whole = folder.resolve()
    return whole.parent / f".{whole.name}.previous"


def _refuse_foreign(folder: Path, given: set[Path]) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise GraphError(f"{folder}: is a file; give a folder")
    for path in sorted(_contents(folder)):
        name = path.relative_to(folder)
        if len(name.parts) == 1 and name.name in {DECISIONS, CATALOG}:
            continue
        if len(name.parts) != 2 or path.suffix != _ENDINGS.get(name.parts[0]):
            raise GraphError(f"{path}: no part of a graph folder; give --output an empty folder or a graph folder")
        if (
            name.parts[0] == SOURCES
            and path.resolve() not in given
            and not (folder / DOCUMENTS / f"{path.stem}.ttl").exists()
        ):
            raise GraphError(
                f"{path}: a text that was never built would be lost; add it to the sources or move it away"
            )


def _contents(folder: Path) -> Iterator[Path]:
    """Yield what stands in the folder: its files, those of known sub-folders, and unknown sub-folders."""
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name in _ENDINGS:
            yield from entry.iterdir()
        else:
            yield entry
