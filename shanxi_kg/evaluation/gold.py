"""Gold facts: a folder of NAME.txt with NAME.json goes in, documents with what a careful reader finds in them come out.

A JSON file holds `{"facts": [{"type": "agency", "name": …}, …]}`; the fields are the columns of the stored queries,
with `parties` and `members` as lists. What may be missing is left out or null.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from shanxi_kg.errors import SourceError, UsageError
from shanxi_kg.evaluation.kinds import KINDS
from shanxi_kg.evaluation.model import GoldDocument, Told

_COLUMNS = {"parties": "party", "members": "member"}


def read_gold(folder: Path, only: Collection[str] = ()) -> tuple[GoldDocument, ...]:
    """Read the gold documents of a folder, sorted by name, all or `only` those of these names.

    Raises UsageError where the folder has none, or none of a name; SourceError where a file cannot be read.
    """
    paths = {path.stem: path for path in sorted(folder.glob("*.json"))}
    if not paths:
        raise UsageError(f"{folder}: holds no gold facts; give a folder of NAME.txt and NAME.json")
    unknown = [name for name in only if name not in paths]
    if unknown:
        raise UsageError(f"{folder}: has no {', '.join(f'{name}.json' for name in unknown)}; it has {', '.join(paths)}")
    return tuple(_document(path) for name, path in paths.items() if not only or name in only)


def _document(path: Path) -> GoldDocument:
    text = path.with_suffix(".txt")
    return GoldDocument(path.stem, tuple(_facts(path)), _read(text) if text.exists() else None)


def _facts(path: Path) -> Iterator[Told]:
    try:
        facts = json.loads(_read(path))["facts"]
        yield from (_told(fact) for fact in facts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"it holds no gold facts as they should be ({error})"
        raise SourceError(path, problem, 'write {"facts": [{"type": "agency", "name": …}]}') from error


def _told(fact: Mapping[str, object]) -> Told:
    """Return a gold fact; ValueError where its type is unknown or a column is missing."""
    kind = str(fact["type"])
    if kind not in KINDS:
        raise ValueError(f"type {kind!r} is none of {', '.join(KINDS)}")
    given = {_COLUMNS.get(name, name): _texts(value) for name, value in fact.items() if name != "type"}
    texts = {column: values for column, values in given.items() if values}
    missing = [column for column in KINDS[kind].required if column not in texts]
    if missing:
        raise ValueError(f"a fact of type {kind} has no {' and no '.join(missing)}")
    return Told(kind, texts)


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(str(one) for one in values if one not in {None, ""})


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(path, f"it cannot be read ({error})", "check that it is there, in UTF-8") from error
