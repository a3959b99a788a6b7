"""Whether what lies in a volume is what was bound: each item is read again and held against its digest."""

from typing import Any

from xinfang.archives import binding
from xinfang.archives.models import Item, Source, Volume
from xinfang.documents.models import Paper
from xinfang.files import store
from xinfang.petitions.models import Evidence, Original, Petition

GONE, CHANGED, DAMAGED = "gone", "changed", "damaged"


def problems(volume: Volume, petition: Petition) -> list[list[Any]]:
    """[n of the item, what is wrong], empty when all is well. Reads every byte of every file."""
    read = ((item.n, _CHECKS[Source(item.source)](item, petition)) for item in volume.items.order_by("n"))
    return [[n, wrong] for n, wrong in read if wrong]


def _paper(item: Item, petition: Petition) -> str:
    paper = Paper.objects.filter(pk=item.source_id).first()
    if paper is None:
        return GONE
    return "" if binding.paper_digest(paper) == item.digest else CHANGED


def _evidence(item: Item, petition: Petition) -> str:
    one = Evidence.objects.filter(pk=item.source_id, petition=petition).select_related("original", "copy").first()
    if one is None:
        return GONE
    if one.original.address != item.digest:
        return CHANGED
    return "" if store.verify(one.original) and store.verify(one.copy) else DAMAGED


def _original(item: Item, petition: Petition) -> str:
    one = Original.objects.filter(pk=item.source_id, petition=petition).select_related("petition").first()
    if one is None:
        return GONE
    return "" if binding.original_digest(one) == item.digest else CHANGED


_CHECKS = {Source.PAPER: _paper, Source.EVIDENCE: _evidence, Source.ORIGINAL: _original}
