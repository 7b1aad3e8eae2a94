"""Who may change the library: a token in the environment, sessions signed with it, a limit on guessing."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from threading import Lock

#: Wrong tokens that an address may offer within WINDOW seconds; then it has to wait.
ATTEMPTS = 5
WINDOW = 300
#: As many from all addresses together: on the machine itself, or behind a proxy, an address is what the client says.
ATTEMPTS_OF_ALL = 50
#: Seconds that a login lasts.
LASTS = 12 * 3600
_MOST_ADDRESSES = 10_000


class Gate:
    """Lets in whoever has the token; with an empty one the gate is shut for everybody.

    A session is ``expiry.nonce.signature``, the signature an HMAC-SHA-256 with the token as key: it gives the token
    away to nobody, and another token ends every session. ``now`` gives the time in seconds since 1970.
    """

    def __init__(self, token: str, now: Callable[[], float] = time.time) -> None:
        self._key = token.encode()
        self._now = now
        self._lock = Lock()
        self._failures: dict[str, list[float]] = {}
        self._all: list[float] = []
        self._ended: dict[str, int] = {}

    @property
    def enabled(self) -> bool:
        return bool(self._key)

    def wait(self, address: str) -> int:
        """Seconds until an address may offer a token again; 0 where it may now."""
        with self._lock:
            full = [
                recent[-most] + WINDOW
                for recent, most in ((self._recent(address), ATTEMPTS), (self._of_all(), ATTEMPTS_OF_ALL))
                if len(recent) >= most
            ]
            return max(1, round(max(full) - self._now())) if full else 0

    def admits(self, address: str, offered: str) -> bool:
        """True where ``offered`` is the token. Ask ``wait`` first: a wrong one counts against the address."""
        if self.enabled and self._same(offered.encode("utf-8", "surrogatepass"), self._key):
            return True
        with self._lock:
            if len(self._failures) >= _MOST_ADDRESSES:
                self._failures = {known: recent for known in self._failures if (recent := self._recent(known))}
            self._failures[address] = [*self._recent(address), self._now()][-ATTEMPTS:]
            self._all = [*self._of_all(), self._now()][-ATTEMPTS_OF_ALL:]
        return False

    def session(self) -> str:
        """A new session, to be kept in a cookie."""
        body = f"{round(self._now()) + LASTS}.{secrets.token_hex(8)}"
        return f"{body}.{self._signature(body)}"

    def holds(self, session: str) -> bool:
        """True where a session is one of ours that hasn't ended."""
        body, _, signature = session.rpartition(".")
        if not self.enabled or not self._same(signature.encode(), self._signature(body).encode()):
            return False
        return int(body.partition(".")[0]) > self._now() and body not in self._ended

    def end(self, session: str) -> None:
        """Log out."""
        if self.holds(session):
            body = session.rpartition(".")[0]
            with self._lock:
                self._ended = {old: expiry for old, expiry in self._ended.items() if expiry > self._now()}
                self._ended[body] = int(body.partition(".")[0])

    def _recent(self, address: str) -> list[float]:
        return [at for at in self._failures.get(address, ()) if at > self._now() - WINDOW]

    def _of_all(self) -> list[float]:
        return [at for at in self._all if at > self._now() - WINDOW]

    def _signature(self, body: str) -> str:
        return hmac.new(self._key, f"gongzhi session {body}".encode(), hashlib.sha256).hexdigest()

    @staticmethod
    def _same(one: bytes, other: bytes) -> bool:
        """Equality in a time that tells neither the length nor the first difference."""
        return hmac.compare_digest(hashlib.sha256(one).digest(), hashlib.sha256(other).digest())
