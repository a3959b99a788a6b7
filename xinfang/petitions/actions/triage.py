"""拟办, 批办."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations import policies as organizations
from xinfang.organizations.models import Officer, Unit, UnitKind
from xinfang.petitions import fitting, policies, road, wordings
from xinfang.petitions.codes import (
    GROUNDS,
    Channel,
    Confidentiality,
    DeclineReason,
    MatterKind,
    Procedure,
    RecusalGround,
    RouteOutReason,
    Way,
)
from xinfang.petitions.errors import KeptAway
from xinfang.petitions.giving import MAY_LEAD
from xinfang.petitions.latest import latest_proposal
from xinfang.petitions.lifecycle import MOVES
from xinfang.petitions.models import Approval, Petition, Proposal, Recusal, Remark
from xinfang.petitions.obstacles import ends_its_own_complaint
from xinfang.petitions.policies import By, refuse_kept_away
from xinfang.petitions.seals import put_under_seal
from xinfang.trace.acts import act
from xinfang.trace.models import Entry


@dataclass(frozen=True, kw_only=True)
class Disposition:
    """拟办意见 as the clerk writes it. A unit where one is to handle it; a ground, and an organ outside, where not.

    `is_about_conduct`: the complaint is of the respondent's own conduct, so that it does not lead (domain 3.9).
    """

    kind: MatterKind
    procedure: Procedure
    category: str
    way: Way
    opinion: str
    lead_unit: Unit | None = None
    co_units: tuple[Unit, ...] = ()
    ground: str = ""
    destination: str = ""
    respondent_unit: Unit | None = None
    is_about_conduct: bool = False


GIVEN_TO_A_UNIT = frozenset({Way.TRANSFER, Way.ASSIGN, Way.SELF})
_APPROVED_ALWAYS = frozenset({Way.ASSIGN, Way.DECLINE_FINAL, Way.FILE_AWAY})
_OF_THE_COURTS = (DeclineReason.JUDICIAL_MATTER, RouteOutReason.JUDICIAL)


@act
def propose(petition: Petition, disposition: Disposition, *, by: By, at: datetime) -> Proposal:
    """拟办: kind, procedure, category, who should handle it and how (条例 二十二)."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.propose", petition, by=by, at=at)
    _refuse_way(petition, disposition)
    _refuse_unit(petition, disposition, at)
    category = fitting.category(disposition.category, promises.local_day(at))
    found = _found(petition, disposition)
    if "confidentiality" in found and not petition.is_accusation:
        found |= put_under_seal(petition, by)
    recusals = _recusals(petition, disposition, at)
    proposal = fitting.add(
        Proposal,
        petition=petition,
        kind=disposition.kind,
        procedure=disposition.procedure,
        category=category,
        disposition=disposition.way,
        lead_unit=disposition.lead_unit,
        ground=disposition.ground,
        destination=disposition.destination,
        opinion=disposition.opinion,
        needs_approval=disposition.way in _APPROVED_ALWAYS
        or disposition.ground == RouteOutReason.ACCUSATION
        or petition.is_group
        or petition.is_urgent
        or petition.is_instructed,
        proposed_at=at,
    )
    if disposition.co_units:
        proposal.co_units.set(disposition.co_units)
    road.advance(step, triaged_at=at, **found)
    road.issue(step, petition.organ, proposal_form=lambda: _form(proposal, disposition))
    lead = disposition.lead_unit and disposition.lead_unit.pk
    road.leave(step, rows=[proposal, *recusals], proposed_unit=lead)
    if "words_sealed" in found:
        for repeat in petition.repeats.exclude(confidentiality=Confidentiality.DESTROYED).order_by("id"):
            seal_repeat(repeat, initial=petition, by=by, at=at)
    return proposal


@act
def seal_repeat(petition: Petition, *, initial: Petition, by: By, at: datetime) -> Petition:
    """随初件密封: what says the same as an accusation, merged into it or not, is one too (条例 三十)."""
    petition = road.hold_petition(petition)
    hand = policies.hand_for("petition.propose", initial, by)
    columns = put_under_seal(petition, by)
    petition.respondent_unit = initial.respondent_unit or petition.respondent_unit
    written.update(petition, [*columns, "confidentiality", "respondent_unit"])
    road.note("petition.seal_repeat", petition, by=hand, at=at)
    return petition


