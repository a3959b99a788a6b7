"""Rows that really are committed. The guard of the trace steps aside while the tables are emptied after each test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast, assemble
from xinfang.deadlines import calendar
from xinfang.trace import guard


@pytest.fixture
def _guard_stands_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Set up before the database, so that it is torn down after the emptying."""
    yield
    with django_db_blocker.unblock():
        guard.install(connection)
        connection.close()


@pytest.fixture
def county(_guard_stands_again: None, transactional_db: None) -> Iterator[Cast]:
    """The cast, for everybody to see. The calendar is read once, or every thread would read it first."""
    assert connection.vendor == "postgresql", "races are run on PostgreSQL: pytest -m 'not race' leaves them out"
    cast = assemble()
    calendar.current()
    yield cast
    guard.remove(connection)
