"""A server as the store: the same rows from two unrelated engines, uploads that go on, errors that say what to do."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from servers import free_port, oxigraph, virtuoso
from small import BUREAU, HUBEI_TEXT, TEXTS, evidence, small_facts, write_texts
from small import HUNAN as SMALL_HUNAN

from shanxi_kg import audit, exports, paging, pipeline, queries
from shanxi_kg.cli import run
from shanxi_kg.decisions import Stamp, Verdict, deciding
from shanxi_kg.documents import Document
from shanxi_kg.errors import QueryError, StoreError, UsageError
from shanxi_kg.facts import Agency, Fact
from shanxi_kg.folders import published_files
from shanxi_kg.namespaces import SX, mint
from shanxi_kg.remote import Server, connect, open_store
from shanxi_kg.resources import folder
from shanxi_kg.settings import Endpoint, Settings, from_environment
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store, authority_files, open_graph
from shanxi_kg.uploads import UploadReport, upload

pytestmark = pytest.mark.server

DATA = Path(__file__).parent / "data" / "graphs"
README = Path(__file__).parents[1] / "README.md"
ENGINES = {"oxigraph": oxigraph, "virtuoso": virtuoso}
ALL = queries.stored_queries()
CHECKS = queries.stored_queries(folder("queries") / "checks")
STAMP = Stamp("Li Wei", "2026-11-24", "The sentence says otherwise.")
NOTE = "A note\n\nThe Hunan Data Bureau met.\n"
HUNAN = mint("place", "CN-HN").value
WHOLE = exports.Selection(with_ontology=True)
GIVEN = {
    "attested-posts": {"name": "li w"},
    "attribution": {"on": "official"},
    "conflicts": {"only": "conflict"},
    "corroboration": {"only": "agency"},
    "decisions": {"only": "waiting"},
    "entity": {"entity": HUNAN},
    "first-releases": {"only": "2026.1"},
    "facts": {"only": "indicator"},
    "facts-of-entity": {"entity": HUNAN},
    "indicator-values": {"word": "companies", "area": "Hunan", "since": "2020", "until": "2020"},
    "instruments": {"instrumentKey": "subsidy"},
    "judgements": {"only": "inferred"},
    "levels": {"level": "provincial"},
    "links": {"entity": HUNAN},
    "neighbours-without-agreement": {"area": "Hunan"},
    "not-stated": {"only": "regulation"},
    "partners": {"area": "Hunan"},
    "places": {"within": "Hunan"},
    "platform-members": {"platformWord": "Cluster"},
    "protected": {"word": "olympic"},
    "took-effect": {"area": "Hunan", "since": "2021-06-01", "until": "2021-12-31"},
    "units": {"name": "Hunan Data Bureau"},
    "who-said-what": {"name": "li wei"},
}
"""Values for the parameters of each query that has some; of `evidence` it is a fact of the graph."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small texts, a copy of one, another that confirms a fact, the seed, decisions, and damage for each check."""
    top = tmp_path_factory.mktemp("remote")
    texts = write_texts(top / "texts", {**TEXTS, "wire": HUBEI_TEXT, "note": NOTE})
    pipeline.build([texts], top / "graph", extract=_facts_of, release="2026.1")
    top /= "graph"
    shutil.copy(folder("graph") / "documents" / "001.ttl", top / "documents")
    for fact in _facts(top, SX["PolicyFact"])[:1]:
        deciding.decide(top, Verdict.ACCEPT, [fact], STAMP, {})
    for fact in _facts(top, SX["RegulationFact"])[:1]:
        deciding.decide(top, Verdict.REJECT, [fact], STAMP, {})
    shutil.copy(DATA / "damaged.ttl", top / "documents")
    return top


def _facts_of(document: Document) -> tuple[Fact, ...]:
    if document.name == "note":
        return (Fact(Agency(BUREAU, None, SMALL_HUNAN), evidence(NOTE, "Hunan Data Bureau")),)
    return small_facts(replace(document, name="hubei") if document.name == "wire" else document)


def _number(top: Path) -> int:
    """Return how many graphs an upload of a folder makes."""
    return len((*authority_files(), *published_files(top)))


def _facts(top: Path, kind: NamedNode) -> list[NamedNode]:
    """Return the facts of a kind, sorted."""
    rows = open_graph(top).select(f"SELECT ?fact WHERE {{ ?fact a {kind} }} ORDER BY ?fact").rows
    return [row[0] for row in rows if isinstance(row[0], NamedNode)]


@pytest.fixture(scope="module")
def embedded(graph: Path) -> Store:
    return open_graph(graph)


