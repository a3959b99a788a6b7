"""What the archive reads in the trace: who was archived and waits to be bound, so that no list looks at all petitions."""

from collections.abc import Sequence

from xinfang.archives.models import Awaiting, CaseFile
from xinfang.trace.models import Entry


def read(entries: Sequence[Entry]) -> None:
    """Each archived petition waits, unless it was bound before this reader came to it."""
    archived = {entry.subject_id: entry.at for entry in entries if entry.act == "petition.archive"}
    if not archived:
        return
    bound = set(CaseFile.objects.filter(petition__in=archived).values_list("petition", flat=True))
    rows = [Awaiting(petition_id=pk, archived_at=at) for pk, at in archived.items() if pk not in bound]
    Awaiting.objects.bulk_create(rows, ignore_conflicts=True)
