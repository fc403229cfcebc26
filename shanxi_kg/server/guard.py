"""What holds for every request before any route sees it: who may ask, and what a browser may do with the answer.

A request goes on, or a Problem is sent: the host name must be one of the server's (a foreign page could otherwise reach
a private server by a name of its own), the origin must be this site or one that was allowed, and the address must be
neither too long nor lead upwards. Preflight requests (CORS) of allowed origins are answered here.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shanxi_kg.server.configuration import ServerSettings
from shanxi_kg.server.errors import Problem, response_of

POLICY = (
    "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
}
LONGEST = 64 * 1024
_SEPARATORS = re.compile(r"[/\\]")
EXPOSED = "Link, X-Total-Count, Retry-After, Location"


class Guard:
    """The middleware that holds these rules over an application."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with the headers that every answer has."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Headers(scope=scope)
        added = SECURITY | self._sharing(request.get("origin"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(added)
                headers.add_vary_header("Origin")
            await send(message)

        await self._app_for(scope, request)(scope, receive, send_with_headers)

    def _app_for(self, scope: Scope, request: Headers) -> ASGIApp:
        """Return what answers a request: the application, a refusal, or the answer to a preflight."""
        try:
            _check_size(scope)
            self._check(request)
        except Problem as problem:
            return response_of(problem)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in request:
            return Response(status_code=204, headers=PREFLIGHT if "origin" in request else {})
        return self.app

    def _check(self, request: Headers) -> None:
        host, origin = request.get("host", ""), request.get("origin")
        if "*" not in self.settings.hosts and _name(host) not in self.settings.hosts:
            raise Problem("foreign-host", f"Host: {host}: is no name of this server; see `serve --allow-host`")
        if origin is not None and urlsplit(origin).netloc != host and not self._allowed(origin):
            raise Problem(
                "foreign-origin", f"Origin: {origin}: allow it with `shanxi-kg serve --allow-origin {origin}`"
            )

    def _allowed(self, origin: str) -> bool:
        return "*" in self.settings.origins or origin in self.settings.origins

    def _sharing(self, origin: str | None) -> dict[str, str]:
        """Return the headers that let a page of another origin read the answer, without its user's credentials."""
        if origin is None or not self._allowed(origin):
            return {}
        shared = "*" if "*" in self.settings.origins else origin
        return {"Access-Control-Allow-Origin": shared, "Access-Control-Expose-Headers": EXPOSED}


def _check_size(scope: Scope) -> None:
    """Raise Problem where the address or the headers are too large, or the path leads to what is above the site."""
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST:
        raise Problem("address-too-long", f"send at most {LONGEST} bytes in the address; post a longer query")
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST:
        raise Problem("headers-too-large", f"send at most {LONGEST} bytes of headers")
    if {"..", "."} & set(_SEPARATORS.split(scope["path"])) or "\0" in scope["path"]:
        raise Problem("malformed-request", "the path leads out of the site; send it resolved")


def _name(host: str) -> str:
    """Return a Host header without its port.

    >>> _name("localhost:8000"), _name("[::1]:8000"), _name("[::1]")
    ('localhost', '[::1]', '[::1]')
    """
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()
