"""What every page of the desk needs: who asks, and the frame around the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xinfang.foundation.text import clauses
from xinfang.organizations.models import Duty, Officer, Seat

HEADS = (Duty.BUREAU_HEAD, Duty.UNIT_HEAD)
KEEPERS = (*HEADS, Duty.ADMINISTRATOR)
DESKS = frozenset(
    {
        Duty.REGISTRAR,
        Duty.DISPATCHER,
        Duty.BUREAU_HEAD,
        Duty.UNIT_HEAD,
        Duty.CASE_HANDLER,
        Duty.VILLAGE_COLLECTOR,
    }
)


def officer_of(request: HttpRequest) -> Officer:
    """Who asks. The gate let nobody else in."""
    assert isinstance(request.user, Officer)
    return request.user


def draw(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page in the frame of the desk: his name, his seats, the doors open to them."""
    officer = officer_of(request)
    duties = {seat.duty for seat in officer.seats}
    frame = {
        "officer": officer,
        "seat": _seats(officer.seats),
        "may_register": not duties.isdisjoint(DESKS),
        "keeps_officers": not duties.isdisjoint(KEEPERS),
    }
    return render(request, template, {**frame, **(context or {})}, status=status)


def _seats(seats: tuple[Seat, ...]) -> str:
    return clauses(f"{seat.unit_name} {seat.duty.label}" for seat in seats) or _("目前没有岗位")
