"""On SQLite the tests begin with the same empty database each time: migrated once, and kept by the digest of what made it.

Migrating costs five seconds of CPU, more than most single files of tests. The kept copy is loaded into the memory where
Django is about to make its test database; its `migrate` then finds nothing left to do.
"""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import django
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
# What migrations call, besides what Django is asked to make of them.
MADE_BY = ("xinfang/*/migrations/*.py", "xinfang/*/guard.py", "xinfang/foundation/ids.py")


def kept() -> Path:
    whole = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for file in sorted(file for pattern in MADE_BY for file in ROOT.glob(pattern)):
        whole.update(file.name.encode() + file.read_bytes())
    return Path(tempfile.gettempdir()) / f"xinfang-migrated-{os.getuid()}-{whole.hexdigest()[:16]}.sqlite3"


def load() -> sqlite3.Connection | None:
    """The kept database in the memory of this process. It lives while the connection is open."""
    if connection.vendor != "sqlite" or not kept().exists():
        return None
    memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with closing(sqlite3.connect(kept())) as file:
        file.backup(memory)
    return memory


def keep() -> None:
    """Two processes that come at once leave one whole file."""
    if connection.vendor != "sqlite" or kept().exists():
        return
    part = kept().with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with closing(sqlite3.connect(part)) as file:
        connection.connection.backup(file)
    part.replace(kept())
