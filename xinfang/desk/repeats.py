"""查重 beside the form: who else's number, telephone or name this is, asked while it is typed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from xinfang.desk.forms.people import typed_people, why_wrong
from xinfang.desk.page import DESKS, officer_of
from xinfang.petitions import actions
from xinfang.petitions.codes import RevealGround


class Candidates(View):
    """The fragment that stands beside the form. By POST alone, so that no name comes into an address or a log."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if DESKS.isdisjoint(seat.duty for seat in officer_of(request).seats):
            raise PermissionDenied(_("您没有登记信访件的岗位。"))
        return render(request, "desk/candidates.html", looked_up(request))


def looked_up(request: HttpRequest) -> dict[str, Any]:
    """What the page shows of a look-up: number, title, state, date and why, and nobody's data."""
    people = typed_people(request.POST)
    found = []
    if people:
        found = actions.look_for_repeats(
            people, ground=RevealGround.DUPLICATE, by=officer_of(request), at=timezone.now()
        )
    return {
        "has_looked": bool(people),
        "candidates": found,
        "same_as": request.POST.get("same_as", ""),
        "wrong_number": next(filter(None, (why_wrong(person.id_no) for person in people[:1])), ""),
    }
