"""A county that is connected: a carrier of SMS and a mail server on this machine."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Letter
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from tests.cast import Cast, assemble
from tests.notices import sms


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def carrier(settings: Settings) -> Iterator[sms.Box]:
    with sms.carrier() as (address, box):
        settings.SMS_URL, settings.SMS_TOKEN, settings.QUIET_HOURS = address, sms.TOKEN, ""
        yield box


class Post:
    """What the mail server took, and whom it refuses."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.answer = "250 taken"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if not self.answer.startswith("250"):
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 taken"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=_free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    settings.MAIL_FROM, settings.QUIET_HOURS = "信访局 <notice@example.cn>", ""
    yield post
    server.stop()
