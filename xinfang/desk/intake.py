"""接访 and 登记 on one page, and the slip that is shown once."""

import base64
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.intake import Reception, Registration
from xinfang.desk.page import draw, officer_of
from xinfang.desk.petitions import seen_by
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import seal, unseal
from xinfang.organizations.models import Seat, Unit
from xinfang.petitions import actions, queries
from xinfang.petitions.codes import Channel
from xinfang.petitions.intake import Registered
from xinfang.petitions.models import Petition
from xinfang.trace.acts import AlreadyDone, once

SLIP = "slip"


def seats_at(request: HttpRequest, verb: str) -> list[Seat]:
    """One seat for each office in which he may do it; nobody else is given the form."""
    duties = queries.moves()[verb].duties
    seats = {seat.unit_code: seat for seat in officer_of(request).seats if seat.duty in duties}
    if not seats:
        raise PermissionDenied(_("您没有登记信访件的岗位。"))
    return list(seats.values())


def _organ(form: Any, seats: list[Seat]) -> Unit:
    """The office chosen, or his only one."""
    return Unit.objects.get(code=form.cleaned_data.get("organ") or seats[0].unit_code)


class Receive(FormPage):
    """接访: the form and the time of receipt, fixed before anything else."""

    template_name = "desk/receive.html"

    def prepare(self, **kwargs: Any) -> None:
        self.seats = seats_at(self.request, "petition.receive")

    def form(self, *args: Any, **kwargs: Any) -> Reception:
        return Reception(*args, seats=self.seats, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        said = form.cleaned_data
        draft = actions.receive(
            channel=Channel(said["channel"]),
            received_at=said["received_at"],
            organ=_organ(form, self.seats),
            by=officer_of(self.request),
            at=timezone.now(),
        )
        return redirect("desk:petition-register", draft.pk)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:petition-register", done.subject_id)

    def context(self, form: Any) -> dict[str, Any]:
        return {"move": queries.moves()["petition.receive"]}


class Intake(FormPage):
    """登记: register, and keep what was handed in beside the text; all of it or nothing."""

    template_name = "desk/intake.html"
    draft: Petition | None = None

    def prepare(self, **kwargs: Any) -> None:
        self.seats = seats_at(self.request, "petition.register")

    def form(self, *args: Any, **kwargs: Any) -> Registration:
        return Registration(*args, seats=self.seats, is_received=self.draft is not None, **kwargs)

    def attempt(self, form: Any) -> HttpResponseBase | None:
        with once(self.token):
            if not form.is_valid():
                return None
        with transaction.atomic():
            with once(self.token):
                registered = self._register(form)
            self._keep(registered.petition, form.cleaned_data["attachments"])
        return self._with_slip(registered)

    def _register(self, form: Any) -> Registered:
        said, draft = form.cleaned_data, self.draft
        return actions.register(
            form.intake(
                channel=Channel(draft.channel if draft else said["channel"]),
                received_at=draft.received_at if draft else said["received_at"],
            ),
            organ=draft.organ if draft else _organ(form, self.seats),
            by=officer_of(self.request),
            at=timezone.now(),
            draft=draft,
        )

    def _keep(self, petition: Petition, uploads: list[UploadedFile]) -> None:
        for n, upload in enumerate(uploads, start=1):
            try:
                add_evidence(self.request, petition, upload, label=f"材料{n}")
            except Refused as refused:
                sentence = _("“%(name)s”：%(why)s") % {"name": upload.name, "why": refused.sentence}
                raise Refused(sentence, field="attachments") from refused

    def _with_slip(self, registered: Registered) -> HttpResponseBase:
        """The secrets wait in the session, sealed, until the slip is drawn; then they are nowhere but on paper."""
        petition = registered.petition
        codes = json.dumps([registered.query_code, registered.act_secret]).encode()
        sealed = seal(petition.key, codes, context=_slip_of(petition))
        self.request.session[SLIP] = {str(petition.number): base64.b64encode(sealed).decode()}
        return redirect("desk:slip", petition.number)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        number = queries.visible_to(officer_of(self.request)).filter(pk=done.subject_id).values_list("number").first()
        return redirect("desk:slip", *number) if number and number[0] else redirect("desk:worklist")

    def context(self, form: Any) -> dict[str, Any]:
        opened = (
            queries.open_moves(officer_of(self.request), self.draft, [], timezone.localdate()) if self.draft else []
        )
        may_void = any(one.verb == "petition.void" for one in opened)
        return {"move": queries.moves()["petition.register"], "draft": self.draft, "may_void": may_void}


class RegisterDraft(Intake):
    """登记 after 接访: office, form and time of receipt are what was noted then."""

    def prepare(self, **kwargs: Any) -> None:
        visible = queries.visible_to(officer_of(self.request)).select_related("organ")
        self.draft = get_object_or_404(visible, pk=kwargs["draft"])
        super().prepare()
        if self.draft.organ_id not in {seat.unit_id for seat in self.seats}:
            raise PermissionDenied(_("这件由别的机构接访，由该机构登记。"))

    def closed(self) -> HttpResponse | None:
        """Registered meanwhile: there it is."""
        assert self.draft is not None
        return redirect("desk:petition", self.draft.number) if self.draft.number else None


def add_evidence(request: HttpRequest, petition: Petition, upload: UploadedFile, *, label: str) -> None:
    assert upload.file is not None
    actions.add_evidence(
        petition,
        stream=upload.file,  # type: ignore[arg-type]
        name=upload.name or "",
        label=label,
        by=officer_of(request),
        at=timezone.now(),
    )


@require_safe
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """登记回执: number, query code and act secret, once."""
    petition = seen_by(request, number)
    codes = _codes(request, petition)
    is_next = any(
        one.verb == "petition.check_duplicate"
        for one in queries.open_moves(officer_of(request), petition, [], timezone.localdate())
    )
    return draw(request, "desk/slip.html", {"petition": petition, "codes": codes, "is_next": is_next})


def _codes(request: HttpRequest, petition: Petition) -> dict[str, str]:
    waiting = request.session.get(SLIP, {})
    if petition.number not in waiting:
        return {}
    del request.session[SLIP]
    plain = unseal(petition.key, base64.b64decode(waiting[petition.number]), context=_slip_of(petition))
    query_code, act_secret = json.loads(plain)
    return {"query_code": query_code, "act_secret": act_secret}


def _slip_of(petition: Petition) -> str:
    return f"slip:{petition.pk}"
