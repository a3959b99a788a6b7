"""预约接访 at the desk: places opened, callers booked, the list printed, who comes called in, who does not noted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.bookings import Person, Places
from xinfang.desk.page import draw, officer_of
from xinfang.meetings import actions, bookings, policies
from xinfang.meetings.models import Booking, BookingStatus, ReceptionDay
from xinfang.organizations.models import Officer
from xinfang.trace.acts import AlreadyDone

ROWS = ReceptionDay.objects.select_related("leader__unit", "officer", "unit")


def _may(officer: Officer, reception: ReceptionDay) -> None:
    if not policies.receives(officer, reception):
        raise PermissionDenied(_("预约由接访单位的登记接访、拟办等岗位办理。"))


@require_safe
def listed(request: HttpRequest, reception: int) -> HttpResponse:
    """预约名单, masked, in the order of the places."""
    found = get_object_or_404(ROWS, pk=reception)
    _may(officer_of(request), found)
    return _list(request, found, [(one, one.masked) for one in bookings.listed(found)])


class Print(View):
    """打印名单: in clear, for whoever calls them in. A line in the trace; on this answer alone."""

    def get(self, request: HttpRequest, reception: int) -> HttpResponseBase:
        return redirect("desk:bookings", reception)

    def post(self, request: HttpRequest, reception: int) -> HttpResponse:
        found = get_object_or_404(ROWS, pk=reception)
        _may(officer_of(request), found)
        at = timezone.now()
        rows = actions.print_bookings(found, by=officer_of(request), at=at)
        return _list(request, found, [(one, one.person) for one in rows], printed_at=at)


def _list(
    request: HttpRequest, reception: ReceptionDay, rows: list[tuple[Booking, dict[str, str]]], **more: Any
) -> HttpResponse:
    places = bookings.places_of(reception)
    context = {
        "reception": reception,
        "rows": rows,
        "places": places,
        "is_today": reception.day == timezone.localdate(),
        "begun": bookings.begins_at(reception) <= timezone.now(),
        "may_offer": policies.may_schedule(officer_of(request)),
        "here": "receptions",
        **more,
    }
    return draw(request, "desk/bookings.html", context)


class BookingPage(FormPage):
    """A form about a reception or one of its bookings, and back to the list."""

    template_name = "desk/booking.html"
    heading: Any = ""
    done: Any = ""
    form_class: type[DeskForm] = DeskForm
    booking: Booking | None = None

    def prepare(self, **kwargs: Any) -> None:
        if "booking" in kwargs:
            rows = Booking.objects.select_related("reception__leader__unit", "reception__officer", "reception__unit")
            self.booking = get_object_or_404(rows, pk=kwargs["booking"])
            self.reception = self.booking.reception
        else:
            self.reception = get_object_or_404(ROWS, pk=kwargs["reception"])
        self.admit()

    def admit(self) -> None:
        _may(officer_of(self.request), self.reception)

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return self.form_class(*args, **kwargs)

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": officer_of(self.request), "at": timezone.now()}

    def closed(self) -> HttpResponse | None:
        if self.booking is None or self.booking.status == BookingStatus.STANDING:
            return None
        messages.info(self.request, _("这个预约已经办过了。"))
        return self._home()  # type: ignore[return-value]

    def act(self, form: forms.Form) -> HttpResponseBase:
        self.move(form.cleaned_data)
        messages.success(self.request, str(self.done))
        return self._home()

    def move(self, said: dict[str, Any]) -> None:
        raise NotImplementedError

    def _home(self) -> HttpResponseBase:
        return redirect("desk:bookings", self.reception.pk)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return self._home()

    def context(self, form: forms.Form) -> dict[str, Any]:
        said = {"reception": self.reception, "booking": self.booking, "heading": self.heading, "here": "receptions"}
        return {**said, "who": self.booking.masked if self.booking else {}}


class OfferPlaces(BookingPage):
    """开放预约."""

    heading = gettext_lazy("开放预约")
    done = gettext_lazy("可预约人数已定，门户上马上可以预约。")
    form_class = Places

    def admit(self) -> None:
        if not policies.may_withdraw(officer_of(self.request), self.reception.leader):
            raise PermissionDenied(_("开放预约由安排接访的人办理。"))

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Places(*args, initial={"places": bookings.places_of(self.reception)}, **kwargs)

    def move(self, said: dict[str, Any]) -> None:
        actions.offer_places(self.reception, places=said["places"], **self.hand)

    def _home(self) -> HttpResponseBase:
        receives = policies.receives(officer_of(self.request), self.reception)
        return redirect("desk:bookings", self.reception.pk) if receives else redirect("desk:receptions")


class AddBooking(BookingPage):
    """代约: for a caller or a visitor; what he takes with him is on the answer alone."""

    heading = gettext_lazy("代为预约")
    form_class = Person

    def act(self, form: forms.Form) -> HttpResponseBase:
        booked = actions.book(self.reception, **form.cleaned_data, **self.hand)
        context = {"reception": self.reception, "booking": booked.booking, "code": booked.code, "here": "receptions"}
        return draw(self.request, "desk/booking_slip.html", context)


class CancelBooking(BookingPage):
    """取消预约, for who asks at the desk."""

    heading = gettext_lazy("取消预约")
    done = gettext_lazy("预约已取消，位子空出来了。")

    def move(self, said: dict[str, Any]) -> None:
        assert self.booking is not None
        actions.cancel_booking(self.booking, **self.hand)


class CallIn(BookingPage):
    """叫号接访: he is here, and what he says is registered next."""

    heading = gettext_lazy("叫号接访")

    def act(self, form: forms.Form) -> HttpResponseBase:
        assert self.booking is not None
        petition = actions.call_in(self.booking, **self.hand)
        messages.success(self.request, _("已记下收到时间，接着登记。"))
        return redirect("desk:petition-register", petition.pk)


class NoShow(BookingPage):
    """没有到场."""

    heading = gettext_lazy("没有到场")
    done = gettext_lazy("已记下。不到场不影响他以后预约和信访。")

    def move(self, said: dict[str, Any]) -> None:
        assert self.booking is not None
        actions.note_no_show(self.booking, **self.hand)
