"""The server for assistants, as the protocol's own client meets it over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client, MCPError, StdioServerParameters

from shanxi_kg import __version__, tools
from shanxi_kg.store import Store

TOP = Path(__file__).resolve().parents[1]
T = TypeVar("T")
DOCUMENT = "https://w3id.org/shanxi-kg/id/document/hunan"


def asked(graph: Path, ask: Callable[[Client], Awaitable[T]], mode: str = "auto") -> T:
    """Start the command, let the client ask, and end it."""
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "shanxi_kg", "mcp", "--graph", str(graph)],
        env={"PYTHONPATH": str(TOP)},
        cwd=str(graph),
    )

    async def session() -> T:
        with anyio.fail_after(60):
            async with Client(parameters, mode=mode) as client:
                return await ask(client)

    return anyio.run(session)


def called(graph: Path, name: str, **arguments: object) -> Any:
    return asked(graph, lambda client: client.call_tool(name, arguments))


def test_the_server_says_who_it_is_and_how_to_cite(small_graph: Path) -> None:
    async def told(client: Client) -> tuple[str, str, str]:
        return client.server_info.name, client.server_info.version, client.instructions or ""

    name, version, instructions = asked(small_graph, told)
    assert (name, version) == ("shanxi-kg", __version__)
    assert "cite the quote" in instructions


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_each_stored_query_is_a_tool_that_only_reads(small_graph: Path, mode: str) -> None:
    listed = asked(small_graph, lambda client: client.list_tools(), mode)
    assert [(tool.name, tool.title, tool.description, tool.input_schema) for tool in listed.tools] == [
        (tool.name, tool.title, tool.description, tool.input_schema) for tool in tools.tools()
    ]
    for tool in listed.tools:
        Draft202012Validator.check_schema(tool.input_schema)
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint


def test_an_answer_is_that_of_the_library_as_text_and_as_structure(small_graph: Path, small_store: Store) -> None:
    answer = called(small_graph, "partners", area="Hunan")
    expected = tools.call(small_store, "partners", {"area": "Hunan"})
    assert not answer.is_error
    assert answer.structured_content == expected
    assert [json.loads(content.text) for content in answer.content] == [expected]
    assert [row["partner"] for row in expected["rows"]] == ["Guangdong", "Hubei"]
    assert {each["quote"] for each in expected["evidence"]} == {
        "signed data cooperation agreements with Hubei and Guangdong"
    }
    Draft202012Validator(tools.ANSWER_SCHEMA).validate(answer.structured_content)


def test_a_call_that_is_wrong_is_answered_and_the_next_one_too(small_graph: Path) -> None:
    async def several(client: Client) -> list[tuple[bool, str]]:
        calls = [("partners", {"area": "Atlantis"}), ("nothing", {}), ("took-effect", {"since": 5}), ("documents", {})]
        answers = [await client.call_tool(name, arguments) for name, arguments in calls]
        return [(bool(answer.is_error), answer.content[0].text.partition(";")[0]) for answer in answers]  # type: ignore[union-attr]

    wrong = asked(small_graph, several)
    assert wrong[:3] == [
        (True, "query partners: parameter area: 'Atlantis' is no place (no such place is known)"),
        (True, "query nothing: no such stored query"),
        (True, "query took-effect: parameter since: '5' is no date"),
    ]
    assert not wrong[3][0]


def test_documents_are_listed_and_read_and_a_fact_leads_to_its_words(small_graph: Path, small_store: Store) -> None:
    fact = str(tools.call(small_store, "posts", {})["rows"][0]["fact"])

    async def read(client: Client) -> tuple[list[str], list[str], str, str]:
        listed = [resource.uri for resource in (await client.list_resources()).resources]
        shapes = [each.uri_template for each in (await client.list_resource_templates()).resource_templates]
        texts = [(await client.read_resource(iri)).contents[0].text for iri in (DOCUMENT, fact)]  # type: ignore[union-attr]
        return listed, shapes, texts[0], texts[1]

    listed, shapes, document, told = asked(small_graph, read)
    assert DOCUMENT in listed
    assert shapes == [tools.DOCUMENT + "{document}", tools.FACT + "{document}/{hash}"]
    assert document == (small_graph / "sources" / "hunan.txt").read_text("utf-8")
    assert json.loads(told)["quote"] == "Li Wei, director of the Hunan Data Bureau"


def test_what_cannot_be_read_is_an_error_of_the_protocol(small_graph: Path) -> None:
    async def read(client: Client) -> str:
        with pytest.raises(MCPError) as caught:
            await client.read_resource("file:///etc/passwd")
        return caught.value.message

    assert asked(small_graph, read).startswith("file:///etc/passwd: is neither a fact nor a document of this graph")


def test_a_folder_that_is_no_graph_ends_the_command_with_bad_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "shanxi_kg", "mcp", "--graph", str(tmp_path)],
        cwd=TOP, input="", capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert "is no graph folder" in done.stderr


def test_a_missing_library_is_named_with_the_way_to_get_it(small_graph: Path) -> None:
    code = (
        "import sys; sys.modules['mcp_types'] = None\n"
        "from shanxi_kg.cli import run\nfrom shanxi_kg.settings import Settings\n"
        "sys.exit(run(['mcp'], Settings()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "pip install shanxi-kg[mcp]" in done.stderr
