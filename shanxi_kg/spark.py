"""Reading on an Apache Spark cluster: documents from any path that Spark reads go in, N-Quads by partition come out.

Each executor parses, extracts and gates documents as the local build does, and gives the same quads; sorted, the lines
are those of a local build's N-Quads. What needs all documents at once (conflicts, the catalogue) is not made. The
package must be installed on every node; Spark is the extra `spark`.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from operator import add
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad, RdfFormat, parse, serialize

from shanxi_kg.decisions import Decision
from shanxi_kg.documents import Source
from shanxi_kg.documents.sources import ENDINGS
from shanxi_kg.errors import GraphError, ShanxiKGError, SourceError, UsageError
from shanxi_kg.extraction import extract
from shanxi_kg.namespaces import document_name, mint
from shanxi_kg.results import Result, result_of

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession

ROWS: Mapping[str, str] = MappingProxyType({".jsonl": "json", ".ndjson": "json", ".parquet": "parquet"})
"""Spark's formats of tables with a column `name` and a column `text`, by the ending of a path; all else are files."""

MOST_FAILURES = 1000
"""How many failures a report names; it counts all."""

_TASKS_A_CORE = 4


@dataclass(frozen=True, slots=True)
class Input:
    """A document before it is read: its name, where it comes from, the ending that names its format, and its bytes."""

    name: str
    origin: str
    ending: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: its quads, one a line, the published facts by kind, or why it could not be read."""

    name: str
    origin: str
    quads: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    kept_back: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """What a cluster read: the documents, the facts by kind, those in quarantine, and what failed."""

    documents: int
    facts: Counter[str]
    kept_back: int
    failures: tuple[str, ...]
    failed: int


def build_on_spark(
    master: str,
    sources: Sequence[str],
    output: str,
    decisions: Sequence[Decision] = (),
    configuration: Mapping[str, str] = MappingProxyType({}),
) -> ClusterReport:
    """Read the sources on the cluster of that master and write N-Quads to the folder `output`, a file a partition.

    Sources are files, folders, or tables as `ROWS` has them, on any file system that Spark knows. `configuration` are
    Spark's own properties. Raises UsageError where a source is not there, two documents share a name, or the output is
    there already; GraphError where the cluster fails.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    with _session(master, configuration) as session:
        inputs = [_inputs(session, source) for source in sources]
        tasks = session.sparkContext.defaultParallelism * _TASKS_A_CORE
        read = session.sparkContext.union(inputs).repartition(tasks).mapPartitions(partial(_read, tuple(decisions)))
        try:
            return _written(read, output)
        except (PySparkException, Py4JJavaError) as error:
            raise _failure(error, output) from error


def _written(read: RDD[Outcome], output: str) -> ClusterReport:
    """Run the job: what is read is kept on the executors' disks, checked for doubled names, written and counted."""
    from pyspark import StorageLevel

    kept = read.persist(StorageLevel.DISK_ONLY)
    doubled = kept.map(_name_and_origin).reduceByKey(add).filter(_is_doubled).takeOrdered(1)
    for name, origins in doubled:
        raise UsageError(f"{' and '.join(sorted(origins)[:2])} would both be document '{name}'; rename one of them")
    kept.flatMap(_quads).saveAsTextFile(output)
    documents, facts, kept_back, failed = kept.map(_counted).fold((0, Counter(), 0, 0), _summed)
    failures = kept.map(_failure_of).filter(bool).takeOrdered(MOST_FAILURES)
    return ClusterReport(documents, facts, kept_back, tuple(failures), failed)


@contextmanager
def _session(master: str, configuration: Mapping[str, str]) -> Iterator[SparkSession]:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError("pyspark is not installed; install shanxi-kg[spark]") from error
    builder = SparkSession.builder.master(master).appName("shanxi-kg")
    for name, value in configuration.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


# What is read


def _inputs(session: SparkSession, source: str) -> RDD[Input]:
    from pyspark.errors import AnalysisException

    kind = ROWS.get(PurePosixPath(source).suffix.lower())
    try:
        if kind:
            rows = session.read.format(kind).load(source).select("name", "text")
            return rows.rdd.map(partial(_of_row, source))
        root, is_folder = _root(session, source)
        files = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(source)
        return files.select("path", "content").rdd.map(partial(_of_file, root if is_folder else "")).filter(_is_article)
    except AnalysisException as error:
        problem = str(error).splitlines()[0]
        raise UsageError(f"{source}: Spark cannot read it: {problem}; check the path and its columns") from error


def _root(session: SparkSession, source: str) -> tuple[str, bool]:
    """Return a path as Spark's rows name it, and whether it is a folder."""
    jvm: Any = session.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(source)
    system = path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())
    return system.makeQualified(path).toString(), bool(system.exists(path) and system.getFileStatus(path).isDirectory())


def _of_row(source: str, row: Any) -> Input:
    path = PurePosixPath(f"{row.name}.txt")
    return Input(document_name(path), f"{source}: {row.name}", ".txt", (row.text or "").encode())


def _of_file(root: str, row: Any) -> Input:
    path = PurePosixPath(row.path.removeprefix(f"{root}/") if root else PurePosixPath(row.path).name)
    return Input(document_name(path), row.path, path.suffix.lower(), bytes(row.content))


def _is_article(found: Input) -> bool:
    return found.ending in ENDINGS


# What an executor does


def _read(decisions: Sequence[Decision], inputs: Iterable[Input]) -> Iterator[Outcome]:
    """Read the inputs of one partition; the parser is loaded once a worker and stays for the next partition."""
    with tempfile.TemporaryDirectory() as folder:
        for found in inputs:
            yield _outcome(found, decisions, Path(folder) / f"document{found.ending}")


def _outcome(found: Input, decisions: Sequence[Decision], path: Path) -> Outcome:
    path.write_bytes(found.content)
    try:
        result = result_of(Source(found.name, path), extract, decisions)
    except SourceError as error:
        return Outcome(found.name, found.origin, failure=f"{found.origin}: {error.problem}; {error.hint}")
    except ShanxiKGError as error:
        return Outcome(found.name, found.origin, failure=f"{found.origin}: {error}")
    report = result.summary.report
    return Outcome(found.name, found.origin, _lines(found.name, result), report.kinds, report.kept_back)


def _lines(name: str, result: Result) -> tuple[str, ...]:
    graph = mint("document", name)
    triples = (quad.triple for quad in parse(result.published.encode(), format=RdfFormat.TURTLE))
    quads = [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
    return tuple((serialize(quads, format=RdfFormat.N_QUADS) or b"").decode().split("\n")[:-1])


# What is counted


def _name_and_origin(outcome: Outcome) -> tuple[str, tuple[str, ...]]:
    return outcome.name, (outcome.origin,)


def _is_doubled(found: tuple[str, tuple[str, ...]]) -> bool:
    return len(found[1]) > 1


def _quads(outcome: Outcome) -> tuple[str, ...]:
    return outcome.quads


def _failure_of(outcome: Outcome) -> str:
    return outcome.failure


Counts = tuple[int, Counter[str], int, int]


def _counted(outcome: Outcome) -> Counts:
    failed = bool(outcome.failure)
    return int(not failed), Counter(outcome.kinds), outcome.kept_back, int(failed)


def _summed(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def _failure(error: Exception, output: str) -> ShanxiKGError:
    message = next((line for line in str(error).splitlines() if "xception" in line), str(error)).strip()
    if "FileAlreadyExists" in str(error):
        return UsageError(f"{output}: is there already; name another output or take it away")
    return GraphError(f"the cluster failed: {message}; look at the log of its master")
