"""登记回执: number, query code and act secret, once; and printed again, without the secret."""

import base64
import json
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from xinfang.desk.forms.base import said
from xinfang.desk.page import draw, officer_of
from xinfang.desk.petitions import SHOWN_WITH, seen_by
from xinfang.desk.proofs import receipt_of
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import seal, unseal
from xinfang.petitions import actions, openings, queries, sight
from xinfang.petitions.intake import Registered
from xinfang.petitions.models import Petition

SLIP = "slip"
PAPERS = ("a5", "roll")
"""The papers a slip is printed on. Which of them, whether large, whether without the receipt's code: a cookie remembers it."""


def hold(request: HttpRequest, registered: Registered) -> None:
    """The secrets wait in the session, sealed, until the slip is drawn; then they are nowhere but on paper."""
    petition = registered.petition
    codes = json.dumps([registered.query_code, registered.act_secret]).encode()
    sealed = seal(petition.key, codes, context=_slip_of(petition))
    request.session[SLIP] = {str(petition.number): base64.b64encode(sealed).decode()}


def page_of(petition: Petition, same_as: str) -> HttpResponseBase:
    """The slip; what the clerk thinks it repeats goes along, for the decision that comes next."""
    address = reverse("desk:slip", args=[petition.number])
    return redirect(f"{address}?{urlencode({'other': same_as})}" if same_as else address)


@require_safe
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """登记回执 as it is handed over."""
    waits = number.upper() in request.session.get(SLIP, {})
    petition = _entered_by(request, number) if waits else seen_by(request, number)
    return _drawn(request, petition, codes=_codes(request, petition))


def _entered_by(request: HttpRequest, number: str) -> Petition:
    """The codes wait in his session: he registered it a moment ago, in whatever compartment it lies now."""
    entered = queries.just_entered(officer_of(request), number.upper()).select_related(*SHOWN_WITH)
    return get_object_or_404(entered)


class Reprint(View):
    """补打: a mark on it, the query code, no act secret, and a line in the trace."""

    def get(self, request: HttpRequest, number: str) -> HttpResponseBase:
        return redirect("desk:slip", number)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        petition, at = seen_by(request, number), timezone.now()
        try:
            query_code = actions.reprint_slip(petition, by=officer_of(request), at=at)
        except Refused as refused:
            return _drawn(request, petition, codes={}, refusal=said(refused), status=422)
        return _drawn(request, petition, codes={"query_code": query_code}, reprinted_at=at)


def chosen_by(request: HttpRequest) -> list[str]:
    """Paper, size, and whether the receipt's code is left out, as this browser chose last."""
    return request.COOKIES.get(SLIP, "").split(".")


def _drawn(
    request: HttpRequest, petition: Petition, *, codes: dict[str, str], status: int = 200, **more: object
) -> HttpResponse:
    officer = officer_of(request)
    moves = openings.open_moves(officer, petition, [], timezone.localdate())
    chosen = chosen_by(request)
    context = {
        "petition": petition,
        "codes": codes,
        "demands": petition.demands.order_by("n") if sight.reads_text(officer) and not petition.is_sealed else [],
        "is_next": any(one.verb == "petition.check_duplicate" for one in moves),
        "may_reprint": any(seat.unit_id == petition.organ_id for seat in officer.seats),
        "other": request.GET.get("other", ""),
        "paper": chosen[0] if chosen[0] in PAPERS else PAPERS[0],
        "is_large": "large" in chosen,
        "is_plain": "plain" in chosen,
        "receipt": receipt_of(petition),
        **more,
    }
    return draw(request, "desk/slip.html", context, status=status)


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
