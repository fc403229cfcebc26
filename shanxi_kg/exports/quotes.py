"""The reduced profile: statements and the words of the sources go in, the same statements without those words come out.

It is for sources that may not be republished. No text or IRI that is left has five words in a row with a source (two
Chinese characters count as a word):

- the properties of `QUOTING` are left out: they hold words of a source by their nature;
- any other text that shares a run of five words with a source keeps its first four words, with '…' after them;
- an IRI with such a run in its name keeps four words of it, with a digest of the whole; names that are ours (the
  authority files) and names of files stay as they are;
- of each text that is left out or cut its subject says the SHA-256 (`sx:withheldSha256`), so that whoever has the
  source can check it. Offsets stay.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from shanxi_kg.errors import GraphError
from shanxi_kg.folders import SOURCES, is_document, published_files
from shanxi_kg.namespaces import ID, OA, RDF, SX, digest
from shanxi_kg.ontology import authority

QUOTING = frozenset({OA["exact"], SX["heading"], SX["onQuote"], SX["quote"]})
"""The properties whose values are words of a source."""

RUN = 5
"""So many words in a row are taken as the source's own; fewer are not."""

_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
_APOSTROPHES = re.compile("['’‘ʼ`]")


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of five words of all sources, and the IRIs already cut, by the whole."""

    runs: frozenset[str]
    iris: dict[NamedNode, NamedNode] = field(default_factory=dict)


def read_runs(folder: Path) -> Runs:
    """Return the runs of words of the published documents' texts; GraphError where a text is missing."""
    found: set[str] = set()
    for path in published_files(folder):
        if is_document(path):
            found |= set(runs_of(_text(path.parent.parent / SOURCES / f"{path.stem}.txt")))
    return Runs(frozenset(found))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise GraphError(
            f"{path}: cannot be read: {error.strerror}; without the text nobody can tell which words are its own"
        ) from error


def runs_of(text: str) -> Iterator[str]:
    """Yield each shortest run of at least five words of a text.

    >>> list(runs_of("A rule of the People's Congress")), list(runs_of("of four words only"))
    (['a rule of the peoples', 'rule of the peoples congress'], [])
    """
    words = [match.group() for match in _words(text)]
    ends = _ends(words)
    for start, end in enumerate(ends):
        yield " ".join(words[start:end])


def _words(text: str) -> Iterator[re.Match[str]]:
    folded = _APOSTROPHES.sub("", unicodedata.normalize("NFC", text)).casefold()
    return _WORD.finditer(folded)


def _ends(words: list[str]) -> Iterator[int]:
    """Yield for each word at which a run begins where it ends; a Chinese character is half a word."""
    end, weight = 0, 0
    for start in range(len(words)):
        while weight < 2 * RUN and end < len(words):
            weight += _weight(words[end])
            end += 1
        if weight < 2 * RUN:
            return
        yield end
        weight -= _weight(words[start])


def _weight(word: str) -> int:
    return 1 if "\u3400" <= word[0] <= "\ufaff" else 2


def without_quotes(
    statements: Mapping[NamedNode | DefaultGraph, Iterable[Triple]], runs: Runs
) -> dict[NamedNode | DefaultGraph, tuple[Triple, ...]]:
    """Return the statements without the words of the sources; the same statements always become the same."""
    return {
        graph: tuple(dict.fromkeys(reduced for triple in triples for reduced in _reduced(triple, runs)))
        for graph, triples in statements.items()
    }


def _reduced(triple: Triple, runs: Runs) -> Iterator[Triple]:
    value = triple.object
    subject = cut_iri(triple.subject, runs) if isinstance(triple.subject, NamedNode) else triple.subject
    if isinstance(value, NamedNode):
        if (triple.predicate, value) != (RDF["type"], OA["TextQuoteSelector"]):
            yield Triple(subject, triple.predicate, cut_iri(value, runs))
        return
    if not isinstance(value, Literal) or not (triple.predicate in QUOTING or is_quote(value.value, runs)):
        yield Triple(subject, triple.predicate, value)
        return
    yield Triple(subject, SX["withheldSha256"], Literal(checksum(value.value)))
    if triple.predicate not in QUOTING:
        yield Triple(subject, triple.predicate, _like(value, cut(value.value)))


def is_quote(text: str, runs: Runs) -> bool:
    """Say whether a text has five words in a row with a source."""
    return any(run in runs.runs for run in runs_of(text))


def checksum(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def cut(text: str) -> str:
    """Return the first four words of a text with an ellipsis.

    >>> cut("Regulations on Intellectual Property Protection Work in Shanxi Province")
    'Regulations on Intellectual Property …'
    """
    weight = 0
    for match in _WORD.finditer(text):
        weight += _weight(match.group())
        if weight > 2 * RUN - 2:
            return text[: match.start()].rstrip() + " …"
    return text


def cut_iri(iri: NamedNode, runs: Runs) -> NamedNode:
    """Return an IRI of ours; where the last part of its name is a quote, cut to four words of it and a digest."""
    if not iri.value.startswith(ID):
        return iri
    if iri not in runs.iris:
        runs.iris[iri] = iri if _is_ours(iri) else _shorter(iri, runs)
    return runs.iris[iri]


def _is_ours(iri: NamedNode) -> bool:
    """Say whether the name is from the authority files, or that of a file that the user named."""
    return iri in authority() or iri.value.startswith(f"{ID}document/")


def _shorter(iri: NamedNode, runs: Runs) -> NamedNode:
    start, slash, name = iri.value.rpartition("/")
    return NamedNode(f"{start}{slash}{_name(name, runs)}")


def _name(name: str, runs: Runs) -> str:
    if not is_quote(name, runs):
        return name
    return "-".join(name.split("-")[: RUN - 1]) + "-" + digest(name)


def _like(literal: Literal, text: str) -> Literal:
    return Literal(text, language=literal.language) if literal.language else Literal(text, datatype=literal.datatype)
