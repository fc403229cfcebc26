"""What 'the bureau', 'its', 'the company' and 'he' point back to: the body, company, area or person named before.

Every answer is a reading, and says so; where nothing fits there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from shanxi_kg.extraction.context import Context
from shanxi_kg.facts import Area, Body, Certainty, Judgement
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

COMPANY_NOUNS = frozenset(
    {"company", "firm", "enterprise", "carmaker", "group", "corporation", "manufacturer", "startup", "bank"}
)
AREA_NOUNS = {
    "province": "province",
    "region": "province",
    "municipality": "province",
    "city": "prefecture",
    "prefecture": "prefecture",
    "county": "county",
    "district": "county",
    "banner": "county",
    "town": "county",
}
ANY_BODY = frozenset({"agency", "authority", "body", "institution", "organization"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FRONTING = frozenset({"With", "Under", "As", "Through", "Since", "After"})
NAME_LINKS = frozenset({"&", "-"})

Found = tuple[int, Body | Area]
Finder = Callable[[Context, ReadSentence], Iterable[Found]]


def pointed(word: str, name: str, field: str) -> Judgement:
    """Return the judgement that a word that points back is read as a name."""
    reading = f"'{word}' is read as {name}, named before."
    return Judgement(Certainty.INFERRED, "antecedent", field, reading)


def body_called(context: Context, read: ReadSentence, i: int, noun: str) -> Body | Area | None:
    """Resolve 'the bureau', 'the company' at token `i`: the last body, company or area before that the noun fits."""
    offset = read.sentence.tokens[i].start
    word = noun.lower()
    if word in AREA_NOUNS:
        return _area_called(context, read, i)
    bodies = (body for _, body in _before(context, read, offset, _bodies))
    named = next((body for body in bodies if word in ANY_BODY or word in body.name.lower().split()), None)
    named = named or (_named_by(context, noun, offset) if word in load_lexicon()["joined-body"] else None)
    if named or word not in COMPANY_NOUNS:
        return named
    return next((body for _, body in _before(context, read, offset, companies)), None)


def _named_by(context: Context, noun: str, offset: int) -> Body | None:
    """Return the last name before an offset that ends in a noun ('the alliance': the Southern Lion Alliance)."""
    name = re.compile(rf"(?:[A-Z][\w'’-]*[ -])+{noun.capitalize()}\b")
    found = [match[0] for match in name.finditer(context.reading.document.text, 0, offset)]
    return Body(found[-1].removeprefix("The ")) if found else None


def owner(context: Context, read: ReadSentence, i: int, areas_too: bool) -> Body | Area | None:
    """Resolve 'its' at token `i`: a name since the last person, else the subject, else the name nearest before."""
    offset = read.sentence.tokens[i].start
    for earlier in _backward(context, read):
        named = sorted(_named(context, earlier, areas_too), key=lambda found: found[0])
        before = [found for found in named if found[0] < offset]
        last_person = max((person.end for person in earlier.persons if person.start < offset), default=0)
        since = [found for found in before if last_person and found[0] > last_person]
        subjects = [found for found in before if _is_subject(earlier.sentence, found[0])]
        chosen = since[-1:] or subjects[-1:] or before[-1:] or _ahead(earlier, named, offset)
        if chosen:
            return chosen[0][1]
        if earlier is read and _has_own_subject(read.sentence, i):
            return None
    return None


def _has_own_subject(sentence: Sentence, i: int) -> bool:
    """Tell whether a body without a name is the subject before token `i`, so that 'its' is no name's before it."""
    heads = load_lexicon()["unit-head"] | load_lexicon()["agency-head"] | COMPANY_NOUNS
    return any(token.dep in SUBJECTS and token.i < i and token.text.lower() in heads for token in sentence.tokens)


def _ahead(read: ReadSentence, named: list[Found], offset: int) -> list[Found]:
    """Return the subject that 'its' in a fronted phrase looks ahead to ('With X as its head, the bureau …')."""
    fronted = read.sentence.tokens[0].text in FRONTING and read.sentence.start <= offset
    return [found for found in named if fronted and found[0] > offset and _is_subject(read.sentence, found[0])][:1]


