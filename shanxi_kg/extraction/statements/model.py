"""The value that reading attributions gives, and what its readers share."""

from __future__ import annotations

from dataclasses import dataclass

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SHORTEST = 3  # tokens of what is said; 'they said so' says nothing


@dataclass(frozen=True, slots=True)
class Saying:
    """An attribution: the words for the speaker (`first` to `last`, noun `head`), where it begins, and what is said.

    `trigger` is its verb or preposition; `leads` where it stands before what is said; `shared` where the speaker
    is that of the saying before.
    """

    trigger: int
    first: int
    last: int
    head: int
    start: int
    said: tuple[int, ...]
    leads: bool = False
    shared: bool = False
