"""The command line as its users meet it: what goes where, in which form, and with which status it ends."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from small import write_texts

from shanxi_kg import examples
from shanxi_kg.cli import run
from shanxi_kg.queries import stored_queries
from shanxi_kg.resources import folder
from shanxi_kg.settings import Settings

SEED = folder("graph") / "sources" / "001.txt"
Captured = pytest.CaptureFixture[str]


def shanxi_kg(graph: Path, *arguments: str | Path) -> int:
    """Run a command line on a graph folder within this process and return its status."""
    return run([str(argument) for argument in arguments], Settings(graph))


def process(*arguments: str | Path, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own."""
    command = [sys.executable, "-m", "shanxi_kg", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    return subprocess.run(
        command, input=stdin, capture_output=True, encoding="utf-8", check=False, timeout=120, cwd=cwd, env=environment
    )


@pytest.fixture
def copy(small_graph: Path, tmp_path: Path) -> Path:
    """A copy of the small graph that a test may damage."""
    return Path(shutil.copytree(small_graph, tmp_path / "graph"))


# query


def test_json_is_sparql_query_results_json(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "query", "documents", "--format", "json") == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert document["head"]["vars"][:4] == ["document", "title", "issued", "source"]
    assert document["results"]["bindings"][0]["title"] == {"type": "literal", "value": "Hubei counts data companies"}
    assert err == ""


def test_csv_tsv_and_markdown_have_a_row_a_solution(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "query", "agreements", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert sorted({row["party"] for row in rows}) == ["Guangdong", "Hubei", "Hunan"]
    assert shanxi_kg(small_graph, "query", "agreements", "--format", "markdown") == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rows) + 2


def test_a_pipe_gets_tsv_and_a_table_is_drawn_on_demand(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "query", "documents") == 0
    assert capsys.readouterr().out.startswith("?document\t?title\t")
    assert shanxi_kg(small_graph, "query", "documents", "--format", "table") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1].split() == ["title", "issued", "source", "document"]
    assert "document/hunan" in out
    assert err == "3 rows; --all-columns shows the rest\n"
    assert "\x1b" not in out


def test_parameters_reach_the_query(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "query", "partners", "-p", "area=Hunan", "--format", "csv") == 0
    assert [line.split(",")[0] for line in capsys.readouterr().out.splitlines()] == ["partner", "Guangdong", "Hubei"]


def test_some_rows_of_an_answer_are_the_same_as_in_all_of_it(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "query", "facts", "--format", "csv") == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert shanxi_kg(small_graph, "query", "facts", "--format", "csv", "--limit", "3", "--offset", "2") == 0
    out, err = capsys.readouterr()
    assert (out.splitlines(), err) == ([head, *rows[2:5]], "more rows come after these\n")
    assert shanxi_kg(small_graph, "query", "facts", "--format", "csv", "--limit", "100", "--offset", "2") == 0
    out, err = capsys.readouterr()
    assert (out.splitlines(), err) == ([head, *rows[2:]], f"of {len(rows)} rows in all\n")


def test_a_query_of_ones_own_comes_from_a_file_or_from_standard_input(
    small_graph: Path, tmp_path: Path, capsys: Captured
) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/shanxi-kg/ontology#Fact> }"
    (tmp_path / "own.rq").write_text(text, "utf-8")
    assert shanxi_kg(small_graph, "query", "--file", tmp_path / "own.rq", "--format", "csv") == 0
    assert capsys.readouterr().out == "n\r\n13\r\n"
    assert process("query", "-", "--graph", small_graph, "--format", "csv", stdin=text).stdout == "n\n13\n"


def test_ask_gives_a_truth_value_and_construct_turtle(small_graph: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "ask.rq").write_text("ASK { ?s ?p ?o }", "utf-8")
    (tmp_path / "construct.rq").write_text(
        "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c . FILTER (?c = <http://xmlns.com/foaf/0.1/Document>) }", "utf-8"
    )
    assert shanxi_kg(small_graph, "query", "--file", tmp_path / "ask.rq") == 0
    assert capsys.readouterr().out == "true\n"
    assert shanxi_kg(small_graph, "query", "--file", tmp_path / "ask.rq", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"head": {}, "boolean": True}
    assert shanxi_kg(small_graph, "query", "--file", tmp_path / "construct.rq") == 0
    assert len(list(parse(capsys.readouterr().out, format=RdfFormat.TURTLE))) == 3


