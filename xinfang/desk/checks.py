"""Start-up checks of this face."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

READER = re.compile(r"http://127\.0\.0\.1:[1-9]\d{1,4}")


@register
def the_card_reader_is_on_this_machine(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """A page may ask one address besides this site, and no other machine's."""
    if not settings.CARD_READER or READER.fullmatch(settings.CARD_READER):
        return []
    said = f"XINFANG_CARD_READER is {settings.CARD_READER!r}, which is not http://127.0.0.1:PORT."
    return [Error(said, hint="Leave it empty, or name the port of the helper program.", id="desk.E001")]
