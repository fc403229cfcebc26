"""A SPARQL server elsewhere that holds the graph: the same jobs and the same engine, done over HTTP.

It is asked by the SPARQL 1.1 Protocol, at the one address that the operator gave; redirects are not followed, and what
a client says of other servers is refused before. Its answers are taken whole, within the limits.
"""

from __future__ import annotations

import asyncio
import http.client
import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO
from urllib.parse import urlencode, urlsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from shanxi_kg.errors import UsageError
from shanxi_kg.server.backend import Answer, Queue
from shanxi_kg.server.configuration import Limits
from shanxi_kg.server.errors import Problem
from shanxi_kg.server.jobs import DETAILS, Job
from shanxi_kg.server.negotiation import GRAPHS, RESULTS
from shanxi_kg.server.outline import outline
from shanxi_kg.server.rows import WRITERS
from shanxi_kg.solutions import Solutions

_FORMATS = {**GRAPHS, **RESULTS}
_CHUNK = 256 * 1024
_JSON = RESULTS["json"].media_type
_TRIPLES = GRAPHS["ntriples"].media_type
_CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


class Remote:
    """A remote SPARQL server: does jobs as the broker does, and answers queries as an engine does."""

    def __init__(self, url: str, limits: Limits) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _CONNECTIONS or not parts.hostname:
            raise UsageError(f"--store {url}: give the http or https address of a SPARQL endpoint")
        self.parts = parts
        self.limits = limits
        self.queue = Queue(limits)

    async def answer(self, job: Job, client: str) -> Answer:
        """Do a job by asking the remote server."""
        async with self.queue.turn(client):
            return await asyncio.to_thread(_DOING[job.kind], self, job)

    def close(self) -> None:
        """Do nothing: no connection is held."""

    def query(self, text: str) -> QuerySolutions | QueryBoolean | Iterator[Triple]:
        """Answer a query as pyoxigraph's store does, for the code that knows one."""
        if outline(text, self.limits).form in {"CONSTRUCT", "DESCRIBE"}:
            with self.fetch(Job("query", text, "ntriples"), _TRIPLES) as file:
                return iter([quad.triple for quad in parse(file.read(), format=RdfFormat.N_TRIPLES)])
        with self.fetch(Job("query", text, "json"), _JSON) as file:
            return parse_query_results(file.read(), format=QueryResultsFormat.JSON)

    def fetch(self, job: Job, accept: str) -> IO[bytes]:
        """Send a job's query and return a file with the whole answer, at its beginning."""
        fields = [("query", job.text)]
        fields += [("default-graph-uri", iri) for iri in job.default_graphs or ()]
        fields += [("named-graph-uri", iri) for iri in job.named_graphs or ()]
        with ExitStack() as stack:
            file = stack.enter_context(tempfile.TemporaryFile())
            try:
                self._fetch(urlencode(fields), accept, file)
            except TimeoutError as error:
                raise Problem("remote-time-limit", DETAILS["time-limit"]) from error
            except (OSError, http.client.HTTPException) as error:
                raise Problem("remote-failed", f"{self.parts.netloc}: {error}; try again in a moment") from error
            file.seek(0)
            stack.pop_all()  # whoever asked closes it
            return file

    def _fetch(self, body: str, accept: str, file: IO[bytes]) -> None:
        connection = _CONNECTIONS[self.parts.scheme](self.parts.netloc, timeout=self.limits.seconds)
        target = self.parts.path + (f"?{self.parts.query}" if self.parts.query else "")
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", target or "/", body, headers)
            response = connection.getresponse()
            if response.status != http.client.OK:
                _refuse(response)
            while piece := response.read(_CHUNK):
                if file.tell() + len(piece) > self.limits.result:
                    raise Problem("result-too-large", DETAILS["result-too-large"])
                file.write(piece)
        finally:
            connection.close()


def _refuse(response: http.client.HTTPResponse) -> None:
    said = " ".join(response.read(1000).decode("utf-8", "replace").split())
    kind = "malformed-query" if response.status == http.client.BAD_REQUEST else "remote-failed"
    raise Problem(kind, f"the SPARQL server says {response.status}: {said}")


def _query(remote: Remote, job: Job) -> Answer:
    file = remote.fetch(job, _FORMATS[job.format].media_type)
    length = file.seek(0, 2)
    file.seek(0)
    return Answer(file, length)


def _page(remote: Remote, job: Job) -> Answer:
    end = job.offset + (job.limit or 0)
    found = next((rows for text in job.first if len((rows := _rows(remote, text)).rows) > end), None)
    every = found or _rows(remote, job.text)
    last = None if job.limit is None else end
    written = WRITERS[job.format](Solutions(every.variables, every.rows[job.offset : last])).encode()
    return Answer(io.BytesIO(written), len(written), None if found else len(every.rows))


def _rows(remote: Remote, text: str) -> Solutions:
    results = remote.query(text)
    if not isinstance(results, QuerySolutions):
        raise Problem("remote-failed", "the SPARQL server gives no rows")
    return Solutions(tuple(variable.value for variable in results.variables), tuple(tuple(row) for row in results))


def _graph(remote: Remote, job: Job) -> Answer:
    pattern = f"GRAPH <{job.text}> {{ ?s ?p ?o }}" if job.text else "?s ?p ?o"
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
    return _query(remote, Job("query", query, job.format))


_DOING = {"query": _query, "page": _page, "graph": _graph}
