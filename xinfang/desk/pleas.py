"""信访人的要求 at the desk: what he said is written down for him, and replied to."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk import handed_in
from xinfang.desk.form_page import AboutPetition
from xinfang.desk.forms.pleas import EnterPlea, ReplyToPlea
from xinfang.desk.looks import looked
from xinfang.desk.page import officer_of
from xinfang.desk.petitions import seen_by
from xinfang.petitions import actions, desks, queries
from xinfang.petitions.codes import LookKind, PleaKind, PleaWay
from xinfang.petitions.models import Petition, Plea

_VERBS = {PleaKind.URGE: actions.urge, PleaKind.CORRECT: actions.ask_to_correct}


class _PleaPage(AboutPetition):
    """What both share: a petition he may know of, and the way back to it."""

    template_name = "desk/plea.html"
    heading: Lazy
    norm: Lazy
    petition: Petition
    plea: Plea | None = None

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"petition": self.petition, "heading": self.heading, "norm": self.norm, "plea": self.plea}


class EnterPleaPage(_PleaPage):
    """代录: by the bureau's window, never by the unit."""

    heading = gettext_lazy("代录信访人的要求")
    norm = gettext_lazy("信访人当面、打电话或者写纸条催办、请求更正的，照他的话代录；办理单位不能代录。")

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"], LookKind.OPEN)
        if not desks.may_write_for_him(officer_of(self.request)):
            raise PermissionDenied(_("信访人的要求由信访局的窗口代录。"))

    def form(self, *args: Any, **kwargs: Any) -> EnterPlea:
        return EnterPlea(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        said, by, at = form.cleaned_data, officer_of(self.request), timezone.now()
        scans = handed_in.taken_and_stored(said["scan"], self.petition, field="scan")
        with transaction.atomic():
            _VERBS[PleaKind(said["kind"])](self.petition, text=said["text"], way=PleaWay(said["way"]), by=by, at=at)
            handed_in.keep(self.request, self.petition, scans, label=lambda n: _("信访人的纸条%(n)s") % {"n": n})
        messages.success(self.request, _("已经记下，办理单位看得到。"))
        return self._home()


class ReplyPage(_PleaPage):
    """回话."""

    heading = gettext_lazy("给信访人回话")
    norm = gettext_lazy("信访人的每一个要求都要回话；他凭查询码看得到。更正由登记机构另行申请、确认。")

    def prepare(self, **kwargs: Any) -> None:
        officer = officer_of(self.request)
        rows = Plea.objects.select_related("petition__organ").filter(queries.of_visible(officer))
        self.plea = get_object_or_404(rows, pk=kwargs["plea"])
        self.petition = self.plea.petition
        looked(self.request, self.petition, LookKind.OPEN)
        if desks.reply_seat(officer, self.petition) is None:
            raise PermissionDenied(_("由信访局、登记机构或者主办单位回话；协办单位不直接答复信访人。"))

    def form(self, *args: Any, **kwargs: Any) -> ReplyToPlea:
        return ReplyToPlea(*args, **kwargs)

    def closed(self) -> HttpResponse | None:
        if self.plea is None or not hasattr(self.plea, "reply"):
            return None
        messages.info(self.request, _("已经回过话。"))
        return self._home()

    def act(self, form: forms.Form) -> HttpResponseBase:
        assert self.plea is not None
        actions.reply_to(self.plea, text=form.cleaned_data["text"], by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("已经回话，信访人查询时看得到。"))
        return self._home()
