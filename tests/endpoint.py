"""A stand-in for somebody else's model: a real HTTP server on this machine that answers as it is told to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Endpoint:
    """Keeps what was asked; answers with ``status``, ``headers`` and ``body``."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body = b""
        self.drops = 0.0  # seconds between the bytes of the body
        self.url = ""

    def say(self, content: Any, **choice: Any) -> None:
        """Answer as such endpoints do."""
        message = {"role": "assistant", "content": content}
        self.body = json.dumps({"choices": [{"message": message, "finish_reason": "stop"} | choice]}).encode()


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    held = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held.asked.append((self.path, dict(self.headers), json.loads(body)))
            self.send_response(held.status)
            for name, value in ({"Content-Length": str(len(held.body))} | held.headers).items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for at in range(0, len(held.body), 1 if held.drops else len(held.body)):
                    self.wfile.write(held.body[at : at + 1] if held.drops else held.body)
                    time.sleep(held.drops)
            except OSError:
                return  # who asked has gone

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            return  # who asked has gone, as the tests of that want it

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    held.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    yield held
    server.shutdown()
    thread.join()
    server.server_close()
