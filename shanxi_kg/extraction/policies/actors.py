"""Who acts: whether a subject is a public body or an area, and which area it is of.

'The bureau', 'officials', 'it' count like names; companies, universities, unions of states and papers do not. Where a
passive names nobody, the words around it say which area acts.
"""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.extraction.areas import NOWHERE, AreaFound
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.phrases import SUBJECTS, children_by, examples, list_of, prepositions
from shanxi_kg.extraction.policies.purses import paying_area
from shanxi_kg.extraction.seats import CHINA
from shanxi_kg.facts import Certainty, Judgement
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import BodyMention, ReadSentence

PRONOUNS = frozenset({"it", "they"})
RELATIVES = frozenset({"WDT", "WP"})
SPEECH = 2  # sentences back in which the body that a speaker serves is named
PARTNERS = frozenset({"two", "three", "four", "both"})  # 'the two cities' do what they agreed on
SERVING = frozenset({"at", "from", "of"})
ENFORCERS = frozenset({"enforcer", "officer", "official", "inspector"})
ONLY_NAMED = frozenset(
    {"academy", "association", "federation", "hospital", "institute", "library", "museum", "service", "station"}
)
OFFICIAL = frozenset({"city", "county", "district", "municipal", "provincial", "public", "state", "tax"})
UNDER_AREAS = frozenset({"banner", "city", "county", "district", "prefecture", "town", "township", "village"})
INSTITUTIONS = frozenset({"institution", "organization", "organisation", "body"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A public body or area that acts, with its area and the judgements that finding it took."""

    area: AreaFound
    judgement: Judgement | None = None


def public_actor(context: Context, read: ReadSentence, subject: int, before: Actor | None) -> Actor | None:
    """Return the public actor that a subject names, the first of a list; `before` is that of the sentence before."""
    for item in list_of(read.sentence, subject):
        actor = _item(context, read, item, before)
        if actor:
            return actor
    return None


def implied_actor(context: Context, read: ReadSentence, verb: int) -> Actor:
    """Return who acts where the words name nobody: the area at the verb; under a new heading, the document's."""
    area, judgement = context.areas.at(read.number, verb, read.sentence.subtree(verb))
    carried = judgement is not None and judgement.rule == "area-of-the-paragraph"
    if carried and context.areas.topic and _opens_section(context, read):
        area = context.areas.topic
        reading = f"The area is read as {area.name}: the document is about it."
        judgement = Judgement(Certainty.INFERRED, "area-of-the-document", "area", reading)
    return Actor(paying_area(read.sentence, verb, (area, judgement)))


def _opens_section(context: Context, read: ReadSentence) -> bool:
    """Tell whether a sentence opens a section with a heading of its own."""
    before = context.reading.sentences[read.number - 1].sentence if read.number else None
    return before is not None and before.heading != read.sentence.heading


def _item(context: Context, read: ReadSentence, item: int, before: Actor | None) -> Actor | None:
    token = read.sentence.tokens[item]
    if token.tag in RELATIVES:
        return _antecedent(context, read, item, before)
    if token.text.lower() in PRONOUNS:
        return _pronoun(context, read, item, before)
    if token.text.lower() == "we":
        return _speaking_body(context, read)
    body = mention_at(read.bodies, token.start)
    if body:
        return Actor(_area_of(context, read, body)) if _is_public(body) else None
    place = mention_at(read.places, token.start)
    if place:
        return Actor((place.area, None))
    return _described(context, read, item) or _unknown_area(read, item)


def _unknown_area(read: ReadSentence, item: int) -> Actor | None:
    """Return an actor for a name that is called a city or county beside it ('Gaomi, one of the cities under …')."""
    sentence = read.sentence
    if sentence.tokens[item].pos != "PROPN":
        return None
    for aside in children_by(sentence, item, {"appos"}):
        nouns = [aside, *(i for _, i in prepositions(sentence, aside, frozenset({"of"})))]
        if any(sentence.tokens[i].lemma.lower() in UNDER_AREAS for i in nouns):
            return Actor(NOWHERE)
    return None


def _speaking_body(context: Context, read: ReadSentence) -> Actor | None:
    """Resolve 'we' to the public body for which somebody speaks: named in the sentence, else last before."""
    served = not read.persons or any(t.lemma.lower() in load_lexicon()["public-actor"] for t in read.sentence.tokens)
    before = context.reading.sentences[max(0, read.number - SPEECH) : read.number] if served else ()
    near = [*read.bodies, *(b for earlier in reversed(before) for b in reversed(earlier.bodies))]
    body = next(iter(near), None)
    if body is None or not _is_public(body):
        return None
    reading = f"'we' is read as {body.body.name}, for which the speaker speaks."
    return Actor(_area_of(context, read, body), Judgement(Certainty.INFERRED, "speaking-body", "area", reading))


def _is_public(body: BodyMention) -> bool:
    words = {word.lower() for word in body.body.name.split()}
    return words.isdisjoint(load_lexicon()["not-public-body"])


def _area_of(context: Context, read: ReadSentence, body: BodyMention) -> AreaFound:
    return context.areas.of_body(body, read.number)


def _antecedent(context: Context, read: ReadSentence, relative: int, before: Actor | None) -> Actor | None:
    """Resolve 'which' and 'that' to the noun that their clause hangs on."""
    sentence = read.sentence
    for ancestor in sentence.ancestors(relative):
        if sentence.tokens[ancestor].dep == "relcl":
            noun = sentence.tokens[ancestor].head
            return None if sentence.tokens[noun].tag in RELATIVES else _item(context, read, noun, before)
    return None


def _pronoun(context: Context, read: ReadSentence, item: int, before: Actor | None) -> Actor | None:
    """Resolve 'it' to the subject before it in the sentence, else to who acts in the sentence before."""
    sentence = read.sentence
    earlier = [
        t.i
        for t in sentence.tokens[:item]
        if t.dep in SUBJECTS and t.text.lower() not in PRONOUNS and t.tag not in RELATIVES
    ]
    if earlier:
        found = public_actor(context, read, earlier[0], None) or _served(context, read, earlier[0])
        return _pointed(sentence, item, found) if found else None
    return _pointed(sentence, item, before) if before else None


def _served(context: Context, read: ReadSentence, person: int) -> Actor | None:
    """Return the public body that a person serves by the words beside the name: 'Li Ming, director of the bureau'."""
    if mention_at(read.persons, read.sentence.tokens[person].start) is None:
        return None
    inside = (i for i in read.sentence.subtree(person) if read.sentence.tokens[i].dep == "pobj")
    return next((actor for i in inside if (actor := _item(context, read, i, None))), None)


def _pointed(sentence: Sentence, item: int, actor: Actor) -> Actor:
    area = actor.area[0]
    named = f"whose area is {area.name}" if area else "named before"
    reading = f"'{sentence.tokens[item].text}' is read as the public body {named}."
    return Actor(actor.area, Judgement(Certainty.INFERRED, "antecedent", "area", reading))


def _described(context: Context, read: ReadSentence, item: int) -> Actor | None:
    """Read a subject without a name: an office or its people, institutions such as …, people from an office."""
    lemma = read.sentence.tokens[item].lemma.lower()
    if lemma in INSTITUTIONS:
        return _institutions(read, item)
    if lemma in load_lexicon()["serving-noun"]:
        return _of_body(context, read, item)
    return _office(context, read, item) if _is_office(read, item) else None


def _institutions(read: ReadSentence, item: int) -> Actor | None:
    """Return an actor for institutions that are called public, or named by the examples of public bodies."""
    sentence = read.sentence
    called = any(sentence.tokens[c].text.lower() == "public" for c in sentence.children[item])
    bodies = [mention_at(read.bodies, sentence.tokens[i].start) for i in examples(sentence, item)]
    return Actor(NOWHERE) if called or any(body and _is_public(body) for body in bodies) else None


def _is_office(read: ReadSentence, item: int) -> bool:
    """Tell whether a noun is a public office, area or official; 'the two cities' only do what they agreed on."""
    lexicon, lemma = load_lexicon(), read.sentence.tokens[item].lemma.lower()
    modifiers = _modifiers(read.sentence, item)
    barring = lexicon["not-public"] - ({"law", "patent"} if lemma in ENFORCERS else set())
    partners = "the" in modifiers and bool(modifiers & PARTNERS)
    new_area = lemma == "area" and "new" in modifiers
    customs = lemma == "house" and "customs" in modifiers
    return (lemma in lexicon["public-actor"] or new_area or customs) and not modifiers & barring and not partners


def _modifiers(sentence: Sentence, item: int) -> set[str]:
    return {sentence.tokens[c].text.lower() for c in sentence.children[item]}


def _office(context: Context, read: ReadSentence, item: int) -> Actor | None:
    modifiers = _modifiers(read.sentence, item)
    named = _named_before(context, read, item, modifiers)
    if named is None and read.sentence.tokens[item].lemma.lower() in ONLY_NAMED and not modifiers & OFFICIAL:
        return None
    return named or Actor(_area_at(context, read, item, modifiers))


def _of_body(context: Context, read: ReadSentence, item: int) -> Actor | None:
    """Return the public body that people act for: 'experts from the bureau', 'staff of the Wuhan Customs'."""
    found = (_item(context, read, noun, None) for _, noun in prepositions(read.sentence, item, SERVING))
    return next((actor for actor in found if actor), None)


def _named_before(context: Context, read: ReadSentence, item: int, modifiers: set[str]) -> Actor | None:
    """Resolve 'the department' to the body named before whose name has the noun."""
    if modifiers != {"the"}:
        return None
    token = read.sentence.tokens[item]
    for earlier in reversed(context.reading.sentences[: read.number + 1]):
        for body in reversed(earlier.bodies):
            if body.start < token.start and token.lemma.lower() in body.body.name.lower().split():
                return _called(context, read, item, body)
    return None


def _called(context: Context, read: ReadSentence, item: int, body: BodyMention) -> Actor | None:
    if not _is_public(body):
        return None
    reading = f"'the {read.sentence.tokens[item].text}' is read as {body.body.name}, named before."
    return Actor(_area_of(context, read, body), Judgement(Certainty.INFERRED, "antecedent", "area", reading))


def _area_at(context: Context, read: ReadSentence, item: int, modifiers: set[str]) -> AreaFound:
    if read.sentence.tokens[item].lemma == "ministry":
        return CHINA, None
    if "central" in modifiers or "chinese" in modifiers:
        both = any(read.sentence.tokens[i].text.lower() == "local" for i in read.sentence.subtree(item))
        return NOWHERE if both else (CHINA, None)
    clauses = [c for c in read.sentence.children[item] if read.sentence.tokens[c].dep in {"relcl", "acl"}]
    return context.areas.at(read.number, item, read.sentence.subtree(item, without=clauses))
