"""Ends without an opinion: 并案, 直接回复, 不予受理, 不再受理, 转出, 存. Each has its paper or its reason (C7)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from xinfang.foundation.errors import Refused
from xinfang.petitions import fitting, road
from xinfang.petitions.came_directly import BY_THE_BUREAU
from xinfang.petitions.codes import (
    DeclineReason,
    FinalDeclineReason,
    RouteOutReason,
)
from xinfang.petitions.latest import latest_lead, latest_proposal
from xinfang.petitions.letters import TELEPHONE, matters_on, names_on_letters, unit_on
from xinfang.petitions.lifecycle import BEFORE_THE_OPINION, PetitionStatus
from xinfang.petitions.models import Ending, Petition, Proposal
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

_BASIS = {
    DeclineReason.JUDICIAL_MATTER: "《信访工作条例》第二十条、第三十一条",
    DeclineReason.SKIP_LEVEL_VISIT: "《信访工作条例》第二十条",
    DeclineReason.ALREADY_IN_PROCESS: "《信访工作条例》第十九条",
    DeclineReason.NOT_OUR_POWER: "《信访工作条例》第二十三条",
}

_FINAL_BASIS = {
    FinalDeclineReason.FINAL_REVIEWED_SAME_FACTS: "《信访工作条例》第三十六条",
    FinalDeclineReason.JUDICIAL_FINALLY_CLOSED: "《信访工作条例》第二十八条第二款、第三十一条第（一）项",
}


@act
def merge(petition: Petition, *, by: By, at: datetime) -> Ending:
    """并案: a repeat joins its initial petition; nothing is deleted and no clock begins anew (domain 3.8)."""
    return _end("petition.merge", petition, by=by, at=at, repeat_notice=_repeat_notice)


@act
def reply_direct(petition: Petition, *, text: str, by: By, at: datetime) -> Ending:
    """直接回复: a question that can be answered at once."""
    _need(text, Refused("请写明回复内容。", field="text", article="条例 二十三"))
    return _end("petition.reply_direct", petition, text=text, by=by, at=at, direct_reply=_reply)


@act
def decline(petition: Petition, *, right_road: str, by: By, at: datetime) -> Ending:
    """不予受理: not to be handled here; the right road is named (条例 十九、二十、二十三)."""
    _need(right_road, Refused("请写明应当向哪个机关、循哪条途径提出。", field="right_road", article="条例 十九"))
    return _end("petition.decline", petition, right_road=right_road, by=by, at=at, decline_notice=_decline_notice)


@act
def decline_final(petition: Petition, *, text: str, by: By, at: datetime) -> Ending:
    """不再受理: the procedure is exhausted on the same facts and reasons (条例 三十六). `text` names the opinions given."""
    _need(
        text, Refused("请写明处理、复查、复核意见的日期和文号，或者终结的文书。", field="text", article="条例 三十六")
    )
    return _end("petition.decline_final", petition, text=text, by=by, at=at, final_decline_notice=_final_notice)


@act
def route_out(petition: Petition, *, right_road: str, by: By, at: datetime) -> Ending:
    """转出: to the political-legal organs, the discipline organ, or a bureau outside the county (条例 二十二、三十)."""
    return _end(
        "petition.route_out",
        petition,
        right_road=right_road,
        by=by,
        at=at,
        routing_out_letter=_letter,
        routing_notice=_notice,
    )


@act
def file_away(petition: Petition, *, by: By, at: datetime) -> Ending:
    """存: kept without action, for a reason the chief approved."""
    return _end("petition.file_away", petition, by=by, at=at)


Writer = Callable[[Petition, Ending], dict[str, Any]]


def _end(
    verb: str, petition: Petition, *, by: By, at: datetime, text: str = "", right_road: str = "", **writers: Writer
) -> Ending:
    petition = road.hold_petition(petition)
    step = road.enter(verb, petition, by=by, at=at)
    proposal = latest_proposal(petition) if petition.triaged_at else None
    ending = _added(step, proposal, text, right_road)
    road.stop_clocks(step)
    road.start_clocks(step)
    [archiving] = step.promises.values()
    road.advance(step, ended_at=at, due_on=archiving.due_on)
    road.issue(
        step, petition.organ, **{kind: lambda write=write: write(petition, ending) for kind, write in writers.items()}
    )
    road.leave(step, rows=[ending], ground=ending.ground)
    return ending


def _added(step: road.Step, proposal: Proposal | None, text: str, right_road: str) -> Ending:
    return fitting.add(
        Ending,
        petition=step.petition,
        act=step.verb,
        ground=proposal.ground if proposal else "",
        destination=proposal.destination if proposal else "",
        text=text,
        road=right_road,
        ended_at=step.at,
    )


def _need(text: str, missing: Refused) -> None:
    if not text.strip():
        raise missing


def _common(petition: Petition) -> dict[str, Any]:
    matters = matters_on(petition, [demand.text for demand in petition.demands.order_by("n")])
    telephone = petition.organ.telephone or TELEPHONE
    return {"to": names_on_letters(petition), "number": petition.number, "matters": matters, "telephone": telephone}


def _reply(petition: Petition, ending: Ending) -> dict[str, Any]:
    return _common(petition) | {"reply": ending.text}


def _decline_notice(petition: Petition, ending: Ending) -> dict[str, Any]:
    ground = DeclineReason(ending.ground)
    return _common(petition) | {"ground": str(ground.label), "basis": _BASIS[ground], "road": ending.road}


def _final_notice(petition: Petition, ending: Ending) -> dict[str, Any]:
    ground = FinalDeclineReason(ending.ground)
    return _common(petition) | {
        "ground": str(ground.label),
        "opinions": ending.text,
        "basis": _FINAL_BASIS[ground],
        "new_facts": "有原意见没有审查过的事实、证据或者理由的，可以作为新的信访事项提出，由有权处理的机关、单位判定。",
        "help": "生活确有困难的，可以向当地民政部门和村（居）民委员会申请救助。",
    }


def _repeat_notice(petition: Petition, ending: Ending) -> dict[str, Any]:
    initial = petition.repeat_of
    assert initial is not None
    return {
        "to": names_on_letters(petition),
        "number": petition.number,
        "initial": initial.number,
        "state": str(initial.get_status_display()),
        "next": f"{_next(initial)}本件材料已归入该件。",
    }


def _next(initial: Petition) -> str:
    """A last day only while a unit works towards it."""
    if initial.status == PetitionStatus.CLOSED:
        return "该事项已经办结，结果已经书面告知；"
    lead = latest_lead(initial)
    is_handled = lead is not None and lead.status in BEFORE_THE_OPINION and lead.handling_due
    return (
        f"该事项的办理期限到 {lead.handling_due} 届满，结果将书面告知；" if lead and is_handled else "结果将书面告知；"
    )


def _letter(petition: Petition, ending: Ending) -> dict[str, Any]:
    return {
        "to": ending.destination,
        "number": petition.number,
        "people": names_on_letters(petition),
        "title": petition.title,
        "summary": petition.summary or petition.title,
        "ground": str(RouteOutReason(ending.ground).label),
        "basis": f"{BY_THE_BUREAU}、第三十条" if ending.ground == RouteOutReason.ACCUSATION else BY_THE_BUREAU,
    }


def _notice(petition: Petition, ending: Ending) -> dict[str, Any]:
    """Of a sealed petition it says that it went to the organ concerned, and no more (条例 三十)."""
    return {
        "to": names_on_letters(petition),
        "number": petition.number,
        "unit": unit_on(petition, ending.destination),
        "telephone": TELEPHONE,
        "next": (not petition.is_sealed and ending.road) or "有关机关将按照规定处理。",
    }
