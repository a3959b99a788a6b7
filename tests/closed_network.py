"""No test reaches another machine: not by connecting, not by asking for a name."""

import ipaddress
import socket
import sys
from typing import Any

NAMES = {"socket.getaddrinfo", "socket.gethostbyname"}
CONNECTIONS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
WATCHED = NAMES | CONNECTIONS


class NetworkIsClosed(RuntimeError):
    """Not an OSError, so that no code under test takes it for a bad line and tries again."""


def close() -> None:
    """For the rest of this process: an audit hook cannot be taken away."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in WATCHED:
        return
    host = arguments[0] if event in NAMES else _host(*arguments)
    if not is_this_machine(host):
        raise NetworkIsClosed(f"{event} to {host!r}: the network is closed to tests")


def _host(connection: socket.socket, address: Any) -> Any:
    """None for a Unix socket, and for a message on a connection that was already allowed."""
    is_internet = connection.family in (socket.AF_INET, socket.AF_INET6)
    return address[0] if is_internet and address else None


def is_this_machine(host: str | bytes | None) -> bool:
    """Loopback by number or name, or nothing at all."""
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
