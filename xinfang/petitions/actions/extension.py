"""延期: once, for a complex matter, by the head of the organ (条例 三十四)."""

from datetime import date, datetime, timedelta
from typing import Any

from xinfang.deadlines import promises, shifts
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.queries import running_of
from xinfang.deadlines.shifts import Approver
from xinfang.deadlines.terms import Clock
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.petitions import fitting, road
from xinfang.petitions.letters import COMPLEX, issuer_of, names_on_letters, telephone_on
from xinfang.petitions.models import Assignment, Extension, Petition
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

ARTICLE = "条例 三十四"
BASIS = "《信访工作条例》第三十四条"


@act
def ask_extension(assignment: Assignment, *, days: int, ground: str, by: By, at: datetime) -> Extension:
    """申请延期: asked before the last day ends; no date moves until the head of the unit approves."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.ask_extension", assignment, by=by, at=at)
    promise = _handling(assignment)
    _refuse_days(promise, days)
    _need(ground, Refused("请写明需要延期的具体理由。", field="ground", article=ARTICLE))
    asked = fitting.add(Extension, assignment=assignment, days=days, ground=ground, asked_at=at)
    road.advance(step, turned_at=at)
    road.issue(step, assignment.unit, extension_approval=lambda: _form(assignment, asked, promise.due_strict))
    road.leave(step, rows=[asked], days=days)
    return asked


def _handling(assignment: Assignment) -> Promise:
    """The sixty days. An obstacle stands before the move when they do not run."""
    return running_of("assignment", assignment.pk).get(clock=Clock.D5)


def _refuse_days(promise: Promise, days: int) -> None:
    rule = promise.term.extension
    most = rule.most if rule else None
    if days < 1 or (most is not None and days > most):
        raise Refused("延长期限最短1日，最长%(most)s日。", field="days", article=ARTICLE, most=most or 0)


def _need(text: str, missing: Refused) -> None:
    if not text.strip():
        raise missing


@act
def extend(assignment: Assignment, *, answer: str, by: By, at: datetime) -> Extension:
    """批准延期: the date moves by a shift that names who approved, and the petitioner is told why on the same day."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.extend", assignment, by=by, at=at)
    asked = _answered(assignment, answer, is_granted=True, at=at)
    asked_on, approver = promises.local_day(asked.asked_at), Approver.of(step.hand)
    shift = shifts.extend(_handling(assignment), days=asked.days, ground=COMPLEX, by=approver, at=at, asked_on=asked_on)
    step.promises[Clock.D5] = shift.promise
    moved, dates = [shift], {"handling_due": shift.due_after, "due_on": shift.due_after}
    if later := _with_its_result(step, asked, approver):
        moved, dates = [shift, later], dates | {"feedback_due": later.due_after}
    road.advance(step, turned_at=at, **dates)
    road.issue(step, issuer_of(assignment), extension_notice=lambda: _notice(assignment, asked, shift.due_before))
    road.leave(step, rows=[asked, *moved], days=asked.days)
    return asked


def _with_its_result(step: road.Step, asked: Extension, approver: Approver) -> Shift | None:
    """交办: where nobody named the day of its result it is the last day of handling, and goes with it (domain 3.16, D7)."""
    assignment: Assignment = step.subject
    reports = running_of("assignment", assignment.pk).filter(clock=Clock.D7)
    feedback = reports.first() if assignment.feedback_due else None
    if feedback is None or _is_named(feedback, step.petition):
        return None
    asked_on = promises.local_day(asked.asked_at)
    shift = shifts.extend(feedback, days=asked.days, ground=COMPLEX, by=approver, at=step.at, asked_on=asked_on)
    step.promises[Clock.D7] = shift.promise
    return shift


def _is_named(feedback: Promise, petition: Petition) -> bool:
    """By the letter, or by a leader, whose day is never moved away."""
    by_default = promises.due(Clock.D5, promises.deemed_acceptance(feedback.started_on)).strict
    if feedback.stated_on != by_default:
        return True
    return petition.is_instructed and petition.instructions.filter(due_on__isnull=False).exists()


@act
def refuse_extension(assignment: Assignment, *, answer: str, by: By, at: datetime) -> Extension:
    """不批准延期: every date stands."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.refuse_extension", assignment, by=by, at=at)
    _need(answer, Refused("请写明不批准的理由。", field="answer", article=ARTICLE))
    asked = _answered(assignment, answer, is_granted=False, at=at)
    road.advance(step, turned_at=at)
    road.leave(step, rows=[asked])
    return asked


def _answered(assignment: Assignment, answer: str, *, is_granted: bool, at: datetime) -> Extension:
    asked = assignment.extensions.get(is_granted__isnull=True)
    asked.is_granted, asked.answer, asked.answered_at = is_granted, answer, at
    fitting.refuse(asked, ["answer"])
    written.update(asked, ["is_granted", "answer", "answered_at"])
    return asked


def _form(assignment: Assignment, asked: Extension, due: date) -> dict[str, Any]:
    return {
        "number": assignment.petition.number,
        "unit": assignment.unit.name,
        "due": due.isoformat(),
        "days": f"{asked.days}日",
        "until": f"{due + timedelta(days=asked.days)}",
        "ground": asked.ground,
        "basis": BASIS,
    }


def _notice(assignment: Assignment, asked: Extension, before: date) -> dict[str, Any]:
    return {
        "to": names_on_letters(assignment.petition),
        "number": assignment.petition.number,
        "due": before.isoformat(),
        "until": f"{assignment.handling_due}（延长{asked.days}日）",
        "ground": asked.ground,
        "basis": BASIS,
        "telephone": telephone_on(assignment.petition, assignment.unit.telephone),
    }
