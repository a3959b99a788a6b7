"""接访 and 登记 on one page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk import handed_in, slip
from xinfang.desk.form_page import UNPROCESSABLE, FormPage, fill
from xinfang.desk.forms.intake import Reception, Registration
from xinfang.desk.handed_in import HandedIn
from xinfang.desk.looks import looked
from xinfang.desk.page import officer_of, word_of
from xinfang.desk.phrases import phrases_of
from xinfang.desk.repeats import looked_up
from xinfang.meetings.bookings import of_draft
from xinfang.organizations.models import Seat, Unit
from xinfang.petitions import actions, openings, queries
from xinfang.petitions.actions.originals import KEEPERS, Kept
from xinfang.petitions.codes import Channel, LookKind
from xinfang.petitions.intake import Registered
from xinfang.petitions.models import Petition
from xinfang.petitions.models.phrase import PhraseUse
from xinfang.trace.acts import AlreadyDone, once


def seats_at(request: HttpRequest, verb: str) -> list[Seat]:
    """One seat for each office in which he may do it; nobody else is given the form."""
    duties = openings.moves()[verb].duties
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
        """Mostly somebody stands at the window."""
        form = Reception(*args, seats=self.seats, **kwargs)
        form.initial.setdefault("channel", Channel.VISIT.value)
        return form

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
        return {"move": openings.moves()["petition.receive"]}


class Intake(FormPage):
    """登记: register, and keep what was handed in beside the text; all of it or nothing."""

    template_name = "desk/intake.html"
    keeps_drafts = True
    draft: Petition | None = None
    after: Petition | None = None
    looked: Mapping[str, Any] = MappingProxyType({})

    def prepare(self, **kwargs: Any) -> None:
        self.seats = seats_at(self.request, "petition.register")
        number = self.request.POST.get("after", "").replace("\0", "") or word_of(self.request, "after", most=18)
        if number:
            visible = queries.visible_to(officer_of(self.request))
            self.after = get_object_or_404(visible, number=number.upper()[:18], is_skip_level=True)

    def form(self, *args: Any, **kwargs: Any) -> Registration:
        is_received = self.draft is not None
        has_paper = self.draft is not None and self.draft.originals.exists()
        keeps_paper = not has_paper and not KEEPERS.isdisjoint(seat.duty for seat in self.seats)
        return Registration(
            *args, seats=self.seats, is_received=is_received, keeps_paper=keeps_paper, after=self.after, **kwargs
        )

    def refilled(self, when: str) -> str:
        return _("已恢复 %(when)s 未登记完的内容。") % {"when": when}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if "look" in request.POST:
            return self._look(**kwargs)
        return self._check(**kwargs) if "check" in request.POST else super().post(request, **kwargs)

    def _check(self, **kwargs: Any) -> HttpResponseBase:
        """The fields alone, looked over before the files are sent; nothing is done."""
        self.prepare(**kwargs)
        form = self.form(self.request.POST)
        return HttpResponse(status=204) if form.is_valid() else self.shown(form, status=UNPROCESSABLE)

    def _look(self, **kwargs: Any) -> HttpResponseBase:
        """查重 without a script: the form as it stands, and beside it what was found."""
        self.prepare(**kwargs)
        if closed := self.closed():
            return closed
        form = self.form()
        fill(form, self.request.POST)
        self.looked = looked_up(self.request)
        return self.shown(form)

    def attempt(self, form: Any) -> HttpResponseBase | None:
        with once(self.token):
            if not form.is_valid():
                return None
        files = handed_in.taken(form.cleaned_data["attachments"], field="attachments")
        with transaction.atomic():
            with once(self.token):
                registered = self._register(form)
            self._keep(registered.petition, files)
            self._keep_paper(registered.petition, form.cleaned_data.get("barcode", ""))
            self.forget_draft()
        slip.hold(self.request, registered)
        return slip.page_of(registered.petition, self.request.POST.get("same_as", ""))

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

    def _keep(self, petition: Petition, files: list[HandedIn]) -> None:
        """Sealed here: the key is the petition's, and there was none before."""
        sealed = handed_in.stored(files, petition)
        handed_in.keep(self.request, petition, sealed, label=lambda n: f"材料{n}")

    def _keep_paper(self, petition: Petition, barcode: str) -> None:
        """The letter itself, by the sticker it was given."""
        if barcode:
            kept = Kept(barcode=barcode, description=_("来信原件"), place=_("登记处，待上架"))
            actions.keep_original(petition, kept, by=officer_of(self.request), at=timezone.now())

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        number = queries.visible_to(officer_of(self.request)).filter(pk=done.subject_id).values_list("number").first()
        return redirect("desk:slip", *number) if number and number[0] else redirect("desk:worklist")

    def context(self, form: Any) -> dict[str, Any]:
        opened = (
            openings.open_moves(officer_of(self.request), self.draft, [], timezone.localdate()) if self.draft else []
        )
        may_void = any(one.verb == "petition.void" for one in opened)
        return {
            "move": openings.moves()["petition.register"],
            "draft": self.draft,
            "after": self.after,
            "may_void": may_void,
            "phrases": phrases_of(officer_of(self.request), PhraseUse.SUMMARY),
            "card_reader": settings.CARD_READER,
            "files_lost": bool(self.request.FILES),
            "same_as": self.request.POST.get("same_as", ""),
            "scans": self.draft.evidence.select_related("copy").order_by("id") if self.draft else [],
            **self.looked,
        }


class RegisterDraft(Intake):
    """登记 after 接访: office, form and time of receipt are what was noted then."""

    def prepare(self, **kwargs: Any) -> None:
        visible = queries.visible_to(officer_of(self.request)).select_related("organ")
        self.draft = get_object_or_404(visible, pk=kwargs["draft"])
        super().prepare()
        is_own = self.draft.registered_by_id == officer_of(self.request).pk  # a collector's belongs to the street above
        if not is_own and self.draft.organ_id not in {seat.unit_id for seat in self.seats}:
            raise PermissionDenied(_("这件由别的机构接访，由该机构登记。"))
        looked(self.request, self.draft, LookKind.OPEN)

    def form(self, *args: Any, **kwargs: Any) -> Registration:
        """Whoever had booked need not tell his name again."""
        form = super().form(*args, **kwargs)
        if self.draft and (booked := of_draft(self.draft.pk)):
            person = booked.person
            form.initial.update({"lead_name": person["name"], "lead_phone": person["phone"]})
        return form

    def closed(self) -> HttpResponse | None:
        """Registered meanwhile: there it is."""
        assert self.draft is not None
        return redirect("desk:petition", self.draft.number) if self.draft.number else None
