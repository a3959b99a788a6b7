"""批量办理: one move for many ticked rows. Each is its own act through the ordinary verb, done or refused by its own sentence."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk.forms.base import said
from xinfang.desk.forms.move import MoveForm
from xinfang.desk.forms.moves import BATCH, FORMS
from xinfang.desk.forms.triage import WithProposal
from xinfang.desk.page import draw
from xinfang.desk.rows import Row
from xinfang.desk.ticked import TickedPage, rows_of
from xinfang.desk.words import last_act
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, openings
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import Assignment, Petition, Proposal
from xinfang.trace.acts import AlreadyDone, once

UNPROCESSABLE = 422
Subject = Petition | Assignment


@dataclass(frozen=True)
class Line:
    """One ticked row: what stands in its way before, or what became of it."""

    pk: int
    row: Row
    why: str = ""
    goes_to: str = ""


class Batch(TickedPage):
    """First the page that shows what will be done to which rows; sent from there, what became of each."""

    def answer(self) -> HttpResponseBase:
        self.verb = self.request.POST.get("verb", "")
        if self.verb not in BATCH or self.verb.partition(".")[0] != self.ticked.machine:
            messages.error(self.request, _("请选择要办理的步骤。"))
            return redirect("desk:worklist")
        self.subjects = self.ticked.subjects(self.officer)
        if not self.subjects:
            messages.error(self.request, _("选中的件没有找到，或者不对您开放。"))
            return redirect("desk:worklist")
        return self._done() if self.once and self._shared_is_whole() else self._asked()

    @cached_property
    def once(self) -> uuid.UUID | None:
        try:
            return uuid.UUID(self.request.POST.get("once", ""))
        except ValueError:
            return None

    def _shared_is_whole(self) -> bool:
        """The one word for all rows is asked again when it is missing; what fits one unit and not another is each row's."""
        self.form = self._form(self.subjects[0])
        return self.form.is_valid()

    def _form(self, subject: Subject, *, is_sent: bool = True) -> MoveForm:
        typed = (self.request.POST,) if is_sent else ()
        return FORMS[self.verb](*typed, subject=subject, officer=self.officer)

    def _asked(self) -> HttpResponseBase:
        lines = self._lines([self._hindrance(one) for one in self.subjects])
        context = {
            "form": self.form if self.once else self._form(self.subjects[0], is_sent=False),
            "open": [line for line in lines if not line.why],
            "shut": [line for line in lines if line.why],
            "has_goal": any(line.goes_to for line in lines),
            "once": self.once or uuid.uuid4(),
        }
        return self._drawn("desk/batch.html", context, status=UNPROCESSABLE if self.once else 200)

    def _hindrance(self, subject: Subject) -> str:
        if subject.status not in self._move.start:
            return NotOnTheRoad(self._move.label, subject.get_status_display()).sentence
        if not openings.is_his(self.verb, subject, self.officer):
            return _("您没有办理这一步的岗位。")
        return openings.why_not(self.verb, subject, self.officer, timezone.localdate())

    def _done(self) -> HttpResponseBase:
        lines = self._lines([self._act(one) for one in self.subjects])
        done, refused = [line for line in lines if not line.why], [line for line in lines if line.why]
        return self._drawn("desk/batch_done.html", {"done": done, "refused": refused})

    def _act(self, subject: Subject) -> str:
        """Empty when it was done, by this sending of the form or by the one before."""
        try:
            with once(self._mark(subject)):
                self._move_one(subject)
        except AlreadyDone:
            return ""
        except NotOnTheRoad as refused:
            return said(refused) + last_act(self.ticked.machine, subject.pk)
        except Refused as refused:
            return said(refused)
        return ""

    def _mark(self, subject: Subject) -> str:
        assert self.once is not None
        return str(uuid.uuid5(self.once, f"{self.officer.pk}:{self.verb}:{subject.pk}"))

    def _move_one(self, subject: Subject) -> None:
        form = self._form(subject)
        if not form.is_valid():
            raise Refused(next(str(sentence) for errors in form.errors.values() for sentence in errors))
        verb = getattr(actions, self.verb.partition(".")[2])
        verb(subject, **form.arguments(), by=self.officer, at=timezone.now())

    def _lines(self, whys: Sequence[str]) -> list[Line]:
        goals = self._goals()
        rows = zip(self.subjects, rows_of(self.subjects), whys, strict=True)
        return [Line(one.pk, row, str(why), goals.get(one.pk, "")) for one, row, why in rows]

    def _goals(self) -> dict[int, str]:
        """Where what was proposed would send each of them."""
        if not issubclass(FORMS[self.verb], WithProposal):
            return {}
        proposed = Proposal.objects.filter(petition__in=[one.pk for one in self.subjects]).order_by("id")
        return dict(proposed.values_list("petition_id", "lead_unit__short_name"))

    @property
    def _move(self) -> Any:
        return openings.moves()[self.verb]

    def _drawn(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponseBase:
        known = {"move": self._move, "verb": self.verb, "of": self.ticked.machine, "here": "worklist"}
        return draw(self.request, template, {**known, **context}, status=status)
