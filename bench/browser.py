"""As much of a browser as a bench needs: one connection, a session, a token for forms."""

import re
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
KEPT = ("sessionid", "csrftoken")
IDLE = 1.0


class Unexpected(Exception):
    """The page answered otherwise than the bench needs."""


class Browser:
    """Every visit returns its milliseconds. A status that was not expected ends the bench."""

    def __init__(self, port: int) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self._last = 0.0
        self.token = self.body = ""

    def sign_in(self, username: str, password: str) -> None:
        self.get("/desk/sign-in/")
        self.post("/desk/sign-in/", {"username": username, "password": password})
        self.get("/desk/")

    def get(self, path: str) -> float:
        return self._visit("GET", path, None, 200)

    def post(self, path: str, fields: Mapping[str, str], *, expect: int = 302) -> float:
        return self._visit("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **fields}), expect)

    def _visit(self, method: str, path: str, body: str | None, expect: int) -> float:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self._last > IDLE:
            self._line.close()  # the server has, or will while we write
        began = time.perf_counter()
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        self.body = answer.read().decode()
        spent = (time.perf_counter() - began) * 1000
        self._last = time.monotonic()
        self._remember(answer.headers.get_all("Set-Cookie") or [])
        if answer.status != expect:
            raise Unexpected(f"{method} {path} answered {answer.status}: {self.body[:2000]}")
        return spent

    def _remember(self, cookies: list[str]) -> None:
        for cookie in map(SimpleCookie, cookies):
            self._cookies |= {name: cookie[name].value for name in KEPT if name in cookie}
        if found := _TOKEN.search(self.body):
            self.token = found[1]
