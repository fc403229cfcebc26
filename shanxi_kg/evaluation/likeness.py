"""How alike two texts are: two readings of the same words go in, a share between 0 and 1 comes out.

Shares are fractions, so that every comparison is exact. Case, quotation marks, word endings and the usual short forms
make no difference; nothing here knows kinds of facts.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from functools import cache

NOTHING, WHOLE = Fraction(0), Fraction(1)

_QUOTES = str.maketrans(dict.fromkeys("\"'“”‘’`"))
_JOINTS = re.compile(r"[-‐-―/_,.;:()\[\]]")
_POSSESSIVE = re.compile(r"['’‘]s\b")
_NO_WORD = re.compile(r"[^\w\s]")
_SHORT_FORMS = (
    (re.compile(r"\bintellectual property(?: rights?)?\b"), "ip"),
    (re.compile(r"\bipr\b"), "ip"),
    (re.compile(r"\bgeographic(?:al)? indications?\b"), "gi"),
    (re.compile(r"\bgis\b"), "gi"),
)
_FILLERS = frozenset(
    "the a an of in on for and to by with its their his her that this at as was were is are be been has have had from "
    "or number total".split()
)
_AREA_TYPES = frozenset(
    "province provinces provincial municipality municipal city prefecture county district autonomous region special "
    "administrative hui zhuang uygur uyghur north south central east west northern southern chinas s the of".split()
)
_AREA_NAMES = frozenset(
    "beijing tianjin hebei shanxi mongolia liaoning jilin heilongjiang shanghai jiangsu zhejiang anhui fujian jiangxi "
    "shandong henan hubei hunan guangdong guangxi hainan chongqing sichuan guizhou yunnan tibet xizang shaanxi gansu "
    "qinghai ningxia xinjiang taiwan hong macao macau taiyuan datong yangquan changzhi jincheng shuozhou jinzhong "
    "yuncheng xinzhou linfen lyuliang".split()
)


def overlap(one: str, other: str) -> Fraction:
    """Return the F1 of the words of two texts, each word as often as it stands there.

    >>> overlap("The Data Rules of Hunan", "data rule")
    Fraction(4, 5)
    """
    return _overlap(words(one), words(other))


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> Fraction:
    if not one or not other:
        return Fraction(one == other)
    return Fraction(2 * (Counter(one) & Counter(other)).total(), len(one) + len(other))


def containment(one: str, other: str) -> Fraction:
    """Return which share of the words of the text that has fewer stands in the other one.

    >>> containment("Hunan Data Bureau", "the Data Bureau of Hunan Province")
    Fraction(1, 1)
    """
    first, second = set(words(one)), set(words(other))
    if not first or not second:
        return Fraction(first == second)
    return Fraction(len(first & second), min(len(first), len(second)))


def name_other_areas(one: str, other: str) -> bool:
    """Say whether two names hold areas that tell them apart, however alike they are otherwise.

    >>> name_other_areas("Shanxi IP Office", "Shaanxi IP Office"), name_other_areas("Shanxi IP Office", "IP Office")
    (True, False)
    """
    first, second = (_AREA_NAMES.intersection(words(name)) for name in (one, other))
    return not (first <= second or second <= first)


def area_name(text: str) -> str:
    """Return an area's name without the words for what kind of area it is.

    >>> area_name("Ningxia Hui autonomous region"), area_name("China's Shanxi province")
    ('ningxia', 'china shanxi')
    """
    plain = _POSSESSIVE.sub("", text.casefold()).translate(_QUOTES)
    return " ".join(word for word in _NO_WORD.sub(" ", plain).split() if word not in _AREA_TYPES)


def is_same_number(one: str, other: str) -> bool:
    """Say whether two texts are one number, thousands separators aside.

    >>> is_same_number("5320000", "5,320,000.0"), is_same_number("5", "")
    (True, False)
    """
    first, second = _number(one), _number(other)
    return first is not None and second is not None and abs(first - second) <= 1e-6 * max(abs(first), abs(second), 1)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


@cache
def words(text: str) -> tuple[str, ...]:
    """Return what of a text is compared: its words in lower case, in the singular, without fillers.

    >>> words("The provinces’ geographical indications")
    ('province', 'gi')
    """
    plain = _JOINTS.sub(" ", text.casefold().translate(_QUOTES).replace("&", " and "))
    for pattern, short in _SHORT_FORMS:
        plain = pattern.sub(short, plain)
    return tuple(_singular(word) for word in plain.split() if word not in _FILLERS)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
    return word[:-1] if is_plural else word
