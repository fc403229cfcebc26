"""The words of the pages' frame, in English and Chinese: a key and a language go in, the words come out.

They are data (`words.toml`), so that somebody who knows no Python can mend them. What the graph itself says (labels,
definitions) stands in the graph, not here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from shanxi_kg.resources import PACKAGE


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the words of a language by key.

    >>> words("zh")["search"]
    '搜索'
    """
    entries = tomllib.loads((PACKAGE / "pages" / "words.toml").read_text("utf-8"))
    return MappingProxyType({key: entry[language] for key, entry in entries.items()})
