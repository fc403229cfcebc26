"""The walls around one query: a process goes in that may do anything, one comes out that can only compute.

It opens no file and no connection any more, takes no more memory and processor time than it may, writes no more bytes
than an answer may have, says nothing on standard error, and dies with the broker. The wall clock is the broker's work.
"""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import sys
from contextlib import suppress

from shanxi_kg.server.configuration import Limits

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
_PAGE = resource.getpagesize()


def confine(limits: Limits, kept: set[int]) -> None:
    """Confine this process for good; `kept` are the descriptors that it may go on using."""
    _die_with_parent()
    _die_first()
    _close_all_but(kept)
    seconds = math.ceil(limits.seconds) + 1
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.result),
        (resource.RLIMIT_AS, address_space() + limits.memory),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def address_space() -> int:
    """Return how many bytes of addresses this process has; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (a fork has no time to lose)
            return int(file.read().split()[0]) * _PAGE
    except OSError:
        return 0


def _die_with_parent() -> None:
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _die_first() -> None:
    """Ask the system to end this process, and not another, where its memory is over."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "wb", buffering=0) as file:  # noqa: PTH123
        file.write(b"1000")


def _close_all_but(kept: set[int]) -> None:
    """Close all descriptors but these, and turn standard error away from the log."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    last = max(kept, default=2)
    for low, high in zip([3, *(number + 1 for number in sorted(kept))], [*sorted(kept), last + 4096], strict=True):
        os.closerange(max(low, 3), high)
