"""A virus scanner where the house has one: what it names is held back, and its silence holds back files, never words."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast
from tests.files import samples
from tests.portal.conftest import text
from tests.portal.test_filing import carried, held, photo, post
from xinfang.petitions.models import Evidence, Petition

SIGN = b"a-sign-that-only-this-test-knows"


class Clamd(threading.Thread):
    """Speaks INSTREAM as clamd does: null-ended command, chunks with their lengths, an empty one, a verdict."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.seen: list[bytes] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.door.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line, line.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                whole = b""
                while size := int.from_bytes(stream.read(4), "big"):
                    whole += stream.read(size)
                self.seen.append(whole)
                line.sendall(b"stream: Test.Sign FOUND\0" if SIGN in whole else b"stream: OK\0")


@pytest.fixture
def clamd(settings: Settings, tmp_path: Any) -> Iterator[Clamd]:
    settings.STORE = tmp_path / "files"
    scanner = Clamd()
    scanner.start()
    settings.CLAMD = scanner.address
    yield scanner
    scanner.door.close()


def test_what_the_scanner_names_is_not_taken_and_the_rest_is(cast: Cast, client: Client, clamd: Clamd) -> None:
    page = held(client, photo("好.jpg", samples.jpeg()), photo("坏.jpg", samples.jpeg() + SIGN))
    assert "“坏.jpg”：这个文件里查出了病毒" in text(page)
    assert clamd.seen[0] == samples.jpeg()
    post(client, held=carried(page))
    assert Evidence.objects.count() == 1


def test_a_scanner_that_does_not_answer_holds_back_the_file_and_not_the_words(
    cast: Cast, client: Client, clamd: Clamd
) -> None:
    clamd.door.shutdown(socket.SHUT_RDWR)  # closing alone leaves the door to the accept that waits at it
    page = held(client, photo("好.jpg", samples.jpeg()))
    assert "现在不能检查文件里有没有病毒" in text(page)
    assert "去年冬天起屋顶漏水。" in text(page)
    post(client)
    assert Petition.objects.count() == 1
