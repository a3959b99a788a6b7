"""处理意见: drafted demand by demand, signed by the head, held back by the gate while something is missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from xinfang.deadlines.terms import Clock
from xinfang.documents.layout import chinese
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.prepared import Prepared
from xinfang.legislation.cited import cite
from xinfang.organizations.models import Unit
from xinfang.petitions import after, fitting, road
from xinfang.petitions.codes import OpinionResult
from xinfang.petitions.errors import StalePage
from xinfang.petitions.helping import end_with_the_lead
from xinfang.petitions.latest import latest_draft, open_co_handlers
from xinfang.petitions.letters import IN_PLAIN_WORDS, demands_of, names_on_letters, to_be_served
from xinfang.petitions.models import Answer, Assignment, Commitment, GatePass, Opinion, Petition, SharedDraft
from xinfang.petitions.obstacles.looking_again import Repetition, repetition_of
from xinfang.petitions.policies import By
from xinfang.petitions.reply_gate import Gap, GateShut, gaps, right_organs
from xinfang.trace.acts import act

_ANSWERS = Prepared(
    lambda opinion: Answer.objects.filter(opinion=opinion).select_related("demand", "doer").order_by("demand__n")
)


@dataclass(frozen=True)
class AnswerText:
    """The answer to one demand (条例 三十二)."""

    finding: str
    basis: str
    result: OpinionResult
    doer: Unit | None = None
    """Of what is supported: who carries it out, what, and until when."""
    what: str = ""
    by_day: date | None = None


@dataclass(frozen=True)
class Shared:
    """One text for many (`one_text`): which batch, where in it, the text with its places and what stands for them here."""

    batch: int
    n: int
    text: str
    differences: str


@act
def draft_opinion(
    assignment: Assignment,
    *,
    answers: Mapping[int, AnswerText],
    remedy_organ: str,
    by: By,
    at: datetime,
    shared: Shared | None = None,
) -> Opinion:
    """拟写处理意见: answers by demand number. A later draft stands beside the earlier one."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.draft_opinion", assignment, by=by, at=at)
    if not remedy_organ.strip():
        raise Refused("请写明复查机关。", field="remedy_organ")
    opinion = fitting.add(Opinion, assignment=assignment, remedy_organ=remedy_organ, drafted_at=at)
    demands = {demand.n: demand for demand in demands_of(assignment.petition)}
    rows = [_answer(opinion, demands, n, answer, timezone.localdate(at)) for n, answer in sorted(answers.items())]
    written.insert(rows)
    _cite(assignment.petition, rows, at)
    copies = [_shared(opinion, shared)] if shared else []
    road.leave(step, rows=[opinion, *rows, *copies], batch=shared and shared.batch)
    return opinion


def _shared(opinion: Opinion, shared: Shared) -> SharedDraft:
    """What is sealed is told to few, and a text for many to many."""
    if opinion.assignment.petition.is_sealed:
        raise Refused("保密件不能和其他件一稿多户，请单独拟写。")
    facts = {"batch": shared.batch, "n": shared.n, "text": shared.text, "differences": shared.differences}
    return fitting.add(SharedDraft, opinion=opinion, **facts)


def _cite(petition: Petition, answers: list[Answer], at: datetime) -> None:
    """So that a change of law finds the petition. A sealed one stands in no index."""
    if not petition.is_sealed:
        subject = ("petition", petition.pk)
        cite((answer.basis for answer in answers), subject=subject, on=timezone.localdate(at))


def _answer(opinion: Opinion, demands: Mapping[int, Any], n: int, answer: AnswerText, today: date) -> Answer:
    if n not in demands:
        raise Refused("没有第 %(n)s 项诉求。", field="answers", n=n)
    if not (answer.finding.strip() and answer.basis.strip()):
        missing = "basis" if answer.finding.strip() else "finding"
        raise Refused("第 %(n)s 项诉求要写明事实和依据。", field=f"{missing}_{n}", article="条例 三十二", n=n)
    is_supported = answer.result == OpinionResult.SUPPORTED
    if is_supported and answer.doer:
        _refuse_doer(opinion.assignment, answer.doer, n)
    if is_supported and answer.by_day and answer.by_day < today:
        raise Refused("第 %(n)s 项的落实日期不能早于今天；已经落实的，填今天。", field=f"by_day_{n}", n=n)
    promised = {"doer": answer.doer, "what": answer.what, "by_day": answer.by_day} if is_supported else {}
    said = {"finding": answer.finding, "basis": answer.basis, "result": answer.result}
    row = Answer(opinion=opinion, demand=demands[n], **said, **promised)
    fitting.refuse(row, suffix=f"_{n}")
    return row


def _refuse_doer(assignment: Assignment, doer: Unit, n: int) -> None:
    """Who promises works on it: the unit itself, or one that helps."""
    if doer.pk != assignment.unit_id and doer not in [one.unit for one in open_co_handlers(assignment.petition)]:
        raise Refused("第 %(n)s 项的落实单位只能是本单位或者协办单位。", field=f"doer_{n}", n=n)


