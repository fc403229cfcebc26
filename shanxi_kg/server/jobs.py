"""Jobs: what a request asks of the graph, as a value that crosses processes, and how each kind is done.

A job and the loaded engine go in, the answer's bytes are written to a file, an outcome comes out. Nothing here limits
anything: that is the sandbox's work.
"""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import IO

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from shanxi_kg.embedded import Embedded
from shanxi_kg.server.rows import WRITERS, NotInXMLError, refuse_not_in_xml
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import syntax_problem

RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}


class NoGraphError(LookupError):
    """The dataset has no graph of that name."""


@dataclass(frozen=True, slots=True)
class Job:
    """`kind` is 'query' (a SPARQL query), 'page' (some rows of a SELECT) or 'graph' (one named graph, '' the default).

    `text` is the query or the graph's IRI; `format` a name of `negotiation`'s formats, or of `rows.WRITERS` for a
    page. The dataset is the protocol's: None where the request names no graph. `first` are queries for the first rows
    of a page's query, which do where they give more rows than the page ends with.
    """

    kind: str
    text: str
    format: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None
    offset: int = 0
    limit: int | None = None
    first: tuple[str, ...] = ()

    def dumps(self) -> bytes:
        """Write the job as JSON."""
        return json.dumps(asdict(self)).encode()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: with a problem (its kind and detail), or without.

    `total` counts all rows of a page's query; it is None where more rows come after the page that were not counted.
    """

    problem: str | None = None
    detail: str = ""
    total: int | None = None

    def dumps(self) -> bytes:
        """Write the outcome as a line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"


def loads(line: bytes) -> Job:
    """Read a job that `Job.dumps` wrote."""
    members = json.loads(line)
    for name in ("default_graphs", "named_graphs"):
        members[name] = None if members[name] is None else tuple(members[name])
    members["first"] = tuple(members["first"])
    return Job(**members)


def outcome_of(line: bytes) -> Outcome:
    """Read an outcome that `Outcome.dumps` wrote."""
    return Outcome(**json.loads(line))


def perform(engine: Embedded, job: Job, output: IO[bytes]) -> Outcome:
    """Do a job and write the answer; what goes wrong becomes the outcome's problem."""
    try:
        total = KINDS[job.kind](engine, job, output)
        output.flush()
    except SyntaxError as error:
        return Outcome("malformed-query", syntax_problem("query", job.text, str(error)))
    except OSError as error:
        kind = "result-too-large" if error.errno == errno.EFBIG else "federation-refused"
        return Outcome(kind, DETAILS[kind])
    except (MemoryError, NotInXMLError) as error:
        kind = "memory-limit" if isinstance(error, MemoryError) else "not-acceptable"
        return Outcome(kind, DETAILS[kind])
    except NoGraphError as error:
        return Outcome("not-found", str(error.args[0]))
    except (RuntimeError, ValueError) as error:
        return Outcome("malformed-query", f"query: cannot be evaluated: {error}; change the query")
    return Outcome(total=total)


DETAILS: Mapping[str, str] = {
    "federation-refused": "SERVICE asks another server; ask that server itself",
    "not-acceptable": "XML cannot hold a control character of the answer; accept another media type",
    "memory-limit": "ask for less at once: add LIMIT, a filter, or fewer columns to sort",
    "result-too-large": "ask for less at once: add LIMIT and OFFSET",
    "time-limit": "make the query narrower: start from what you know, avoid unconnected patterns, add LIMIT",
    "too-complex": "split it into several queries, or nest it less",
}
"""What to do next about the problems that limits make."""


def _query(engine: Embedded, job: Job, output: IO[bytes]) -> None:
    results = _results(engine, job)
    with _checked(output, job) as checked:
        if isinstance(results, QueryTriples):
            results.serialize(checked, GRAPHS[job.format])
        else:
            results.serialize(checked, RESULTS[job.format])


@contextmanager
def _checked(output: IO[bytes], job: Job) -> Iterator[IO[bytes]]:
    """Yield where an answer is to be written: XML is looked at as a whole before it goes on."""
    if job.format not in {"xml", "rdfxml"}:
        yield output
        return
    whole = io.BytesIO()
    yield whole
    refuse_not_in_xml(whole.getvalue().decode())
    output.write(whole.getvalue())


def _results(engine: Embedded, job: Job) -> QuerySolutions | QueryBoolean | QueryTriples:
    given = job.default_graphs is not None or job.named_graphs is not None
    if not given:
        return engine.query(job.text, base_iri=job.base)
    return engine.query(
        job.text,
        base_iri=job.base,
        default_graph=[NamedNode(iri) for iri in job.default_graphs or ()],
        named_graphs=[NamedNode(iri) for iri in job.named_graphs or ()],
    )


def _page(engine: Embedded, job: Job, output: IO[bytes]) -> int | None:
    for text in job.first:
        kept, total = _rows(engine, replace(job, text=text))
        if total > job.offset + (job.limit or 0):
            output.write(WRITERS[job.format](kept).encode())
            return None
    kept, total = _rows(engine, job)
    output.write(WRITERS[job.format](kept).encode())
    return total


def _rows(engine: Embedded, job: Job) -> tuple[Solutions, int]:
    """Return the rows of a job's page, and how many its query has."""
    results = _results(engine, job)
    if not isinstance(results, QuerySolutions):
        raise ValueError("it selects no rows")  # noqa: TRY004 (a wrong query, not a wrong type)
    variables = tuple(variable.value for variable in results.variables)
    last = None if job.limit is None else job.offset + job.limit
    kept, total = [], 0
    for row in results:
        if job.offset <= total and (last is None or total < last):
            kept.append(tuple(row))
        total += 1
    return Solutions(variables, tuple(kept)), total


def _graph(engine: Embedded, job: Job, output: IO[bytes]) -> None:
    name = NamedNode(job.text) if job.text else DefaultGraph()
    if isinstance(name, NamedNode) and not engine.contains_named_graph(name):
        raise NoGraphError(f"{job.text}: no such named graph; /sparql?query=… lists them with GRAPH ?g {{ }}")
    with _checked(output, job) as checked:
        engine.dump(checked, GRAPHS[job.format], from_graph=name)


KINDS: Mapping[str, Callable[[Embedded, Job, IO[bytes]], int | None]] = {
    "query": _query,
    "page": _page,
    "graph": _graph,
}
