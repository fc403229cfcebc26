"""`shanxi-kg build`: from texts to a graph folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.cli.options import cache_folder, endpoint, graph_folder

if TYPE_CHECKING:
    from shanxi_kg.cache import Cache
    from shanxi_kg.decisions import Applied
    from shanxi_kg.pipeline import BuildReport, Progress
    from shanxi_kg.settings import Endpoint

BAD_INPUT = 3


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), callback=graph_folder, help="The graph folder. Default: ./graph."
)
@click.option(
    "--cache",
    "-c",
    type=click.Path(path_type=Path),
    callback=cache_folder,
    help="Keep work here. Default: $SHANXI_KG_CACHE, else shanxi-kg in the user's cache folder.",
)
@click.option("--no-cache", is_flag=True, help="Read all sources, and keep nothing of the work.")
@click.option("--release", help="Call the graph a release of this name, and note what it is the first to hold.")
@click.option(
    "--store",
    callback=endpoint,
    metavar="URL",
    help="A SPARQL 1.1 server that is to hold the graph, by its URL for queries.",
)
def build(
    sources: tuple[Path, ...], output: Path, cache: Path | None, no_cache: bool, release: str | None, store: Endpoint
) -> int:
    """Build the graph folder from SOURCES, files or folders of .txt, .html, .pdf and .docx; without any, from the seed.

    SOURCES is the complete set: the folder's documents, quarantine and catalogue are replaced, its decisions are kept.
    Sources that are as they were, under the same ontology and code, are not read again. With --store, the server then
    gets what it lacks of the folder and loses what the folder has no longer.
    """
    from shanxi_kg import pipeline
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.resources import folder

    given = sources or (folder("graph") / "sources",)
    with _progress() as progress:
        report = pipeline.build(given, output, progress, cache=_opened(None if no_cache else cache), release=release)
    for line in _remarks(report):
        note(line)
    write(_summary(report))
    if store.url:
        _upload(output, store)
    return BAD_INPUT if report.failures else 0


def _upload(folder: Path, store: Endpoint) -> None:
    from shanxi_kg.cli.output import note
    from shanxi_kg.remote import connect
    from shanxi_kg.uploads import upload

    with _progress() as progress:
        report = upload(folder, connect(store), progress)
    note(f"{store.url}: {report.sent} graphs sent, {report.kept} there already, {report.dropped} taken away")


def _opened(folder: Path | None) -> Cache | None:
    """Open the cache in a folder; where none can be kept there, say so and go on without."""
    from shanxi_kg.cache import open_cache
    from shanxi_kg.cli.output import note
    from shanxi_kg.software import state

    cache = open_cache(folder, state()) if folder else None
    if folder and cache is None:
        note(f"{folder}: no cache can be kept there, so all sources are read; choose another with --cache")
    return cache


@contextmanager
def _progress() -> Iterator[Progress]:
    """Yield a callable that draws a bar on standard error while that is a terminal, and nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("building"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=name)


def _remarks(report: BuildReport) -> Iterator[str]:
    from shanxi_kg.cli.decide import line

    for document in report.documents:
        yield from (f"{document.name}: {notice}" for notice in document.notices)
        yield from (f"{document.name}: in quarantine: {violation}" for violation in document.quarantined)
        yield from (f"{document.name}: {_moved(one)}" for one in document.applied if one.moved)
    yield from (f"orphaned decision: {line(one)}" for one in report.orphans)
    yield from (f"Error: {failure}" for failure in report.failures)


def _moved(applied: Applied) -> str:
    from shanxi_kg.namespaces import ID

    short = [iri.value.removeprefix(ID) for iri in (applied.decision, applied.target)]
    return f"{short[0]} now applies to {short[1]}, which is told of the same subject"


def _summary(report: BuildReport) -> str:
    from shanxi_kg.cli.output import table

    facts = report.facts
    rows = [(kind, str(facts[kind])) for kind in sorted(facts)]
    quarantined = sum(document.kept_back for document in report.documents)
    total = [
        ("all", str(facts.total())),
        ("in quarantine", str(quarantined)),
        ("documents", str(len(report.documents))),
    ]
    return table(("facts", "number"), [*rows, *total, *_decisions(report)])


def _decisions(report: BuildReport) -> list[tuple[str, str]]:
    """Return how many decisions were applied and how many match nothing; no rows where there are none."""
    applied = {one.decision for document in report.documents for one in document.applied}
    counts = (("decisions applied", len(applied)), ("decisions orphaned", len(report.orphans)))
    return [(name, str(number)) for name, number in counts if number]
