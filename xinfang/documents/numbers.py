"""Numbers without gaps: taken inside the transaction that uses them, so a rollback gives them back."""

from django.db import connection

_NEXT = """
INSERT INTO documents_series (name, last) VALUES (%s, 1)
ON CONFLICT (name) DO UPDATE SET last = documents_series.last + 1 RETURNING last
"""


def take(series: str) -> int:
    """The next number. Others wait for this transaction from here on, so take it late."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series])
        return int(cursor.fetchone()[0])
