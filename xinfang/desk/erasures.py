"""依申请销毁: who asks, who approves, who tells; the deed itself is nobody's button."""

from dataclasses import dataclass
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
from xinfang.desk.forms.erasures import Ask, Refuse, Tell
from xinfang.desk.page import draw, officer_of
from xinfang.desk.petitions import seen_by
from xinfang.foundation import paging
from xinfang.organizations.models import Officer
from xinfang.petitions import actions, desks, holds
from xinfang.petitions.actions.erasure_requests import LAW
from xinfang.petitions.models import ErasureRequest
from xinfang.trace.acts import AlreadyDone

KEYS = ("-id",)
SIZE = 50


@dataclass(frozen=True)
class Line:
    """A request and what this officer may do with it now."""

    request: ErasureRequest
    state: str
    approves: bool
    speaks: bool


def _worker(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not holds.works_on_requests(officer):
        raise PermissionDenied(_("销毁申请由登记窗口录入，档案员和纪检监察机关分别同意。"))
    return officer


@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """By number alone, newest first."""
    officer, after = _worker(request), request.GET.get("after", "")
    found = paging.page(holds.requests(officer), KEYS, size=SIZE, after=after)
    context = {
        "rows": [_line(one, officer) for one in found.rows],
        "after": found.after,
        "is_first": not after,
        "article": LAW,
        "here": "erasures",
    }
    return draw(request, "desk/erasures.html", context)


def _line(one: ErasureRequest, officer: Officer) -> Line:
    mine = {one.asked_by_id, one.archivist_id, one.discipline_id}
    waits = one.is_open and one.told_at is None
    approves = waits and not one.is_approved and holds.approves(officer) and officer.pk not in mine
    return Line(one, _state(one), approves, one.is_open and desks.is_its_desk(officer, one.petition))


def _state(one: ErasureRequest) -> str:
    if one.erased_at:
        return _("已销毁")
    if one.refused_at:
        return _("不同意")
    if one.dropped_at:
        return _("已撤回")
    if one.erase_on:
        return _("已告知，%(day)s 以后执行") % {"day": one.erase_on.isoformat()}
    return _("等待告知信访人") if one.is_approved else _("等待同意")


class ErasurePage(FormPage):
    """A form about one request, and back to the list."""

    template_name = "desk/erasure.html"
    heading: Any = ""
    done: Any = ""
    form_class: type[DeskForm] = DeskForm

    def prepare(self, **kwargs: Any) -> None:
        self.officer = _worker(self.request)
        self.row = get_object_or_404(holds.requests(self.officer), pk=kwargs["erasure"])
        self.petition = self.row.petition
        if not self.is_his():
            raise PermissionDenied(_("销毁须由档案员和纪检监察机关分别同意；告知和撤回由登记这一件的窗口办理。"))

    def is_his(self) -> bool:
        return desks.is_its_desk(self.officer, self.petition)

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return self.form_class(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        self.move(form.cleaned_data)
        messages.success(self.request, str(self.done))
        return redirect("desk:erasures")

    def move(self, said: dict[str, Any]) -> None:
        raise NotImplementedError

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": self.officer, "at": timezone.now()}

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:erasures")

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"number": self.petition.number, "heading": self.heading, "article": LAW, "here": "erasures"}


class AskErasure(ErasurePage):
    """申请销毁: entered from the petitioner's paper."""

    heading = gettext_lazy("申请销毁")
    done = gettext_lazy("申请已登记。档案员和纪检监察机关都同意以后，请告知信访人。")
    form_class = Ask

    def prepare(self, **kwargs: Any) -> None:
        self.officer = officer_of(self.request)
        self.petition = seen_by(self.request, kwargs["number"])
        if not self.is_his():
            raise PermissionDenied(_("销毁申请由登记这一件的窗口录入。"))

    def move(self, said: dict[str, Any]) -> None:
        actions.ask_erasure(self.petition, reason=said["reason"], **self.hand)


class ApproveErasure(ErasurePage):
    """同意销毁."""

    heading = gettext_lazy("同意销毁")
    done = gettext_lazy("已同意。两方都同意以后，由登记窗口告知信访人。")

    def is_his(self) -> bool:
        return holds.approves(self.officer)

    def move(self, said: dict[str, Any]) -> None:
        actions.approve_erasure(self.row, **self.hand)


class RefuseErasure(ApproveErasure):
    """不同意销毁."""

    heading = gettext_lazy("不同意销毁")
    done = gettext_lazy("已记下，请登记窗口把理由告诉信访人。")
    form_class = Refuse

    def move(self, said: dict[str, Any]) -> None:
        actions.refuse_erasure(self.row, **said, **self.hand)


class TellErasure(ErasurePage):
    """告知销毁."""

    heading = gettext_lazy("告知销毁")
    done = gettext_lazy("已记下。满三十日信访人没有撤回的，系统自动销毁。")
    form_class = Tell

    def move(self, said: dict[str, Any]) -> None:
        actions.tell_erasure(self.row, **said, **self.hand)


class DropErasure(ErasurePage):
    """撤回销毁申请."""

    heading = gettext_lazy("撤回销毁申请")
    done = gettext_lazy("申请已撤回，这一件照旧保管。")

    def move(self, said: dict[str, Any]) -> None:
        actions.drop_erasure(self.row, **self.hand)
