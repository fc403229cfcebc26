"""How a portal takes the place of an earlier one: written beside it, then switched, so that either is found whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shanxi_kg.errors import UsageError


@contextmanager
def switching(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `folder`, whatever that holds, when the block ends well."""
    folder = folder.resolve()
    new = _beside(folder)
    try:
        yield new
        _switch(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _beside(folder: Path) -> Path:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.building-", dir=folder.parent))
        new.chmod(0o755)
    except OSError as error:
        raise UsageError(
            f"{folder}: no folder can be made beside it: {error.strerror}; choose another place"
        ) from error
    return new


def _switch(new: Path, folder: Path) -> None:
    """Put the new folder into the place of the old one; take the old one back where that fails."""
    old = new.with_name(new.name.replace(".building-", ".previous-"))
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise UsageError(f"{folder}: cannot be replaced: {error.strerror}; it is as it was") from error
    shutil.rmtree(old, ignore_errors=True)
