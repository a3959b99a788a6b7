"""Petitions by the key that their registration, or the reception before it, was done under."""

from collections.abc import Iterable

from xinfang.petitions.models import Petition
from xinfang.trace.models import Entry

_BEGINNINGS = ("petition.register", "petition.receive")


def registered_under(keys: Iterable[str]) -> dict[str, Petition]:
    entries = Entry.objects.filter(once__in=list(keys), act__in=_BEGINNINGS)
    ids = {once: pk for once, pk in entries.values_list("once", "subject_id") if once}
    petitions = Petition.objects.select_related("organ").in_bulk(list(ids.values()))
    return {once: petitions[pk] for once, pk in ids.items()}
