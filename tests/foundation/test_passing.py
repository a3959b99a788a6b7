"""On SQLite whoever comes seldom goes before those who write without a pause, and stops nobody for long."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.utils import ConnectionHandler

from xinfang.foundation.sqlite import passing

SOON = 10.0


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "county.sqlite3"


@pytest.fixture
def ours(database: Path) -> Iterator[Any]:
    """A connection to a file, made by the backend that the settings name where there is no other."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 5}
    found = ConnectionHandler(
        {DEFAULT_DB_ALIAS: {"ENGINE": "xinfang.foundation.sqlite", "NAME": database, "OPTIONS": options}}
    )[DEFAULT_DB_ALIAS]
    found.inc_thread_sharing()
    yield found
    found.close()


def begun(do: Callable[[], object]) -> tuple[threading.Thread, threading.Event]:
    done = threading.Event()
    thread = threading.Thread(target=lambda: (do(), done.set()))
    thread.start()
    return thread, done


def test_who_is_about_to_begin_waits_until_the_first_is_through(database: Path) -> None:
    with passing.first(database):
        thread, done = begun(lambda: passing.let_pass(database))
        assert not done.wait(0.1)
    assert done.wait(SOON)
    thread.join()


def test_who_goes_first_passes_himself(database: Path) -> None:
    with passing.first(database):
        before = time.monotonic()
        passing.let_pass(database)
        assert time.monotonic() - before < passing.MOST


def test_two_who_go_first_do_so_one_after_the_other(database: Path) -> None:
    def second() -> None:
        with passing.first(database):
            pass

    with passing.first(database):
        thread, done = begun(second)
        assert not done.wait(0.1)
    assert done.wait(SOON)
    thread.join()


def test_one_that_has_stopped_in_the_middle_stops_nobody(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "MOST", 0.05)
    with passing.first(database):
        thread, done = begun(lambda: passing.let_pass(database))
        assert done.wait(SOON)
        thread.join()


def test_one_that_fails_is_out_of_the_way(database: Path) -> None:
    with pytest.raises(ZeroDivisionError), passing.first(database):
        raise ZeroDivisionError
    _, done = begun(lambda: passing.let_pass(database))
    assert done.wait(SOON)


@pytest.mark.django_db
def test_a_transaction_of_the_house_lets_the_first_pass(
    ours: Any, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(passing, "let_pass", asked.append)
    ours.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    ours.rollback()
    ours.set_autocommit(True)
    assert asked == [database]


def test_the_settings_name_our_backend() -> None:
    if connection.vendor == "sqlite":
        assert settings.DATABASES[DEFAULT_DB_ALIAS]["ENGINE"] == "xinfang.foundation.sqlite"
