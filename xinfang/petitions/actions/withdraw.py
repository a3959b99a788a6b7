"""撤回: asked by the petitioner, found voluntary by the bureau, never by the unit complained of (P13)."""

from datetime import datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.documents import papers
from xinfang.documents.kinds import PaperKind
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, openings, policies, road
from xinfang.petitions.actions.cancel import cancel
from xinfang.petitions.errors import NotOnTheRoad, NotYourMove
from xinfang.petitions.letters import BY_HIMSELF, ON_PAPER, TELEPHONE, WITHDRAWN, names_on_letters, subject_on
from xinfang.petitions.lifecycle import ENDED_ASSIGNMENT, MOVES
from xinfang.petitions.models import Petition, Withdrawal
from xinfang.petitions.policies import By
from xinfang.petitions.road import ROAD
from xinfang.trace.acts import PETITIONER, Hand, act


@act
def ask_withdrawal(petition: Petition, *, statement: str, by: By, at: datetime, act_secret: str = "") -> Withdrawal:
    """申请撤回: by the petitioner with his act secret, or entered by the bureau from his paper. Nothing stops yet.

    The form that is frozen here is for him to sign and for the bureau to write the call-back on (domain 5.22).
    """
    petition = road.hold_petition(petition)
    hand = _asking_hand(petition, by, act_secret)
    _refuse_asking(petition, statement)
    row = fitting.add(
        Withdrawal, petition=petition, statement=statement, is_on_paper=isinstance(by, Officer), asked_at=at
    )
    form = papers.drawn_up(
        PaperKind.WITHDRAWAL,
        unit=petition.organ,
        subject=road.name_of(petition),
        key=petition.key,
        at=at,
        data=_form(petition, row),
    )
    road.note("petition.ask_withdrawal", petition, by=hand, at=at, rows=[row], issued=[form], papers=[form.kind])
    return row


def _form(petition: Petition, row: Withdrawal) -> dict[str, Any]:
    """撤回申请书: what he said, in his words. Of a sealed petition they stay with the bureau's own row."""
    return {
        "number": petition.number,
        "people": names_on_letters(petition),
        "title": subject_on(petition, petition.title),
        "statement": subject_on(petition, row.statement),
        "asked_how": ON_PAPER if row.is_on_paper else BY_HIMSELF,
        "asked_on": promises.local_day(row.asked_at).isoformat(),
    }


def _asking_hand(petition: Petition, by: By, act_secret: str) -> Hand:
    if isinstance(by, Officer):
        road.refuse_sealed(petition, by)
        return by.hand(policies.seat_for_withdrawal(by))
    if by != PETITIONER:
        raise NotYourMove("撤回由信访人本人提出，或者由信访局凭本人的书面申请录入；承办单位不能代为撤回。")
    if not policies.is_secret_of(petition, act_secret):
        raise Refused("办事密码不对。", field="act_secret")
    return by


def _refuse_asking(petition: Petition, statement: str) -> None:
    move = MOVES["petition.withdraw"]
    if petition.status not in move.start:
        raise NotOnTheRoad(move.label, petition.get_status_display())
    if not openings.may_be_withdrawn(petition):
        raise Refused("检举控告和涉及人身安全的紧急件不因撤回停止办理。", article="条例 三十")
    if petition.withdrawals.filter(is_voluntary__isnull=True).exists():
        raise Refused("已有撤回申请等待回访。")
    if not statement.strip():
        raise Refused("请写明撤回的意思和理由。", field="statement")


@act
def withdraw(petition: Petition, *, called_back: str, by: By, at: datetime) -> Petition:
    """撤回: the bureau has spoken with the petitioner and found it his own will. The work ends, every clock stops."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.withdraw", petition, by=by, at=at)
    row = _called_back(petition, called_back, is_voluntary=True, at=at)
    for assignment in petition.assignments.exclude(status__in=ENDED_ASSIGNMENT):
        cancel(assignment, reason=WITHDRAWN, by=ROAD, at=at)
    road.stop_clocks(step)
    road.start_clocks(step)
    [archiving] = step.promises.values()
    road.advance(step, ended_at=at, due_on=archiving.due_on)
    road.issue(step, petition.organ, withdrawal_notice=lambda: _told(petition, row))
    road.leave(step, rows=[row])
    return petition


def _told(petition: Petition, row: Withdrawal) -> dict[str, Any]:
    """撤回告知书."""
    assert row.called_back_at is not None
    return {
        "to": names_on_letters(petition),
        "number": petition.number,
        "asked_on": promises.local_day(row.asked_at).isoformat(),
        "confirmed_on": promises.local_day(row.called_back_at).isoformat(),
        "again": "同一事项还需要解决的，可以再次提出。",
        "telephone": petition.organ.telephone or TELEPHONE,
    }


@act
def drop_withdrawal(petition: Petition, *, called_back: str, by: By, at: datetime) -> Withdrawal:
    """不予撤回: it was not his own will, or he changed his mind; the petition goes on as if never asked."""
    petition = road.hold_petition(petition)
    hand = policies.hand_for("petition.withdraw", petition, by)
    road.refuse_sealed(petition, by)
    row = _called_back(petition, called_back, is_voluntary=False, at=at)
    road.note("petition.drop_withdrawal", petition, by=hand, at=at, rows=[row])
    return row


def _called_back(petition: Petition, said: str, *, is_voluntary: bool, at: datetime) -> Withdrawal:
    row = petition.withdrawals.filter(is_voluntary__isnull=True).first()
    if row is None:
        raise Refused("没有等待回访的撤回申请。")
    if not said.strip():
        raise Refused("请写明回访的时间、方式和信访人的意思。", field="called_back")
    row.is_voluntary, row.called_back, row.called_back_at = is_voluntary, said, at
    written.update(row, ["is_voluntary", "called_back", "called_back_at"])
    return row
