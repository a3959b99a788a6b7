"""更正: asked for by whoever entered it, confirmed by the organ's head, and shown for what it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk.corrected import lines, may_ask, sits
from xinfang.desk.form_page import AboutPetition
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.corrections import AskCorrection
from xinfang.desk.looks import looked
from xinfang.desk.page import officer_of
from xinfang.desk.petitions import seen_by
from xinfang.petitions import actions, queries, sight
from xinfang.petitions.actions.corrections import HEADS
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Correction
from xinfang.petitions.models.correction import CorrectedField


class AskCorrectionPage(AboutPetition):
    """申请更正: nothing changes until the head confirms."""

    template_name = "desk/correction.html"

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"])
        if kwargs["field"] not in CorrectedField.values:
            raise Http404
        self.field = CorrectedField(kwargs["field"])
        if not may_ask(officer_of(self.request), self.petition):
            raise PermissionDenied(_("更正由登记该件的机构申请。"))

    def form(self, *args: Any, **kwargs: Any) -> AskCorrection:
        return AskCorrection(*args, field=self.field, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        by, at = officer_of(self.request), timezone.now()
        actions.ask_correction(self.petition, field=self.field, **form.cleaned_data, by=by, at=at)
        messages.success(self.request, _("更正已申请，负责人确认后生效。"))
        return self._home()

    def context(self, form: forms.Form) -> dict[str, Any]:
        now = getattr(self.petition, self.field.value)
        facts = [(self.field.label, getattr(now, "name", now) or "—")]
        return {
            "petition": self.petition,
            "facts": facts,
            "heading": _("申请更正：%(field)s") % {"field": self.field.label},
        }


class ConfirmCorrectionPage(AboutPetition):
    """确认更正: from then on the new value is shown; the old one stays beside it."""

    template_name = "desk/correction.html"

    def prepare(self, **kwargs: Any) -> None:
        officer = officer_of(self.request)
        rows = Correction.objects.select_related("petition__organ", "asked_by", "confirmed_by")
        self.correction = get_object_or_404(rows.filter(queries.of_visible(officer)), pk=kwargs["correction"])
        self.petition = self.correction.petition
        if not sits(officer, self.petition, HEADS) or not sight.reads_text(officer):
            raise PermissionDenied(_("更正由登记机构的负责人确认。"))
        looked(self.request, self.petition, LookKind.OPEN)

    def form(self, *args: Any, **kwargs: Any) -> DeskForm:
        return DeskForm(*args, **kwargs)

    def closed(self) -> HttpResponse | None:
        if not self.correction.confirmed_at:
            return None
        messages.info(self.request, _("该更正已经确认。"))
        return self._home()

    def act(self, form: forms.Form) -> HttpResponseBase:
        actions.confirm_correction(self.correction, by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("更正已确认，从现在起按新的内容显示和统计。"))
        return self._home()

    def _home(self) -> HttpResponse:
        if self.petition.number:
            return redirect("desk:petition", self.petition.number)
        return redirect("desk:worklist")

    def context(self, form: forms.Form) -> dict[str, Any]:
        line = lines([self.correction], officer_of(self.request), self.petition)[0]
        facts = [
            (_("原来的内容"), line.old),
            (_("更正为"), line.new),
            (_("更正理由"), line.reason),
            (_("申请人"), f"{line.asked_by} {line.asked}"),
        ]
        return {"petition": self.petition, "facts": facts, "heading": _("确认更正：%(field)s") % {"field": line.field}}
