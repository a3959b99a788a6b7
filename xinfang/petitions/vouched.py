"""What the trace last said of who keeps the accusations, and of where an original lies: for `verify`."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from xinfang.petitions.codes import Confidentiality
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
    """An original is lent to one at a time: its loans came back in their order."""
    originals = dict(Original.objects.filter(loans__in=loans).values_list("pk", "petition_id"))
    back: dict[int, list[datetime]] = defaultdict(list)
    for entry in verify.entries_of("petition", set(originals.values()), ["original.take_back"]):
        if "original" in entry.facts:
            back[entry.facts["original"]].append(entry.at)
    found: dict[int, tuple[datetime | None]] = {}
    # The entries of a sealed petition name no original (`road.beside`).
    told = Loan.objects.filter(original__in=originals, original__petition__confidentiality=Confidentiality.NORMAL)
    for one in told.order_by("pk").only("pk", "original_id"):
        times = back[one.original_id]
        found[one.pk] = (times.pop(0) if times else None,)
    return found


def places(originals: Sequence[Original]) -> dict[int, tuple[str]]:
    """As the last remark says that an act vouches for; of an erased petition nothing can be read any more."""
    last: dict[int, int] = {}
    for entry in verify.entries_of(
        "petition", {one.petition_id for one in originals}, ["original.keep", "original.move"]
    ):
        if "original" in entry.facts:
            last[entry.facts["original"]] = next(pk for label, pk in entry.facts["rows"] if label == _LABEL)
    remarks = Remark.objects.select_related("petition").in_bulk([last[one.pk] for one in originals if one.pk in last])
    kept = {one.pk: remarks[last[one.pk]] for one in originals if last.get(one.pk) in remarks}
    return {pk: (remark.text,) for pk, remark in kept.items() if remark.petition.key_wrapped}