def test_an_output_file_is_written_whole_and_nothing_goes_to_standard_output(
    small_graph: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert shanxi_kg(small_graph, "query", "documents", "--format", "json", "-o", tmp_path / "out.json") == 0
    assert capsys.readouterr().out == ""
    assert len(json.loads((tmp_path / "out.json").read_text("utf-8"))["results"]["bindings"]) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_the_list_of_queries_has_their_parameters(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "queries", "--format", "json") == 0
    listed = {query["name"]: query for query in json.loads(capsys.readouterr().out)}
    assert [parameter["name"] for parameter in listed["took-effect"]["parameters"]] == ["area", "since", "until"]
    assert shanxi_kg(small_graph, "queries") == 0
    assert "With whom an area cooperates" in capsys.readouterr().out


def test_the_list_of_queries_as_turtle_is_that_of_the_library(small_graph: Path, capsys: Captured) -> None:
    endpoint = "https://example.org/sparql"
    asked = ["queries", "--format", "turtle", "--endpoint", endpoint, "--with-catalog", str(small_graph)]
    assert shanxi_kg(small_graph, *asked) == 0
    assert capsys.readouterr().out == examples.to_turtle(stored_queries(), endpoint, small_graph)
    assert shanxi_kg(small_graph, "queries", "--endpoint", endpoint) == 2
    assert "--endpoint and --with-catalog go with --format turtle" in capsys.readouterr().err


# Errors: one line, and the right status


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["query", "nope"], 2, "query nope: no such stored query; there are: agencies,"),
        (["query"], 2, "give the name of a stored query"),
        (["query", "facts", "--file", "x.rq"], 2, "give the name of a stored query"),
        (["query", "facts", "--offset", "2"], 2, "--offset goes with --limit; say how many rows you want"),
        (["query", "facts", "-p", "nope=1"], 2, "parameter nope: the query has no such parameter"),
        (["query", "facts", "-p", "nope"], 2, "--param nope: write it as KEY=VALUE"),
        (["query", "took-effect", "-p", "since=soon"], 2, "parameter since: 'soon' is no date; expected is a day"),
        (["query", "partners", "-p", "area=Atlantis"], 2, "parameter area: 'Atlantis' is no place"),
        (["query", "evidence"], 2, "parameter fact: is missing"),
        (["query", "facts", "--format", "xml"], 2, "'xml' is not one of"),
        (["query", "facts", "--graph", "/nowhere"], 3, "/nowhere: no such folder; make one with"),
        (["query", "--file", "/nowhere/q.rq"], 3, "/nowhere/q.rq: cannot be read"),
        (["show", "place/none"], 3, "place/none: the graph knows nothing of it"),
        (["export", "-o", "graph.xyz"], 2, "graph.xyz: the ending names no syntax"),
        (["export", "--param", "area=Hunan"], 2, "--param: goes with --query alone"),
        (["export", "--query", "nothing"], 2, "query nothing: no such stored query; there are: cooperation-network"),
        (["export", "--document", "nowhere"], 2, "no document of that name; `shanxi-kg query documents` lists them"),
        (["export", "-o", "/nowhere/graph.ttl"], 2, "/nowhere/graph.ttl: cannot be written"),
        (["build", "/nowhere"], 2, "/nowhere: No such file or directory; check the path"),
        (["frobnicate"], 2, "No such command 'frobnicate'"),
        (["build", "--frobnicate"], 2, "No such option"),
    ],
)
def test_an_error_is_one_line_on_standard_error(
    small_graph: Path, capsys: Captured, arguments: list[str], status: int, message: str
) -> None:
    assert shanxi_kg(small_graph, *arguments) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Error: ")
    assert message in err
    assert err.count("\n") == 1