def person_before(context: Context, read: ReadSentence, i: int) -> str | None:
    """Return the person named last before token `i`, in its sentence or the two before."""
    offset = read.sentence.tokens[i].start
    for earlier in _backward(context, read, reach=2):
        before = [person for person in earlier.persons if person.start < offset]
        if before:
            return before[-1].name
    return None


def companies(context: Context, read: ReadSentence) -> Iterator[tuple[int, Body]]:
    """Give the companies that a sentence names: capitalised words that end in 'Co', 'Group' and the like."""
    tokens, markers = read.sentence.tokens, load_lexicon()["company-marker"]
    for token in tokens:
        if not token.text[:1].isupper() or token.text.lower().rstrip(".") not in markers:
            continue
        first = token.i
        while first > 0 and _is_name_part(tokens[first - 1]):
            first -= 1
        following = tokens[token.i + 1].text if token.i + 1 < len(tokens) else ""
        if first < token.i and not following[:1].isupper():
            last = company_end(tokens, token.i)
            yield tokens[first].start, Body(context.words(tokens[first].start, tokens[last].end))


def company_end(tokens: tuple[Token, ...], last: int) -> int:
    """Step over ', Ltd' behind a company's name."""
    behind = [token.text.lower().rstrip(".") for token in tokens[last + 1 : last + 3]]
    if len(behind) == 2 and behind[0] == "," and behind[1] in {"ltd", "inc", "llc"}:
        return last + 2
    return last + 1 if behind[:1] == ["ltd"] else last


def _is_name_part(token: Token) -> bool:
    return (token.text[:1].isupper() and token.pos in {"PROPN", "NOUN", "ADJ"}) or token.text in NAME_LINKS


def _area_called(context: Context, read: ReadSentence, i: int) -> Area | None:
    """Return what 'the province' means: the last one named before it in the sentence, else what the areas say."""
    refs, level = context.areas.refs[read.number], AREA_NOUNS[read.sentence.tokens[i].text.lower()]
    named = [ref.area for ref in refs if ref.token < i and ref.rule is None and _is_of(ref.area, level)]
    return named[-1] if named else next((ref.area for ref in refs if ref.token == i and ref.rule), None)


def _is_of(area: Area, level: str) -> bool:
    return area.key is not None and load_gazetteer().place(area.key).level == level


def _backward(context: Context, read: ReadSentence, reach: int = 3) -> Iterable[ReadSentence]:
    return reversed(context.reading.sentences[max(0, read.number - reach) : read.number + 1])


def _before(context: Context, read: ReadSentence, offset: int, finder: Finder) -> Iterator[Found]:
    for earlier in reversed(context.reading.sentences[: read.number + 1]):
        found = sorted(finder(context, earlier), key=lambda pair: pair[0])
        yield from (pair for pair in reversed(found) if pair[0] < offset)


def _bodies(context: Context, read: ReadSentence) -> Iterator[tuple[int, Body]]:  # noqa: ARG001 (one shape for all)
    return ((mention.start, mention.body) for mention in read.bodies)


def _named(context: Context, read: ReadSentence, areas_too: bool) -> Iterator[Found]:
    yield from _bodies(context, read)
    yield from companies(context, read)
    yield from _called(context, read)
    if areas_too:
        inside = [(body.start, body.end) for body in read.bodies]
        own = [place for place in read.places if not any(a <= place.start < b for a, b in inside)]
        yield from ((place.start, place.area) for place in own)


def _called(context: Context, read: ReadSentence) -> Iterator[Found]:
    """Give what 'the university' and the like in a sentence point back to."""
    tokens, nouns = read.sentence.tokens, load_lexicon()["unit-head"] | load_lexicon()["agency-head"] | COMPANY_NOUNS
    for token in tokens[1:]:
        if token.text in nouns and tokens[token.i - 1].text.lower() == "the" and not _goes_on(tokens, token.i):
            body = body_called(context, read, token.i, token.text)
            if body:
                yield token.start, body


def _goes_on(tokens: tuple[Token, ...], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].text.lower() == "of"


def _is_subject(sentence: Sentence, offset: int) -> bool:
    i = sentence.at(offset)
    while i is not None and sentence.tokens[i].dep in {"compound", "amod", "nmod"}:
        i = sentence.tokens[i].head
    return i is not None and sentence.tokens[i].dep in SUBJECTS
