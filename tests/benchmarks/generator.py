"""Lifelike news and its graph at any size: a number of facts and a seed go in, articles with their facts come out.

An article is English text about one province, with the facts that a careful reader would give, each with its evidence;
triples are made of them by the package itself. The same seed gives the same bytes, article by article, so that 10^7
facts stream to disk: `python tests/benchmarks/generator.py 100000 --nquads graph.nq` or `--turtle folder`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from shanxi_kg import facts as f
from shanxi_kg import turtle
from shanxi_kg.documents import Document
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.ontology import prefixes
from shanxi_kg.triples import DocumentTriples, document_triples

SECTORS = (
    "data water tea energy transport health education forestry tourism trade housing culture sports seed steel coal "
    "logistics finance insurance fishery patent trademark innovation environment climate grain mining textile"
).split()
THINGS = (
    "companies projects patents employees centers applications cases visitors students hospitals schools lines".split()
)
SURNAMES = (
    "Li Wang Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song Zheng Xie".split()
)
GIVEN = (
    "Wei Min Jing Lei Yan Fang Jun Ping Hua Ming Qiang Xia Bo Ling Tao Gang Hong Na Feng Yu Kai Rui Ning Shan".split()
)
MONTHS = "January February March April May June July August September October November December".split()
VERBS = {"granted subsidies to": "subsidy", "opened service windows for": "service", "held training for": "training"}
GROUPS = ("small companies", "farmers", "exporters", "students", "start-ups", "research institutes")


@dataclass(frozen=True)
class Article:
    """A text and the facts that a careful reader finds in it."""

    document: Document
    facts: tuple[f.Fact, ...]

    @property
    def triples(self) -> DocumentTriples:
        """The article as RDF."""
        return document_triples(self.document, self.facts)


@dataclass(frozen=True)
class Setting:
    """What an article's sentences draw upon: chance, the province, one of its cities, the sector, and the year."""

    random: Random
    province: f.Area
    city: f.Area
    sector: str
    year: int

    @property
    def bureau(self) -> f.Body:
        """The province's body for the sector."""
        return f.Body(f"{self.province.name} {self.sector.title()} Bureau")

    @property
    def person(self) -> str:
        """A person, the same for the same bureau and year."""
        chance = Random(f"{self.bureau.name} {self.year}")
        return f"{chance.choice(SURNAMES)} {chance.choice(GIVEN)}{chance.choice(GIVEN).lower()}"


Told = tuple[str, tuple[tuple[f.Content, str], ...]]
"""A sentence, and its facts, each with the words of the sentence that it stands on."""


def articles(number_of_facts: int, seed: int = 0) -> Iterator[Article]:
    """Yield articles that have so many facts together, or a few more."""
    told = number = 0
    while told < number_of_facts:
        number += 1
        found = article(seed, number)
        told += len(found.facts)
        yield found


def article(seed: int, number: int) -> Article:
    """Return one article, which depends on nothing but the seed and its number."""
    chance = Random(f"{seed} {number}")
    province, city = chance.choice(_provinces())
    setting = Setting(chance, province, city, chance.choice(SECTORS), chance.randint(2001, 2025))
    told = [sentence(setting) for sentence in (*SENTENCES, *chance.choices(SENTENCES, k=chance.randint(0, 4)))]
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    head = f"{province.name} reports on {setting.sector} ({number})\n\nUpdated: {setting.year}-{month:02}-{day:02}\n\n"
    text, facts = head, []
    for sentence, contents in told:
        facts += [f.Fact(content, _evidence(len(text), sentence, words)) for content, words in contents]
        text += sentence + "\n\n"
    return Article(Document.from_text(text, f"article-{number:08}"), tuple(facts))


def _evidence(start: int, sentence: str, words: str) -> f.Evidence:
    at = start + sentence.index(words)
    return f.Evidence(at, at + len(words), words)


@cache
def _provinces() -> tuple[tuple[f.Area, f.Area], ...]:
    """Return each province with each of its cities."""
    gazetteer = load_gazetteer()
    return tuple(
        (f.Area(province.name, province.key), f.Area(city.name, city.key))
        for province in gazetteer.children("CN")
        for city in gazetteer.children(province.key)
        if city.name
    )


# One function a kind of sentence


def _regulation(setting: Setting) -> Told:
    title = f"{setting.sector.title()} Regulations of {setting.province.name} Province"
    month = setting.random.randint(1, 12)
    words = f'"{title}" took effect on {MONTHS[month - 1]} 1, {setting.year}'
    content = f.Regulation(title, setting.province, in_force=f"{setting.year}-{month:02}-01")
    return f"The {words}.", ((content, words),)


