"""告知送出: how and when a notice went to the petitioner."""

import re
from datetime import date, datetime

from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.notices.words import SENT
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, notice_papers, road
from xinfang.petitions.codes import DeliveryMode
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import NoticeSent, NoticeWaiting, Petition
from xinfang.petitions.wordings import BY_ORDINARY_MAIL
from xinfang.trace.acts import act
from xinfang.trace.hands import Hand

MODES = (DeliveryMode.IN_PERSON, DeliveryMode.MAIL, DeliveryMode.ELECTRONIC, DeliveryMode.LEFT_WITH)
MOST_PROOF = 200
_TRACKING = re.compile(r"[0-9A-Za-z]{6,}")


@act
def send_notice(
    waiting: NoticeWaiting, *, mode: DeliveryMode, sent_on: date, proof: str, by: Officer, at: datetime
) -> NoticeSent:
    """告知送出: by the unit that issued it. `proof`: who signed, the tracking number, the number or address it was sent to."""
    petition = road.hold_petition(waiting.petition)
    road.refuse_sealed(petition, by)
    held = NoticeWaiting.objects.select_related("paper").filter(pk=waiting.pk).first()
    if held is None:
        raise Refused("这份告知已经登记送出。")
    hand = _hand(held, by)
    _refuse(petition, held, mode, sent_on, proof.strip(), timezone.localdate(at))
    facts = {"mode": mode, "sent_on": sent_on, "proof": proof.strip(), "entered_at": at}
    row = fitting.add(NoticeSent, paper=held.paper, petition=petition, **facts)
    held.delete()
    road.note("petition.send_notice", petition, by=hand, at=at, rows=[row], paper=row.paper.number, mode=mode)
    return row


def _hand(held: NoticeWaiting, by: Officer) -> Hand:
    seats = notice_papers.sends(by, is_of_review=held.is_of_review)
    seat = next((one for one in seats if one.unit_code == held.unit_code), None)
    if seat is None:
        raise NotYourMove("告知由出具的单位送出。")
    return by.hand(seat)


def _refuse(
    petition: Petition, held: NoticeWaiting, mode: DeliveryMode, sent_on: date, proof: str, today: date
) -> None:
    if mode not in MODES:
        raise Refused("没有这个选项，请从列表中选择。", field="mode")
    if not timezone.localdate(held.paper.issued_at) <= sent_on <= today:
        raise Refused("送出日期不能早于出具之日，也不能晚于今天。", field="sent_on")
    if not proof:
        raise Refused("请写明谁签收、邮寄单号或者送到哪里。", field="proof")
    fitting.refuse_text(proof, MOST_PROOF, beside="proof")
    if mode == DeliveryMode.MAIL and not (_TRACKING.search("".join(proof.split())) or BY_ORDINARY_MAIL in proof):
        raise Refused("邮寄的写邮寄单号，至少六位数字或者字母；没有单号的，写“平信”和寄出的人。", field="proof")
    if mode == DeliveryMode.ELECTRONIC and petition.notify_by not in SENT:
        raise Refused("信访人没有选择短信或者电子邮件，请用书面送给他。", field="mode")
