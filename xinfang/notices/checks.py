"""Start-up checks: a setting that cannot be read is told before the first message needs it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from xinfang.notices import hours


@register
def hours_and_addresses_can_be_read(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    try:
        hours.quiet(settings.QUIET_HOURS)
    except ValueError:
        hint = "Two hours, 21:00-07:30; empty for none."
        found.append(Error(f"XINFANG_QUIET is {settings.QUIET_HOURS!r}.", hint=hint, id="notices.E001"))
    try:
        hours.clock(settings.DIGEST_AT)
    except ValueError:
        found.append(Error(f"XINFANG_DIGEST_AT is {settings.DIGEST_AT!r}.", hint="An hour, 08:30.", id="notices.E002"))
    if settings.SMS_URL and not settings.SMS_URL.startswith(("https://", "http://")):
        found.append(Error(f"XINFANG_SMS_URL is {settings.SMS_URL!r}.", hint="https://…", id="notices.E003"))
    return found