@act
def issue_opinion(
    assignment: Assignment,
    *,
    draft: int,
    by: By,
    at: datetime,
    looked_up: Collection[int] = (),
    waiver: str = "",
) -> Opinion:
    """出具处理意见: the head signs the draft he read in the unit's name; the handling clock stops (条例 三十二、三十四).

    The 送达回证 that the petitioner signs is frozen beside it.

    `looked_up` are the demands whose basis the library does not know and he found to be in force; `waiver` is his reason
    where the gate would hold the opinion back and may be overruled.
    """
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.issue_opinion", assignment, by=by, at=at)
    opinion = latest_draft(assignment)
    assert opinion is not None
    if opinion.pk != draft:
        raise StalePage("您看过之后又有了新的拟稿。请看过新稿后再签发。")
    opinion.assignment = assignment
    answers = _answers_of(opinion, assignment)
    passes = _pass_gate(opinion, answers, looked_up, waiver, at)
    opinion.issued_at = at
    written.update(opinion, ["issued_at"])
    road.stop_clocks(step)
    road.start_clocks(step)
    road.advance(step, opinion_at=at, due_on=step.promises[Clock.D19].due_on)
    promised = after.promise(assignment, answers, at=at)
    to = names_on_letters(assignment.petition)
    road.issue(
        step,
        assignment.unit,
        handling_opinion=lambda: _paper(assignment, opinion, answers, promised, to),
        delivery_receipt=lambda: to_be_served(assignment.petition, step.issued[0], to),
    )
    told = {"waived": passes[0].waived, "looked_up": len(passes[0].looked_up)} if passes else {}
    results = sorted(answer.result for answer in answers)
    is_same = assignment.petition.has_reviews and repetition_of(assignment, opinion) is not Repetition.NONE
    told |= {"same_result": True} if is_same else {}
    road.leave(step, rows=[opinion, *passes, *promised], results=results, **told)
    end_with_the_lead(assignment.petition, is_answered=True, at=at)
    return opinion


def _answers_of(opinion: Opinion, assignment: Assignment) -> list[Answer]:
    answers = _ANSWERS.all(opinion.pk)
    for answer in answers:
        answer.demand.petition = assignment.petition
    return answers


def _pass_gate(
    opinion: Opinion, answers: list[Answer], looked_up: Collection[int], waiver: str, at: datetime
) -> list[GatePass]:
    """Refused while anything is missing; where the head overrules the gate, his reason is kept."""
    demands, organs = [answer.demand for answer in answers], right_organs(opinion.assignment.unit)
    found = gaps(demands, answers, opinion.remedy_organ, organs, on=timezone.localdate(at))  # the road saw all answered
    if held := next((gap for gap in found if _holds(gap, looked_up, waiver)), None):
        raise GateShut(held)
    waived = sorted({gap.code.value for gap in found if gap.may_be_waived})
    asked = sorted({gap.n for gap in found if gap.is_asked})
    if not waived and not asked:
        return []
    return [fitting.add(GatePass, opinion=opinion, waived=waived, looked_up=asked, reason=waiver if waived else "")]


def _holds(gap: Gap, looked_up: Collection[int], waiver: str) -> bool:
    if gap.is_asked:
        return gap.n not in looked_up
    return not (gap.may_be_waived and waiver.strip())


def _paper(
    assignment: Assignment, opinion: Opinion, answers: list[Answer], promised: list[Commitment], to: str
) -> dict[str, Any]:
    carried = {one.answer_id: _carried(one) for one in promised}
    received, accepted = (timezone.localdate(t) for t in (assignment.came_at, assignment.accepted_at))
    return {
        "to": to,
        "number": assignment.petition.number,
        "received": f"{received} 收到，{accepted} 受理。",
        "answers": [_answered(answer, carried.get(answer.pk, "")) for answer in answers],
        "remedy": f"对本意见不服的，可自收到本意见书之日起30日内向{opinion.remedy_organ}申请复查。",
        "organ": assignment.petition.organ.name,
    }


def _answered(answer: Answer, carried: str) -> dict[str, Any]:
    """One demand on the paper (条例 三十二): what was found, by which law, the result and how it is carried out."""
    result = OpinionResult(answer.result)
    return {
        "n": answer.demand.n,
        "demand": answer.demand.text,
        "finding": answer.finding,
        "basis": answer.basis,
        "result": f"{result.label}{carried}。{IN_PLAIN_WORDS.get(result, '')}",
    }


def _carried(one: Commitment) -> str:
    """How it is carried out, without the stop that ends the sentence."""
    what = one.what.strip().rstrip("。；;.")
    return f"，由{one.unit.name}于{chinese(one.due_on)}前落实：{what}"