def test_a_broken_query_file_is_bad_input(small_graph: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "broken.rq").write_text("SELECT ?x WHERE {\n ?x a foo:Bar }", "utf-8")
    assert shanxi_kg(small_graph, "query", "--file", tmp_path / "broken.rq") == 3
    assert "broken:2:" in capsys.readouterr().err


def test_a_broken_graph_file_is_bad_input(copy: Path, capsys: Captured) -> None:
    (copy / "documents" / "hunan.ttl").write_text("@prefix", "utf-8")
    for arguments in (["query", "facts"], ["validate"], ["export"], ["show", "place/CN-HN"]):
        assert shanxi_kg(copy, *arguments) == 3
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert "hunan.ttl:1:" in err


def test_help_and_version_end_with_status_zero_and_no_arguments_with_usage(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "--help") == 0
    out = capsys.readouterr().out
    assert all(command in out for command in ("build", "validate", "queries", "query", "show", "export"))
    assert shanxi_kg(small_graph, "--version") == 0
    assert shanxi_kg(small_graph) == 2


def test_debug_shows_the_traceback(small_graph: Path) -> None:
    done = process("--debug", "query", "nope", "--graph", small_graph)
    assert done.returncode != 0
    assert "Traceback" in done.stderr


# build


def test_build_ends_with_a_table_of_facts_by_kind(tmp_path: Path, capsys: Captured) -> None:
    assert shanxi_kg(tmp_path / "graph", "build", SEED) == 0
    out, _ = capsys.readouterr()
    lines = {line.rsplit(maxsplit=1)[0].strip(): line.split()[-1] for line in out.splitlines() if line.strip()}
    assert lines["documents"] == "1"
    assert lines["in quarantine"] == "0"
    assert int(lines["all"]) == sum(
        int(lines[kind])
        for kind in lines
        if kind in {"agency", "agreement", "indicator", "platform", "policy", "post", "regulation", "statement"}
    )


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", ""),
        ("binary.txt", bytes(range(256)) * 8, ""),
        ("paper.txt", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        ("paper.pdf", b"no PDF at all", ""),
        ("paper.xyz", b"Shanxi", "ending"),
    ],
)
def test_a_source_that_cannot_be_read_is_one_line_and_leaves_nothing_behind(
    tmp_path: Path, capsys: Captured, name: str, content: bytes, problem: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert shanxi_kg(tmp_path / "graph", "build", tmp_path / name) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert name in err
    assert problem in err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_encoding_that_the_file_does_not_say_is_guessed_with_a_notice(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "rules.txt").write_bytes("湖南省数据条例自2021年7月1日起施行，共八章六十条。".encode("gb18030"))
    assert shanxi_kg(tmp_path / "graph", "build", tmp_path / "rules.txt") == 0
    assert "rules: read as " in capsys.readouterr().err


def test_readable_sources_are_built_beside_one_that_is_not(tmp_path: Path, capsys: Captured) -> None:
    texts = write_texts(tmp_path / "texts", {"good": "Shanxi acts\n\nShanxi province has 109 companies.\n"})
    (texts / "empty.txt").write_bytes(b"")
    assert shanxi_kg(tmp_path / "graph", "build", texts) == 3
    out, err = capsys.readouterr()
    assert "documents" in out
    assert err.startswith("Error: ")
    assert "empty.txt" in err
    assert (tmp_path / "graph" / "documents" / "good.ttl").exists()


def test_a_folder_with_other_files_is_not_replaced(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"dear")
    assert shanxi_kg(tmp_path, "build", SEED) == 3
    assert "thesis.docx: no part of a graph folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.slow
def test_ctrl_c_ends_with_130_and_leaves_nothing_behind(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts", {f"t{number}": SEED.read_text("utf-8") for number in range(200)})
    command = [sys.executable, "-m", "shanxi_kg", "build", str(texts), "-o", str(tmp_path / "graph")]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[1]
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".graph.building-*/documents/*.ttl")) and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err.strip()) == (130, "", "Error: interrupted; nothing was changed")
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]


