"""`shanxi-kg evaluate`: how well texts are read, held against the facts that a careful reader finds in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

if TYPE_CHECKING:
    from shanxi_kg.evaluation import Evaluation, GoldDocument, Miss, Score, Told
    from shanxi_kg.store import Store

    Texts = Mapping[str, str]

BAD_INPUT = 3


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--graph", "-g", type=click.Path(path_type=Path), help="Score this graph folder, instead of building the texts."
)
@click.option("--only", multiple=True, metavar="NAME", help="Score this document; may be given several times.")
@click.option(
    "--misses", is_flag=True, help="List each fact that is missed, spurious or incomplete, with its sentence."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to write it.",
)
def evaluate(gold: Path, graph: Path | None, only: tuple[str, ...], misses: bool, form: str) -> int:
    """Score what is read from the texts of the folder GOLD against the gold facts beside them.

    GOLD holds NAME.txt and NAME.json. The texts are built into a folder that is thrown away, or GRAPH is scored as it
    is. Core says whether a fact was found, full whether every field agrees that the gold gives; each has precision,
    recall and F1.
    """
    from shanxi_kg.cli.output import write
    from shanxi_kg.evaluation import evaluate, read_gold

    documents = read_gold(gold, only)
    store, status = _opened(graph) if graph else _built(gold, documents)
    found = evaluate(store, documents)
    texts = {document.name: document.text or "" for document in documents}
    wrong = list(_wrong(found, texts)) if misses else None
    write(_json(found, wrong) if form == "json" else _table(found, wrong))
    return status


def _opened(graph: Path) -> tuple[Store, int]:
    from shanxi_kg.store import open_graph

    return open_graph(graph), 0


def _built(gold: Path, documents: Sequence[GoldDocument]) -> tuple[Store, int]:
    """Build the texts and return the store and the exit status; a text that cannot be read has no facts."""
    import tempfile

    from shanxi_kg import pipeline
    from shanxi_kg.cli.output import note

    with tempfile.TemporaryDirectory() as top:
        report = pipeline.build([gold / f"{document.name}.txt" for document in documents], Path(top) / "graph")
        for failure in report.failures:
            note(f"Error: {failure}")
        store, _ = _opened(Path(top) / "graph")
        return store, BAD_INPUT if report.failures else 0


# what is wrong


def _wrong(found: Evaluation, texts: Texts) -> Iterator[tuple[Miss, str]]:
    """Yield what is wrong with its sentence: that of the found fact, else the likeliest one for the gold fact."""
    from shanxi_kg.cli.show import sentence_around

    for miss in found.misses:
        text = texts[miss.document]
        if miss.found and miss.found.span:
            first, last = sentence_around(text, *miss.found.span)
            yield miss, " ".join(text[first:last].split())
        else:
            yield miss, _likeliest(text, miss.gold) if miss.gold else ""


def _likeliest(text: str, gold: Told) -> str:
    """Return the sentence that holds most of what a gold fact says, the first of equals."""
    from shanxi_kg.evaluation.likeness import words

    wanted = {word for texts in gold.texts.values() for one in texts for word in words(one)}
    sentences = (" ".join(sentence.split()) for sentence in _sentences(text))
    return max(sentences, key=lambda sentence: len(wanted & set(words(sentence))), default="")


def _sentences(text: str) -> Iterator[str]:
    from shanxi_kg.cli.show import sentence_around

    start = 0
    while text[start:].strip():
        start += len(text[start:]) - len(text[start:].lstrip())
        first, last = sentence_around(text, start, start + 1)
        yield text[first:last]
        start = max(last, start + 1)


def _described(miss: Miss, sentence: str) -> Iterator[str]:
    columns = f": {', '.join(miss.columns)}" if miss.columns else ""
    yield f"{miss.document} {miss.kind} {miss.what}{columns}"
    yield f"  {sentence}"
    for whose, told in (("gold", miss.gold), ("found", miss.found)):
        if told:
            yield f"  {whose}: " + "; ".join(f"{column}: {', '.join(texts)}" for column, texts in told.texts.items())


# how it is written


def _table(found: Evaluation, wrong: Sequence[tuple[Miss, str]] | None) -> str:
    from shanxi_kg.cli.output import table

    lines = [line for one in wrong or () for line in (*_described(*one), "")]
    head = ("kind", "gold", "found", "precision", "recall", "core F1", "full precision", "full recall", "full F1")
    rows = [(kind, *_row(score)) for kind, score in (*found.scores.items(), ("all", found.total))]
    grounded = f"  rows that stand in their text: {found.grounded} of {found.rows}\n"
    return "".join(line + "\n" for line in lines) + table(head, rows) + grounded


def _row(score: Score) -> tuple[str, ...]:
    shares = (share for measures in (score.core, score.full) for share in astuple(measures))
    return (str(score.gold), str(score.found), *(f"{share:.2f}" for share in shares))


def _json(found: Evaluation, wrong: Sequence[tuple[Miss, str]] | None) -> str:
    kinds = {
        kind: {"gold": score.gold, "found": score.found, "core": asdict(score.core), "full": asdict(score.full)}
        for kind, score in (*found.scores.items(), ("all", found.total))
    }
    report = {"kinds": kinds, "grounded": found.grounded, "rows": found.rows}
    listed = {} if wrong is None else {"misses": [_miss(*one) for one in wrong]}
    return json.dumps(report | listed, ensure_ascii=False, indent=1) + "\n"


def _miss(miss: Miss, sentence: str) -> dict[str, object]:
    return {
        "document": miss.document,
        "kind": miss.kind,
        "what": miss.what,
        "columns": miss.columns,
        "sentence": sentence,
        "gold": dict(miss.gold.texts) if miss.gold else None,
        "found": dict(miss.found.texts) if miss.found else None,
    }
