"""What was measured, for the reader: results go in; the tables of README.md and the plots come out.

    python tests/benchmarks/tables.py

Each table of README.md stands between two comments that name it; what stands there is replaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import paper
from measuring import exponent
from plots import STAGES, Results, draw

HERE = Path(__file__).parent
README = HERE / "README.md"
BLOCK = re.compile(r"(?P<head><!-- (?P<name>[a-z-]+): made by tables\.py -->\n).*?(?P<end><!-- end -->\n)", re.DOTALL)
STEEP = 1.1
"""An exponent above this one is named and explained."""

STORING = {
    "load": "documents",
    "store on disk": "quads",
    "size of a store on disk": "bytes",
    "export as N-Quads": "bytes",
    "export as Turtle": "bytes",
}
"""What is told of the large graph besides its queries, and what the answer counts."""

Rows = Iterator[Sequence[str]]


def read(name: str) -> Any:
    """Return the results of a file."""
    return json.loads((HERE / "results" / name).read_text("utf-8"))


def growth_results() -> dict[str, list[dict[str, Any]]]:
    """Return what `growth.py` saved, with the sum of all stored queries as one stage."""
    found: dict[str, list[dict[str, Any]]] = read("growth.json")
    return found | {"all stored queries": summed(found)}


def summed(results: Results) -> list[dict[str, Any]]:
    """Return what all stored queries together took at each size."""
    of_queries = [one for name, found in results.items() if name.startswith("query") for one in found]
    sizes = sorted({one["size"] for one in of_queries})
    return [_sum([one for one in of_queries if one["size"] == size], size) for size in sizes]


def _sum(found: Sequence[dict[str, Any]], size: int) -> dict[str, Any]:
    return {
        "size": size,
        "cpu": sum(one["cpu"] for one in found),
        "megabytes": max(one["megabytes"] for one in found),
        "answer": sum(one["answer"] for one in found),
    }


def growth() -> Rows:
    """The stages: sizes, times, memory, and the exponent of the time over the facts."""
    yield "stage", "facts", "CPU, s", "a fact at the most, µs", "exponent", "peak memory, MB"
    results = growth_results()
    for name in STAGES:
        if len(found := results[name]) > 1:
            sizes, times = [one["size"] for one in found], [one["cpu"] for one in found]
            yield (
                name,
                " · ".join(f"{size:,}" for size in sizes),
                " · ".join(f"{spent:,.2f}" for spent in times),
                f"{1e6 * times[-1] / sizes[-1]:,.0f}",
                f"{exponent(sizes, times):.2f}",
                " · ".join(f"{one['megabytes']:,.0f}" for one in found),
            )


def steep() -> Rows:
    """The stored queries whose time grows faster than the graph, beside the growth of their answers."""
    yield "stored query", "ms at the most facts", "exponent", "rows at the most facts", "exponent of the rows"
    for name, found in sorted(growth_results().items()):
        if name.startswith("query ") and len(found) > 1:
            sizes = [one["size"] for one in found]
            of_time = exponent(sizes, [one["cpu"] for one in found])
            if of_time > STEEP:
                rows = [one["answer"] for one in found]
                of_rows = f"{exponent(sizes, rows):.2f}" if all(rows) else ""
                yield name[6:], f"{1000 * found[-1]['cpu']:,.1f}", f"{of_time:.2f}", f"{rows[-1]:,}", of_rows


def extraction() -> Rows:
    """What reading costs a text, beside the bare parser, for ever more texts."""
    yield "texts", "bare parser, ms a text", "extraction, ms a text", "ratio", "memory, MB"
    for one in read("extraction.json"):
        bare, ours = (1000 * one[name] / one["texts"] for name in ("bare", "extraction"))
        yield f"{one['texts']:,}", f"{bare:.2f}", f"{ours:.2f}", f"{ours / bare:.2f}", f"{one['megabytes']:.0f}"


def large() -> Rows:
    """The stages on one graph of 10^7 triples."""
    results = read("large.json")
    yield "", "CPU, s", "peak memory, GB", "answer"
    for name, unit in STORING.items():
        if name in results:
            yield _large(name, results[name][-1], unit)
    by_time = sorted((name for name in results if name.startswith("query")), key=lambda name: results[name][-1]["cpu"])
    if by_time:
        yield _large("all stored queries on the store", summed(results)[-1], "rows")
        for which, name in (("the query in the middle", by_time[len(by_time) // 2]), ("the slowest", by_time[-1])):
            yield _large(f"{which}, {name.rpartition(' ')[2]}", results[name][-1], "rows")


def _large(label: str, one: Mapping[str, Any], unit: str) -> tuple[str, ...]:
    return label, f"{one['cpu']:,.2f}", f"{one['megabytes'] / 1000:.1f}", f"{one['answer']:,} {unit}"


def jobs() -> Rows:
    """One process and two."""
    yield "texts", "jobs", "seconds by the clock", "texts a second", "times the speed of one"
    found = read("jobs.json")
    for one in found["jobs"]:
        speed = found["jobs"][0]["wall"] / one["wall"]
        yield (
            f"{found['texts']:,}",
            str(one["jobs"]),
            f"{one['wall']:,.1f}",
            f"{found['texts'] / one['wall']:.1f}",
            f"{speed:.2f}",
        )


def copies() -> Rows:
    """What finding copies costs."""
    yield "texts", "copies among them", "found", "CPU, ms a text", "peak memory, MB"
    for one in read("copies.json")["copies"]:
        cells = (one["size"], one["copies"], one["answer"])
        yield *(f"{cell:,}" for cell in cells), f"{1000 * one['cpu'] / one['size']:.2f}", f"{one['megabytes']:,.0f}"


TABLES: dict[str, Callable[[], Rows]] = {
    "growth": growth,
    "steep": steep,
    "extraction": extraction,
    "large": large,
    "jobs": jobs,
    "copies": copies,
    "paper": lambda: paper.rows(read("growth.json")),
}


def markdown(rows: Rows) -> str:
    """Return rows as a Markdown table, the first as its head; numbers stand to the right."""
    head, *body = rows
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *body)) + "\n"


def renewed(text: str) -> str:
    """Return a text with its tables made anew; those of which nothing was measured stay as they are."""
    return BLOCK.sub(_renewed, text)


def _renewed(block: re.Match[str]) -> str:
    try:
        table = markdown(TABLES[block["name"]]())
    except FileNotFoundError:
        return block[0]
    return f"{block['head']}{table}{block['end']}"


def main() -> None:
    """Renew README.md and the plot beside it."""
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
    draw(HERE / "growth.svg", growth_results())


if __name__ == "__main__":
    main()
