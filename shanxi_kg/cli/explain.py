"""`shanxi-kg explain`: one text with every fact at its words, on the terminal or as a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from shanxi_kg.explanation import Explanation, Passage
    from shanxi_kg.explanation.entries import Entry
    from shanxi_kg.explanation.layout import Block

COLOURS = {
    "regulation": "magenta",
    "agreement": "dodger_blue2",
    "agency": "cyan",
    "platform": "hot_pink3",
    "post": "red",
    "indicator": "green",
    "policy": "dark_orange",
    "statement": "gold3",
}
KEPT_BACK = "bright_black"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--html", type=click.Path(path_type=Path), help="Write a page to this file, which needs nothing else.")
def explain(file: Path, html: Path | None) -> None:
    """Show the text of FILE with the words marked that facts stand on, and how each fact was read.

    FILE is what `build` reads, or '-' for standard input. What would go into quarantine is shown too, with the reason.
    """
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.documents import find_sources, read_document
    from shanxi_kg.explanation import explain

    sources = find_sources([file])
    if len(sources) != 1:
        raise UsageError(f"{file}: holds {len(sources)} texts; give one file")
    explanation = explain(read_document(sources[0]))
    if html:
        from shanxi_kg.explanation.page import to_html

        write(to_html(explanation), html)
        note(f"wrote {html}")
    else:
        write(_drawn(explanation))


def _drawn(explanation: Explanation) -> str:
    """Draw the text and the facts; colours only where standard output is a terminal that wants them."""
    from rich.console import Console

    colours = _has_colours()
    console = Console(force_terminal=colours, no_color=not colours, highlight=False, width=_width())
    with console.capture() as captured:
        _print(console, explanation)
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines())


def _print(console: Console, explanation: Explanation) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from shanxi_kg.explanation.layout import blocks

    for block in blocks(explanation.document):
        style = {"title": "bold", "heading": "bold", "furniture": "dim"}.get(block.role, "")
        console.print(_marked(explanation, block, style), end="\n\n")
    for passage in explanation.passages:
        head, *lines = _described(passage)
        console.print(head)
        console.print(Padding(Text("\n").join(lines), (0, 0, 0, 4)))
    console.print("", _legend(explanation), sep="\n")


# the text


def _marked(explanation: Explanation, block: Block, style: str) -> Text:
    """Return a block with its passages coloured by kind, inner ones over outer ones; without colours in brackets."""
    from rich.text import Text

    from shanxi_kg.explanation.layout import segments

    text, words = Text(style=style), explanation.document.text
    for segment in segments(block, explanation.passages):
        for passage in segment.opening:
            text.append(*_opened(passage))
        inner = min(segment.passages, key=lambda one: one.evidence.end - one.evidence.start, default=None)
        text.append(_plain(words[segment.start : segment.end]), f"underline {_style(inner)}" if inner else "")
        ended = sum(passage.evidence.end == segment.end for passage in segment.passages)
        text.append("" if _has_colours() else "]]" * ended)
    return text


def _opened(passage: Passage) -> tuple[str, str]:
    return (f"{passage.number}", f"reverse {_style(passage)}") if _has_colours() else (f"[[{passage.number}: ", "")


def _plain(text: str) -> str:
    """Return a text without line breaks and without what would steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _style(passage: Passage) -> str:
    return COLOURS[passage.kind] if passage.is_published else KEPT_BACK


def _width() -> int | None:
    columns = os.environ.get("COLUMNS", "")
    return None if sys.stdout.isatty() else int(columns) if columns.isdigit() else 100


def _has_colours() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


# the facts


def _described(passage: Passage) -> Iterator[Text]:
    from rich.text import Text

    from shanxi_kg.explanation.entries import entries

    head = Text(f"{passage.number} {passage.kind}", f"bold {_style(passage)}")
    several = f" × {len(passage.facts)}" if len(passage.facts) > 1 else ""
    quarantined = "" if passage.is_published else ", in quarantine"
    span = f"characters {passage.evidence.start} to {passage.evidence.end}"
    yield head.append(f"{several} ({passage.certainty}{quarantined}), {span}", "not bold default")
    for entry in entries(passage.facts):
        yield from (Text(_plain(line)) for line in _lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    for field, values in entry.fields:
        yield f"{field}: {' | '.join(value or '–' for value in values)}"
    for one in entry.judgements:
        yield f"{one.certainty}: {one.field} by rule {one.rule}: {one.reading}"
    yield from (f"in quarantine: {reason}" for reason in entry.reasons)


def _legend(explanation: Explanation) -> Text:
    """Return the number of facts of each kind, in its colour."""
    from rich.text import Text

    from shanxi_kg.explanation import KINDS

    counts = [(f"{kind} {explanation.counts[kind]}", COLOURS[kind]) for kind in KINDS if explanation.counts[kind]]
    counts += [(f"in quarantine {explanation.kept_back}", KEPT_BACK)] if explanation.kept_back else []
    return Text("  ").join(Text(*count) for count in counts) if counts else Text("no facts")
