"""依申请销毁 (个人信息保护法 四十七): asked by one, approved by two who did not ask, told to him, done after thirty days."""

from datetime import datetime

from django.utils import timezone

from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer, Seat
from xinfang.organizations.policies import seat_of
from xinfang.petitions import fitting, holds, policies, road
from xinfang.petitions.actions.erase import ErasureGround, erase
from xinfang.petitions.codes import DeliveryMode, ErasureReason
from xinfang.petitions.erasure import WAIT
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.ledger import seat_of_inquirer
from xinfang.petitions.lifecycle import MOVES
from xinfang.petitions.models import ErasureRequest, Petition
from xinfang.petitions.policies import By
from xinfang.trace import verify
from xinfang.trace.acts import act
from xinfang.trace.hands import PETITIONER, Hand

LAW = "《个人信息保护法》第四十七条"


@act
def ask_erasure(
    petition: Petition, *, reason: ErasureReason, by: By, at: datetime, act_secret: str = ""
) -> ErasureRequest:
    """申请销毁: by the petitioner with his act secret, or entered from his paper at the desk that registered."""
    petition = road.hold_petition(petition)
    hand = _asking_hand(petition, by, act_secret)
    if why := holds.on_request(petition, timezone.localdate(at)):
        raise Refused(why, article=LAW)
    if holds.open_request(petition):
        raise Refused("这一件的销毁申请正在办理，没有重复登记。")
    asked_by = by if isinstance(by, Officer) else None
    row = fitting.add(
        ErasureRequest,
        petition=petition,
        reason=reason,
        is_on_paper=asked_by is not None,
        asked_at=at,
        asked_by=asked_by,
    )
    road.note("petition.ask_erasure", petition, by=hand, at=at, rows=[row], reason=reason)
    return row


def _asking_hand(petition: Petition, by: By, act_secret: str) -> Hand:
    if isinstance(by, Officer):
        return by.hand(_desk(petition, by))
    if by != PETITIONER or not policies.is_secret_of(petition, act_secret):
        raise Refused("办事密码不对。", field="act_secret")
    return by


def _desk(petition: Petition, by: Officer) -> Seat:
    """The desk that registered it speaks with the petitioner."""
    road.refuse_sealed(petition, by)
    return seat_of(by, MOVES["petition.register"].duties, unit_id=petition.organ_id)


@act
def approve_erasure(request: ErasureRequest, *, by: Officer, at: datetime) -> ErasureRequest:
    """同意销毁: once by an archivist, once by the discipline organ, neither of them who asked."""
    request, seat = _held(request), _approving_seat(by)
    _refuse_own(request, by)
    if seat.duty == Duty.ARCHIVIST:
        road.refuse_sealed(request.petition, by)
        _once_only(request.archivist_at)
        request.archivist, request.archivist_at = by, at
        written.update(request, ["archivist", "archivist_at"])
    else:
        _once_only(request.discipline_at)
        request.discipline, request.discipline_at = by, at
        written.update(request, ["discipline", "discipline_at"])
    road.note("petition.approve_erasure", request.petition, by=by.hand(seat), at=at)
    return request


def _approving_seat(by: Officer) -> Seat:
    """Whoever holds both seats approves as the archivist; the other must then be another person."""
    archivist = next((seat for seat in by.seats if seat.duty == Duty.ARCHIVIST), None)
    if seat := archivist or seat_of_inquirer(by):
        return seat
    raise NotYourMove("销毁须由档案员和纪检监察机关分别同意，别的岗位不能同意。", article=LAW)


def _refuse_own(request: ErasureRequest, by: Officer) -> None:
    if by.pk in (request.asked_by_id, request.archivist_id, request.discipline_id):
        raise NotYourMove("申请人、档案员、纪检监察机关须是三个不同的人，谁也不能同意自己经手的申请。")


def _once_only(approved_at: datetime | None) -> None:
    if approved_at:
        raise Refused("这一方已经同意过了。")


@act
def refuse_erasure(request: ErasureRequest, *, refusal: str, by: Officer, at: datetime) -> ErasureRequest:
    """不同意销毁: by either of the two who are asked, with a reason that the petitioner is told."""
    request, seat = _held(request), _approving_seat(by)
    if seat.duty == Duty.ARCHIVIST:
        road.refuse_sealed(request.petition, by)
    if not refusal.strip():
        raise Refused("请写明不同意的理由，理由要告诉信访人。", field="refusal")
    request.refused_by, request.refused_at, request.refusal = by, at, refusal
    fitting.refuse(request, only=("refusal",))
    request.save(update_fields=["refused_by", "refused_at", "refusal"])
    road.note("petition.refuse_erasure", request.petition, by=by.hand(seat), at=at)
    return request


@act
def tell_erasure(request: ErasureRequest, *, told_by: DeliveryMode, by: Officer, at: datetime) -> ErasureRequest:
    """告知销毁: from the day he was told he has thirty days to change his mind, or to ask for a copy."""
    request = _held(request)
    hand = by.hand(_desk(request.petition, by))
    if not request.is_approved:
        raise Refused("档案员和纪检监察机关都同意以后才能告知。")
    if request.told_at:
        raise Refused("已经告知过信访人了。")
    request.told_at, request.told_by = at, told_by
    request.erase_on = timezone.localdate(at) + WAIT
    written.update(request, ["told_at", "told_by", "erase_on"])
    road.note("petition.tell_erasure", request.petition, by=hand, at=at, erase_on=request.erase_on)
    return request


@act
def drop_erasure(request: ErasureRequest, *, by: By, at: datetime, act_secret: str = "") -> ErasureRequest:
    """撤回销毁申请: until it is done the petitioner may change his mind."""
    request = _held(request)
    hand = _asking_hand(request.petition, by, act_secret)
    request.dropped_at = at
    written.update(request, ["dropped_at"])
    road.note("petition.drop_erasure", request.petition, by=hand, at=at)
    return request


@act
def carry_out_erasure(request: ErasureRequest, *, by: Hand, at: datetime) -> ErasureRequest:
    """执行销毁: by timed work alone, when the thirty days are over and still nothing stands in the way."""
    request = _held(request)
    if by.kind != "system":
        raise NotYourMove("销毁由系统在告知满三十日后执行，谁也不能提前。")
    if request.erase_on is None or timezone.localdate(at) <= request.erase_on:
        raise Refused("告知信访人还没有满三十日。")
    if not verify.is_as_said(request):
        raise Refused("痕迹里没有这份申请的同意和告知，或者与登记的不同，不能销毁。请先核验痕迹。")
    if why := holds.on_request(request.petition, timezone.localdate(at)):
        raise Refused(why)
    request.erased_at = at
    written.update(request, ["erased_at"])
    road.note("petition.carry_out_erasure", request.petition, by=by, at=at)
    erase(request.petition, ground=ErasureGround.REQUEST, by=by, at=at)
    return request


def _held(request: ErasureRequest) -> ErasureRequest:
    """Both locked, and still open."""
    road.hold_petition(request.petition)
    held = ErasureRequest.objects.select_for_update(of=("self",)).select_related("petition__organ").get(pk=request.pk)
    if not held.is_open:
        raise Refused("这份销毁申请已经了结。")
    return held
