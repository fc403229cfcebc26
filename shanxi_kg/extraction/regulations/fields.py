"""Where a regulation applies and its days: from its title, its issuer, its events' dates, else the context."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from shanxi_kg.dates import DateExpression
from shanxi_kg.extraction.areas import AreaFound
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.regulations.event_words import FORCE, ISSUE, LAW, Event, verb_of
from shanxi_kg.extraction.regulations.events import dated
from shanxi_kg.extraction.regulations.model import Title
from shanxi_kg.extraction.seats import CHINA
from shanxi_kg.facts import Area, Certainty, Judgement
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

PRESENT = frozenset({"VBZ", "VBP", "VB"})
AT_ONCE = {
    ("applicable", "immediately"),
    ("immediate", "effect"),
    ("effective", "immediately"),
    ("effect", "immediately"),
    ("force", "immediately"),
}
JUST_PAST = 2  # months: 'takes effect on March 1' in a text of the middle of March is no day of the next year
HALF_A_YEAR = 6  # months: what 'is in force as of' a day is so by the day that lies nearer


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a regulation, the date expressions they come from, and the judgements that reading them took."""

    issued: str | None
    in_force: str | None
    dates: tuple[DateExpression, ...]
    judgements: tuple[Judgement, ...]


def days_of(
    context: Context,
    read: ReadSentence,
    own: list[Event],
    inside: list[Title],
    reach: tuple[int, int],
    *,
    is_issued: bool = False,
) -> Days:
    """Return the days of issue and of force that a sentence gives for a regulation's own events.

    `is_issued` says that its day of issue is known, so that the day when it 'became law' is that of its force.
    """
    days: dict[str, str] = {}
    used: list[DateExpression] = []
    judgements: list[Judgement] = []
    for kind, date, event in dated(context, read, own, inside, reach):
        if kind == LAW:
            kind = FORCE if is_issued or ISSUE in days else ISSUE  # noqa: PLW2901 (what it says depends on what is known)
        if kind in days or event.is_open:
            continue
        days[kind] = _settled(context, read.sentence, date, event)
        used.append(date)
        judgement = context.periods.judgement(date, kind)
        judgements += [judgement] if judgement else []
    in_force = days.get(FORCE) or (days.get(ISSUE) if _is_at_once(read.sentence) else None)
    return Days(days.get(ISSUE), in_force, tuple(used), tuple(judgements))


def _is_at_once(sentence: Sentence) -> bool:
    """Tell whether a text is in force from the day of its issue: 'with immediate effect', 'effective immediately'."""
    words = [token.text.lower() for token in sentence.tokens]
    return any(pair in AT_ONCE for pair in pairwise(words))


def _settled(context: Context, sentence: Sentence, date: DateExpression, event: Event) -> str:
    """Return a date's period in the year that the verb's tense asks for, where the words leave the year unsaid."""
    period, now = date.period or "", context.reading.document.issued
    if date.rule != "year-from-dateline" or now is None or "/" in period:
        return period
    length = min(len(period), len(now))
    token = sentence.tokens[verb_of(sentence, sentence.tokens[event.token])]
    below = [sentence.tokens[c].tag for v in (token.i, token.head) for c in sentence.children[v]]
    modal = "MD" in below or ("TO" in below and sentence.tokens[token.head].lemma == "be")
    if event.kind == FORCE and period[:length] < now[:length] and (modal or token.tag in PRESENT):
        past = HALF_A_YEAR if token.lemma == "be" and not modal else JUST_PAST
        return _shifted(period, 1) if _months_between(period, now) > past else period
    if period[:length] > now[:length] and not modal and token.tag in {"VBD", "VBN"}:
        return _shifted(period, -1)
    return period


def _months_between(earlier: str, later: str) -> int:
    """Return the months from one day or month to a later one."""
    return (int(later[:4]) - int(earlier[:4])) * 12 + int(later[5:7] or 1) - int(earlier[5:7] or 1)


def _shifted(period: str, years: int) -> str:
    return f"{int(period[:4]) + years}{period[4:]}"


# the area ---------------------------------------------------------------------------------------------------------
def area_of(context: Context, read: ReadSentence, title: Title, own: list[Event]) -> AreaFound:
    """Return where it applies: named in the title, by its owner or its issuer, else as the context has it."""
    named = load_gazetteer().places(title.text)
    local = [place for place in named if place.keys[0] != "CN"] or list(named)
    told = [place for place in read.places if title.start <= place.start and place.end <= title.end and not place.keys]
    if local or told:  # told: a county that only the text calls one
        return Area(local[0].surface, local[0].keys[0]) if local else told[0].area, None
    if "provincial" in title.text.lower().split():
        return _province(context, read)
    if title.text.lower().startswith("national "):
        return CHINA, None
    found = _owner(context, read, title) or _issuer(context, read, own)
    if found:
        return found
    if {"Law", "Laws"} & set(title.text.split()) and not title.is_described:
        reading = f"'{title.text}' names no area; a law is read as one of the whole country."
        return CHINA, Judgement(Certainty.INFERRED, "national-law", "area", reading)
    tokens = [t.i for t in read.sentence.tokens if title.start <= t.start < title.end]
    return context.areas.at(read.number, title.head, near=tokens)


