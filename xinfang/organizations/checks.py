"""Start-up checks of this room."""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


def is_loopback(host: str) -> bool:
    """Whether only this machine can be meant: localhost, *.localhost, 127.0.0.0/8 or ::1."""
    name = host.strip().strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


@register
def demo_stays_at_home(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """A demonstration has published passwords, so nobody else may reach it."""
    if not settings.DEMO:
        return []
    outside = [host for host in settings.ALLOWED_HOSTS if not is_loopback(host)]
    return [
        Error(
            f"演示模式只能在本机使用，XINFANG_HOSTS 中不能有“{host}”。",
            hint="去掉 XINFANG_DEMO，或去掉这个地址。",
            id="organizations.E001",
        )
        for host in outside
    ]
