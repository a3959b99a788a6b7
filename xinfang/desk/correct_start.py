"""更正起算日: from the panel that says why a day is the last one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.deadlines.models import Promise
from xinfang.desk import why
from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.corrections import CorrectStart
from xinfang.desk.page import officer_of
from xinfang.petitions import actions, sight
from xinfang.trace.acts import AlreadyDone


class CorrectStartPage(FormPage):
    """The day on which the paper came, with its proof."""

    template_name = "desk/why/correct.html"

    def prepare(self, **kwargs: Any) -> None:
        self.promise = get_object_or_404(Promise, pk=kwargs["promise"])
        self.petition = why.petition_of(self.request, self.promise)
        if not sight.may_correct_start(officer_of(self.request), self.petition, self.promise):
            raise PermissionDenied(_("起算日由登记机构负责人凭证据更正；收到信访件的日期不能更正。"))

    def form(self, *args: Any, **kwargs: Any) -> CorrectStart:
        return CorrectStart(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        by, at = officer_of(self.request), timezone.now()
        actions.correct_start(self.petition, promise=self.promise, **form.cleaned_data, by=by, at=at)
        messages.success(self.request, _("起算日已更正，期限随之重新计算。"))
        return self._home()

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return self._home()

    def _home(self) -> HttpResponseBase:
        return redirect("desk:why", self.promise.pk)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"petition": self.petition, "promise": self.promise, "heading": _("更正起算日")}
