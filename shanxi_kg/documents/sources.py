"""From what a user gives (files, folders, '-') to the inputs to read, each with its document's name, sorted by name."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from shanxi_kg.documents.model import Source
from shanxi_kg.errors import UsageError
from shanxi_kg.namespaces import document_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENDINGS = (".txt", ".html", ".htm", ".pdf", ".docx")
STANDARD_INPUT = Path("-")


def find_sources(paths: Iterable[Path | str]) -> tuple[Source, ...]:
    """Return the inputs under the paths, sorted by name.

    Folders are searched with all their sub-folders for files with a known ending; hidden files, other endings and links
    to folders are passed over. What stands in a folder under a known ending but is no file, and a file given by its own
    name whatever its ending, becomes a source too, so that reading it says what is wrong. '-' is standard input.
    UsageError: a path does not exist, a folder holds nothing to read, or two inputs would share a name.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for source in _sources_at(Path(path)):
            other = found.setdefault(source.name, source)
            if not _is_same(other, source):
                both = f"{other.path or '-'} and {source.path or '-'}"
                raise UsageError(f"{both} would both be document '{source.name}'; rename one of them")
    return tuple(found[name] for name in sorted(found))


def _sources_at(path: Path) -> Iterator[Source]:
    if path == STANDARD_INPUT:
        yield Source("stdin")
    elif _is_folder(path):
        found = [Source(document_name(file.relative_to(path)), file) for file in _files_below(path)]
        if not found:
            raise UsageError(f"{path}: the folder holds no {' '.join(ENDINGS)} file; check the path")
        yield from found
    else:
        yield Source(document_name(path.name), path)


def _is_folder(path: Path) -> bool:
    try:
        is_dangling_link = path.is_symlink() and not path.exists()
        return not is_dangling_link and stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{path}: {reason}; check the path") from error


def _files_below(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(f"{folder}: the folder cannot be listed ({error.strerror}); check its permissions") from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.suffix.lower() in ENDINGS:
            yield entry
        elif entry.is_dir() and not entry.is_symlink():
            yield from _files_below(entry)


def _is_same(one: Source, other: Source) -> bool:
    """Say whether two sources are one file given twice."""
    if one.path is None or other.path is None or one.path == other.path:
        return one.path == other.path
    return os.path.realpath(one.path) == os.path.realpath(other.path)
