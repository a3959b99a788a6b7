"""收信室: a letter is opened, given its sticker and its place, and waits to be registered."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk import handed_in
from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.letters import Letter, Sticker
from xinfang.desk.lights import light
from xinfang.desk.page import LETTER_ROOM, officer_of
from xinfang.foundation import paging
from xinfang.organizations.models import Seat, Unit
from xinfang.petitions import actions, queries
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Original, Petition
from xinfang.trace.acts import AlreadyDone, once

KEYS = ("id",)
SIZE = 20


def _seats(request: HttpRequest) -> list[Seat]:
    seats = {seat.unit_code: seat for seat in officer_of(request).seats if seat.duty in LETTER_ROOM}
    if not seats:
        raise PermissionDenied(_("您没有收存来信原件的岗位。"))
    return list(seats.values())


def home_of(petition: Petition) -> HttpResponseBase:
    """Its page, or the form in which it is registered."""
    if petition.number:
        return redirect("desk:petition", petition.number)
    return redirect("desk:petition-register", petition.pk)


class LetterRoom(FormPage):
    """First the sticker: one that is known leads to its letter, a new one to the form."""

    template_name = "desk/letters.html"
    scan: Sticker | None = None

    def prepare(self, **kwargs: Any) -> None:
        self.seats = _seats(self.request)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.prepare(**kwargs)
        if "barcode" in request.GET:
            self.scan = Sticker(request.GET)
            if self.scan.is_valid() and (known := self._known(self.scan.cleaned_data["barcode"])):
                return home_of(known.petition)  # type: ignore[return-value]
        return super().get(request, **kwargs)

    def _known(self, barcode: str) -> Original | None:
        visible = queries.of_visible(officer_of(self.request))
        return Original.objects.filter(visible, barcode=barcode).select_related("petition").first()

    def form(self, *args: Any, **kwargs: Any) -> Letter:
        form = Letter(*args, seats=self.seats, **kwargs)
        if self.scan and self.scan.is_valid():
            form.initial["barcode"] = self.scan.cleaned_data["barcode"]
            form.fields["postmarked_on"].widget.attrs["autofocus"] = True
        return form

    def attempt(self, form: Any) -> HttpResponseBase | None:
        with once(self.token):
            if not form.is_valid():
                return None
        scans = handed_in.taken(form.cleaned_data["attachments"], field="attachments")
        with transaction.atomic():
            with once(self.token):
                original = self._open(form)
            self._keep_scans(original.petition, scans)
        done = _("已拆封收存，条码 %(barcode)s。可以扫下一封，或者在下面登记。")
        messages.success(self.request, done % {"barcode": original.barcode})
        return redirect("desk:letters")

    def _open(self, form: Letter) -> Original:
        said = form.cleaned_data
        organ = Unit.objects.get(code=said.get("organ") or self.seats[0].unit_code)
        by, at = officer_of(self.request), timezone.now()
        return actions.open_letter(form.kept(), received_at=said["received_at"], organ=organ, by=by, at=at)

    def _keep_scans(self, draft: Petition, scans: list[handed_in.HandedIn]) -> None:
        sealed = handed_in.stored(scans, draft)
        handed_in.keep(self.request, draft, sealed, label=lambda n: _("来信扫描件%(n)s") % {"n": n})

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:letters")

    def context(self, form: Any) -> dict[str, Any]:
        after = self.request.GET.get("after", "")
        waiting = paging.page(self._waiting(), KEYS, size=SIZE, after=after)
        return {
            "scan": self.scan or Sticker(),
            "is_scanned": form.is_bound or "barcode" in form.initial,
            "letters": [(one, light(one.status, one.due_on, timezone.localdate())) for one in waiting.rows],
            "after": waiting.after,
            "is_first": not after,
            "here": "letters",
        }

    def _waiting(self) -> QuerySet[Petition]:
        ours = queries.visible_to(officer_of(self.request)).filter(organ__in=[seat.unit_id for seat in self.seats])
        return ours.filter(status="draft", channel=Channel.LETTER).prefetch_related("originals")
