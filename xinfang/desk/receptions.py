"""领导接访安排公示: a month as a list to print, and the pages that fill it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.receptions import Cancel, ReceptionForm
from xinfang.desk.page import draw, officer_of
from xinfang.meetings import actions, policies, queries
from xinfang.meetings.models import ReceptionDay
from xinfang.trace.acts import AlreadyDone


@dataclass(frozen=True)
class Line:
    """One reception, and whether he may still change it."""

    reception: ReceptionDay
    may_change: bool
    receives: bool


@require_safe
def receptions(request: HttpRequest) -> HttpResponse:
    """The month asked for, or this one."""
    officer, today = officer_of(request), timezone.localdate()
    first = _month(request.GET.get("month", "")) or today.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    context = {
        "first": first,
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (last + timedelta(days=1)).strftime("%Y-%m"),
        "lines": [
            Line(
                one,
                not one.withdrawn_at and one.day >= today and policies.may_withdraw(officer, one.leader),
                policies.receives(officer, one),
            )
            for one in queries.receptions(first, last)
        ],
        "may_schedule": policies.may_schedule(officer),
        "here": "receptions",
    }
    return draw(request, "desk/receptions.html", context)


def _month(text: str) -> date | None:
    """2026-11."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if 1949 < month.year < 2099 else None  # the years a form takes (forms.fields)


class ReceptionPage(FormPage):
    """What the three pages share: who may open them, and the way back to the month."""

    template_name = "desk/reception.html"
    reception: ReceptionDay | None = None

    def prepare(self, **kwargs: Any) -> None:
        if not policies.may_schedule(officer_of(self.request)):
            raise PermissionDenied(_("领导接访由信访局局长、登记接访员安排；街道负责人只能安排本街道的接访。"))
        if "reception" in kwargs:
            rows = ReceptionDay.objects.select_related("leader__unit", "officer", "unit")
            self.reception = get_object_or_404(rows, pk=kwargs["reception"])
            if not policies.may_withdraw(officer_of(self.request), self.reception.leader):
                raise PermissionDenied(_("这一场由信访局安排，您不能变更。"))

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return ReceptionForm(*args, officer=officer_of(self.request), now=self.reception, **kwargs)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:receptions")

    def back(self, day: date, said: str) -> HttpResponseBase:
        messages.success(self.request, said)
        return redirect(f"{reverse('desk:receptions')}?month={day.strftime('%Y-%m')}")

    def context(self, form: Any) -> dict[str, Any]:
        return {"reception": self.reception, "heading": self.heading_now()}

    def heading_now(self) -> str:
        return _("安排接访")


class ScheduleReception(ReceptionPage):
    """安排接访."""

    def act(self, form: Any) -> HttpResponseBase:
        plan = form.plan()
        actions.schedule_reception(plan, by=officer_of(self.request), at=timezone.now())
        return self.back(plan.day, _("接访已安排，门户首页按日公布。"))


class ChangeReception(ReceptionPage):
    """变更接访: the form as it stands, with the reason."""

    def act(self, form: Any) -> HttpResponseBase:
        assert self.reception is not None
        plan, reason = form.plan(), form.cleaned_data["reason"]
        by, at = officer_of(self.request), timezone.now()
        actions.change_reception(self.reception, plan, reason=reason, by=by, at=at)
        return self.back(plan.day, _("接访已变更，原来的安排划去，原因一起公布。"))

    def heading_now(self) -> str:
        return _("变更接访")


class CancelReception(ReceptionPage):
    """取消接访."""

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Cancel(*args, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        assert self.reception is not None
        by, at = officer_of(self.request), timezone.now()
        actions.cancel_reception(self.reception, reason=form.cleaned_data["reason"], by=by, at=at)
        return self.back(self.reception.day, _("接访已取消，原因一起公布。"))

    def heading_now(self) -> str:
        return _("取消接访")
