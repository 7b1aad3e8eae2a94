"""What every response carries and what every request must keep to, as plain ASGI middleware."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.errors import RequestTooLarge

MAX_BODY = 256 * 1024  # 20,000 characters, percent-encoded in a form, are 180 KB
MAX_UPLOAD = 5 * 1024 * 1024
#: Of a basket with all the passages and notes that it may hold: 100,000 characters, percent-encoded, are 900 KB.
MAX_BASKET = 1024 * 1024
BASKETS = frozenset({"/basket", "/api/basket"})
#: Where files may be sent to.
UPLOADS = frozenset({"/precedents", "/api/precedents/file"})
#: Where files are sent to be read into the library, by whoever may: they go to disk as they come, see ``web.receiving``.
INTAKES = frozenset({"/manage/files", "/api/sources"})
_AROUND = 1024 * 1024  # what a form has beside its files
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


def same_origin(request: Request) -> bool:
    """True where a browser says that a form was posted by one of our own pages.

    ``Sec-Fetch-Site`` is only sent over https and on localhost; ``Origin`` says it elsewhere, if the form's page has
    a referrer policy that lets it (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host")


class SecurityHeaders:
    """Puts HEADERS on every response; a header that a route has set itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Refuses a request body over MAX_BODY bytes, announced or not, with RequestTooLarge; of a basket, over
    MAX_BASKET; where files may be sent to, one of a form with a file over MAX_UPLOAD bytes; to the intake, over what it
    takes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        read, limit = 0, _limit(scope)

        async def receive_within_limit() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise RequestTooLarge(limit)
            return message

        await self._app(scope, receive_within_limit, send)


def _limit(scope: Scope) -> int:
    if scope["path"].partition(".")[0] in BASKETS:
        return MAX_BASKET
    kind = Headers(scope=scope).get("content-type", "").lower()
    if not kind.startswith("multipart/form-data"):
        return MAX_BODY
    if scope["path"] in INTAKES and scope["app"].state.intake is not None:
        most: int = scope["app"].state.intake.bounds.total
        return most + _AROUND
    return MAX_UPLOAD if scope["path"] in UPLOADS else MAX_BODY


class HeadRequests:
    """Answers HEAD wherever GET is answered: the same headers, no body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_headers_only(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_headers_only)
