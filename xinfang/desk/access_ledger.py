"""查阅台账: who looked at what, for those who watch the watchers; inquiries; and the list that a petitioner may have."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.ledger import Across, LedgerFilter, OpenInquiry
from xinfang.desk.page import draw, officer_of
from xinfang.desk.petitions import seen_by
from xinfang.foundation import paging
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer
from xinfang.petitions import actions, desks, ledger
from xinfang.petitions.codes import InquiryGround, LookKind
from xinfang.petitions.models import Inquiry, Look
from xinfang.trace.acts import AlreadyDone

KEYS = ("-id",)
SIZE = 50
UNPROCESSABLE = 422


@require_safe
def access_ledger(request: HttpRequest) -> HttpResponse:
    """Newest first, in no other order; of a petition its number alone."""
    officer = officer_of(request)
    if not ledger.reads_ledger(officer):
        raise PermissionDenied(_("查阅台账由审计员、信访局局长和纪检监察机关查看。"))
    form, after = LedgerFilter(request.GET), request.GET.get("after", "")
    context: dict[str, Any] = {"form": form, "inquires": ledger.inquires(officer), "here": "ledger"}
    if not form.is_valid():
        return draw(request, "desk/ledger.html", context, status=UNPROCESSABLE)
    found = paging.page(ledger.ledger(officer, **_asked(form.cleaned_data)), KEYS, size=SIZE, after=after)
    context |= {"rows": [(row, _post(row)) for row in found.rows], "after": found.after, "is_first": not after}
    return draw(request, "desk/ledger.html", context)


def _asked(said: dict[str, Any]) -> dict[str, Any]:
    who = said.pop("officer")
    named = Officer.objects.filter(Q(name=who) | Q(username=who)).values("pk") if who else None
    return {**said, "of": named}


def _post(row: Look) -> str:
    return str(Duty(row.post).label) if row.post in Duty.values else ""


def _inquirer(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not ledger.inquires(officer):
        raise PermissionDenied(_("核查由纪检监察机关登记。"))
    return officer


@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    """Those that run first page, newest first."""
    _inquirer(request)
    after = request.GET.get("after", "")
    rows = Inquiry.objects.select_related("petition", "opened_by", "closed_by")
    found = paging.page(rows, KEYS, size=SIZE, after=after)
    context = {"rows": found.rows, "after": found.after, "is_first": not after, "here": "ledger"}
    return draw(request, "desk/inquiries.html", context)


class InquiryPage(FormPage):
    """A form of the discipline organ, and back to its list."""

    template_name = "desk/inquiry.html"
    heading: Any = ""
    inquiry: Inquiry | None = None

    def prepare(self, **kwargs: Any) -> None:
        self.officer = _inquirer(self.request)
        if "inquiry" in kwargs:
            self.inquiry = get_object_or_404(Inquiry.objects.select_related("petition"), pk=kwargs["inquiry"])

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:inquiries")

    def finished(self, said: str) -> HttpResponseBase:
        messages.success(self.request, said)
        return redirect("desk:inquiries")

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"inquiry": self.inquiry, "heading": self.heading, "here": "ledger"}


class InquiryOpen(InquiryPage):
    """登记核查: by its number alone; what is in it is not shown here."""

    heading = gettext_lazy("登记核查")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return OpenInquiry(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        petition = ledger.registered_under(form.cleaned_data["number"])
        if petition is None:
            raise Refused("没有这个编号的信访件，请核对。", field="number")
        ground = InquiryGround(form.cleaned_data["ground"])
        actions.open_inquiry(petition, ground=ground, by=self.officer, at=timezone.now())
        return self.finished(_("核查已登记。结束以前，不向信访人提供查阅记录，也不销毁这一件。"))


class InquiryClose(InquiryPage):
    """结束核查."""

    heading = gettext_lazy("结束核查")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return DeskForm(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        assert self.inquiry is not None
        actions.close_inquiry(self.inquiry, by=self.officer, at=timezone.now())
        return self.finished(_("核查已结束。"))


class AccessList(FormPage):
    """查阅记录: for the petitioner who asks across the counter who looked at his papers. On this answer alone, to print."""

    template_name = "desk/access_list.html"

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"], LookKind.OPEN)
        if not desks.is_its_desk(officer_of(self.request), self.petition):
            raise PermissionDenied(_("查阅记录由登记这一件的机构的登记接访、拟办等岗位打印给信访人。"))

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Across(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        at = timezone.now()
        lines = actions.give_access_list(self.petition, by=officer_of(self.request), at=at)
        context = {"petition": self.petition, "lines": lines, "printed_at": at}
        return draw(self.request, "desk/access_list_given.html", context)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:access-list", self.petition.number)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"petition": self.petition}
