"""What the README says of the server: each request in it is sent to a server over the seed, and the answer compared.

`PYTHONPATH=.:tests python tests/server/test_documented.py` writes the answers anew; read the difference.
"""

from __future__ import annotations

import re
import shlex
import subprocess

import pytest
from serving import TOP, Served, serving

from shanxi_kg.resources import folder

pytestmark = pytest.mark.server

README = TOP / "README.md"
SESSION = re.compile(r"```shell-session\n\$ (?P<command>curl .*)\n(?P<output>(?:.*\n)*?)```\n")
ADDRESS = "http://127.0.0.1:8000"


def sent(command: str, url: str) -> str:
    """Run a curl command of the README against a server."""
    arguments = shlex.split(command.replace(ADDRESS, url))
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=True, timeout=60)
    return done.stdout.replace("\r\n", "\n")


def test_each_request_of_the_readme_gets_the_answer_that_stands_there() -> None:
    sessions = [(match["command"], match["output"]) for match in SESSION.finditer(README.read_text("utf-8"))]
    assert len(sessions) == 3
    with serving(folder("graph")) as server:
        assert [sent(command, server.url) for command, _ in sessions] == [output for _, output in sessions]


def test_the_readme_names_the_options_that_there_are(served: Served) -> None:
    helped = subprocess.run(
        [*served.process.args[:3], "serve", "--help"], capture_output=True, encoding="utf-8", check=True, timeout=60
    ).stdout
    section = README.read_text("utf-8").partition("## To serve it\n")[2].partition("\n## ")[0]
    for option in re.findall(r"`(--[a-z-]+)", section):
        assert option in helped


def renew() -> None:
    """Write the answers anew."""
    with serving(folder("graph")) as server:

        def renewed(match: re.Match[str]) -> str:
            return f"```shell-session\n$ {match['command']}\n{sent(match['command'], server.url)}```\n"

        README.write_text(SESSION.sub(renewed, README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    renew()
