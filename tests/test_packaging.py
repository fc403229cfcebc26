"""The built package: a wheel made from the sdist works in a folder of its own, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import shanxi_kg
from shanxi_kg.resources import folder

TOP = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without the settings of this process that could let the checkout shine through."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SHANXI_KG"))}
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was made from it."""
    target = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, TOP, cwd=target)
    return target


@pytest.fixture(scope="module")
def clean(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment that has the wheel, and the dependencies of this environment."""
    top = tmp_path_factory.mktemp("venv")
    venv.create(top, with_pip=True)
    (wheel,) = built.glob("*.whl")
    run(top / "bin" / "python", "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel, cwd=top)
    (packages,) = (top / "lib").glob("python*/site-packages")
    here = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    (packages / "dependencies.pth").write_text(f"{here}\n", "utf-8")
    return top / "bin"


def data_files() -> set[str]:
    return {
        f"{name}/{path.relative_to(folder(name)).as_posix()}"
        for name in ("ontology", "queries", "graph")
        for path in folder(name).rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_wheel_and_sdist_hold_all_data(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"shanxi_kg/_data/{name}" for name in data_files()} <= names
    assert {f"shanxi_kg/explanation/page.{ending}" for ending in ("css", "html", "js")} <= names
    assert not any(name.startswith("tests/") for name in names)
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    assert data_files() | {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "tests/conftest.py"} <= packed


@pytest.mark.slow
def test_the_wheel_builds_and_answers_in_an_empty_folder(clean: Path, tmp_path: Path) -> None:
    where = run(clean / "python", "-c", "import shanxi_kg; print(shanxi_kg.__file__)", cwd=tmp_path).stdout
    assert where.startswith(str(clean.parent))
    run(clean / "shanxi-kg", "build", cwd=tmp_path)
    answer = run(clean / "shanxi-kg", "query", "documents", "--format", "csv", cwd=tmp_path).stdout
    assert answer.splitlines()[1].startswith("https://w3id.org/shanxi-kg/id/document/001,")
    seed = TOP / "graph"
    for name in ("documents/001.ttl", "sources/001.txt", "catalog.ttl"):
        assert (tmp_path / "graph" / name).read_bytes() == (seed / name).read_bytes()


@pytest.mark.slow
def test_the_module_and_the_script_are_the_same(clean: Path, tmp_path: Path) -> None:
    script = run(clean / "shanxi-kg", "--version", cwd=tmp_path).stdout
    assert run(clean / "python", "-m", "shanxi_kg", "--version", cwd=tmp_path).stdout == script
    assert script == f"shanxi-kg, version {shanxi_kg.__version__}\n"


def test_no_file_names_a_package_registry() -> None:
    text = (TOP / "pyproject.toml").read_text("utf-8")
    assert "index" not in tomllib.loads(text).get("tool", {}).get("uv", {})
    assert "pypi" not in text.lower()
