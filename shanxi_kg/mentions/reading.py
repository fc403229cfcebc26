"""Document in, reading out: parse, then find places, bodies, persons, dates and quantities sentence by sentence.

Two passes: the first finds full names; the second knows them, and finds their short forms (an acronym that the text
introduced in brackets, a person's family name alone).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shanxi_kg.dates import DateExpression, find_dates
from shanxi_kg.documents import Document
from shanxi_kg.facts import Body
from shanxi_kg.gazetteer import Gazetteer, load_gazetteer
from shanxi_kg.language import Sentence, parse
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions.bodies import NameGrammar
from shanxi_kg.mentions.model import BodyMention, PlaceName, Reading, ReadSentence
from shanxi_kg.mentions.persons import Families, person_spans
from shanxi_kg.mentions.places import find_places, typed_names
from shanxi_kg.quantities import Quantity, find_quantities

ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z-]{1,14})\)")
OWNED = re.compile(r"\bof (?:the )?$")
SPOKEN = (
    (re.compile(r"\bintellectual property( rights?)?\b"), "ip"),
    (re.compile(r"\b(?:the|provincial|municipal)\b"), ""),
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A full name as found: span, the words of the name, identity, and the authority file's key if it has the body."""

    start: int
    end: int
    name: str
    identity: str
    key: str | None


def read(document: Document) -> Reading:
    """Read a document: parse it and find what its sentences name."""
    gazetteer, typed = load_gazetteer(), typed_names(document.text)
    cues = load_lexicon()["target-cue"]
    sentences = parse(document)
    places = [find_places(document.text, s.start, s.end, gazetteer, typed) for s in sentences]
    names = [_names(document.text, s, found, gazetteer) for s, found in zip(sentences, places, strict=True)]
    bodies = _Bodies(document.text, [name for group in names for name in group])
    persons = [
        _persons(document.text, s, found, group) for s, found, group in zip(sentences, places, names, strict=True)
    ]
    places = [_without_persons(s, found, own) for s, found, own in zip(sentences, places, persons, strict=True)]
    families = Families(
        (s.tokens[i].start, name) for s, own in zip(sentences, persons, strict=True) for i, _, name in own
    )
    return Reading(
        document,
        tuple(
            ReadSentence(
                number,
                sentence,
                tuple(places[number]),
                tuple(bodies.mentions(sentence, names[number])),
                tuple(families.mentions(sentence, persons[number])),
                tuple(dates := find_dates(document.text, sentence.start, sentence.end, document.issued, cues)),
                tuple(_quantities(document.text, sentence, dates)),
            )
            for number, sentence in enumerate(sentences)
        ),
    )


def body_identity(name: str) -> str:
    """Return what two names of one body share: case, 'the', 'provincial' and the spelling of 'IP' aside.

    >>> body_identity("Shanxi Provincial Intellectual Property Office") == body_identity("Shanxi IP Office")
    True
    """
    plain = re.sub(r"[’']s\b", "", name.lower())
    for pattern, replacement in SPOKEN:
        plain = pattern.sub(replacement, plain)
    return " ".join(re.findall(r"[\w]+", plain))


def _quantities(text: str, sentence: Sentence, dates: list[DateExpression]) -> Iterable[Quantity]:
    """Give the quantities of a sentence that are no part of a date."""
    for quantity in find_quantities(text, sentence.start, sentence.end):
        if not any(date.start <= quantity.start < date.end for date in dates):
            yield quantity


def _tokens_of(sentence: Sentence, spans: Iterable[PlaceName | _Name]) -> frozenset[int]:
    offsets = [(span.start, span.end) for span in spans]
    return frozenset(t.i for t in sentence.tokens if any(a <= t.start and t.end <= b for a, b in offsets))


