"""What a piece of work costs: it runs in a process of its own, and its times, peak memory and answers come out.

CPU time does not depend on what else the machine does; wall time does, and is kept beside it. Peak memory is the most
that the process ever had resident, its libraries and what was loaded before the work included.
"""

from __future__ import annotations

import multiprocessing
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU and of the clock, the peak of memory in megabytes (10^6 bytes), and how large the answer is."""

    cpu: float
    wall: float
    megabytes: float
    answer: int = 0


def least_cpu(work: Callable[[], object], rounds: int) -> float:
    """Return the least CPU time, in seconds, that some work takes in this process over some rounds."""
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


Work = Callable[..., Iterator[tuple[str, Callable[[], int]]]]
"""Yields names and calls that are timed one after the other; each call gives the size of its answer."""


def costs(work: Work, *given: Any) -> dict[str, Cost]:
    """Run work in a process of its own and return what each of its calls cost, by name."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(there, work, given))
    child.start()
    there.close()
    found: dict[str, Cost] = {}
    try:
        while told := here.recv():
            found[told[0]] = told[1]
    except EOFError:
        raise SystemExit(f"{work.__name__}{given}: the process died after {list(found)}, for lack of memory?") from None
    finally:
        child.join()
    return found


def _serve(out: Connection, work: Work, given: Sequence[Any]) -> None:
    for name, call in work(*given):
        cpu, wall = cpu_seconds(), time.perf_counter()
        answer = call()
        out.send((name, Cost(cpu_seconds() - cpu, time.perf_counter() - wall, peak_megabytes(), answer)))
    out.send(None)


def cpu_seconds() -> float:
    """Return the CPU time of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak_megabytes() -> float:
    """Return the most memory that this process had, in 10^6 bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says there includes what the parent had when it started this process
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text("utf-8"))[1]) * 1024 / 1e6  # type: ignore[index]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024) / 1e6


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the exponent of the power law through sizes and values, by least squares of their logarithms.

    >>> round(exponent([1, 10, 100], [3, 30, 300]), 6), round(exponent([1, 10, 100], [1, 100, 10000]), 6)
    (1.0, 2.0)
    """
    across, up = [log(size) for size in sizes], [log(value) for value in values]
    middle, level = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle) ** 2 for x in across)
    return sum((x - middle) * (y - level) for x, y in zip(across, up, strict=True)) / spread
