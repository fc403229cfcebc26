"""The search index of a portal: what has a page goes in, an index for the browser comes out, one a language.

The index is Pagefind's, whose extended build cuts Chinese into words. It holds names, definitions and the sentences of
facts, and no page by itself. Needs the extra `portal`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from shanxi_kg.errors import UsageError
from shanxi_kg.namespaces import SKOS
from shanxi_kg.pages.addresses import LANGUAGES, resource_path
from shanxi_kg.pages.facts import facts_of, view_fact
from shanxi_kg.pages.questions import questions
from shanxi_kg.pages.resource import kind_of, kind_word
from shanxi_kg.pages.words import words

if TYPE_CHECKING:
    from shanxi_kg.pages.statements import Statements
    from shanxi_kg.portal.contents import Contents

LEFT_OUT = {
    *("mention", "name", "judgement", "figure", "corroboration"),
    *("class-partition", "property-partition", "distribution", "component"),
}
"""Kinds of things that nobody looks for by name."""

MOST_FACTS = 50
LONGEST_PART = 6
_HAN = re.compile("[\u3400-\u9fff]+")
_NAMES = (SKOS["prefLabel"], SKOS["altLabel"])


@dataclass(frozen=True, slots=True)
class Record:
    """What the index holds of a page: the path below the top of its language, its title, its kind, names and words."""

    path: str
    title: str
    kind: str
    names: str = ""
    words: str = ""


def records(contents: Contents, language: str) -> Iterator[Record]:
    """Yield what a language's index holds: the named things, and the questions."""
    for iri in contents.resources:
        if kind_of(iri) not in LEFT_OUT:
            yield _of_resource(contents.statements, iri, language)
    for question in questions(contents.queries.values(), language):
        path = f"query/{question.name}.html"
        yield Record(path, question.words, words(language)["questions"])


def _of_resource(statements: Statements, iri: str, language: str) -> Record:
    node, path = NamedNode(iri), f"{resource_path(iri)}.html"
    if kind_of(iri) == "fact":
        fact = view_fact(statements, node, language)
        return Record(path, fact.text, kind_word(iri, language), words=fact.passage.words)
    names = [term.value for name in _NAMES for term in statements.values(node, name) if isinstance(term, Literal)]
    told = (view_fact(statements, fact, language).text for fact in facts_of(statements, node)[:MOST_FACTS])
    return Record(
        path,
        statements.label(node, language),
        kind_word(iri, language),
        names=" ".join(dict.fromkeys([*names, *(part for name in names for part in parts_of(name))])),
        words=" ".join([*_definitions(statements, node, language), *told]),
    )


def _definitions(statements: Statements, node: NamedNode, language: str) -> list[str]:
    found = (term for term in statements.values(node, SKOS["definition"]) if isinstance(term, Literal))
    return [term.value for term in found if term.language == language]


def parts_of(name: str) -> list[str]:
    """Return the short parts of a Chinese name, because people search by parts that are no words of a dictionary.

    >>> parts_of("太原市"), parts_of("Taiyuan")
    (['太原', '原市', '太原市'], [])
    """
    runs = _HAN.findall(name)
    return [
        run[start : start + length]
        for run in runs
        for length in range(2, LONGEST_PART + 1)
        for start in range(len(run) - length + 1)
    ]


def write_index(contents: Contents, top: Path) -> None:
    """Write the index of each language to `pagefind/<language>` below a portal's top."""
    import tempfile

    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            for record in records(contents, language):
                _stand_in(Path(folder) / record.path, record, language)
            _index(folder, top / "pagefind" / language)


def _stand_in(path: Path, record: Record, language: str) -> None:
    """Write a small page with what the index holds of a page, which is far more than that."""
    path.parent.mkdir(parents=True, exist_ok=True)
    title, kind, names, text = map(escape, (record.title, record.kind, record.names, record.words))
    path.write_text(
        f'<html lang="{language}"><body data-pagefind-body><h1 data-pagefind-meta="title">{title}</h1>'
        f'<p data-pagefind-meta="kind" data-pagefind-ignore>{kind}</p>'
        f'<p data-pagefind-weight="5">{names}</p><p>{text}</p></body></html>',
        "utf-8",
    )


def _index(folder: str, target: Path) -> None:
    """Run Pagefind to its end, and keep of what it writes only what our search asks for."""
    from importlib.util import find_spec

    if find_spec("pagefind") is None:
        raise UsageError("portal: the search index needs Pagefind; install it with `pip install 'shanxi-kg[portal]'`")
    command = [sys.executable, "-m", "pagefind", "--site", folder, "--output-path", str(target), "--silent"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 (words of ours)
    if done.returncode:
        raise UsageError(f"portal: Pagefind failed: {done.stderr.strip()}; check that `python -m pagefind` runs")
    for unused in (*target.glob("pagefind-*ui.*"), target / "pagefind-highlight.js"):
        unused.unlink(missing_ok=True)