@pytest.fixture(scope="module")
def servers(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """Both servers, each with the graph uploaded."""
    with ExitStack() as stack:
        endpoints = {
            name: stack.enter_context(start(tmp_path_factory.mktemp(name) / "server"))
            for name, start in ENGINES.items()
        }
        found = {name: connect(endpoint) for name, endpoint in endpoints.items()}
        for server in found.values():
            assert upload(graph, server) == UploadReport(sent=_number(graph), kept=0, dropped=0)
        yield found


def _matrix() -> Iterator[tuple[queries.StoredQuery, bool]]:
    for query in ALL + CHECKS:
        if not any(parameter.required for parameter in query.parameters):
            yield query, False
        if query.parameters:
            yield query, True


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("query", "given"), list(_matrix()), ids=[f"{query.name}{'-given' * given}" for query, given in _matrix()]
)
def test_a_stored_query_gives_the_same_rows_in_the_same_order_on_every_engine(
    graph: Path, embedded: Store, servers: dict[str, Server], engine: str, query: queries.StoredQuery, given: bool
) -> None:
    values = {**GIVEN, "evidence": {"fact": _facts(graph, SX["StatementFact"])[0].value}}[query.name] if given else {}
    expected = queries.run(embedded, query, values)
    assert isinstance(expected, Solutions)
    assert expected.rows
    assert queries.run(Store(servers[engine]), query, values) == expected


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("query", [query for query in ALL if query.pages], ids=lambda query: query.name)
def test_a_page_of_a_stored_query_has_the_same_rows_on_every_engine(
    embedded: Store, servers: dict[str, Server], engine: str, query: queries.StoredQuery
) -> None:
    expected = paging.page(embedded, query, {}, 2, 1)
    assert expected.solutions.rows
    assert paging.page(Store(servers[engine]), query, {}, 2, 1) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_the_checks_find_on_a_server_what_they_find_in_the_folder(
    graph: Path, servers: dict[str, Server], engine: str
) -> None:
    expected = [finding for finding in audit.audit(graph) if finding.rule.startswith("check ")]
    assert {finding.rule.removeprefix("check ") for finding in expected} == {check.name for check in CHECKS}
    assert list(audit.audit_store(Store(servers[engine]))) == expected


def test_an_export_from_virtuoso_has_the_same_bytes_as_one_from_the_folder(
    graph: Path, servers: dict[str, Server]
) -> None:
    syntax = exports.SYNTAXES["nquads"]
    assert exports.export_store(Store(servers["virtuoso"]), syntax) == exports.export(graph, syntax)


def test_an_export_from_oxigraph_differs_by_the_integers_that_it_normalises(
    graph: Path, servers: dict[str, Server]
) -> None:
    syntax = exports.SYNTAXES["nquads"]
    folded = re.sub(rb'("\^\^<[^>]*#)nonNegativeInteger>', rb"\1integer>", exports.export(graph, syntax, WHOLE))
    found = exports.export_store(Store(servers["oxigraph"]), syntax, WHOLE)
    assert sorted(found.splitlines()) == sorted(folded.splitlines())


@pytest.mark.parametrize("engine", ENGINES)
def test_asking_constructing_and_describing_give_what_the_embedded_store_gives(
    embedded: Store, servers: dict[str, Server], engine: str
) -> None:
    store = Store(servers[engine])
    assert store.query(f"ASK {{ {mint('place', 'CN-HN')} ?p ?o }}") is True
    assert store.query("ASK { <urn:nothing> ?p ?o }") is False
    construct = f"CONSTRUCT {{ ?f a ?c }} WHERE {{ ?f a ?c . ?f a {SX['PostFact']} }}"
    assert store.query(construct) == embedded.query(construct)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_broken_query_names_itself_and_says_what_is_wrong(servers: dict[str, Server], engine: str) -> None:
    with pytest.raises(QueryError, match=r"^mine.*(not valid SPARQL|syntax error)"):
        Store(servers[engine]).query("SELECT * { ?x ?y", "mine")


# Uploads


def test_an_upload_sends_what_changed_and_takes_away_what_is_gone(graph: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(graph, tmp_path / "graph"))
    with oxigraph(tmp_path / "server") as endpoint:
        server = connect(endpoint)
        server.update("INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:b> 'of somebody else' } }")
        assert upload(copy, server) == UploadReport(sent=_number(graph), kept=0, dropped=0)
        assert upload(copy, server) == UploadReport(sent=0, kept=_number(graph), dropped=0)
        (copy / "documents" / "damaged.ttl").unlink()
        (copy / "documents" / "zh.ttl").write_text("<urn:new> a <urn:Thing> .")
        assert upload(copy, server) == UploadReport(sent=1, kept=_number(graph) - 2, dropped=1)
        store = Store(server)
        assert store.query("ASK { <urn:new> a <urn:Thing> }") is True
        assert store.query(f"ASK {{ GRAPH {mint('document', 'damaged')} {{ ?s ?p ?o }} }}") is False
        assert store.query("ASK { GRAPH <urn:other> { ?s ?p ?o } }") is True


