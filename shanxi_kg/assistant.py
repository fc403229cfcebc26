"""The graph for assistants: the stored queries as tools of the Model Context Protocol, over standard input and output.

An opened graph goes in, a server of the protocol's official SDK comes out; what it answers is in `tools`. An error of
the caller is told in the answer, so that the assistant can mend its call.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from shanxi_kg import __version__, tools
from shanxi_kg.errors import ShanxiKGError
from shanxi_kg.namespaces import BASE
from shanxi_kg.store import Store, open_graph

INSTRUCTIONS = """\
A knowledge graph of how Chinese provinces are governed, read from news. Each tool answers one stored question. Each \
fact comes with its evidence: cite the quote with the document's title and date. Certainty is 'stated', 'inferred' (a \
rule filled a field: see judgements) or 'ambiguous' (the words allow another reading): say so when you use such a \
fact. What is absent or 'not stated' is unknown, not false. Documents may disagree; report both.
"""
_LASTING = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve(folder: Path) -> None:
    """Serve a graph folder until standard input ends; GraphError where it is none."""
    server = make_server(open_graph(folder), folder)
    anyio.run(_serve, server)


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def make_server(store: Store, folder: Path) -> Server[Any]:
    """Return a server of the protocol for an opened graph and the folder that holds its texts."""

    async def list_tools(_: object, __: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(tool) for tool in tools.tools()])

    async def call_tool(_: object, request: types.CallToolRequestParams) -> types.CallToolResult:
        return _answer(store, request.name, request.arguments or {})

    async def list_resources(_: object, __: object) -> types.ListResourcesResult:
        found = [
            types.Resource(uri=iri, name=iri.removeprefix(tools.DOCUMENT), title=title, mime_type="text/plain")
            for iri, title in tools.resources(store)
        ]
        return types.ListResourcesResult(resources=found)

    async def list_templates(_: object, __: object) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=TEMPLATES)

    async def read_resource(_: object, request: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        return _contents(store, folder, str(request.uri))

    return Server(
        "shanxi-kg",
        version=__version__,
        title="Shanxi governance knowledge graph",
        instructions=INSTRUCTIONS,
        website_url=BASE,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )


TEMPLATES = [
    types.ResourceTemplate(
        uri_template=tools.DOCUMENT + "{document}",
        name="document",
        title="A document",
        description="The text that the offsets of evidence count in, in Unicode code points.",
        mime_type="text/plain",
    ),
    types.ResourceTemplate(
        uri_template=tools.FACT + "{document}/{hash}",
        name="fact",
        title="A fact",
        description="The words that a fact stands on, where they stand, and how they were read.",
        mime_type="application/json",
    ),
]


def _tool(tool: tools.Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=tools.ANSWER_SCHEMA,
        annotations=_LASTING,
    )


def _answer(store: Store, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    try:
        answer = tools.call(store, name, arguments)
    except ShanxiKGError as error:
        return types.CallToolResult(content=[types.TextContent(type="text", text=str(error))], is_error=True)
    content = types.TextContent(type="text", text=tools.to_json(answer))
    return types.CallToolResult(content=[content], structured_content=answer)


def _contents(store: Store, folder: Path, iri: str) -> types.ReadResourceResult:
    try:
        found = tools.read(store, folder, iri)
    except ShanxiKGError as error:
        raise MCPError(types.INVALID_PARAMS, str(error)) from error
    contents = types.TextResourceContents(uri=iri, mime_type=found.media_type, text=found.text)
    return types.ReadResourceResult(contents=[contents])
