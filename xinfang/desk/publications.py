"""信息发布: the editor's and the approver's pages."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.publications import ApproveForm, DraftForm, SendBackForm, TextForm, WithdrawForm
from xinfang.desk.page import draw, officer_of
from xinfang.foundation import paging
from xinfang.foundation.text import Text
from xinfang.organizations.models import Officer
from xinfang.petitions import queries as petitions
from xinfang.publishing import actions, policies, queries
from xinfang.publishing.models import Publication, Standing
from xinfang.trace.acts import AlreadyDone

SIZE = 50
KEYS = ("-drafted_at", "-id")
NOT_YOURS = gettext_lazy("信息发布由信访局登记员、拟办员起草，局长审核。")


def insider(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not (policies.edits(officer) or policies.approves(officer)):
        raise PermissionDenied(str(NOT_YOURS))
    return officer


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """What is in hand and what is shown, newest first."""
    officer = insider(request)
    rows, standing = queries.in_hand(), request.GET.get("standing", "")
    if standing in Standing.values:
        rows = rows.filter(standing=standing)
    page = paging.page(rows, KEYS, size=SIZE, after=request.GET.get("after", ""))
    context = {
        "rows": page.rows,
        "after": page.after,
        "is_first": not request.GET.get("after"),
        "standings": Standing.choices,
        "standing": standing,
        "edits": policies.edits(officer),
        "here": "publications",
    }
    return draw(request, "desk/publications/list.html", context)


@dataclass(frozen=True)
class Step:
    """A button."""

    label: Text
    href: str


@require_safe
def publication(request: HttpRequest, publication: int) -> HttpResponse:
    """One publication: its versions, and the steps that are open to him."""
    officer = insider(request)
    found = _found(publication)
    context = {
        "publication": found,
        "petition": _petition_of(found, officer),
        "versions": list(found.versions.select_related("written_by", "approved_by").order_by("-n")),
        "steps": _steps(found, officer),
        "here": "publications",
    }
    return draw(request, "desk/publications/publication.html", context)


def _found(pk: int) -> Publication:
    return get_object_or_404(queries.in_hand(), pk=pk)


def _petition_of(found: Publication, officer: Officer) -> str:
    """Its number, for whoever may know of it."""
    return petitions.visible_to(officer).filter(pk=found.petition_id).values_list("number", flat=True).first() or ""


def _steps(found: Publication, officer: Officer) -> list[Step]:
    edits, approves, standing = policies.edits(officer), policies.approves(officer), found.standing
    is_open = bool(found.shown_id) and not found.withdrawn_at
    offered = (
        ("submit", SubmitPage, edits and standing == Standing.DRAFT),
        ("approve", ApprovePage, approves and standing == Standing.SUBMITTED),
        ("send_back", SendBackPage, approves and standing == Standing.SUBMITTED),
        ("release", ReleasePage, edits and standing == Standing.APPROVED),
        ("revise", RevisePage, edits),
        ("withdraw", WithdrawPage, is_open),
    )
    return [
        Step(page.heading, reverse(f"desk:publication-{name}", args=[found.pk])) for name, page, may in offered if may
    ]


class DraftPage(FormPage):
    """起草."""

    template_name = "desk/publications/form.html"

    def prepare(self, **kwargs: Any) -> None:
        if not policies.edits(insider(self.request)):
            raise PermissionDenied(str(NOT_YOURS))

    def form(self, *args: Any, **kwargs: Any) -> DraftForm:
        return DraftForm(*args, officer=officer_of(self.request), **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        said = form.cleaned_data
        column = said.pop("column")
        found = actions.draft(column, **said, by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("已存为草稿。"))
        return redirect("desk:publication", found.pk)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:publications")

    def context(self, form: Any) -> dict[str, Any]:
        return {"publication": None, "heading": _("起草稿件"), "here": "publications"}


class StepPage(FormPage):
    """One step of a publication."""

    template_name = "desk/publications/form.html"
    heading: Any = ""
    done: Any = ""
    form_class: type[DeskForm] = DeskForm
    is_editors = True
    shows_text = True
    """Who decides has the whole text before him."""

    def prepare(self, **kwargs: Any) -> None:
        officer = insider(self.request)
        self.publication = _found(kwargs["publication"])
        if not self.is_his(officer):
            raise PermissionDenied(str(NOT_YOURS))

    def is_his(self, officer: Officer) -> bool:
        return policies.edits(officer) if self.is_editors else policies.approves(officer)

    def form(self, *args: Any, **kwargs: Any) -> DeskForm:
        return self.form_class(*args, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        self.move(form.cleaned_data)
        messages.success(self.request, str(self.done))
        return redirect("desk:publication", self.publication.pk)

    def move(self, said: dict[str, Any]) -> None:
        raise NotImplementedError

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": officer_of(self.request), "at": timezone.now()}

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:publication", self.publication.pk)

    def context(self, form: Any) -> dict[str, Any]:
        found = {"publication": self.publication, "reads": self.shows_text}
        return {**found, "heading": self.heading, "here": "publications"}


class RevisePage(StepPage):
    """改稿: begins with the text as it stands."""

    heading, done, form_class = gettext_lazy("改稿"), gettext_lazy("新的一稿已存为草稿，公开的一稿不变。"), TextForm
    shows_text = False

    def form(self, *args: Any, **kwargs: Any) -> DeskForm:
        form, now = super().form(*args, **kwargs), self.publication.working
        if now:
            form.initial.update(title=now.title, body=now.body)
        return form

    def move(self, said: dict[str, Any]) -> None:
        actions.revise(self.publication, **said, **self.hand)


class SubmitPage(StepPage):
    """送审."""

    heading, done = gettext_lazy("送审"), gettext_lazy("已送局长审核。")

    def move(self, said: dict[str, Any]) -> None:
        actions.submit(self.publication, **self.hand)


class ApprovePage(StepPage):
    """批准."""

    heading, done, form_class = gettext_lazy("批准发布"), gettext_lazy("已批准，可以发布。"), ApproveForm
    is_editors = False

    def move(self, said: dict[str, Any]) -> None:
        actions.approve(self.publication, **said, **self.hand)


class SendBackPage(StepPage):
    """退回."""

    heading, done, form_class = gettext_lazy("退回修改"), gettext_lazy("已退回起草人修改。"), SendBackForm
    is_editors = False

    def move(self, said: dict[str, Any]) -> None:
        actions.send_back(self.publication, **said, **self.hand)


class ReleasePage(StepPage):
    """发布."""

    heading, done = gettext_lazy("发布"), gettext_lazy("已发布，公众现在就能看到。")

    def move(self, said: dict[str, Any]) -> None:
        actions.release(self.publication, **self.hand)


class WithdrawPage(StepPage):
    """撤下: by either."""

    heading, done, form_class = gettext_lazy("撤下"), gettext_lazy("已撤下，原处写明日期和原因。"), WithdrawForm

    def is_his(self, officer: Officer) -> bool:
        return policies.edits(officer) or policies.approves(officer)

    def move(self, said: dict[str, Any]) -> None:
        actions.withdraw(self.publication, **said, **self.hand)


STEPS: dict[str, type[StepPage]] = {
    "revise": RevisePage,
    "submit": SubmitPage,
    "approve": ApprovePage,
    "send_back": SendBackPage,
    "release": ReleasePage,
    "withdraw": WithdrawPage,
}
