"""信访人的材料包: given across the counter to the petitioner himself, as a file for his stick or printed."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xinfang.archives import actions, own, packing
from xinfang.archives.actions.own import LAW
from xinfang.archives.case import Case
from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.ledger import Across
from xinfang.desk.page import officer_of
from xinfang.desk.petitions import seen_by
from xinfang.desk.words import act_label
from xinfang.petitions import desks
from xinfang.petitions.codes import LookKind
from xinfang.trace.acts import AlreadyDone

BOX = "default-src 'none'; style-src 'unsafe-inline'"


class OwnPackPage(FormPage):
    """Who asks was looked at; then the zip, or the page of it to print. Each is in the trace first."""

    template_name = "desk/pack/own.html"

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"], LookKind.OPEN)
        if not desks.is_its_desk(officer_of(self.request), self.petition):
            raise PermissionDenied(_("材料包由登记这一件的窗口核对身份后交给信访人。"))

    def form(self, *args: Any, **kwargs: Any) -> Across:
        return Across(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        at, is_printed = timezone.now(), "print" in self.request.POST
        packing.require_signer()
        pack = actions.give_own_pack(self.petition, by=officer_of(self.request), at=at)
        with translation.override(settings.LANGUAGE_CODE):
            read = own.read(self.petition, pack, act_label, today=timezone.localdate(at))
            page = render_to_string("own_pack.html", {"case": own.for_eyes(read.told), "is_printed": is_printed})
            return _sheet(page) if is_printed else _file(read, page, at)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:own-pack", self.petition.number)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"petition": self.petition, "article": LAW}


def _sheet(page: str) -> HttpResponse:
    response = HttpResponse(page)
    response.headers["Content-Security-Policy"] = BOX
    return response


def _file(read: Case, page: str, at: Any) -> StreamingHttpResponse:
    found = packing.parts(read, page.encode(), at=at)
    response = StreamingHttpResponse(packing.written(found), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{read.petition.number}.zip"'
    response.headers["Content-Length"] = str(packing.size_of(found))
    return response
