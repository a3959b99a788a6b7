"""办理记录 on a phone: the note and its photographs, all of it or nothing."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinfang.desk import handed_in
from xinfang.desk.forms.fields import MIB
from xinfang.desk.forms.visit import MOST_TOGETHER
from xinfang.desk.moves import AssignmentMove
from xinfang.desk.page import officer_of
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.models import Assignment


class WorkLog(AssignmentMove):
    """The photographs are cleaned and sealed before the act begins."""

    subject: Assignment

    def act(self, form: Any) -> HttpResponseBase:
        photos = handed_in.taken_and_stored(form.pictures(), self.petition, field="photos", only=_is_picture)
        with transaction.atomic():
            note = actions.log_work(self.subject, **form.arguments(), by=officer_of(self.request), at=timezone.now())
            kind = note.get_kind_display()
            handed_in.keep(self.request, self.petition, photos, label=lambda n: f"{kind}{n}", note=note)
        messages.success(self.request, self._said(len(photos)))
        return self._home()

    def _said(self, count: int) -> str:
        done = _("已办理：%(move)s。") % {"move": self._move.label}
        photos = ngettext("已记下，照片 %(count)s 张。", "已记下，照片 %(count)s 张。", count) % {"count": count}
        return f"{done}{photos}" if count else done

    def context(self, form: Any) -> dict[str, Any]:
        lost = {"files_lost": bool(self.request.FILES), "most_mib": MOST_TOGETHER // MIB}
        return {**super().context(form), **lost, "home": reverse("desk:petition", args=[self.petition.number])}


def _is_picture(media_type: str) -> None:
    if not media_type.startswith("image/"):
        raise Refused("这不是照片。别的文件请在信访件页用“收材料”收下。")
