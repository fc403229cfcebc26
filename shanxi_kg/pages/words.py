"""The words of the pages' frame, in English and Chinese: a key and a language go in, the words come out.

They are data (`words.toml`), so that somebody who knows no Python can mend them. What the graph itself says (labels,
definitions) stands in the graph, not here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from shanxi_kg.resources import PACKAGE


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the words of a language by key; those of a table have its name before their own.

    >>> words("zh")["search"], words("en")["kind.place"]
    ('搜索', 'Place')
    """
    entries = tomllib.loads((PACKAGE / "pages" / "words.toml").read_text("utf-8"))
    return MappingProxyType(dict(_flat(entries, language)))


def _flat(entries: Mapping[str, Any], language: str, before: str = "") -> Iterator[tuple[str, str]]:
    for key, entry in entries.items():
        if language in entry:
            yield before + key, entry[language]
        else:
            yield from _flat(entry, language, f"{before}{key}.")


@cache
def vocabulary(language: str) -> Mapping[str, str]:
    """Return what terms of reused vocabularies are called, by CURIE."""
    entries = tomllib.loads((PACKAGE / "pages" / "vocabulary.toml").read_text("utf-8"))
    return MappingProxyType({curie: entry[language] for curie, entry in entries.items()})
