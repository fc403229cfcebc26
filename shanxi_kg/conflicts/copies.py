"""Copied articles: texts by document go in, and which of them repeats which nearly word for word comes out.

Two texts are copies where they share more than four fifths of their shingles, runs of eight words, whatever the case
and the punctuation. Pairs to compare are those with a band of their MinHash sketches in common (Broder, 'On the
resemblance and containment of documents', 1997): what is kept of a text does not grow with it, and of a hundred million
pairs of copies about five are missed. Each pair is then compared in full, so that none is found that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

SHINGLE = 8
SIMILAR = 0.8
SKETCH, ROWS, SEED = 128, 4, 1
"""Numbers in a sketch and in each of its bands, and the seed of its hash functions."""

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


def similarity(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the shingles of two texts that both have (Jaccard); 0 where both have none."""
    return len(one & other) / (len(one | other) or 1)


def copies(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return, for each document that has copies, all documents of its kind, itself among them."""
    groups = {name: {name} for name in texts}
    for one, other in _candidates(texts):
        if groups[one] is groups[other] or similarity(shingles(texts[one]), shingles(texts[other])) <= SIMILAR:
            continue
        joined = groups[one] | groups[other]
        groups.update(dict.fromkeys(joined, joined))
    return {name: frozenset(group) for name, group in groups.items() if len(group) > 1}


def _candidates(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs whose sketches have a band in common, each once for each such text before it."""
    buckets: dict[int, tuple[str, ...]] = {}
    for name, sketch in _sketches(texts):
        bands = [hash((band, *sketch[band : band + ROWS])) for band in range(0, len(sketch), ROWS)]
        found = dict.fromkeys(other for band in bands for other in buckets.get(band, ()))
        yield from ((other, name) for other in found)
        buckets.update({band: (*buckets.get(band, ()), name) for band in bands})


def _sketches(texts: Mapping[str, str]) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the MinHash sketch of each text that has words, some texts at a time, by name."""
    from rensa import RMinHash

    names = sorted(texts)
    for at in range(0, len(names), BATCH):
        found = {name: [str(one) for one in sorted(shingles(texts[name]))] for name in names[at : at + BATCH]}
        told = [name for name in found if found[name]]
        yield from zip(
            told, RMinHash.digests_from_token_sets([found[name] for name in told], SKETCH, SEED), strict=True
        )


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest())
