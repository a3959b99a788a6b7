"""What the trace last said of who keeps the accusations, and of where an original lies: for `verify`."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from xinfang.petitions.models import Custodian, Loan, Original, Remark
from xinfang.trace import verify

CUSTODY = ("until", "confirmed_by_id", "confirmed_at")
_LABEL = Remark._meta.label_lower
Custody = tuple[date | None, int | None, datetime | None]


def custody(custodians: Sequence[Custodian]) -> dict[int, Custody]:
    """Nobody keeps the compartment whom no act confirmed, and nobody longer than until an act relieved him."""
    found: dict[int, Custody] = {one.pk: (None, None, None) for one in custodians}
    since = {one.pk: one.since for one in custodians}
    for entry in verify.entries_of("custodian", list(found), ["custodian.confirm", "custodian.relieve"]):
        until, by, at = found[entry.subject_id]
        if entry.act == "custodian.confirm":
            by, at = entry.officer_id, entry.at
        else:
            until = max(since[entry.subject_id], timezone.localdate(entry.at))
        found[entry.subject_id] = (until, by, at)
    return found


def returns(loans: Sequence[Loan]) -> dict[int, tuple[datetime | None]]:
    """An original is lent to one at a time: its loans came back in their order.

    While a petition is sealed its entries name no original (`road.beside`): then only that something came back at that moment.
    """
    petitions = dict(Original.objects.filter(loans__in=loans).values_list("pk", "petition_id"))
    back: dict[int, list[datetime]] = defaultdict(list)
    unnamed: dict[int, set[datetime]] = defaultdict(set)
    for entry in verify.entries_of("petition", set(petitions.values()), ["original.take_back"]):
        if "original" in entry.facts:
            back[entry.facts["original"]].append(entry.at)
        else:
            unnamed[entry.subject_id].add(entry.at)
    found: dict[int, tuple[datetime | None]] = {}
    for one in Loan.objects.filter(original__in=petitions).order_by("pk").only("pk", "original_id", "returned_at"):
        times, others = back[one.original_id], unnamed.get(petitions[one.original_id], set())
        if one.returned_at in others:
            found[one.pk] = (one.returned_at,)
        else:
            found[one.pk] = (times.pop(0) if times else None,)
    return found


def places(originals: Sequence[Original]) -> dict[int, tuple[str]]:
    """As the last remark says that an act vouches for; not where one was moved while its petition was sealed, or it is erased."""
    last: dict[int, int] = {}
    unnamed: set[int] = set()
    petitions = {one.petition_id for one in originals}
    for entry in verify.entries_of("petition", petitions, ["original.keep", "original.move"]):
        if "original" in entry.facts:
            last[entry.facts["original"]] = next(pk for label, pk in entry.facts["rows"] if label == _LABEL)
        else:
            unnamed.add(entry.subject_id)
    told = [one.pk for one in originals if one.pk in last and one.petition_id not in unnamed]
    remarks = Remark.objects.select_related("petition").in_bulk([last[pk] for pk in told])
    kept = {pk: remarks[last[pk]] for pk in told if last[pk] in remarks}
    return {pk: (remark.text,) for pk, remark in kept.items() if remark.petition.key_wrapped}