def test_an_upload_by_updates_in_batches_holds_the_same_as_one_by_whole_graphs(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shanxi_kg.uploads.BATCH", 60_000)
    with oxigraph(tmp_path / "one") as whole, oxigraph(tmp_path / "other") as other:
        by_graph = connect(whole)
        by_update = connect(Endpoint(f"{other.url}?", update=other.url.replace("/query", "/update")))
        seen: list[str] = []
        upload(graph, by_graph)
        upload(graph, by_update, lambda _, __, name: seen.append(name))
        assert len(seen) == _number(graph)
        syntax = exports.SYNTAXES["nquads"]
        stores = Store(by_graph), Store(by_update)
        assert exports.export_store(stores[0], syntax, WHOLE) == exports.export_store(stores[1], syntax, WHOLE)


def test_an_upload_goes_on_where_the_server_was_stopped(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shanxi_kg.remote.WAITS", (0.1,))
    with ExitStack() as stack:
        endpoint = stack.enter_context(oxigraph(tmp_path / "server"))
        with pytest.raises(StoreError, match=f"{endpoint.graphs}.*cannot be reached: .*; is the server running"):
            upload(graph, connect(endpoint), lambda done, *_: stack.close() if done == 3 else None)
    with oxigraph(tmp_path / "server") as endpoint:
        assert upload(graph, connect(endpoint)) == UploadReport(sent=_number(graph) - 3, kept=3, dropped=0)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_graph_that_the_server_cannot_read_leaves_the_old_one_in_place(
    servers: dict[str, Server], engine: str
) -> None:
    server, name = servers[engine], NamedNode("urn:whole")
    server.put_graph(name, b"<urn:a> <urn:b> 1, 2, 3 .")
    with pytest.raises(StoreError, match=r"the server (refuses|answers)"):
        server.put_graph(name, b"<urn:a> <urn:b> 4 . <urn:a> <urn:b> ] .")
    left = Store(server).select("SELECT ?o WHERE { GRAPH <urn:whole> { ?s ?p ?o } } ORDER BY ?o").values()
    server.drop_graph(name)
    assert left == [{"o": 1}, {"o": 2}, {"o": 3}]


def test_a_server_whose_default_graph_is_empty_is_refused(graph: Path) -> None:
    empty = b'{"head":{"vars":["graph","sum"]},"results":{"bindings":[]}}'
    kind = "application/sparql-results+json"
    queried = iter([(200, kind, empty), (200, kind, b'{"head":{},"boolean":false}')])

    def answer(path: str, _: dict[str, str]) -> Answer:
        return next(queried) if path == "/query" else (204, "text/plain", b"")

    with answering(answer) as base, pytest.raises(StoreError, match="not the union of its named graphs"):
        upload(graph, connect(Endpoint(f"{base}/query")))


def test_where_a_server_takes_data_must_be_known(graph: Path) -> None:
    with pytest.raises(UsageError, match="SHANXI_KG_STORE_GRAPHS or SHANXI_KG_STORE_UPDATE"):
        upload(graph, connect(Endpoint("http://127.0.0.1/repositories/news")))


# What can go wrong on the way

Answer = tuple[int, str, bytes]
YES: Answer = (200, "application/sparql-results+json", b'{"head":{},"boolean":true}')


@contextmanager
def answering(answer: Callable[[str, dict[str, str]], Answer]) -> Iterator[str]:
    """Run a small HTTP server on loopback that answers as a function of path and headers says; yield its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, kind, body = answer(self.path, dict(self.headers))
            self.send_response(status)
            if status == 401:
                self.send_header("WWW-Authenticate", kind)
            else:
                self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_PUT = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_busy_server_is_asked_again_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shanxi_kg.remote.WAITS", (0.01, 0.01, 0.01))
    busy: Answer = (503, "text/plain", b"later")
    asked: list[str] = []

    def later(number: int) -> Callable[[str, dict[str, str]], Answer]:
        def answer(path: str, _: dict[str, str]) -> Answer:
            asked.append(path)
            return YES if len(asked) > number else busy

        return answer

    with answering(later(3)) as base:
        assert open_store(Endpoint(f"{base}/query")).query("ASK {}") is True
    assert len(asked) == 4
    asked.clear()
    with answering(later(4)) as base, pytest.raises(StoreError, match="503 Service Unavailable: later; look at the"):
        open_store(Endpoint(f"{base}/query")).query("ASK {}")
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ((404, "text/plain", b"?"), "404 Not Found: \\?; nothing is at this URL; check --store"),
        ((403, "text/plain", b"no"), "403 Forbidden: no; this user may not do that"),
        ((200, "text/html", b"<html>"), "answers with text/html, which is no SPARQL result; is this the URL for"),
        ((200, "application/sparql-results+json", b"{"), "which is no SPARQL result"),
        ((401, "Basic", b""), "401 Unauthorized: ; set SHANXI_KG_STORE_USER and"),
    ],
)
def test_an_answer_that_is_none_says_what_to_do(answer: Answer, problem: str) -> None:
    with answering(lambda *_: answer) as base, pytest.raises(StoreError, match=problem):
        open_store(Endpoint(f"{base}/query")).query("ASK {}")


def test_a_server_that_does_not_answer_in_time_is_not_asked_again() -> None:
    done = threading.Event()

    def silent(*_: object) -> Answer:
        done.wait(5)
        return YES

    with answering(silent) as base:
        try:
            with pytest.raises(StoreError, match=r"no answer within 0\.2 s"):
                open_store(Endpoint(f"{base}/query", seconds=0.2)).query("ASK {}")
        finally:
            done.set()


def test_a_server_that_is_not_there_is_an_error_that_names_its_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shanxi_kg.remote.WAITS", (0.01,))
    url = f"http://127.0.0.1:{free_port()}/query"
    with pytest.raises(StoreError, match=f"^{url}: cannot be reached"):
        open_store(Endpoint(url)).query("ASK {}")
    with pytest.raises(UsageError, match="is no URL of a server"):
        open_store(Endpoint("nowhere")).query("ASK {}")


def test_rows_that_the_server_cuts_off_are_an_error(tmp_path: Path) -> None:
    with virtuoso(tmp_path / "server", rows=5) as endpoint:
        server = connect(endpoint)
        server.put_graph(NamedNode("urn:many"), b"<urn:a> <urn:b> 1, 2, 3, 4, 5, 6, 7 .")
        with pytest.raises(StoreError, match="gives at most 5 rows an answer; raise ResultSetMaxRows"):
            Store(server).query("SELECT * WHERE { GRAPH <urn:many> { ?s ?p ?o } }")


# Who may enter


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        (Endpoint("", user="me", password="secret"), "Basic bWU6c2VjcmV0"),
        (Endpoint("", token="t0ken"), "Bearer t0ken"),
    ],
)
def test_a_password_or_a_token_opens_the_server(endpoint: Endpoint, expected: str) -> None:
    def answer(_: str, headers: dict[str, str]) -> Answer:
        return YES if headers.get("Authorization") == expected else (401, "Basic realm=news", b"")

    with answering(answer) as base:
        store = open_store(replace(endpoint, url=f"{base}/query"))
        assert [store.query("ASK {}"), store.query("ASK {}")] == [True, True]


def test_a_wrong_password_is_refused_by_virtuoso(servers: dict[str, Server]) -> None:
    wrong = connect(replace(servers["virtuoso"].endpoint, password="wrong"))
    with pytest.raises(StoreError, match="401 Unauthorized"):
        wrong.put_graph(NamedNode("urn:none"), b"<urn:a> <urn:b> 1 .")


def test_secrets_are_never_shown() -> None:
    assert "secret" not in repr(Endpoint("http://127.0.0.1/query", user="me", password="secret", token="secret"))


# The command line


def test_the_commands_of_the_readme_work_with_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    block = README.read_text("utf-8").partition("```bash\noxigraph serve")[2].partition("```")[0]
    commands = [line.split()[1:] for line in block.splitlines() if line.startswith("shanxi-kg ")]
    assert [command[0] for command in commands] == ["build", "query", "validate", "export"]
    monkeypatch.chdir(tmp_path)
    write_texts(tmp_path / "articles", {"hubei": HUBEI_TEXT})
    with oxigraph(tmp_path / "server") as endpoint:
        for command in commands:
            arguments = [word.replace("http://localhost:7878/query", endpoint.url) for word in command]
            assert run(arguments, Settings()) == 0
    out, err = capsys.readouterr()
    assert f"{endpoint.url}: 8 graphs sent, 0 there already, 0 taken away\n" in err
    assert "rose to 1,150 in 2020" in out
    assert b"rose to 1,150 in 2020" in (tmp_path / "graph.nq").read_bytes()


def test_the_environment_names_the_server_and_who_enters() -> None:
    names = {"": "url", "_UPDATE": "update", "_GRAPHS": "graphs", "_USER": "user", "_PASSWORD": "pw", "_TOKEN": "tk"}
    given = {f"SHANXI_KG_STORE{ending}": value for ending, value in names.items()}
    assert from_environment(given).store == Endpoint("url", "update", "graphs", "user", "pw", "tk")


def test_a_server_that_is_not_there_ends_a_command_as_bad_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shanxi_kg.remote.WAITS", (0.01,))
    url = f"http://127.0.0.1:{free_port()}/query"
    assert run(["query", "documents", "--store", url], Settings()) == 3
    assert capsys.readouterr().err.startswith(f"Error: {url}: cannot be reached")
