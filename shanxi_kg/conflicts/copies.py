"""Copied articles: texts by document go in, and which of them repeats which nearly word for word comes out.

Two texts are copies where they share more than four fifths of their shingles, runs of eight words, whatever the case
and the punctuation. The search is exact: sets that similar share a shingle among the rarest few of each
(Bayardo, Ma and Srikant, 'Scaling up all pairs similarity search', 2007), so that only such pairs are compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

SHINGLE = 8
SIMILAR = 0.8
_WORD = re.compile(r"[^\W_]+")


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of the runs of eight words of a text; of a shorter text, that of all its words.

    >>> len(shingles("one two three four five six seven eight nine")), len(shingles("")), len(shingles("one"))
    (2, 0, 1)
    """
    words = _WORD.findall(text.casefold())
    runs = [words[at : at + SHINGLE] for at in range(max(1, len(words) - SHINGLE + 1))] if words else []
    return frozenset(_hash(" ".join(run)) for run in runs)


def similarity(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the shingles of two texts that both have (Jaccard); 0 where both have none."""
    return len(one & other) / (len(one | other) or 1)


def copies(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return, for each document that has copies, all documents of its kind, itself among them."""
    sets = {name: shingles(text) for name, text in sorted(texts.items())}
    groups = {name: {name} for name in sets}
    for one, other in _candidates(sets):
        if groups[one] is not groups[other] and similarity(sets[one], sets[other]) > SIMILAR:
            joined = groups[one] | groups[other]
            groups.update(dict.fromkeys(joined, joined))
    return {name: frozenset(group) for name, group in groups.items() if len(group) > 1}


def _candidates(sets: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that may be similar: those with a common shingle among the rarest fifth of each."""
    numbers = Counter(shingle for found in sets.values() for shingle in found)
    names: dict[int, list[str]] = defaultdict(list)
    for name, found in sets.items():
        rarest = sorted(found, key=lambda shingle: (numbers[shingle], shingle))
        first = [shingle for shingle in _enough(rarest) if numbers[shingle] > 1]
        yield from ((other, name) for other in dict.fromkeys(other for shingle in first for other in names[shingle]))
        for shingle in first:
            names[shingle].append(name)


def _enough(ordered: Sequence[int]) -> Sequence[int]:
    return ordered[: len(ordered) - int(SIMILAR * len(ordered)) + 1]


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest())
