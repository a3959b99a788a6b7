"""Row ids made before the insert: 63 bits, ordered by time, so that a whole act is written without asking the database."""

import secrets
import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_RANDOM_BITS = 22
_last = 0
_turn = threading.Lock()


def new_id() -> int:
    """41 bits of milliseconds since 1970, then 22 random bits; strictly rising within a process.

    Good until 2039; docs/decisions/0002 has the odds.
    """
    global _last
    drawn = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    with _turn:
        _last = max(drawn, _last + 1)
        return _last


def first_id_at(moment: datetime) -> int:
    """No id made before that moment is larger: rows of a day are found by their ids."""
    return int(moment.timestamp() * 1000) << _RANDOM_BITS


if TYPE_CHECKING:
    _Number = models.BigIntegerField[int, int]
else:
    _Number = models.BigIntegerField


class IdField(_Number):
    """A row id. On SQLite it is the rowid itself: a table then has one tree where bigint keys would give it two."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return super().db_type(connection)
