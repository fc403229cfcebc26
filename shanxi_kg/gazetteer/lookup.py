"""Looking names up: in a running text, or one name that somebody wrote.

The authority files say which names there are; here is the grammar of what stands around them: type words ('province'),
wider areas ('Suzhou, Anhui'), and words that make something else of a name ('Nanjing Road').
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanxi_kg.errors import UsageError
from shanxi_kg.gazetteer.matching import PLAIN, Matcher
from shanxi_kg.gazetteer.model import BodyMention, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shanxi_kg.gazetteer.model import KnownBody, Place

# What a type word says of the area that it follows: its level, and the ending of its Chinese name.
TYPES = {
    "province": ("province", ""),
    "autonomous region": ("province", "自治区"),
    "special administrative region": ("province", "特别行政区"),
    "sar": ("province", "特别行政区"),
    "municipality": ("province prefecture", "市"),
    "city": ("province prefecture county", "市"),
    "prefecture": ("prefecture", ""),
    "autonomous prefecture": ("prefecture", "自治州"),
    "league": ("prefecture", "盟"),
    "county": ("county", "县"),
    "district": ("county", "区"),
}
PLURALS = {f"{word[:-1]}ies" if word.endswith("y") else f"{word}s": word for word in TYPES}
# Between an area's name and the name of a wider area that it lies in: 'Suzhou, Anhui', 'Anhui's Suzhou'.
LIES_IN = re.compile(r"(?: city)?(?:,| in|, in| of)(?: the)?(?: [A-Z]\w+ China's| \w+ern)? ")
OWNS = re.compile(r"(?: province| region)?'s |(?: province|'s)? city of ")
LEADS_IN = re.compile(r"(?:the )?(?:(?:\w+ )?China's )?(?:the )?", re.IGNORECASE)
ENDS = re.compile(r"(?P<name>.+?)\s+(?P<type>region|" + "|".join(TYPES) + ")", re.IGNORECASE)
AFTER = re.compile(rf" (?P<type>(?i:{'|'.join(TYPES)}))(?![\w-])")
AFTER_PLURAL = re.compile(rf" (?P<type>(?i:{'|'.join(PLURALS)}))(?![\w-])")
AFTER_LIST = re.compile(rf"(?:(?:,? and |, )[A-Z][\w']*(?: [A-Z][\w']*)?){{1,15}}{AFTER_PLURAL.pattern}")
BEFORE = re.compile(r"\bthe (?P<type>city|county|province) of $")
NO_AREA_AFTER = re.compile(r" (?:Road|Street|Avenue|Lake|River|Mountains?|Sea|Straits?|Daily)\b")
NO_AREA_BEFORE = re.compile(r"\bMount $")


class Gazetteer:
    """Areas and known bodies with their names; ask `load_gazetteer` for the one of ontology/."""

    def __init__(
        self,
        places: Mapping[str, Place],
        bodies: Mapping[str, KnownBody],
        place_names: Mapping[str, tuple[str, ...]],
        body_names: Mapping[str, str],
    ) -> None:
        self._places = places
        self._bodies = bodies
        self._place_names = place_names
        self._body_names = body_names
        by_size = sorted(place_names.items(), key=lambda item: len(item[1]))  # of two spellings, the one of more areas
        self._folded = {name.casefold(): keys for name, keys in by_size}
        self._folded.update((place.name_zh, (place.key,)) for place in places.values())
        self._place_matcher = Matcher(place_names)
        self._body_matcher = Matcher(body_names)

    def place(self, key: str) -> Place:
        """Return the area with that key; UsageError where there is none."""
        if key not in self._places:
            raise UsageError(f"{key!r} is no key of ontology/places.ttl; give an ISO 3166-2 or a GB/T 2260 code")
        return self._places[key]

    def body(self, key: str) -> KnownBody:
        """Return the body with that key; UsageError where there is none."""
        if key not in self._bodies:
            raise UsageError(f"{key!r} is no key of ontology/organizations.ttl; give the last part of the body's IRI")
        return self._bodies[key]

    def children(self, key: str) -> tuple[Place, ...]:
        """Return the areas directly below the area, by key."""
        return tuple(sorted((p for p in self._places.values() if p.parent == key), key=lambda place: place.key))

    def is_within(self, key: str, ancestor: str) -> bool:
        """Tell whether the area is `ancestor` or lies in it.

        >>> from shanxi_kg.gazetteer import load_gazetteer
        >>> load_gazetteer().is_within("140121", "CN-SX")
        True
        """
        step: str | None = key
        while step is not None and step != ancestor:
            step = self.place(step).parent
        return step is not None

    def places(self, text: str) -> tuple[PlaceMention, ...]:
        """Find the areas that the text names, in order, none overlapping another.

        Type words beside a name decide ('Datong county' is not the city), and so do wider areas ('Suzhou, Anhui').

        >>> from shanxi_kg.gazetteer import load_gazetteer
        >>> [(mention.surface, mention.keys) for mention in load_gazetteer().places("Shaanxi's Yulin")]
        [('Shaanxi', ('CN-SN',)), ('Yulin', ('610800',))]
        """
        plain = text.translate(PLAIN)
        found = [
            PlaceMention(start, end, text[start:end], self._read(plain, start, end))
            for start, end in self._place_matcher.spans(plain)
        ]
        return tuple(self._narrowed(plain, [mention for mention in found if mention.keys]))

    def bodies(self, text: str) -> tuple[BodyMention, ...]:
        """Find the known bodies that the text names, in order, none overlapping another.

        >>> from shanxi_kg.gazetteer import load_gazetteer
        >>> load_gazetteer().bodies("The SIPO said so in 2015.")[0].key
        'china-national-intellectual-property-administration'
        """
        plain = text.translate(PLAIN)
        return tuple(
            BodyMention(start, end, text[start:end], self._body_names[plain[start:end]])
            for start, end in self._body_matcher.spans(plain)
        )

    def resolve_area(self, name: str) -> str | None:
        """Return the key of the likeliest area that a written name stands for, or None; keys stand for themselves.

        >>> from shanxi_kg.gazetteer import load_gazetteer
        >>> gazetteer = load_gazetteer()
        >>> gazetteer.resolve_area("North China's Shanxi province"), gazetteer.resolve_area("Datong county")
        ('CN-SX', '140215')
        """
        if name in self._places:
            return name
        plain = " ".join(name.translate(PLAIN).split()).strip(" ,.'").removesuffix("'s")
        stripped = LEADS_IN.sub("", plain, count=1)
        for candidate in (plain, stripped):
            keys = self._named(candidate)
            if keys:
                return keys[0]
        return self._resolve_in(stripped)

    def _resolve_in(self, name: str) -> str | None:
        """Resolve 'Suzhou, Anhui' or 'Suzhou in Anhui province': the first name as it is understood in the second."""
        separator = re.search(r",\s*| in | of ", name)
        wider = self.resolve_area(name[separator.end() :]) if separator else None
        if separator is None or wider is None:
            return None
        keys = self._named(name[: separator.start()])
        return next((key for key in keys if self.is_within(key, wider)), None)

    def _named(self, name: str) -> tuple[str, ...]:
        """Return the areas that have the name, its type word taken into account."""
        exact = self._folded.get(name.casefold())
        if exact:
            return exact
        match = ENDS.fullmatch(name)
        if match is None:
            return next(filter(None, (self._folded.get(f"{name} {word}".casefold()) for word in TYPES)), ())
        word = match["type"].lower()
        word = "autonomous region" if word == "region" else word
        return tuple(key for key in self._folded.get(match["name"].casefold(), ()) if self._fits(key, word))

    def _read(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """Return the areas that the name at `start` can mean, by the words around it."""
        keys = self._place_names[text[start:end]]
        if NO_AREA_AFTER.match(text, end) or NO_AREA_BEFORE.search(text, max(0, start - 10), start):
            return ()
        word = _type_word(text, start, end)
        if word is None or text[start:end].lower().endswith(f" {word}"):
            return keys
        typed = self._place_names.get(f"{text[start:end]} {word}") or tuple(k for k in keys if self._fits(k, word))
        return typed or tuple(key for key in keys if self._places[key].level in {"country", "province"})

    def _fits(self, key: str, word: str) -> bool:
        levels, ending = TYPES[word]
        return self._places[key].level in levels.split() and self._places[key].name_zh.endswith(ending)

    def _narrowed(self, text: str, mentions: list[PlaceMention]) -> Iterator[PlaceMention]:
        """Give the mentions, those of several areas narrowed by a wider area that is named beside them."""
        for i, mention in enumerate(mentions):
            wider = [other.keys[0] for pattern, other, gap in _neighbours(text, mentions, i) if pattern.fullmatch(gap)]
            keys = tuple(key for key in mention.keys if any(self._is_below(key, other) for other in wider))
            yield PlaceMention(mention.start, mention.end, mention.surface, keys or mention.keys)

    def _is_below(self, key: str, ancestor: str) -> bool:
        return key != ancestor and self.is_within(key, ancestor)


def _neighbours(text: str, mentions: list[PlaceMention], i: int) -> Iterator[tuple[re.Pattern[str], PlaceMention, str]]:
    if i > 0:
        yield OWNS, mentions[i - 1], text[mentions[i - 1].end : mentions[i].start]
    if i + 1 < len(mentions):
        yield LIES_IN, mentions[i + 1], text[mentions[i].end : mentions[i + 1].start]


def _type_word(text: str, start: int, end: int) -> str | None:
    """Return the type word of a name: after it, after the list that it is in, or before it ('the city of Jilin')."""
    match = (
        AFTER.match(text, end)
        or AFTER_LIST.match(text, end)
        or (AFTER_PLURAL.match(text, end) if text.endswith(" and ", 0, start) else None)
        or BEFORE.search(text, max(0, start - 20), start)
    )
    word = match["type"].lower() if match else ""
    return PLURALS.get(word, word) or None
