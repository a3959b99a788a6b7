"""短信网关: the seam to whoever carries SMS. One protocol, one real side; the fake stands with the tests that hold both to it."""

import json
import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from typing import Protocol

from django.conf import settings

TIMEOUT = 10
_TRY_AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class NotSent(Exception):
    """It did not go out. `is_final`: to try again would be of no use."""

    def __init__(self, *, is_final: bool) -> None:
        super().__init__("final" if is_final else "for now")
        self.is_final = is_final


class Gateway(Protocol):
    """Takes one message. `reference` is the same each time a message is tried, so that a gateway may drop a second copy."""

    def send(self, to: str, text: str, *, reference: str) -> None: ...


class HttpGateway:
    """POST {"to", "text", "reference"} as JSON, with the token as bearer.

    2xx: taken. 4xx: refused for good, but for 408 and 429. Everything else, and silence: not now.
    """

    def __init__(self, url: str, token: str = "") -> None:
        self.url, self.token = url, token

    def send(self, to: str, text: str, *, reference: str) -> None:
        body = json.dumps({"to": to, "text": text, "reference": reference}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.url, data=body, headers=headers, method="POST")  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
                return
        except urllib.error.HTTPError as error:
            error.close()
            is_final = HTTPStatus.BAD_REQUEST <= error.code < HTTPStatus.INTERNAL_SERVER_ERROR
            raise NotSent(is_final=is_final and error.code not in _TRY_AGAIN) from None
        except (OSError, HTTPException):
            raise NotSent(is_final=False) from None


def of_this_county() -> Gateway:
    return HttpGateway(settings.SMS_URL, settings.SMS_TOKEN)