def _province(context: Context, read: ReadSentence) -> AreaFound:
    """Return the province around what the sentence is about, for a 'provincial' regulation."""
    area, judgement = context.areas.focus[read.number]
    gazetteer, key = load_gazetteer(), area.key if area else None
    while key and gazetteer.place(key).level not in {"province", "country"}:
        key = gazetteer.place(key).parent
    if area is None or key is None or key == area.key:
        return area, judgement
    name = gazetteer.place(key).name
    reading = f"A provincial regulation is read as one of {name}, the province around {area.name}."
    return Area(name, key), Judgement(Certainty.INFERRED, "the-province-around", "area", reading)


def _owner(context: Context, read: ReadSentence, title: Title) -> AreaFound | None:
    """Return the area that owns it: 'Sichuan's plan for …', 'the country's … Law'."""
    tokens = read.sentence.tokens
    first = read.sentence.at(title.start) or 0
    possessives = [t.i for t in tokens[max(0, first - 5) : title.head] if t.tag == "POS"]
    refs = {ref.token: ref for ref in context.areas.refs[read.number]}
    for possessive in reversed(possessives):
        for i in range(possessive - 1, max(-1, possessive - 4), -1):
            if i in refs and not refs[i].in_body:
                return refs[i].area, None
        if found := _of_bodies(context, read, [possessive - 1]):
            return found
    return None


def _issuer(context: Context, read: ReadSentence, own: list[Event]) -> AreaFound | None:
    """Return the area of the body that issues it, as 'by …' or as the subject of the verb."""
    sentence = read.sentence
    for event in own:
        for doer in _doers(sentence, event.token):
            found = _of_bodies(context, read, sentence.subtree(doer))
            if found:
                return found
    return None


def _doers(sentence: Sentence, verb: int) -> list[int]:
    """Return the heads of the agent and of the active subject of a verb, and of the verb it shares a subject with."""
    found: list[int] = []
    node = verb
    while True:
        below = sentence.children[node]
        agents = [c for c in below if sentence.tokens[c].dep == "agent" or sentence.tokens[c].text.lower() == "by"]
        found += [c for agent in agents for c in sentence.children[agent] if sentence.tokens[c].dep == "pobj"]
        is_active = not any(sentence.tokens[c].dep == "nsubjpass" for c in below)
        subjects = [c for c in below if sentence.tokens[c].dep == "nsubj"]
        found += subjects if is_active else []
        if subjects or sentence.tokens[node].dep not in {"conj", "xcomp"}:
            return found
        node = sentence.tokens[node].head


def _of_bodies(context: Context, read: ReadSentence, phrase: list[int]) -> AreaFound | None:
    starts = {read.sentence.tokens[i].start for i in phrase}
    for body in sorted(
        (b for b in read.bodies if starts & set(range(b.start, b.end))), key=lambda b: (b.start, -b.end)
    ):
        area, judgement = context.areas.of_body(body, read.number)
        is_known = area is not None and (judgement is None or judgement.rule == "national-body")
        inner = [ref for ref in context.areas.refs[read.number] if ref.in_body and ref.token in phrase]
        if is_known and (area != CHINA or not inner):
            return area, judgement
    return None


def is_public(read: ReadSentence, title: Title, own: list[Event]) -> bool:
    """Tell whether a described regulation is one of the public: not what a company or a school issues for itself."""
    sentence = read.sentence
    own_by = [c for c in sentence.children[title.head] if sentence.tokens[c].text.lower() == "by"]
    doers = [doer for event in own for doer in _doers(sentence, event.token) if doer != title.head]
    doers += [c for by in own_by for c in sentence.children[by]]
    loose = sentence.tokens[title.head].lemma.lower() in load_lexicon()["loose-regulation-head"]
    return not any(_is_private(read, doer) for doer in doers) and (not loose or len(title.text.split()) > 1)


def _is_private(read: ReadSentence, doer: int) -> bool:
    """Tell whether one who issues is a company, a school, a single person, or bears a name that is no public body's."""
    lexicon, token = load_lexicon(), read.sentence.tokens[doer]
    if mention_at(read.bodies, token.start) or mention_at(read.places, token.start):
        return False
    word = token.lemma.lower()
    if word in lexicon["private-issuer"] | lexicon["company-marker"] or token.text.lower() in {"he", "she", "i", "we"}:
        return True
    is_name = token.text[:1].isupper() and token.tag in {"NNP", "NNPS"}
    return is_name and not {word, token.text.lower()} & lexicon["agreement-office"]
