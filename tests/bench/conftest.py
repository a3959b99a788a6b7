"""One county for every test here: loading it costs a second."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from bench import county, fill
from bench.county import County
from xinfang.trace import sequencer


@pytest.fixture(scope="session")
def until() -> datetime:
    return fill.last_monday()


@pytest.fixture(scope="module")
def here(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[County]:
    """Undone after the module; its tests share what they write."""
    with django_db_blocker.unblock(), transaction.atomic():
        county.load()
        sequencer.place_all()
        yield county.read()
        transaction.set_rollback(True)
