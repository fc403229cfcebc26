"""The lexicon: the words that trigger and steer the extraction rules, read from ontology/lexicon.ttl.

A word list has a name (the last segment of its IRI) and forms in lower case; a unit list has forms by the unit's name.
What a word means for a rule is said in the list's definition, in the file.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from shanxi_kg.errors import OntologyError
from shanxi_kg.resources import folder
from shanxi_kg.turtle import parse_file

LEXICON = "https://w3id.org/shanxi-kg/id/lexicon/"
FORM = "https://w3id.org/shanxi-kg/ontology#form"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists by name, and the written forms of units by the unit's name."""

    lists: dict[str, frozenset[str]]
    units: dict[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        """Return the forms of the list `name`; OntologyError where the file has no such list."""
        try:
            return self.lists[name]
        except KeyError:
            raise OntologyError(f"ontology/lexicon.ttl: no word list {name!r}; add it or restore the file") from None


@cache
def load_lexicon() -> Lexicon:
    """Read ontology/lexicon.ttl, once.

    >>> "bureau" in load_lexicon()["agency-head"]
    True
    """
    lists: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, form in parse_file(folder("ontology") / "lexicon.ttl"):
        if predicate.value == FORM:
            lists[subject.value.removeprefix(LEXICON)].add(form.value)
    return Lexicon(
        lists={name: frozenset(map(str.lower, forms)) for name, forms in lists.items() if not name.startswith("unit/")},
        units={
            name.removeprefix("unit/").replace("_", " "): frozenset(forms)
            for name, forms in lists.items()
            if name.startswith("unit/")
        },
    )
