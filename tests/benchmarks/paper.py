"""What reading a nation's newspapers would cost on rented machines: measured rates and assumptions go in, a table out.

    python tests/benchmarks/paper.py

The rates are those of the largest build that `growth.py` measured; each assumption is a constant here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

ARTICLES = 100_000_000
CHARACTERS = 4000
"""Of an article as newspapers print it; the measured texts are shorter, and cost goes with the length."""
CORES = 1000
"""Rented at a time."""
DOLLARS_A_CORE_HOUR = 0.04
"""Of a rented machine with 4 GB for each core, as the usual list prices are; reserved or spare ones cost less."""
DOLLARS_A_GIGABYTE_MONTH = 0.10
"""Of a disk of flash memory."""
EFFICIENCY = 0.8
"""Of a core where each core has a process: what two processes on two cores are held to, 1.6 times the speed of one."""
RERUN = 1.05
"""What is read twice because a machine was lost."""
BYTES_A_TRIPLE = 390
"""Of a store on disk, which holds a triple in its document's graph and in the merge of all: 3.9 GB for 10^7 triples, as
`growth.py` measured (`results/large.json`)."""


@dataclass(frozen=True)
class Rates:
    """What was measured of a text of so many characters: CPU seconds to a graph, triples, and a process's memory."""

    characters: float
    seconds: float
    triples: float
    megabytes: float


@dataclass(frozen=True)
class Estimate:
    """What all articles take: core hours, days on the rented cores, dollars, and the store that they end in."""

    core_hours: float
    days: float
    dollars: float
    memory_gigabytes: float
    triples: float
    store_terabytes: float
    store_dollars_a_month: float


def rates(growth: Mapping[str, Sequence[Mapping[str, Any]]]) -> Rates:
    """Return the rates of the largest build that was measured; the memory is that of the smallest, a batch."""
    least, most = growth["build"][0], growth["build"][-1]
    return Rates(
        characters=most["characters"] / most["texts"],
        seconds=most["cpu"] / most["texts"],
        triples=most["triples"] / most["texts"],
        megabytes=least["megabytes"],
    )


def estimate(found: Rates) -> Estimate:
    """Return what reading all articles would take at these rates."""
    longer = CHARACTERS / found.characters
    core_hours = ARTICLES * found.seconds * longer / EFFICIENCY * RERUN / 3600
    triples = ARTICLES * found.triples * longer
    terabytes = triples * BYTES_A_TRIPLE / 1e12
    return Estimate(
        core_hours=core_hours,
        days=core_hours / CORES / 24,
        dollars=core_hours * DOLLARS_A_CORE_HOUR,
        memory_gigabytes=CORES * found.megabytes / 1000,
        triples=triples,
        store_terabytes=terabytes,
        store_dollars_a_month=terabytes * 1000 * DOLLARS_A_GIGABYTE_MONTH,
    )


def rows(growth: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, str]]:
    """Yield the table, its head first."""
    known = rates(growth)
    found = estimate(known)
    yield f"{ARTICLES:,} articles of {CHARACTERS:,} characters", ""
    yield "measured: CPU a text", f"{1000 * known.seconds:.0f} ms for {known.characters:,.0f} characters"
    yield "measured: triples a text", f"{known.triples:,.0f}"
    yield "core hours", f"{_round(found.core_hours):,}"
    yield f"days on {CORES:,} cores", f"{found.days:.1f}"
    yield f"memory of {CORES:,} processes", f"{_round(found.memory_gigabytes):,} GB"
    yield f"dollars at {DOLLARS_A_CORE_HOUR} a core hour", f"{_round(found.dollars):,}"
    yield "triples", f"{found.triples:.1e}".replace("e+", "·10^").replace("^0", "^")
    yield f"store at {BYTES_A_TRIPLE} bytes a triple", f"{found.store_terabytes:,.0f} TB"
    yield f"dollars a month at {DOLLARS_A_GIGABYTE_MONTH:.2f} a GB", f"{_round(found.store_dollars_a_month):,}"


def _round(value: float) -> int:
    """Return a number to two figures, since the assumptions are no better."""
    digits = 10 ** max(0, len(str(ceil(value))) - 2)
    return round(value / digits) * digits


def main() -> None:
    """Print the table as lines."""
    growth = json.loads((Path(__file__).parent / "results" / "growth.json").read_text("utf-8"))
    for name, value in rows(growth):
        print(f"{name:55} {value}".rstrip())  # noqa: T201


if __name__ == "__main__":
    main()
