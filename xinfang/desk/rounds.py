"""跟进: what waits after an opinion is signed: to reach the petitioner, to be carried out, to be asked about. A list each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk import page
from xinfang.desk.lights import DARK, Light, light
from xinfang.desk.page import draw, officer_of
from xinfang.desk.rows import marks_of
from xinfang.desk.words import moment
from xinfang.foundation import paging
from xinfang.foundation.text import Text, listed, noted
from xinfang.organizations.models import Duty, Officer, Unit
from xinfang.petitions import notice_papers, openings, sight, worklists
from xinfang.petitions.after import last_moments
from xinfang.petitions.codes import CommitmentStatus
from xinfang.petitions.models import Assignment, Commitment, FollowUp, GatePass, NoticeWaiting, Petition, Referral
from xinfang.petitions.models.notice_paper import NO_CLOCK

SIZE = 20


@dataclass(frozen=True)
class Line:
    """One row. `said` is what waits; `goes` where it is done, empty where it is only looked at from here."""

    petition: Petition
    unit: str
    said: str
    due: date | None
    light: Light
    goes: str = ""
    pk: int = 0
    """Of a row that can be ticked."""

    @property
    def marks(self) -> tuple[str, ...]:
        return marks_of(self.petition)

    @property
    def href(self) -> str:
        return reverse("desk:petition", args=[self.petition.number])


@dataclass(frozen=True)
class Round:
    """One list: what it is called, who has it, what is on it in which order, and how a row is told."""

    name: Text
    caption: Text
    nothing: Text
    duties: frozenset[Duty]
    rows: Callable[[Officer], QuerySet[Any]]
    told: Callable[[Sequence[Any], date], Iterable[Line]]
    keys: tuple[str, ...] = ("due_on", "id")
    of: str = ""
    """What its ticked rows are called; empty where none is ticked."""
    counted: Callable[[Officer, date], str] = lambda officer, today: ""
    """A sentence above the list."""


def _notices(rows: Sequence[NoticeWaiting], today: date) -> Iterable[Line]:
    units = dict(Unit.objects.filter(code__in={one.unit_code for one in rows}).values_list("code", "short_name"))
    for one in rows:
        paper = f"{one.paper.get_kind_display()} {one.paper.number or ''}".strip()
        said = _("%(paper)s，%(day)s 出具；信访人选的是%(way)s") % {
            "paper": paper,
            "day": timezone.localdate(one.paper.issued_at).isoformat(),
            "way": one.petition.get_notify_by_display(),
        }
        due = None if one.due_on == NO_CLOCK else one.due_on
        yield Line(one.petition, units.get(one.unit_code, ""), said, due, dated(due, today), pk=one.pk)


def _unserved(rows: Sequence[Assignment], today: date) -> Iterable[Line]:
    for one in rows:
        said = _("%(day)s 出具，还没有送达") % {"day": timezone.localdate(one.opinion_at).isoformat()}
        href = reverse("desk:assignment-deliver", args=[one.pk])
        yield Line(one.petition, one.unit.short_name, said, one.due_on, light(one.status, one.due_on, today), href)


def _commitments(rows: Sequence[Commitment], today: date) -> Iterable[Line]:
    for one in rows:
        shown = dated(one.due_on, today) if one.status == CommitmentStatus.OPEN else DARK
        said = noted(one.what, one.get_status_display())
        goes = "desk:commitment-carry_out" if one.status == CommitmentStatus.OPEN else "desk:commitment-check"
        yield Line(one.petition, one.unit.short_name, said, one.due_on, shown, reverse(goes, args=[one.pk]))


def _follow_ups(rows: Sequence[FollowUp], today: date) -> Iterable[Line]:
    for one in rows:
        due = one.result_due if one.called_at else one.call_due
        said = _("已回访，等待核查结果") if one.called_at else _("评价不满意，等待回访")
        word = "conclude_follow_up" if one.called_at else "call_back"
        href = reverse(f"desk:petition-{word}", args=[one.petition.number])
        yield Line(one.petition, one.petition.organ.short_name, said, due, dated(due, today), href)


def _referrals(rows: Sequence[Referral], today: date) -> Iterable[Line]:
    for one in rows:
        said = _("%(day)s 转介%(organ)s，等待结果") % {
            "day": timezone.localdate(one.referred_at).isoformat(),
            "organ": one.organ,
        }
        href = reverse("desk:referral-answer", args=[one.pk])
        yield Line(one.petition, str(one.get_kind_display()), said, None, DARK, href)


def _urgent(rows: Sequence[Petition], today: date) -> Iterable[Line]:
    for one in rows:
        phone, written = last_moments(one.received_at)
        said = _("收到时间 %(at)s；电话报告最迟 %(phone)s，书面报告最迟 %(written)s") % {
            "at": moment(one.received_at),
            "phone": moment(phone),
            "written": moment(written),
        }
        late = Light("overdue", _("超时")) if timezone.now() > written else Light("red", _("尚未报送"))
        href = reverse("desk:petition-report_urgent", args=[one.number])
        yield Line(one, one.organ.short_name, said, None, late, href)


def _elsewhere(rows: Sequence[Petition], today: date) -> Iterable[Line]:
    for one in rows:
        said = _("%(organ)s登记，%(state)s") % {"organ": one.organ.short_name, "state": one.get_status_display()}
        yield Line(one, one.organ.short_name, said, one.due_on, light(one.status, one.due_on, today))


def _overruled(rows: Sequence[GatePass], today: date) -> Iterable[Line]:
    for one in rows:
        work = one.opinion.assignment
        told = {"day": timezone.localdate(one.opinion.issued_at).isoformat(), "what": one.overruled, "why": one.reason}
        said = _("%(day)s 签发，%(what)s；理由：%(why)s") % told
        yield Line(work.petition, work.unit.short_name, said, None, DARK)


def _counted_overruled(officer: Officer, today: date) -> str:
    """Since New Year, by what was overruled; one opinion may count under several."""
    since = datetime(today.year, 1, 1, tzinfo=timezone.get_current_timezone())
    found = [
        _("%(what)s %(count)s 件") % {"what": code.label, "count": n}
        for code, n in worklists.overruled_since(officer, since)
    ]
    return _("今年以来：%(counts)s。") % {"counts": listed(found)} if found else ""


_OF_PETITION = ("petition__organ", "petition__division")
_OF_THE_BUREAU = frozenset({Duty.BUREAU_HEAD, Duty.DISPATCHER, Duty.SUPERVISOR, Duty.REGISTRAR, Duty.REVIEW_OFFICE})
_ASKERS = openings.moves()["petition.call_back"].duties

ROUNDS: dict[str, Round] = {
    "unserved": Round(
        gettext_lazy("待送达"),
        gettext_lazy("处理意见已经出具、还没有送达的，最迟的在前。送达以前，信访人的复查期不起算。"),
        gettext_lazy("没有等待送达的处理意见。"),
        page.ROUNDS,
        lambda officer: worklists.unserved(officer).select_related("unit", "petition__division"),
        _unserved,
    ),
    "notices": Round(
        gettext_lazy("告知待送"),
        gettext_lazy(
            "已经出具、还没有登记怎样送出的告知，最迟的在前。短信、邮件只提醒有新进展，告知书都要送到信访人手里。"
        ),
        gettext_lazy("没有等待送出的告知。"),
        notice_papers.SENDERS | notice_papers.OF_REVIEWS,
        lambda officer: (
            notice_papers.waiting(officer).select_related("paper", "petition__division").defer("paper__data")
        ),
        _notices,
        ("due_on", "paper_id"),
        "notice",
    ),
    "commitments": Round(
        gettext_lazy("待落实"),
        gettext_lazy("处理意见支持、单位承诺落实的事项，最迟的在前；单位报了落实的，由信访局回访信访人后销号。"),
        gettext_lazy("没有等待落实的承诺。"),
        page.ROUNDS,
        lambda officer: worklists.commitments_waiting(officer).select_related("unit", *_OF_PETITION),
        _commitments,
    ),
    "calls": Round(
        gettext_lazy("待回访"),
        gettext_lazy("评价不满意的，五个工作日内回访，十五日内有核查结果。"),
        gettext_lazy("没有等待回访的不满意件。"),
        _ASKERS,
        lambda officer: worklists.follow_ups_waiting(officer).select_related(*_OF_PETITION),
        _follow_ups,
        ("call_due", "id"),
    ),
    "relief": Round(
        gettext_lazy("救助转介"),
        gettext_lazy("转介社会救助、司法救助，还没有结果的，先转介的在前。"),
        gettext_lazy("没有等待结果的救助转介。"),
        page.ROUNDS,
        lambda officer: worklists.referrals_waiting(officer).select_related(*_OF_PETITION),
        _referrals,
        ("referred_at", "id"),
    ),
    "urgent": Round(
        gettext_lazy("紧急信息"),
        gettext_lazy("标为重大紧急、还没有报送紧急信息的，先收到的在前。"),
        gettext_lazy("没有等待报送的紧急信息。"),
        openings.moves()["petition.report_urgent"].duties,
        lambda officer: worklists.urgent_waiting(officer).select_related("organ", "division"),
        _urgent,
        ("received_at", "id"),
    ),
    "overruled": Round(
        gettext_lazy("带理由签发"),
        gettext_lazy("答复关没有通过、由负责人写明理由签发的处理意见，后签发的在前。"),
        gettext_lazy("没有带理由签发的处理意见。"),
        _OF_THE_BUREAU - {Duty.REGISTRAR},
        lambda officer: worklists.overruled(officer).select_related(
            "opinion__assignment__unit", "opinion__assignment__petition__division"
        ),
        _overruled,
        ("-id",),
        counted=_counted_overruled,
    ),
    "elsewhere": Round(
        gettext_lazy("各机关登记"),
        gettext_lazy(
            "街道、部门登记的件，要由信访局转送、交办、转出、改派或者审核的；专人还看到没有转出的检举控告件。最迟的在前。"
        ),
        gettext_lazy("没有等待信访局办理的外单位登记件。"),
        _OF_THE_BUREAU,
        lambda officer: worklists.waits_at_the_bureau(officer).select_related("organ", "division"),
        _elsewhere,
    ),
}


def open_to(officer: Officer) -> list[str]:
    """The lists this officer has."""
    duties = {seat.duty for seat in officer.seats}
    return [slug for slug, one in ROUNDS.items() if not duties.isdisjoint(one.duties)]


@require_safe
def rounds(request: HttpRequest, which: str = "") -> HttpResponse:
    """One list, twenty rows a page, with the others beside it."""
    officer = officer_of(request)
    mine = open_to(officer)
    if which and which not in ROUNDS:
        raise Http404
    chosen = which or next(iter(mine), "")
    if chosen not in mine:
        raise PermissionDenied(_("您没有跟进这些事项的岗位。"))
    one = ROUNDS[chosen]
    found = paging.page(one.rows(officer), one.keys, size=SIZE, after=request.GET.get("after", ""))
    context = {
        "round": one,
        "counted": one.counted(officer, timezone.localdate()),
        "tabs": [(reverse("desk:rounds-of", args=[slug]), ROUNDS[slug].name, slug == chosen) for slug in mine],
        "lines": list(one.told(found.rows, timezone.localdate())),
        "after": found.after,
        "is_first": not request.GET.get("after"),
        "are_ticked": bool(request.GET.get("ticked")),
        "may_reveal": sight.may_reveal(officer),
        "here": "rounds",
    }
    return draw(request, "desk/rounds.html", context)


def dated(due: date | None, today: date) -> Light:
    """The light of a day that no clock of the petition keeps: a promise of a unit."""
    if due is None:
        return DARK
    days = (due - today).days
    if days < 0:
        return Light("overdue", _("超期 %(days)s 天") % {"days": -days})
    said = _("剩 %(days)s 天") % {"days": days} if days else _("今天到期")
    return Light("red" if days <= 1 else "yellow" if days <= SOON else "none", said)


SOON = 5
