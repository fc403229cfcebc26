"""The access log: a line of JSON a request, with nothing of its content but method, path, status, size and time.

Lines go to the logger `shanxi_kg.access`; what they are written to is the operator's choice. What the web server itself
has to say becomes such lines by `Lines`.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGGER = logging.getLogger("shanxi_kg.access")


class AccessLog:
    """The middleware that writes a line when an answer was sent, or could not be."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request and write its line."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, sent = time.perf_counter(), {"status": 500, "bytes": 0}

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent["status"] = message["status"]
            sent["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counting)
        finally:
            write("request", **_line(scope), **sent, milliseconds=round((time.perf_counter() - started) * 1000, 1))


def write(event: str, **members: object) -> None:
    """Write a line of the log."""
    LOGGER.info("%s", _json(event, **members))


class Lines(logging.Formatter):
    """Makes a line of JSON of what the web server says, too; its tracebacks become a member."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        if record.name == LOGGER.name:
            return record.getMessage()
        members = {"level": record.levelname.lower(), "message": record.getMessage()}
        if record.exc_info:
            members["traceback"] = self.formatException(record.exc_info)
        return _json("server", **members)


def _json(event: str, **members: object) -> str:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return json.dumps({"time": now, "event": event, **members}, ensure_ascii=True)


def _line(scope: Scope) -> dict[str, object]:
    client = scope.get("client")
    return {"client": client[0] if client else None, "method": scope["method"], "path": scope["path"]}
