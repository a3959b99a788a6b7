"""登记簿: what an office registered on one day, to print and to sign."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Day, Pick, offer
from xinfang.desk.page import draw, officer_of
from xinfang.desk.rows import COLUMNS, listed
from xinfang.petitions import queries
from xinfang.petitions.models import Petition

MOST_ROWS = 1000
UNPROCESSABLE = 422


class RegisterOf(DeskForm):
    """Which day of which of his offices."""

    date = Day(label=gettext_lazy("登记日期"))
    organ = Pick(label=gettext_lazy("登记机构"))

    def __init__(self, *args: Any, organs: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organ", list(organs.items()))


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Number, time, channel, masked name, title, where it went; today of his own office at first."""
    organs = {seat.unit_code: seat.unit_name for seat in officer_of(request).seats}
    first = {"date": timezone.localdate().isoformat(), "organ": next(iter(organs), "")}
    form = RegisterOf({**first, **request.GET.dict()}, organs=organs)
    if not form.is_valid():
        return draw(request, "desk/register.html", {"form": form}, status=UNPROCESSABLE if request.GET else 200)
    day, organ = form.cleaned_data["date"], form.cleaned_data["organ"]
    petitions = list(_registered(request, day, organ)[: MOST_ROWS + 1])
    rows = listed(petitions[:MOST_ROWS], timezone.localdate())
    context = {
        "form": form,
        "day": day,
        "organ": organs[organ],
        "rows": [(petition.registered_at, row) for petition, row in zip(petitions, rows, strict=False)],
        "is_cut": len(petitions) > MOST_ROWS,
        "printed_at": timezone.now(),
    }
    return draw(request, "desk/register.html", context)


def _registered(request: HttpRequest, day: date, organ: str) -> QuerySet[Petition]:
    """Those of the day, by the county's clock."""
    begins = timezone.make_aware(datetime.combine(day, time()))
    ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    officer = officer_of(request)
    [organ_id, *_] = [seat.unit_id for seat in officer.seats if seat.unit_code == organ]
    found = queries.registered(officer, organ_id, begins, ends)
    return found.select_related("division").only("division", "registered_at", *COLUMNS)
