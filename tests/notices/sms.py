"""A fake SMS gateway, and a real HTTP one on this machine; `tests/verification` holds both to one contract."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from xinfang.notices.gateway import NotSent

MOBILE = re.compile(r"1\d{10}")
TOKEN = "a-token-for-tests"


@dataclass
class Box:
    """What a carrier has taken: by reference, so that the same message twice is one."""

    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    is_down: bool = False

    @property
    def messages(self) -> list[tuple[str, str]]:
        return list(self.taken.values())


class FakeGateway:
    """Takes what a carrier would take, and refuses what it would refuse."""

    def __init__(self) -> None:
        self.box = Box()

    def send(self, to: str, text: str, *, reference: str) -> None:
        if self.box.is_down:
            raise NotSent(is_final=False)
        if not MOBILE.fullmatch(to):
            raise NotSent(is_final=True)
        self.box.taken.setdefault(reference, (to, text))


class _Answers(BaseHTTPRequestHandler):
    box: Box

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self._status(said))
        self.end_headers()

    def _status(self, said: dict[str, Any]) -> int:
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return 401
        if self.box.is_down:
            return 503
        if not MOBILE.fullmatch(said["to"]):
            return 422
        self.box.taken.setdefault(said["reference"], (said["to"], said["text"]))
        return 202

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing: the address is in it."""


@contextmanager
def carrier() -> Iterator[tuple[str, Box]]:
    """An HTTP gateway on this machine: its address, and what it has taken."""
    box = Box()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"box": box}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sms", box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