def _found(petition: Petition, disposition: Disposition) -> dict[str, Any]:
    """What the petition turned out to be. 检举控告 is sealed from here on (条例 三十)."""
    found = {
        "kind": disposition.kind,
        "procedure": disposition.procedure,
        "category_id": disposition.category,
        "is_judicial": disposition.ground in _OF_THE_COURTS,
    }
    if disposition.kind == MatterKind.ACCUSATION:
        found["confidentiality"] = Confidentiality.ACCUSATION_COMPARTMENT
    if disposition.respondent_unit:
        found["respondent_unit"] = disposition.respondent_unit
    if disposition.is_about_conduct:
        found["has_recusals"] = True
    if disposition.co_units:
        found["has_co_handlers"] = True
    return found


def _recusals(petition: Petition, disposition: Disposition, at: datetime) -> list[Recusal]:
    """What is complained of is its own conduct: from now on it does not lead, unless the bureau's head let it."""
    unit = disposition.respondent_unit
    if not disposition.is_about_conduct:
        return []
    if unit is None:
        raise Refused("请选择被反映的是哪个单位。", field="respondent_unit", article="条例 二十八")
    if petition.recusals.filter(unit=unit).exists():
        return []
    if disposition.lead_unit == unit:
        raise KeptAway(unit.name, "lead_unit")
    ground, text = RecusalGround.IS_RESPONDENT, disposition.opinion
    return [fitting.add(Recusal, petition=petition, unit=unit, ground=ground, text=text, recused_at=at)]


def _refuse_way(petition: Petition, disposition: Disposition) -> None:
    way, grounds = disposition.way, GROUNDS.get(disposition.way)
    if petition.is_accusation or disposition.kind == MatterKind.ACCUSATION:
        if petition.repeat_of_id and not petition.is_accusation:
            raise Refused(
                "该件判为重件，而初件没有作为检举控告办理；请先拟办初件，或者把该件重新判为初件。",
                field="kind",
                article="条例 三十",
            )
        if disposition.ground != RouteOutReason.ACCUSATION:
            raise Refused(
                "检举控告件只能转纪检监察机关，不能交由其他单位办理。",
                field="way",
                article="条例 三十",
            )
    elif disposition.ground == RouteOutReason.ACCUSATION:
        raise Refused("只有检举控告件以此为由转出；请先核对三类事项。", field="kind", article="条例 三十")
    if disposition.ground not in (grounds.values if grounds else [""]):
        raise Refused("请从所列理由中选择一项。", field="ground")
    if (way == Way.ROUTE_OUT) != bool(disposition.destination.strip()):
        raise Refused("转出的写明转到哪个机关，其他方式不写。", field="destination")
    if disposition.ground == RouteOutReason.ACCUSATION:
        _refuse_destination(petition, disposition)
    _refuse_declining(petition, disposition)
    if why := ends_its_own_complaint(petition, way, disposition.respondent_unit or petition.respondent_unit):
        raise Refused(why, field="way", article="条例 二十八")


def _refuse_destination(petition: Petition, disposition: Disposition) -> None:
    """Which of them has the power follows from whom it accuses, and many are outside the county: so a name, not a list."""
    to, accused = disposition.destination, disposition.respondent_unit or petition.respondent_unit
    if not wordings.names_discipline_organ(to):
        raise Refused(
            "检举控告件按照管理权限转纪检监察机关，请写它的全称。", field="destination", article="条例 二十二、三十"
        )
    if accused and accused.name in to:
        raise Refused(
            "不能转给被检举控告的单位，请转有管理权限的上级纪检监察机关。", field="destination", article="条例 三十"
        )


def _refuse_declining(petition: Petition, disposition: Disposition) -> None:
    at_bureau = petition.organ.kind == UnitKind.BUREAU
    if disposition.ground == DeclineReason.NOT_OUR_POWER and at_bureau:
        raise Refused(
            "信访部门不能以不属本机关职权为由不予受理，应当转送、交办有权处理的机关、单位。",
            field="ground",
            article="条例 二十二、二十三",
        )
    is_skip = disposition.ground == DeclineReason.SKIP_LEVEL_VISIT
    if is_skip and (petition.channel != Channel.VISIT or disposition.kind != MatterKind.APPEAL_CLAIM):
        raise Refused(
            "只有走访提出的申诉求决事项才有越级问题；来信、网上、电话反映的应当登记转送。",
            field="ground",
            article="条例 二十",
        )


