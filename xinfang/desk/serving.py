"""Web and worker under one process that watches them: when one ends the other is stopped, and nothing restarts silently."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

GRACE = 15.0
PAUSE = 0.1
_STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
Children = Mapping[str, subprocess.Popen[bytes]]


def commands(host: str, port: int) -> dict[str, list[str]]:
    """What `xinfang serve` runs, under the names it is spoken of."""
    return {
        "网页服务": [sys.executable, "-m", "gunicorn", *_web(host, port), "xinfang.wsgi"],
        "后台进程": [sys.executable, "-m", "xinfang", "worker"],
    }


def _web(host: str, port: int) -> list[str]:
    return [
        *("--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"),
        *("--worker-class", "gthread"),
        *("--workers", os.environ.get("XINFANG_WEB_WORKERS", "2")),
        *("--threads", os.environ.get("XINFANG_WEB_THREADS", "4")),
        *("--graceful-timeout", "10"),
        *("--log-level", "warning"),
        "--no-control-socket",
    ]


def is_free(host: str, port: int) -> bool:
    """Asked before gunicorn does, which would try again and again."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            line.bind(address)
    except OSError:
        return False
    return True


def run(words: Mapping[str, Sequence[str]], *, say: Callable[[str], object]) -> int:
    """Until we are told to stop: 0. Until one of them ends by itself: 1."""
    with _told_to_stop() as told:
        # A process group of their own: Ctrl-C comes to us alone, who then stop both in order.
        children = {name: subprocess.Popen(list(command), process_group=0) for name, command in words.items()}
        try:
            ended = _watch(children, told)
        finally:
            _stop(children)
    for name in ended:
        say(f"{name}自己停了（退出码 {children[name].returncode}），其余部分也已停止。")
    return 1 if ended else 0


@contextmanager
def beside(command: Sequence[str]) -> Iterator[None]:
    """Something that may end by itself, stopped when we are."""
    child = subprocess.Popen(list(command), process_group=0)
    try:
        yield
    finally:
        _stop({"": child})


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    told = threading.Event()

    def tell(_number: int, _frame: FrameType | None) -> None:
        told.set()

    before = {number: signal.signal(number, tell) for number in _STOP}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _watch(children: Children, told: threading.Event) -> list[str]:
    """The names of those that ended by themselves, empty when we were told to stop."""
    while not told.wait(PAUSE):
        if ended := [name for name, child in children.items() if child.poll() is not None]:
            return ended
    return []


def _stop(children: Children) -> None:
    """Kindly first; whoever has not ended after GRACE is killed."""
    until = time.monotonic() + GRACE
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(max(until - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
