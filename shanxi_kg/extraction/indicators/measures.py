"""What an amount measures: the words of the document that say what is counted, by the construction that it stands in.

'filed 893 patents' measures 'patents filed', 'valid patents came to 13,448' 'valid patents', 'funds of CNY 150 million'
'funds'; in 'accepted 19,983 cases and settled 19,908' the second counts cases too. The constructions are tried in the
order of `CONSTRUCTIONS`; the first that gives a measure wins.
"""

from __future__ import annotations

from collections.abc import Callable

from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.counted import (
    PARTICIPLES,
    VERBS,
    Measure,
    counted,
    first_conjunct,
    noun_measure,
)
from shanxi_kg.extraction.indicators.done import does_so, done_with
from shanxi_kg.extraction.indicators.durations import lasting
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.extraction.indicators.surroundings import (
    SUBJECT_DEPS,
    gapped_words,
    is_money,
    level_verb_before,
    nearest_noun,
    noun_worth,
    repeats_the_last,
    substance_of,
)
from shanxi_kg.lexicon import load_lexicon

RATES = frozenset({"ceiling", "maximum", "minimum", "rate"})
OBJECT_DEPS = frozenset("dobj attr npadvmod acomp oprd ccomp advmod xcomp dep dative nmod".split())
Construction = Callable[[Phrases, Amount, Measure | None], Measure | None]


