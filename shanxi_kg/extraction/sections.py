"""What is announced above a sentence and holds for it: the heading that it stands under, or the words before its list.

'Goals for 2025' over three lines gives each its period and makes each a goal; so does 'In 2025, we will build:'.
"""

from __future__ import annotations

import re

from shanxi_kg.dates import DateExpression, find_dates
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import Reading, ReadSentence

ITEM = re.compile(r"\s*(?:(?P<bullet>[*•·–—-])|\(?(?:(?P<letter>[a-z])|(?P<number>\d\d?))[).])\s?")


def announcements(reading: Reading) -> tuple[str, ...]:
    """Return for each sentence the words before the list that it is an item of, else its heading, else ''."""
    found: list[str] = []
    opening, opened, paragraph = "", "", -1
    for read in reading.sentences:
        mark, is_new = _mark(reading, read), read.sentence.paragraph != paragraph
        paragraph = read.sentence.paragraph
        if is_new and mark in {"", opened}:  # the list is over, or what opened it goes on: '3. Signed:' … '4. Rules'
            opening = ""
        found.append(opening or read.sentence.heading or "")
        words = reading.document.text[read.sentence.start : read.sentence.end]
        if words.endswith(":"):
            opening, opened = words, mark
    return tuple(found)


def date_announced(words: str, issued: str | None) -> DateExpression | None:
    """Return the date that an announcement names, None where it names none or several."""
    found = find_dates(words, 0, len(words), issued, load_lexicon()["target-cue"]) if words else []
    resolved = [date for date in found if date.period]
    return resolved[0] if len(resolved) == 1 and resolved[0].role == "in" else None


def is_goal_announced(words: str) -> bool:
    """Tell whether an announcement says that goals follow."""
    lexicon = load_lexicon()
    said = set(re.findall(r"[a-z]+", words.lower()))
    goals = {form for noun in lexicon["goal-noun"] - {"plan"} for form in (noun, f"{noun}s")}
    return not said.isdisjoint(goals) or (words.endswith(":") and not said.isdisjoint(lexicon["target-cue"]))


def _mark(reading: Reading, read: ReadSentence) -> str:
    """Return by what kind of mark a sentence's line is an item of a list, '' where it is none."""
    text, start = reading.document.text, read.sentence.start
    match = ITEM.match(text, text.rfind("\n", 0, start) + 1)
    return (match.lastgroup or "") if match else ""
