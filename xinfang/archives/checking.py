"""Whether what lies in a volume is what was bound: each item is read again and held against its digest."""

from collections.abc import Mapping
from typing import Any

from xinfang.archives import binding
from xinfang.archives.models import Item, Source, Volume
from xinfang.documents.models import Paper
from xinfang.files import store
from xinfang.petitions.models import Evidence, Original, Petition

GONE, CHANGED, DAMAGED = "gone", "changed", "damaged"


Read = Mapping[str, bool]
"""Whether a file is whole, by its address."""


def read_through(volume: Volume) -> Read:
    """Every byte of every file of it, which takes its time: before the act."""
    ids = volume.items.filter(source=Source.EVIDENCE).values("source_id")
    rows = Evidence.objects.filter(pk__in=ids).select_related("original", "copy")
    blobs = {blob.address: blob for one in rows for blob in (one.original, one.copy)}
    return {address: store.verify(blob) for address, blob in blobs.items()}


def problems(volume: Volume, petition: Petition, read: Read) -> list[list[Any]]:
    """[n of the item, what is wrong], empty when all is well. A file that was not read is not whole."""
    checks = ((item.n, _CHECKS[Source(item.source)](item, petition, read)) for item in volume.items.order_by("n"))
    return [[n, wrong] for n, wrong in checks if wrong]


def _paper(item: Item, petition: Petition, read: Read) -> str:
    paper = Paper.objects.filter(pk=item.source_id).first()
    if paper is None:
        return GONE
    return "" if binding.paper_digest(paper) == item.digest else CHANGED


def _evidence(item: Item, petition: Petition, read: Read) -> str:
    one = Evidence.objects.filter(pk=item.source_id, petition=petition).select_related("original", "copy").first()
    if one is None:
        return GONE
    if one.original.address != item.digest:
        return CHANGED
    return "" if read.get(one.original.address) and read.get(one.copy.address) else DAMAGED


def _original(item: Item, petition: Petition, read: Read) -> str:
    one = Original.objects.filter(pk=item.source_id, petition=petition).select_related("petition").first()
    if one is None:
        return GONE
    return "" if binding.original_digest(one) == item.digest else CHANGED


_CHECKS = {Source.PAPER: _paper, Source.EVIDENCE: _evidence, Source.ORIGINAL: _original}
