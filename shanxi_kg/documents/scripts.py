"""In which language a text is written, by its scripts: 'en', 'zh' or 'und' (undetermined).

No model: Chinese is told by its characters, English by the Latin alphabet and, in texts long enough to show it, by
English function words, so that German or French is not taken for English.
"""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_FUNCTION_WORDS = frozenset(
    "the of and to is was for with that by from has have were are as at its it this they their which had been than he "
    "she we not would will".split()
)

LETTERS_A_CHARACTER = 3
"""A Chinese character counts as this many letters: roughly the length of its English translation."""
ENOUGH_WORDS = 20
FUNCTION_WORD_SHARE = 0.08


def language_of(text: str) -> str:
    """Return 'en', 'zh' or 'und'.

    >>> language_of("Shanxi granted 5,000 patents."), language_of("山西省知识产权局")
    ('en', 'zh')
    >>> language_of("Провинция Шаньси")
    'und'
    """
    words = _LATIN_WORD.findall(text)
    latin, han = sum(map(len, words)), LETTERS_A_CHARACTER * len(_HAN.findall(text))
    letters = sum(1 for sign in text if sign.isalpha()) + han - han // LETTERS_A_CHARACTER
    if han * 2 > letters and LETTERS_A_CHARACTER * len(_KANA_OR_HANGUL.findall(text)) * 10 < han:
        return "zh"
    return "en" if latin * 2 > letters and _reads_as_english(words) else "und"


def _reads_as_english(words: list[str]) -> bool:
    """Short texts and lists of names are given the benefit of the doubt."""
    known = sum(1 for word in words if word.lower() in _FUNCTION_WORDS)
    return len(words) < ENOUGH_WORDS or known >= FUNCTION_WORD_SHARE * len(words)
