"""When two names mean the same thing: names to canonical names, slugs and labels; measures to lemmas.

Every rule is a pure function of the name, so that an entity has one IRI and one preferred label whatever document it
stands in. Spelling is normalised (articles, case, 'IP'); places, levels and numbers in a name are always kept.
"""

from __future__ import annotations

import re
import unicodedata

_SPELLINGS = (
    (re.compile(r"[\"“”„«»]"), ""),
    (re.compile(r"\bintellectual property(?: rights?)?\b|\bIPR\b", re.IGNORECASE), "IP"),
    (re.compile(r"\s*\([A-Z][A-Z&]+\)"), ""),
    (re.compile(r"\bthe\s+", re.IGNORECASE), ""),
    (re.compile(r"\s*&\s*"), " and "),
    (re.compile(r"\b([Cc])entre"), r"\1enter"),
    (re.compile(r"\b([Oo])rganis"), r"\1rganiz"),
    (re.compile(r"\s+"), " "),
)
_BODY_SPELLINGS = (
    (re.compile(r"\s+(?:at|under)\s+"), " of "),
    (re.compile(r"\s+(?:Provincial|Province(?:['’]s)?)(?=\s|$)", re.IGNORECASE), ""),
)
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "between", "by", "for", "from", "in", "of", "on", "or", "the", "to", "under", "with"}
)
_MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june"}
    | {"july", "august", "september", "october", "november", "december"}
)
_DROPPED = (
    _SMALL_WORDS
    | _MONTHS
    | {"about", "amount", "annual", "annually", "each", "number", "over", "per", "some", "total", "year"}
    | {"are", "be", "been", "had", "has", "have", "is", "was", "were"}
    | {"her", "his", "it", "its", "such", "than", "that", "their", "these", "this", "those", "which", "who"}
)
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_VOWEL_GROUP = re.compile("[aeiouy]+")
_LONGEST_ACRONYM = 5
_PROPER_SHARE = 2 / 3


def canonical_name(name: str) -> str:
    """Return a name in normal spelling, its case kept: no articles, no quotation marks, no acronym in brackets.

    >>> canonical_name('the “State Intellectual Property Office (SIPO)”')
    'State IP Office'
    """
    return _respelled(unicodedata.normalize("NFC", name), _SPELLINGS).strip(" ,.;:")


def canonical_body(name: str) -> str:
    """Return a body's name in normal spelling: as `canonical_name`, without 'Provincial', a unit's body after 'of'.

    >>> canonical_body("Shanxi Provincial Department of Commerce") == canonical_body("Shanxi Department of Commerce")
    True
    >>> canonical_body("law division at the Shaanxi Intellectual Property Administration")
    'law division of Shaanxi IP Administration'
    """
    return _respelled(canonical_name(name), _BODY_SPELLINGS).strip()


def title_case(name: str) -> str:
    """Return a name with its words capitalised, acronyms kept, so that the case of a source does not show.

    >>> title_case("IP protection center of the SHANXI court")
    'IP Protection Center of the Shanxi Court'
    """
    words = name.split(" ")
    return " ".join(word if index and word in _SMALL_WORDS else _capitalised(word) for index, word in enumerate(words))


def sentence_case(text: str) -> str:
    """Return a text with its first letter capitalised.

    >>> sentence_case("expanding data opening")
    'Expanding data opening'
    """
    return text[:1].upper() + text[1:]


def is_proper(name: str) -> bool:
    """Say whether a name is one of a kind (most of its words are capitalised) and not a description.

    >>> is_proper("Patent Law"), is_proper("a regulation on IP protection")
    (True, False)
    """
    words = [word for word in name.split() if word.casefold() not in _SMALL_WORDS]
    return sum(word[:1].isupper() for word in words) >= _PROPER_SHARE * len(words)


def lemmas(measure: str) -> tuple[str, ...]:
    """Return the lemmas of a measure, sorted, each once, without numbers, months and function words.

    A few rules of English inflection give them, not a parser: what counts is that 'patents granted' and 'granted
    patents' come out the same. Place names are to be taken out before.

    >>> lemmas("number of granted patents"), lemmas("Patents granted")
    (('grant', 'patent'), ('grant', 'patent'))
    """
    words = _WORD.findall(canonical_name(measure).casefold())
    return tuple(sorted({lemma(word) for word in words if word not in _DROPPED}))


def lemma(word: str) -> str:
    """Return the base form of an English word in lower case, by rule.

    >>> [lemma(word) for word in ("companies", "filed", "using", "increased", "exports", "customs")]
    ['company', 'file', 'use', 'increase', 'export', 'custom']
    """
    word = re.sub(r"['’]s$", "", word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and _VOWEL_GROUP.search(stem) and not stem.endswith("e"):
            return _restored(stem)
    return word


def _restored(stem: str) -> str:
    """Put back what an ending took off a verb: a doubled consonant becomes one, a silent e returns."""
    if stem[-1:] == stem[-2:-1] and stem[-1] not in "lsz":
        return stem[:-1]
    one_syllable = len(_VOWEL_GROUP.findall(stem)) == 1
    closed = re.search("[aeiou][^aeiouwxy]$", stem) is not None and re.search("[aeiou]{2}.$", stem) is None
    silent = re.search("(?:[cvzu]|[aeiour]s|[^aeiou]at|iat|ur|dg|rg)$", stem) is not None
    return stem + "e" if silent or (one_syllable and closed) else stem


def _capitalised(word: str) -> str:
    if word.isupper() and sum(letter.isalpha() for letter in word) > _LONGEST_ACRONYM:
        return word.capitalize()
    start = next((index for index, letter in enumerate(word) if letter.isalpha()), 0)
    return word[:start] + word[start : start + 1].upper() + word[start + 1 :]


def _respelled(text: str, spellings: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, spelling in spellings:
        text = pattern.sub(spelling, text)
    return text