def _agreement(setting: Setting) -> Told:
    others = setting.random.sample([pair[0] for pair in _provinces() if pair[0] != setting.province], 2)
    partners = list(dict.fromkeys(others))
    words = f"signed {setting.sector} cooperation agreements with {' and '.join(one.name for one in partners)}"
    contents = (
        f.Agreement((setting.province, one), f"{setting.sector} cooperation", str(setting.year)) for one in partners
    )
    return f"{setting.province.name} {words} in {setting.year}.", tuple((content, words) for content in contents)


def _statement(setting: Setting) -> Told:
    quote = f"the number of {setting.sector} {setting.random.choice(THINGS)} keeps growing"
    who = f"{setting.person}, director of the {setting.bureau.name}"
    sentence = f"{who}, said that {quote}."
    contents = (
        (f.Post(setting.person, "director", setting.bureau), who),
        (f.Agency(setting.bureau, None, setting.province), setting.bureau.name),
        (f.Statement(setting.person, quote), quote),
    )
    return sentence, contents


def _indicator(setting: Setting) -> Told:
    measure = f"{setting.sector} {setting.random.choice(THINGS)}"
    value, change = setting.random.randint(10, 99_999), Decimal(setting.random.randint(1, 300)) / 10
    words = f"the number of {measure} in {setting.city.name} rose by {change} percent to {value:,} in {setting.year}"
    content = f.Indicator(
        measure, Decimal(value), None, setting.city, str(setting.year), trend="increase", change=change
    )
    return f"Official figures show that {words}.", ((content, words),)


def _share(setting: Setting) -> Told:
    measure = f"share of {setting.sector} {setting.random.choice(THINGS)}"
    value = Decimal(setting.random.randint(1, 999)) / 10
    words = f"the {measure} in {setting.province.name} is to reach {value} percent in {setting.year + 5}"
    content = f.Indicator(measure, value, "percent", setting.province, str(setting.year + 5), status="target")
    return f"By plan, {words}.", ((content, words),)


def _policy(setting: Setting) -> Told:
    verb, group = setting.random.choice(tuple(VERBS)), setting.random.choice(GROUPS)
    words = f"{verb} {group}"
    content = f.Policy(words, setting.province, group, str(setting.year))
    return f"In {setting.year}, {setting.province.name} {words} in {setting.sector}.", ((content, words),)


def _platform(setting: Setting) -> Told:
    name = f"{setting.city.name} {setting.sector.title()} Service Cluster"
    size = setting.random.randint(2, 90)
    words = f"{size} law firms work in the {name}"
    content = f.Platform(name, setting.city, (f.Group(f"{size} law firms", size),), ("municipal",))
    return f"The {setting.bureau.name} said {words}.", ((content, words),)


SENTENCES: tuple[Callable[[Setting], Told], ...] = (
    _regulation,
    _agreement,
    _statement,
    _indicator,
    _share,
    _policy,
    _platform,
)


# To disk


def write_nquads(path: Path, found: Iterator[Article]) -> int:
    """Write the named graphs of articles as N-Quads, one article after the other, and return the number of quads."""
    number = 0
    with path.open("wb") as file:
        for one in found:
            made = one.triples
            quads = [Quad(triple.subject, triple.predicate, triple.object, made.iri) for triple in _sorted(made)]
            file.write(serialize(quads, format=RdfFormat.N_QUADS) or b"")
            number += len(quads)
    return number


def write_turtle(folder: Path, found: Iterator[Article]) -> int:
    """Write a graph folder's sources and documents, and return the number of triples."""
    number = 0
    for name in ("sources", "documents"):
        (folder / name).mkdir(parents=True)
    for one in found:
        name, made = one.document.name, one.triples
        (folder / "sources" / f"{name}.txt").write_bytes(one.document.text.encode())
        (folder / "documents" / f"{name}.ttl").write_bytes(turtle.serialize(made.triples, prefixes()).encode())
        number += len(made.triples)
    return number


def _sorted(made: DocumentTriples) -> list[Triple]:
    return sorted(made.triples, key=str)


def main() -> None:
    """Write a graph of the size that the command line gives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--nquads", type=Path)
    parser.add_argument("--turtle", type=Path)
    given = parser.parse_args()
    for path, write in ((given.nquads, write_nquads), (given.turtle, write_turtle)):
        if path:
            print(f"{path}: {write(path, articles(given.facts, given.seed)):,} triples")  # noqa: T201


if __name__ == "__main__":
    main()
