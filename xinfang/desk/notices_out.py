"""登记送出: how and when the ticked notices went to the petitioners. Each is its own act; what was refused stays in the form."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm, said
from xinfang.desk.forms.fields import Day, Pick
from xinfang.desk.looks import looked_each
from xinfang.desk.page import draw
from xinfang.desk.ticked import TickedPage
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.actions.notices import MODES, MOST_PROOF
from xinfang.petitions.codes import DeliveryMode, LookKind
from xinfang.petitions.models import NoticeWaiting
from xinfang.petitions.models.notice_paper import NO_CLOCK
from xinfang.trace.acts import AlreadyDone, once

UNPROCESSABLE = 422


class SendForm(DeskForm):
    """What is the same for all that are ticked."""

    mode = Pick(label=gettext_lazy("送出方式"), choices=[(one.value, one.label) for one in MODES])
    sent_on = Day(label=gettext_lazy("送出日期"), initial=timezone.localdate)
    proof = forms.CharField(
        label=gettext_lazy("证明"),
        max_length=MOST_PROOF,
        required=False,
        help_text=gettext_lazy("各份相同的写在这里，例如“平信，李某寄出”；各有单号、签收人的，写在下面各自那一行。"),
    )


@dataclass(frozen=True)
class Line:
    """One notice, what was typed beside it, and why it was refused."""

    waiting: NoticeWaiting
    proof: str = ""
    why: str = ""

    @property
    def due(self) -> Any:
        return None if self.waiting.due_on == NO_CLOCK else self.waiting.due_on


class SendNotices(TickedPage):
    """First the form over what is ticked; sent from there, an act for each."""

    def answer(self) -> HttpResponseBase:
        self.notices = self.ticked.notices(self.officer)
        if not self.notices:
            messages.error(self.request, _("选中的告知没有找到，或者已经登记送出。"))
            return redirect("desk:rounds-of", "notices")
        looked_each(self.request, [one.petition for one in self.notices], LookKind.OPEN)
        if not (mark := self._mark()):
            return self._drawn(SendForm(), [Line(one) for one in self.notices])
        form = SendForm(self.request.POST)
        if not form.is_valid():
            return self._drawn(form, [Line(one, self._typed(one)) for one in self.notices], status=UNPROCESSABLE)
        return self._sent(form, mark)

    def _mark(self) -> uuid.UUID | None:
        try:
            return uuid.UUID(self.request.POST.get("once", ""))
        except ValueError:
            return None

    def _typed(self, waiting: NoticeWaiting) -> str:
        return self.request.POST.get(f"proof_{waiting.pk}", "").strip()

    def _sent(self, form: SendForm, mark: uuid.UUID) -> HttpResponseBase:
        whys = {one.pk: self._send(one, form.cleaned_data, mark) for one in self.notices}
        refused = [Line(one, self._typed(one), whys[one.pk]) for one in self.notices if whys[one.pk]]
        if done := len(self.notices) - len(refused):
            messages.success(self.request, _("已登记送出 %(count)s 份。") % {"count": done})
        if not refused:
            return redirect("desk:rounds-of", "notices")
        return self._drawn(form, refused, status=UNPROCESSABLE)

    def _send(self, waiting: NoticeWaiting, words: dict[str, Any], mark: uuid.UUID) -> str:
        """Empty when it was entered, by this sending of the form or by the one before."""
        proof = self._typed(waiting) or words["proof"]
        facts = {"mode": DeliveryMode(words["mode"]), "sent_on": words["sent_on"], "proof": proof}
        try:
            with once(str(uuid.uuid5(mark, f"{self.officer.pk}:{waiting.pk}"))):
                actions.send_notice(waiting, **facts, by=self.officer, at=timezone.now())
        except AlreadyDone:
            return ""
        except Refused as refused:
            return said(refused)
        return ""

    def _drawn(self, form: SendForm, lines: Sequence[Line], *, status: int = 200) -> HttpResponseBase:
        context = {
            "form": form,
            "lines": lines,
            "refusals": [f"{line.waiting.petition.number} {line.why}" for line in lines if line.why],
            "once": uuid.uuid4(),
            "back": reverse("desk:rounds-of", args=["notices"]),
            "here": "rounds",
        }
        return draw(self.request, "desk/notices_send.html", context, status=status)
