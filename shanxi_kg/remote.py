"""A SPARQL 1.1 server as the engine: queries, updates and whole graphs go out over HTTP, terms come back.

Spoken are the SPARQL 1.1 Protocol (form-encoded POST) and the Graph Store HTTP Protocol, as W3C wrote them in 2013. The
server's default graph must be the union of its named graphs: Virtuoso, GraphDB and RDF4J have it so, Oxigraph is asked
for it with each query, and others have a setting. Requests that fail on the way are sent again, since all may be.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from time import sleep
from typing import TYPE_CHECKING

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from shanxi_kg.errors import StoreError, UsageError
from shanxi_kg.settings import Endpoint
from shanxi_kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Generator

    import httpx

LAYOUTS: Mapping[str, tuple[str, str]] = {
    "/query": ("/update", "/store"),
    "/sparql": ("/sparql-auth", "/sparql-graph-crud-auth"),
}
"""Where a server whose query URL ends so takes updates and graphs: Oxigraph, Virtuoso."""

WAITS = (0.2, 0.8, 3.2)
"""Seconds to wait before each further try."""

_AGAIN = {429, 502, 503, 504}
_URL = re.compile(r"https?://[^/\s]+(?:/\S*)?")
_FORM = re.compile(r"(?:\s|#[^\n]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*(\w*).*", re.IGNORECASE | re.DOTALL)
"""Comments and prologue, then the word that names a query's form."""

