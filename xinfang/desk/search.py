"""搜索: by words, place, state and the number of a paper at an address; by a name only with a reason, and never in an address."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from xinfang.desk.forms.base import beside
from xinfang.desk.forms.search import ByName, Search
from xinfang.desk.page import draw, officer_of
from xinfang.desk.rows import COLUMNS, listed
from xinfang.foundation import paging
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, desks, queries, sight
from xinfang.petitions.codes import RevealGround
from xinfang.petitions.models import Petition

KEYS = ("-id",)
SIZE = 20
UNPROCESSABLE = 422


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What fits, newest first; nothing before something is asked."""
    form = Search(request.GET)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    asked = {name: form.cleaned_data[name] for name in form.fields}
    if not any(asked.values()):
        return _page(request, form)
    after = request.GET.get("after", "")
    found = paging.page(_found(request, asked), KEYS, size=SIZE, after=after)
    rows = listed(found.rows, timezone.localdate())
    return _page(request, form, rows=rows, after=found.after, is_first=not after)


def _found(request: HttpRequest, asked: dict[str, str]) -> QuerySet[Petition]:
    found = queries.search(
        officer_of(request), text=asked["words"], division=asked["place"], status=asked["state"], paper=asked["paper"]
    )
    return found.select_related("division").only("division", *COLUMNS)


class SearchByName(View):
    """按姓名查找: matters of someone of just this name, on a ground that stays in the trace."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return redirect("desk:search")

    def post(self, request: HttpRequest) -> HttpResponse:
        if not sight.may_reveal(officer_of(request)):
            raise PermissionDenied(_("您的岗位不能按姓名查找。"))
        form = ByName(request.POST)
        if not form.is_valid():
            return _page(request, by_name=form, status=UNPROCESSABLE)
        try:
            found = self._found(form)
        except Refused as refused:
            beside(form, refused)
            return _page(request, by_name=form, status=UNPROCESSABLE)
        return _page(request, by_name=form, rows=listed(found, timezone.localdate()))

    def _found(self, form: ByName) -> list[Petition]:
        ground = RevealGround(form.cleaned_data["ground"])
        by, at = officer_of(self.request), timezone.now()
        return actions.search_by_name(form.cleaned_data["name"], ground=ground, by=by, at=at)


def _page(
    request: HttpRequest, form: Search | None = None, *, by_name: ByName | None = None, status: int = 200, **found: Any
) -> HttpResponse:
    context = {
        "form": form or Search(),
        "by_name": by_name or ByName(),
        "may_reveal": sight.may_reveal(officer_of(request)),
        "has_a_desk": desks.has_a_desk(officer_of(request)),
        "here": "search",
        **found,
    }
    return draw(request, "desk/search.html", context, status=status)
