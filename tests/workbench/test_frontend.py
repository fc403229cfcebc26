"""The front end: its functions pass node's own tests, what ships is what its sources give, parameters bind as here."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest

from shanxi_kg import queries
from shanxi_kg.errors import ParameterError
from shanxi_kg.pages.completion import vocabulary
from shanxi_kg.pages.rendering import STATIC
from shanxi_kg.resources import PACKAGE
from shanxi_kg.store import Store

SOURCES = PACKAGE / "server" / "frontend"


def run(*command: str | Path, given: str = "") -> str:
    done = subprocess.run(
        [*map(str, command)], cwd=SOURCES, input=given, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith(("workbench", "views"))}


def test_its_pure_functions_pass_their_own_tests() -> None:
    assert "# fail 0" in run("npm", "test", "--silent")


def test_what_is_shipped_is_what_the_sources_give_to_the_byte(tmp_path: Path) -> None:
    run("node", "build.mjs", tmp_path)
    shipped, fresh = built(STATIC), built(tmp_path)
    assert sorted(shipped) == sorted(fresh)
    assert [name for name in fresh if shipped[name] != fresh[name]] == []


def test_it_is_formatted() -> None:
    run("node_modules/.bin/prettier", "--check", "build.mjs", "src", "style", "test")


def test_its_packages_are_pinned_and_each_has_its_licence_beside_the_bundle() -> None:
    lock = json.loads((SOURCES / "package-lock.json").read_text("utf-8"))
    licences = (STATIC / "workbench-licences.txt").read_text("utf-8")
    for folder, package in lock["packages"].items():
        assert "resolved" not in package
        if folder and not package.get("dev"):
            name = package.get("name", folder.rpartition("node_modules/")[2])
            assert f"{name} {package['version']} (" in licences
    declared = json.loads((SOURCES / "package.json").read_text("utf-8"))
    versions = [*declared["dependencies"].values(), *declared["devDependencies"].values()]
    assert all(version.rpartition("@")[2].replace(".", "").isdigit() for version in versions)


def test_nothing_that_is_shipped_names_another_host_to_ask() -> None:
    for name in ("workbench-style.css", "views-style.css"):
        assert "http" not in (STATIC / name).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")


BIND = """
import { bind } from "./src/parameters.js";
const cases = JSON.parse(await new Response(process.stdin).text());
const bound = cases.map(({ query, values, places }) => {
  try {
    return bind(query.text, query.parameters, values, places);
  } catch (error) {
    return { problem: error.parameter };
  }
});
console.log(JSON.stringify(bound));
"""
GIVEN = [
    ("partners", {}),
    ("partners", {"area": "Taiyuan"}),
    ("partners", {"area": "太原市"}),
    ("partners", {"area": "cn-sx"}),
    ("partners", {"area": "https://w3id.org/shanxi-kg/id/place/CN-SX"}),
    ("partners", {"area": "Atlantis"}),
    ("partners", {"area": "https://x/> } DROP ALL #"}),
    ("indicator-values", {"word": 'a "quoted" \\ word\t{}', "since": "2020"}),
    ("indicator-values", {"word": "专利", "area": "Shanxi", "since": "2020", "until": "2021"}),
    ("indicator-values", {"since": "4.5"}),
    ("indicator-values", {"since": "１２"}),
    ("took-effect", {"since": "2021-07-01", "until": "2021-12-31"}),
    ("took-effect", {"since": "2021-02-30"}),
    ("took-effect", {"since": "2021-7-1"}),
    ("evidence", {}),
    ("evidence", {"fact": "https://w3id.org/shanxi-kg/id/fact/001/a"}),
    ("evidence", {"fact": "relative"}),
]


@pytest.fixture(scope="module")
def bound_in_javascript(small_store: Store) -> list[object]:
    places = vocabulary(small_store)["places"]
    cases = [
        {"query": asdict(queries.stored_query(name)), "values": values, "places": places} for name, values in GIVEN
    ]
    answer: list[object] = json.loads(run("node", "--input-type=module", "--eval", BIND, given=json.dumps(cases)))
    return answer


@pytest.mark.parametrize(("case", "name", "values"), [(case, *given) for case, given in enumerate(GIVEN)])
def test_a_form_binds_parameters_as_the_library_does(
    small_store: Store, bound_in_javascript: list[object], case: int, name: str, values: dict[str, str]
) -> None:
    query = queries.stored_query(name)
    expected: object
    try:
        expected = queries.bind(small_store, query, values)
    except ParameterError as error:
        expected = {"problem": error.parameter}
    assert bound_in_javascript[case] == expected
