"""Texts to build graphs of, as many as are wanted: paragraphs of the articles of the tests, dealt anew like cards.

    python tests/benchmarks/dealt.py 1000 FOLDER

Each text has the headline of one article, a date of its own and paragraphs of several; its provinces, cities, numbers
and years are replaced by others of their kind, the same for the same throughout the text. So the sentences are those of
news, no text copies another, and what the texts say seldom meets. A text depends on nothing but its number.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from shanxi_kg.gazetteer import load_gazetteer

TESTS = Path(__file__).resolve().parents[1]
FOLDERS = ("gold", "articles", "articles/more", "articles/wider")
LEVELS = ("province", "prefecture")
LEAST_PARAGRAPH = 80
NUMBER = re.compile(r"(?<![\d.,-])(?!(?:19|20)\d\d\b)[1-9]\d{1,3}(?![\d.,-]*\d)")
YEAR = re.compile(r"\b20[012]\d\b")


def text(number: int) -> str:
    """Return the text of a number."""
    chance = Random(f"dealt {number}")
    headlines, paragraphs = cards()
    date = f"{chance.randint(2010, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    body = "\n\n".join(chance.sample(paragraphs, chance.randint(5, 9)))
    return renamed(f"{chance.choice(headlines)}\n\nUpdated: {date}\n\n", chance) + renamed(body, chance) + "\n"


@cache
def cards() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the headlines of the articles, and their paragraphs that are more than a headline or a date."""
    found = [path.read_text("utf-8") for name in FOLDERS for path in sorted((TESTS / name).glob("*.txt")) if free(path)]
    texts = [[part.strip() for part in re.split(r"\n\s*\n", one) if part.strip()] for one in found]
    paragraphs = (part for parts in texts for part in parts[1:] if len(part) >= LEAST_PARAGRAPH)
    return tuple(parts[0] for parts in texts), tuple(dict.fromkeys(paragraphs))


def free(path: Path) -> bool:
    """Say whether a text is none of those that are kept unread to judge the reading by."""
    return not path.stem.isdigit() or int(path.stem) % 3 != 2


def renamed(words: str, chance: Random) -> str:
    """Return words with other provinces, cities, numbers and years."""
    names: dict[str, str] = {}
    parts, at = [], 0
    for mention in load_gazetteer().places(words):
        if len(mention.keys) == 1 and mention.surface not in names:
            names[mention.surface] = _other(mention.keys[0], mention.surface, chance)
        parts += [words[at : mention.start], names.get(mention.surface, mention.surface)]
        at = mention.end
    moved, back = chance.randint(1, 900), chance.randint(0, 9)
    numbered = NUMBER.sub(lambda found: str(int(found[0]) + moved), "".join([*parts, words[at:]]))
    return YEAR.sub(lambda found: str(max(2000, int(found[0]) - back)), numbered)


def _other(key: str, surface: str, chance: Random) -> str:
    """Return the name of another place of the level, the surface itself where it is no plain name of such a place."""
    place = load_gazetteer().place(key)
    return chance.choice(_names(place.level)) if place.level in LEVELS and surface == place.name else surface


@cache
def _names(level: str) -> tuple[str, ...]:
    gazetteer = load_gazetteer()
    provinces = gazetteer.children("CN")
    places = provinces if level == "province" else [one for top in provinces for one in gazetteer.children(top.key)]
    return tuple(place.name for place in places if place.name and place.level == level)


def write(folder: Path, numbers: range) -> Path:
    """Write the texts of some numbers into a folder that is made for them, and return it."""
    folder.mkdir(parents=True)
    for number in numbers:
        (folder / f"text-{number:07}.txt").write_text(text(number), "utf-8")
    return folder


def texts(numbers: range) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of some numbers."""
    return ((f"text-{number:07}", text(number)) for number in numbers)


def main() -> None:
    """Write as many texts as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    write(given.folder, range(1, given.number + 1))


if __name__ == "__main__":
    main()