def measure_of(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Return what an amount measures; `last` is the measure before it in the sentence, for what is left unsaid."""
    found = (construction(phrases, amount, last) for construction in CONSTRUCTIONS)
    measure = next((measure for measure in found if measure is not None), None)
    own = phrases.sentence.tokens
    says_nothing = measure and measure.tokens and all(own[i].pos == "PRON" for i in measure.tokens)
    return last if says_nothing else measure  # 'among them 4,100 from other provinces'


# the constructions ------------------------------------------------------------------------------------------------
def _before_its_noun(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Match '28 related agencies'."""
    is_before = amount.noun is not None and amount.noun > amount.last
    if is_before and amount.noun is not None and _is_mark(phrases, amount.noun):
        return _of_verb(phrases, amount, phrases.sentence.tokens[amount.noun].head, last)
    return counted(phrases, amount.noun) if is_before and amount.noun is not None else None


def _is_mark(phrases: Phrases, noun: int) -> bool:
    """Tell whether a noun is only the line that something passes ('passed the 2 million mark')."""
    own = phrases.sentence.tokens
    levels = load_lexicon()["level-verb"] | {"cross"}
    return own[noun].text.lower() in {"mark", "milestone", "threshold"} and own[own[noun].head].lemma in levels


def _again(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Match '…, or 12.4 per 10,000 people against a target of 12'."""
    if last is None or not repeats_the_last(phrases, amount):
        return None
    unit = amount.quantity.unit or ""
    words = f"{last.words} {unit}" if unit.startswith("per ") and unit not in last.words else last.words
    return Measure(words, last.tokens, last.noun)


def _doing(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Match '…, with 310 hired as patrol guards': the noun counted before, with the participle behind."""
    own, behind = phrases.sentence.tokens, amount.last + 1
    if amount.noun is not None or amount.quantity.unit or behind >= len(own) or own[behind].tag not in {"VBN", "VBG"}:
        return None
    if own[behind].dep != "acl" or own[behind].head not in amount.tokens or last is None:
        return None
    said = phrases.verb_phrase(behind)
    noun = [] if last.noun is None else phrases.noun_phrase(last.noun)
    return Measure(phrases.words([*noun, *said]), (*noun, *said), last.noun)


def _behind_its_noun(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Match 'and its approved products 81'."""
    if amount.noun is None or phrases.sentence.tokens[amount.noun].text.lower() in load_lexicon()["empty-measure"]:
        return None
    return counted(phrases, amount.noun)


def _gapped(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Match 'wind' in 'solar power made up 17 million kilowatts, wind 9.6 million'."""
    words = gapped_words(phrases, amount) if last is not None and amount.noun is None else []
    return Measure(phrases.words(words), tuple(words), words[-1]) if words else None


def _worth(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Match 'loans worth 2.1 billion yuan'."""
    noun = noun_worth(phrases, amount)
    return noun_measure(phrases, noun) if noun is not None else None


def _of_substance(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Match '9.81 billion cubic meters of methane'."""
    noun = substance_of(phrases, amount)
    if noun is None:
        return None
    return noun_measure(phrases, noun) if is_money(amount) else counted(phrases, noun, amount.top)


def _after_level_verb(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Match 'valid patents came to 13,448'."""
    verb = level_verb_before(phrases, amount)
    return _of_verb(phrases, amount, verb, last) if verb is not None else None


def _by_role(phrases: Phrases, amount: Amount, last: Measure | None) -> Measure | None:
    """Go by the amount's own role in the parse: after a preposition, as subject, apposition or object."""
    own = phrases.sentence.tokens
    top = own[first_conjunct(phrases, amount.top)]
    if top.dep == "nummod" and top.i != amount.top:
        return counted(phrases, top.head)
    if top.dep == "pobj":
        return _after_preposition(phrases, amount, top.head, last)
    if top.dep in SUBJECT_DEPS:
        return _elliptic(phrases, amount, top.head, last)
    if top.dep == "appos":
        return noun_measure(phrases, top.head)
    return _of_verb(phrases, amount, top.head, last) if top.dep in OBJECT_DEPS else None


def _nearest(phrases: Phrases, amount: Amount, _: Measure | None) -> Measure | None:
    """Take the nearest noun before, where nothing else tells."""
    noun = nearest_noun(phrases, amount)
    return noun_measure(phrases, noun) if noun is not None else None


CONSTRUCTIONS: tuple[Construction, ...] = (
    _before_its_noun,
    _again,
    _gapped,
    _doing,
    _behind_its_noun,
    _worth,
    _of_substance,
    lasting,
    _after_level_verb,
    _by_role,
    _nearest,
)


# by role ----------------------------------------------------------------------------------------------------------
def _after_preposition(phrases: Phrases, amount: Amount, preposition: int, last: Measure | None) -> Measure | None:
    own = phrases.sentence.tokens
    governor = own[own[preposition].head]
    if own[preposition].dep == "prep" and governor.pos in {"NOUN", "PROPN"}:
        aside = governor.dep in {"appos", "npadvmod", "pobj"}
        if _is_total_done(phrases, amount, governor.i):
            return done_with(phrases, amount, governor.head)
        is_rate = governor.lemma in RATES and governor.dep == "pobj" and phrases.is_verb(own[governor.head].head)
        if is_rate and is_money(amount):  # 'pays herders at a rate of 600 yuan'
            return done_with(phrases, amount, own[governor.head].head)
        is_empty = aside and governor.text.lower() in load_lexicon()["empty-measure"]
        return None if is_empty else counted(phrases, governor.i)
    if governor.pos in VERBS:
        return _raised(phrases, amount, preposition, governor.i, last) or _of_verb(phrases, amount, governor.i, last)
    while governor.pos in {"ADP", "ADV", "ADJ", "SCONJ"} and governor.head != governor.i:
        governor = own[governor.head]
    if governor.i == preposition:
        return None
    return _of_verb(phrases, amount, governor.i, last) if governor.pos in VERBS else noun_measure(phrases, governor.i)


def _is_total_done(phrases: Phrases, amount: Amount, noun: int) -> bool:
    """Match 'A total of 2 billion yuan has been invested in sewers'."""
    token = phrases.sentence.tokens[noun]
    is_done = (
        token.dep in SUBJECT_DEPS and phrases.is_verb(token.head) and token.lemma in load_lexicon()["empty-measure"]
    )
    return is_done and is_money(amount)


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
    return last if is_empty else noun_measure(phrases, named)


def _of_verb(phrases: Phrases, amount: Amount, verb: int, last: Measure | None) -> Measure | None:
    """Return the subject of a level verb; for another verb what is done with the amount ('invested in roads')."""
    own = phrases.sentence.tokens
    if own[verb].pos not in VERBS:
        lifted = own[verb].pos in {"ADJ", "ADP", "ADV"} and own[own[verb].head].pos in VERBS
        return _of_verb(phrases, amount, own[verb].head, last) if lifted else noun_measure(phrases, verb)
    if _gives_level(phrases, amount, verb):
        return _subject(phrases, verb, amount, last) or last or _nearest(phrases, amount, last)
    if amount.quantity.unit is None:
        return _verb_alone(phrases, amount, verb, last)
    return done_with(phrases, amount, verb)


def _gives_level(phrases: Phrases, amount: Amount, verb: int) -> bool:
    lemma, unit = phrases.sentence.tokens[verb].lemma, amount.quantity.unit or ""
    if unit in {"minutes", "hours"}:
        return True
    levels = load_lexicon()["level-verb"] | load_lexicon()["change-verb"]
    return lemma in levels or unit == "percent" or (lemma == "take" and unit.endswith("days"))


def _verb_alone(phrases: Phrases, amount: Amount, verb: int, last: Measure | None) -> Measure | None:
    """Match 'accepted 19,983 cases and settled 19,908': the noun of the last measure, with the verb."""
    own = phrases.sentence.tokens
    if last is not None and last.noun is not None:
        words = phrases.words(phrases.noun_phrase(last.noun))
        if own[verb].lemma in load_lexicon()["light-verb"]:
            return Measure(words, last.tokens, last.noun)
        return Measure(f"{words} {own[verb].text}", (*last.tokens, verb), last.noun)
    if own[verb].lemma in load_lexicon()["light-verb"]:
        return last or _nearest(phrases, amount, last)
    return done_with(phrases, amount, verb)


def _subject(phrases: Phrases, verb: int, amount: Amount, last: Measure | None) -> Measure | None:
    subject = phrases.subject(verb)
    if subject is None or subject in amount.tokens:
        return None
    token = phrases.sentence.tokens[subject]
    if last and last.tokens == (subject,):
        return last  # 'the figure', which points back
    if token.lemma in {"that", "those"} and phrases.sentence.children[subject] and last and last.noun is not None:
        return _that_of(phrases, subject, last.noun)
    if token.pos == "PRON" or phrases.is_place(subject):
        objects = [c for c in phrases.sentence.children[verb] if phrases.sentence.tokens[c].dep == "dobj"]
        return noun_measure(phrases, objects[0]) if objects and objects[0] not in amount.tokens else None
    return _with_participle(phrases, verb, noun_measure(phrases, subject))


def _that_of(phrases: Phrases, pronoun: int, noun: int) -> Measure:
    """Match 'the grant of a design … and that of an invention': the noun that is repeated, with its own phrase."""
    rest = [i for i in phrases.sentence.subtree(pronoun) if i != pronoun]
    words = f"{phrases.sentence.tokens[noun].text} {phrases.words(rest)}"
    return Measure(words, (noun, *rest), noun)


def _with_participle(phrases: Phrases, verb: int, measure: Measure | None) -> Measure | None:
    """Add the participle of 'patents granted increased …', which stands between the phrase and the verb."""
    between = verb - 1
    token = phrases.sentence.tokens[between]
    if not measure or between - 1 not in measure.tokens or token.tag not in PARTICIPLES or token.dep.startswith("aux"):
        return measure
    tokens = (*measure.tokens, between)
    return Measure(phrases.words(tokens), tokens, measure.noun)


def _elliptic(phrases: Phrases, amount: Amount, verb: int, last: Measure | None) -> Measure | None:
    """Match '835 granted', 'two of the projects have won': the noun of the 'of' phrase, or the one counted before."""
    own, children = phrases.sentence.tokens, phrases.sentence.children
    if last is not None and does_so(phrases, verb):
        return last
    links = [c for c in children[amount.top] if own[c].text.lower() in {"of", "from"}]
    nouns = (n for c in links for n in children[c] if own[n].pos in {"NOUN", "PROPN"})
    noun = next(nouns, last.noun if last else None)
    if noun is None and own[amount.top].text.lower() in load_lexicon()["counter-noun"]:
        return counted(phrases, amount.top)
    if noun is None:
        alone = _said_alone(phrases, amount, verb)
        return alone or (done_with(phrases, amount, verb) if amount.quantity.unit or links else None)
    phrase = phrases.noun_phrase(noun)
    said = phrases.said(verb, {*phrase, *amount.tokens})
    return Measure(f"{phrases.words(phrase)} {phrases.words(said)}".strip(), tuple(sorted({*phrase, *said})), noun)


def _said_alone(phrases: Phrases, amount: Amount, verb: int) -> Measure | None:
    """Match 'Of those prosecuted, 84 percent had sold fakes': what is said of a share whose whole is told elsewhere."""
    said = phrases.said(verb, set(amount.tokens)) if amount.quantity.unit == "percent" else ()
    return Measure(phrases.words(said), said) if said else None
