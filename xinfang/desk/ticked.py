"""Rows of a worklist that were ticked: read from the form, found again through the door, told as rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import BigIntegerField, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views import View

from xinfang.desk.forms.moves import BATCH
from xinfang.desk.page import officer_of
from xinfang.desk.rows import Lookups, Row, assignment_row, listed
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import notice_papers, openings, queries, worklists
from xinfang.petitions.models import Assignment, NoticeWaiting, Petition, ReviewCase

MOST = 100
MACHINES = ("petition", "assignment", "notice")
_ID = re.compile(r"[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Ticked:
    """Which rows of which table. `petition` rows are petitions, `assignment` rows one unit's work on them."""

    machine: str
    ids: tuple[int, ...]

    @classmethod
    def of(cls, form: QueryDict) -> "Ticked":
        ids = dict.fromkeys(int(text) for text in form.getlist("row") if _ID.fullmatch(text))
        known = tuple(pk for pk in ids if pk <= BigIntegerField.MAX_BIGINT)
        if not known:
            raise Refused("请先选中要办理的件。")
        if len(known) > MOST:
            raise Refused("一次最多选 %(most)s 件，现在选了 %(count)s 件。", most=MOST, count=len(known))
        return cls(form.get("of") if form.get("of") in MACHINES else "petition", known)  # type: ignore[arg-type]

    def subjects(self, officer: Officer) -> Sequence[Petition | Assignment]:
        """Those he may know of, most urgent first; every other id is nobody's."""
        return list(self._assignments(officer) if self.machine == "assignment" else self._petitions(officer))

    def notices(self, officer: Officer) -> list[NoticeWaiting]:
        """Of 告知待送: those his unit sends, most urgent first."""
        if self.machine != "notice":
            return []
        found = notice_papers.waiting(officer).filter(pk__in=self.ids).select_related("paper", "petition__organ")
        return list(found.defer("paper__data").order_by("due_on", "paper_id"))

    def petitions(self, officer: Officer) -> list[Petition]:
        """The petitions themselves, each once, without those that have no number yet."""
        rows: Sequence[Any] = self.notices(officer) if self.machine == "notice" else self.subjects(officer)
        found = [one if isinstance(one, Petition) else one.petition for one in rows]
        return [petition for petition in {one.pk: one for one in found}.values() if petition.number]

    def _petitions(self, officer: Officer) -> QuerySet[Petition]:
        found = queries.visible_to(officer).filter(pk__in=self.ids)
        return found.select_related("organ", "division").order_by("due_on", "id")

    def _assignments(self, officer: Officer) -> QuerySet[Assignment]:
        found = Assignment.objects.filter(queries.of_visible(officer), pk__in=self.ids)
        found = worklists.with_draft(found).select_related("unit", "petition__organ", "petition__division")
        return found.order_by("due_on", "id")


def rows_of(subjects: Sequence[Petition | Assignment]) -> list[Row]:
    """As the worklist shows them."""
    today = timezone.localdate()
    if petitions := [one for one in subjects if isinstance(one, Petition)]:
        return listed(petitions, today)
    work = [one for one in subjects if isinstance(one, Assignment)]
    lookups = Lookups.of([one.petition for one in work], dispatched=[], today=today)
    return [assignment_row(one, lookups) for one in work]


class TickedPage(View):
    """Acts on ticked rows, by POST alone; without any it leads back to the worklist and says so."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return redirect("desk:worklist")

    def post(self, request: HttpRequest) -> HttpResponseBase:
        self.prepare()
        try:
            self.ticked = Ticked.of(request.POST)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("desk:worklist")
        return self.answer()

    def prepare(self) -> None:
        """PermissionDenied when it is not his."""

    def answer(self) -> HttpResponseBase:
        raise NotImplementedError

    @property
    def officer(self) -> Officer:
        return officer_of(self.request)


class Boxes:
    """The boxes of a worklist's rows, each with the moves that its row is open to by state and seat: no statement."""

    def __init__(self, officer: Officer, *, are_ticked: bool) -> None:
        self.officer, self.are_ticked = officer, are_ticked
        self.known: dict[tuple[str, int, str], tuple[str, ...]] = {}

    def box(self, subject: Petition | Assignment | ReviewCase) -> SafeString:
        if isinstance(subject, ReviewCase):  # each is decided for itself
            return _NO_BOX
        number = (subject.petition if isinstance(subject, Assignment) else subject).number
        if not number:
            return _NO_BOX
        moves = " ".join(self._moves(subject))
        checked = SafeString(" checked") if self.are_ticked else ""
        return format_html(_BOX, subject.pk, moves, _("选中 %(number)s") % {"number": number}, checked)

    def _moves(self, subject: Petition | Assignment) -> tuple[str, ...]:
        work = subject if isinstance(subject, Assignment) else None
        alike = (subject.status, work.unit_id, work.role) if work else (subject.status, subject.organ_id, "")  # type: ignore[union-attr]
        if alike not in self.known:
            machine = "assignment." if work else "petition."
            ours = [verb for verb in BATCH if verb.startswith(machine)]
            self.known[alike] = tuple(verb for verb in ours if openings.is_his(verb, subject, self.officer))
        return self.known[alike]

    @property
    def moves(self) -> list[dict[str, Any]]:
        """What some row of the table is open to, in the table's order."""
        offered = set().union(*self.known.values())
        return [{"verb": verb, "label": openings.moves()[verb].label} for verb in BATCH if verb in offered]


_BOX = '<td class="box"><input type="checkbox" name="row" value="{}" data-moves="{}" aria-label="{}"{}></td>'
_NO_BOX = SafeString('<td class="box"></td>')
