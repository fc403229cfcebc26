"""The README holds: each command in it runs, each output in it is what the command prints, each query in it answers.

The commands of its console blocks run one after the other in one folder; a line that begins with `$ ` is a command.
`python tests/test_readme.py` writes the outputs anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from shanxi_kg.queries import stored_queries
from shanxi_kg.resources import folder

TOP = Path(__file__).resolve().parents[1]
README = TOP / "README.md"
CONSOLE = re.compile(r"(?<=```console\n)(?P<session>\$ (?:.*\n)*?)(?=```\n)")
COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
FOUND = {"diff": 1}
"""The exit status of the commands that end with another one than 0 where they find something."""
BLOCK = re.compile(r"```(?P<language>sh|sparql)\n(?P<body>(?:.*\n)*?)```\n")


def answer(command: str, cwd: Path, stdin: str = "") -> str:
    """Run a command line in a folder, mostly one of `shanxi-kg`, and return what it prints."""
    program, *arguments = shlex.split(command)
    if program in {"cp", "sed"}:
        return subprocess.run([program, *arguments], cwd=cwd, check=True, capture_output=True, encoding="utf-8").stdout
    assert program == "shanxi-kg", command
    environment = {**os.environ, "COLUMNS": "120", "PYTHONPATH": str(TOP)}
    done = subprocess.run(
        [sys.executable, "-m", "shanxi_kg", *arguments],
        cwd=cwd, env=environment, input=stdin, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == FOUND.get(arguments[0], 0), done.stderr
    return done.stdout.strip("\n") + "\n"


def examples() -> list[tuple[str, str]]:
    sessions = CONSOLE.findall(README.read_text("utf-8"))
    return [(match["command"], match["output"]) for session in sessions for match in COMMAND.finditer(session)]


def blocks(language: str) -> list[str]:
    return [match["body"] for match in BLOCK.finditer(README.read_text("utf-8")) if match["language"] == language]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the seed was built."""
    top = tmp_path_factory.mktemp("readme")
    answer("shanxi-kg build", top)
    return top


@pytest.mark.parametrize(("command", "output"), examples())
def test_a_command_prints_what_the_readme_says(built: Path, command: str, output: str) -> None:
    assert answer(command, built) == output


@pytest.mark.parametrize("query", blocks("sparql"))
def test_a_query_of_the_readme_answers(built: Path, query: str) -> None:
    assert answer("shanxi-kg query - --format csv", built, query).count("\n") > 1


def test_the_other_commands_of_the_readme_run_on_files_of_those_names(built: Path) -> None:
    seed = (folder("graph") / "sources" / "001.txt").read_bytes()
    for name in ("articles/one.txt", "more/report.txt"):
        (built / name).parent.mkdir(exist_ok=True)
        (built / name).write_bytes(seed)
    (built / "mine.rq").write_text(blocks("sparql")[0], "utf-8")
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("shanxi-kg ")]
    inline = re.findall(r"`(shanxi-kg (?:queries|query --file mine\.rq))`", README.read_text("utf-8"))
    assert len(lines) >= 4
    assert len(inline) == 2
    for line in lines + inline:
        assert answer(line.replace("report.pdf", "report.txt"), built)


def test_ci_runs_the_test_command_of_the_readme_and_the_gates() -> None:
    ci = (TOP / ".ci" / "run").read_text("utf-8")
    set_up, test, *rest = (block.strip() for block in blocks("sh"))
    assert set_up.endswith("shanxi-kg build && .venv/bin/shanxi-kg query facts --format table")
    assert f"    {test}\n" in ci
    for gate in rest[-1].split(" && "):
        assert f"\n{gate}\n" in ci


def test_queries_and_columns_that_the_readme_names_exist() -> None:
    names = {query.name for query in stored_queries()}
    assert set(re.findall(r"shanxi-kg query ([a-z][a-z-]+)", README.read_text("utf-8"))) <= names


def renew() -> None:
    """Write the outputs of the README's commands anew."""
    with tempfile.TemporaryDirectory() as top:
        answer("shanxi-kg build", Path(top))

        def renewed(match: re.Match[str]) -> str:
            return f"$ {match['command']}\n{answer(match['command'], Path(top))}"

        text = CONSOLE.sub(lambda match: COMMAND.sub(renewed, match["session"]), README.read_text("utf-8"))
        README.write_text(text, "utf-8")


if __name__ == "__main__":
    renew()
