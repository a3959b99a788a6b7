"""Start-up checks: archives.E001 the list of retention terms."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from xinfang.archives import retention


@register
def retention_can_be_read(**kwargs: Any) -> list[CheckMessage]:
    try:
        retention.rules()
    except ValueError as error:
        return [Error(str(error), hint="See xinfang/archives/retention.toml.", id="archives.E001")]
    return []
