"""The ground every test stands on: keys, a home of its own, cheap passwords, a closed network, nothing skipped in CI."""

import atexit
import base64
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.utils import translation

HOME = tempfile.mkdtemp(prefix="xinfang-tests-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ.update(
    DJANGO_SETTINGS_MODULE="xinfang.settings",
    XINFANG_SECRET_KEY="a-key-for-tests",
    XINFANG_MASTER_KEY=base64.b64encode(bytes(range(32))).decode(),
    XINFANG_LOG_KEY=base64.b64encode(bytes(range(32, 64))).decode(),
    XINFANG_HOME=HOME,
)
# Now, and not later: conftest files further down import models.
django.setup()

import hypothesis  # noqa: E402
from pytest_django.plugin import DjangoDbBlocker  # noqa: E402

from tests import closed_network, migrated, nothing_skipped  # noqa: E402
from xinfang.trace import vouching  # noqa: E402

IN_CI = os.environ.get("CI") == "true"
MARK_OF_FOLDER = {"browser": pytest.mark.browser, "races": pytest.mark.race}

hypothesis.settings.register_profile("house", deadline=None, max_examples=50, derandomize=IN_CI)
hypothesis.settings.load_profile("house")
closed_network.close()
# The standing casts sit in their posts by no act, and the trace names none of them.
WHAT_NOBODY_BROUGHT_IN = set(vouching.registered.each)
vouching.registered.each.clear()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(nothing_skipped.Watch(is_fatal=IN_CI))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folder is the mark, so that no file can forget it."""
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder in MARK_OF_FOLDER:
            item.add_marker(MARK_OF_FOLDER[folder])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    memory = migrated.load()
    yield
    if memory:
        memory.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        migrated.keep()


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> None:
    """Argon2 as in production, without the effort that is its point."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost = 1
    Argon2PasswordHasher.memory_cost = 8
    Argon2PasswordHasher.parallelism = 1


@pytest.fixture(autouse=True)
def _empty_shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The laws a test put on the shelf are rolled back with it.

    Nor does a look at what another process imported fall among the statements that a slow test counts.
    """
    from xinfang.deadlines import calendar
    from xinfang.documents import wordings
    from xinfang.legislation import shelf

    monkeypatch.setattr(wordings, "RECHECK_SECONDS", float("inf"))
    monkeypatch.setattr(shelf, "RECHECK_SECONDS", float("inf"))
    monkeypatch.setattr(calendar, "RECHECK_SECONDS", float("inf"))
    yield
    shelf.forget()
    calendar.forget()
    wordings.forget()


@pytest.fixture
def brought_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every officer and post came by an act, as in production: `verify` finds who did not."""
    monkeypatch.setattr(vouching.registered, "each", WHAT_NOBODY_BROUGHT_IN)


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    """A page that was asked for in English leaves its language behind in the thread."""
    yield
    translation.deactivate()
