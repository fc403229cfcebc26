"""What an amount measures: the words of the document that say what is counted, by the construction that it stands in.

'filed 893 patents' measures 'patents filed', 'valid patents came to 13,448' 'valid patents', 'funds of CNY 150 million'
'funds'; in 'accepted 19,983 cases and settled 19,908' the second counts cases too. The constructions are tried in the
order of `CONSTRUCTIONS`; the first that gives a measure wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.extraction.indicators.surroundings import (
    SUBJECT_DEPS,
    is_money,
    level_verb_before,
    nearest_noun,
    noun_worth,
    repeats_the_last,
    substance_of,
)
from shanxi_kg.lexicon import load_lexicon

OBJECT_DEPS = frozenset("dobj attr npadvmod acomp oprd ccomp advmod xcomp dep dative nmod".split())
PARTICIPLES = frozenset({"VBN", "VBD"})
VERBS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Measure:
    """The words for what is measured, the tokens that they are, and the noun among them that is counted."""

    words: str
    tokens: tuple[int, ...]
    noun: int | None = None


Construction = Callable[[Phrases, Amount, Measure | None], Measure | None]


def measure_of(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Return what an amount measures; `last` is the measure before it in the sentence, for what is left unsaid."""
    found = (construction(phrases, amount, last) for construction in CONSTRUCTIONS)
    return next((measure for measure in found if measure is not None), None)


