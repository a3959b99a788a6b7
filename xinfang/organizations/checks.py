"""Start-up checks of this room."""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError


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


@register
def the_county_is_the_one_that_was_loaded(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """XINFANG_COUNTY and the code in county.toml are of one county, or lists of places come up empty."""
    loaded = _loaded_counties()
    if not loaded or any(code.startswith(settings.COUNTY) for code in loaded):
        return []
    return [
        Error(
            f"XINFANG_COUNTY 是“{settings.COUNTY}”，装载的区县文件（county.toml）却是“{loaded[0][:6]}”。",
            hint="把 XINFANG_COUNTY 改成 county.toml 里的 code。",
            id="organizations.E002",
        )
    ]


def _loaded_counties() -> list[str]:
    """Nothing before the first migration, and nothing where there is no database to ask."""
    from xinfang.organizations.models import Division, DivisionKind

    try:
        return list(Division.objects.filter(kind=DivisionKind.DISTRICT).values_list("code", flat=True))
    except DatabaseError:
        return []
