"""纪检接收, 书面反馈: an accusation at the discipline organ, whoever passed it on or whether nobody did (条例 三十、四十六)."""

from datetime import datetime
from typing import Any

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer, Unit
from xinfang.petitions import fitting, policies, road
from xinfang.petitions.codes import DisciplineOutcome
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.latest import discipline_case
from xinfang.petitions.letters import TELEPHONE, demands_of, matters_on, names_on_letters
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import DisciplineAnswer, DisciplineCase, Ending, Petition
from xinfang.trace.acts import act


@act
def take_up(petition: Petition, *, note: str = "", by: Officer, at: datetime) -> DisciplineCase:
    """纪检接收: the discipline organ has it from here on. What nobody has passed on yet need not be any more."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.take_up", petition, by=by, at=at)
    unit = Unit.objects.get(pk=policies.discipline_seat(by, "petition.take_up").unit_id)
    case = fitting.add(DisciplineCase, petition=petition, unit=unit, note=note, taken_at=at)
    road.stop_clocks(step)
    rows = [case]
    if step.left != PetitionStatus.ROUTED_OUT:
        rows.append(_ended(step, unit))
    road.advance(step, ended_at=petition.ended_at or at, due_on=None)
    road.leave(step, rows=rows)
    return case


def _ended(step: road.Step, unit: Unit) -> Any:
    """It came without a letter, so nothing said yet where it went."""
    return fitting.add(Ending, petition=step.petition, act=step.verb, destination=unit.name, ended_at=step.at)


@act
def answer_accusation(
    petition: Petition,
    *,
    outcome: DisciplineOutcome,
    answer: str,
    destination: str = "",
    by: Officer,
    at: datetime,
) -> DisciplineCase:
    """书面反馈: what came of it, in writing to whoever signed it; the file waits for the archive from here on."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.answer_accusation", petition, by=by, at=at)
    case = discipline_case(petition)
    assert case is not None
    if policies.discipline_seat(by, step.verb).unit_id != case.unit_id:
        raise NotYourMove("这一件由%(unit)s接收，由它反馈。", unit=case.unit.name)
    _refuse(outcome, answer, destination)
    if petition.respondent_unit and petition.respondent_unit.name in destination:
        raise Refused(
            "不能转给被反映的单位，请转有管理权限的上级纪检监察机关。", field="destination", article="条例 三十"
        )
    fitting.refuse_text(answer, None, beside="answer")
    case.outcome, case.answer, case.destination, case.answered_at = outcome, answer, destination.strip(), at
    fitting.refuse(case, ("destination",))
    case.save(update_fields=["outcome", "answer", "destination", "answered_at"])
    road.stop_clocks(step)
    road.start_clocks(step)
    [archiving] = step.promises.values()
    road.advance(step, due_on=archiving.due_on)
    road.issue(step, case.unit, direct_reply=lambda: _reply(petition, case))
    answered = DisciplineAnswer.objects.get(pk=case.pk)
    answered.petition = petition
    road.leave(step, rows=[answered])
    return case


def _refuse(outcome: DisciplineOutcome, answer: str, destination: str) -> None:
    if not answer.strip():
        raise Refused("请写明反馈的内容。", field="answer", article="条例 三十")
    if outcome == DisciplineOutcome.REFERRED and not destination.strip():
        raise Refused("请写明转到哪个有管理权限的机关。", field="destination", article="条例 二十二")
    if outcome != DisciplineOutcome.REFERRED and destination.strip():
        raise Refused("没有转出的，不填转到哪个机关。", field="destination")


def _reply(petition: Petition, case: DisciplineCase) -> dict[str, Any]:
    return {
        "to": names_on_letters(petition),
        "number": petition.number,
        "matters": matters_on(petition, [demand.text for demand in demands_of(petition)]),
        "reply": case.answer,
        "telephone": case.unit.telephone or TELEPHONE,
    }
