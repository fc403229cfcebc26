"""A graph folder: what is in it, which of its files are published, and how it is replaced as a whole.

    sources/<name>.txt    the texts that offsets count        decisions.ttl  what people decided
    documents/<name>.ttl  the published facts of a document   conflicts.ttl  what documents say against one another
    quarantine/<name>.ttl the facts that broke a shape        history.ttl    which release was the first to hold a fact
    catalog.ttl           the description for portals         manifest.json  checksums of all this and its sources

A folder is replaced by writing a new one beside it and letting the two change places: readers find the old state or
the new one. What a killed build left beside it is removed by the next. Nothing here knows RDF.
"""

from __future__ import annotations

import fcntl
import glob
import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shanxi_kg.errors import GraphError
from shanxi_kg.exchange import exchange

DOCUMENTS, QUARANTINE, SOURCES = "documents", "quarantine", "sources"
DECISIONS, CONFLICTS, HISTORY = "decisions.ttl", "conflicts.ttl", "history.ttl"
CATALOG, MANIFEST = "catalog.ttl", "manifest.json"
_OTHERS = (DECISIONS, CONFLICTS, HISTORY)
_TOP = frozenset({DECISIONS, CONFLICTS, HISTORY, CATALOG, MANIFEST})
_ENDINGS = {DOCUMENTS: ".ttl", QUARANTINE: ".ttl", SOURCES: ".txt"}


def published_files(folder: Path) -> tuple[Path, ...]:
    """Return the published Turtle files of a graph folder, in order; GraphError where it is no graph folder."""
    top = settled(folder)
    if not (top / DOCUMENTS).is_dir():
        raise _no_graph(folder, top)
    others = (top / name for name in _OTHERS)
    return (*sorted((top / DOCUMENTS).glob("*.ttl")), *(path for path in others if path.exists()))


def _no_graph(folder: Path, top: Path) -> GraphError:
    found = "is no graph folder" if top.exists() else "no such folder"
    return GraphError(f"{folder}: {found}; make one with `shanxi-kg build --output {folder}`")


def signature(folder: Path, more: Iterable[Path] = ()) -> str:
    """Return a digest of what the system says of the published files, and of `more`, without reading them.

    It stays the same as long as no file is written, moved or replaced; GraphError where it is no graph folder.
    """
    top = settled(folder)
    try:
        told = sorted(f"{entry.name} {_told(entry.stat())}" for entry in os.scandir(top / DOCUMENTS))
    except OSError as error:
        raise _no_graph(folder, top) from error
    others = (*(top / name for name in _OTHERS), *more)
    told += (f"{path.name} {_told(path.stat())}" for path in others if path.exists())
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()


def _told(file: os.stat_result) -> str:
    return f"{file.st_size} {file.st_mtime_ns} {file.st_ino}"


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
    folder = folder.resolve()
    _restore(folder)
    _refuse_foreign(folder, {path.resolve() for path in given})
    with _beside(folder) as new:
        for name in (DOCUMENTS, SOURCES):
            (new / name).mkdir()
        _carry_decisions(folder, new)
        yield new
        carried = _carry_decisions(folder, new)  # somebody may have decided meanwhile
        _switch(new, folder)
        if (new / DECISIONS).exists() and _content(folder / DECISIONS) == carried != _content(new / DECISIONS):
            (new / DECISIONS).replace(folder / DECISIONS)  # or in the instant before the switch


def _carry_decisions(folder: Path, new: Path) -> bytes | None:
    import shutil

    if (folder / DECISIONS).exists():
        shutil.copy2(folder / DECISIONS, new / DECISIONS)
    return _content(new / DECISIONS)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Yield a new folder beside this one, which is removed at the end, whatever it holds by then.

    It is locked as long as its build lives, so that the next build knows which such folders a kill has left.
    """
    import shutil

    new = _made_beside(folder)
    try:
        lock = locked(new)
    except OSError as error:
        raise GraphError(f"{folder}: another build of it is just starting; try again") from error
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)
        os.close(lock)


def _made_beside(folder: Path) -> Path:
    import tempfile

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        new = Path(tempfile.mkdtemp(prefix=_building(folder), dir=folder.parent))
        new.chmod(0o755)
    except OSError as error:
        raise GraphError(
            f"{folder}: no folder can be made beside it: {error.strerror}; choose another place"
        ) from error
    return new


def _sweep(folder: Path) -> None:
    """Remove the new folders that killed builds have left beside this one."""
    import shutil

    for left in folder.parent.glob(f"{glob.escape(_building(folder))}*"):
        try:
            lock = locked(left)
        except OSError:  # its build still runs, or has just removed it
            continue
        shutil.rmtree(left, ignore_errors=True)
        os.close(lock)


def locked(folder: Path, *, alone: bool = True) -> int:
    """Lock a folder until the descriptor is closed, at the latest when the process ends; OSError where it is locked.

    Locks that are not held `alone` may be several.
    """
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


def _building(folder: Path) -> str:
    return f".{folder.name}.building-"


def _switch(new: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, in one step where the file system can; `new` is then the old."""
    try:
        if not folder.exists():
            new.rename(folder)
        elif not exchange(new, folder):
            _switch_in_two_steps(new, folder)
    except OSError as error:
        _restore(folder)
        raise GraphError(f"{folder}: cannot be replaced: {error.strerror}; it is as it was") from error


def _switch_in_two_steps(new: Path, folder: Path) -> None:
    """Move the old folder aside and the new one into its place; between the two steps `settled` finds the old one."""
    import shutil

    previous = _previous(folder)
    folder.rename(previous)
    new.rename(folder)
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
    for path in sorted(contents(folder)):
        name = path.relative_to(folder)
        if len(name.parts) == 1 and (name.name in _TOP or name.name.startswith(f".{DECISIONS}.")):
            continue
        if len(name.parts) != 2 or path.suffix != _ENDINGS.get(name.parts[0]):
            raise GraphError(f"{path}: no part of a graph folder; give --output an empty folder or a graph folder")
        if (
            name.parts[0] == SOURCES
            and not (folder / DOCUMENTS / f"{path.stem}.ttl").exists()
            and path.resolve() not in given
        ):
            raise GraphError(
                f"{path}: a text that was never built would be lost; add it to the sources or move it away"
            )


def write_or_link(path: Path, content: bytes, before: Path) -> None:
    """Write a file, or link it where the file `before` has the same content, which costs less than writing it."""
    try:
        if stat.S_ISREG(before.lstat().st_mode) and before.read_bytes() == content:
            os.link(before, path)
            return
    except OSError:  # it is not there, or the file system has no links
        pass
    path.write_bytes(content)


def contents(folder: Path) -> Iterator[Path]:
    """Yield what stands in a graph folder: its files, those of its known sub-folders, and unknown sub-folders."""
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name in _ENDINGS:
            yield from entry.iterdir()
        else:
            yield entry
