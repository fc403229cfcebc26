"""Which verbs tell what somebody says: alone, beside quotation marks, or with figures or judges for a subject."""

from __future__ import annotations

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.statements.model import SUBJECTS
from shanxi_kg.extraction.statements.quotes import QUOTES
from shanxi_kg.lexicon import load_lexicon

LIGHT = {
    "put": (("it",),),
    "make": (("clear",), ("it", "clear"), ("plain",), ("it", "plain"), ("known",), ("it", "known")),
    "go": (("on",),),
}
RULING = frozenset({"find", "hold", "rule"})
JUDGES = frozenset({"court", "judge", "tribunal", "arbitrator"})
NEAR = 12  # tokens between the closing mark and the verb of saying: the longest name with its role


def light_words(layout: Layout, i: int) -> int:
    """Return how many words make a verb of many meanings one of saying: 'put it', 'made (it) clear', 'went on'."""
    words = next((w for w in LIGHT.get(layout.tokens[i].lemma, ()) if layout.low[i + 1 : i + 1 + len(w)] == w), ())
    goes = layout.tokens[i].lemma == "go" and layout.word(i + 2) not in {"", ".", ",", ":", *QUOTES}
    return 0 if goes else len(words)


def is_beside_quote(layout: Layout, i: int) -> bool:
    """Tell whether a verb that says something only beside quotation marks stands outside of them, right beside."""
    marks = [j for j, word in enumerate(layout.low) if word in QUOTES]
    before, after = [j for j in marks if j < i], [j for j in marks if j > i]
    closed = bool(before) and i - before[-1] <= NEAR and layout.word(before[-1] - 1) in {",", "!", "?", ".", "…"}
    if layout.tokens[i].lemma not in load_lexicon()["quote-verb"]:
        return closed and layout.word(before[-1] - 1) == "," and before[-1] + 1 == i
    opened = bool(after) and layout.tokens[after[0]].tag != "''"
    return closed or (opened and layout.word(after[0] - 1) in {":", ","})


def is_saying(layout: Layout, i: int) -> bool:
    """Tell whether the token is a verb of saying, also one of figures that show something."""
    lemma = layout.tokens[i].lemma
    if lemma in RULING and _of_judges(layout, i):
        return True
    return lemma in load_lexicon()["say-verb"] or (lemma in load_lexicon()["show-verb"] and has_report(layout, i))


def _of_judges(layout: Layout, verb: int) -> bool:
    """Tell whether a court or its judges are the subject of a verb ('the court ruled that …')."""
    subjects = (c for c in layout.read.sentence.children[verb] if layout.tokens[c].dep in SUBJECTS)
    return any(layout.tokens[c].lemma.lower() in JUDGES for c in subjects)


def has_report(layout: Layout, verb: int) -> bool:
    """Tell whether the subject of a verb is a report or figures: by the parse, or as the first noun of the sentence."""
    nouns = load_lexicon()["report-noun"]
    subjects = [c for c in layout.read.sentence.children[verb] if layout.tokens[c].dep in SUBJECTS and c < verb]
    heads = subjects or [next((t.i for t in layout.tokens[:verb] if t.pos == "NOUN"), verb)]
    return any(layout.tokens[c].lemma.lower() in nouns for c in heads)
