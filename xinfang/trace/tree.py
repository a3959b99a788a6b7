"""The tree of the log in the database: only ever added to, and read a tile at a time.

`Leaf` rows are level 0. A tile that is full gets one `Node` row, its root, which is a hash of the level above; so a batch costs
its own leaves and a row for every 256, partial tiles are read from the same rows, and nothing is written twice.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Max

from xinfang.foundation import written
from xinfang.trace import leaves, merkle
from xinfang.trace.merkle import WIDTH
from xinfang.trace.models import Leaf, Node

BATCH = 16 * WIDTH
"""Of what is caught up in one transaction: on SQLite an act waits a twentieth of a second for it, no longer."""


class Gap(Exception):
    """A place is missing before the tree has come to it. `trace verify` names it."""


def size() -> int:
    return Leaf.objects.aggregate(n=Max("n"))["n"] or 0


def append(first: int, data: Sequence[bytes]) -> None:
    """The next leaves, inside the sequencer's transaction; `first` counts from 0 and is the size before."""
    written.pour(Leaf, list(enumerate(data, start=first + 1)))
    _close(0, first, [merkle.leaf_hash(one) for one in data])


def _close(level: int, first: int, new: Sequence[bytes]) -> None:
    """These hashes are new from `first` on: each tile of them that has become full is a hash of the next level."""
    i, before = divmod(first, WIDTH)
    if before + len(new) < WIDTH:
        return
    known = [*row(level, first - before, first), *new]
    full = [merkle.full_root(known[at : at + WIDTH]) for at in range(0, len(known) - WIDTH + 1, WIDTH)]
    written.pour(Node, [(Node.key(level + 1, n), one) for n, one in enumerate(full, start=i)])
    _close(level + 1, i, full)


def catch_up() -> int:
    """Leaves for places that have none yet: those of a release before the tree, or of rows that were loaded in bulk.

    A batch, inside a transaction: whatever ends it, the next one begins where the tree ends.
    """
    start = size()
    found = behind(start, BATCH)
    append(start, found)
    return len(found)


def behind(start: int, most: int) -> list[bytes]:
    """The leaves of the places after `start`, not one of them missing."""
    found = leaves.placed(start, most)
    for expected, (n, _) in enumerate(found, start=start + 1):
        if n != expected:
            raise Gap(f"place {expected} is missing")
    return [leaf for _, leaf in found]


def data(first: int, end: int) -> list[bytes]:
    """What the log publishes of these leaves, counted from 0."""
    return _column("SELECT data FROM trace_leaf WHERE n > %s AND n <= %s ORDER BY n", first, end)


def row(level: int, first: int, end: int) -> list[bytes]:
    """Hashes of one level. Short when the tree is."""
    if level == 0:
        return [merkle.leaf_hash(one) for one in data(first, end)]
    keys = Node.key(level, first), Node.key(level, end)
    return _column("SELECT hash FROM trace_node WHERE id >= %s AND id < %s ORDER BY id", *keys)


def _column(sql: str, *params: int) -> list[bytes]:
    """Asked several times for each proof: half of what a proof costs would be the making of the query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [bytes(one) for (one,) in cursor.fetchall()]


def tile(level: int, i: int, width: int = WIDTH) -> list[bytes]:
    return row(level, i * WIDTH, i * WIDTH + width)


class _Tiles:
    """Each tile is read once for a proof."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._read: dict[tuple[int, int], list[bytes]] = {}

    def row(self, level: int, first: int, end: int) -> Sequence[bytes]:
        i, offset = divmod(first, WIDTH)
        if (level, i) not in self._read:
            self._read[level, i] = tile(level, i, min(WIDTH, (self.size >> 8 * level) - i * WIDTH))
        return self._read[level, i][offset : offset + end - first]


def root(size: int) -> bytes:
    return merkle.root(size, _Tiles(size).row)


def inclusion(index: int, size: int) -> list[bytes]:
    return merkle.inclusion(index, size, _Tiles(size).row)


def inclusions(indexes: Iterable[int], size: int) -> list[list[bytes]]:
    """Proofs to one root, that share what they read."""
    tiles = _Tiles(size)
    return [merkle.inclusion(index, size, tiles.row) for index in indexes]


def consistency(old: int, new: int) -> list[bytes]:
    return merkle.consistency(old, new, _Tiles(new).row)
