"""Questions about papers."""

from collections.abc import Sequence

from django.db.models import Count

from xinfang.trace.models import Entry

PRINTED = "paper.print_paper"


def copies_of(papers: Sequence[int]) -> dict[int, int]:
    """How often each was printed, by id; what never was is not there."""
    found = Entry.objects.filter(subject_kind="paper", subject_id__in=list(papers), act=PRINTED)
    return dict(found.values_list("subject_id").annotate(Count("id")).order_by())
