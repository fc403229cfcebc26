"""What extraction costs beside the bare parser, and that neither its time a text nor its memory grows with the number.

    python tests/benchmarks/test_extraction_time.py [--rounds 2 20 200] [--build]

Reads the gold texts again and again, in each round with other cities and other numbers, so that no round can live on
what an earlier one left behind. The bare parser sees each text as a whole, right before extraction does. With --build
the whole way to a graph folder is timed as well, once for each number of rounds.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).resolve().parents[2]
GOLD = TOP / "tests" / "gold"
ROUNDS = (2, 20)
LARGEST_RATIO, MOST_MEGABYTES, MOST_GROWTH, MOST_NEW_MEGABYTES = 1.4, 700, 1.1, 30
CITIES = "Taiyuan Datong Yangquan Changzhi Jincheng Shuozhou Jinzhong Yuncheng Xinzhou Linfen".split()
CITY = re.compile("|".join(CITIES))
NUMBER = re.compile(r"(?<![\d.,-])(?!(?:19|20)\d\d\b)[1-9]\d{1,3}(?![\d.,-]*\d)")


def varied(text: str, number: int) -> str:
    """Return a text with its cities and its numbers moved on; round 0 is the text itself.

    >>> varied("Datong filed 893 patents in 2020.", 2)
    'Changzhi filed 895 patents in 2020.'
    """
    moved = CITY.sub(lambda city: CITIES[(CITIES.index(city[0]) + number) % len(CITIES)], text)
    return NUMBER.sub(lambda found: str(int(found[0]) + number), moved)


def texts(rounds: range) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of some rounds."""
    originals = {path.stem: path.read_bytes().decode() for path in sorted(GOLD.glob("*.txt"))}
    for number in rounds:
        for name, text in originals.items():
            yield f"{name}-{number}", varied(text, number)


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of some work."""
    before = time.process_time()
    work()
    return time.process_time() - before


def megabytes() -> float:
    """Return the memory that this process has now, or, where the system does not tell, the most that it had."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmRSS:\s+(\d+)", status.read_text("utf-8"))[1]) / 1024  # type: ignore[index]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def extraction_costs(rounds: tuple[int, ...]) -> Iterator[dict[str, float]]:
    """Yield, for each number of rounds, the texts so far, what they cost both ways in CPU seconds, and the memory."""
    from shanxi_kg.documents import Document
    from shanxi_kg.extraction import extract
    from shanxi_kg.language import pipeline

    parser = pipeline()
    for name, text in texts(range(1)):  # whatever is loaded when it is first needed
        extract(Document.from_text(text, name))
        parser(text)
    count, bare, ours, done = 0, 0.0, 0.0, 0
    for last in rounds:
        for name, text in texts(range(done, last)):
            document = Document.from_text(text, name)
            bare += seconds(lambda text=text: parser(text))
            ours += seconds(lambda document=document: extract(document))
            count += 1
        done = last
        yield {"texts": count, "bare": bare, "extraction": ours, "megabytes": megabytes()}


def build_costs(rounds: tuple[int, ...]) -> Iterator[dict[str, float]]:
    """Yield, for each number of rounds, the texts and the CPU time of building a graph folder of them."""
    from shanxi_kg import pipeline

    for last in rounds:
        with tempfile.TemporaryDirectory() as top:
            sources = Path(top) / "texts"
            sources.mkdir()
            for name, text in texts(range(last)):
                (sources / f"{name}.txt").write_text(text, "utf-8")
            spent = seconds(lambda top=top, sources=sources: pipeline.build([sources], Path(top) / "graph"))
            yield {"texts": len(list(sources.iterdir())), "build": spent, "megabytes": megabytes()}


def table(rows: list[dict[str, float]]) -> str:
    """Draw rows as a table, with milliseconds a text and the ratio beside the seconds."""
    lines = []
    for row in rows:
        times = {name: value for name, value in row.items() if name not in {"texts", "megabytes"}}
        cells = [f"{int(row['texts']):6} texts"]
        cells += [
            f"{name} {spent:7.2f} s, {1000 * spent / row['texts']:6.2f} ms a text" for name, spent in times.items()
        ]
        cells += [f"ratio {row['extraction'] / row['bare']:.2f}"] if "bare" in row else []
        lines.append(" | ".join([*cells, f"{row['megabytes']:.0f} MB"]))
    return "\n".join(lines)


@pytest.mark.benchmark
@pytest.mark.slow
def test_extraction_costs_little_more_than_the_parser_and_its_cost_grows_in_step() -> None:
    command = [sys.executable, __file__, "--json", "--rounds", *map(str, ROUNDS)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=900, env={"PYTHONPATH": str(TOP), "PATH": ""}
    )
    few, many = json.loads(done.stdout)
    print(table([few, many]))  # noqa: T201
    assert many["extraction"] / many["bare"] <= LARGEST_RATIO
    assert many["megabytes"] < MOST_MEGABYTES
    assert many["megabytes"] - few["megabytes"] < MOST_NEW_MEGABYTES
    assert many["extraction"] / many["texts"] < MOST_GROWTH * few["extraction"] / few["texts"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, nargs="+", default=ROUNDS)
    options.add_argument("--build", action="store_true")
    options.add_argument("--json", action="store_true")
    chosen: Any = options.parse_args()
    rows = list(extraction_costs(tuple(chosen.rounds)))
    rows += list(build_costs(tuple(chosen.rounds))) if chosen.build else []
    print(json.dumps(rows) if chosen.json else table(rows))  # noqa: T201


if __name__ == "__main__":
    main()
