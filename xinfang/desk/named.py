"""指名经办: who may know of a confidential petition, one more let in, one taken off."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from xinfang.desk.form_page import AboutPetition
from xinfang.desk.forms.base import said
from xinfang.desk.forms.custodians import NameOfficer
from xinfang.desk.page import names_for, officer_of
from xinfang.desk.petitions import seen_by
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, queries
from xinfang.petitions.models import Named


class NamedPage(AboutPetition):
    """Who is named now, and one more."""

    template_name = "desk/named.html"

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"])
        if not names_for(officer_of(self.request), self.petition):
            raise PermissionDenied(_("只有保密件需要指名经办，由局长或者已被指名的拟办员指名。"))

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return NameOfficer(*args, petition=self.petition, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        named = actions.name_officer(self.petition, **form.arguments(), by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("已指名%(name)s经办。") % {"name": named.officer.name})
        return self._home()

    def _home(self) -> HttpResponse:
        return redirect("desk:named", self.petition.number)

    def context(self, form: forms.Form) -> dict[str, Any]:
        now = self.petition.named.filter(ended_at__isnull=True).select_related("officer").order_by("pk")
        return {"petition": self.petition, "named": now}


class EndNaming(View):
    """撤销指名."""

    def get(self, request: HttpRequest, named: int) -> HttpResponseBase:
        return redirect("desk:named", self._found(request, named).petition.number)

    def post(self, request: HttpRequest, named: int) -> HttpResponseBase:
        found = self._found(request, named)
        try:
            actions.end_naming(found, by=officer_of(request), at=timezone.now())
        except Refused as refused:
            messages.error(request, said(refused))
        else:
            messages.success(request, _("已撤销指名。"))
        sees = queries.visible_to(officer_of(request)).filter(pk=found.petition_id).exists()
        return redirect("desk:named", found.petition.number) if sees else redirect("desk:worklist")

    def _found(self, request: HttpRequest, pk: int) -> Named:
        officer = officer_of(request)
        rows = Named.objects.filter(queries.of_visible(officer)).select_related("petition")
        named = get_object_or_404(rows, pk=pk)
        if not names_for(officer, named.petition):
            raise PermissionDenied(_("只有保密件需要指名经办，由局长或者已被指名的拟办员指名。"))
        return named