def _refuse_unit(petition: Petition, disposition: Disposition, at: datetime) -> None:
    unit = disposition.lead_unit
    if (disposition.way in GIVEN_TO_A_UNIT) != (unit is not None):
        raise Refused("转送、交办、自办的写明主办单位，其他方式不写。", field="lead_unit")
    for given in (*((unit,) if unit else ()), *disposition.co_units):
        if given.kind not in MAY_LEAD or not given.is_open_on(promises.local_day(at)):
            raise Refused("%(unit)s不能作为主办单位。", field="lead_unit", unit=given.name)
    if unit:
        refuse_kept_away(petition, unit)
    if unit in disposition.co_units:
        raise Refused("主办单位不再列为协办单位。", field="co_unit")
    if disposition.way == Way.SELF and disposition.co_units and petition.organ.kind != UnitKind.BUREAU:
        raise Refused(
            "自办的件由信访局增加协办单位，拟办时不写；请先自办，再请信访局增加。",
            field="co_unit",
            article="条例 二十四",
        )
    if petition.is_instructed and disposition.way == Way.TRANSFER:
        raise Refused("领导批示件应当交办，不能转送。", field="way", article="条例 十八")
    if unit and (disposition.way == Way.SELF) != (unit.pk == petition.organ_id):
        raise Refused("自办的主办单位是登记机构本身，转送、交办的是其他单位。", field="lead_unit")


def _form(proposal: Proposal, disposition: Disposition) -> dict[str, str]:
    petition = proposal.petition
    unit = disposition.lead_unit.name if disposition.lead_unit else disposition.destination
    return {
        "number": petition.number or "",
        "summary": petition.summary or petition.title,
        "kind": str(disposition.kind.label),
        "category": proposal.category.name,
        "procedure": str(disposition.procedure.label),
        "disposition": str(disposition.way.label),
        "unit": unit or petition.organ.name,
        "co_units": "、".join(unit.name for unit in disposition.co_units) or "无",
        "due": petition.due_on.isoformat() if petition.due_on else "无",
        "special": _special(proposal),
        "opinion": disposition.opinion,
    }


def _special(proposal: Proposal) -> str:
    """What whoever approves it must not overlook."""
    petition = proposal.petition
    marks = (
        (petition.is_sealed, "要求保密" if not petition.is_accusation else "检举控告"),
        (petition.is_urgent, "重大紧急"),
        (petition.is_group, "集体访"),
        (petition.is_instructed, "有领导批示"),
        (bool(proposal.ground), proposal.ground_label),
        (proposal.needs_approval, "须经批办"),
    )
    return "；".join(word for is_so, word in marks if is_so) or "无"


@act
def return_proposal(petition: Petition, *, reason: str, by: By, at: datetime) -> Petition:
    """退回拟办: the chief does not agree, or the proposal cannot be carried out; the clocks run on."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.return_proposal", petition, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明退回的理由。", field="reason")
    remark = fitting.add(Remark, petition=petition, act=step.verb, text=reason, made_at=at)
    road.advance(step)
    road.leave(step, rows=[remark])
    return petition


@act
def approve(petition: Petition, *, note: str, by: By, at: datetime) -> Approval:
    """批办: the chief's word, needed before a 交办, a group visit or an urgent matter leaves the organ."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.approve", petition, by=by, at=at)
    proposal = latest_proposal(petition)
    assert proposal is not None
    _refuse_own(petition, by)
    approval = fitting.add(Approval, petition=petition, proposal=proposal, note=note, approved_at=at)
    road.leave(step, rows=[approval])
    return approval


def _refuse_own(petition: Petition, by: By) -> None:
    """The word is another person's than the proposal; of an accusation by law (domain 2.2, hard rule b)."""
    if not isinstance(by, Officer):
        return
    if not (petition.is_accusation or organizations.holds(by, MOVES["petition.propose"].duties)):
        return  # a head who proposes nothing is not looked up in the trace
    proposed = Entry.objects.filter(act="petition.propose", subject_kind="petition", subject_id=petition.pk)
    if proposed.order_by("-id").values_list("officer_id", flat=True).first() == by.pk:
        if petition.is_accusation:
            raise Refused("检举控告件的拟办和批办须由两个人分别办理。", article="条例 三十")
        raise Refused("拟办和批办须由两个人分别办理；请由其他人批办，或者退回由其他人拟办。")
