"""The store on disk: what it answers, when it serves, and that readers and kills find it whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from many import many_facts
from serving import TOP, serving

from shanxi_kg import diskstore, queries
from shanxi_kg import open_graph as open_api
from shanxi_kg.cli import run
from shanxi_kg.errors import GraphError
from shanxi_kg.folders import locked
from shanxi_kg.resources import folder
from shanxi_kg.server.openfiles import open_for_children
from shanxi_kg.settings import Settings
from shanxi_kg.store import load_graph, open_graph, write_disk_store

EVERYTHING = "SELECT ?g ?s ?p ?o WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?g ?s ?p ?o"
READER = """\
import sys
from pathlib import Path
from shanxi_kg.store import open_graph
store = open_graph(Path(sys.argv[1]))
print(store.files.name, flush=True)
sys.stdin.readline()
print(len(store.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }").rows), flush=True)
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(TOP)}


@pytest.fixture
def graph(small_graph: Path, tmp_path: Path) -> Path:
    """A copy of the small graph with a store beside it."""
    copy = Path(shutil.copytree(small_graph, tmp_path / "graph"))
    write_disk_store(copy)
    return copy


@pytest.fixture(scope="module")
def unchanged(small_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small graph with a store beside it, which tests must not change."""
    copy = Path(shutil.copytree(small_graph, tmp_path_factory.mktemp("unchanged") / "graph"))
    write_disk_store(copy)
    return copy


def engines(place: Path) -> list[str]:
    """The folders of engines that a place has."""
    return sorted(path.name for path in place.glob("engine-*"))


def test_it_holds_what_the_memory_would(unchanged: Path) -> None:
    on_disk, in_memory = open_graph(unchanged), load_graph(unchanged)
    assert on_disk.files is not None
    assert in_memory.files is None
    assert on_disk.select(EVERYTHING) == in_memory.select(EVERYTHING)


@pytest.mark.parametrize("name", [query.name for query in queries.stored_queries()])
def test_each_stored_query_gives_the_same_rows(name: str, unchanged: Path) -> None:
    query = queries.stored_query(name)
    place = "https://w3id.org/shanxi-kg/id/place/CN-HN"
    given = {parameter.name: place for parameter in query.parameters if parameter.required}
    assert queries.run(open_graph(unchanged), query, given) == queries.run(load_graph(unchanged), query, given)


def test_a_change_of_the_folder_is_noticed_and_the_files_are_loaded(graph: Path) -> None:
    (graph / "decisions.ttl").write_text("<http://example.org/decided> a <http://example.org/Thing> .")
    notices: list[str] = []
    store = open_graph(graph, notice=notices.append)
    assert store.query("ASK { <http://example.org/decided> ?p ?o }") is True
    place = diskstore.beside(graph)
    assert notices == [
        f"{place}: holds another state of {graph}; renew it with `shanxi-kg store`; until then the files are loaded"
    ]


def test_a_store_that_was_named_is_refused_after_a_change(graph: Path) -> None:
    place = diskstore.beside(graph)
    document = graph / "documents" / "hunan.ttl"
    document.write_text(document.read_text("utf-8") + "\n# a remark\n", "utf-8")
    with pytest.raises(GraphError, match=r"holds another state of .*; renew it with `shanxi-kg store`"):
        open_graph(graph, place=place)
    write_disk_store(graph)
    assert open_graph(graph, place=place).files is not None


def test_another_ontology_is_another_state(graph: Path, tmp_path: Path) -> None:
    ontology = Path(shutil.copytree(folder("ontology"), tmp_path / "ontology"))
    with (ontology / "codes.ttl").open("a", encoding="utf-8") as file:
        file.write("\n<http://example.org/new> a <http://example.org/Code> .\n")
    assert open_graph(graph, ontology).query("ASK { <http://example.org/new> ?p ?o }") is True
    write_disk_store(graph, ontology)
    store = open_graph(graph, ontology)
    assert store.files is not None
    assert store.query("ASK { <http://example.org/new> ?p ?o }") is True


def test_a_copy_of_the_folder_with_its_store_serves_as_well(graph: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(graph, tmp_path / "elsewhere" / "graph", copy_function=shutil.copy))
    place = Path(shutil.copytree(diskstore.beside(graph), diskstore.beside(moved)))
    assert open_graph(moved, place=place).files is not None


def test_nothing_is_written_where_it_holds_the_state_already(graph: Path) -> None:
    place = diskstore.beside(graph)
    before = engines(place)
    assert write_disk_store(graph) == diskstore.read_state(place)
    assert engines(place) == before


def test_the_graph_folder_itself_stays_as_it_is(small_graph: Path, graph: Path) -> None:
    assert sorted(path.name for path in graph.iterdir()) == sorted(path.name for path in small_graph.iterdir())
    for place in (graph, graph / "store"):
        with pytest.raises(GraphError, match="lies in the graph folder"):
            write_disk_store(graph, place=place)


def test_a_folder_of_another_kind_is_left_alone(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    with pytest.raises(GraphError, match=r"mine\.txt: no part of a store"):
        write_disk_store(graph, place=tmp_path / "notes")
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["mine.txt"]
    with pytest.raises(GraphError, match="no store can be written there"):
        write_disk_store(graph, place=tmp_path / "notes" / "mine.txt")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "is no state of a store"),
        ('{"quads": 1}', "is no state of a store"),
        ('{"format": "0", "contents": "", "signature": "", "quads": 1, "engine": ""}', "written by another version"),
    ],
)
def test_a_broken_state_is_told(content: str, problem: str, graph: Path) -> None:
    place = diskstore.beside(graph)
    (place / "state.json").write_text(content)
    with pytest.raises(GraphError, match=f"{problem}.*; make it anew with `shanxi-kg store`"):
        open_graph(graph, place=place)
    write_disk_store(graph)
    assert open_graph(graph, place=place).files is not None


def test_a_missing_store_says_how_to_make_one(small_graph: Path, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="holds no store; make one with `shanxi-kg store`"):
        open_graph(small_graph, place=tmp_path)


@pytest.mark.parametrize("damage", ["a part is missing", "all is missing"])
def test_a_damaged_store_is_told_and_made_anew(damage: str, graph: Path) -> None:
    place = diskstore.beside(graph)
    (engine,) = place.glob("engine-*")
    if damage == "all is missing":
        shutil.rmtree(engine)
    else:
        (engine / "CURRENT").unlink()
    with pytest.raises(GraphError, match="make it anew with `shanxi-kg store`"):
        open_graph(graph, place=place)
    write_disk_store(graph)
    assert open_graph(graph, place=place).select(EVERYTHING) == load_graph(graph).select(EVERYTHING)


def test_two_writers_do_not_meet(graph: Path) -> None:
    place = diskstore.beside(graph)
    (graph / "decisions.ttl").write_text("<http://example.org/decided> a <http://example.org/Thing> .")
    lock = locked(place)
    with pytest.raises(GraphError, match="another process writes there; wait until it is done"):
        write_disk_store(graph)
    os.close(lock)
    write_disk_store(graph)


def test_a_broken_file_is_named_and_the_old_store_stays(graph: Path) -> None:
    place = diskstore.beside(graph)
    before = engines(place), (place / "state.json").read_bytes()
    broken = graph / "documents" / "hunan.ttl"
    broken.write_text(broken.read_text("utf-8") + "\nnonsense", "utf-8")
    with pytest.raises(GraphError, match=rf"{broken}:\d+:\d+: not valid Turtle"):
        write_disk_store(graph)
    assert (engines(place), (place / "state.json").read_bytes()) == before


def test_a_reader_keeps_its_state_while_the_store_is_written_anew(graph: Path) -> None:
    place = diskstore.beside(graph)
    before = len(load_graph(graph).select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }").rows)
    command = [sys.executable, "-c", READER, str(graph)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=ENVIRONMENT
    ) as reader:
        assert reader.stdout is not None
        old = reader.stdout.readline().strip()
        (graph / "decisions.ttl").write_text("<http://example.org/decided> a <http://example.org/Thing> .")
        write_disk_store(graph)
        assert old in engines(place)
        assert len(engines(place)) == 2
        assert open_graph(graph).query("ASK { <http://example.org/decided> ?p ?o }") is True
        assert int(reader.communicate("\n", timeout=60)[0]) == before
    (graph / "decisions.ttl").write_text("<http://example.org/again> a <http://example.org/Thing> .")
    write_disk_store(graph)
    assert old not in engines(place)
    assert len(engines(place)) == 1


def test_a_killed_writer_leaves_the_old_store(tmp_path: Path) -> None:
    graph = many_facts(tmp_path / "graph", 37)
    place = diskstore.beside(graph)
    state = write_disk_store(graph)
    shutil.rmtree(graph)
    many_facts(graph, 8000)
    command = [sys.executable, "-m", "shanxi_kg", "store", "--graph", str(graph)]
    with subprocess.Popen(command, env=ENVIRONMENT) as writer:
        while len(engines(place)) < 2:
            assert writer.poll() is None
            time.sleep(0.01)
        writer.kill()
    assert len(engines(place)) == 2
    assert diskstore.read_state(place) == state
    opened = diskstore.open_engine(place)
    assert len(opened.engine) == state.quads
    os.close(opened.descriptor)
    assert write_disk_store(graph) != state
    assert len(engines(place)) == 1
    assert open_graph(graph).files is not None


# The command line, the Python API and the server


def test_the_command_writes_it_beside_the_folder_and_build_renews_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph, text = tmp_path / "graph", tmp_path / "text.txt"
    text.write_text("Hunan counts\n\nUpdated: 2021-06-05\n\nThe number of companies in Changsha rose to 100 in 2020.\n")
    build = ["build", str(text), "--output", str(graph), "--no-cache"]
    assert run(build, Settings()) == 0
    assert not diskstore.beside(graph).exists()
    capsys.readouterr()
    assert run(["store"], Settings(graph)) == 0
    out, err = capsys.readouterr()
    assert out == f"{tmp_path / 'graph.store'}\n"
    assert (
        err == f"{tmp_path / 'graph.store'}: holds {diskstore.read_state(Path(out.strip())).quads} quads of {graph}\n"
    )
    text.write_text(text.read_text().replace("100", "200"))
    assert run(build, Settings()) == 0
    assert "graph.store: holds " in capsys.readouterr().err
    assert run(["query", "indicators", "--store", str(diskstore.beside(graph))], Settings(graph)) == 0
    assert "200" in capsys.readouterr().out


def test_a_store_is_put_where_the_user_says(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "elsewhere" / "hunan"
    assert run(["store", "--output", str(place)], Settings(graph)) == 0
    assert run(["query", "facts", "--store", str(place), "--format", "json"], Settings(graph)) == 0
    found = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert len(found["results"]["bindings"]) == len(queries.run(load_graph(graph), queries.stored_query("facts")).rows)
    (graph / "decisions.ttl").write_text("<http://example.org/decided> a <http://example.org/Thing> .")
    assert run(["query", "facts", "--store", str(place)], Settings(graph)) == 3
    assert "hunan: holds another state of " in capsys.readouterr().err


def test_a_notebook_opens_it(graph: Path) -> None:
    assert open_api(graph).store.files is not None
    assert list(open_api(graph).query("facts")) == list(open_api(graph, diskstore.beside(graph)).query("facts"))


@pytest.mark.server
def test_a_server_answers_from_it(graph: Path, tmp_path: Path) -> None:
    place = tmp_path / "elsewhere"
    write_disk_store(graph, place=place)
    shutil.rmtree(diskstore.beside(graph))
    with serving(graph, "--store", str(place)) as server, httpx.Client(base_url=server.url) as client:
        broker, *_ = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
        opened = {link.readlink().parent for link in Path(f"/proc/{broker}/fd").iterdir() if link.is_symlink()}
        assert place / engines(place)[0] in opened
        facts = client.get("/api/queries/facts", headers={"Accept": "application/json"})
        assert facts.status_code == 200
        number = client.get("/sparql", params={"query": "SELECT * WHERE { ?s ?p ?o }"}, headers={"Accept": "text/csv"})
        assert len(number.text.splitlines()) == 1 + len(load_graph(graph).select("SELECT * WHERE { ?s ?p ?o }").rows)
        named = client.get("/sparql", params={"query": "ASK { GRAPH ?g { ?s ?p ?o } }"})
        assert '"boolean":true' in named.text
        assert client.get("/").status_code == 200


def test_children_get_all_files_of_an_engine_open(graph: Path) -> None:
    store, descriptors = open_for_children(graph)
    assert store.files is not None
    opened = {Path(f"/proc/self/fd/{descriptor}").readlink() for descriptor in descriptors}
    assert opened >= set(store.files.glob("*.sst"))
    shutil.rmtree(diskstore.beside(graph))
    assert open_for_children(graph)[1] == frozenset()
