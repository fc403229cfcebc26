"""How much faster two processes read than one: the same texts, built both ways, by the clock of a machine at rest.

    python tests/benchmarks/jobs.py 10000

Wall time needs a machine that does nothing else; that the two graphs are the same to the byte is held by the tests.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import dealt
from measuring import costs

JOBS = (1, 2)
RESULT = Path(__file__).parent / "results" / "jobs.json"


def build(texts: Path, jobs: int) -> Iterator[tuple[str, Callable[[], int]]]:
    """Build by so many processes; then tell what the largest of them needed, in megabytes."""
    from shanxi_kg import pipeline

    def built() -> int:
        return pipeline.build([texts], texts.parent / f"graph-{jobs}", jobs=jobs).facts.total()

    yield "build", built
    yield "worker", lambda: resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 // 10**6


def measured(number: int) -> dict[str, object]:
    """Return what building so many texts costs by each number of jobs."""
    rows = []
    with tempfile.TemporaryDirectory() as top:
        texts = dealt.write(Path(top) / "texts", range(1, number + 1))
        for jobs in JOBS:
            found = costs(build, texts, jobs)
            one = found["build"]
            rows.append({"jobs": jobs, "wall": round(one.wall, 2), "cpu": round(one.cpu, 2), "facts": one.answer})
            print(f"--jobs {jobs}: {one.wall:.1f} s, {one.cpu:.1f} s of CPU", file=sys.stderr)  # noqa: T201
    return {"texts": number, "jobs": rows, "megabytes": found["worker"].answer}


def main() -> None:
    """Measure on as many texts as the command line says, and save the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=int)
    result = measured(parser.parse_args().texts)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
