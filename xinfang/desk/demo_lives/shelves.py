"""案卷 of the demonstration: some petitions that were archived are bound, one volume is lent and overdue, some still wait."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from xinfang.archives import actions, retention
from xinfang.archives.actions.bind import Bound
from xinfang.archives.models import Borrowing, CaseFile
from xinfang.desk.demo_lives.heroes import Land
from xinfang.organizations.models import Duty
from xinfang.petitions.queries import visible_to

MOST_BOUND = 12
CASES = ("一号柜一层", "一号柜二层", "二号柜一层")


def tell(land: Land) -> None:
    """Whatever an interrupted start has left stands."""
    archivist = land.company.one(land.bureau, Duty.ARCHIVIST)
    bound_already = Exists(CaseFile.objects.filter(petition=OuterRef("pk")))
    ours = visible_to(archivist).filter(~bound_already, status="archived", organ=land.bureau)
    waiting = ours.select_related("organ").order_by("archived_at", "id")
    there = CaseFile.objects.count()
    for n, petition in enumerate(waiting[: max(0, MOST_BOUND - there)], start=there):
        assert petition.archived_at is not None
        at = min(petition.archived_at + timedelta(days=3), land.now)
        bound = Bound(term=retention.proposed(petition).term, place=CASES[n % len(CASES)])
        actions.bind(petition, bound, by=archivist, at=at)
    _lend(land)


def _lend(land: Land) -> None:
    file = CaseFile.objects.select_related("petition").order_by("filed_at", "id").first()
    if file is None or Borrowing.objects.exists():
        return
    archivist, reader = (land.company.one(land.bureau, duty) for duty in (Duty.ARCHIVIST, Duty.REVIEW_OFFICE))
    volume, lent_at = file.volumes.get(n=1), file.filed_at + timedelta(hours=1)
    actions.lend_volume(
        volume,
        to=reader,
        purpose="核对处理意见。",
        due_on=timezone.localdate(lent_at) + timedelta(days=7),
        by=archivist,
        at=min(lent_at, land.now),
    )
