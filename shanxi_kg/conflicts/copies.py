"""Copied articles: texts by document go in, and which of them repeats which nearly word for word comes out.

Two texts are copies where more than four fifths of the shingles of the shorter one, runs of eight words whatever the
case and the punctuation, stand in the other as well, and at least half of its numbers: a paper may change the headline,
cut paragraphs and name the agency, while last month's report in the same phrases has other numbers. Pairs to compare
are those with a band of their MinHash sketches in common (Broder, 'On the resemblance and containment of documents',
1997): what is kept of a text does not grow with it, and of a thousand copies cut to half their length four are missed.
Each likely pair is then compared in full, so that none is found that is not there.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from operator import eq
from typing import Any

SHINGLE = 8
CONTAINED, SAME_NUMBERS = 0.8, 0.5
"""The shares of the shorter text's shingles and of its numbers that the other one has, if they are copies."""
SKETCH, ROWS, SEED = 126, 3, 1
"""Numbers in a sketch and in each of its bands, and the seed of its hash functions."""
LIKELY = 0.6
"""The least share of shingles by the sketches, which err by 0.05, that is worth a comparison in full."""

BATCH = 1000
"""How many texts are sketched at a time."""

_WORD = re.compile(r"[^\W_]+")


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of the runs of eight words of a text; of a shorter text, that of all its words.

    >>> len(shingles("one two three four five six seven eight nine")), len(shingles("")), len(shingles("one"))
    (2, 0, 1)
    """
    words = _WORD.findall(text.casefold())
    runs = [words[at : at + SHINGLE] for at in range(max(1, len(words) - SHINGLE + 1))] if words else []
    return frozenset(_hash(" ".join(run)) for run in runs)


def are_copies(one: str, other: str) -> bool:
    """Say whether one of two texts repeats the other, or the most of it.

    >>> report = "In 2023 the province planted 21 square kilometers of trees on its northern hills. "
    >>> more = "The trees are pines and larches from nurseries in the south of the province."
    >>> are_copies(report + more, report), are_copies(report + more, report.replace("21", "18").replace("3", "4"))
    (True, False)
    """
    return _same_numbers(one, other) and _contained(shingles(one), shingles(other)) > CONTAINED


def _same_numbers(one: str, other: str) -> bool:
    """Say whether of the text with fewer numbers the other one has half, as it is where either has none."""
    numbers = [frozenset(word for word in _WORD.findall(text) if not word.isalpha()) for text in (one, other)]
    return not all(numbers) or _contained(*numbers) >= SAME_NUMBERS


def _contained(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Return the share of the smaller set that the other one has; 0 where it is empty."""
    return len(one & other) / (min(len(one), len(other)) or 1)


def copies(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return, for each document that has copies, all documents of its kind, itself among them."""
    groups = {name: {name} for name in texts}
    for one, other in _candidates(texts):
        if groups[one] is groups[other] or not are_copies(texts[one], texts[other]):
            continue
        joined = groups[one] | groups[other]
        groups.update(dict.fromkeys(joined, joined))
    return {name: frozenset(group) for name, group in groups.items() if len(group) > 1}


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What is kept of a text to find its copies: its MinHash, and the number of its shingles."""

    name: str
    numbers: array[int]
    size: int

    @property
    def bands(self) -> Iterator[int]:
        """Yield a hash of each band; texts that share one may be copies."""
        return (hash((at, *self.numbers[at : at + ROWS])) for at in range(0, SKETCH, ROWS))

    def is_like(self, other: _Sketch) -> bool:
        """Say whether so many numbers agree that the smaller text may be contained in the other."""
        alike: float = sum(map(eq, self.numbers, other.numbers)) / SKETCH
        shared = alike * (self.size + other.size) / (1 + alike)
        return shared >= LIKELY * min(self.size, other.size)


def _candidates(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names whose sketches have a band in common and are like enough."""
    buckets: dict[int, list[_Sketch]] = {}
    for sketch in _sketches(texts):
        found: dict[str, _Sketch] = {}
        for band in sketch.bands:
            bucket = buckets.setdefault(band, [])
            found.update((other.name, other) for other in bucket)
            bucket.append(sketch)
        yield from ((other.name, sketch.name) for other in found.values() if sketch.is_like(other))


def _sketches(texts: Mapping[str, str]) -> Iterator[_Sketch]:
    """Yield the sketch of each text that has words, by name; some texts at a time."""
    from rensa import RMinHash

    names = sorted(texts)
    for at in range(0, len(names), BATCH):
        found = {name: [str(one) for one in sorted(shingles(texts[name]))] for name in names[at : at + BATCH]}
        told = [name for name in found if found[name]]
        digests = RMinHash.digests_from_token_sets([found[name] for name in told], SKETCH, SEED)
        for name, digest in zip(told, digests, strict=True):
            yield _Sketch(name, array("I", digest), len(found[name]))


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest())
