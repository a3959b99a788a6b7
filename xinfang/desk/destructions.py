"""销毁清册: proposed from what is past its term, approved, agreed to, printed, carried out by two hands."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.archives import actions, policies, queries
from xinfang.archives.actions.destroy import MOST_ON_A_LIST
from xinfang.archives.models import CaseFile, Destruction
from xinfang.desk.case_files import NOT_YOURS, insider
from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.archives import AnswerForm, ProposeForm, WitnessForm
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.page import draw, officer_of
from xinfang.foundation import paging
from xinfang.organizations.models import Officer
from xinfang.trace.acts import AlreadyDone

SIZE = 50
KEYS = ("-proposed_at", "-id")
NOT_YOUR_STEP = gettext_lazy("这一步不由您办理：档案员提出和执行，本机构负责人批准，纪检监察机关同意。")


@require_safe
def destructions(request: HttpRequest) -> HttpResponse:
    """The lists, newest first."""
    officer, today = insider(request), timezone.localdate()
    page = paging.page(queries.destructions(officer, today), KEYS, size=SIZE, after=request.GET.get("after", ""))
    context = {
        "rows": page.rows,
        "after": page.after,
        "is_first": not request.GET.get("after"),
        "proposes": any(seat.duty in policies.KEEPERS for seat in officer.seats),
        "here": "archives",
    }
    return draw(request, "desk/archives/destructions.html", context)


@require_safe
def destruction(request: HttpRequest, destruction: int) -> HttpResponse:
    """One list, to print, with who has said what to it."""
    officer = insider(request)
    found = _seen_by(officer, destruction)
    lines = list(found.lines.select_related("file").order_by("file__filed_at", "id"))
    is_open = not found.refused_at and not found.done_at
    context = {
        "list": found,
        "lines": lines,
        "volumes": sum(line.volumes for line in lines),
        "pages": sum(line.pages for line in lines),
        "files": sum(line.files for line in lines),
        "approves": is_open and not found.approved_at and _may_approve(officer, found),
        "agrees": is_open and found.approved_at and not found.agreed_at and policies.may_agree(officer),
        "refuses": is_open and (_may_approve(officer, found) or policies.may_agree(officer)),
        "carries_out": is_open and found.agreed_at and _keeps(officer, found),
        "printed_at": timezone.now(),
        "here": "archives",
    }
    return draw(request, "desk/archives/destruction.html", context)


def _seen_by(officer: Officer, pk: int) -> Destruction:
    rows = queries.destructions(officer, timezone.localdate())
    people = ("proposed_by", "approved_by", "agreed_by", "refused_by", "witness")
    return get_object_or_404(rows.select_related("organ", *people), pk=pk)


def _may_approve(officer: Officer, found: Destruction) -> bool:
    return policies.may_approve(officer, found.organ_id, found.compartment)


def _keeps(officer: Officer, found: Destruction) -> bool:
    line = found.lines.select_related("file__petition").first()
    return line is not None and policies.keeps(officer, line.file.petition)


class ProposePage(FormPage):
    """提出销毁."""

    template_name = "desk/archives/propose.html"

    def prepare(self, **kwargs: Any) -> None:
        officer = insider(self.request)
        if not any(seat.duty in policies.KEEPERS for seat in officer.seats):
            raise PermissionDenied(str(NOT_YOURS))
        self.past = queries.past_their_term(officer, timezone.localdate()).order_by("keep_until", "id")

    def form(self, *args: Any, **kwargs: Any) -> ProposeForm:
        return ProposeForm(*args, past=self.past, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        chosen, reason = list(form.cleaned_data["chosen"]), form.cleaned_data["reason"]
        by, at = officer_of(self.request), timezone.now()
        found = actions.propose_destruction(chosen, reason=reason, by=by, at=at)
        messages.success(self.request, _("清册已提出：%(number)s。") % {"number": found.number})
        return redirect("desk:destruction", found.pk)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:destructions")

    def context(self, form: Any) -> dict[str, Any]:
        ticked = set(self.request.POST.getlist("chosen"))
        rows: list[CaseFile] = list(self.past[:MOST_ON_A_LIST])
        return {"rows": [(row, str(row.pk) in ticked) for row in rows], "here": "archives"}


class DestructionPage(FormPage):
    """One step of a list."""

    template_name = "desk/archives/step.html"
    heading: Any = ""
    done: Any = ""
    form_class: type[DeskForm] = DeskForm

    def prepare(self, **kwargs: Any) -> None:
        self.officer = insider(self.request)
        self.list = _seen_by(self.officer, kwargs["destruction"])
        if not self.is_his():
            raise PermissionDenied(str(NOT_YOUR_STEP))

    def is_his(self) -> bool:
        return _may_approve(self.officer, self.list)

    def form(self, *args: Any, **kwargs: Any) -> DeskForm:
        return self.form_class(*args, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        self.move(form.cleaned_data)
        messages.success(self.request, str(self.done))
        return redirect("desk:destruction", self.list.pk)

    def move(self, said: dict[str, Any]) -> None:
        raise NotImplementedError

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": officer_of(self.request), "at": timezone.now()}

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:destruction", self.list.pk)

    def context(self, form: Any) -> dict[str, Any]:
        return {"list": self.list, "heading": self.heading, "here": "archives"}


class ApproveDestruction(DestructionPage):
    """批准."""

    heading, done = gettext_lazy("批准销毁"), gettext_lazy("已批准，等纪检监察机关同意。")

    def move(self, said: dict[str, Any]) -> None:
        actions.approve_destruction(self.list, **self.hand)


class AgreeDestruction(DestructionPage):
    """会签."""

    heading, done = gettext_lazy("同意销毁"), gettext_lazy("已同意，由档案员执行。")

    def is_his(self) -> bool:
        return policies.may_agree(self.officer)

    def move(self, said: dict[str, Any]) -> None:
        actions.agree_destruction(self.list, **self.hand)


class RefuseDestruction(DestructionPage):
    """不同意."""

    heading, done = gettext_lazy("不同意销毁"), gettext_lazy("已退回，案卷仍在架上。")
    form_class = AnswerForm

    def is_his(self) -> bool:
        return _may_approve(self.officer, self.list) or policies.may_agree(self.officer)

    def move(self, said: dict[str, Any]) -> None:
        actions.refuse_destruction(self.list, **said, **self.hand)


class CarryOutDestruction(DestructionPage):
    """执行."""

    heading, done = gettext_lazy("执行销毁"), gettext_lazy("已销毁。清册和痕迹保留。")
    form_class = WitnessForm

    def is_his(self) -> bool:
        return not self.list.done_at and _keeps(self.officer, self.list)

    def move(self, said: dict[str, Any]) -> None:
        actions.carry_out(self.list, **said, **self.hand)
