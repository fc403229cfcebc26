"""Unfinished and unchanged work: texts kept by key in a folder of the user's, outside every graph folder.

A key is a digest of all that its text was made of, so an entry is never stale: it is either asked for again or not. An
entry is written beside its place and renamed, and carries its checksum; what is damaged counts as not there. The folder
may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

KEPT_STATES = 4
"""How many versions of code and ontology a cache keeps the work of: those that were used last."""

_STATE = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Cache:
    """Texts by key, of one version of code and ontology. Make one with `open_cache`."""

    folder: Path

    def load(self, key: str) -> str | None:
        """Return the text of a key; None where there is none, or where it is damaged."""
        try:
            checksum, _, content = self._path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        is_whole = hashlib.sha256(content).hexdigest().encode() == checksum
        return content.decode("utf-8", "surrogatepass") if is_whole else None

    def save(self, key: str, text: str) -> bool:
        """Keep a text; say whether it could be kept, since a full disk is no reason to stop."""
        import tempfile

        content = text.encode("utf-8", "surrogatepass")
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
            Path(file.name).replace(path)
        except OSError:
            return False
        return True

    def text(self, key: str, make: Callable[[], str]) -> str:
        """Return the text of a key, made and kept where there is none."""
        found = self.load(key)
        if found is None:
            found = make()
            self.save(key, found)
        return found

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def open_cache(folder: Path, state: str) -> Cache | None:
    """Open the cache of a user for one `state`, a digest of code and ontology; None where nothing can be kept there.

    The work of all but the states that were used last is removed; what else is in the folder stays.
    """
    import shutil

    own = folder / state
    try:
        own.mkdir(parents=True, exist_ok=True)
        os.utime(own)
        states = sorted(filter(_is_state, folder.iterdir()), key=lambda path: path.stat().st_mtime_ns)
    except OSError:
        return None
    for old in states[:-KEPT_STATES]:
        shutil.rmtree(old, ignore_errors=True)
    return Cache(own)


def _is_state(path: Path) -> bool:
    return _STATE.fullmatch(path.name) is not None and path.is_dir()
