"""The network is closed to tests, except to this machine."""

import socket
import tempfile
from pathlib import Path

import pytest

from tests.closed_network import NetworkIsClosed, is_this_machine

# An address kept for documentation (RFC 5737): nothing is there, and the block stands before it.
ELSEWHERE = "192.0.2.1"


def test_the_network_is_closed() -> None:
    with socket.socket() as line, pytest.raises(NetworkIsClosed):
        line.connect((ELSEWHERE, 80))


def test_a_message_without_a_connection_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as line, pytest.raises(NetworkIsClosed):
        line.sendto(b"", (ELSEWHERE, 53))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(NetworkIsClosed):
        socket.create_connection(("province.invalid", 443))


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        assert line.getpeername() == server.getsockname()


def test_a_unix_socket_may_be_reached() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.socket(socket.AF_UNIX) as server,
        socket.socket(socket.AF_UNIX) as line,
    ):
        server.bind(str(Path(folder) / "s"))
        server.listen()
        line.connect(str(Path(folder) / "s"))


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        (b"localhost", True),
        (None, True),
        ("10.0.0.1", False),
        ("localhost.evil", False),
    ],
)
def test_only_loopback_is_this_machine(host: str | bytes | None, *, expected: bool) -> None:
    assert is_this_machine(host) is expected
