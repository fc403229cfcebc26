"""The area that holds at a place in the text.

'The city' means the city named before; a sentence without any area is about what its paragraph is about. Each answer
comes with the judgement that it took, None where the words name the area beside the fact; where nothing decides,
there is no area.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.about import (
    body_meant,
    described,
    goes_on,
    in_subject,
    is_aside,
    is_away,
    is_beyond,
    is_elsewhere,
    is_source,
    is_speaker,
    is_supraregional,
    is_trait,
    is_whole,
    leads_away,
    points_back,
    root,
    told,
)
from shanxi_kg.extraction.containment import is_apart, is_inside, narrower, narrowest, province_of
from shanxi_kg.extraction.levels import FITTING, fits, inferred
from shanxi_kg.extraction.seats import CHINA, area_in_name, has_no_seat, is_national, seat_told
from shanxi_kg.facts import Area, Body, Judgement
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import BodyMention, Reading, ReadSentence

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})
INSIDE = frozenset({"in", "across", "throughout", "within", "at", "from", "for"})

AreaFound = tuple[Area | None, Judgement | None]
NOWHERE: AreaFound = (None, None)


@dataclass(frozen=True, slots=True)
class AreaRef:
    """An area that a sentence refers to at token `token`; `rule` says how, where the words are not its name."""

    token: int
    area: Area
    rule: str | None = None
    in_body: bool = False


class Areas:
    """The areas of one document: what each sentence refers to, and what each sentence is about."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.topic = self._topic()
        self.refs: list[tuple[AreaRef, ...]] = []
        self.focus: list[AreaFound] = []
        self._history: list[AreaRef] = [AreaRef(-1, self.topic)] if self.topic else []
        about: AreaFound = (self.topic, inferred("area-of-the-document", self.topic))
        focus, heading = about, None
        for sentence in reading.sentences:
            focus = focus if sentence.sentence.heading == heading else about  # a new section begins anew
            heading = sentence.sentence.heading
            self.refs.append(tuple(self._refs(sentence)))
            subject, in_body = self._subject_area(sentence)
            own = (subject, inferred("area-of-the-paragraph", subject)) if subject else focus
            self.focus.append(own)
            focus = own if subject is None or not in_body or self._stays(subject) else focus

    def at(self, number: int, token: int, near: Iterable[int] = (), without: Iterable[int] = ()) -> AreaFound:
        """Return the area that holds at a token of sentence `number`; `near` are the tokens of the words it is about.

        Areas at the tokens `without` do not count.

        Tried in turn: an area among the words, the subject or a place phrase of the clause and of the clauses
        around it, the nearest area before it in the sentence, what the sentence or its paragraph is about.
        """
        sentence = self.reading.sentences[number].sentence
        barred = set(without)
        told = (ref for ref in self.refs[number] if ref.token not in barred and self._tells(number, ref))
        usable = [ref for ref in told if not is_beyond(sentence, token, ref.token)]
        for candidates in self._circles(sentence, usable, token, frozenset(near)):
            if candidates:
                return self._answer(_chosen(candidates))
        return self.focus[number] if not is_supraregional(sentence) else NOWHERE

    def _stays(self, area: Area) -> bool:
        """Tell whether what follows is about the area of a body, too: one in what the text is about."""
        return self.topic is None or is_inside(area, self.topic)

    def _tells(self, number: int, ref: AreaRef) -> bool:
        """Tell whether an area can be where something is: no whole of a share, none of a list, no word of a name.

        Nor is it where those are who only belong to what is told of ('firms with Macao shareholders').
        """
        sentence = self.reading.sentences[number].sentence
        token = sentence.tokens[ref.token]
        about = self.focus[number][0]
        told_by = about is not None and is_source(sentence, ref.token)
        speaks = ref.in_body and about is not None and is_apart(ref.area, about) and is_speaker(sentence, ref.token)
        in_nation = ref.in_body and ref.area == CHINA and not in_subject(sentence, ref.token)
        if told_by or speaks or in_nation or is_elsewhere(sentence, ref.token):
            return False
        if is_whole(sentence, ref.token) or (not ref.in_body and is_trait(sentence, ref.token)):
            return False
        if any(sentence.tokens[c].dep == "conj" for c in sentence.children[ref.token]) or token.dep == "conj":
            others = {r.token for r in self.refs[number]}
            linked = {token.head, *sentence.children[ref.token]} - {ref.token}
            return others.isdisjoint(linked)
        head = sentence.tokens[token.head]
        lexicon = load_lexicon()
        typed = head.text.lower() in lexicon["area-type"] | lexicon["platform-head"] | lexicon["platform-head-made"]
        in_name = token.dep in {"compound", "nmod"} and head.pos == "PROPN" and head.text[:1].isupper() and not typed
        return ref.in_body or not in_name

    def of_body(self, mention: BodyMention | None, number: int, body: Body | None = None) -> AreaFound:
        """Return a body's seat or jurisdiction: from its name, the authority file, else the context."""
        body = body or (mention.body if mention else None)
        if body is None:
            return NOWHERE
        told = seat_told(self.reading, number, body, mention)
        if told:
            return told, None
        if is_national(body):
            return CHINA, inferred("national-body", CHINA)
        if has_no_seat(self.reading, body, mention):
            return NOWHERE
        own = [ref for ref in self.refs[number] if not ref.in_body]
        return self._answer(own[0]) if own and own[0].token < 4 else self.focus[number]

    # what a sentence refers to ----------------------------------------------------------------------------------
    def _refs(self, sentence: ReadSentence) -> Iterator[AreaRef]:
        named = {s.start: s for s in sentence.places}
        found: list[AreaRef] = []
        for token in sentence.sentence.tokens:
            place = named.get(token.start)
            if place:
                inside = any(b.start <= place.start and place.end <= b.end for b in sentence.bodies)
                ref: AreaRef | None = AreaRef(token.i, place.area, in_body=inside)
            else:
                ref = self._anaphor(sentence.sentence, token.i, found)
            if ref:
                self._history.append(ref)
                found.append(ref)
                yield ref

    def _anaphor(self, sentence: Sentence, i: int, earlier: list[AreaRef]) -> AreaRef | None:
        """Resolve 'the province', 'the coastal city' at token `i`; None where it refers to nothing known.

        `earlier` are the areas that the sentence named before.
        """
        word, lexicon = sentence.tokens[i].text.lower(), load_lexicon()
        if word in {"nationwide", "nationally"}:
            return AreaRef(i, CHINA, "the-country")
        if word == "there" and sentence.tokens[i].tag == "RB":
            named = [ref.area for ref in [*self._history, *earlier] if not ref.in_body and ref.area != CHINA]
            about = self.focus[-1][0] if self.focus else None  # of 'Xianning, Hubei' it is Xianning
            return AreaRef(i, about if about and narrower(about, named[-1]) else named[-1], "there") if named else None
        levels = next((levels for name, levels in FITTING.items() if word in lexicon[f"{name}-word"]), None)
        if (levels is None and word not in {"country", "nation"}) or not points_back(sentence, i):
            return None
        if goes_on(sentence, i):
            return None
        fronted = [ref.area for ref in _fronted(sentence, earlier)]
        return self._named_before(i, word, levels, fronted) if levels else AreaRef(i, CHINA, "the-country")

    def _named_before(self, i: int, word: str, levels: frozenset[str], fronted: list[Area]) -> AreaRef | None:
        """Find what 'the city' means: what the text is about, then what was named last, own names before bodies'.

        `fronted` are the areas that open the sentence ('In Wuhan, … the city').
        """
        about = [area for area in (*fronted, *(found for found, _ in reversed(self.focus)), self.topic) if area]
        fitting = [area for area in about if fits(area, word, levels)]
        if fitting:
            return AreaRef(i, fitting[0], f"the-{word}")
        around = [province_of(area) for area in about] if word == "province" else []
        latest = reversed(self._history)
        earlier = [ref.area for ref in sorted(latest, key=lambda ref: ref.in_body)]
        named = [area for area in earlier if fits(area, word, levels)]
        wider = [province_of(area) for area in earlier] if word == "province" else []
        for rule, areas in (("the-province-around", around), (f"the-{word}", named), ("the-province-around", wider)):
            found = next((area for area in areas if area), None)
            if found:
                return AreaRef(i, found, rule)
        return None

    # what a sentence is about -----------------------------------------------------------------------------------
    def _topic(self) -> Area | None:
        title = self.reading.document.title or ""
        places = [p for p in load_gazetteer().places(title) if p.keys[0] != "CN"]
        if places:
            return Area(places[0].surface, places[0].keys[0])
        firsts = [p.area for s in self.reading.sentences[:2] for p in s.places]
        return next(iter(firsts), None) or self._reported_from()

    def _reported_from(self) -> Area | None:
        """Return the place in the dateline ('TAIYUAN, Nov. 8 -- …'), less the capital, from where all is reported."""
        span = self.reading.document.dateline_span
        words = self.reading.document.text[slice(*span)].title() if span else ""
        places = [p for p in load_gazetteer().places(words) if p.keys[0] not in {"CN", "CN-BJ"}]
        return Area(places[0].surface, places[0].keys[0]) if places else None

    def _subject_area(self, read: ReadSentence) -> tuple[Area | None, bool]:
        """Return the area that a sentence is about, and whether it is only that of a body, its subject.

        It is that of the opening phrase or of the subject; who only says something elsewhere does not count.
        """
        sentence, refs = read.sentence, self.refs[-1]
        fronted = [ref.area for ref in _fronted(sentence, refs)]
        verb = told(sentence, root(sentence))
        own, bodies = self._subject_areas(sentence, verb)
        if not own and not bodies:
            own = self._named_alone(sentence)
        if not own and not bodies:
            own, bodies = self._subject_areas(sentence, root(sentence))
            says = told(sentence, root(sentence)) != root(sentence)
            bodies = [a for a in bodies if not (says and self.topic and is_apart(a, self.topic))]
        own = narrowest(own)
        if not own and not bodies and (body := body_meant(self.reading, read, told(sentence, root(sentence)))):
            bodies = [area for area in [area_in_name(body)] if area and area != CHINA]
        if len(set(own)) > 1 and not fronted:
            return None, False
        return next(iter([*fronted, *own, *bodies]), None), not fronted and not own

    def _named_alone(self, sentence: Sentence) -> list[Area]:
        """Return the only area that a sentence names, where the text is about it or about one in or around it."""
        named = [ref for ref in self.refs[-1] if not (ref.in_body or ref.rule or ref.area == CHINA)]
        found = narrowest(list({ref.area: None for ref in named if not is_aside(sentence, ref.token)}))
        if self.topic is None or len(found) != 1:
            return []
        return found if is_inside(found[0], self.topic) or is_inside(self.topic, found[0]) else []

    def _subject_areas(self, sentence: Sentence, verb: int) -> tuple[list[Area], list[Area]]:
        """Return the areas in the subject of a verb: those by their own names, and those in bodies' names."""
        subjects = [c for c in sentence.children[verb] if sentence.tokens[c].dep in SUBJECTS]
        named = {ref.token for ref in self.refs[-1]}
        inside = {i for c in subjects for i in self._in_subject(sentence, c, named) if not is_away(sentence, i, c)}
        refs = [ref for ref in self.refs[-1] if ref.token in inside and ref.area != CHINA]
        return [ref.area for ref in refs if not ref.in_body], [ref.area for ref in refs if ref.in_body]

    def _in_subject(self, sentence: Sentence, subject: int, named: set[int]) -> list[int]:
        """Return the tokens of a subject, less what is said of it where it is an area ('Gaomi, a city in X, …')."""
        aside = [c for c in sentence.children[subject] if sentence.tokens[c].dep in {"appos", "relcl", "acl"}]
        clauses = [c for c in aside if sentence.tokens[c].dep == "relcl"]
        acting = [c for verb in clauses for c in sentence.children[verb] if sentence.tokens[c].dep in SUBJECTS]
        told = [i for c in acting for i in sentence.subtree(c)]
        return [*sentence.subtree(subject, without=aside if subject in named else clauses), *told]

    # choosing ---------------------------------------------------------------------------------------------------
    def _circles(
        self, sentence: Sentence, refs: list[AreaRef], token: int, near: frozenset[int]
    ) -> Iterator[list[AreaRef]]:
        """Give the candidates from the nearest circle to the widest."""
        apposed = described(sentence, token)
        yield [ref for ref in refs if ref.token == apposed]
        yield [ref for ref in refs if ref.token in near]
        for verb in [token, *sentence.ancestors(token)]:
            if sentence.tokens[verb].pos in {"VERB", "AUX"}:
                yield self._arguments(sentence, refs, verb)
        refs = [ref for ref in refs if ref.rule or not leads_away(sentence, ref.token)]
        named = [ref for ref in refs if ref.area != CHINA]  # 'first in the country' is no place where something is
        before = [ref for ref in reversed(named) if ref.token < token]
        yield [ref for ref in before if not ref.in_body]
        yield before
        yield [ref for ref in named if not ref.in_body]

    def _arguments(self, sentence: Sentence, refs: list[AreaRef], verb: int) -> list[AreaRef]:
        """Return the areas in the place phrases and in the subject of a verb, own names before names inside bodies'."""
        children = sentence.children[verb]
        places = [c for c in children if sentence.tokens[c].dep == "prep" and sentence.tokens[c].text.lower() in INSIDE]
        places += [c for c in children if sentence.tokens[c].dep == "advmod"]  # 'nationwide'
        subjects = [c for c in children if sentence.tokens[c].dep in SUBJECTS]
        inside = [set(sentence.subtree(c)) for c in places + subjects]
        found = [ref for group in inside for ref in refs if ref.token in group]
        return sorted(found, key=lambda ref: sum(1 for _ in sentence.ancestors(ref.token)))

    def _answer(self, ref: AreaRef) -> AreaFound:
        return ref.area, inferred(ref.rule, ref.area) if ref.rule else None


def _chosen(candidates: list[AreaRef]) -> AreaRef:
    """Return the first of some areas, or one right behind that lies in it ("China's Sichuan", 'this Hubei city')."""
    first = next((ref for ref in candidates if ref.area != CHINA), candidates[0])
    behind = (ref for ref in candidates if 0 < ref.token - first.token <= 2)
    return next((ref for ref in behind if narrower(ref.area, first.area)), first)


def _fronted(sentence: Sentence, refs: Iterable[AreaRef]) -> list[AreaRef]:
    """Return the areas that open a sentence ('In Wuhan, …')."""
    return [r for r in refs if r.token <= 2 and sentence.tokens[0].text == "In" and not r.in_body]
