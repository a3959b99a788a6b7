"""The tree up to the last place, its leaves computed on both cores: what `sequencer.place_all` does on one."""

from collections.abc import Iterator
from multiprocessing import get_context

from django.db import connections, transaction

from xinfang.trace import sequencer, tree
from xinfang.trace.merkle import WIDTH
from xinfang.trace.models import Place

CHUNK = 100 * WIDTH


def grow(workers: int) -> None:
    """Each chunk in a transaction of its own; one that was stopped goes on where the tree ends."""
    last = Place.objects.order_by("-n").values_list("n", flat=True).first() or 0
    if workers and last - tree.size() > CHUNK:
        for first, leaves in _read(tree.size(), last, workers):
            with transaction.atomic():
                tree.append(first, leaves)
    sequencer.place_all()


def _read(size: int, last: int, workers: int) -> Iterator[tuple[int, list[bytes]]]:
    connections.close_all()  # a fork must not inherit one
    with get_context("fork").Pool(workers) as pool:
        yield from pool.imap(_behind, range(size, last, CHUNK))


def _behind(first: int) -> tuple[int, list[bytes]]:
    return first, tree.behind(first, CHUNK)
