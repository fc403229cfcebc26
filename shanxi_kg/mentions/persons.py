"""Names of persons by their form: a Chinese family name in pinyin before a given name in pinyin.

Names of other forms are persons only where a post says so; the rule for posts finds those.
"""

from __future__ import annotations

import re
from functools import cache

from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon

FINALS = (
    "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|vn|a|e|i|o|u|v|ü"
)
SYLLABLE = rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{FINALS})"
GIVEN = re.compile(rf"{SYLLABLE}(?:['’-]?{SYLLABLE}){{0,2}}", re.IGNORECASE)


def person_spans(sentence: Sentence, barred: frozenset[int]) -> list[tuple[int, int]]:
    """Return the token ranges (end exclusive) of Chinese names; tokens of `barred` (places, bodies) are no part."""
    tokens, found, i = sentence.tokens, [], 0
    while i < len(tokens) - 1:
        end = _name_end(tokens, i)
        if end and not barred.intersection(range(i, end)):
            found.append((i, end))
            i = end
        else:
            i += 1
    return found


def _name_end(tokens: tuple[Token, ...], i: int) -> int | None:
    first, second = tokens[i], tokens[i + 1]
    if not (first.text[:1].isupper() and second.text[:1].isupper() and first.text.lower() in _surnames()):
        return None
    if not second.text[1:].islower() or len(second.text) < 2 or not GIVEN.fullmatch(second.text):
        return None
    end = i + 2
    if end < len(tokens) and tokens[end].text == "-":
        return None
    follower = tokens[end] if end < len(tokens) else None
    if follower and follower.pos == "PROPN" and follower.text[:1].isupper() and follower.tag != "POS":
        return None
    return end


@cache
def _surnames() -> frozenset[str]:
    return load_lexicon()["surname"]
