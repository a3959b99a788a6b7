"""听证: proposed, approved, told of seven days ahead, held, concluded (条例 三十一(六)、三十六; domain 3.12)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from xinfang.deadlines import promises, shifts
from xinfang.deadlines.clocks import Excluded
from xinfang.deadlines.models import Shift
from xinfang.deadlines.queries import running_of
from xinfang.deadlines.shifts import Approver
from xinfang.deadlines.terms import Clock, term
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer, Unit
from xinfang.petitions import fitting, policies, road
from xinfang.petitions.codes import HearingClosed, ReviewLevel
from xinfang.petitions.letters import (
    HEARING,
    HEARING_IN_FINAL_REVIEW,
    RIGHTS_AT_A_HEARING,
    TELEPHONE,
    hearing_on,
    matters_on,
    names_on_letters,
)
from xinfang.petitions.lifecycle import HearingStatus, ReviewStatus
from xinfang.petitions.models import Assignment, Hearing, Petition, Remark, ReviewCase
from xinfang.petitions.policies import By
from xinfang.petitions.road import ROAD
from xinfang.trace.acts import Hand, act

FEWEST_MEMBERS = 3


@act
def propose_hearing(subject: Assignment | ReviewCase, *, reason: str, by: By, at: datetime) -> Hearing:
    """提出听证: of one's own work, or of a review. No date moves."""
    is_review = isinstance(subject, ReviewCase)
    held = road.hold_review(subject) if isinstance(subject, ReviewCase) else road.hold_assignment(subject)
    step = road.enter(f"{'review' if is_review else 'assignment'}.propose_hearing", held, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明为什么需要听证：重大、复杂、疑难在哪里。", field="reason", article="条例 三十一")
    petition = held.petition
    hearing = fitting.add(
        Hearing,
        petition=petition,
        assignment=None if isinstance(held, ReviewCase) else held,
        review=held if isinstance(held, ReviewCase) else None,
        status=HearingStatus.PROPOSED,
        reason=reason,
        proposed_at=at,
    )
    if not petition.has_hearings:
        petition.has_hearings = True
        Petition.objects.filter(pk=petition.pk).update(has_hearings=True)
    road.leave(step, rows=[hearing])
    return hearing


@act
def approve_hearing(hearing: Hearing, *, by: By, at: datetime) -> Hearing:
    """批准听证: by the head of the unit, or of the bureau for a review."""
    hearing = road.hold_hearing(hearing)
    step = road.enter("hearing.approve_hearing", hearing, by=by, at=at)
    road.advance(step, approved_at=at)
    road.leave(step)
    return hearing


@act
def notice_hearing(
    hearing: Hearing,
    *,
    starts_at: datetime,
    place: str,
    host: str,
    members: str,
    by: By,
    at: datetime,
    closed_for: HearingClosed | None = None,
) -> Hearing:
    """听证通知: seven days ahead; neither host nor officers took part in what is heard, and the officers are odd in number."""
    hearing = road.hold_hearing(hearing)
    step = road.enter("hearing.notice_hearing", hearing, by=by, at=at)
    _refuse_day(starts_at, promises.local_day(at))
    if not place.strip():
        raise Refused("请写明听证地点。", field="place")
    for text, limit, beside in ((place, 200, "place"), (host, 50, "host"), (members, None, "members")):
        fitting.refuse_text(text, limit, beside=beside)
    named = _named(members)
    _refuse_host(hearing, host, "host")
    _refuse_members(hearing, named, host)
    if hearing.petition.is_sealed and closed_for is None:
        raise Refused("保密的信访件不公开听证，请选择不公开的理由。", field="closed_for")
    told = {"starts_at": starts_at, "place": place, "host": host.strip(), "members": "\n".join(named)}
    road.advance(step, noticed_at=at, is_open=closed_for is None, closed_for=closed_for or "", **told)
    road.issue(step, _issuer(hearing), hearing_notice=lambda: _notice(hearing))
    road.leave(step, day=promises.local_day(starts_at))
    if hearing.review:
        _turn("review.go_to_hearing", hearing, at)
    return hearing


def _refuse_day(starts_at: datetime, today: date) -> None:
    day = promises.local_day(starts_at)
    if promises.notice_before(day) < today:
        rule = term(Clock.D18, day)
        raise Refused(
            "听证通知至少提前%(days)s日：今天通知，最早可以定在%(day)s。",
            field="starts_at",
            article=rule.article,
            days=rule.length,
            day=_soonest(today),
        )


def _soonest(today: date) -> date:
    """The first day of which it is not too late to tell."""
    day = today
    while promises.notice_before(day) < today:
        day = date.fromordinal(day.toordinal() + 1)
    return day


def _named(members: str) -> list[str]:
    """One a line, without the empty ones."""
    return [" ".join(line.split()) for line in members.splitlines() if line.strip()]


def _refuse_host(hearing: Hearing, host: str, field: str) -> None:
    if not host.strip():
        raise Refused("请写明主持人。", field=field)
    if host.strip() in _took_part(hearing):
        raise Refused("主持人不能是参与过调查或者原处理意见的人员。", field=field, article="条例 二十八")


def _refuse_members(hearing: Hearing, named: list[str], host: str) -> None:
    if len(named) < FEWEST_MEMBERS or len(named) % 2 == 0:
        raise Refused(
            "听证员应为单数，至少%(fewest)s人，现在写了%(count)s人；一行一人。",
            field="members",
            fewest=FEWEST_MEMBERS,
            count=len(named),
        )
    names = [line.split()[0] for line in named]
    if len(set(names)) < len(names) or host.strip() in names:
        raise Refused("主持人和听证员不能是同一个人，也不能重复。", field="members")
    if double := sorted(_took_part(hearing) & set(names)):
        raise Refused(
            "听证员不能是参与过调查或者原处理意见的人员：%(names)s。",
            field="members",
            article="条例 二十八",
            names="、".join(double),
        )


def _took_part(hearing: Hearing) -> set[str]:
    """By name: who is invited from outside has no account to be known by."""
    involved = policies.participants(hearing.petition, hearing.review)
    if hearing.review and hearing.review.handler_id:
        involved.add(hearing.review.handler_id)
    return set(Officer.objects.filter(pk__in=involved).values_list("name", flat=True))


def _issuer(hearing: Hearing) -> Unit:
    """The unit whose work is heard; of a review, and of whatever is sealed, the bureau."""
    if hearing.assignment and not hearing.petition.is_sealed:
        return hearing.assignment.unit
    return hearing.petition.organ


def _notice(hearing: Hearing) -> dict[str, Any]:
    return _sitting(hearing) | {
        "to": names_on_letters(hearing.petition),
        "matters": matters_on(hearing.petition, [hearing.petition.title]),
        "starts_at": _when(hearing),
        "manner": "公开举行" if hearing.is_open else f"不公开（{hearing.get_closed_for_display()}）",
        "rights": RIGHTS_AT_A_HEARING,
        "basis": _basis(hearing),
        "telephone": _issuer(hearing).telephone or TELEPHONE,
    }


def _basis(hearing: Hearing) -> str:
    """Only 复核 has a paragraph of its own (条例 三十六)."""
    is_final = hearing.review is not None and hearing.review.level == ReviewLevel.FINAL_REVIEW
    return HEARING_IN_FINAL_REVIEW if is_final else HEARING


def _sitting(hearing: Hearing) -> dict[str, Any]:
    return {
        "number": hearing.review.number if hearing.review else hearing.petition.number,
        "place": hearing.place,
        "host": hearing.host,
        "members": hearing.members.splitlines(),
    }


def _when(hearing: Hearing) -> str:
    return f"{timezone.localtime(hearing.starts_at, timezone.get_default_timezone()):%Y-%m-%d %H:%M}"


@act
def replace_host(hearing: Hearing, *, host: str, reason: str, by: By, at: datetime) -> Hearing:
    """更换主持人: the petitioner asked that he keep away, and the head agrees."""
    hearing = road.hold_hearing(hearing)
    step = road.enter("hearing.replace_host", hearing, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明回避的理由。", field="reason", article="条例 二十八")
    _refuse_host(hearing, host, "host")
    if host.strip() == hearing.host:
        raise Refused("主持人没有变化。", field="host")
    if host.strip() in [line.split()[0] for line in hearing.members.splitlines()]:
        raise Refused("主持人和听证员不能是同一个人，也不能重复。", field="host")
    fitting.refuse_text(host, 50, beside="host")
    road.advance(step, host=host.strip(), turned_at=at)
    remark = _remark(step, reason)
    road.issue(step, _issuer(hearing), hearing_notice=lambda: _notice(hearing))
    road.leave(step, rows=[remark])
    return hearing


def _remark(step: road.Step, text: str) -> Remark:
    return fitting.add(Remark, petition=step.petition, act=step.verb, text=text, made_at=step.at)


@act
def hold_hearing(hearing: Hearing, *, record: str, signed: str, by: By, at: datetime) -> Hearing:
    """举行听证: the record, and who signed it or why not."""
    hearing = road.hold_hearing(hearing)
    step = road.enter("hearing.hold_hearing", hearing, by=by, at=at)
    if not record.strip():
        raise Refused("请写明听证笔录。", field="record")
    fitting.refuse_text(record, None, beside="record")
    if not signed.strip():
        raise Refused("请写明参加人签字的情况；拒绝签字的写明理由。", field="signed")
    road.advance(step, held_at=at, record=record)
    road.issue(step, _issuer(hearing), hearing_record=lambda: _record(hearing, signed))
    road.leave(step)
    return hearing


def _record(hearing: Hearing, signed: str) -> dict[str, Any]:
    return _sitting(hearing) | {"held_at": _when(hearing), "record": hearing.record, "signed": signed}


@act
def conclude_hearing(hearing: Hearing, *, conclusion: str, by: By, at: datetime) -> Hearing:
    """听证结论: what the officers found. In a final review the days of the hearing are not counted (条例 三十六)."""
    hearing = road.hold_hearing(hearing)
    step = road.enter("hearing.conclude_hearing", hearing, by=by, at=at)
    if not conclusion.strip():
        raise Refused("请写明评议意见和票数。", field="conclusion")
    fitting.refuse_text(conclusion, None, beside="conclusion")
    road.advance(step, concluded_at=at, conclusion=conclusion)
    road.issue(step, _issuer(hearing), hearing_conclusion=lambda: _conclusion(hearing))
    shift = _exclude(hearing, step)
    road.leave(step, rows=[shift] if shift else [])
    if hearing.review:
        _turn("review.back_from_hearing", hearing, at)
    return hearing


def _exclude(hearing: Hearing, step: road.Step) -> Shift | None:
    """From the notice to the conclusion, both days included; nowhere but in a final review, and not once it was overdue."""
    review = hearing.review
    if review is None or review.level != ReviewLevel.FINAL_REVIEW:
        return None
    promise = running_of("review", review.pk).filter(clock=Clock.D12).first()
    assert hearing.noticed_at is not None
    assert promise is not None
    first = promises.local_day(hearing.noticed_at)
    if first > promise.due_strict:
        return None
    first = max(first, date.fromordinal(promise.started_on.toordinal() + 1))
    shift = shifts.exclude(
        promise,
        first=first,
        last=max(first, promises.local_day(step.at)),
        ground=Excluded.HEARING,
        by=Approver.of(step.hand),
        at=step.at,
        proof=hearing_on(promises.local_day(hearing.starts_at or step.at)),
    )
    step.promises[Clock.D12] = shift.promise
    return shift


def _conclusion(hearing: Hearing) -> dict[str, Any]:
    said = _sitting(hearing)
    del said["place"]
    return said | {"held_at": _when(hearing), "conclusion": hearing.conclusion, "basis": _basis(hearing)}


@act
def drop_hearing(hearing: Hearing, *, reason: str, by: By, at: datetime) -> Hearing:
    """不举行听证: not approved, given up, or no longer needed. Every date stands; who was invited is told."""
    hearing = road.hold_hearing(hearing)
    step = road.enter("hearing.drop_hearing", hearing, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明不举行的理由。", field="reason")
    fitting.refuse_text(reason, 500, beside="reason")
    was_told = hearing.status == HearingStatus.NOTICED
    road.advance(step, dropped_at=at, dropped_for=reason)
    if was_told:
        road.issue(step, _issuer(hearing), direct_reply=lambda: _called_off(hearing))
    road.leave(step)
    if hearing.review and was_told:
        _turn("review.back_from_hearing", hearing, at)
    return hearing


def _called_off(hearing: Hearing) -> dict[str, Any]:
    return {
        "to": names_on_letters(hearing.petition),
        "number": hearing.review.number if hearing.review else hearing.petition.number,
        "matters": [f"原定于 {_when(hearing)} 在{hearing.place}举行的听证。"],
        "reply": f"这次听证不再举行，请不要前往。理由：{hearing.dropped_for}",
        "telephone": _issuer(hearing).telephone or TELEPHONE,
    }


def _turn(verb: str, hearing: Hearing, at: datetime) -> None:
    """The review goes into the hearing and comes back from it."""
    assert hearing.review is not None
    review = road.hold_review(hearing.review)
    if verb == "review.go_to_hearing" and review.status == ReviewStatus.EXAMINING:
        go_to_hearing(review, by=ROAD, at=at)
    elif verb == "review.back_from_hearing" and review.status == ReviewStatus.HEARING:
        back_from_hearing(review, by=ROAD, at=at)


@act
def go_to_hearing(review: ReviewCase, *, by: Hand, at: datetime) -> ReviewCase:
    """转入听证: the notice is out."""
    return _move_review("review.go_to_hearing", review, by, at)


@act
def back_from_hearing(review: ReviewCase, *, by: Hand, at: datetime) -> ReviewCase:
    """听证结束: concluded, or not held after all; the review goes on."""
    return _move_review("review.back_from_hearing", review, by, at)


def _move_review(verb: str, review: ReviewCase, by: Hand, at: datetime) -> ReviewCase:
    step = road.enter(verb, review, by=by, at=at)
    road.advance(step, turned_at=at)
    road.leave(step)
    return review
