"""检举控告专人: who keeps the compartment, appointed here and confirmed here by another hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.custodians import Appoint
from xinfang.desk.page import draw, officer_of
from xinfang.organizations.models import Duty, Officer, UnitKind
from xinfang.petitions import actions
from xinfang.petitions.models import Custodian
from xinfang.petitions.models.custodian import keeping_on
from xinfang.trace.acts import AlreadyDone


def _appoints(officer: Officer) -> bool:
    return any(seat.duty == Duty.BUREAU_HEAD for seat in officer.seats)


def _confirms(officer: Officer) -> bool:
    return any(seat.duty == Duty.DISCIPLINE and seat.unit_kind == UnitKind.DISCIPLINE for seat in officer.seats)


def _insider(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not _appoints(officer) and not _confirms(officer):
        raise PermissionDenied(_("检举控告专人由信访局局长指定、纪检监察机关确认。"))
    return officer


@require_safe
def custodians(request: HttpRequest) -> HttpResponse:
    """The two places, their deputies, and what still waits for the second hand."""
    officer = _insider(request)
    rows = Custodian.objects.filter(until__isnull=True).select_related("officer", "deputy_for__officer")
    keeping = set(keeping_on(timezone.localdate()).values_list("pk", flat=True))
    context = {
        "rows": [(one, one.pk in keeping) for one in rows.order_by("place", "deputy_for_id", "pk")],
        "appoints": _appoints(officer),
        "confirms": _confirms(officer),
        "article": "条例 三十",
        "here": "custodians",
    }
    return draw(request, "desk/custodians.html", context)


class CustodianPage(FormPage):
    """A form about one of them, and back to the list."""

    template_name = "desk/custodian.html"
    heading: Any = ""
    done: Any = ""
    custodian: Custodian | None = None

    def prepare(self, **kwargs: Any) -> None:
        self.officer = _insider(self.request)
        if "custodian" in kwargs:
            rows = Custodian.objects.select_related("officer", "deputy_for__officer")
            self.custodian = get_object_or_404(rows, pk=kwargs["custodian"])

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return DeskForm(*args, **kwargs)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:custodians")

    def finished(self) -> HttpResponseBase:
        messages.success(self.request, self.done)
        return redirect("desk:custodians")

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"custodian": self.custodian, "heading": self.heading}


class AppointCustodian(CustodianPage):
    """指定."""

    heading = gettext_lazy("指定专人或者代理人")
    done = gettext_lazy("已指定，经纪检监察机关确认后生效。")

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        if not _appoints(self.officer):
            raise PermissionDenied(_("专人由信访局局长指定。"))

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Appoint(*args, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        actions.appoint_custodian(**form.arguments(), by=self.officer, at=timezone.now())
        return self.finished()


class ConfirmCustodian(CustodianPage):
    """确认."""

    heading = gettext_lazy("确认专人")
    done = gettext_lazy("已确认。")

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        if not _confirms(self.officer):
            raise PermissionDenied(_("专人由纪检监察机关确认。"))

    def act(self, form: Any) -> HttpResponseBase:
        assert self.custodian is not None
        actions.confirm_custodian(self.custodian, by=self.officer, at=timezone.now())
        return self.finished()


class RelieveCustodian(CustodianPage):
    """免去."""

    heading = gettext_lazy("免去专人")
    done = gettext_lazy("已免去，其代理人一并免去。")

    def act(self, form: Any) -> HttpResponseBase:
        assert self.custodian is not None
        actions.relieve_custodian(self.custodian, by=self.officer, at=timezone.now())
        return self.finished()
