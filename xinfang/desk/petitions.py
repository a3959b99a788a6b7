"""The petition page, and what is revealed on it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from xinfang.archives import policies as archives
from xinfang.archives.queries import opens_file
from xinfang.desk.forms.base import said
from xinfang.desk.looks import looked
from xinfang.desk.page import draw, names_for, officer_of
from xinfang.desk.sheet import Sheet
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, queries
from xinfang.petitions.codes import LookKind, RevealGround
from xinfang.petitions.models import Petition, Petitioner
from xinfang.petitions.models.petitioner import Identity

SHOWN_WITH = ("organ", "division", "category", "respondent_unit")


def seen_by(request: HttpRequest, number: str, *kinds: LookKind) -> Petition:
    """The petition of that number, when he may know of it; otherwise there is none. That he opens it stands in the ledger."""
    try:
        found = queries.numbered(number.upper(), officer_of(request), *SHOWN_WITH)
    except Petition.DoesNotExist:
        raise Http404 from None
    found.looked_into = looked(request, found, *(kinds or (LookKind.OPEN,)))
    return found


@require_safe
def petition(request: HttpRequest, number: str) -> HttpResponse:
    """Facts, demands, people masked, timeline, clocks, papers, files, and exactly the moves that are open."""
    return _page(request, seen_by(request, number))


class Reveal(View):
    """查看: one person in clear, on a ground that stays in the trace, on this answer alone."""

    def get(self, request: HttpRequest, number: str) -> HttpResponseBase:
        return redirect("desk:petition", number)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        found = seen_by(request, number)
        person = _person(found, request.POST.get("petitioner", ""))
        try:
            ground = RevealGround(request.POST.get("ground", ""))
        except ValueError:
            return _page(request, found, refusal=_("请先选择查看的原因。"), status=422)
        try:
            identity = actions.reveal(person, ground=ground, by=officer_of(request), at=timezone.now())
        except Refused as refused:
            return _page(request, found, refusal=said(refused), status=422)
        return _page(request, found, revealed={person.pk: identity})


def _page(
    request: HttpRequest,
    found: Petition,
    *,
    revealed: dict[int, Identity] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    sheet = Sheet(found, officer, today=timezone.localdate(), revealed=revealed or {})
    if sheet.sees_phone and LookKind.PHONE not in found.looked_into:
        actions.see_phone(found, by=officer, at=now)
    may_name = names_for(officer, found)
    context = {
        **sheet.context(),
        "grounds": RevealGround.choices,
        "refusal": refusal,
        "may_name": may_name,
        "packs": archives.packs(officer, found),
        "opens_file": opens_file(officer, found),
    }
    return draw(request, "desk/petition.html", context, status=status)


def _person(petition: Petition, text: str) -> Petitioner:
    """One of its people; every other id is nobody's."""
    for person in petition.petitioners.all():
        if str(person.pk) == text:
            person.petition = petition
            return person
    raise Http404
