"""催办 and 请求更正: the petitioner's own words, by his act secret or entered at the bureau; and the reply he reads."""

from datetime import datetime, timedelta

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer, Unit
from xinfang.petitions import desks, fitting, policies, queries, road
from xinfang.petitions.codes import PleaKind, PleaWay
from xinfang.petitions.errors import NotOnTheRoad, NotYourMove
from xinfang.petitions.models import Petition, Plea, PleaReply
from xinfang.petitions.policies import By
from xinfang.trace.acts import Hand, act

AGAIN_AFTER = timedelta(days=1)


@act
def urge(
    petition: Petition, *, text: str, by: By, at: datetime, act_secret: str = "", way: PleaWay = PleaWay.PORTAL
) -> Plea:
    """催办: the unit and the bureau see that he waits. It moves no date."""
    petition = road.hold_petition(petition)
    hand = _hand(petition, by, act_secret)
    if petition.status in queries.ENDED:
        raise NotOnTheRoad("催办", petition.get_status_display())
    return _plead(petition, PleaKind.URGE, text, way, "petition.urge", hand, at)


@act
def ask_to_correct(
    petition: Petition, *, text: str, by: By, at: datetime, act_secret: str = "", way: PleaWay = PleaWay.PORTAL
) -> Plea:
    """请求更正: he says what was written down wrong. The organ that registered it looks, corrects by addition, and replies."""
    petition = road.hold_petition(petition)
    hand = _hand(petition, by, act_secret)
    if petition.status in queries.TAKES_NOTHING:
        raise NotOnTheRoad("更正", petition.get_status_display())
    return _plead(petition, PleaKind.CORRECT, text, way, "petition.ask_to_correct", hand, at)


@act
def reply_to(plea: Plea, *, text: str, by: Officer, at: datetime) -> PleaReply:
    """回话: from an organ that has the petition in hand."""
    petition = road.hold_petition(plea.petition)
    if not queries.visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")
    policies.refuse_recused(petition, by)
    seat = desks.reply_seat(by, petition)
    if seat is None:
        raise NotYourMove("由信访局、登记机构或者主办单位回话；协办单位不直接答复信访人。", article="条例 二十四")
    if PleaReply.objects.filter(plea=plea).exists():
        raise Refused("已经回过话。")
    if not text.strip():
        raise Refused("请写明回话。", field="text")
    unit = Unit.objects.get(pk=seat.unit_id)
    row = fitting.add(PleaReply, plea=plea, petition=petition, unit=unit, text=text.strip(), replied_at=at)
    road.note("petition.reply_to", petition, by=by.hand(seat), at=at, rows=[row], kind=plea.kind)
    return row


def _hand(petition: Petition, by: By, act_secret: str) -> Hand:
    if isinstance(by, Officer):
        road.refuse_sealed(petition, by)
        return by.hand(policies.seat_for_his_words(by))
    if by.kind != "petitioner" or not policies.is_secret_of(petition, act_secret):
        raise Refused("办事密码不对。", field="act_secret")
    return by


def _plead(petition: Petition, kind: PleaKind, text: str, way: PleaWay, name: str, hand: Hand, at: datetime) -> Plea:
    if not text.strip():
        raise Refused("请写明您的要求。", field="text")
    last = petition.pleas.filter(kind=kind).order_by("-id").first()
    if last and last.made_at > at - AGAIN_AFTER:
        raise Refused("一天之内已经提过，已经记下，请等回话。")
    row = fitting.add(Plea, petition=petition, kind=kind, way=way, text=text.strip(), made_at=at)
    if not petition.has_pleas:
        petition.has_pleas = True
        petition.save(update_fields=["has_pleas"])
    road.note(name, petition, by=hand, at=at, rows=[row], way=way)
    return row
