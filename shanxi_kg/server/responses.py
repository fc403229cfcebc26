"""From a request's job to its response: it is done, given up if the client goes away, and sent when it is whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from shanxi_kg.server.backend import Answer, Backend
from shanxi_kg.server.configuration import Limits, ServerSettings
from shanxi_kg.server.jobs import Job

_CHUNK = 256 * 1024
CLIENT_GONE = 499


class ClientGone(Exception):  # noqa: N818 (what happened is no error)
    """The client closed the connection before its answer was there."""


def accepted(request: Request) -> str | None:
    """Return the request's Accept header, all lines of it as one."""
    return ",".join(request.headers.getlist("accept")) or None


def limits_of(request: Request) -> Limits:
    """Return the limits that hold for a request."""
    settings: ServerSettings = request.app.state.settings
    return settings.limits


async def answer_of(request: Request, job: Job) -> Answer:
    """Do a request's job; raise Problem, or ClientGone where nobody waits for the answer any more."""
    backend: Backend = request.app.state.backend
    client = request.client.host if request.client else ""
    answering = asyncio.ensure_future(backend.answer(job, client))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            raise ClientGone
        return answering.result()
    finally:
        answering.cancel()
        leaving.cancel()
        await asyncio.wait({answering, leaving})


async def _left(request: Request) -> None:
    """Return when the client has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def whole(answer: Answer, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that sends a whole answer: at once where it is small, else in pieces."""
    if answer.length <= _CHUNK:
        with answer.file as file:
            return Response(file.read(), headers=headers, media_type=media_type)
    length = {"Content-Length": str(answer.length)}
    return StreamingResponse(_pieces(answer), headers={**(headers or {}), **length}, media_type=media_type)


async def _pieces(answer: Answer) -> AsyncIterator[bytes]:
    with answer.file as file:
        while piece := file.read(_CHUNK):
            yield piece


async def gone(request: Request, error: Exception) -> Response:  # noqa: ARG001 (the framework's signature)
    """Return the response that nobody reads; its status is for the log."""
    return Response(status_code=CLIENT_GONE)
