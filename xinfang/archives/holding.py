"""What this room tells `petitions.holds`: how long a file is kept and what holds it; and what it reads of files that are gone."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from xinfang.archives.models import Borrowing, CaseFile, FileSeal
from xinfang.petitions.erasure import ERASED
from xinfang.petitions.models import Petition
from xinfang.trace.models import Entry


def term_of(petition: Petition, today: date) -> str:
    """The retention term: it runs, it never ends, or nobody has set it yet. Empty when it is over."""
    file = CaseFile.objects.filter(petition=petition).first()
    if file is None:
        return _("这一件还没有立卷，保管期限没有定，不能销毁。")
    if file.keep_until is None:
        return _("这一卷永久保管，不能销毁。")
    if file.keep_until >= today:
        return _("保管期限到 %(day)s 为止，没有满，不能销毁。") % {"day": file.keep_until.isoformat()}
    return ""


def held(petition: Petition, today: date) -> str:
    """Somebody has it, or it is sealed."""
    if Borrowing.objects.filter(volume__file__petition=petition, returned_at__isnull=True).exists():
        return _("案卷借出还没有归还，不能销毁。")
    if FileSeal.objects.filter(file__petition=petition, opened_at__isnull=True).exists():
        return _("案卷已经封存，不能销毁。")
    return ""


def note_erased(entries: Sequence[Entry]) -> None:
    """A file whose petition was erased on request is as gone as one that was on a list: the act stands in the trace."""
    for entry in entries:
        if entry.act == ERASED:
            rows = CaseFile.objects.filter(petition=entry.subject_id, destroyed_at__isnull=True)
            rows.update(destroyed_at=entry.at)
