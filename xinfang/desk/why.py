"""为什么是这一天: what a last day rests on, of whoever may see the petition."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.deadlines import calendar, explained, plain, promises
from xinfang.deadlines.explained import Explanation
from xinfang.deadlines.models import Promise
from xinfang.deadlines.promises import Start
from xinfang.deadlines.terms import Clock
from xinfang.desk.corrected import receipts
from xinfang.desk.looks import looked
from xinfang.desk.page import draw, officer_of
from xinfang.desk.words import act_label, moment, unit_names
from xinfang.foundation.text import listed
from xinfang.organizations.models import Duty
from xinfang.petitions import came_directly, queries, sight
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Assignment, Petition, ReviewCase
from xinfang.trace.models import Entry


@require_safe
def promise(request: HttpRequest, promise: int) -> HttpResponse:
    """One promise."""
    found = get_object_or_404(Promise.objects.prefetch_related("shifts"), pk=promise)
    petition = petition_of(request, found)
    return _page(request, petition, found.due_on, _marked(petition, [found]))


@require_safe
def day(request: HttpRequest, petition: int, day: date) -> HttpResponse:
    """Whatever ends on that day for the petition and its assignments."""
    seen = _seen_by(request, petition)
    return _page(request, seen, day, [*_promised(seen, day), *_deemed(seen, day)])


def _page(request: HttpRequest, petition: Petition, day: date, found: Sequence[Promise]) -> HttpResponse:
    if not found:
        raise Http404
    context = {"petition": petition, "day": day, "panels": [_panel(request, petition, one) for one in found]}
    return draw(request, "desk/why/page.html", context)


def petition_of(request: HttpRequest, promise: Promise) -> Petition:
    """The petition it belongs to, when he may know of it."""
    pk = promise.subject_id
    if promise.subject == "assignment":
        pk = get_object_or_404(Assignment.objects.only("petition_id"), pk=pk).petition_id
    elif promise.subject == "review":
        pk = get_object_or_404(ReviewCase.objects.only("petition_id"), pk=pk).petition_id
    elif promise.subject != "petition":
        raise Http404
    return _seen_by(request, pk)


def _seen_by(request: HttpRequest, pk: int) -> Petition:
    found = get_object_or_404(queries.visible_to(officer_of(request)).select_related("organ"), pk=pk)
    looked(request, found, LookKind.OPEN)
    return found


def _ours(petition: Petition) -> Q:
    """What was promised of it: itself, the units' work, its reviews."""
    ours = Q(subject="petition", subject_id=petition.pk)
    ours |= Q(subject="assignment", subject_id__in=list(petition.assignments.values_list("pk", flat=True)))
    if petition.has_reviews:
        ours |= Q(subject="review", subject_id__in=list(petition.reviews.values_list("pk", flat=True)))
    return ours


def _promised(petition: Petition, day: date) -> list[Promise]:
    found = Promise.objects.filter(_ours(petition), due_on=day).prefetch_related("shifts")
    return _marked(petition, list(found.order_by("started_at", "id")))


def _marked(petition: Petition, found: list[Promise]) -> list[Promise]:
    """The work is asked for only where a term of it knows the difference."""
    works = [promise.subject_id for promise in found if promise.clock == Clock.D4]
    return came_directly.marked(found, petition, list(Assignment.objects.filter(pk__in=works)) if works else [])


def _deemed(petition: Petition, day: date) -> list[Promise]:
    """推定受理: until a unit accepts, its sixty days are counted from the last day of notice and promised to nobody yet."""
    waiting = petition.assignments.filter(accepted_at=None, handling_due=day).select_related("unit")
    return [
        promises.drawn(Start(Clock.D5, "assignment", one.pk, one.unit.code, on=one.notice_due), at=one.received_at)
        for one in waiting
    ]


def _panel(request: HttpRequest, petition: Petition, promise: Promise) -> dict[str, Any]:
    is_deemed = promise._state.adding
    shifts = () if is_deemed else tuple(sorted(promise.shifts.all(), key=lambda shift: shift.pk))
    found = explained.explain(promise, shifts, calendar=calendar.current(), proof=_proof(petition, promise))
    return {
        "why": found,
        "is_deemed": is_deemed,
        "may_correct": not is_deemed and sight.may_correct_start(officer_of(request), petition, promise),
        "sentences": plain.sentences(found),
        "facts": [*_facts(found), *_receipts(petition, promise)],
        "approvals": [(shift, _approver(shift.approved_post, shift.approved_by)) for shift in found.shifts],
    }


def _facts(found: Explanation) -> list[tuple[str, str]]:
    promise, term = found.promise, found.term
    rows = [
        (_("依据的性质"), term.mark.label),
        (_("起算"), term.starts),
        (_("起算日"), promise.started_on.isoformat()),
        (_("起算的凭据"), found.proof),
        (_("怎样算完成"), term.stops),
        (_("按日数的最后一日"), promise.due_strict.isoformat()),
        (_("遇休息日顺延到"), promise.due_legal.isoformat() if found.is_rolled else ""),
        (_("停止"), moment(promise.stopped_at)),
        (_("说明"), term.note),
    ]
    return [(str(name), str(value)) for name, value in rows if value]


_FROM_RECEIPT = frozenset({Clock.D0, Clock.D0_VISIT, Clock.D1, Clock.D2})


def _receipts(petition: Petition, promise: Promise) -> list[tuple[str, str]]:
    """A paper may show another time of receipt; the clock goes on from the one that was entered."""
    notes = receipts(petition) if promise.clock in _FROM_RECEIPT and promise.subject == "petition" else []
    said = _("凭据所示 %(shown)s；期限仍从登记的收到时间起算。")
    return [(_("收到时间的注明"), said % {"shown": moment(note.shown_at)}) for note in notes]


def _proof(petition: Petition, promise: Promise) -> str:
    """The entry of the act that started it, and its papers."""
    ours = queries.about(queries.subjects_of(petition))
    entry = Entry.objects.filter(ours, at=promise.started_at).order_by("id").first()
    if entry is None:
        return ""
    said = _("%(when)s“%(act)s”，留痕第%(entry)s号") % {
        "when": moment(entry.at),
        "act": act_label(entry.act),
        "entry": entry.pk,
    }
    numbers = [number for number in entry.facts.get("papers", []) if "〔" in number]
    return _("%(said)s；文书：%(papers)s") % {"said": said, "papers": listed(numbers)} if numbers else said


def _approver(post: str, hand: str) -> str:
    """The post and the unit, as they stood in the act."""
    if not post:
        return ""
    unit = hand.partition("@")[2]
    name = unit_names([unit]).get(unit, "") if unit else ""
    return f"{name} {Duty(post).label if post in Duty.values else post}".strip()
