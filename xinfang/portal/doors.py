"""The front page with its two doors, and how to file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xinfang.organizations.models import Unit, UnitKind
from xinfang.organizations.queries import open_units


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"bureau": _bureau()})


@login_not_required
def file(request: HttpRequest) -> HttpResponse:
    """我要反映: by letter, in person, by telephone, through the village."""
    return render(request, "portal/file.html", {"bureau": _bureau()})


def _bureau() -> Unit | None:
    return open_units(timezone.localdate()).filter(kind=UnitKind.BUREAU).first()
