"""待办: what waits for this officer, next last day first."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.desk.page import draw, officer_of
from xinfang.desk.rows import COLUMNS, Lookups, Row, assignment_row, petition_row
from xinfang.foundation import paging
from xinfang.organizations.models import Duty, Officer
from xinfang.petitions import queries
from xinfang.petitions.models import Assignment, Petition

KEYS = ("due_on", "id")
SIZES = (20, 100)
IN_A_UNIT = frozenset({Duty.UNIT_HEAD, Duty.CASE_HANDLER})
_NOT_GIVEN_YET = frozenset({"draft", "registered", "triaged"})
_OF_ASSIGNMENT = ("status", "kind", "due_on", "unit__short_name", *(f"petition__{column}" for column in COLUMNS))


@dataclass(frozen=True)
class Table:
    """One table of the worklist, and the mark of its next page."""

    name: str
    caption: str
    rows: list[Row]
    after: str
    is_first: bool


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Petitions that wait for a move of his, and the open work of his units."""
    size = 100 if request.GET.get("size") == "100" else 20
    tables = _tables(officer_of(request), size, request.GET.get("after", ""), request.GET.get("assigned_after", ""))
    return draw(request, "desk/worklist.html", {"tables": tables, "size": size, "sizes": SIZES})


def _tables(officer: Officer, size: int, after: str, assigned_after: str) -> list[Table]:
    petitions = paging.page(_petitions(officer), KEYS, size=size, after=after)
    work = paging.page(_assignments(officer), KEYS, size=size, after=assigned_after)
    given = [petition for petition in petitions.rows if petition.status not in _NOT_GIVEN_YET]
    everyone = [*petitions.rows, *(assignment.petition for assignment in work.rows)]
    lookups = Lookups.of(everyone, dispatched=given, today=timezone.localdate())
    organs = {seat.unit_id: seat.unit_name for seat in officer.seats}
    waiting = [petition_row(petition, organs.get(petition.organ_id, ""), lookups) for petition in petitions.rows]
    assigned = [assignment_row(assignment, lookups) for assignment in work.rows]
    duties = {seat.duty for seat in officer.seats}
    found = []
    if not duties.isdisjoint(_movers()):
        found.append(Table("after", _("等我办理的信访件"), waiting, petitions.after, not after))
    if not duties.isdisjoint(IN_A_UNIT):
        found.append(Table("assigned_after", _("本单位承办的任务"), assigned, work.after, not assigned_after))
    return found


def _petitions(officer: Officer) -> QuerySet[Petition]:
    return queries.worklist(officer).select_related("division").only("division", *COLUMNS)


def _assignments(officer: Officer) -> QuerySet[Assignment]:
    waiting = queries.assignments_waiting(officer)
    return waiting.select_related("petition__division", "unit").only("unit", "petition__division", *_OF_ASSIGNMENT)


def _movers() -> frozenset[Duty]:
    """The duties that some move of a petition names."""
    return frozenset().union(*(move.duties for verb, move in queries.moves().items() if verb.startswith("petition.")))


@require_safe
def find(request: HttpRequest) -> HttpResponseBase:
    """To a petition by its number. One that does not exist and one he may not know of are answered alike."""
    typed = "".join(request.GET.get("number", "").split()).upper()[:40]
    if typed.isascii() and typed.isalnum() and queries.visible_to(officer_of(request)).filter(number=typed).exists():
        return redirect("desk:petition", typed)
    wrong = _("没有编号为“%(number)s”的信访件，或者它不对您开放。请核对编号，例如 6101152026LX000001。")
    error = wrong % {"number": typed} if typed else _("请填写信访件编号。")
    return draw(request, "desk/find.html", {"number": typed, "error": error}, status=404 if typed else 200)
