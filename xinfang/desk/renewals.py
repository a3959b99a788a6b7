"""补办登记单, 电话查询 and 材料收据: what a petitioner without a slip or a phone is given at any desk."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.pleas import RenewCodes
from xinfang.desk.forms.telephone import Call
from xinfang.desk.page import draw, officer_of, word_of
from xinfang.desk.petitions import seen_by
from xinfang.foundation.patience import TO_THE_DESK, guarded
from xinfang.petitions import actions, desks, progress, sight, slip_codes
from xinfang.petitions.codes import IdentityProof, LookKind
from xinfang.petitions.errors import DoesNotFit
from xinfang.trace.acts import AlreadyDone


class RenewPage(FormPage):
    """Nothing of the petition is shown but its number and the new codes."""

    template_name = "desk/renew.html"

    def prepare(self, **kwargs: Any) -> None:
        if not desks.has_a_desk(officer_of(self.request)):
            raise PermissionDenied(_("登记单由有登记窗口的单位补办。"))

    def form(self, *args: Any, **kwargs: Any) -> RenewCodes:
        form = RenewCodes(*args, **kwargs)
        form.initial.setdefault("number", word_of(self.request, "number", most=18))
        return form

    def act(self, form: Any) -> HttpResponseBase:
        said = form.cleaned_data
        officer, at = officer_of(self.request), timezone.now()
        with _patient(f"officer:{officer.pk}", at), _patient(said["number"], at):
            registered = actions.renew_codes(
                said["number"], form.shown(), proof=IdentityProof(said["proof"]), by=officer, at=at
            )
        context = {"number": registered.petition.number, "registered": registered, "at": timezone.now()}
        return draw(self.request, "desk/renewed.html", context)

    def attempt(self, form: Any) -> HttpResponseBase | None:
        """What did not fit is written down after the form's token is put back: the next try is another."""
        try:
            return super().attempt(form)
        except DoesNotFit:
            actions.refuse_renewal(form.cleaned_data["number"], by=officer_of(self.request), at=timezone.now())
            raise

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        """The codes were shown once. Whoever did not get them asks again: those die too."""
        return redirect("desk:slip-renew")


def _patient(number: str, at: datetime) -> AbstractContextManager[None]:
    return guarded("number", number, at=at, said=TO_THE_DESK)


@require_safe
def material_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """材料收据: what was handed in, for him to take home; the originals that only passed over the desk go back with him."""
    petition, officer = seen_by(request, number, LookKind.OPEN), officer_of(request)
    if not sight.reads_text(officer):
        raise PermissionDenied(_("材料不对审计岗位显示。"))
    files = slip_codes.handed_in().filter(petition=petition).select_related("copy").order_by("id")
    kept = petition.originals.select_related("handing_back").order_by("id")
    context = {"petition": petition, "files": files, "kept": kept, "now": timezone.now()}
    return draw(request, "desk/material_receipt.html", context)


def telephone(request: HttpRequest) -> HttpResponse:
    """电话查询: number and code as the caller reads them out, and what to say to him, sentence by sentence."""
    if not desks.has_a_desk(officer_of(request)):
        raise PermissionDenied(_("电话查询由有登记窗口的单位答复。"))
    form = Call(request.POST or None)
    reading = form.reading(officer_of(request)) if request.method == "POST" else None
    context = {"form": form, "reading": reading, "may_ask": reading is not None and _may_ask(reading)}
    return draw(request, "desk/telephone.html", context, status=200 if reading or request.method != "POST" else 422)


def _may_ask(reading: progress.Progress) -> bool:
    """A review that is still in time, or whose days no proven service has begun."""
    offer = reading.offer
    return offer is not None and bool(offer.organs) and (offer.until is None or offer.until >= timezone.localdate())
