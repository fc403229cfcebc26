"""How text is put together that is extracted from a file: clean lines, a blank line between paragraphs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CELLS = " | "
"""What stands between the cells of a table's row."""
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
_RADICAL = re.compile(r"[\u2e80-\u2fdf]")


def clean(text: str) -> str:
    r"""Return the text on one line: white space as single blanks, without control and zero-width characters.

    Kangxi radicals, which some PDF files have in place of characters, become the characters.

    >>> clean(" Tax\u00a0 rule\n for \u2f2d\u897f ")
    'Tax rule for 山西'
    """
    visible = _INVISIBLE.sub("", text)
    whole = _RADICAL.sub(lambda radical: unicodedata.normalize("NFKC", radical[0]), visible)
    return _SPACE.sub(" ", whole).strip()


def joined(paragraphs: Iterable[str]) -> str:
    r"""Return the paragraphs that hold anything, a blank line between them and a line break at the end.

    >>> joined(["Tax rule ", "", "A rule was issued."])
    'Tax rule\n\nA rule was issued.\n'
    """
    return "\n\n".join(filter(None, map(clean, paragraphs))) + "\n"
