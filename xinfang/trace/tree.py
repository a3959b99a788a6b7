"""The tree of the log in the database: only ever added to, and read a tile at a time.

`Leaf` rows are level 0. A tile that is full gets one `Node` row, its root, which is a hash of the level above; so a batch costs
its own leaves and a row for every 256, partial tiles are read from the same rows, and nothing is written twice.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Max

from xinfang.trace import merkle
from xinfang.trace.leaves import leaf_of
from xinfang.trace.merkle import WIDTH
from xinfang.trace.models import Leaf, Node, Place

BATCH = 1000


class Gap(Exception):
    """A place is missing before the tree has come to it. `trace verify` names it."""


def size() -> int:
    return Leaf.objects.aggregate(n=Max("n"))["n"] or 0


def append(first: int, leaves: Sequence[bytes]) -> None:
    """The next leaves, inside the sequencer's transaction; `first` counts from 0 and is the size before."""
    Leaf.objects.bulk_create([Leaf(n=n, data=data) for n, data in enumerate(leaves, start=first + 1)])
    _close(0, first, first + len(leaves))


def _close(level: int, before: int, after: int) -> None:
    """Each tile of this level that has become full is a hash of the next."""
    full = range(before // WIDTH, after // WIDTH)
    if full:
        Node.objects.bulk_create([Node(pk=Node.key(level + 1, i), hash=merkle.full_root(tile(level, i))) for i in full])
        _close(level + 1, full.start, full.stop)


def catch_up() -> int:
    """Leaves for places that have none yet: those of a release before the tree. A batch, inside a transaction."""
    start = size()
    places = list(Place.objects.filter(n__gt=start).order_by("n").select_related("entry")[:BATCH])
    for expected, place in enumerate(places, start=start + 1):
        if place.n != expected:
            raise Gap(f"place {expected} is missing")
    append(start, [leaf_of(place.entry) for place in places])
    return len(places)


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
