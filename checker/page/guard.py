"""Who may ask the page anything: this computer's own browser, with the token in the address."""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; img-src 'self'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class TooLarge(Exception):
    """The upload is larger than the page takes."""


class Guard:
    """Refuses what does not come from the page itself, and uploads above the limit; adds headers to every answer.

    The Host must be this address, so that no name of another site can be made to lead here; a POST must have the
    page's own Origin; the path must begin with the token, which no other site or user knows.
    """

    def __init__(self, app: ASGIApp, port: int, token: str, limit: int) -> None:
        self._app, self._token, self._limit = app, token, limit
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused:
            await PlainTextResponse(refused[1], refused[0], headers=HEADERS)(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                raise TooLarge
            return message

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in own]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        await self._app(scope, counted, dressed)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        if headers.get("host", "") not in self._hosts:
            return 421, "wrong host"
        origin = headers.get("origin")
        own = {f"http://{host}" for host in self._hosts}
        if scope["method"] not in ("GET", "HEAD") and origin not in own:
            return 403, "wrong origin"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "another site asks"
        first = str(scope["path"]).split("/")[1] if "/" in str(scope["path"]) else ""
        if not hmac.compare_digest(first.encode(), self._token.encode()):
            return 404, "not found"
        if int(headers.get("content-length") or 0) > self._limit:
            return 413, "too large"
        return None
