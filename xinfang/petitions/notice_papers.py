"""告知待送: the notices that were frozen and have not gone out, read from the trace, so that no act waits for it or pays for it.

A message that there is news is no notice (条例 二十二、二十三 ask for writing): whatever way the petitioner chose, the paper goes
to him, and whoever sent it says how and when.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock
from xinfang.documents.models import Paper
from xinfang.organizations.models import Duty, Officer, Seat
from xinfang.petitions.lifecycle import MOVES
from xinfang.petitions.models import Assignment, Hearing, NoticeSent, NoticeWaiting, Petition, ReviewCase
from xinfang.petitions.models.notice_paper import NO_CLOCK
from xinfang.petitions.queries import of_visible
from xinfang.petitions.telling import NEWS
from xinfang.trace.models import Entry

TELLING = frozenset(verb for verb, move in MOVES.items() if NEWS.intersection(move.papers))
SENDERS = frozenset(
    {Duty.REGISTRAR, Duty.DISPATCHER, Duty.BUREAU_HEAD, Duty.UNIT_HEAD, Duty.CASE_HANDLER, Duty.DISCIPLINE}
)
OF_REVIEWS = frozenset({Duty.REVIEW_OFFICE, Duty.BUREAU_HEAD})
"""What belongs to a review is sent by who looks at it."""

# The clocks that the petitioner must be told within; an extension, and a hearing called off, is told on its day, a hearing
# seven days before.
WITHIN = frozenset({Clock.D2, Clock.D4, Clock.D10_ADMISSION})
ON_THE_DAY = frozenset({"assignment.extend", "hearing.drop_hearing"})
BEFORE_A_HEARING = timedelta(days=7)
NEW = timedelta(days=30)
"""A history that is read for the first time, or was imported: what is older has gone long ago."""
_PAPER = "documents.paper"


def sends(officer: Officer, *, is_of_review: bool) -> tuple[Seat, ...]:
    """The seats from which he sends such notices, each for its own unit."""
    duties = OF_REVIEWS if is_of_review else SENDERS
    return tuple(seat for seat in officer.seats if seat.duty in duties)


def waiting(officer: Officer) -> QuerySet[NoticeWaiting]:
    """What his units have to send, of petitions that he may know of."""
    own = {seat.unit_code for seat in sends(officer, is_of_review=False)}
    looked_at = {seat.unit_code for seat in sends(officer, is_of_review=True)}
    his = Q(unit_code__in=own, is_of_review=False) | Q(unit_code__in=looked_at, is_of_review=True)
    return NoticeWaiting.objects.filter(his, of_visible(officer))


def read(entries: Sequence[Entry]) -> None:
    """A batch, in a handful of statements."""
    since = timezone.now() - NEW
    heard = {pk: entry for entry in entries if entry.act in TELLING and entry.at >= since for pk in _papers_of(entry)}
    if not heard:
        return
    sent = set(NoticeSent.objects.filter(paper__in=heard).values_list("paper", flat=True))
    papers = Paper.objects.filter(pk__in=set(heard) - sent, kind__in=NEWS).defer("data")
    pairs = [(paper, heard[paper.pk]) for paper in papers]
    if pairs:
        _put_down(pairs)


def _papers_of(entry: Entry) -> Iterable[int]:
    return (pk for label, pk in entry.facts.get("rows", ()) if label == _PAPER)


def _put_down(pairs: Sequence[tuple[Paper, Entry]]) -> None:
    about = _Subjects([entry for _paper, entry in pairs])
    rows = []
    for paper, entry in pairs:
        petition = about.petition_of(entry)
        if petition is None or petition.is_anonymous:
            continue
        facts = {"petition": petition, "unit_code": paper.unit_code, "is_of_review": about.is_of_review(entry)}
        rows.append(NoticeWaiting(paper=paper, due_on=about.due_on(entry), **facts))
    NoticeWaiting.objects.bulk_create(rows, ignore_conflicts=True)


class _Subjects:
    """What the entries of one batch are about."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        kinds = {"assignment": Assignment, "review": ReviewCase, "hearing": Hearing}
        self.rows: dict[tuple[str, int], Assignment | ReviewCase | Hearing] = {}
        for kind, model in kinds.items():
            if ids := [entry.subject_id for entry in entries if entry.subject_kind == kind]:
                found = model.objects.select_related("petition").in_bulk(ids)  # type: ignore[attr-defined]
                self.rows |= {(kind, pk): row for pk, row in found.items()}
        own = [entry.subject_id for entry in entries if entry.subject_kind == "petition"]
        self.petitions = Petition.objects.in_bulk(own) if own else {}
        self.clocks = self._stopped(entries)

    def _stopped(self, entries: Sequence[Entry]) -> dict[tuple[str, int, datetime], date]:
        """The last day of the clock that each act stopped by telling."""
        found = Promise.objects.filter(
            subject_id__in={entry.subject_id for entry in entries},
            subject__in={entry.subject_kind for entry in entries},
            clock__in=WITHIN,
            stopped_at__in={entry.at for entry in entries},
        )
        return {(one.subject, one.subject_id, one.stopped_at): one.due_on for one in found if one.stopped_at}

    def petition_of(self, entry: Entry) -> Petition | None:
        row = self.rows.get((entry.subject_kind, entry.subject_id))
        return row.petition if row else self.petitions.get(entry.subject_id)

    def is_of_review(self, entry: Entry) -> bool:
        row = self.rows.get((entry.subject_kind, entry.subject_id))
        return isinstance(row, ReviewCase) or (isinstance(row, Hearing) and row.review_id is not None)

    def due_on(self, entry: Entry) -> date:
        row = self.rows.get((entry.subject_kind, entry.subject_id))
        if isinstance(row, Hearing) and row.starts_at and entry.act == "hearing.notice_hearing":
            return timezone.localdate(row.starts_at) - BEFORE_A_HEARING
        if entry.act in ON_THE_DAY:
            return timezone.localdate(entry.at)
        return self.clocks.get((entry.subject_kind, entry.subject_id, entry.at), NO_CLOCK)
