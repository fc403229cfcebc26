"""Problems of a request, each with its HTTP status, and the one JSON shape that all of them have (RFC 9457).

The members are `type` (an IRI that names the kind of problem), `title` (the same for each of its kind), `status`,
`detail` (what is wrong here and what to do next), and `parameter` where one parameter of a stored query is wrong.
Anything but a problem that escapes is a defect; the client learns no more than that there was one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from shanxi_kg.errors import ParameterError, QueryError, ShanxiKGError, UsageError
from shanxi_kg.namespaces import BASE

MEDIA_TYPE = "application/problem+json"
TYPE = BASE + "problem/"

KINDS: Mapping[str, tuple[int, str]] = {
    "malformed-request": (400, "The request is malformed"),
    "malformed-query": (400, "The query is not valid SPARQL 1.1"),
    "too-deep": (400, "The query is nested too deeply"),
    "invalid-parameter": (400, "A parameter does not fit the stored query"),
    "update-refused": (403, "The server only reads"),
    "federation-refused": (403, "The server asks no other server"),
    "foreign-origin": (403, "Pages of this origin may not ask the server"),
    "not-found": (404, "There is nothing here"),
    "method-not-allowed": (405, "The method is not allowed here"),
    "not-acceptable": (406, "None of the accepted media types can be served"),
    "too-slow-a-request": (408, "The request took too long to arrive"),
    "request-too-large": (413, "The request is too large"),
    "address-too-long": (414, "The address is too long"),
    "unsupported-media-type": (415, "The media type of the request is not supported"),
    "foreign-host": (421, "The server does not answer to this host name"),
    "headers-too-large": (431, "The headers are too large"),
    "time-limit": (422, "The query took too long and was stopped"),
    "memory-limit": (422, "The query took too much memory and was stopped"),
    "too-complex": (422, "The query is too complex and was stopped"),
    "result-too-large": (422, "The result is too large"),
    "too-many-requests": (429, "This client has too many queries waiting"),
    "defect": (500, "The server has a defect"),
    "remote-failed": (502, "The SPARQL server behind this one failed"),
    "overloaded": (503, "Too many queries are waiting"),
    "remote-time-limit": (504, "The SPARQL server behind this one took too long"),
}
"""The status and the title of each kind of problem."""

_OF_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "request-too-large"}
_RETRY_AFTER = {"too-many-requests": "1", "overloaded": "2"}


class Problem(ShanxiKGError):  # noqa: N818 (RFC 9457 calls it a problem)
    """A request that cannot be answered as asked: its kind, and where, what and what to do next."""

    def __init__(self, kind: str, detail: str, parameter: str | None = None) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.parameter = parameter

    @property
    def status(self) -> int:
        """The HTTP status."""
        return KINDS[self.kind][0]


def problem_of(error: Exception) -> Problem:
    """Return the problem that an error stands for, without a word of the server's inside for one it does not know."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, ParameterError):
        return Problem("invalid-parameter", str(error), error.parameter)
    if isinstance(error, QueryError):
        return Problem("malformed-query", str(error))
    if isinstance(error, UsageError):
        return Problem("not-found", str(error))
    if isinstance(error, HTTPException):
        kind = _OF_STATUS.get(error.status_code, "malformed-request")
        return Problem(kind, f"{error.detail}; /api lists what can be asked")
    return Problem("defect", "an unexpected error; the server's log has it; please report it")


def response_of(problem: Problem) -> Response:
    """Write a problem as a response."""
    status, title = KINDS[problem.kind]
    members = {"type": TYPE + problem.kind, "title": title, "status": status, "detail": problem.detail}
    if problem.parameter is not None:
        members["parameter"] = problem.parameter
    headers = {"Cache-Control": "no-store"}
    if problem.kind in _RETRY_AFTER:
        headers["Retry-After"] = _RETRY_AFTER[problem.kind]
    return Response(json.dumps(members, ensure_ascii=False) + "\n", status, headers, MEDIA_TYPE)


async def render(request: Request, error: Exception) -> Response:  # noqa: ARG001 (the framework's signature)
    """Write any error that a route raised."""
    response = response_of(problem_of(error))
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a problem."""
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "enum": [TYPE + kind for kind in KINDS]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong and what to do next."},
            "parameter": {"type": "string", "description": "The parameter that is wrong, where it is one."},
        },
    }
