"""Places that a sentence names: those of the authority file, and those that the text calls a district or county."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shanxi_kg.gazetteer import Gazetteer
from shanxi_kg.mentions.model import PlaceName

TYPED = re.compile(
    r"\b(?P<name>[A-Z][a-z]+(?:['’][a-z]+)?(?: [A-Z][a-z]+)?) (?:(?:new|economic) )?"
    r"(?:[Dd]istrict|[Cc]ounty|[Tt]ownship|[Tt]own|[Bb]anner|city|prefecture)\b"
)
LISTED = re.compile(
    r"\b(?:counties|districts|towns|cities) of (?P<names>[A-Z][a-z]+(?:(?:, | and |, and )[A-Z][a-z]+)+)"
)
AUTONOMOUS = re.compile(r"\b(?P<name>(?P<short>[A-Z][a-z]+)(?: [A-Z][a-z]+){1,3}) autonomous (?:county|banner)\b")
APPOSED = re.compile(
    r"\b(?P<name>[A-Z][a-z]+(?:['’][a-z]+)?), (?:now |then |once )?an? (?:[a-z]+(?:-[a-z]+)? ){0,3}"
    r"(?:county|district|township|town|banner|county-level city)\b"
    r"(?=[,.;]| (?:in|of|under|on|at|with|where|known|famous|administered|governed|belonging|bordering)\b)"
)
SEAT = re.compile(
    r"\b(?P<name>[A-Z][a-z]+(?:['’][a-z]+)?), the (?:administrative |county |old )?(?:seat|capital) of "
    r"(?:the|an?|[A-Z])"
)
ONE_OF = re.compile(
    r"\b(?P<name>[A-Z][a-z]+(?:['’][a-z]+)?), (?:one|another) of (?:[a-z-]+ ){0,4}"
    r"(?:counties|districts|townships|towns|banners|county-level cities)\b"
)
BEFORE_PROVINCE = re.compile(
    r"\b(?:[Ii]n|from|at|near) (?P<name>[A-Z][a-z]+(?:['’][a-z]+)?)(?:, | of )"
    r"(?=(?:Anhui|Fujian|Gansu|Guangdong|Guangxi|Guizhou|Hainan|Hebei|Heilongjiang|Henan|Hubei|Hunan|Inner Mongolia|"
    r"Jiangsu|Jiangxi|Jilin|Liaoning|Ningxia|Qinghai|Shaanxi|Shandong|Shanxi|Sichuan|Tibet|Xinjiang|Xizang|Yunnan|"
    r"Zhejiang)(?:[,.;]| [a-z]))"
)
TOGETHER = re.compile(
    r"\b(?P<names>[A-Z][a-z]+(?:(?:, | and |, and )[A-Z][a-z]+)+) (?:counties|districts|townships|banners)\b"
)
BESIDE = frozenset(
    "Adjacent Adjoining Coastal Downtown Mountainous Nearby Neighboring Neighbouring Remote Rural".split()
)  # what may be said of a place before its name
NO_NAME = BESIDE | frozenset(
    "The This That Each Every Its Their A An Another No Any Some In Our All Key Pilot Demonstration New Old Same Other "
    "From To At Near By On Around Across Throughout For After Before Since When While As And But With Both Neither "
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug "
    "Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Xinhua "
    "Central East West North South Eastern Western Northern Southern National Provincial Municipal Local".split()
)


def typed_names(text: str) -> frozenset[str]:
    """Return the names that the text gives to districts, counties and towns ('Huangpu district')."""
    patterns = (TYPED, APPOSED, SEAT, ONE_OF, BEFORE_PROVINCE)
    names = {match["name"] for pattern in patterns for match in pattern.finditer(text)}
    names.update(name for match in AUTONOMOUS.finditer(text) for name in match.groups())
    for match in (*LISTED.finditer(text), *TOGETHER.finditer(text)):
        names.update(re.split(r", and |, | and ", match["names"]))
    return frozenset(bare for name in names if (bare := _bare(name)))


def _bare(name: str) -> str:
    """Drop the words before a name that only open a sentence or a phrase ('In Huangpu district')."""
    words = name.split()
    while words and words[0] in NO_NAME:
        words = words[1:]
    return " ".join(words)


def find_places(text: str, start: int, end: int, gazetteer: Gazetteer, typed: frozenset[str]) -> list[PlaceName]:
    """Find the places of `text[start:end]`, in order: the authority file's, and the document's own `typed` names."""
    known = [
        PlaceName(start + found.start, start + found.end, found.surface, tuple(found.keys))
        for found in gazetteer.places(text[start:end])
    ]
    taken = {offset for place in known for offset in range(place.start, place.end)}
    own = [place for place in _own(text, start, end, typed) if place.start not in taken]
    return sorted([*known, *own], key=lambda place: place.start)


def _own(text: str, start: int, end: int, typed: frozenset[str]) -> Iterator[PlaceName]:
    for name in sorted(typed):
        for match in re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])").finditer(text, start, end):
            yield PlaceName(match.start(), match.end(), name, ())
