"""印章图样: declared for a unit that has one, and taken out of use."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from xinfang.desk.administration import door
from xinfang.desk.administration.units import OfUnit
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.page import officer_of
from xinfang.documents import actions
from xinfang.documents.models import SealPicture
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit


class SealForm(DeskForm):
    """The picture."""

    picture = forms.FileField(
        label=gettext_lazy("印章图样（PNG）"),
        help_text=gettext_lazy("正方形，背景透明，不超过 300 KB。登记以后，这个单位的文书印上它，不再等待盖章。"),
    )


class SealPage(OfUnit):
    """登记印章图样."""

    template_name = "desk/administration/seal.html"
    heading = gettext_lazy("登记印章图样")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return SealForm(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        picture = form.cleaned_data["picture"].read()
        actions.declare_seal(self.unit, picture=picture, by=officer_of(self.request), at=timezone.now())
        return self.told(_("印章图样已登记。"))

    def context(self, form: forms.Form) -> dict[str, Any]:
        used = SealPicture.objects.filter(unit_code=self.unit.code, withdrawn_at__isnull=True).first()
        return {**super().context(form), "unit": self.unit, "used": used}


class WithdrawSeal(View):
    """停用印章图样."""

    def get(self, request: HttpRequest, unit: str) -> HttpResponseBase:
        return redirect("desk:units")

    def post(self, request: HttpRequest, unit: str) -> HttpResponseBase:
        officer = door.administrator(request)
        found = get_object_or_404(Unit, code=unit)
        try:
            actions.withdraw_seal(found, by=officer, at=timezone.now())
            messages.success(request, _("印章图样已停用，以后用墨盖章。"))
        except Refused as refused:
            messages.error(request, refused.sentence)
        return redirect("desk:units")
