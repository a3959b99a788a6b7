"""救助转介 (条例 三十七) and 紧急信息 (条例 二十五)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer, Unit, UnitKind
from xinfang.petitions import fitting, policies, queries, road
from xinfang.petitions.after import last_moments
from xinfang.petitions.codes import Recipient, ReferralKind
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.latest import latest_lead
from xinfang.petitions.letters import lead_on
from xinfang.petitions.models import Petition, Referral, ReferralResult, UrgentReport
from xinfang.trace.acts import Hand, act


@act
def refer(petition: Petition, *, kind: ReferralKind, organ: str, reason: str, by: Officer, at: datetime) -> Referral:
    """救助转介: who is in real need is told of, or helped to, social or judicial relief. Nothing else of the petition moves."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.refer", petition, by=by, at=at)
    if not queries.visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")
    if not organ.strip():
        raise Refused("请写明转介到哪个机关或者机构。", field="organ")
    if not reason.strip():
        raise Refused("请写明生活困难的情况和信访人的意愿。", field="reason")
    row = fitting.add(Referral, petition=petition, kind=kind, organ=organ, reason=reason, referred_at=at)
    road.leave(step, rows=[row], relief=kind)
    return row


@act
def answer_referral(referral: Referral, *, is_granted: bool, result: str, by: Officer, at: datetime) -> Referral:
    """救助结果: what the organ of relief decided."""
    petition = road.hold_petition(referral.petition)
    hand = policies.hand_for("petition.refer", petition, by)
    if not queries.visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")
    referral = Referral.objects.get(pk=referral.pk)
    referral.petition = petition
    if referral.answered_at:
        raise Refused("这次转介的结果已经记下。")
    if not result.strip():
        raise Refused("请写明救助的结果。", field="result")
    fitting.refuse_text(result, None, beside="result")
    referral.is_granted, referral.result, referral.answered_at = is_granted, result, at
    referral.save(update_fields=["is_granted", "result", "answered_at"])
    answered = ReferralResult.objects.get(pk=referral.pk)
    answered.petition = petition
    road.note("petition.answer_referral", petition, by=hand, at=at, rows=[answered], granted=is_granted)
    return referral


AT_ITS_LEVEL = frozenset({Recipient.PARTY, Recipient.GOVERNMENT, Recipient.CONFERENCE, Recipient.COMPETENT})
"""条例 二十五 clause 1: whom every organ reports to, and whom it tells."""
UPWARD = frozenset({Recipient.HIGHER, Recipient.NATIONAL})
"""Clause 2: the bureau reports upward as well."""
MOST_TEXT = 5000


@act
def report_urgent(
    petition: Petition,
    *,
    learned_at: datetime,
    phoned_at: datetime,
    phoned_to: str,
    facts: str,
    measures: str,
    recipients: Collection[Recipient],
    by: Officer,
    at: datetime,
) -> UrgentReport:
    """紧急信息: telephoned at once, written soon after; the paper names who gets it and what has been done so far."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.report_urgent", petition, by=by, at=at)
    _refuse_times(petition, learned_at, phoned_at, at)
    if not phoned_to.strip():
        raise Refused("请写明电话报告了哪里、谁。", field="phoned_to")
    if not facts.strip():
        raise Refused("请写明时间、地点、人数、诉求和现在的情况。", field="facts")
    if not measures.strip():
        raise Refused("请写明已经采取的措施和建议。", field="measures")
    unit = _reporting(petition, step.hand)
    needed = AT_ITS_LEVEL | UPWARD if unit.kind == UnitKind.BUREAU else AT_ITS_LEVEL
    if missing := [one for one in Recipient if one in needed - set(recipients)]:
        raise Refused("还应当报%(organ)s。", field="recipients", article="条例 二十五", organ=missing[0].label)
    phone_by, written_by = last_moments(learned_at)
    row = fitting.add(
        UrgentReport,
        petition=petition,
        learned_at=learned_at,
        phoned_at=phoned_at,
        phoned_to=phoned_to,
        phone_by=phone_by,
        written_by=written_by,
        written_at=at,
        facts=facts,
        measures=measures,
        recipients=[one.value for one in Recipient if one in set(recipients)],
    )
    road.advance(step, is_urgent=True)
    road.issue(step, unit, urgent_brief=lambda: _brief(petition, row))
    late = {"late": True} if not (row.was_phoned_in_time and row.was_written_in_time) else {}
    road.leave(step, rows=[row], **late)
    return row


def _reporting(petition: Petition, hand: Hand) -> Unit:
    """The organ that registered, or the unit that leads the work."""
    lead = latest_lead(petition)
    return lead.unit if lead and lead.unit.code == hand.unit != petition.organ.code else petition.organ


def _refuse_times(petition: Petition, learned_at: datetime, phoned_at: datetime, at: datetime) -> None:
    if not petition.received_at <= learned_at <= at:
        raise Refused("知道情况的时间不能早于收到这件信访件，也不能晚于现在。", field="learned_at")
    if not learned_at <= phoned_at <= at:
        raise Refused("电话报告的时间不能早于知道情况的时间，也不能晚于现在。", field="phoned_at")


def _brief(petition: Petition, row: UrgentReport) -> dict[str, Any]:
    local = timezone.localtime
    return {
        "to": "、".join(str(Recipient(one).label) for one in row.recipients),
        "number": petition.number,
        "who": lead_on(petition),
        "learned": f"{local(row.learned_at):%Y-%m-%d %H:%M}",
        "phoned": f"{local(row.phoned_at):%Y-%m-%d %H:%M} 电话报告{row.phoned_to}",
        "facts": row.facts,
        "measures": row.measures,
    }
