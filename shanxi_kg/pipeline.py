"""The main path: sources go in, a graph folder comes out. Read it top to bottom.

Each document is read, its facts are extracted, written as triples as people decided on them, and held to the text and
the shapes by the gate; what it lets through is published, the rest goes to quarantine with its reason. Then documents
are compared and the whole is described. What did not change since it was last built comes from a cache and gives the
same bytes. The output folder is replaced as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shanxi_kg import turtle
from shanxi_kg.cache import Cache
from shanxi_kg.catalog import contents_of, described
from shanxi_kg.conflicts import conflict_triples, document_texts
from shanxi_kg.decisions import Decision, orphans, read_decisions
from shanxi_kg.documents import Source, find_sources
from shanxi_kg.errors import GraphError, ShanxiKGError, SourceError
from shanxi_kg.extraction import extract
from shanxi_kg.folders import (
    CATALOG,
    CONFLICTS,
    DOCUMENTS,
    HISTORY,
    QUARANTINE,
    SOURCES,
    is_document,
    published_files,
    replacing,
    settled,
    write_or_link,
)
from shanxi_kg.history import History, history_triples, holding, opened, read_history
from shanxi_kg.manifest import write_manifest
from shanxi_kg.namespaces import digest, mint
from shanxi_kg.ontology import prefixes
from shanxi_kg.results import DocumentReport, Extract, Result, Summary, result_of
from shanxi_kg.software import checksum

__all__ = ["BuildReport", "DocumentReport", "Extract", "Progress", "build"]

Progress = Callable[[int, int, str], None]
"""Called with the number of sources done, the number of all, and the name of the one that is done."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: a report a document, sorted by name, and the errors of the sources that have none.

    `orphans` are the decisions that no longer match anything.
    """

    documents: tuple[DocumentReport, ...]
    failures: tuple[ShanxiKGError, ...]
    orphans: tuple[Decision, ...] = ()

    @property
    def facts(self) -> Counter[str]:
        """The number of published facts by kind."""
        return Counter(kind for document in self.documents for kind in document.kinds)


def build(
    sources: Sequence[Path],
    output: Path,
    progress: Progress = lambda *_: None,
    extract: Extract = extract,
    cache: Cache | None = None,
    release: str | None = None,
) -> BuildReport:
    """Build the graph folder `output` from the sources, which are its complete set.

    A source that cannot be read, or of which nothing may be published, is reported and left out; where that is all of
    them, nothing is written. What the cache holds of unchanged sources is not made again. A build with the name of a
    `release` notes which facts that release is the first to hold. Raises UsageError where the sources are wrong as a
    whole or the release is an older one, GraphError where `output` is a folder that may not be replaced.
    """
    found = find_sources(sources)
    summaries: list[Summary] = []
    failures: dict[str, ShanxiKGError] = {}
    with replacing(output, [source.path for source in found if source.path]) as folder:
        before, decisions, history = settled(output), read_decisions(output), read_history(output)
        if release is not None:
            history = opened(history, release)
        for number, source in enumerate(found):
            progress(number, len(found), source.name)
            try:
                summaries.append(publish(result_of(source, extract, decisions, cache), folder, before))
            except (SourceError, GraphError) as error:
                failures[source.name] = error
                keep(source, output, folder)
        if not summaries:
            raise _nothing_built(tuple(failures.values()))
        if release is not None:
            history = holding(history, (fact for summary in summaries for fact in summary.facts))
        compare(folder, cache)
        remember(history, folder)
        describe(summaries, folder)
        write_manifest(folder, {summary.report.name: summary.checksum for summary in summaries}, release)
    progress(len(found), len(found), "")
    return _report(summaries, failures, decisions)


def publish(result: Result, folder: Path, before: Path) -> Summary:
    """Put one document's text, published facts and quarantine into a graph folder, which had the state `before`."""
    name = result.summary.report.name
    files = {
        f"{SOURCES}/{name}.txt": result.text,
        f"{DOCUMENTS}/{name}.ttl": result.published,
        f"{QUARANTINE}/{name}.ttl": result.quarantine,
    }
    for path, text in files.items():
        if text:
            (folder / path).parent.mkdir(exist_ok=True)
            write_or_link(folder / path, text.encode(), before / path)
    return result.summary


def keep(source: Source, output: Path, folder: Path) -> None:
    """Carry a text of the output folder itself over, where it could not be read: a build loses no source."""
    if source.path and source.path.resolve().parent == (output / SOURCES).resolve():
        (folder / SOURCES / source.path.name).write_bytes(source.path.read_bytes())


def compare(folder: Path, cache: Cache | None = None) -> None:
    """Write what the documents of a graph folder say against one another, where they do."""
    documents = [path for path in published_files(folder) if is_document(path)]

    def against() -> str:
        published = (triple for path in documents for triple in turtle.parse_file(path))
        return turtle.serialize(conflict_triples(published, document_texts(folder)), prefixes())

    told = (*documents, *sorted((folder / SOURCES).iterdir()))
    key = digest("conflicts", *(f"{path.name} {checksum(path)}" for path in told), length=64)
    if text := cache.text(key, against) if cache else against():
        _write(folder / CONFLICTS, text)


def remember(history: History, folder: Path) -> None:
    """Write which release was the first to hold each fact, where there is a release."""
    if history.releases:
        _write(folder / HISTORY, turtle.serialize(history_triples(history), prefixes()))


def describe(summaries: Iterable[Summary], folder: Path) -> None:
    """Write the catalogue of what is published in a graph folder."""
    others = (path for path in published_files(folder) if not is_document(path))
    told = contents_of(triple for path in others for triple in turtle.parse_file(path))
    parts = (*(summary.contents for summary in summaries), told)
    _write(folder / CATALOG, turtle.serialize(described(parts), prefixes()))


def _report(
    summaries: Sequence[Summary], failures: Mapping[str, ShanxiKGError], decisions: Sequence[Decision]
) -> BuildReport:
    reports = tuple(summary.report for summary in summaries)
    applied = [one for report in reports for one in report.applied]
    unread = [mint("document", name) for name in failures]
    return BuildReport(reports, tuple(failures.values()), orphans(decisions, applied, unread))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _nothing_built(failures: Sequence[ShanxiKGError]) -> ShanxiKGError:
    if len(failures) == 1:
        return failures[0]
    return GraphError(
        f"none of the {len(failures)} sources can be built, so nothing is written: {'; '.join(map(str, failures))}"
    )
