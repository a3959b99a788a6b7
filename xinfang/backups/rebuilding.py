"""The tree once more, from the entries themselves, to hold against a checkpoint that others have signed."""

from xinfang.trace.checkpoints import cosigned
from xinfang.trace.leaves import leaf_of
from xinfang.trace.merkle import EMPTY, leaf_hash, node_hash
from xinfang.trace.models import Checkpoint, Place


def root_of_entries(size: int) -> bytes:
    """RFC 6962's root of the first `size` entries, from left to right; no row of the tree is read."""
    stack: list[tuple[int, bytes]] = []
    places = Place.objects.filter(n__lte=size).order_by("n").select_related("entry")
    for place in places.iterator(chunk_size=1000):
        height, node = 0, leaf_hash(leaf_of(place.entry))
        while stack and stack[-1][0] == height:
            height, node = height + 1, node_hash(stack.pop()[1], node)
        stack.append((height, node))
    root = stack.pop()[1] if stack else EMPTY
    while stack:
        root = node_hash(stack.pop()[1], root)
    return root


def to_compare(entries: int) -> Checkpoint | None:
    """The largest public checkpoint that a backup of so many entries covers, one that witnesses signed before any other."""
    covered = Checkpoint.objects.filter(is_public=True, size__lte=entries).order_by("-size")
    return covered.filter(cosignatures__isnull=False).first() or covered.first()


def note_of(entries: int) -> str:
    """As it is written into a backup's list: for whoever restores it when nothing else is left."""
    checkpoint = to_compare(entries)
    return str(cosigned(checkpoint)) if checkpoint else ""
