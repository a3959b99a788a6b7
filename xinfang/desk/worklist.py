"""待办: what waits for this officer, next last day first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, TypeAlias
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.desk.filters import Filter, choices
from xinfang.desk.models import SavedView
from xinfang.desk.page import draw, officer_of
from xinfang.desk.rows import (
    COLUMNS,
    NOT_GIVEN_YET,
    Lookups,
    Row,
    assignment_row,
    listed,
    petition_row,
    review_row,
)
from xinfang.desk.ticked import Boxes
from xinfang.foundation import paging
from xinfang.foundation.prepared import Prepared
from xinfang.notices import bells
from xinfang.organizations.models import Duty, Officer
from xinfang.petitions import batches, openings, queries, sight, worklists
from xinfang.petitions.models import Assignment, Petition, ReviewCase

KEYS = ("due_on", "id")
SIZES = (20, 100)
_OF_ASSIGNMENT = (
    "status",
    "kind",
    "role",
    "due_on",
    "unit__short_name",
    *(f"petition__{column}" for column in COLUMNS),
)
_OF_REVIEW = ("status", "level", "due_on", *(f"petition__{column}" for column in COLUMNS))


@dataclass(frozen=True)
class Table:
    """One table of the worklist; the addresses of its first and its next page keep the filter.

    `of` is what its rows are ticked as, `moves` what may be done to many of them at once.
    """

    name: str
    of: str
    caption: str
    rows: list[Row]
    after: str
    is_first: bool
    first_page: str
    next_page: str
    moves: list[dict[str, Any]]
    are_ticked: bool
    all_page: str


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Petitions that wait for a move of his, and the open work of his units."""
    officer, chosen = officer_of(request), Filter.of(request.GET)
    asked = Asked(chosen, 100 if request.GET.get("size") == "100" else 20, request.GET)
    context = {
        "tables": _tables(officer, asked),
        "size": asked.size,
        "sizes": [(size, f"?{asked.address(size=size)}") for size in SIZES],
        "filter": chosen,
        "choices": choices(chosen),
        "views": SavedView.objects.filter(officer=officer).order_by("name"),
        "may_reveal": sight.may_reveal(officer),
        "writes_many": batches.writes(officer),
        "ticks": True,
        "unread": _told(bells.unread(officer)),
        "calls": _told(_calls(officer)),
        "here": "worklist",
    }
    return draw(request, "desk/worklist.html", context)


def _calls(officer: Officer) -> int:
    """How many 不满意件 wait, for the supervisor, whose days run; for everyone else nothing is asked."""
    if not any(seat.duty == Duty.SUPERVISOR for seat in officer.seats):
        return 0
    return worklists.follow_ups_waiting(officer)[: bells.MOST_COUNTED].count()


def _told(count: int) -> int | str:
    """As the menu shows it: beyond 99 it counts no further."""
    return count if count < bells.MOST_COUNTED else f"{bells.MOST_COUNTED - 1}+"


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    filter: Filter
    size: int
    query: QueryDict

    def after(self, table: str) -> str:
        return self.query.get(table, "")

    def address(self, **more: object) -> str:
        return "&".join(filter(None, [self.filter.query, urlencode({"size": self.size, **more})]))


def _tables(officer: Officer, asked: Asked) -> list[Table]:
    petitions: paging.Page[Petition] = _page(officer, asked, "after", _petitions)
    work: paging.Page[Assignment] = _page(officer, asked, "assigned_after", _assignments)
    waiting, assigned = _rows(officer, petitions.rows, work.rows)
    duties = {seat.duty for seat in officer.seats}
    found = []
    if not duties.isdisjoint(_movers()):
        listed = _Listed("after", "petition", _("等我办理的信访件"), petitions.rows, waiting, petitions.after)
        found.append(_table(officer, listed, asked))
    if not duties.isdisjoint(worklists.WORKERS):
        listed = _Listed("assigned_after", "assignment", _("本单位承办的任务"), work.rows, assigned, work.after)
        found.append(_table(officer, listed, asked))
    if not duties.isdisjoint(queries.LOOK_AGAIN):
        found += _reviews(officer, asked)
    if queries.is_of_the_discipline_organ(officer):
        found.append(_accusations(officer, asked))
    if Duty.LEADER in duties:
        found.append(_led(officer, asked))
    return found


def _reviews(officer: Officer, asked: Asked) -> list[Table]:
    """What waits at the review office; to the bureau's head it is shown where his word is asked for."""
    chosen = asked.filter.of_reviews(officer, timezone.localdate())
    found = worklists.reviews_waiting(officer).filter(chosen)
    found = found.select_related("petition__division").only("organ", *_OF_REVIEW)
    waiting = paging.page(found, KEYS, size=asked.size, after=asked.after("reviews_after"))
    if not waiting.rows and not any(seat.duty == Duty.REVIEW_OFFICE for seat in officer.seats):
        return []
    lookups = Lookups.of([one.petition for one in waiting.rows], dispatched=[], today=timezone.localdate())
    rows = [review_row(one, lookups) for one in waiting.rows]
    listed = _Listed("reviews_after", "review", _("等我办理的复查、复核"), waiting.rows, rows, waiting.after)
    return [_table(officer, listed, asked)]


