"""Power gone in mid-form: what is typed is kept as it is typed, sealed, for its officer alone, one for each drawn form.

A draft is no fact. It leaves when its form has been sent, when its officer drops it, or after a week.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import QueryDict

from xinfang.desk.kept import SECRET
from xinfang.desk.models import Draft
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import Unreadable, officer_key, seal, unseal
from xinfang.organizations.models import Officer
from xinfang.trace.models import Entry

LIFE = timedelta(weeks=1)
LARGEST = 1_000_000  # bytes: the longest text there is, three times over
MARKS = SECRET | {"once", "seen", "page", "restored", "look"}
_APART = "#"


@dataclass(frozen=True)
class Unsent:
    """What was typed into one form and not sent."""

    pk: int
    saved_at: datetime
    data: QueryDict


def save(officer: Officer, *, path: str, mark: str, typed: QueryDict, at: datetime) -> Draft:
    """`mark` is the drawn form's own, so that two tabs keep two drafts."""
    fields = [(name, value) for name, values in typed.lists() if name not in MARKS for value in values]
    plain = json.dumps(fields, ensure_ascii=False).encode()
    if len(plain) > LARGEST:
        raise Refused("内容太长，没有暂存。请先登记，其余内容作为材料补充。")
    page = _page(path, mark)
    sealed = seal(officer_key(officer.pk), plain, context=_context(page))
    return Draft.objects.update_or_create(officer=officer, page=page, defaults={"sealed": sealed, "saved_at": at})[0]


def unsent(officer: Officer, path: str, *, at: datetime) -> list[Unsent]:
    """What this officer has begun on this page and not sent, the latest first."""
    rows = Draft.objects.filter(officer=officer, page__startswith=path + _APART, saved_at__gt=at - LIFE)
    kept = {_once(officer, row.page.rpartition(_APART)[2]): row for row in rows.order_by("-saved_at", "-pk")}
    # One that was on its way while its form was acted upon has come too late to be anything.
    used = set(Entry.objects.filter(once__in=kept).values_list("once", flat=True)) if kept else set()
    return list(_read(officer, [row for once, row in kept.items() if once not in used]))


def drop(officer: Officer, pk: str) -> None:
    """His own; another's id is nobody's."""
    if pk.isdecimal() and len(pk) < len(str(2**63)):
        Draft.objects.filter(officer=officer, pk=int(pk)).delete()


def sent(officer: Officer, *, path: str, mark: str, restored: str = "") -> None:
    """The form has been acted upon: its draft goes, and the one it was filled in from."""
    Draft.objects.filter(officer=officer, page=_page(path, mark)).delete()
    drop(officer, restored)


def sweep(at: datetime) -> int:
    """What nobody came back to."""
    return Draft.objects.filter(saved_at__lte=at - LIFE).delete()[0]


def _read(officer: Officer, rows: Iterable[Draft]) -> Iterator[Unsent]:
    """One that was sealed with another master key is as good as none."""
    for row in rows:
        try:
            plain = unseal(officer_key(officer.pk), bytes(row.sealed), context=_context(row.page))
        except Unreadable:
            continue
        data = QueryDict(mutable=True)
        for name, value in json.loads(plain):
            data.appendlist(name, value)
        yield Unsent(row.pk, row.saved_at, data)


def is_sent(officer: Officer, mark: str) -> bool:
    """Whether the form of this mark has been acted upon."""
    return Entry.objects.filter(once=_once(officer, mark)).exists()


def _once(officer: Officer, mark: str) -> str:
    """The form's mark as the trace has it (FormPage.token)."""
    return f"{officer.pk}:{mark}"


def _page(path: str, mark: str) -> str:
    return f"{path}{_APART}{mark}"


def _context(page: str) -> str:
    return f"draft:{page}"
