"""By which names the server may be called.

A page of another site can have its own name resolved to this machine and read what is served here as if it were its own
(DNS rebinding): what tells is the name in the Host header, which no page can set. So a request by a name that is none of
ours is refused.
"""

import socket
from collections.abc import Iterable
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.errors import HostUnknown
from web.problems import refused

#: Addresses on which a server listens to all that its machine has.
_EVERYWHERE = ("0.0.0.0", "::", "")
ANY = "*"


class Hosts:
    """The names that a server answers to: those of the loopback, the one it listens at, and the ``allowed``.

    ``*.example.org`` stands for the names below example.org, ``*`` for all there are. A server that listens everywhere
    answers to every IP address (a rebound name is none) and to its machine's own names.
    """

    def __init__(self, listening: str, allowed: Iterable[str] = ()) -> None:
        names = [_bare(name) for name in allowed if name.strip()]
        self._any = ANY in names
        self._below = tuple(name.removeprefix("*") for name in names if name.startswith("*."))
        self._everywhere = listening in _EVERYWHERE
        own = socket.gethostname().lower() if self._everywhere else ""
        named = {own, own.partition(".")[0], f"{own.partition('.')[0]}.local"} if own else set()
        self._names = {"localhost", _bare(listening), *named, *names} - {"", *_EVERYWHERE}

    def know(self, host: str) -> bool:
        """True where a Host header, with its port or without, bears one of the names. A program that sends none (HTTP 1.0)
        is no browser."""
        name = _bare(host)
        if not name or self._any or name in self._names or name.endswith(self._below or ("\0",)):
            return True
        if name.endswith(".localhost"):  # never looked up (RFC 6761, 6.3)
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        return self._everywhere or address.is_loopback


def _bare(host: str) -> str:
    """A host's name without its port and the brackets of IPv6, in small letters."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    name = host if host.count(":") > 1 else host.partition(":")[0]
    return name.removesuffix(".")


class HostGuard:
    """Refuses requests by names that the server isn't known by with HostUnknown; ``hosts`` None knows all."""

    def __init__(self, app: ASGIApp, hosts: Hosts | None) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._hosts is None or scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        if self._hosts.know(host):
            await self._app(scope, receive, send)
        else:
            await refused(Request(scope), HostUnknown(host))(scope, receive, send)
