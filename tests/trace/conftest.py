"""A cast, and the guard taken away for those who lie."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast, assemble
from xinfang.trace import guard


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def unguarded(db: None) -> None:
    """The rollback at the end of the test puts the guard back."""
    connection.check_constraints()  # PostgreSQL drops no trigger of a table that still has rows to check
    guard.remove(connection)


@pytest.fixture
def raw(db: None) -> Callable[..., None]:
    """A hand at the database, past every verb."""

    def run(statement: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run
