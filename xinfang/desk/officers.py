"""人员: who sits where in a unit; waits lifted, duties handed over and covered."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.base import said
from xinfang.desk.forms.choices import officers_of
from xinfang.desk.forms.officers import Cover, HandOver
from xinfang.desk.page import HEADS, KEEPERS, draw, officer_of, word_of
from xinfang.foundation.errors import Refused
from xinfang.organizations import policies
from xinfang.organizations.actions import officers, tenures
from xinfang.organizations.models import Duty, Officer, Tenure, Unit
from xinfang.organizations.models.posts import running_on
from xinfang.organizations.queries import open_units
from xinfang.organizations.sign_in import waiting
from xinfang.trace.acts import AlreadyDone


def kept_units(officer: Officer, day: date) -> QuerySet[Unit]:
    """The units whose officers he looks after: a head his own and its villages, the bureau's head and an administrator all."""
    duties = {seat.duty for seat in officer.seats}
    if not duties.isdisjoint({Duty.BUREAU_HEAD, Duty.ADMINISTRATOR}):
        return open_units(day)
    own = [seat.unit_id for seat in officer.seats if seat.duty in HEADS]
    return open_units(day).filter(Q(pk__in=own) | Q(parent__in=own, kind="village"))


def _keeper(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if all(seat.duty not in KEEPERS for seat in officer.seats):
        raise PermissionDenied(_("人员由单位负责人或者系统管理员管理。"))
    return officer


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The officers of one unit: his own at first, another by its code."""
    officer, today = _keeper(request), timezone.localdate()
    units = kept_units(officer, today)
    unit = units.filter(code=word_of(request, "unit", most=19)).first() or _own_unit(officer, units)
    rows = _lines(list(_seated(unit, today)), officer) if unit else []
    context = {
        "units": units,
        "unit": unit,
        "rows": rows,
        "may_grant": policies.holds(officer, HEADS),
        "may_enrol": policies.holds(officer, (Duty.ADMINISTRATOR, Duty.UNIT_HEAD)),
        "here": "officers",
    }
    return draw(request, "desk/officers.html", context)


def _own_unit(officer: Officer, units: QuerySet[Unit]) -> Unit | None:
    own = [seat.unit_id for seat in officer.seats if seat.duty in KEEPERS]
    return units.filter(pk__in=own).first() or units.first()


def _seated(unit: Unit, day: date) -> QuerySet[Tenure]:
    """Those who sit today or will, with their posts."""
    lasting = Q(until__isnull=True) | Q(until__gt=day)
    seats = Tenure.objects.filter(lasting, post__unit=unit).order_by("post_id", "id")
    return seats.select_related("officer", "post__unit", "covers__officer")


def _lines(tenures: list[Tenure], viewer: Officer) -> list[dict[str, Any]]:
    waits = waiting([tenure.officer.username for tenure in tenures], at=timezone.now())
    return [_line(tenure, viewer, waits.get(tenure.officer.username)) for tenure in tenures]


def _line(tenure: Tenure, viewer: Officer, waits: datetime | None) -> dict[str, Any]:
    """A seat, and what the viewer may do about it: asked of the same policies as the verbs ask."""
    return {
        "tenure": tenure,
        "waits": waits,
        "may_lift": waits and _may(policies.lifter_of, tenure.officer, viewer),
        "may_grant": tenure.officer_id != viewer.pk and _may(policies.granter_of, tenure.post, viewer),
    }


def _may(policy: Callable[[Any, Officer], Any], subject: Any, viewer: Officer) -> bool:
    try:
        policy(subject, viewer)
    except Refused:
        return False
    return True


class LiftLock(View):
    """解除等待: he may try to sign in again at once."""

    def get(self, request: HttpRequest, officer: int) -> HttpResponseBase:
        return redirect("desk:officers")

    def post(self, request: HttpRequest, officer: int) -> HttpResponseBase:
        keeper, today = _keeper(request), timezone.localdate()
        seated = Tenure.objects.filter(running_on(today), post__unit__in=kept_units(keeper, today))
        found = get_object_or_404(Officer, pk=officer, pk__in=seated.values("officer"))
        try:
            officers.lift_lock(found, by=keeper, at=timezone.now())
        except Refused as refused:
            messages.error(request, said(refused))
        else:
            messages.success(request, _("已解除等待，%(name)s现在可以再次登录。") % {"name": found.name})
        return redirect("desk:officers")


class TenurePage(FormPage):
    """A form about one seat of the units he looks after."""

    template_name = "desk/tenure.html"
    heading: Any = ""
    tenure: Tenure

    def prepare(self, **kwargs: Any) -> None:
        units = kept_units(_keeper(self.request), timezone.localdate())
        rows = Tenure.objects.select_related("officer", "post__unit").filter(post__unit__in=units)
        self.tenure = get_object_or_404(rows, pk=kwargs["tenure"])

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return self._home()

    def _home(self) -> HttpResponseBase:
        return redirect("desk:officers")

    def context(self, form: forms.Form) -> dict[str, Any]:
        colleagues = officers_of(self.tenure.post.unit_id, timezone.localdate())
        return {"tenure": self.tenure, "heading": self.heading, "colleagues": colleagues}


class HandOverPage(TenurePage):
    """交接."""

    heading = gettext_lazy("交接岗位")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return HandOver(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        tenures.hand_over(self.tenure, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("岗位已交接。"))
        return self._home()


class CoverPage(TenurePage):
    """代理."""

    heading = gettext_lazy("安排代理")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Cover(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        tenures.cover(self.tenure, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("代理已安排。"))
        return self._home()
