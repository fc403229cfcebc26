"""The best assignment of two sides to each other: the worth of each possible pair goes in, the pairs come out.

Each member of a side is in one pair at most, and the sum of the worths is the greatest that there is. Pairs are added
one at a time, each time by the chain of swaps that gains most; worths are exact, so that no rounding decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

Pairs = dict[int, int]
Worths = Mapping[int, Mapping[int, Fraction]]


def best_pairs(worths: Mapping[tuple[int, int], Fraction]) -> Pairs:
    """Return the pairs with the greatest sum, as a mapping from the left side to the right; worths are positive.

    >>> best_pairs({(0, 0): Fraction(3), (0, 1): Fraction(2), (1, 0): Fraction(2)})
    {0: 1, 1: 0}
    """
    by_left: dict[int, dict[int, Fraction]] = {}
    for (left, right), worth in sorted(worths.items()):
        by_left.setdefault(left, {})[right] = worth
    pairs: Pairs = {}
    while chain := _best_chain(by_left, pairs):
        pairs.update(chain)
    return dict(sorted(pairs.items()))


def _best_chain(worths: Worths, pairs: Pairs) -> Pairs:
    """Return the new partners along the chain from a free left to a free right that gains most; none gains, no pairs.

    `gains` is what a chain has gained when it has just freed a left member: a new pair for the one before it, and the
    loss of its own. Since the pairs so far are the best of their number, no circle gains, and the search ends.
    """
    owners = {right: left for left, right in pairs.items()}
    gains = {left: Fraction(0) for left in worths if left not in pairs}
    before: dict[int, tuple[int, int]] = {}
    best, end = Fraction(0), None
    waiting = list(gains)
    while waiting:
        left = waiting.pop(0)
        for right, worth in worths[left].items():
            gain, owner = gains[left] + worth, owners.get(right)
            if owner is None and gain > best:
                best, end = gain, (left, right)
            elif owner is not None and owner != left:
                freed = gain - worths[owner][right]
                if owner not in gains or freed > gains[owner]:
                    gains[owner], before[owner] = freed, (left, right)
                    waiting.append(owner)
    return _partners(end, before)


def _partners(end: tuple[int, int] | None, before: Mapping[int, tuple[int, int]]) -> Pairs:
    chain: Pairs = {}
    while end:
        chain[end[0]] = end[1]
        end = before.get(end[0])
    return chain
