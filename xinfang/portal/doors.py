"""The front page with its two doors, and how to file."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xinfang.meetings.models import ReceptionDay
from xinfang.meetings.queries import standing
from xinfang.organizations.models import Unit, UnitKind
from xinfang.organizations.queries import open_units
from xinfang.portal import nearest
from xinfang.publishing import queries

DAYS_AHEAD, GUIDES = 3, 4


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Two doors, questions with answers, the nearest window, who receives today and on the next three days."""
    today, streets, place = timezone.localdate(), nearest.streets(), request.GET.get("place", "")
    offices = nearest.offices(place, streets, today)
    context = {
        "bureau": offices[-1] if offices else None,
        "offices": offices,
        "streets": streets,
        "place": place,
        "days": _receptions(today),
        "guides": list(queries.guides()[:GUIDES]),
    }
    return render(request, "portal/home.html", context)


def _receptions(today: date) -> list[tuple[date, list[ReceptionDay]]]:
    """Today, whether or not anybody receives, and the days after it on which somebody does."""
    days: dict[date, list[ReceptionDay]] = {today: []}
    for reception in standing(today, today + timedelta(days=DAYS_AHEAD)):
        days.setdefault(reception.day, []).append(reception)
    return list(days.items())


@login_not_required
def file(request: HttpRequest) -> HttpResponse:
    """我要反映: by letter, in person, by telephone, through the village."""
    return render(request, "portal/file.html", {"bureau": _bureau()})


def _bureau() -> Unit | None:
    return open_units(timezone.localdate()).filter(kind=UnitKind.BUREAU).first()
