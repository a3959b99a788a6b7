"""A card reader's helper, for tests: the one question of docs/operations.md, answered from a variable."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Reader(ThreadingHTTPServer):
    """`card` lies on it, or none does."""

    card: dict[str, str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Reader

    def do_GET(self) -> None:
        card = self.server.card if self.path == "/card" else None
        self.send_response(200 if card else 204)
        self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", ""))
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(card).encode() if card else b"")

    def log_message(self, *said: object) -> None:
        """Tests are quiet."""


@contextmanager
def reader() -> Iterator[Reader]:
    server = Reader(("127.0.0.1", 0), _Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