_TRIPLES, _TABLE = "application/n-triples", "application/sparql-results+json"
_ACCEPTS = {"SELECT": _TABLE, "ASK": _TABLE, "CONSTRUCT": _TRIPLES, "DESCRIBE": _TRIPLES}
_TRUTHS = {True: b'{"head":{},"boolean":true}', False: b'{"head":{},"boolean":false}'}
_HINTS = {
    401: "set SHANXI_KG_STORE_USER and SHANXI_KG_STORE_PASSWORD, or SHANXI_KG_STORE_TOKEN",
    403: "this user may not do that; ask for the right, or take another user",
    404: "nothing is at this URL; check --store, SHANXI_KG_STORE_UPDATE and SHANXI_KG_STORE_GRAPHS",
    405: "nothing there takes this; check --store, SHANXI_KG_STORE_UPDATE and SHANXI_KG_STORE_GRAPHS",
}


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Server:
    """A server with its connections. Make one with `connect`; it is an `Engine` of a `Store`."""

    endpoint: Endpoint
    client: httpx.Client

    def query(self, query: str, /) -> QuerySolutions | QueryBoolean | Iterable[Triple]:
        """Evaluate a query; SyntaxError where the server says that it is none, StoreError where it gives no answer."""
        form = query_form(query)
        accept = _ACCEPTS.get(form, _TABLE)
        fields = {"query": query, "union-default-graph": "true"}
        try:
            response = self._send("POST", self.endpoint.url, data=fields, headers={"Accept": accept})
        except _BadRequestError as error:
            raise SyntaxError(error.said) from error
        return self._read(response, form, accept)

    def update(self, update: str) -> None:
        """Run a SPARQL 1.1 Update request."""
        self._send(
            "POST",
            self.endpoint.update,
            content=update.encode(),
            headers={"Content-Type": "application/sparql-update"},
        )

    def put_graph(self, name: NamedNode, turtle: bytes) -> None:
        """Replace a named graph by the triples of a Turtle text, all of them or none."""
        self._send(
            "PUT",
            self.endpoint.graphs,
            params={"graph": name.value},
            content=turtle,
            headers={"Content-Type": "text/turtle"},
        )

    def drop_graph(self, name: NamedNode) -> None:
        """Take a named graph away; no error where there is none."""
        if self.endpoint.update:
            self.update(f"DROP SILENT GRAPH {name}")
        else:
            self._send("DELETE", self.endpoint.graphs, params={"graph": name.value})

    def _send(self, method: str, url: str, **parts: object) -> httpx.Response:
        """Send a request, again where it failed on the way or the server is busy; StoreError in the end."""
        import httpx

        for wait in (*WAITS, None):
            try:
                response = self.client.request(method, url, **parts)  # type: ignore[arg-type]
            except httpx.TimeoutException as error:
                raise _silent(self.endpoint, url) from error
            except httpx.TransportError as error:
                if wait is None:
                    raise StoreError(f"{url}: cannot be reached: {error}; is the server running?") from error
            else:
                if response.status_code not in _AGAIN or wait is None:
                    return _accepted(response, url)
            sleep(wait)
        raise AssertionError  # the last round returns or raises

    def _read(
        self, response: httpx.Response, form: str, accept: str
    ) -> QuerySolutions | QueryBoolean | Iterable[Triple]:
        if "json" not in response.headers.get("Content-Type", "") and accept == _TABLE:
            raise _no_answer(self.endpoint.url, response)
        try:
            if accept == _TRIPLES:
                return [quad.triple for quad in parse(response.content, format=RdfFormat.N_TRIPLES)]
            content = _truth(response.content) if form == "ASK" else response.content
            found = parse_query_results(content, format=QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise _no_answer(self.endpoint.url, response) from error
        if isinstance(found, QueryBoolean) != (form == "ASK"):
            raise _no_answer(self.endpoint.url, response)
        _refuse_cut_off(response, self.endpoint.url)
        return found


class _BadRequestError(StoreError):
    """The server finds a request itself broken; `said` is what it says."""

    def __init__(self, url: str, said: str) -> None:
        super().__init__(f"{url}: the server refuses what was sent: {said}; look at its log")
        self.said = said


def open_store(endpoint: Endpoint) -> Store:
    """Return the graph that a server holds, to ask like that of a folder."""
    return Store(connect(endpoint))


def connect(endpoint: Endpoint) -> Server:
    """Return a server that is not asked yet; URLs that were not given follow from its layout.

    Its connections are closed when nothing holds it any more.
    """
    import httpx

    laid_out = laid_out_from(endpoint)
    for url in filter(None, (laid_out.url, laid_out.update, laid_out.graphs)):
        if not _URL.fullmatch(url):
            raise UsageError(f"{url}: is no URL of a server; give one such as http://localhost:7878/query")
    timeout = httpx.Timeout(endpoint.seconds, connect=10.0)
    headers = {"Authorization": f"Bearer {endpoint.token}"} if endpoint.token else {}
    auth = _password_auth(endpoint) if endpoint.user else None
    client = httpx.Client(timeout=timeout, headers=headers, auth=auth, trust_env=False)
    server = Server(laid_out, client)
    weakref.finalize(server, client.close)
    return server


def laid_out_from(endpoint: Endpoint) -> Endpoint:
    """Fill in the URLs that follow from that of the queries.

    >>> laid_out_from(Endpoint("http://localhost:7878/query")).graphs
    'http://localhost:7878/store'
    """
    for ending, (update, graphs) in LAYOUTS.items():
        if endpoint.url.endswith(ending):
            base = endpoint.url.removesuffix(ending)
            return replace(endpoint, update=endpoint.update or base + update, graphs=endpoint.graphs or base + graphs)
    return endpoint


def query_form(query: str) -> str:
    r"""Return which of SELECT, ASK, CONSTRUCT and DESCRIBE a query is; what is none gives another word.

    >>> query_form("# what?\nPREFIX a: <urn:a#> ask { a:b ?p ?o }")
    'ASK'
    """
    found = _FORM.fullmatch(query)
    return found[1].upper() if found else ""


def _password_auth(endpoint: Endpoint) -> httpx.Auth:
    import httpx

    class PasswordAuth(httpx.Auth):
        """Gives the password only in the form that the server asks for: Digest where it may, else Basic."""

        def __init__(self) -> None:
            self.chosen: httpx.Auth | None = None

        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
            if self.chosen is None:
                response = yield request
                if response.status_code != httpx.codes.UNAUTHORIZED:
                    return
                digest = "digest" in response.headers.get("WWW-Authenticate", "").lower()
                self.chosen = (httpx.DigestAuth if digest else httpx.BasicAuth)(endpoint.user, endpoint.password)
            yield from self.chosen.auth_flow(request)

    return PasswordAuth()


def _accepted(response: httpx.Response, url: str) -> httpx.Response:
    """Return a response that says yes; StoreError for any other."""
    if response.is_success:
        return response
    said = " ".join(response.text.split())[:200]
    if response.status_code == 400:
        raise _BadRequestError(url, said)
    hint = _HINTS.get(response.status_code, "look at the server's log")
    raise StoreError(f"{url}: the server answers {response.status_code} {response.reason_phrase}: {said}; {hint}")


def _silent(endpoint: Endpoint, url: str) -> StoreError:
    return StoreError(f"{url}: no answer within {endpoint.seconds:g} s; ask for less, or look at the server's load")


def _no_answer(url: str, response: httpx.Response) -> StoreError:
    kind = response.headers.get("Content-Type", "nothing that it names")
    return StoreError(f"{url}: answers with {kind}, which is no SPARQL result; is this the URL for queries?")


def _truth(content: bytes) -> bytes:
    """Return an answer to ASK as the standard has it; Virtuoso gives a table, of one row for yes and none for no."""
    if b"__ASK_RETVAL" not in content:
        return content
    table = parse_query_results(content, format=QueryResultsFormat.JSON)
    return _TRUTHS[isinstance(table, QuerySolutions) and any(True for _ in table)]


def _refuse_cut_off(response: httpx.Response, url: str) -> None:
    """Raise StoreError where the server says that it gave a part of the rows only, as Virtuoso does."""
    limit = response.headers.get("X-SPARQL-MaxRows")
    if limit:
        raise StoreError(f"{url}: gives at most {limit} rows an answer; raise ResultSetMaxRows of the server")