# the constructions ------------------------------------------------------------------------------------------------
def _before_its_noun(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Match '28 related agencies'."""
    is_before = amount.noun is not None and amount.noun > amount.last
    return _counted(phrases, amount.noun) if is_before and amount.noun is not None else None


def _again(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Match '…, or 12.4 per 10,000 people against a target of 12'."""
    if last is None or not repeats_the_last(phrases, amount):
        return None
    unit = amount.quantity.unit or ""
    words = f"{last.words} {unit}" if unit.startswith("per ") and unit not in last.words else last.words
    return Measure(words, last.tokens, last.noun)


def _behind_its_noun(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Match 'and its approved products 81'."""
    if amount.noun is None or phrases.sentence.tokens[amount.noun].text.lower() in load_lexicon()["empty-measure"]:
        return None
    return _counted(phrases, amount.noun)


def _worth(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Match 'loans worth 2.1 billion yuan'."""
    noun = noun_worth(phrases, amount)
    return _noun(phrases, noun) if noun is not None else None


def _of_substance(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Match '9.81 billion cubic meters of methane'."""
    noun = substance_of(phrases, amount)
    if noun is None:
        return None
    return _noun(phrases, noun) if is_money(amount) else _counted(phrases, noun, amount.top)


def _after_level_verb(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Match 'valid patents came to 13,448'."""
    verb = level_verb_before(phrases, amount)
    return _of_verb(phrases, amount, verb, last) if verb is not None else None


def _by_role(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Go by the amount's own role in the parse: after a preposition, as subject, apposition or object."""
    own = phrases.sentence.tokens
    top = own[_first_conjunct(phrases, amount.top)]
    if top.dep == "nummod" and top.i != amount.top:
        return _counted(phrases, top.head)
    if top.dep == "pobj":
        return _after_preposition(phrases, amount, top.head, last)
    if top.dep in SUBJECT_DEPS:
        return _elliptic(phrases, amount, top.head, last)
    if top.dep == "appos":
        return _noun(phrases, top.head)
    return _of_verb(phrases, amount, top.head, last) if top.dep in OBJECT_DEPS else None


def _nearest(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Take the nearest noun before, where nothing else tells."""
    noun = nearest_noun(phrases, amount)
    return _noun(phrases, noun) if noun is not None else None


CONSTRUCTIONS: tuple[Construction, ...] = (
    _before_its_noun,
    _again,
    _behind_its_noun,
    _worth,
    _of_substance,
    _after_level_verb,
    _by_role,
    _nearest,
)


# phrases as measures ----------------------------------------------------------------------------------------------
def _noun(phrases: Phrases, noun: int) -> Measure | None:
    if phrases.sentence.tokens[noun].pos not in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}:
        return None
    tokens = phrases.noun_phrase(noun)
    words = phrases.words(tokens)
    return Measure(words, tuple(tokens), noun) if words else None


def _counted(phrases: Phrases, noun: int, hook: int | None = None) -> Measure | None:
    """Return the phrase of a counted noun, with what the clause says of it: 'people prosecuted', 'patents filed'."""
    phrase = phrases.noun_phrase(noun)
    if not phrase:
        return None
    said = _said_of(phrases, _first_conjunct(phrases, hook if hook is not None else noun), phrase)
    words = " ".join(part for part in (phrases.words(phrase), phrases.ratio_after(phrase), phrases.words(said)) if part)
    return Measure(words, tuple(sorted({*phrase, *said})), noun) if words else None


def _said_of(phrases: Phrases, noun: int, phrase: list[int]) -> list[int]:
    """Return the tokens of what a noun's verb says of it, none where the verb adds nothing to the count."""
    token = phrases.sentence.tokens[noun]
    verb = phrases.sentence.tokens[token.head]
    if token.dep == "pobj" and verb.text.lower() == "of":
        wraps = phrases.sentence.tokens[verb.head].text.lower() in load_lexicon()["empty-measure"]
        return _said_of(phrases, verb.head, phrase) if wraps else []
    if verb.pos not in VERBS:
        return []
    if token.dep == "nsubj":
        return _done_by(phrases, noun, phrase)
    done_to = token.dep == "nsubjpass" and verb.lemma not in load_lexicon()["light-verb"]
    made = token.dep == "dobj" and verb.tag in PARTICIPLES and not _is_level(verb.lemma)
    return [verb.i] if done_to or made else []


def _done_by(phrases: Phrases, subject: int, phrase: list[int]) -> list[int]:
    """Return what a counted subject does: 'graduates work at headquarters', 'cities are on the list'."""
    verb = phrases.sentence.tokens[phrases.sentence.tokens[subject].head]
    if any(_is_taken(phrases, c) for c in phrases.sentence.children[verb.i] if c != subject):
        return []
    said = [i for i in phrases.verb_phrase(verb.i, without=[subject]) if i not in phrase]
    if verb.lemma == "be":
        return [i for i in said if i != verb.i]
    return [] if _is_level(verb.lemma) or verb.lemma in load_lexicon()["say-verb"] else said


def _is_taken(phrases: Phrases, child: int) -> bool:
    """Tell whether a verb's object is a place, or has a number of its own."""
    is_object = phrases.sentence.tokens[child].dep == "dobj"
    return child in phrases.places or (is_object and not phrases.numbers.isdisjoint(phrases.sentence.subtree(child)))


def _is_level(lemma: str) -> bool:
    return lemma in load_lexicon()["level-verb"] or lemma in load_lexicon()["light-verb"]


def _first_conjunct(phrases: Phrases, i: int) -> int:
    own = phrases.sentence.tokens
    while own[i].dep == "conj" and own[own[i].head].pos == own[i].pos:
        i = own[i].head
    return i


# by role ----------------------------------------------------------------------------------------------------------
def _after_preposition(phrases: Phrases, amount: Amount, preposition: int, last: Measure | None) -> Measure | None:
    own = phrases.sentence.tokens
    governor = own[own[preposition].head]
    if own[preposition].dep == "prep" and governor.pos in {"NOUN", "PROPN"}:
        is_empty = governor.text.lower() in load_lexicon()["empty-measure"] and governor.dep in {"appos", "pobj"}
        return None if is_empty else _counted(phrases, governor.i)
    if governor.pos in VERBS:
        return _raised(phrases, amount, preposition, governor.i, last) or _of_verb(phrases, amount, governor.i, last)
    while governor.pos in {"ADP", "ADV", "ADJ", "SCONJ"} and governor.head != governor.i:
        governor = own[governor.head]
    if governor.i == preposition:
        return None
    return _of_verb(phrases, amount, governor.i, last) if governor.pos in VERBS else _noun(phrases, governor.i)


def _raised(phrases: Phrases, amount: Amount, preposition: int, verb: int, last: Measure | None) -> Measure | None:
    """For 'bring the number of centers to 46' return the object, for 'are estimated at 8' the subject."""
    own = phrases.sentence.tokens
    if own[preposition].text.lower() not in {"to", "at", "from", "by"}:
        return None
    below = phrases.sentence.children[verb]
    objects = [c for c in below if own[c].dep == "dobj" and c not in amount.tokens]
    named = next(iter([*objects, *(c for c in below if own[c].dep == "nsubjpass")]), None)
    if named is None or named in phrases.places:
        return None
    is_empty = own[named].text.lower() in load_lexicon()["empty-measure"] and not phrases.has_preposition(named)
    return last if is_empty else _noun(phrases, named)


def _of_verb(phrases: Phrases, amount: Amount, verb: int, last: Measure | None) -> Measure | None:
    """Return the subject of a level verb; for another verb what is done with the amount ('invested in roads')."""
    own = phrases.sentence.tokens
    if own[verb].pos not in VERBS:
        lifted = own[verb].pos in {"ADJ", "ADP", "ADV"} and own[own[verb].head].pos in VERBS
        return _of_verb(phrases, amount, own[verb].head, last) if lifted else _noun(phrases, verb)
    if _gives_level(phrases, amount, verb):
        return _subject(phrases, verb, amount, last) or last or _nearest(phrases, amount, last)
    if amount.quantity.unit is None:
        return _verb_alone(phrases, amount, verb, last)
    return _done_with(phrases, amount, verb)


def _gives_level(phrases: Phrases, amount: Amount, verb: int) -> bool:
    lemma, unit = phrases.sentence.tokens[verb].lemma, amount.quantity.unit or ""
    return lemma in load_lexicon()["level-verb"] or unit == "percent" or (lemma == "take" and unit.endswith("days"))


def _verb_alone(phrases: Phrases, amount: Amount, verb: int, last: Measure | None) -> Measure | None:
    """Match 'accepted 19,983 cases and settled 19,908': the noun of the last measure, with the verb."""
    own = phrases.sentence.tokens
    if last is not None and last.noun is not None:
        words = f"{phrases.words(phrases.noun_phrase(last.noun))} {own[verb].text}"
        return Measure(words, (*last.tokens, verb), last.noun)
    if own[verb].lemma in load_lexicon()["light-verb"]:
        return last or _nearest(phrases, amount, last)
    return _done_with(phrases, amount, verb)


def _done_with(phrases: Phrases, amount: Amount, verb: int) -> Measure | None:
    own, subject = phrases.sentence.tokens, phrases.subject(verb)
    if subject is not None and own[verb].dep in {"advcl", "acl"} and own[subject].pos == "NOUN":
        return _noun(phrases, subject)
    said = [i for i in phrases.verb_phrase(verb) if i not in amount.tokens]
    return Measure(phrases.words(said), tuple(said)) if said else None


def _subject(phrases: Phrases, verb: int, amount: Amount, last: Measure | None) -> Measure | None:
    subject = phrases.subject(verb)
    if subject is None or subject in amount.tokens:
        return None
    token = phrases.sentence.tokens[subject]
    if token.lemma in {"that", "those"} and phrases.sentence.children[subject] and last and last.noun is not None:
        return _that_of(phrases, subject, last.noun)
    if token.pos == "PRON" or subject in phrases.places:
        objects = [c for c in phrases.sentence.children[verb] if phrases.sentence.tokens[c].dep == "dobj"]
        return _noun(phrases, objects[0]) if objects and objects[0] not in amount.tokens else None
    return _with_participle(phrases, verb, _noun(phrases, subject))


def _that_of(phrases: Phrases, pronoun: int, noun: int) -> Measure:
    """Match 'the grant of a design … and that of an invention': the noun that is repeated, with its own phrase."""
    rest = [i for i in phrases.sentence.subtree(pronoun) if i != pronoun]
    words = f"{phrases.sentence.tokens[noun].text} {phrases.words(rest)}"
    return Measure(words, (noun, *rest), noun)


def _with_participle(phrases: Phrases, verb: int, measure: Measure | None) -> Measure | None:
    """Add the participle of 'patents granted increased …', which stands between the phrase and the verb."""
    between = verb - 1
    if not measure or between - 1 not in measure.tokens or phrases.sentence.tokens[between].tag not in PARTICIPLES:
        return measure
    tokens = (*measure.tokens, between)
    return Measure(phrases.words(tokens), tokens, measure.noun)


def _elliptic(phrases: Phrases, amount: Amount, verb: int, last: Measure | None) -> Measure | None:
    """Match '835 granted', 'two of the projects have won': the noun of the 'of' phrase, or the one counted before."""
    own, children = phrases.sentence.tokens, phrases.sentence.children
    links = [c for c in children[amount.top] if own[c].text.lower() in {"of", "from"}]
    nouns = [n for c in links for n in children[c] if own[n].pos in {"NOUN", "PROPN"}]
    noun = next(iter(nouns), last.noun if last else None)
    if noun is None:
        return None
    phrase = phrases.noun_phrase(noun)
    said = [i for i in phrases.verb_phrase(verb) if i not in phrase and i not in amount.tokens]
    said = [i for i in said if own[i].lemma != "be" or i != verb]
    return Measure(f"{phrases.words(phrase)} {phrases.words(said)}".strip(), tuple(sorted({*phrase, *said})), noun)
