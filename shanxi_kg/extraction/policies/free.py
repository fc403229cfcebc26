"""Whether a clause says that something is to be had without paying: 'free of charge', 'at no cost', 'rent-free'."""

from __future__ import annotations

from itertools import pairwise

from shanxi_kg.extraction.phrases import children_by
from shanxi_kg.language import Sentence

NOTHING = frozenset(
    {
        ("at", "no"),
        ("for", "free"),
        ("for", "nothing"),
        ("free", "of"),
        ("no", "charge"),
        ("no", "cost"),
        ("without", "charge"),
        ("without", "payment"),
        ("without", "paying"),
    }
)
SPARED = frozenset({"charge", "cost", "fare", "fee", "interest", "rent", "tax", "toll", "tuition"})
PUBLIC = frozenset({"public", "state", "'s", "’s"})


def is_free(sentence: Sentence, verb: int) -> bool:
    """Tell whether what a verb says costs nothing, or is at public expense."""
    words = [t.text.lower() for t in sentence.tokens[verb : max(sentence.subtree(verb)) + 1]]
    if not NOTHING.isdisjoint(pairwise(words)) or ("expense" in words and not PUBLIC.isdisjoint(words)):
        return True
    if any(sentence.tokens[c].text == "free" and c > verb for c in children_by(sentence, verb, {"acomp", "advmod"})):
        return sentence.tokens[verb].lemma != "be"
    return "courtesy" in words or any(
        word in SPARED and words[i + 1 : i + 3] == ["-", "free"] for i, word in enumerate(words)
    )
