"""The main path: sources go in, a graph folder comes out. Read it top to bottom.

Each document is read, its facts are extracted, written as triples as people decided on them, and held to the text and
the shapes by the gate; what it lets through is published, the rest goes to quarantine with its reason. The output
folder is replaced as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from shanxi_kg import turtle
from shanxi_kg.catalog import catalog_triples
from shanxi_kg.decisions import Applied, Decision, orphans, read_decisions, replay
from shanxi_kg.documents import Document, Source, find_sources, read_document
from shanxi_kg.errors import GraphError, ShanxiKGError, SourceError
from shanxi_kg.extraction import extract
from shanxi_kg.facts import Fact
from shanxi_kg.folders import CATALOG, DOCUMENTS, QUARANTINE, SOURCES, replacing
from shanxi_kg.namespaces import mint
from shanxi_kg.ontology import prefixes
from shanxi_kg.validation import Violation, gate, quarantine_triples

Extract = Callable[[Document], Sequence[Fact]]
Progress = Callable[[int, int, str], None]
"""Called with the number of sources done, the number of all, and the name of the one that is done."""


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document.

    `kinds` has one entry a published fact; `kept_back` is the number of facts in quarantine, `quarantined` says why;
    `notices` are what the reader assumed; `applied` the decisions that were replayed.
    """

    name: str
    kinds: tuple[str, ...]
    kept_back: int
    quarantined: tuple[Violation, ...]
    notices: tuple[str, ...]
    applied: tuple[Applied, ...] = ()


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
    sources: Sequence[Path], output: Path, progress: Progress = lambda *_: None, extract: Extract = extract
) -> BuildReport:
    """Build the graph folder `output` from the sources, which are its complete set.

    A source that cannot be read, or of which nothing may be published, is reported and left out; where that is all of
    them, nothing is written. Raises UsageError where the sources are wrong as a whole, GraphError where `output` is a
    folder that may not be replaced.
    """
    found = find_sources(sources)
    reports: list[DocumentReport] = []
    failures: list[ShanxiKGError] = []
    unread: list[NamedNode] = []
    with replacing(output, [source.path for source in found if source.path]) as folder:
        decisions = read_decisions(output)
        for number, source in enumerate(found):
            progress(number, len(found), source.name)
            try:
                reports.append(publish(read_document(source), folder, extract, decisions))
            except (SourceError, GraphError) as error:
                failures.append(error)
                unread.append(mint("document", source.name))
                keep(source, output, folder)
        if not reports:
            raise _nothing_built(failures)
        describe(folder)
    progress(len(found), len(found), "")
    applied = [one for report in reports for one in report.applied]
    return BuildReport(tuple(reports), tuple(failures), orphans(decisions, applied, unread))


def publish(document: Document, folder: Path, extract: Extract, decisions: Sequence[Decision] = ()) -> DocumentReport:
    """Put one document's text, published facts and quarantine into a graph folder, as people decided on them."""
    decided = replay(document, extract(document), decisions)
    passed = gate(decided.triples)
    _write(folder / SOURCES / f"{document.name}.txt", document.text)
    _write(folder / DOCUMENTS / f"{document.name}.ttl", turtle.serialize(passed.published, prefixes()))
    if passed.quarantined:
        (folder / QUARANTINE).mkdir(exist_ok=True)
        kept_back = turtle.serialize(quarantine_triples(passed), prefixes())
        _write(folder / QUARANTINE / f"{document.name}.ttl", kept_back)
    number = len(passed.kept_back)
    return DocumentReport(document.name, passed.kinds, number, passed.quarantined, document.notices, decided.applied)


def keep(source: Source, output: Path, folder: Path) -> None:
    """Carry a text of the output folder itself over, where it could not be read: a build loses no source."""
    if source.path and source.path.resolve().parent == (output / SOURCES).resolve():
        (folder / SOURCES / source.path.name).write_bytes(source.path.read_bytes())


def describe(folder: Path) -> None:
    """Write the catalogue of the published documents of a graph folder."""
    _write(folder / CATALOG, turtle.serialize(catalog_triples(folder), prefixes()))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _nothing_built(failures: Sequence[ShanxiKGError]) -> ShanxiKGError:
    if len(failures) == 1:
        return failures[0]
    return GraphError(
        f"none of the {len(failures)} sources can be built, so nothing is written: {'; '.join(map(str, failures))}"
    )
