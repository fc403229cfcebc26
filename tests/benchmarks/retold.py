"""Copies of a story as agencies and papers print them, and stories of one template that are none.

    python tests/benchmarks/retold.py 300 1000 3000 10000

Finds the copies among so many dealt texts, of which every twentieth is printed again by another paper, and saves what
that costs.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from random import Random
from types import MappingProxyType

import dealt
from growth import RESULTS, save
from measuring import costs

EVERY = 20

# What papers do to a story: parts of a text go in (headline, date line, paragraphs), the parts as printed come out

Parts = list[str]


def another_headline(parts: Parts) -> Parts:
    """Give the story another headline."""
    return ["A closer look at what changes this year", *parts[1:]]


def another_date(parts: Parts) -> Parts:
    """Print the story two days later."""
    return [parts[0], "Updated: 2024-05-09", *parts[2:]]


def agency_line(parts: Parts) -> Parts:
    """Name the agency before the first paragraph and the editor after the last."""
    return [*parts[:2], f"BEIJING, May 7 (Newswire) -- {parts[2]}", *parts[3:], "(Editor: Wang Fang)"]


def last_cut(parts: Parts) -> Parts:
    """Cut the shortest of the paragraphs, as is done where the page is full."""
    return [part for part in parts if part != min(parts[2:], key=len)]


def typography(parts: Parts) -> Parts:
    """Set quotation marks, dashes and spaces in another way, and the headline in capitals."""
    table = str.maketrans({'"': "”", "'": "’", "-": "–", " ": "\u00a0"})
    return [parts[0].upper(), *(part.translate(table) for part in parts[1:])]


def broken_lines(parts: Parts) -> Parts:
    """Break the lines at a narrow column."""
    return [*parts[:2], *(re.sub(r"(.{40,60}) ", r"\1\n", part) for part in parts[2:])]


def caption(parts: Parts) -> Parts:
    """Put the words under a picture among the paragraphs."""
    return [*parts[:3], "A visitor takes photos of the scene on Tuesday. [Photo by Li Na]", *parts[3:]]


EDITS: Mapping[str, Callable[[Parts], Parts]] = MappingProxyType(
    {
        edit.__name__.replace("_", " "): edit
        for edit in (another_headline, another_date, agency_line, last_cut, typography, broken_lines, caption)
    }
)


def printed_again(text: str, *edits: Callable[[Parts], Parts]) -> str:
    """Return a text as another paper prints it."""
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    for edit in edits:
        parts = edit(parts)
    return "\n\n".join(parts) + "\n"


def texts_with_copies(number: int) -> dict[str, str]:
    """Return so many texts by name, every twentieth of them a copy, in one of the ways, of another."""
    found = dict(dealt.texts(range(1, number - number // EVERY + 1)))
    originals = Random(number).sample(sorted(found), number // EVERY)
    ways = tuple(EDITS.values())
    copies = {f"copy-of-{name}": printed_again(found[name], ways[at % len(ways)]) for at, name in enumerate(originals)}
    return found | copies


# What it costs to find them


def find(number: int) -> Iterator[tuple[str, Callable[[], int]]]:
    """Find the copies among so many texts; the answer is how many documents repeat another one."""
    from shanxi_kg.conflicts.copies import copies

    texts = texts_with_copies(number)
    few = texts_with_copies(EVERY)
    yield "warm", lambda: len(copies(few))
    yield "copies", lambda: sum(name.startswith("copy") for name in copies(texts))


def measured(number: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what finding the copies among so many texts costs."""
    yield "copies", {"size": number, "copies": number // EVERY, **asdict(costs(find, number)["copies"])}


def main() -> None:
    """Measure at the sizes of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=int, nargs="+")
    for number in parser.parse_args().texts:
        save(RESULTS / "copies.json", measured(number))


if __name__ == "__main__":
    main()