def test_a_reader_that_closes_the_pipe_early_is_no_error(small_graph: Path) -> None:
    command = (
        f"'{sys.executable}' -m shanxi_kg query places --graph '{small_graph}' | head -n 1; exit ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert (done.returncode, done.stderr) == (0, "")


# validate, export, show


def test_validate_says_that_a_sound_graph_conforms(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "validate") == 0
    assert capsys.readouterr() == ("", "conforms\n")


def test_validate_ends_with_status_one_where_there_are_findings(copy: Path, capsys: Captured) -> None:
    (copy / "sources" / "hubei.txt").unlink()
    assert shanxi_kg(copy, "validate", "--format", "json") == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["conforms"] is False
    assert err == "2 findings\n"


@pytest.mark.parametrize(
    ("ending", "form"), [("ttl", RdfFormat.TURTLE), ("nq", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)]
)
def test_export_takes_the_syntax_from_the_ending(
    small_graph: Path, tmp_path: Path, ending: str, form: RdfFormat
) -> None:
    path = tmp_path / f"graph.{ending}"
    assert shanxi_kg(small_graph, "export", "-o", path) == 0
    assert len(list(parse(path.read_bytes(), format=form))) > 100


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--kind", "post"], "sx:PostFact"),
        (["--document", "hubei", "--format", "nquads"], "/id/document/hubei> .\n"),
        (["--query", "cooperation-network", "--param", "area=Hubei", "--format", "graphml"], "湖北省"),
        (["--no-quotes"], "sx:withheldSha256"),
        (["--context"], '"@container": "@language"'),
        (["--format", "jsonld"], '"id": "res:document/hunan"'),
        (["--with-ontology"], "sx:Fact\n    a owl:Class"),
    ],
)
def test_export_writes_what_its_options_select(
    small_graph: Path, capfdbinary: pytest.CaptureFixture[bytes], options: list[str], expected: str
) -> None:
    assert shanxi_kg(small_graph, "export", *options) == 0
    out, err = capfdbinary.readouterr()
    assert expected in out.decode()
    assert err == b""


def test_export_compresses_on_demand_and_by_the_ending(small_graph: Path, tmp_path: Path) -> None:
    assert shanxi_kg(small_graph, "export", "-o", tmp_path / "graph.nq.gz") == 0
    assert shanxi_kg(small_graph, "export", "--format", "nquads", "--gzip", "-o", tmp_path / "graph.other") == 0
    packed = (tmp_path / "graph.nq.gz").read_bytes()
    assert packed == (tmp_path / "graph.other").read_bytes()
    assert b"/id/document/hubei> .\n" in gzip.decompress(packed)


def test_the_choices_of_export_are_those_of_the_library() -> None:
    from shanxi_kg import exports
    from shanxi_kg.cli.export import FORM_NAMES, KINDS

    assert list(FORM_NAMES) == list(exports.FORMS)
    assert list(KINDS) == list(exports.TABLES)


def test_show_marks_the_evidence_in_its_sentence(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "query", "statements", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert shanxi_kg(small_graph, "show", rows[0]["fact"].removeprefix("https://w3id.org/shanxi-kg/id/")) == 0
    out = capsys.readouterr().out
    said = "the number of data companies in Changsha rose to 1,200 in 2020"
    assert f"Li Wei, director of the Hunan Data Bureau, said that [[{said}]]." in out
    assert "Hunan sets rules for data, 2021-06-05; sources/hunan.txt, characters" in out


def test_show_lists_the_facts_of_an_entity_up_to_a_limit(small_graph: Path, capsys: Captured) -> None:
    assert shanxi_kg(small_graph, "show", "https://w3id.org/shanxi-kg/id/place/CN-HN", "--limit", "2") == 0
    out = capsys.readouterr().out
    assert "Hunan" in out
    assert "ISO 3166-2 code: CN-HN" in out
    assert "6 facts:" in out
    assert "… and 4 more; --limit 6 shows all" in out


def test_the_environment_names_the_graph_folder(small_graph: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "shanxi_kg", "query", "documents", "--format", "csv"]
    environment = {
        **os.environ,
        "SHANXI_KG_GRAPH": str(small_graph),
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    }
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.count("\n") == 4