def _names(text: str, sentence: Sentence, places: list[PlaceName], gazetteer: Gazetteer) -> list[_Name]:
    starts = frozenset(t.i for t in sentence.tokens if any(place.start == t.start for place in places))
    grammar = NameGrammar(text, sentence, starts, _tokens_of(sentence, places))
    found = [
        _name(sentence.tokens[s.first].start, sentence.tokens[s.last].end, s.name, text, gazetteer)
        for s in grammar.spans()
    ]
    spans = {(name.start, name.end) for name in found}
    for known in gazetteer.bodies(text[sentence.start : sentence.end]):
        start, end = sentence.start + known.start, sentence.start + known.end
        if all(_is_apart(text, start, end, span) for span in spans):
            found.append(_Name(start, end, text[start:end], known.key, known.key))
    return sorted(found, key=lambda name: (name.start, -name.end, name.name))


def _is_apart(text: str, start: int, end: int, span: tuple[int, int]) -> bool:
    """Tell whether a known name stands outside a found one, or ends it behind an 'of' ('Branch of the Bank')."""
    inside = span[0] <= start and end <= span[1]
    return not inside or (span[0] < start and end == span[1] and OWNED.search(text, span[0], start) is not None)


def _name(start: int, end: int, given: str | None, text: str, gazetteer: Gazetteer) -> _Name:
    words = given or " ".join(text[start:end].split())
    exact = [known.key for known in gazetteer.bodies(words) if known.start == 0 and known.end == len(words)]
    key = exact[0] if exact else None
    return _Name(start, end, words, key or body_identity(words), key)


def _persons(text: str, sentence: Sentence, places: list[PlaceName], names: list[_Name]) -> list[tuple[int, int, str]]:
    """Return the persons of a sentence; a given name may be a place's too ('Xu Xi'an'), a family name may not."""
    areas = load_lexicon()["area-type"]
    plain = [place for place in places if not _is_given_name(sentence, place, areas)]
    barred = _tokens_of(sentence, [*plain, *names])
    return [
        (first, last, " ".join(text[sentence.tokens[first].start : sentence.tokens[last - 1].end].split()))
        for first, last in person_spans(sentence, barred)
    ]


def _is_given_name(sentence: Sentence, place: PlaceName, areas: frozenset[str]) -> bool:
    i = sentence.at(place.start)
    if i is None or i == 0 or sentence.tokens[i].end != place.end:
        return False
    following = sentence.tokens[i + 1].text.lower() if i + 1 < len(sentence.tokens) else ""
    family = sentence.tokens[i - 1]
    return family.text.lower() in load_lexicon()["surname"] and family.pos == "PROPN" and following not in areas


def _without_persons(
    sentence: Sentence, places: list[PlaceName], persons: list[tuple[int, int, str]]
) -> list[PlaceName]:
    taken = {sentence.tokens[i].start for first, last, _ in persons for i in range(first, last)}
    return [place for place in places if place.start not in taken]


class _Bodies:
    """The bodies of a document: the longest name of each, and the acronyms that the text introduces."""

    def __init__(self, text: str, names: list[_Name]) -> None:
        self.text = text
        self.longest: dict[str, _Name] = {}
        self.acronyms: dict[str, str] = {}
        for name in names:
            kept = self.longest.get(name.identity)
            if kept is None or len(name.name) > len(kept.name):
                self.longest[name.identity] = name
            acronym = ACRONYM.match(text, name.end)
            if acronym:
                self.acronyms[acronym[1]] = name.identity

    def mentions(self, sentence: Sentence, names: list[_Name]) -> Iterable[BodyMention]:
        """Give a sentence's mentions: its full names, and tokens that are acronyms of the document."""
        full = [self._full(name) for name in names]
        taken = [(mention.start, mention.end) for mention in full]
        short = [
            BodyMention(t.start, t.end, self.acronyms[t.text], self._body(self.acronyms[t.text]), is_alias=True)
            for t in sentence.tokens
            if t.text in self.acronyms and not any(a <= t.start < b for a, b in taken)
        ]
        return sorted([*full, *short], key=lambda mention: (mention.start, -mention.end, mention.identity))

    def _full(self, name: _Name) -> BodyMention:
        identity = self.acronyms.get(name.name, name.identity)
        return BodyMention(
            name.start, name.end, identity, self._body(identity), name.name != self.longest[identity].name
        )

    def _body(self, identity: str) -> Body:
        name = self.longest[identity]
        return Body(name.name, name.key)