def _accusations(officer: Officer, asked: Asked) -> Table:
    """等我办理的检举控告, oldest first: no article gives it a last day (条例 二十三, last paragraph)."""
    found = worklists.accusations_waiting(officer).filter(asked.filter.of_petitions(officer, timezone.localdate()))
    rows = found.select_related("division").only("division", *COLUMNS, "received_at")
    waiting = paging.page(rows, ("received_at", "id"), size=asked.size, after=asked.after("accusations_after"))
    shown = listed(waiting.rows, timezone.localdate())
    table = _Listed("accusations_after", "petition", _("等我办理的检举控告"), waiting.rows, shown, waiting.after)
    return _table(officer, table, asked)


def _led(officer: Officer, asked: Asked) -> Table:
    """A leader's short list, newest first: what it waits for is others' to do."""
    rows = worklists.led_by(officer).select_related("division").only("division", *COLUMNS)
    led = paging.page(rows, ("-id",), size=asked.size, after=asked.after("led_after"))
    shown = listed(led.rows, timezone.localdate())
    return _table(
        officer, _Listed("led_after", "petition", _("我批示、包案的信访件"), led.rows, shown, led.after), asked
    )


@dataclass(frozen=True)
class _Listed:
    """What one table lists."""

    name: str
    of: str
    caption: str
    subjects: Sequence[Petition | Assignment | ReviewCase]
    rows: list[Row]
    after: str


def _rows(officer: Officer, petitions: list[Petition], work: list[Assignment]) -> tuple[list[Row], list[Row]]:
    given = [petition for petition in petitions if petition.status not in NOT_GIVEN_YET]
    everyone = [*petitions, *(assignment.petition for assignment in work)]
    lookups = Lookups.of(everyone, dispatched=given, today=timezone.localdate())
    organs = {seat.unit_id: seat.unit_name for seat in officer.seats}
    waiting = [petition_row(petition, organs.get(petition.organ_id, ""), lookups) for petition in petitions]
    return waiting, [assignment_row(assignment, lookups) for assignment in work]


def _table(officer: Officer, listed: _Listed, asked: Asked) -> Table:
    name, are_ticked = listed.name, asked.query.get("tick") == listed.name
    boxes = Boxes(officer, are_ticked=are_ticked)
    here = {name: asked.after(name)} if asked.after(name) else {}
    return Table(
        name=name,
        of=listed.of,
        caption=listed.caption,
        rows=[replace(row, box=boxes.box(one)) for one, row in zip(listed.subjects, listed.rows, strict=True)],
        after=listed.after,
        is_first=not here,
        first_page=f"?{asked.address()}",
        next_page=f"?{asked.address(**{name: listed.after})}" if listed.after else "",
        moves=boxes.moves,
        are_ticked=are_ticked,
        all_page=f"?{asked.address(**here, **({} if are_ticked else {'tick': name}))}",
    )


Rows: TypeAlias = Callable[[Officer, Filter], QuerySet[Any]]


def _page(officer: Officer, asked: Asked, name: str, rows: Rows) -> paging.Page[Any]:
    """The first page, which is the one asked for all day, is worked out once for his seats, the day and the filter."""
    if after := asked.after(name):
        return paging.page(rows(officer, asked.filter), KEYS, size=asked.size, after=after)
    return paging.first(_first(queries.seated(officer), asked.filter, asked.size, rows), KEYS, size=asked.size)


@lru_cache(maxsize=queries.MOST_SEATED)
def _first(seated: queries.Seated, chosen: Filter, size: int, rows: Rows) -> Prepared[Any]:
    return paging.first_page(rows(seated[0], chosen), KEYS, size=size)


def _petitions(officer: Officer, chosen: Filter) -> QuerySet[Petition]:
    waiting = worklists.worklist(officer).filter(chosen.of_petitions(officer, timezone.localdate()))
    return waiting.select_related("division").only("division", *COLUMNS)


def _assignments(officer: Officer, chosen: Filter) -> QuerySet[Assignment]:
    waiting = worklists.assignments_waiting(officer).filter(chosen.of_assignments(officer, timezone.localdate()))
    waiting = worklists.with_draft(waiting).select_related("petition__division", "unit")
    return waiting.only("unit", "petition__division", *_OF_ASSIGNMENT)


@cache
def _movers() -> frozenset[Duty]:
    """The duties for which a petition may wait: some move of it names them, or the check of what a unit has reported."""
    moves = openings.moves()
    of_petitions = [verb for verb in moves if verb.startswith("petition.")]
    waiting = {duty for duty in Duty for verb in of_petitions if openings.waits_for(duty, verb)}
    return moves["assignment.check_result"].duties.union(waiting)


@require_safe
def find(request: HttpRequest) -> HttpResponseBase:
    """To a petition by its number. One that does not exist and one he may not know of are answered alike."""
    typed = "".join(request.GET.get("number", "").split()).upper()[:40]
    if typed.isascii() and typed.isalnum() and queries.visible_to(officer_of(request)).filter(number=typed).exists():
        return redirect("desk:petition", typed)
    wrong = _("没有编号为“%(number)s”的信访件，或者它不对您开放。请核对编号，例如 6101152026LX000001。")
    error = wrong % {"number": typed} if typed else _("请填写信访件编号。")
    return draw(request, "desk/find.html", {"number": typed, "error": error}, status=404 if typed else 200)
