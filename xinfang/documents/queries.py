"""Questions about papers."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, QuerySet

from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.documents.numbers import as_printed
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Officer
from xinfang.trace.models import Entry

_LATEST = Prepared(
    lambda kind, subject, pk: (
        Paper.objects.filter(kind=kind, subject_kind=subject, subject_id=pk).defer("data").order_by("-id")[:1]
    )
)
PRINTED = "paper.print_paper"


def latest_of(kind: PaperKind, subject: tuple[str, int]) -> Paper | None:
    """The last of its kind that was issued about this."""
    return next(iter(_LATEST.all(kind.value, *subject)), None)


def subjects_numbered(typed: str, kind: str) -> QuerySet[Paper, int]:
    """The ids of what the paper of this number is about, where that is of this kind. For a statement that asks more."""
    return Paper.objects.filter(number=as_printed(typed), subject_kind=kind).values_list("subject_id", flat=True)


def copies_of(papers: Sequence[int]) -> dict[int, int]:
    """How often each was printed, by id; what never was is not there."""
    found = Entry.objects.filter(subject_kind="paper", subject_id__in=list(papers), act=PRINTED)
    return dict(found.values_list("subject_id").annotate(Count("id")).order_by())


def printed_at(at: datetime, papers: Sequence[int], *, by: Officer) -> set[int]:
    """Which of these he printed at that moment."""
    found = Entry.objects.filter(subject_kind="paper", subject_id__in=list(papers), act=PRINTED)
    return set(found.filter(officer_id=by.pk, at=at).values_list("subject_id", flat=True))
