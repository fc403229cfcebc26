"""Work on many things by several processes: things go in, what the work gives of each comes out, in the same order.

Only a few batches are under way at a time, so memory does not grow with the number of things. Workers ignore the
interrupt key and finish what they are at, so that it is not lost; what has not begun is dropped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from shanxi_kg.errors import GraphError

BATCH = 8
"""How many things a process is given at once: enough that handing them over costs next to nothing."""
AHEAD = 3
"""How many batches are under way for each process."""

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def in_order(work: Callable[[Thing], Made], things: Sequence[Thing], jobs: int) -> Iterator[Made]:
    """Yield what `work` makes of each thing, in their order, by `jobs` processes; with one, in this process.

    With more, `work`, the things and what is made of them are pickled. Raises GraphError where a process dies.

    >>> list(in_order(abs, [-1, 2, -3], jobs=1))
    [1, 2, 3]
    """
    if jobs == 1 or len(things) <= 1:
        yield from map(work, things)
        return
    under_way: deque[Future[list[Made]]] = deque()
    with _processes(min(jobs, len(things))) as pool:
        for start in range(0, len(things), BATCH):
            under_way.append(pool.submit(_batch, work, things[start : start + BATCH]))
            if len(under_way) >= AHEAD * jobs:
                yield from _finished(under_way.popleft())
        while under_way:
            yield from _finished(under_way.popleft())


@contextmanager
def _processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Start processes that share nothing with this one; in the end, whatever it is, drop what has not begun."""
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_ignore_interrupts)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _batch(work: Callable[[Thing], Made], things: Sequence[Thing]) -> list[Made]:
    return [work(thing) for thing in things]


def _finished(batch: Future[list[Made]]) -> list[Made]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return batch.result()
    except BrokenProcessPool as error:
        raise GraphError(
            "a process of the build died, perhaps for lack of memory; build again with fewer --jobs: what was done is"
            " in the cache"
        ) from error
