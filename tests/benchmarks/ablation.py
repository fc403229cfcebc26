"""What reading loses without the parser, the gazetteer, or what holds over sentences; prints a table.

    python tests/benchmarks/ablation.py [GOLD_DIR]

Each row is the same package with one part replaced. Without the gazetteer, the authority files find no place and no
body; names that say what they are ('Hunan Province') are still seen. Without the context, an area or a period holds
only in the sentence that names it, and a date without its year has none. Without the parser, each word hangs on
nothing, so that only the order of words, their classes and the ends of sentences are left.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from shanxi_kg import language, pipeline
from shanxi_kg.dates import DateExpression
from shanxi_kg.evaluation import Evaluation, GoldDocument, evaluate, read_gold
from shanxi_kg.extraction import context
from shanxi_kg.extraction.areas import NOWHERE, Areas
from shanxi_kg.extraction.periods import Periods
from shanxi_kg.gazetteer import Gazetteer
from shanxi_kg.mentions import reading
from shanxi_kg.store import open_graph

GOLD = Path(__file__).resolve().parents[1] / "gold"
COLUMNS = ("without", "found", "precision", "recall", "core F1", "full F1")

find_tokens = language._tokens
find_dates = reading.find_dates


def find_nothing(*_: object) -> tuple[()]:
    return ()


def find_loose_tokens(*given: Any) -> Iterator[language.Token]:
    return (replace(token, head=token.i, dep="ROOT") for token in find_tokens(*given))


def find_dates_without_dateline(text: str, start: int, end: int, _: str | None, *cues: Any) -> Sequence[DateExpression]:
    return find_dates(text, start, end, None, *cues)


class AreasOfSentences(Areas):
    """Areas that hold only in the sentence that names them."""

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        self.refs = [tuple(ref for ref in refs if ref.rule in {None, "the-country"}) for refs in self.refs]
        self.focus = [NOWHERE for _ in self.focus]


class PeriodsOfSentences(Periods):
    """Periods that hold only in the sentence that names them."""

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        self.frames = [None for _ in self.frames]

    def _resolved(self, date: DateExpression, _: str | None) -> DateExpression:
        return date


AREAS = (context, "Areas", AreasOfSentences)
PERIODS = (context, "Periods", PeriodsOfSentences)
DATELINE = (reading, "find_dates", find_dates_without_dateline)
GAZETTEER = ((Gazetteer, "places", find_nothing), (Gazetteer, "bodies", find_nothing))

ABLATIONS: Mapping[str, Sequence[tuple[Any, str, Any]]] = {
    "nothing": (),
    "the context for areas": (AREAS,),
    "the context for periods": (PERIODS, DATELINE),
    "either context": (AREAS, PERIODS, DATELINE),
    "the gazetteer": GAZETTEER,
    "the parser": ((language, "_tokens", find_loose_tokens),),
}
"""What is replaced in which module or class, by the name of the row."""


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Let a name stand for something else for a while."""
    kept = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, kept)


def scored(gold: Path, documents: Sequence[GoldDocument], ablation: str) -> Evaluation:
    """Build the gold texts with one part replaced, and score the graph."""
    with ExitStack() as stack:
        for replacement in ABLATIONS[ablation]:
            stack.enter_context(replaced(*replacement))
        top = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pipeline.build([gold / f"{document.name}.txt" for document in documents], top / "graph")
        return evaluate(open_graph(top / "graph"), documents)


def row(ablation: str, evaluation: Evaluation) -> str:
    core, full = evaluation.total.core, evaluation.total.full
    shares = (core.precision, core.recall, core.f1, full.f1)
    cells = (ablation, str(evaluation.total.found), *(f"{share:.2f}" for share in shares))
    return "| " + " | ".join(cells) + " |"


def main(gold: Path) -> None:
    documents = read_gold(gold)
    print("| " + " | ".join(COLUMNS) + " |\n|" + " --- |" * len(COLUMNS))  # noqa: T201
    for ablation in ABLATIONS:
        print(row(ablation, scored(gold, documents, ablation)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD)
