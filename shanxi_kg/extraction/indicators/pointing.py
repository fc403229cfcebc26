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
    return Measure(before.measure, ()) if before and _points_back(own[0]) else None


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
    pointing = next((c for c in subjects if _names_no_measure(phrases, c)), None)
    return Measure(words, (pointing,)) if pointing is not None else None


def _points_back(first: Token) -> bool:
    return first.lemma.lower() in {"this", "that", "it", "they", "these", "both"} and first.dep in {
        "nsubj",
        "nsubjpass",
    }


def _is_aim(phrases: Phrases, amount: Amount, verb: int) -> bool:
    """Tell whether an amount is what a verb aims at: its object, or that of its 'for' or 'at'."""
    head = phrases.sentence.tokens[amount.top].head
    return head == verb or (phrases.sentence.tokens[head].text.lower() in {"for", "at"} and amount.first == head + 1)


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
