"""What an amount measures where its subject names no measure: 'this is', 'the figure', 'the goal for 2025', 'aims for'.

All of them mean what was measured before, the last in the same unit where the words are of a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shanxi_kg.extraction.indicators.amounts import Amount
from shanxi_kg.extraction.indicators.counted import Measure
from shanxi_kg.extraction.indicators.phrases import Phrases
from shanxi_kg.facts import Indicator
from shanxi_kg.language import Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

FIGURES = frozenset({"figure", "number", "total"})
AIMING = frozenset({"aim", "strive", "target"})
EMPTY_ADJECTIVES = frozenset("annual final former latter new next official original overall same set".split())
BARE_DEPS = frozenset({"det", "punct", "poss"})

InUnit = dict[str | None, str]


def pointed_to(read: ReadSentence, before: Indicator | None, recent: list[Indicator]) -> Measure | None:
    """Return what the sentence before measured, where the subject is that: 'This is 45 percent of …', 'the figure'.

    A figure is the last of `recent` in the same unit, 'this' what was counted last, no share of it.
    """
    own = read.sentence.tokens
    subjects = (t for t in own if t.dep == "nsubj" and t.text.lower() in FIGURES)
    bare = (t.i for t in subjects if {own[c].dep for c in read.sentence.children[t.i]} == {"det"})
    figure = next(bare, None)
    if figure is not None:
        unit = read.quantities[0].unit
        last = next((indicator for indicator in reversed(recent) if indicator.unit == unit), before)
        return Measure(last.measure, (figure,)) if last else None
    if before and _points_back(own[0]):
        return Measure(before.measure, ())
    level = _level_of_pronoun(read) if before else None
    return Measure(before.measure, (level,)) if before and level is not None else None


def told_in_unit(recent: Iterable[Indicator]) -> InUnit:
    """Return what was measured last in each unit."""
    return {indicator.unit: indicator.measure for indicator in recent}


def aimed_at(phrases: Phrases, amount: Amount, told: Mapping[str | None, str]) -> Measure | None:
    """Match 'the goal for 2025 is 30,000', 'the former figure rose to 18 million', '… and aims for 32 gigawatts'.

    And 'it had wasted 39 percent', behind words that say what else was wasted.
    """
    sentence, words = phrases.sentence, told.get(amount.quantity.unit)
    if words is None or amount.noun is not None:
        return None
    verb = next((a for a in sentence.ancestors(amount.top) if phrases.is_verb(a)), None)
    if verb is None:
        return None
    if sentence.tokens[verb].lemma in AIMING and _is_aim(phrases, amount, verb):
        return Measure(words, (verb,))
    subjects = [c for c in sentence.children[verb] if sentence.tokens[c].dep == "nsubj"]
    if any(sentence.tokens[c].pos == "PRON" for c in subjects) and sentence.tokens[verb].text in words.split():
        return Measure(words, (verb,))
    if sentence.tokens[verb].pos == "AUX" and amount.top in subjects and _says_no_more(phrases, verb, amount.top):
        return Measure(words, (verb,))  # 'Four years on, 71 percent are.'
    pointing = next((c for c in subjects if _names_no_measure(phrases, c)), None)
    return Measure(words, (pointing,)) if pointing is not None else None


def of_those(phrases: Phrases, amount: Amount, told: str | None) -> Measure | None:
    """Match 'Twelve have opened' and 'Yichang got 3 of them' behind a sentence that counts what they are."""
    own = phrases.sentence.tokens
    if told is None or amount.noun is not None or amount.quantity.unit is not None:
        return None
    verb, dep = own[amount.top].head, own[amount.top].dep
    there = any(own[c].dep == "expl" for c in phrases.sentence.children[verb])  # 'There were 97 last year'
    if own[verb].pos not in {"VERB", "AUX"} or not (there or dep in {"nsubj", "nsubjpass", "dobj"}):
        return None
    said = [i for i in phrases.verb_phrase(verb) if i not in amount.tokens and own[i].pos not in {"PRON", "ADP"}]
    said = [i for i in said if own[i].lemma not in {"be", "have"}]
    return Measure(f"{told} {phrases.words(said)}".strip(), (verb,))


def opens_with_those(phrases: Phrases) -> bool:
    """Tell whether a sentence opens with 'Of these' and the like."""
    first, second = [*(token.text.lower() for token in phrases.sentence.tokens[:2]), "", ""][:2]
    return first == "of" and second in {"these", "those", "them"}


def _points_back(first: Token) -> bool:
    return first.lemma.lower() in {"this", "that", "it", "they", "these", "both"} and first.dep in {
        "nsubj",
        "nsubjpass",
    }


def _level_of_pronoun(read: ReadSentence) -> int | None:
    """Return the 'they' of 'A year later they came to 74 million'."""
    sentence, lexicon = read.sentence, load_lexicon()
    verb = next((t for t in sentence.tokens if t.dep == "ROOT"), sentence.tokens[0])
    chain = [verb, *(sentence.tokens[c] for c in sentence.children[verb.i] if sentence.tokens[c].dep == "xcomp")]
    if all(t.lemma not in lexicon["level-verb"] | lexicon["change-verb"] for t in chain):
        return None
    subjects = (t for t in sentence.tokens if t.dep in {"nsubj", "nsubjpass"})
    first = next(subjects, None)  # behind a subject of its own, 'it' is that one
    return first.i if first and first.head == verb.i and first.text.lower() in {"it", "they"} else None


def _is_aim(phrases: Phrases, amount: Amount, verb: int) -> bool:
    """Tell whether an amount is what a verb aims at: its object, or that of its 'for' or 'at'."""
    head = phrases.sentence.tokens[amount.top].head
    return head == verb or (phrases.sentence.tokens[head].text.lower() in {"for", "at"} and amount.first == head + 1)


def _says_no_more(phrases: Phrases, verb: int, subject: int) -> bool:
    """Tell whether a verb has nothing behind it but the end of the clause."""
    own = phrases.sentence.tokens
    rest = [c for c in phrases.sentence.children[verb] if c != subject and own[c].dep != "punct"]
    return all(c < subject for c in rest) and not phrases.sentence.children[subject][1:]


def _names_no_measure(phrases: Phrases, subject: int) -> bool:
    """Tell whether a subject is only a goal or a figure, whatever its date: what it is one of is left unsaid."""
    own = phrases.sentence.tokens
    if own[subject].lemma.lower() not in FIGURES | load_lexicon()["goal-noun"] or subject in phrases.numbers:
        return False
    return all(_is_empty(phrases, c) for c in phrases.sentence.children[subject])


def _is_empty(phrases: Phrases, child: int) -> bool:
    token = phrases.sentence.tokens[child]
    below = set(phrases.sentence.subtree(child))
    if token.dep in BARE_DEPS or token.text.lower() in EMPTY_ADJECTIVES:
        return True
    return bool(below & phrases.dates) and len(below - phrases.dates) <= 2
