"""What is imported when: the layers of the package, and what a quick command leaves alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ["rdflib", "pyshacl", "spacy", "numpy", "trafilatura", "docx", "pypdfium2"]
TOP = Path(__file__).resolve().parents[1]


def modules_after(*arguments: str) -> set[str]:
    """Return the names of the modules that a command line has imported when it ends."""
    code = (
        "import sys\n"
        "from shanxi_kg.cli import run\n"
        "from shanxi_kg.settings import Settings\n"
        "status = run(sys.argv[1:], Settings())\n"
        "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)\n"
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "--help"], ["validate", "--help"], ["query", "--help"], ["queries"]]
)
def test_help_imports_neither_rdflib_nor_pyshacl_nor_spacy(arguments: list[str]) -> None:
    assert modules_after(*arguments).isdisjoint(HEAVY)


def test_help_does_not_even_import_the_engine() -> None:
    assert "pyoxigraph" not in modules_after("--help")


def test_a_stored_query_imports_neither_rdflib_nor_rich(small_graph: Path) -> None:
    imported = modules_after("query", "facts", "--graph", str(small_graph), "--format", "json")
    assert imported.isdisjoint([*HEAVY, "rich.table", "rich.console"])


@pytest.mark.slow
def test_a_layer_imports_only_what_stands_above_it() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=TOP, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
