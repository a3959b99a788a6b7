"""撤回: entered at the bureau from the petitioner's paper, and dropped when the call-back finds that it was not his will."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.form_page import AboutPetition
from xinfang.desk.forms.withdrawals import AskWithdrawal, DropWithdrawal
from xinfang.desk.page import draw, officer_of
from xinfang.desk.petitions import seen_by
from xinfang.petitions import actions, desks
from xinfang.petitions.models import Petition, Withdrawal

FORBIDDEN = 403


class _WithdrawalPage(AboutPetition):
    """What both share: a petition that he may know of, and the way back to it."""

    template_name = "desk/withdrawal.html"
    heading: Lazy
    norm: Lazy
    petition: Petition
    asked: Withdrawal | None = None

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"petition": self.petition, "heading": self.heading, "norm": self.norm, "asked": self.asked}


class AskWithdrawalPage(_WithdrawalPage):
    """录入撤回申请: nothing stops before the petitioner was called back."""

    heading = gettext_lazy("录入撤回申请")
    norm = gettext_lazy("只录入信访人本人的书面申请。录入后一切照常办理、期限照常计算，等信访局回访确认自愿才撤回。")

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"])
        if not desks.may_enter_withdrawal(officer_of(self.request)):
            raise PermissionDenied(_("撤回由信访人本人提出，或者由信访局凭本人的书面申请录入；承办单位不能代为撤回。"))

    def form(self, *args: Any, **kwargs: Any) -> AskWithdrawal:
        return AskWithdrawal(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        actions.ask_withdrawal(self.petition, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("撤回申请已录入，请回访信访人本人。"))
        return self._home()


class DropWithdrawalPage(_WithdrawalPage):
    """不是自愿: the petition goes on as if nobody had asked."""

    heading = gettext_lazy("撤回不是自愿")
    norm = gettext_lazy(
        "信访人说不是自愿、受人劝说或者改了主意的，记明后继续办理，各项期限不变；受人施压的，报告负责人。"
    )

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"])
        if not desks.may_call_back(officer_of(self.request), self.petition):
            raise PermissionDenied(_("撤回由信访局回访核实。"))
        self.asked = self.petition.withdrawals.filter(is_voluntary__isnull=True).first()

    def form(self, *args: Any, **kwargs: Any) -> DropWithdrawal:
        return DropWithdrawal(*args, **kwargs)

    def closed(self) -> HttpResponse | None:
        if self.asked:
            return None
        context = {"petition": self.petition, "sentence": _("没有等待回访的撤回申请。")}
        context["move"] = {"label": self.heading}
        return draw(self.request, "desk/too_late.html", context, status=FORBIDDEN)

    def act(self, form: forms.Form) -> HttpResponseBase:
        actions.drop_withdrawal(self.petition, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("已记为不是自愿，该件继续办理。"))
        return self._home()
