"""`shanxi-kg build`: from texts to a graph folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.cli.options import cache_folder, endpoint, on_disk
from shanxi_kg.errors import UsageError
from shanxi_kg.settings import Endpoint, Settings

if TYPE_CHECKING:
    from collections import Counter

    from shanxi_kg.cache import Cache
    from shanxi_kg.decisions import Applied
    from shanxi_kg.pipeline import BuildReport, Progress

BAD_INPUT = 3


@click.command()
@click.argument("sources", nargs=-1, type=click.Path())
@click.option("--output", "-o", type=click.Path(), help="The graph folder. Default: $SHANXI_KG_GRAPH, else ./graph.")
@click.option(
    "--cache",
    "-c",
    type=click.Path(path_type=Path),
    callback=cache_folder,
    help="Keep work here. Default: $SHANXI_KG_CACHE, else shanxi-kg in the user's cache folder.",
)
@click.option("--no-cache", is_flag=True, help="Read all sources, and keep nothing of the work.")
@click.option("--jobs", "-j", type=click.IntRange(1), default=1, show_default=True, help="Read by this many processes.")
@click.option("--release", help="Call the graph a release of this name, and note what it is the first to hold.")
@click.option(
    "--store",
    callback=endpoint,
    metavar="URL|PATH",
    help="A SPARQL 1.1 server that is to hold the graph, by its URL for queries, or a store on disk.",
)
@click.option("--spark", metavar="MASTER", help="Read on this Spark cluster, and write N-Quads alone.")
@click.pass_context
def build(
    context: click.Context,
    sources: tuple[str, ...],
    output: str | None,
    cache: Path | None,
    no_cache: bool,
    jobs: int,
    release: str | None,
    store: Endpoint,
    spark: str | None,
) -> int:
    """Build the graph folder from SOURCES, files or folders of .txt, .html, .pdf and .docx; without any, from the seed.

    SOURCES is the complete set: the folder's documents, quarantine and catalogue are replaced, its decisions are kept.
    Sources that are as they were, under the same ontology and code, are not read again. With --store, the server then
    gets what it lacks of the folder and loses what the folder has no longer; a store on disk is written anew, as is one
    that lies beside the folder. With --spark, SOURCES are any paths that
    Spark reads, of files or of JSON lines or Parquet with the columns name and text; N-Quads go to OUTPUT, a file a
    partition, as the decisions of $SHANXI_KG_GRAPH, else ./graph, have it.
    """
    from shanxi_kg import pipeline
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.resources import folder

    given = sources or (str(folder("graph") / "sources"),)
    settings = context.find_object(Settings) or Settings()
    top = Path(output) if output else settings.graph
    if spark:
        return _on_spark(spark, given, output, settings.graph)
    with _progress() as progress:
        kept = _opened(None if no_cache else cache)
        sources_given = [Path(one) for one in given]
        report = pipeline.build(sources_given, top, progress, cache=kept, release=release, jobs=jobs)
    for line in _remarks(report):
        note(line)
    quarantined = sum(document.kept_back for document in report.documents)
    write(_summary(report.facts, quarantined, len(report.documents), _decisions(report)))
    _put_into_stores(top, store)
    return BAD_INPUT if report.failures else 0


def _on_spark(master: str, sources: Sequence[str], output: str | None, graph: Path) -> int:
    """Read on a cluster whose Python is that of this process, unless PYSPARK_PYTHON names another."""
    if output is None:
        raise UsageError("build: --spark needs --output, a path that is not there yet and that all nodes can write")
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.decisions import read_decisions
    from shanxi_kg.spark import build_on_spark

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    report = build_on_spark(master, sources, output, read_decisions(graph))
    for failure in report.failures:
        note(f"Error: {failure}")
    write(_summary(report.facts, report.kept_back, report.documents))
    return BAD_INPUT if report.failed else 0


def _put_into_stores(folder: Path, store: Endpoint) -> None:
    """Give what was built to the server or the store on disk that was named, and to the one beside the folder."""
    from shanxi_kg.cli.output import note
    from shanxi_kg.diskstore import beside, exists

    named = on_disk(store.url)
    for place in dict.fromkeys((*((named,) if named else ()), *filter(exists, [beside(folder)]))):
        from shanxi_kg.store import write_disk_store

        note(f"{place}: holds {write_disk_store(folder, place=place).quads} quads")
    if store.url and not named:
        _upload(folder, store)


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
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many sources are read in a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (
        TextColumn("building"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
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


def _summary(facts: Counter[str], quarantined: int, documents: int, more: Sequence[tuple[str, str]] = ()) -> str:
    from shanxi_kg.cli.output import table

    rows = [(kind, str(facts[kind])) for kind in sorted(facts)]
    total = [("all", str(facts.total())), ("in quarantine", str(quarantined)), ("documents", str(documents))]
    return table(("facts", "number"), [*rows, *total, *more])


def _decisions(report: BuildReport) -> list[tuple[str, str]]:
    """Return how many decisions were applied and how many match nothing; no rows where there are none."""
    applied = {one.decision for document in report.documents for one in document.applied}
    counts = (("decisions applied", len(applied)), ("decisions orphaned", len(report.orphans)))
    return [(name, str(number)) for name, number in counts if number]
